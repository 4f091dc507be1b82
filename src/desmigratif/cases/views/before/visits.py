"""Visits: write one down, finish one that waited, look at the month."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest, own_village
from desmigratif.access.routes import scoped
from desmigratif.access.scope import require
from desmigratif.cases.forms import FinishVisitForm, VisitForm
from desmigratif.cases.models import Visit
from desmigratif.cases.queries import VisitCounts, count_visits, month_of_visits, open_case_id, visit_of
from desmigratif.cases.rules.before.visits import PLACES, PURPOSES
from desmigratif.cases.views.before.from_sheet import after_sheet, day_of_sheet, from_sheet
from desmigratif.cases.views.common import as_desk, called, household_url, listed, person_strip, resident_asked_for
from desmigratif.documents.acting import attempt
from desmigratif.people.models import Resident
from desmigratif.regions.queries import today_in, village
from desmigratif.shared.dates import MONTHS, format_clock, format_date
from desmigratif.shared.reasons import NotFoundOrNotYours

PER_PAGE = 50
LEADS_TO_PLAN = {"report_intention", "offer", "letter"}


@scoped(Permission.VISIT_RECORD, methods=("GET", "POST"))
def record_visit(request: HttpRequest) -> HttpResponse:
    """Who came, and what for: served at once, or put on the list of those who wait."""
    desk = as_desk(request)
    resident = resident_asked_for(desk)
    village_code = resident.village_code if resident else own_village(desk.actor)
    if village_code is None:
        raise NotFoundOrNotYours
    require(desk.actor, Permission.VISIT_RECORD, village_code)
    today = today_in(village_code, desk.now)
    form = VisitForm(request.POST or None, today=today, is_known=resident is not None)
    day_of_sheet(desk, form)
    if request.method == "POST" and form.is_valid():
        waiting = "wait" in request.POST
        payload = {**form.payload(), "village_code": village_code, "waiting": waiting}
        if resident is not None:
            payload["resident_id"] = resident.id
        if attempt(desk, form, *from_sheet(desk, "cases.record_visit", payload)):
            purpose = form.cleaned_data["purpose"]
            return after_sheet(desk, form) or _after_visit(desk, resident, purpose, waiting=waiting)
    shown = {
        "form": form,
        "resident": resident,
        "person": person_strip(resident, today) if resident else None,
        "called": called(resident, today) if resident else "",
    }
    return render(request, "cases/before/visit_form.html", shown)


def _after_visit(desk: DeskRequest, resident: Resident | None, purpose: str, *, waiting: bool) -> HttpResponseRedirect:
    """Where the work goes on: to the plan when that is why they came, else back to the file or the list."""
    if waiting:
        messages.success(desk, _("Tamu masuk daftar tunggu."))
        return redirect("/")
    messages.success(desk, _("Tamu sudah dicatat."))
    if resident is None:
        return redirect("cases:visits")
    if purpose == "trouble":
        return HttpResponseRedirect(f"{reverse('cases:record_complaint')}?warga={resident.id}")
    if purpose not in LEADS_TO_PLAN:
        return HttpResponseRedirect(household_url(resident))
    return _to_plan(desk, resident)


def _to_plan(desk: DeskRequest, resident: Resident) -> HttpResponseRedirect:
    case_id = open_case_id(desk.actor, resident.id)
    if case_id:
        return redirect("cases:case", case_id)
    return HttpResponseRedirect(f"{reverse('cases:open_case')}?warga={resident.id}")


@scoped(Permission.VISIT_RECORD, methods=("GET", "POST"))
def finish_visit(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Somebody who waited is served now."""
    desk = as_desk(request)
    visit = visit_of(desk.actor, visit_id)
    require(desk.actor, Permission.VISIT_RECORD, visit.village_code)
    today = today_in(visit.village_code, desk.now)
    form = FinishVisitForm(request.POST or None, today=today, topics=visit.topics)
    if request.method == "POST" and form.is_valid():
        payload = {**form.payload(), "visit_id": visit.id, "village_code": visit.village_code}
        if attempt(desk, form, "cases.finish_visit", payload):
            return _after_visit(desk, visit.resident, visit.purpose, waiting=False)
    offset = village(visit.village_code).utc_offset
    shown = {
        "form": form,
        "visit": visit,
        "served": visit.served_at is not None,
        "person": person_strip(visit.resident, today) if visit.resident else None,
        "name": called(visit.resident, today) if visit.resident else visit.visitor_name,
        "came": _("Datang %(day)s, %(clock)s") % {
            "day": format_date(visit.on), "clock": format_clock(visit.came_at, offset),
        },
        "purpose": PURPOSES[visit.purpose],
    }  # fmt: skip
    return render(request, "cases/before/visit_finish.html", shown)


