"""The first page of the desk, the page of components, and the health address."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, cast

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from desmigratif.access import reads
from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission
from desmigratif.access.queries import factor_resets_waiting
from desmigratif.access.requests import DeskRequest, own_village
from desmigratif.access.routes import public, signed_in
from desmigratif.cases.models import Case, CaseState
from desmigratif.cases.queries.papers.papers import ExpiringPaper
from desmigratif.cases.rules.before.visits import PURPOSES
from desmigratif.cases.rules.offer.unknown import says_too_little
from desmigratif.cases.views.common import called, verdict
from desmigratif.desk.context import menu_for
from desmigratif.desk.queries.first_week import is_new_here, progress_of
from desmigratif.desk.queries.morning import Morning, morning_of
from desmigratif.desk.rules.first_week import next_task
from desmigratif.desk.views.day_rows import (
    asleep_rows,
    complaint_rows,
    follow_up_rows,
    report_rows,
    rows_of,
    silent_rows,
    sleeping_rows,
    visit_rows,
    worry_rows,
)
from desmigratif.desk.views.landing.page import blocks_for
from desmigratif.desk.views.samples import sample_context
from desmigratif.documents.queries import letters_of, names_on
from desmigratif.regions.queries import today_in, village
from desmigratif.shared.dates import format_clock, format_date
from desmigratif.shared.ids import new_id

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
SHOWN_EXPIRING = 3
SHOWN_ROWS = 10
NEXT_STEP = {
    CaseState.INTENT: "Periksa tawaran kerjanya",
    CaseState.OFFER_CHECKED: "Bicara dengan keluarga, lalu surat izin",
}
UNASKED = "Tanyakan hal pokok tawarannya, lalu periksa lagi"
AFTER_CHECK = {"stop": "Cari jalan yang sah", "hold": "Pastikan yang belum jelas, lalu bicara dengan keluarga"}


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """The officer's morning; for roles without a village's desk, what they may do here."""
    desk = cast(DeskRequest, request)
    code = own_village(desk.actor)
    if code is None or not desk.actor.may(Permission.CASE_SEE, code):
        blocks = blocks_for(desk.actor, desk.now)
        today = _day(today_in(desk.actor.home_code, desk.now))
        shown = {
            "grants": desk.actor.grants,
            "roles": ", ".join(str(grant.role.label) for grant in desk.actor.grants),
            "blocks": sorted(blocks, key=lambda block: bool(block.rows)),  # counts side by side, then the tables
            "tables_from": sum(not block.rows for block in blocks),
            "today": today,
        }
        return render(request, "desk/welcome.html", shown)
    morning = morning_of(desk.actor, code, desk.now)
    may_record = desk.actor.may(Permission.VISIT_RECORD, code)
    noted = reads.opened(desk.actor, "desk.opened", village_code=code, now=desk.now)
    rows = _next_rows(desk, morning)
    # a fold of one or two lines would hide more than it spares
    most = len(rows) if len(rows) <= SHOWN_ROWS + 2 else SHOWN_ROWS
    return render(
        request,
        "desk/home.html",
        {
            "today": _day(morning.today),
            "waiting": _waiting(morning, village(code).utc_offset, may_serve=may_record),
            "next_steps": rows[:most],
            "later_steps": rows[most:],
            "to_sign": morning.to_sign,
            "plans": [_next_step(case, morning.today) for case in morning.cases],
            "more_cases": morning.more_cases,
            "figures": _figures(morning),
            "may_record": may_record,
            "may_import": desk.actor.may(Permission.RESIDENT_IMPORT, code),
            "letters": _letters(desk.actor, code) if not may_record else [],
            "guide": _guide(desk, code, morning.today) if may_record else None,
            "menu_items": _menu_with_counts(desk.actor, morning),
            "not_noted": not noted,
        },
    )


def _day(today: date) -> str:
    return f"{DAYS[today.weekday()]}, {format_date(today)}"


def _next_rows(desk: DeskRequest, morning: Morning) -> list[dict[str, Any]]:
    """What is next besides the plans: who may be in danger first, then what the law's clock counts, then the rest."""
    return [
        *complaint_rows(morning.complaints),
        *silent_rows(morning.silent, morning.today, desk.now),
        *worry_rows(morning.worries),
        *_resets(desk),
        *_to_sign(morning.to_sign),
        *rows_of(morning.day),
        *follow_up_rows(morning.follow_ups, morning.today),
        *visit_rows(morning.visits_after, morning.today),
        *sleeping_rows(morning.sleeping),
        *asleep_rows(morning.asleep),
        *report_rows(morning.reports),
        *_to_decide(morning),
        *_expiring(morning),
    ]


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


