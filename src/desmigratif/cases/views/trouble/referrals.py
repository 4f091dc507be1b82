"""Referrals as the sender sees them: the list with where it is stuck, one of them, and what can be done about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desmigratif.access import reads
from desmigratif.access.permissions import Permission
from desmigratif.access.queries import names_of
from desmigratif.access.requests import DeskRequest, own_village
from desmigratif.access.routes import scoped
from desmigratif.access.scope import require
from desmigratif.audit.unit import Subject
from desmigratif.cases.answer_links import address_of
from desmigratif.cases.forms.before.steps import SeenForm
from desmigratif.cases.forms.trouble.referrals import (
    AnswerReferralForm,
    ConfirmReferralForm,
    RecallReferralForm,
    RemindBodyForm,
    SendReferralForm,
)
from desmigratif.cases.models import Referral, ReferralState
from desmigratif.cases.queries.trouble.matters import Matter, matter_of
from desmigratif.cases.queries.trouble.referrals import (
    counts_of,
    of_matter,
    open_link,
    referral_of,
    referrals_of,
    stuck_at,
    waits_for_sender,
)
from desmigratif.cases.rules.trouble import referrals as rules
from desmigratif.cases.views.common import as_desk, listed, person_strip
from desmigratif.cases.views.journey import attempt_seen, form_payload
from desmigratif.cases.views.trouble import referral_words as words
from desmigratif.documents.acting import attempt
from desmigratif.placement.queries import bodies_for
from desmigratif.regions.queries import near_name, today_in
from desmigratif.shared.dates import format_date
from desmigratif.shared.ids import new_id
from desmigratif.shared.keyset import page_of
from desmigratif.shared.reasons import NotFoundOrNotYours

PER_PAGE = 50
CHIPS = {
    "": gettext_lazy("Di lembaga"),
    "terlambat": gettext_lazy("Terlambat"),
    "balasan": gettext_lazy("Perlu dibaca"),
    "selesai": gettext_lazy("Selesai"),
}


@scoped(Permission.CASE_SEE)
def referrals(request: HttpRequest) -> HttpResponse:
    """Where it is stuck, body by body, and the referrals themselves: the one that is due first on top."""
    desk = as_desk(request)
    today = today_in(desk.actor.home_code, desk.now)
    chosen = request.GET.get("lihat", "")
    chosen = chosen if chosen in CHIPS else ""
    rows = referrals_of(desk.actor).filter(_chosen(chosen, today))
    if body := request.GET.get("lembaga", ""):
        rows = rows.filter(body_name=body)
    page = page_of(rows.distinct(), ("due_on", "id"), after=request.GET.get("setelah", ""), size=PER_PAGE)
    several = own_village(desk.actor) is None
    counts = counts_of(desk.actor, today)
    shown = {
        "rows": [_row(one, today, several=several) for one in page.rows],
        "chips": _chips(chosen, {"": counts.waiting, "terlambat": counts.late, "balasan": counts.to_look_at}),
        "stuck": [_stuck(one) for one in stuck_at(desk.actor, today)],
        "body": body,
        "escalated": counts.escalated,
        "page": page,
        "page_query": f"lihat={chosen}&" if chosen else "",
        "recorded": listed(desk, "referrals.listed"),
    }
    return render(request, "cases/trouble/referrals.html", shown)


def _chosen(chosen: str, today: date) -> Q:
    return {
        "": Q(state__in=rules.WITH_BODY), "terlambat": Q(state__in=rules.WITH_BODY, due_on__lt=today),
        "balasan": waits_for_sender(), "selesai": Q(state__in=rules.OVER),
    }[chosen]  # fmt: skip


def _chips(chosen: str, numbers: Mapping[str, int]) -> list[dict[str, Any]]:
    here = reverse("cases:referrals")
    return [
        {"label": label, "url": f"{here}?lihat={code}" if code else here, "current": code == chosen,
         "count": numbers.get(code)}
        for code, label in CHIPS.items()
    ]  # fmt: skip


def _stuck(one: Any) -> dict[str, Any]:
    return {
        "name": one.name, "waiting": one.waiting, "silent": one.silent, "late": one.late, "escalated": one.escalated,
        "oldest": format_date(one.oldest),
    }  # fmt: skip


def _row(one: Referral, today: date, *, several: bool) -> dict[str, Any]:
    where = f" · {near_name(one.village_code)}" if several else ""
    clock = words.clock_words(one, today) or format_date(one.since)
    return {
        "initials": words.whom(one),
        "title": f"{words.whom(one)}: {words.about_words(one)}",
        "detail": f"{one.body_name}, {clock}{where}",
        "url": reverse("cases:referral", args=[one.id]),
        "states": [words.badge(one, today)],
    }


@scoped(Permission.REFERRAL_SEND, methods=("GET", "POST"))
def send_referral(request: HttpRequest) -> HttpResponse:
    """A matter goes to a body; `?hal=` names the matter, `?ganti=` the referral in whose place it goes."""
    desk = as_desk(request)
    kind, _sign, given_id = request.GET.get("hal", "").partition(":")
    matter_id = _uuid(given_id)
    matter = matter_of(desk.actor, kind, matter_id, today_in(desk.actor.home_code, desk.now))
    require(desk.actor, Permission.REFERRAL_SEND, matter.village_code)
    today = today_in(matter.village_code, desk.now)
    follows = _followed(desk, matter, request.GET.get("ganti", ""))
    bodies = bodies_for(matter.village_code, today)
    form = SendReferralForm(request.POST or None, matter=matter, bodies=bodies, today=today)
    if request.method == "POST" and form.is_valid():
        payload = {
            **form.payload(), "village_code": matter.village_code, "matter_kind": kind, "matter_id": matter.id,
            "follows": follows.id if follows else None,
        }  # fmt: skip
        if attempt(desk, form, "cases.send_referral", payload):
            messages.success(request, _("Rujukan dikirim. Batas jawabnya mulai berjalan."))
            return redirect("cases:referral", payload["referral_id"])
    shown = {
        "form": form,
        "matter": matter,
        "stops": matter.stops,
        "follows": follows,
        "has_bodies": bool(bodies),
        "recorded": _opened(desk, matter.village_code, matter.resident, None),
        "person": person_strip(matter.resident, today) if matter.resident else None,
    }
    return render(request, "cases/trouble/send_referral.html", shown)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFoundOrNotYours from None


def _followed(desk: DeskRequest, matter: Matter, given: str) -> Referral | None:
    if not given:
        return None
    return of_matter(desk.actor, matter.kind, matter.id).filter(id=_uuid(given)).first()


@scoped(Permission.CASE_SEE, methods=("GET", "POST"))
def referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """One referral: where it is, what the body sees and said. Answered, its one form closes it."""
    desk = as_desk(request)
    found, today, may_act = _found(desk, referral_id)
    form = None
    if may_act and found.state == ReferralState.ANSWERED:
        form = ConfirmReferralForm(request.POST or None, referral=found, today=today)
    elif request.method == "POST":
        return redirect("cases:referral", found.id)
    if form is not None and _done(desk, form, found, "cases.confirm_referral", _("Rujukan ditutup.")):
        return redirect("cases:referral", found.id)
    return _page(desk, found, today, {"form": form, "is_main": True})


def _found(desk: DeskRequest, referral_id: UUID) -> tuple[Referral, date, bool]:
    found = referral_of(desk.actor, referral_id)
    may_act = desk.actor.may(Permission.REFERRAL_SEND, found.village_code)
    return found, today_in(found.village_code, desk.now), may_act


@scoped(Permission.REFERRAL_SEND, methods=("GET", "POST"))
def record_referral_answer(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """What the body said on the phone, in a letter or at its counter."""
    desk = as_desk(request)
    found, today = _to_act(desk, referral_id)
    replies = rules.NEXT.get(found.state, ())
    if not replies:
        return redirect("cases:referral", found.id)
    form = AnswerReferralForm(request.POST or None, referral=found, today=today, replies=replies)
    if _done(desk, form, found, "cases.record_referral_answer", _("Jawaban lembaga dicatat.")):
        return redirect("cases:referral", found.id)
    heading = _("Catat jawaban lembaga")
    return _page(desk, found, today, {"form": form, "heading": heading, "submit": _("Simpan jawaban")})


@scoped(Permission.REFERRAL_SEND, methods=("GET", "POST"))
def remind_body(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Ask the body again; without an account it gets a fresh address for its answer."""
    desk = as_desk(request)
    found, today = _to_act(desk, referral_id)
    if found.state not in rules.WITH_BODY:
        return redirect("cases:referral", found.id)
    form = RemindBodyForm(request.POST or None, referral=found, today=today)
    said = _("Pengingat dicatat, dan alamat jawaban yang baru dibuat.") if found.by_link else _("Pengingat dicatat.")
    if _done(desk, form, found, "cases.remind_body", said):
        return redirect("cases:referral", found.id)
    lead = _("Alamat jawaban yang lama tidak berlaku lagi; sampaikan yang baru.") if found.by_link else ""
    heading = _("Ingatkan lembaga")
    return _page(desk, found, today, {"form": form, "heading": heading, "lead": lead, "submit": _("Simpan pengingat")})


