"""The first page of the desk, the page of components, and the health address."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest, own_village
from desmigratif.access.routes import public, signed_in
from desmigratif.cases.models import Case, CaseState
from desmigratif.cases.rules.labels import LEVELS
from desmigratif.cases.rules.visit import PURPOSES
from desmigratif.cases.views.common import LEVEL_STATES, called
from desmigratif.desk.queries import Morning, morning_of
from desmigratif.desk.samples import sample_context
from desmigratif.regions.queries import village
from desmigratif.shared.dates import format_clock, format_date

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
NEXT_STEP = {
    CaseState.INTENT: "Periksa tawaran kerjanya",
    CaseState.OFFER_CHECKED: "Bicara dengan keluarga, lalu surat izin",
}
AFTER_CHECK = {"stop": "Cari jalan yang sah", "hold": "Pastikan yang belum jelas, lalu bicara dengan keluarga"}


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """The officer's morning; for roles without a village's desk, what they may do here."""
    desk = cast(DeskRequest, request)
    code = own_village(desk.actor)
    if code is None or not desk.actor.may(Permission.CASE_SEE, code):
        return render(request, "desk/welcome.html", {"grants": desk.actor.grants})
    morning = morning_of(desk.actor, code, desk.now)
    may_record = desk.actor.may(Permission.VISIT_RECORD, code)
    return render(
        request,
        "desk/home.html",
        {
            "today": f"{DAYS[morning.today.weekday()]}, {format_date(morning.today)}",
            "waiting": _waiting(morning, village(code).utc_offset, may_serve=may_record),
            "next_steps": [*_to_decide(morning.reviews), *(_next_step(case, morning.today) for case in morning.cases)],
            "more_cases": morning.more_cases,
            "figures": _figures(morning),
            "may_record": may_record,
            "may_import": desk.actor.may(Permission.RESIDENT_IMPORT, code),
        },
    )


def _waiting(morning: Morning, utc_offset: int, *, may_serve: bool) -> list[dict[str, Any]]:
    """Who sits on the bench; only whoever serves is led to a visit's page."""
    return [
        {
            "turn": number,
            "title": called(visit.resident, morning.today) if visit.resident else visit.visitor_name,
            "detail": f"{format_clock(visit.came_at, utc_offset)} · {PURPOSES[visit.purpose]}",
            "url": reverse("cases:finish_visit", args=[visit.id]) if may_serve else "",
        }
        for number, visit in enumerate(morning.waiting, start=1)
    ]


def _to_decide(reviews: int) -> list[dict[str, Any]]:
    if not reviews:
        return []
    return [
        {
            "icon": "scale",
            "urgent": True,
            "title": f"{reviews} kiriman perlu diputuskan",
            "detail": "Isinya bertabrakan dengan data sekarang.",
            "url": reverse("desk:reviews"),
        }
    ]


def _next_step(case: Case, today: date) -> dict[str, Any]:
    """What to do for a plan now; the last check's grave result stands beside it."""
    level = getattr(case, "last_level", None) or ""
    step = AFTER_CHECK.get(level) or NEXT_STEP[CaseState(case.state)]
    return {
        "initials": case.resident.name,
        "title": called(case.resident, today),
        "detail": f"{step} · sejak {format_date(case.opened_on)}",
        "url": reverse("cases:case", args=[case.id]),
        "states": [{"name": LEVEL_STATES[level], "label": LEVELS[level]}] if level in AFTER_CHECK else [],
    }


def _figures(morning: Morning) -> list[dict[str, Any]]:
    month = morning.month
    return [
        {"label": "Tamu", "value": month["visits"], "note": f"{month['people']} orang"},
        {"label": "Tawaran diperiksa", "value": month["checked"], "note": f"{month['stopped']} dihentikan"},
        {"label": "Surat terbit", "value": month["letters"]},
    ]


@signed_in
def components(request: HttpRequest) -> HttpResponse:
    """Every shared component once, with made-up people, for whoever builds pages."""
    return render(request, "desk/components.html", sample_context())


@public
def health(request: HttpRequest) -> JsonResponse:
    """200 while the database answers; nothing else is told to strangers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "database"}, status=503)
    return JsonResponse({"status": "ok"})


@public
def security_txt(request: HttpRequest) -> HttpResponse:
    """How to report a weakness (RFC 9116)."""
    return HttpResponse(
        f"Contact: {request.build_absolute_uri(reverse('portal:report_weakness'))}\n"
        f"Expires: {cast(DeskRequest, request).now.year + 1}-01-01T00:00:00Z\nPreferred-Languages: id, en\n",
        content_type="text/plain; charset=utf-8",
    )