def _to_decide(morning: Morning) -> list[dict[str, Any]]:
    """What only a person can settle: acts that clash, people who moved in, records that may be one person twice."""
    waits = [
        (
            morning.reviews,
            "scale",
            "kiriman perlu diputuskan",
            "Isinya bertabrakan dengan data sekarang.",
            "desk:reviews",
        ),
        (morning.arrivals, "arrow-right", "warga pindahan menunggu", "Terima dan catat rumahnya.", "people:arrivals"),
        (morning.doubles, "copy", "pasang berkas mungkin kembar", "Bandingkan sebelum digabung.", "people:doubles"),
    ]
    return [
        {"icon": icon, "urgent": True, "title": f"{count} {words}", "detail": detail, "url": reverse(name)}
        for count, icon, words, detail, name in waits
        if count
    ]


def _expiring(morning: Morning) -> list[dict[str, Any]]:
    """Papers that are over or soon will be, the most urgent first; the rest as one line."""
    lines = [
        {
            "icon": "calendar",
            "urgent": one.validity == "expired",
            "title": f"{one.document}: {called(one.resident, morning.today)}",
            "detail": _days_left(one, morning.today),
            "url": reverse("cases:papers", args=[one.case_id]),
        }
        for one in morning.expiring[:SHOWN_EXPIRING]
    ]
    more = morning.expiring[SHOWN_EXPIRING:]
    rest = {"icon": "calendar", "title": f"dan {len(more)} dokumen lain", "url": reverse("cases:cases")}
    return [*lines, rest] if more else lines


def _days_left(one: ExpiringPaper, today: date) -> str:
    left = one.days_left(today)
    if left < 0:
        return f"Habis {format_date(one.valid_until)}. Perbarui dulu."
    return f"Habis {left} hari lagi, {format_date(one.valid_until)}." if left else "Habis hari ini."


def _resets(desk: DeskRequest) -> list[dict[str, Any]]:
    """Lost second factors to which this person, as the second of two, may agree."""
    if not desk.actor.may_anywhere(Permission.SECOND_FACTOR_RESTORE):
        return []
    return [
        {
            "icon": "shield-lock",
            "urgent": True,
            "title": f"{one.name} menunggu pengamannya dipulihkan",
            "detail": "Temui orangnya dulu, lalu setujui.",
            "url": reverse("access:factor_resets"),
        }
        for one in factor_resets_waiting(desk.actor, now=desk.now)
    ]


def _to_sign(count: int) -> list[dict[str, Any]]:
    """How many letters wait for the head."""
    return [
        {
            "icon": "signature",
            "urgent": True,
            "title": f"Tanda tangan: {count} surat",
            "detail": "Baca hasil periksa dan kata keluarga, lalu setujui atau tunda.",
            "url": reverse("cases:signatures"),
        }
    ] if count else []  # fmt: skip


def _letters(by: Actor, code: str) -> list[dict[str, Any]]:
    """The newest letters, for the village head in whose name they went out."""
    newest = list(letters_of(by).filter(village_code=code)[:5])
    names = names_on(newest)
    return [
        {
            "icon": "certificate",
            "title": names.get(letter.id) or letter.number,
            "detail": f"{letter.number} · {format_date(letter.issued_on)}",
            "url": reverse("documents:letter", args=[letter.id]),
            "states": [{"name": "henti", "label": "Dicabut"}] if letter.revoked_on else [],
        }
        for letter in newest
    ]


def _menu_with_counts(actor: Actor, morning: Morning) -> list[dict[str, Any]]:
    """The menu of the first page says how much waits where; other pages ask no such questions."""
    counts = {"people:arrivals": morning.arrivals, "people:doubles": morning.doubles}
    waiting = {reverse(name): count for name, count in counts.items() if count}
    return [{**item, "count": waiting.get(item["url"])} for item in menu_for(actor, reverse("desk:home"))]


def _guide(desk: DeskRequest, code: str, today: date) -> dict[str, Any] | None:
    """The guide of the first week while somebody is new here, has not put it away and is not through."""
    if not is_new_here(desk.actor, code, today=today):
        return None
    progress = progress_of(desk.actor, code)
    task = next_task(progress.seen)
    if progress.hidden or task is None:
        return None
    return {
        "done": progress.done,
        "tasks": progress.tasks,
        "task": task,
        "url": reverse(task.address),
        "act_id": new_id(),
    }


def _next_step(case: Case, today: date) -> dict[str, Any]:
    """What to do for a plan now; the last check's grave result stands beside it."""
    level, unknown = getattr(case, "last_level", None) or "", getattr(case, "last_unknown", None) or ()
    open_questions = says_too_little(level, unknown)
    step = UNASKED if open_questions else AFTER_CHECK.get(level) or NEXT_STEP[CaseState(case.state)]
    return {
        "initials": case.resident.name,
        "title": called(case.resident, today),
        "detail": f"{step} · sejak {format_date(case.opened_on)}",
        "url": reverse("cases:case", args=[case.id]),
        "states": [verdict(level, unknown)] if level in AFTER_CHECK or open_questions else [],
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
def favicon(request: HttpRequest) -> HttpResponse:
    """The mark for browsers that ask for it by its old name; pages link the SVG."""
    return HttpResponse(_icon(), content_type="image/x-icon")


@cache
def _icon() -> bytes:
    return files("desmigratif.desk").joinpath("static/desk/favicon.ico").read_bytes()


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