@scoped(Permission.REFERRAL_SEND, methods=("GET", "POST"))
def recall_referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Take it back: from then on the body sees nothing of the person."""
    desk = as_desk(request)
    found, today = _to_act(desk, referral_id)
    if found.state not in (*rules.WITH_BODY, rules.REFUSED):
        return redirect("cases:referral", found.id)
    form = RecallReferralForm(request.POST or None, referral=found, today=today)
    if _done(desk, form, found, "cases.recall_referral", _("Rujukan ditarik kembali.")):
        return redirect("cases:referral", found.id)
    lead = _("Setelah ini lembaga tidak melihat data orangnya lagi. Catatannya tetap tersimpan.")
    heading = _("Tarik rujukan kembali")
    return _page(desk, found, today, {"form": form, "heading": heading, "lead": lead, "submit": _("Ya, tarik kembali")})


@scoped(Permission.LETTER_ISSUE, methods=("POST",))
def write_referral_letter(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The numbered letter with the address of the answer, to be handed or sent to the body."""
    desk = as_desk(request)
    found = referral_of(desk.actor, referral_id)
    require(desk.actor, Permission.LETTER_ISSUE, found.village_code)
    form = SeenForm(request.POST)
    if form.is_valid():
        payload = {
            "referral_id": found.id, "village_code": found.village_code, "seen": form.cleaned_data["seen"],
            "on": today_in(found.village_code, desk.now), "letter_id": form.cleaned_data["act_id"],
        }  # fmt: skip
        if attempt(desk, form, "cases.write_referral_letter", payload):
            return redirect("documents:letter", payload["letter_id"])
    for reason in form.refusal:
        messages.error(request, " ".join(filter(None, (reason.text, reason.way_out))))
    return redirect("cases:referral", found.id)


