"""The desk of an office outside the village: what was sent to it, one bundle, and its three answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desmigratif.access import reads
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.audit.unit import Subject
from desmigratif.cases.forms.before.steps import SeenForm
from desmigratif.cases.forms.papers.offices import AcceptForm, AnswerBundleForm, ReturnForm
from desmigratif.cases.models import AT_OFFICE, Bundle, BundleState
from desmigratif.cases.queries import standing_letter
from desmigratif.cases.queries.papers.offices import bundle_sent_to, inbox_counts, inbox_of, offices_of, papers_before
from desmigratif.cases.rules.journey import Step, journey_on
from desmigratif.cases.rules.papers.offices import reasons_to_return
from desmigratif.cases.views.common import as_desk, goal_of, listed
from desmigratif.cases.views.journey import attempt_seen, form_payload
from desmigratif.cases.views.papers.bundles import bundle_state, clock_of_bundle, note_of, paper_names, returned_words
from desmigratif.people.models import MaritalStatus, Sex
from desmigratif.regions.queries import today_in, village
from desmigratif.shared.dates import format_date
from desmigratif.shared.keyset import page_of

PER_PAGE = 50
CHIPS = {
    "": gettext_lazy("Menunggu kantor ini"),
    "terlambat": gettext_lazy("Terlambat"),
    "dikembalikan": gettext_lazy("Dikembalikan"),
    "selesai": gettext_lazy("Sudah dijawab"),
}
STATES_OF = {"": AT_OFFICE, "dikembalikan": (BundleState.RETURNED,), "selesai": (BundleState.ANSWERED,)}


@scoped(Permission.BUNDLE_ANSWER)
def inbox(request: HttpRequest) -> HttpResponse:
    """What villages sent to this office, the one that is due first on top."""
    desk = as_desk(request)
    chosen = request.GET.get("lihat", "")
    chosen = chosen if chosen in CHIPS else ""
    today = today_in(desk.actor.home_code, desk.now)
    rows = inbox_of(desk.actor).filter(state__in=STATES_OF.get(chosen, AT_OFFICE))
    if chosen == "terlambat":
        rows = rows.filter(due_on__lt=today)
    page = page_of(rows, ("due_on", "id"), after=request.GET.get("setelah", ""), size=PER_PAGE)
    journey = journey_on(today)
    shown = {
        "rows": [_row(bundle, journey.step(bundle.step), today) for bundle in page.rows],
        "chips": _chips(inbox_counts(desk.actor, today), chosen),
        "page": page,
        "page_query": f"lihat={chosen}&" if chosen else "",
        "offices": [journey.holders[code] for code in offices_of(desk.actor)],
        "recorded": listed(desk, "bundles.listed"),
    }
    return render(request, "cases/papers/inbox.html", shown)


def _chips(counts: dict[str, int], chosen: str) -> list[dict[str, Any]]:
    number = {
        "": sum(counts.get(state, 0) for state in AT_OFFICE), "terlambat": counts["late"],
        "dikembalikan": counts.get(BundleState.RETURNED, 0), "selesai": counts.get(BundleState.ANSWERED, 0),
    }  # fmt: skip
    here = reverse("cases:inbox")
    return [
        {"label": label, "url": f"{here}?lihat={code}" if code else here, "current": code == chosen,
         "count": number[code]}
        for code, label in CHIPS.items()
    ]  # fmt: skip


def _row(bundle: Bundle, step: Step, today: date) -> dict[str, Any]:
    where = village(bundle.village_code).near_name
    again = _(" · kiriman ke-%s") % bundle.round if bundle.round > 1 else ""
    clock = clock_of_bundle(bundle, today)
    return {
        "initials": bundle.case.resident.shown_name,
        "title": bundle.case.resident.shown_name,
        "detail": f"{step.title} · {where}{again}" + (f" · {clock}" if clock else ""),
        "url": reverse("cases:bundle", args=[bundle.id]),
        "states": [bundle_state(bundle, today)],
    }


@scoped(Permission.BUNDLE_ANSWER, methods=("GET", "POST"))
def bundle(request: HttpRequest, bundle_id: UUID) -> HttpResponse:
    """One bundle: what was sent of whom, for which step. Its one button takes it."""
    desk = as_desk(request)
    found, today = _found(desk, bundle_id)
    form = AcceptForm(request.POST or None, bundle=found, today=today) if found.state == BundleState.SENT else None
    if form is not None and _done(desk, form, found, "cases.accept_bundle", _("Berkas diterima.")):
        return redirect("cases:bundle", found.id)
    return _page(desk, found, today, {"form": form, "is_main": True})


@scoped(Permission.BUNDLE_ANSWER, methods=("GET", "POST"))
def return_bundle(request: HttpRequest, bundle_id: UUID) -> HttpResponse:
    """Back to the village: why, and which papers."""
    desk = as_desk(request)
    found, today = _found(desk, bundle_id)
    if found.state not in AT_OFFICE:
        return redirect("cases:bundle", found.id)
    form = ReturnForm(
        request.POST or None, bundle=found, today=today, reasons=reasons_to_return(today),
        papers=papers_before(found.case, found.step, today),
    )  # fmt: skip
    if _done(desk, form, found, "cases.return_bundle", _("Berkas dikembalikan; desa melihat alasannya.")):
        return redirect("cases:inbox")
    return _page(desk, found, today, {"form": form, "heading": _("Kembalikan berkas"), "submit": _("Kembalikan")})


@scoped(Permission.BUNDLE_ANSWER, methods=("GET", "POST"))
def answer_bundle(request: HttpRequest, bundle_id: UUID) -> HttpResponse:
    """The office did its part."""
    desk = as_desk(request)
    found, today = _found(desk, bundle_id)
    if found.state not in AT_OFFICE:
        return redirect("cases:bundle", found.id)
    step = journey_on(today).step(found.step)
    form = AnswerBundleForm(request.POST or None, bundle=found, today=today, asks=step.asks)
    if _done(desk, form, found, "cases.answer_bundle", _("Jawaban dikirim; langkahnya selesai.")):
        return redirect("cases:inbox")
    heading = _("%s selesai") % step.title
    return _page(desk, found, today, {"form": form, "heading": heading, "submit": _("Kirim jawaban")})


def _found(desk: DeskRequest, bundle_id: UUID) -> tuple[Bundle, date]:
    found = bundle_sent_to(desk.actor, bundle_id)
    return found, today_in(found.village_code, desk.now)


def _done(desk: DeskRequest, form: SeenForm, found: Bundle, action: str, said: str) -> bool:
    """Send a valid form to its action. False: the page is shown (again)."""
    if desk.method != "POST" or not form.is_valid():
        return False
    payload = {"bundle_id": found.id, "village_code": found.village_code, **form_payload(form)}
    if not attempt_seen(desk, form, action, payload, version=lambda: bundle_sent_to(desk.actor, found.id).version):
        return False
    messages.success(desk, said)
    return True


def _page(desk: DeskRequest, found: Bundle, today: date, shown: dict[str, Any]) -> HttpResponse:
    case, journey = found.case, journey_on(today)
    subjects = [Subject("resident", case.resident_id), Subject("case", case.id), Subject("bundle", found.id)]
    recorded = reads.opened(
        desk.actor, "bundle.opened", village_code=found.village_code, subjects=subjects, now=desk.now
    )
    step = journey.step(found.step)
    common = {
        "found": found,
        "step": step,
        "heading": step.title,
        "recorded": recorded,
        "facts": _facts(found),
        "papers": paper_names(found.papers, found.sent_on),
        "state": bundle_state(found, today),
        "clock": clock_of_bundle(found, today),
        "waits": found.state in AT_OFFICE,
        "returned": returned_words(found, _("Kantor ini")) if found.state == BundleState.RETURNED else "",
        "note": note_of(found) if recorded else "",
    }
    return render(desk, "cases/papers/bundle.html", {**common, **shown})


def _facts(found: Bundle) -> list[dict[str, Any]]:
    """What the regulations let this office see of the candidate; the fields were fixed when it was sent."""
    person = found.case.resident
    readers: dict[str, tuple[str, Callable[[], str | None]]] = {
        "name": (_("Nama"), lambda: person.shown_name),
        "birth_date": (_("Tanggal lahir"), lambda: format_date(person.birth_date) if person.birth_date else None),
        "birth_place": (_("Tempat lahir"), lambda: person.birth_place or None),
        "sex": (_("Jenis kelamin"), lambda: str(Sex(person.sex).label) if person.sex else None),
        "marital_status": (
            _("Status perkawinan"),
            lambda: str(MaritalStatus(person.marital_status).label) if person.marital_status else None,
        ),
        "goal": (_("Tujuan"), lambda: goal_of(found.case)),
        "letter": (_("Surat izin desa"), lambda: getattr(standing_letter(found.case), "number", None)),
    }
    said = [(readers[name][0], readers[name][1]()) for name in found.shows if name in readers]
    return [
        *({"label": label, "value": value} for label, value in said),
        {"label": _("Desa"), "value": village(found.village_code).near_name},
        {"label": _("Dikirim"), "value": format_date(found.sent_on)},
    ]
