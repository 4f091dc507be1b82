"""The first page of the desk, the page of components, and the health address."""

from __future__ import annotations

from typing import Any, cast

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest, own_village
from desmigratif.access.routes import public, signed_in
from desmigratif.cases.models import Case
from desmigratif.desk.queries import NEXT_STEP, Morning, morning_of, waiting_rows
from desmigratif.desk.samples import sample_context
from desmigratif.regions.queries import village
from desmigratif.shared.dates import format_clock, format_date


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """The officer's morning; for roles without a village's desk, what they may do here."""
    desk = cast(DeskRequest, request)
    code = own_village(desk.actor)
    if code is None or not desk.actor.may(Permission.CASE_SEE, code):
        return render(request, "desk/welcome.html", {"grants": desk.actor.grants})
    morning = morning_of(desk.actor, code, desk.now)
    offset = village(code).utc_offset
    return render(
        request,
        "desk/home.html",
        {
            "today": format_date(morning.today),
            "waiting": _waiting(morning, offset),
            "next_steps": [_next_step(case) for case in morning.cases],
            "more_cases": morning.more_cases,
            "figures": _figures(morning),
            "may_record": desk.actor.may(Permission.VISIT_RECORD, code),
            "may_import": desk.actor.may(Permission.RESIDENT_IMPORT, code),
        },
    )


def _waiting(morning: Morning, utc_offset: int) -> list[dict[str, Any]]:
    return [
        {
            "turn": number,
            "title": row["title"],
            "detail": f"{format_clock(row['visit'].came_at, utc_offset)} · {row['purpose']}",
            "url": reverse("cases:finish_visit", args=[row["visit"].id]),
        }
        for number, row in enumerate(waiting_rows(morning), start=1)
    ]


def _next_step(case: Case) -> dict[str, Any]:
    return {
        "initials": case.resident.name,
        "title": case.resident.name,
        "detail": f"{NEXT_STEP[case.state]} · berniat sejak {format_date(case.opened_on)}",  # type: ignore[index]
        "url": reverse("cases:case", args=[case.id]),
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