def _to_act(desk: DeskRequest, referral_id: UUID) -> tuple[Referral, date]:
    found, today, may_act = _found(desk, referral_id)
    if not may_act:
        raise NotFoundOrNotYours
    return found, today


def _done(desk: DeskRequest, form: SeenForm, found: Referral, action: str, said: str) -> bool:
    """Send a valid form to its action. False: the page is shown (again)."""
    if desk.method != "POST" or not form.is_valid():
        return False
    payload = {"referral_id": found.id, "village_code": found.village_code, **form_payload(form)}
    if not attempt_seen(desk, form, action, payload, version=lambda: referral_of(desk.actor, found.id).version):
        return False
    messages.success(desk, said)
    return True


def _opened(desk: DeskRequest, village_code: str, resident: Any, found: Referral | None) -> bool:
    subjects = [Subject("resident", resident.id)] if resident else []
    if found is not None:
        subjects = [] if found.is_kept_by_regency else [*subjects, Subject("referral", found.id)]
    return reads.opened(
        desk.actor, "referral.opened", village_code=village_code, subjects=subjects, now=desk.now
    )  # fmt: skip


def _page(desk: DeskRequest, found: Referral, today: date, shown: dict[str, Any]) -> HttpResponse:
    may_act = desk.actor.may(Permission.REFERRAL_SEND, found.village_code)
    recorded = _opened(desk, found.village_code, found.resident, found)
    link = open_link(found, today) if found.by_link and may_act else None
    sees_words = recorded and may_act
    specific = desk.actor.may(Permission.RESIDENT_SPECIFIC_SEE, found.village_code)
    follower = Referral.objects.visible_to(desk.actor).filter(follows=found).first()
    common = {
        "found": found,
        "whom": words.whom(found),
        "heading": words.about_words(found),
        "recorded": recorded,
        "may_act": may_act,
        "state": words.badge(found, today),
        "clock": words.clock_words(found, today),
        "facts": _facts(found),
        "shared": words.shared_facts(found, specific=specific) if recorded else [],
        "why": words.why_of(found) if sees_words else "",
        "tasks": words.task_lines(found, today),
        "history": words.history_rows(found, today, notes=sees_words),
        "waits": found.state in rules.WITH_BODY,
        "can_hear": bool(rules.NEXT.get(found.state)),
        "refused": words.refused_words(found) if found.state == ReferralState.REFUSED else "",
        "follower": follower,
        "may_go_on": not follower and (found.state == ReferralState.REFUSED or found.solved is False),
        "holder": _holder(desk, found),
        "again_url": f"{reverse('cases:send_referral')}?hal={found.matter_kind}:{found.matter_id}&ganti={found.id}",
        "answer_address": address_of(link.id) if link else "",
        "answer_until": format_date(link.until) if link else "",
        "letter_form": _letter_form(desk, found, today) if link else None,
        "matter_url": words.matter_url(found),
        "person": person_strip(found.resident, today) if found.resident else None,
        "late": bool(found.late_answer_on),
    }
    return render(desk, "cases/trouble/referral.html", {**common, **shown})


