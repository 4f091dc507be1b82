"""Coming back: the list, one return with all that followed, writing one down, taking one back, whose child it is."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access import reads
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit.unit import Subject
from desmigratif.cases.forms.returns import WISHES, OriginForm, ReturnForm, WithdrawReturnForm
from desmigratif.cases.models import ENDED, Aftercare, Case, CaseState, Origin, Return
from desmigratif.cases.queries.back.returns import ReturnFile, needs_of, return_file, returns_seen
from desmigratif.cases.rules.back.returns import DEAD, band_of, few_answered, labels, plan_steps, questions_on
from desmigratif.cases.rules.journey import journey_on
from desmigratif.cases.sealing import (
    aftercare_place,
    confirmer_place,
    experience_place,
    opened_text,
    return_note_place,
    teller_place,
)
from desmigratif.cases.views.before.checklist import state_label
from desmigratif.cases.views.common import (
    as_desk,
    called,
    goal_of,
    in_sentence,
    listed,
    may_see_specific,
    opened,
    person_strip,
    resident_named,
)
from desmigratif.documents.acting import ActForm, attempt
from desmigratif.regions.queries import today_in, village
from desmigratif.regulations.countries import country_name
from desmigratif.shared.dates import format_date

PER_PAGE = 50
STATES = {CaseState.RETURNED: "next", CaseState.REINTEGRATING: "cek", CaseState.SETTLED: "aman"}
TRUTH = {True: "Ya", False: "Tidak", None: None}


@scoped(Permission.CASE_SEE)
def returns(request: HttpRequest) -> HttpResponse:
    """Who came back, the newest first."""
    desk = as_desk(request)
    recorded = listed(desk, "returns.listed")
    here = Paginator(returns_seen(desk.actor) if recorded else Return.objects.none(), PER_PAGE)
    page = here.get_page(request.GET.get("hal"))
    rows = [_row(desk, back) for back in (page if recorded else ())]
    return render(
        request, "cases/back/returns.html", {"page": page, "page_query": "", "rows": rows, "recorded": recorded}
    )


def _row(desk: DeskRequest, back: Return) -> dict[str, Any]:
    case = back.case
    where = village(back.village_code).near_name if desk.actor.home_code != back.village_code else ""
    said = _("pulang %s") % format_date(back.returned_on)
    state = CaseState(case.state)
    return {
        "icon": "plane-arrival",
        "title": case.resident.shown_name,
        "detail": " · ".join(
            part for part in (where, country_name(case.country) if case.country else "", said) if part
        ),
        "url": reverse("cases:back", args=[back.id]),
        "states": [{"name": STATES.get(state, "tidaktahu"), "label": state.label}],
    }


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def record_return(request: HttpRequest) -> HttpResponse:
    """Write a return down; one that stands already gets one more source."""
    desk = as_desk(request)
    resident = resident_named(desk)
    require(desk.actor, Permission.CASE_OPEN, resident.village_code)
    today = today_in(resident.village_code, desk.now)
    standing = returns_seen(desk.actor).filter(case__resident=resident).first()
    if request.method != "POST" and standing and "lagi" not in request.GET and standing.case.state not in ENDED:
        return redirect("cases:back", standing.id)
    abroad = Case.objects.visible_to(desk.actor).filter(resident=resident).exclude(state__in=ENDED).exists()
    form = ReturnForm(request.POST or None, today=today, asks_country=not abroad and standing is None)
    if request.method == "POST" and form.is_valid():
        payload = {**form.payload(), "village_code": resident.village_code, "resident_id": resident.id}
        if attempt(desk, form, "cases.record_return", payload):
            told = returns_seen(desk.actor).filter(case__resident=resident)[0]
            messages.success(request, _said_of(told, standing) % called(resident, today))
            return redirect("cases:back", told.id)
    said = _("Yang belum diketahui boleh dikosongkan. Kabar dari orang lain ditambahkan ke catatan yang sama.")
    shown = {
        "form": form, "person": person_strip(resident, today), "heading": _("Catat kepulangan"), "lead": said,
        "submit": _("Simpan kepulangan"), "recorded": True, "leave_url": reverse("cases:returns"), "draft": "pulang",
        "here": _("Catat"),
    }  # fmt: skip
    return render(request, "cases/back/return_form.html", shown)


def _said_of(told: Return, standing: Return | None) -> Any:
    """News that came a second time is one more source; of the dead nobody says that they are back."""
    again = standing is not None and standing.id == told.id
    if told.kind == DEAD:
        if again:
            return _("Kematian %s sudah tercatat lebih dulu. Kabar ini ditambahkan; tidak ada yang dihitung dua kali.")
        return _("Kabar kematian %s sudah dicatat. Semoga keluarganya diberi kekuatan.")
    if again:
        return _("Kepulangan %s sudah tercatat lebih dulu. Kabar ini ditambahkan ke catatan yang sama.")
    return _("Kabar kepulangan %s sudah dicatat.")


@scoped(Permission.CASE_SEE)
def back(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """One return: how, who told, whose child, needs, plan, visits, experience, and what to do next."""
    desk = as_desk(request)
    file = return_file(desk.actor, return_id)
    case, told = file.back.case, file.back
    subjects = [Subject("resident", case.resident_id), Subject("return", told.id)]
    recorded = reads.opened(
        desk.actor, "return.opened", village_code=told.village_code, subjects=subjects, now=desk.now
    )
    specific = may_see_specific(desk, case, recorded=recorded)
    key = key_of(case.resident_id) if specific else None
    today = today_in(told.village_code, desk.now)
    may_act = desk.actor.may(Permission.CASE_OPEN, told.village_code) and told.withdrawn_on is None
    state = CaseState(case.state)
    strip = {"name": STATES.get(state, "tidaktahu"), "label": state_label(state, specific=specific)}
    shown = {
        "file": file, "recorded": recorded, "today": today, "may_act": may_act,
        "person": person_strip(case.resident, today, states=[strip]),
        "goal": goal_of(case), "is_open": case.state in (CaseState.RETURNED, CaseState.REINTEGRATING),
        "is_dead": specific and told.kind == DEAD,
        "facts": _facts(file, key, today, specific=specific),
        "sources": _sources(file, key, today), "origin": _origin(file.origin, key, today),
        "needs": _needs(file, key, today), "steps": _steps(file, today, may_act=may_act, specific=specific),
        "visits": _visits(file, key, today, may_act=may_act), "experience": _experience(file, key),
        "next": _next(file, today) if may_act else None,
    }  # fmt: skip
    return render(request, "cases/back/back.html", shown)


def _facts(file: ReturnFile, key: bytes | None, today: date, *, specific: bool) -> list[dict[str, Any]]:
    told = file.back
    is_dead = specific and told.kind == DEAD
    day = _("Tanggal meninggal") if is_dead else _("Pulang tanggal")
    rows: list[dict[str, Any]] = [{"label": day, "value": format_date(told.returned_on)}]
    if specific:
        rows += [
            {"label": _("Bagaimana"), "value": labels("kinds", today)[told.kind]},
            {"label": _("Sebab"), "value": labels("causes", today)[told.cause] if told.cause != "unknown" else None},
            {"label": _("Surat perjalanan"), "value": labels("travel_papers", today).get(told.travel_paper)},
        ]
    if note := opened_text(key, told.note_sealed, place=return_note_place(told.id)):
        rows.append({"label": _("Catatan"), "value": note})
    return rows


def _sources(file: ReturnFile, key: bytes | None, today: date) -> list[dict[str, str]]:
    words = labels("sources", today)
    return [
        {
            "said": words.get(row.source, row.source),
            "on": format_date(row.on),
            "teller": opened_text(key, row.teller_sealed, place=teller_place(row.id)),
            "other_day": format_date(row.said_on) if row.said_on != file.back.returned_on else "",
        }
        for row in file.sources
    ]


def _origin(row: Origin | None, key: bytes | None, today: date) -> dict[str, Any]:
    if row is None:
        return {"state": "cek", "word": _("Asal belum dipastikan"), "said": "", "by": ""}
    proofs = labels("origin_proofs", today)
    said = _("%(who)s, dengan %(what)s, %(on)s") % {
        "who": labels("origin_confirmers", today)[row.confirmed_by],
        "what": ", ".join(in_sentence(proofs[code]) for code in row.proofs),
        "on": format_date(row.on),
    }
    return {
        "state": "aman" if row.is_sure else "cek",
        "word": _("Asal sudah dipastikan") if row.is_sure else _("Asal belum pasti"),
        "said": said,
        "by": opened_text(key, row.confirmer_sealed, place=confirmer_place(row.id)),
    }


def _needs(file: ReturnFile, key: bytes | None, today: date) -> dict[str, Any] | None:
    said = needs_of(file.assessment, key)
    if said is None:
        return None
    words = labels("needs", today)
    return {
        "on": format_date(said.on),
        "list": [words[code] for code in said.needs if code in words],
        "wish": WISHES.get(said.wish, ""),
        "note": said.note,
    }


def _steps(file: ReturnFile, today: date, *, may_act: bool, specific: bool) -> list[dict[str, Any]]:
    if not specific:
        return []
    known, holders = plan_steps(today), journey_on(today).holders
    rows = []
    for row in file.steps:
        late = row.done_on is None and row.due_on < today
        word = row.get_outcome_display() if row.done_on else _("Batasnya %s") % format_date(row.due_on)
        state = ("aman" if row.outcome == "done" else "tidaktahu") if row.done_on else ("henti" if late else "next")
        rows.append(
            {
                "icon": "list-check",
                "title": known[row.step].label if row.step in known else row.step,
                "detail": _("dipegang %s") % holders.get(row.holder, row.holder),
                "url": reverse("cases:finish_plan_step", args=[row.id]) if may_act and not row.done_on else "",
                "states": [{"name": state, "label": word}],
            }
        )
    return rows


def _visits(file: ReturnFile, key: bytes | None, today: date, *, may_act: bool) -> list[dict[str, Any]]:
    over = file.back.case.state in (CaseState.DIED, CaseState.RE_MIGRATING)
    rows = []
    for row in file.visits:
        if row.done_on is None:
            state = "tidaktahu" if over else "henti" if row.due_on < today else "next"
            word = _("Tidak lagi perlu") if over else _("Batasnya %s") % format_date(row.due_on)
        else:
            state, word = band_of(row.score if key else None, today)
            if few := few_answered(_answers_in(row, key), today):
                state, word = "cek", few
        rows.append(
            {
                "icon": "calendar",
                "title": _("Tengokan bulan ke-%s") % row.month,
                "detail": _visit_words(row.done_on, row.tried, opened_text(
                    key, row.answers_sealed, place=aftercare_place(row.id)), today),
                "url": reverse("cases:record_aftercare", args=[row.id])
                if may_act and not row.done_on and not over else "",
                "states": [{"name": state, "label": word or _("Sudah ditengok")}],
            }
        )  # fmt: skip
    return rows


def _answers_in(row: Aftercare, key: bytes | None) -> int:
    """How many questions were answered at a visit; none for whoever may not see them."""
    answers = opened_text(key, row.answers_sealed, place=aftercare_place(row.id))
    return len(json.loads(answers)) if answers else 0


def _visit_words(done_on: date | None, tried: int, answers: str, today: date) -> str:
    if done_on is None:
        return _("%s kali belum bisa ditemui") % tried if tried else ""
    said: dict[str, int] = json.loads(answers) if answers else {}
    asked = [one for one in questions_on(today) if one["code"] in said]
    words = [f"{one['text']}: {one['answers'][said[one['code']]]}" for one in asked]
    return " · ".join([format_date(done_on), *words])


def _experience(file: ReturnFile, key: bytes | None) -> dict[str, Any] | None:
    row = file.experience
    if row is None:
        return None
    return {
        "facts": [
            {"label": _("Perusahaan"), "value": row.agency or None},
            {"label": _("Seperti dijanjikan"), "value": TRUTH[row.promises_kept]},
            {"label": _("Membayar di luar aturan"), "value": TRUTH[row.paid_more]},
            {"label": _("Dokumen ditahan"), "value": TRUTH[row.papers_held]},
            {"label": _("Mau menyarankan"), "value": TRUTH[row.would_recommend]},
            {"label": _("Perekrut"), "value": row.broker.name if row.broker and key else None},
        ],
        "story": opened_text(key, row.story_sealed, place=experience_place(row.id)),
    }


def _next(file: ReturnFile, today: date) -> dict[str, str] | None:
    """The one thing to do now."""
    told = file.back
    unsure = file.origin is None or not file.origin.is_sure
    if unsure and told.kind in (DEAD, "sick", "deported"):
        return {"label": _("Pastikan asalnya"), "url": reverse("cases:confirm_origin", args=[told.id])}
    if told.case.state not in (CaseState.RETURNED, CaseState.REINTEGRATING):
        return None
    if file.assessment is None:
        return {"label": _("Tanyakan kebutuhannya"), "url": reverse("cases:assess_needs", args=[told.id])}
    if not file.steps:
        return {"label": _("Susun rencana"), "url": reverse("cases:plan_reintegration", args=[told.id])}
    if file.experience is None:
        return {"label": _("Tanyakan pengalamannya"), "url": reverse("cases:record_experience", args=[told.id])}
    return _due(file, today) or {
        "label": _("Menetap atau berangkat lagi"), "url": reverse("cases:close_return", args=[told.id])
    }  # fmt: skip


def _due(file: ReturnFile, today: date) -> dict[str, str] | None:
    """A visit whose day has come, else the step of the plan that is late the longest."""
    for visit in file.visits:
        if visit.done_on is None and visit.due_on <= today:
            return {"label": _("Catat tengokan"), "url": reverse("cases:record_aftercare", args=[visit.id])}
    late = sorted((step.due_on, step.id) for step in file.steps if step.done_on is None and step.due_on <= today)
    if late:
        return {"label": _("Catat hasil langkah"), "url": reverse("cases:finish_plan_step", args=[late[0][1]])}
    return None


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def withdraw_return(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """A report that proves wrong: says what will happen and asks once."""
    desk, told, today = opened_return(request, return_id)
    if told.withdrawn_on is not None or told.case.state in (CaseState.SETTLED, CaseState.RE_MIGRATING):
        return redirect("cases:back", told.id)
    form = WithdrawReturnForm(request.POST or None, journey=journey_on(today), today=today)
    lead = _("Rencana dan data warganya kembali seperti sebelum kabar ini. Laporannya tetap tersimpan.")
    words = (_("Tarik catatan kepulangan"), lead, _("Ya, tarik catatan ini"))
    return acted(desk, told, today, form, "cases.withdraw_return", words, _("Catatan kepulangan sudah ditarik."))


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def confirm_origin(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """Whose child this is: who says so, and by what."""
    desk, told, today = opened_return(request, return_id)
    form = OriginForm(request.POST or None, today=today)
    lead = _("Supaya tidak ada yang diantar ke daerah yang salah: satu orang yang kenal, dan satu bukti yang kuat.")
    words = (_("Pastikan asalnya"), lead, _("Simpan"))
    return acted(desk, told, today, form, "cases.confirm_origin", words, _("Asalnya sudah dicatat."))


def opened_return(request: HttpRequest, return_id: UUID) -> tuple[DeskRequest, Return, date]:
    desk = as_desk(request)
    rows = Return.objects.visible_to(desk.actor).select_related("case__resident__household")
    told = get_or_refuse(rows, id=return_id)
    require(desk.actor, Permission.CASE_OPEN, told.village_code)
    return desk, told, today_in(told.village_code, desk.now)


def acted(
    desk: DeskRequest, told: Return, today: date, form: Any, action: str, words: tuple[str, str, str], done: str,
    **about: Any,
) -> HttpResponse:  # fmt: skip
    """Send a valid form to its action and go back to the return; else show the page (again)."""
    if desk.method == "POST" and form.is_valid():
        payload = {**form.payload(), "village_code": told.village_code, **(about or {"return_id": told.id})}
        if attempt(desk, form, action, payload):
            messages.success(desk, done)
            return redirect("cases:back", told.id)
    return form_page(desk, told, today, form, words)


def form_page(desk: DeskRequest, told: Return, today: date, form: ActForm, words: tuple[str, str, str]) -> HttpResponse:
    heading, lead, submit = words
    shown = {
        "form": form, "heading": heading, "lead": lead, "submit": submit, "recorded": opened(desk, told.case),
        "person": person_strip(told.case.resident, today), "leave_url": reverse("cases:back", args=[told.id]),
        "draft": "kepulangan", "here": heading,
    }  # fmt: skip
    return render(desk, "cases/back/return_form.html", shown)
