"""Those who work abroad: who is silent, one stay with its calls, and the page for the family."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest, own_village
from desmigratif.access.routes import scoped
from desmigratif.access.scope import require
from desmigratif.cases.models import Case, CaseState
from desmigratif.cases.queries import case_of
from desmigratif.cases.queries.abroad.stays import StayFile, case_abroad_of, is_silent, stay_file, workers_abroad
from desmigratif.cases.queries.trouble.complaints import complaints_about
from desmigratif.cases.rules.abroad.contact import is_overdue
from desmigratif.cases.views.abroad.rows import (
    agreement_words,
    call_rows,
    change_rows,
    contact_rows,
    facts_of,
    heard_words,
    mission_of,
    note_rows,
    standing_of,
    unanswered_signs,
)
from desmigratif.cases.views.common import (
    as_desk,
    called,
    goal_of,
    household_url,
    listed,
    may_see_specific,
    opened,
    person_strip,
)
from desmigratif.cases.views.trouble.complaints import complain_url, complaint_rows
from desmigratif.documents.queries import office_in
from desmigratif.people.rules.calls import next_calls
from desmigratif.regions.queries import village
from desmigratif.shared.dates import format_date
from desmigratif.shared.keyset import page_of
from desmigratif.shared.reasons import NotFoundOrNotYours

PER_PAGE = 50
ORDER = ("village_code", "opened_on", "id")


@scoped(Permission.CASE_SEE)
def abroad(request: HttpRequest) -> HttpResponse:
    """Everybody who works abroad, the silent ones first on request; `?warga=` leads to one of them."""
    desk = as_desk(request)
    if resident := request.GET.get("warga"):
        return redirect("cases:stay", _case_of_resident(desk, resident).id)
    silent = request.GET.get("saring") == "diam"
    rows = workers_abroad(desk.actor)
    if silent:
        rows = rows.filter(is_silent(desk.now))
    page = page_of(rows, ORDER, after=request.GET.get("setelah", ""), size=PER_PAGE)
    own = own_village(desk.actor)
    here = reverse("cases:abroad")
    shown = {
        "page": page,
        "page_query": "saring=diam&" if silent else "",
        "rows": [_row(case, desk.now, several=own is None) for case in page.rows],
        "chips": [
            {"label": _("Semua"), "url": here, "current": not silent},
            {"label": _("Belum ada kabar"), "url": f"{here}?saring=diam", "current": silent},
        ],
        "silent": silent,
        "several_villages": own is None,
        "recorded": listed(desk, "cases.listed"),
    }
    return render(request, "cases/abroad/abroad.html", shown)


def _case_of_resident(desk: DeskRequest, text: str) -> Case:
    try:
        return case_abroad_of(desk.actor, UUID(text))
    except ValueError:
        raise NotFoundOrNotYours from None


def _row(case: Case, now: datetime, *, several: bool) -> dict[str, Any]:
    stay = getattr(case, "stay", None)
    name, label = standing_of(case, stay, now)
    return {
        "name": case.resident.shown_name,
        "url": reverse("cases:stay", args=[case.id]),
        "goal": goal_of(case),
        "heard": heard_words(stay.heard_at, village(case.village_code).utc_offset) if stay and stay.heard_at else "",
        "state": name,
        "word": label,
        "village": village(case.village_code).near_name if several else "",
    }


@scoped(Permission.CASE_SEE)
def stay(request: HttpRequest, abroad_id: UUID) -> HttpResponse:
    """One stay: how long silent, when the next call is, with whom and where, what was heard and told."""
    desk = as_desk(request)
    case = case_of(desk.actor, abroad_id)
    recorded = opened(desk, case)
    specific = may_see_specific(desk, case, recorded=recorded)
    file = stay_file(desk.actor, abroad_id, now=desk.now, specific=specific)
    complaints = complaints_about(desk.actor, case.resident_id) if specific else []
    contacts = contact_rows(file)
    signs = unanswered_signs(contacts, complaints) if file.is_abroad else []
    state, word = ("henti", _("Ada tanda bahaya")) if signs else standing_of(case, file.stay, desk.now)
    shown = {
        **_common(file, desk, recorded=recorded),
        "state": state,
        "word": word,
        "agreement": agreement_words(case, file.stay, desk.now),
        "calls": _calls(file, desk.now),
        "facts": facts_of(file),
        "contacts": contacts,
        "signs": signs,
        "complaints": complaint_rows(desk, complaints),
        "complain_url": complain_url(desk, case.resident),
        "changes": change_rows(file),
        "notes": note_rows(file),
        "specific": specific,
        "is_abroad": file.is_abroad,
        "may_act": file.is_abroad and desk.actor.may(Permission.CASE_OPEN, case.village_code),
        "reported": file.stay is not None and file.stay.reported_on is not None,
        "lost": case.state == CaseState.LOST_CONTACT,
        "overdue": file.stay is not None and is_overdue(file.stay.due_at, desk.now),
        "household_url": household_url(case.resident),
    }
    return render(request, "cases/abroad/stay.html", shown)


@scoped(Permission.CASE_SEE)
def family_view(request: HttpRequest, abroad_id: UUID) -> HttpResponse:
    """One sheet for the family: where, with whom, when the next call is, whom to turn to, what to do when."""
    desk = as_desk(request)
    case = case_of(desk.actor, abroad_id)
    recorded = opened(desk, case, "stay.printed")
    specific = may_see_specific(desk, case, recorded=recorded)
    file = stay_file(desk.actor, abroad_id, now=desk.now, specific=specific)
    heard = next((row for row in contact_rows(file) if row["was_heard"]), None)
    shown = {
        **_common(file, desk, recorded=recorded),
        "facts": facts_of(file, for_family=True),
        "agreement": agreement_words(case, file.stay, desk.now),
        "calls": _calls(file, desk.now),
        "heard": heard,
        "mission": mission_of(case, file.today),
        "village": village(case.village_code),
        "office": office_in(case.village_code),
        "door": settings.PUBLIC_URL.split("//")[-1] + reverse("portal:report"),
        "printed_on": format_date(file.today),
    }
    return render(request, "cases/abroad/family_view.html", shown)


def _common(file: StayFile, desk: DeskRequest, *, recorded: bool) -> dict[str, Any]:
    return {
        "case": file.case,
        "called": called(file.case.resident, file.today),
        "goal": goal_of(file.case),
        "recorded": recorded,
        "person": person_strip(file.case.resident, file.today),
    }


def _calls(file: StayFile, now: datetime) -> list[dict[str, str]]:
    stay = file.stay
    if stay is None or not file.is_abroad:
        return []
    offset = village(file.case.village_code).utc_offset
    return call_rows(next_calls(stay.contact_weekdays, stay.contact_time, stay.time_zone, offset, now), stay.time_zone)


def opened_stay(request: HttpRequest, abroad_id: UUID) -> tuple[DeskRequest, StayFile]:
    """The stay that a form writes to. Raises `NotFoundOrNotYours`."""
    desk = as_desk(request)
    case = case_of(desk.actor, abroad_id)
    require(desk.actor, Permission.CASE_OPEN, case.village_code)
    return desk, stay_file(desk.actor, abroad_id, now=desk.now, specific=True)


def written(request: HttpRequest, abroad_id: UUID, said: str) -> HttpResponse:
    """Say that it is written, and show it in its place."""
    messages.success(request, said)
    return redirect("cases:stay", abroad_id)