@scoped(Permission.CASE_SEE)
def visits(request: HttpRequest) -> HttpResponse:
    """This month's visits with their counts."""
    desk = as_desk(request)
    village_code = own_village(desk.actor)
    today = today_in(village_code or desk.actor.home_code, desk.now)
    month = month_of_visits(desk.actor, village_code, today)
    counts = count_visits(month)
    chosen = request.GET.get("pilih", "")
    page = Paginator(_filtered(month, chosen), PER_PAGE).get_page(request.GET.get("hal"))
    shown = {
        "month": f"{MONTHS[today.month - 1]} {today.year}",
        "counts": counts,
        "figures": [
            {"label": _("Kunjungan"), "value": counts.visits},
            {"label": _("Orang berbeda"), "value": counts.people},
            {"label": _("Masih menunggu"), "value": counts.waiting},
        ],
        "chips": _chips(counts, chosen),
        "page": page,
        "page_query": f"pilih={chosen}&" if chosen in {*PURPOSES, "menunggu"} else "",
        "rows": [_row(desk, visit, several=village_code is None) for visit in page],
        "several_villages": village_code is None,
        "recorded": listed(desk, "visits.listed"),
        "may_record": bool(village_code) and desk.actor.may(Permission.VISIT_RECORD, village_code or ""),
    }
    return render(request, "cases/before/visits.html", shown)


def _filtered(month: Any, chosen: str) -> Any:
    if chosen == "menunggu":
        return month.filter(served_at=None)
    return month.filter(purpose=chosen) if chosen in PURPOSES else month


def _chips(counts: VisitCounts, chosen: str) -> list[dict[str, Any]]:
    here = reverse("cases:visits")
    chips = [{"label": _("Semua"), "url": here, "current": chosen == "", "count": counts.visits}]
    if counts.waiting:
        chips.append({
            "label": _("Menunggu"), "url": f"{here}?pilih=menunggu", "current": chosen == "menunggu",
            "count": counts.waiting,
        })  # fmt: skip
    chips += [
        {"label": word, "url": f"{here}?pilih={code}", "current": chosen == code, "count": counts.by_purpose[code]}
        for code, word in PURPOSES.items()
        if code in counts.by_purpose
    ]
    return chips


def _row(desk: DeskRequest, visit: Visit, *, several: bool) -> dict[str, Any]:
    waiting = visit.served_at is None
    may_serve = waiting and desk.actor.may(Permission.VISIT_RECORD, visit.village_code)
    place = village(visit.village_code)
    return {
        "name": visit.resident.shown_name if visit.resident else visit.visitor_name,
        "url": household_url(visit.resident) if visit.resident else "",
        "day": visit.on,
        "clock": format_clock(visit.came_at, place.utc_offset),
        "purpose": PURPOSES.get(visit.purpose, visit.purpose),
        "place": PLACES.get(visit.place, visit.place),
        "village": place.near_name if several else "",
        "waiting": waiting,
        "finish_url": reverse("cases:finish_visit", args=[visit.id]) if may_serve else "",
    }
