"""Pages that are made to be printed: who looked at a resident's data, and the hand-over of a village; and the guide
of an officer's first week, which the hand-over ends with."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access import reads
from desmigratif.access.door import do
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest, act_id_of
from desmigratif.access.routes import scoped
from desmigratif.access.scope import require
from desmigratif.audit.unit import Subject
from desmigratif.cases.views.common import called
from desmigratif.desk.queries.first_week import SHOW, progress_of
from desmigratif.desk.queries.hand_over import HandOver, hand_over
from desmigratif.desk.queries.traces import MOST, TraceLine, TracePaper, since_of, trace_paper
from desmigratif.desk.rules.first_week import DAYS, Task, is_done
from desmigratif.desk.rules.traces import KIND_LABELS, KIND_STATES
from desmigratif.desk.views.hand_over import colleagues, sections_of
from desmigratif.documents.queries import letterhead_of
from desmigratif.people.queries.resident import resident_of
from desmigratif.people.views.common import person_strip, village_for
from desmigratif.regions.queries import today_in
from desmigratif.shared.dates import format_date
from desmigratif.shared.ids import new_id

PERIODS = {"30": "30 hari terakhir", "365": "12 bulan terakhir", "semua": "Sejak awal"}


@scoped(Permission.RESIDENT_TRACE_SEE)
def traces(request: HttpRequest, resident_id: UUID) -> HttpResponse:
    """Who did what with a resident's data: shown only after this look, too, was written down."""
    desk = cast(DeskRequest, request)
    row = resident_of(desk.actor, resident_id)
    require(desk.actor, Permission.RESIDENT_TRACE_SEE, row.village_code)
    period = desk.GET.get("masa", "")
    period = period if period in PERIODS else "365"
    paper = trace_paper(row, since=since_of(period, desk.now))
    noted = reads.opened(
        desk.actor, "resident.trace_opened", village_code=row.village_code, subjects=[Subject("resident", row.id)],
        now=desk.now,
    )  # fmt: skip
    today = today_in(row.village_code, desk.now)
    shown = {
        "resident": row,
        "called": called(row, today),
        "person": person_strip(row, today),
        "today": format_date(today),
        "chips": _periods(row.id, period),
        "period": PERIODS[period],
        "figures": _figures(paper),
        "lines": [_line(line) for line in paper.lines],
        "paper": paper,
        "most": MOST if paper.is_cut else 0,
        "not_noted": not noted,
        "letterhead": letterhead_of(row.village_code),
    }
    return render(request, "desk/traces.html", shown)


def _periods(resident_id: UUID, chosen: str) -> list[dict[str, Any]]:
    here = reverse("desk:traces", args=[resident_id])
    return [
        {"label": label, "url": f"{here}?masa={period}", "current": period == chosen}
        for period, label in PERIODS.items()
    ]


def _figures(paper: TracePaper) -> list[dict[str, Any]]:
    return [{"label": label, "value": paper.counts[kind]} for kind, label in KIND_LABELS.items()]


def _line(line: TraceLine) -> dict[str, Any]:
    times = _("%(times)s kali, pukul %(clock)s") if line.times > 1 else _("pukul %(clock)s")
    return {
        "on": format_date(line.on),
        "clock": times % {"times": line.times, "clock": line.clock},
        "name": line.who.name,
        "office": ", ".join(part for part in (line.who.role, line.who.office) if part),
        "state": KIND_STATES[line.kind],
        "kind": KIND_LABELS[line.kind],
        "text": f"{line.text} {line.way}".strip(),
    }


# --- the hand-over --------------------------------------------------------------------------------


@scoped(Permission.HAND_OVER_SEE)
def hand_over_page(request: HttpRequest) -> HttpResponse:
    """Everything left open in this person's village, once the look at it was written down."""
    desk = cast(DeskRequest, request)
    code = village_for(desk.actor, Permission.HAND_OVER_SEE)
    today = today_in(code, desk.now)
    paper = hand_over(desk.actor, code, today=today, now=desk.now)
    subjects = [Subject("resident", one) for one in paper.named]
    noted = reads.opened(desk.actor, "hand_over.opened", village_code=code, subjects=subjects, now=desk.now)
    sections = sections_of(paper)
    shown = {
        "today": format_date(today),
        "figures": [
            {"label": _("Hal yang terbuka"), "value": paper.open_count},
            {"label": _("Tamu menunggu"), "value": paper.visit_count},
            {"label": _("Rencana berjalan"), "value": sum(paper.plan_counts.values())},
            {"label": _("Perlu dihubungi"), "value": len(paper.alarms)},
        ],
        "sections": [section for section in sections if not section.is_settled],
        "settled": [section for section in sections if section.is_settled],
        "office": _office(paper),
        "office_head": paper.office and {"title": paper.office.head_title, "name": paper.office.head_name},
        "colleagues": colleagues(paper),
        "days": DAYS,
        "may_learn": desk.actor.may(Permission.VISIT_RECORD, code),
        "not_noted": not noted,
        "letterhead": letterhead_of(code, paper.office),
    }
    return render(request, "desk/hand_over.html", shown)


def _office(paper: HandOver) -> list[dict[str, Any]]:
    office = paper.office
    if office is None:
        return []
    return [
        {"label": _("Alamat"), "value": office.address},
        {"label": _("Telepon"), "value": office.phone or None},
        {"label": office.head_title, "value": office.head_name},
        {"label": _("Kode surat"), "value": office.letter_code},
    ]


# --- the first week -------------------------------------------------------------------------------


@scoped(Permission.VISIT_RECORD, methods=("GET", "POST"))
def first_week(request: HttpRequest) -> HttpResponse:
    """Five days with two or three tasks each, ticked by what this person has done; a post puts it away or back."""
    desk = cast(DeskRequest, request)
    code = village_for(desk.actor, Permission.VISIT_RECORD)
    if request.method == "POST":
        shown = request.POST.get("tampil") == "ya"
        do(desk.actor, SHOW, {"village_code": code, "shown": shown}, now=desk.now, act_id=act_id_of(request))
        return redirect("desk:first_week" if shown else "desk:home")
    progress = progress_of(desk.actor, code)
    context = {
        "days": [
            {
                "number": number,
                "title": day.title,
                "tasks": [_task(task, progress.seen) for task in day.tasks],
                "done": all(is_done(task, progress.seen) for task in day.tasks),
            }
            for number, day in enumerate(DAYS, start=1)
        ],
        "progress": progress,
        "act_id": new_id(),
    }
    return render(request, "desk/first_week.html", context)


def _task(task: Task, seen: frozenset[str]) -> dict[str, Any]:
    done = is_done(task, seen)
    return {
        "icon": "circle-check" if done else "circle",
        "title": task.title,
        "detail": task.why,
        "url": reverse(task.address),
        "states": [{"name": "aman", "label": _("Sudah")}] if done else [],
    }
