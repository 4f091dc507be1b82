"""The cooperative office's pages: every cooperative of its region in figures, one with its health. Read-only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.routes import scoped
from desmigratif.cooperative.models import MeetingStatus
from desmigratif.cooperative.queries.annual.health import assessed
from desmigratif.cooperative.queries.annual.meeting import meetings_of
from desmigratif.cooperative.queries.annual.oversight import Overseen, figures_for, overseen_by, overseen_one
from desmigratif.cooperative.queries.year.handing_up import origins_of
from desmigratif.cooperative.views.annual.health import aspects_of
from desmigratif.cooperative.views.annual.meeting import name_of, state_of
from desmigratif.cooperative.views.common import as_desk, opened, place, today_of
from desmigratif.regions.queries import today_in, village
from desmigratif.shared.dates import format_date
from desmigratif.shared.rupiah import format_rupiah

PER_PAGE = 30
NATION = "ID"


@scoped(P.COOPERATIVE_FIGURES)
def oversight(request: HttpRequest) -> HttpResponse:
    """Every cooperative of the region: members, sums, the last annual meeting."""
    desk = as_desk(request)
    today = today_in(NATION, desk.now)
    rows = Paginator(overseen_by(desk.actor), PER_PAGE).get_page(request.GET.get("hal"))
    shown = {
        "page": rows, "rows": [{"one": one, "url": place("overseen", one.cooperative.id),
                                "village": village(one.cooperative.village_code).near_name}
                               for one in figures_for(list(rows), today)],
    }  # fmt: skip
    return render(request, "cooperative/annual/oversight.html", shown)


@scoped(P.COOPERATIVE_FIGURES)
def overseen(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """One cooperative: its figures, meetings and health, without its members."""
    desk = as_desk(request)
    found = overseen_one(desk.actor, cooperative_id)
    today = today_of(desk, found)
    (whole,) = figures_for([found], today)
    year = today.year - 1 if found.opened_on.year < today.year else today.year
    surplus = {one.books.id: one.rupiah for one in origins_of(found, year)}
    seen = assessed(found, year, "2016", today)
    shown = {
        "recorded": opened(desk, found, "cooperative.overseen"), "cooperative": found,
        "facts": _facts(whole, year, sum(surplus.values())),
        "bodies": [(body, surplus.get(body.books.id, 0)) for body in whole.bodies] if len(whole.bodies) > 1 else [],
        "whole": whole, "surplus": sum(surplus.values()),
        "year": year, "reasons": seen.reasons, "health": seen.health,
        "aspects": aspects_of(seen.health) if seen.health else [],
        "meetings": [
            {"name": name_of(meeting), "on": meeting.on, "state": state_of(meeting), "meeting": meeting,
             "is_held": meeting.status == MeetingStatus.HELD}
            for meeting in meetings_of(found)
        ],
    }  # fmt: skip
    return render(request, "cooperative/annual/overseen.html", shown)


def _facts(one: Overseen, year: int, surplus: int) -> list[dict[str, Any]]:
    last = one.last_annual
    return [
        {"label": _("Anggota"), "value": str(one.members)},
        {"label": _("Aset"), "value": format_rupiah(one.assets_rupiah)},
        {"label": _("Modal sendiri"), "value": format_rupiah(one.own_capital_rupiah)},
        {"label": _("Pinjaman dan pembiayaan berjalan"), "value": format_rupiah(one.loans_rupiah)},
        {"label": _("SHU %s") % year, "value": format_rupiah(surplus)},
        {"label": _("RAT terakhir"), "value": f"{last.book_year}, {format_date(last.on)}" if last else _("Belum ada")},
        {"label": _("Laporan diterima"),
         "value": format_date(last.reported_on) if last and last.reported_on else _("Belum ada")},
    ]  # fmt: skip