def _holder(desk: DeskRequest, found: Referral) -> Referral | None:
    """Of two bodies that accepted, the one that did so first."""
    if found.state != ReferralState.STANDBY:
        return None
    return of_matter(desk.actor, found.matter_kind, found.matter_id).filter(state__in=rules.OWNING).first()


def _letter_form(desk: DeskRequest, found: Referral, today: date) -> SeenForm | None:
    may = desk.actor.may(Permission.LETTER_ISSUE, found.village_code) and found.resident is not None
    return SeenForm(initial={"seen": found.version, "act_id": new_id()}) if may else None


def _facts(found: Referral) -> list[dict[str, Any]]:
    bases = rules.labels_on("bases", found.sent_on)
    outcomes = rules.labels_on("outcomes", found.sent_on)
    rows = [
        (_("Nomor rujukan"), found.number),
        (_("Lembaga"), found.body_name),
        (_("Alamat dan telepon"), ", ".join(part for part in (found.body_address, found.body_contact) if part) or None),
        (_("Dirujuk"), format_date(found.sent_on)),
        (_("Batas jawab"), format_date(found.due_on)),
        (_("Naik ke kabupaten sesudah"), format_date(found.escalate_on)),
        (_("Penanggung jawab"), names_of([found.owner_id]).get(found.owner_id)),
        (_("Dasar membagikan data"), bases.get(found.basis, found.basis)),
    ]
    if found.reference:
        rows.append((_("Nomor di lembaga"), found.reference))
    if found.reminded_on:
        rows.append((_("Terakhir diingatkan"), format_date(found.reminded_on)))
    if found.outcome:
        rows.append((_("Hasil menurut lembaga"), outcomes.get(found.outcome, found.outcome)))
    return [{"label": label, "value": value} for label, value in rows]
