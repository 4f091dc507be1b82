"""One cashier's day from the first note to the count, for whoever checks it, and to sign."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from desmigratif.access.permissions import Permission as P
from desmigratif.access.queries import names_of
from desmigratif.access.routes import scoped
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.models import TillDay
from desmigratif.cooperative.queries.ledger.books import cooperative_of
from desmigratif.cooperative.queries.till import (
    expected_in,
    moves_of_till,
    slips_of_till,
    till_to_show,
    tills_beside,
)
from desmigratif.cooperative.views.business.moves import move_row
from desmigratif.cooperative.views.common import as_desk, may, opened, page
from desmigratif.cooperative.views.till.slips import slip_row
from desmigratif.shared.reasons import NotFoundOrNotYours

PER_PAGE = 25
ON_PAPER = 1_000


@scoped(P.COOPERATIVE_SEE)
def till_day(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Everything that passed through one till: `?kas=` names it, else the latest; `?semua` all of it, to print."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    asked = _asked(request.GET.get("kas", ""))
    one = till_to_show(found, asked)
    if one is None and asked is not None:
        raise NotFoundOrNotYours
    shown: dict[str, Any] = {"one": one, "may_take": may(desk, found, P.MONEY_TAKE)}
    about = [Subject("till", one.id)] if one else []
    shown["recorded"] = opened(desk, found, "till.looked_at", *about)
    if one is not None:
        rows = _rows(one)
        size = ON_PAPER if "semua" in request.GET else PER_PAGE
        before, after = tills_beside(one)
        shown |= {
            "page": Paginator(rows, size).get_page(request.GET.get("hal")), "page_query": f"kas={one.id}&",
            "has_more": len(rows) > size, "kinds": _by_kind(rows), "count": len(rows),
            "came_in": sum(row["in"] or 0 for row in rows), "went_out": sum(row["out"] or 0 for row in rows),
            "expected": expected_in(one), "carried": abs(one.carried_rupiah), "before": before, "after": after,
            "cashier": names_of([one.cashier_id]).get(one.cashier_id, ""),
        }  # fmt: skip
    return page(desk, "till/day", found, "till", shown)


def _asked(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFoundOrNotYours from None


def _rows(one: TillDay) -> list[dict[str, Any]]:
    """Slips and business moves as lines of one day, in their order (ids are made as time goes)."""
    slips = [
        {**slip_row(slip), "id": slip.id, "number": slip.number, "who": slip.member.name} for slip in slips_of_till(one)
    ]
    moves = [{**move_row(move), "id": move.id, "number": move.number, "who": move.party} for move in moves_of_till(one)]
    return sorted([*slips, *moves], key=lambda row: str(row["id"]))


def _by_kind(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """How often each kind of line stands in a day, and what it brought and took."""
    kinds: dict[str, dict[str, Any]] = {}
    for row in rows:
        words = str(row["words"])
        kind = kinds.setdefault(words, {"words": words, "count": 0, "in": 0, "out": 0})
        kind["count"] += 1
        kind["in"] += row["in"] or 0
        kind["out"] += row["out"] or 0
    return sorted(kinds.values(), key=lambda kind: -(kind["in"] + kind["out"]))
