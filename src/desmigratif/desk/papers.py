"""Pages that are made to be printed: who looked at a resident's data, and the hand-over of a village."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access import reads
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.access.scope import require
from desmigratif.audit.unit import Subject
from desmigratif.cases.views.common import called
from desmigratif.desk.letterhead import letterhead_of
from desmigratif.desk.rules.traces import KIND_LABELS, KIND_STATES
from desmigratif.desk.traces import MOST, TraceLine, TracePaper, since_of, trace_paper
from desmigratif.people.queries.resident import resident_of
from desmigratif.people.views.common import person_strip
from desmigratif.regions.queries import today_in
from desmigratif.shared.dates import format_date

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
