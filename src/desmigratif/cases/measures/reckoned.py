"""Indicators of the service centre that no single act changes: time does, or many records together.

Each is reckoned anew for one village; the nightly job appends what differs from what was appended before.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from uuid import UUID

from django.db.models import Min
from django.db.models.functions import Coalesce, TruncQuarter

from desmigratif.audit.models import FactDelta
from desmigratif.audit.tallying import Reckoned, by_month
from desmigratif.cases.models import (
    ABROAD,
    Case,
    CaseCost,
    CaseState,
    OfferCheck,
    ProceduralStatus,
    Stay,
    TopicTold,
    Visit,
)
from desmigratif.cases.queries.before.costs import costs_input
from desmigratif.cases.rules.before.costs import check_costs
from desmigratif.placement.queries import placed_among

PERMISSION_STAGES = ("permission", "departure")
NOT_LEFT = (CaseState.WITHDREW, CaseState.UNFIT, CaseState.REJECTED, CaseState.FAILED_DEPARTURE)


def reckon(village_code: str, on: date) -> Reckoned:
    """Name -> numerator and denominator of one village."""
    return {
        **_informed(village_code),
        **_unknown_status(village_code),
        **_averted(village_code),
        **_costs(village_code),
        **_protected(village_code),
        **_matched(village_code, on),
    }


def _informed(village_code: str) -> Reckoned:
    """A2: each person once a quarter, in the month in which they were told something first."""
    first: dict[tuple[UUID, date], date] = {}
    visits = Visit.objects.in_village(village_code).exclude(topics=[]).exclude(resident=None)
    told = TopicTold.objects.in_village(village_code)
    for rows, of in ((visits, "resident"), (told, "case__resident")):
        person = Coalesce(f"{of}__merged_into_id", f"{of}_id")
        grouped = rows.order_by().values_list(person, TruncQuarter("on")).annotate(first=Min("on"))
        for who, quarter, day in grouped:
            first[who, quarter] = min(day, first.get((who, quarter), day))
    return by_month("A2", ((day, 1, 0) for day in first.values()))


def _unknown_status(village_code: str) -> Reckoned:
    """A6: of those who are abroad, of how many nobody knows how they left."""
    abroad = Case.objects.in_village(village_code).filter(state__in=ABROAD)
    unknown = abroad.filter(procedural_status__in=("", ProceduralStatus.UNKNOWN))
    return {"A6": (unknown.count(), abroad.count())}


def _matched(village_code: str, on: date) -> Reckoned:
    """A19: of those who are abroad, whom the ministry's list of placements knows; nothing where no list was loaded."""
    abroad = Case.objects.in_village(village_code).filter(state__in=ABROAD)
    prints = list(abroad.values_list("resident__nik_index", flat=True))
    placed = placed_among(village_code, prints, on)
    return {} if placed is None else {"A19": (sum(one in placed for one in prints), len(prints))}


def _averted(village_code: str) -> Reckoned:
    """A9: whose offer was stopped, in that month; of them, who did not leave or left by the official steps."""
    stops = OfferCheck.objects.in_village(village_code).filter(level="stop", stage__in=PERMISSION_STAGES)
    first = dict(stops.order_by().values_list("case_id").annotate(Min("on")))
    cases = Case.objects.in_village(village_code).filter(id__in=first)
    rows = cases.values_list("id", "state", "procedural_status")
    return by_month(
        "A9",
        ((first[id], int(state in NOT_LEFT or status == ProceduralStatus.PROCEDURAL), 1) for id, state, status in rows),
    )


def _costs(village_code: str) -> Reckoned:
    """A16 and A17, in the month of the departure: what was paid against what is lawful, where both are known."""
    paid: dict[UUID, list[CaseCost]] = defaultdict(list)
    costs = CaseCost.objects.in_village(village_code).filter(struck_out_on=None, paid_rupiah__isnull=False)
    for cost in costs.filter(case__departed_on__isnull=False):
        paid[cost.case_id].append(cost)
    kept, over = [], []
    for case in Case.objects.in_village(village_code).filter(id__in=paid):
        assert case.departed_on is not None, "only departures were asked for"  # noqa: S101
        result = check_costs(costs_input(case, paid[case.id]), on=case.departed_on)
        if result.excess is not None:
            kept.append((case.departed_on, int(result.excess == 0), 1))
            over.append((case.departed_on, result.excess, 1))
    return by_month("A16", kept) | by_month("A17", over)


def _protected(village_code: str) -> Reckoned:
    """F10, denominator: workers abroad who left with all eight papers (A13) and are insured (A15)."""
    stays = Stay.objects.in_village(village_code).filter(case__state__in=ABROAD).values_list("case_id", "counted")
    insured = {str(case_id) for case_id, counted in stays if counted.get("A15")}
    complete = FactDelta.objects.filter(village_code=village_code, code="A13", numerator__gt=0, key__in=insured)
    return {"F10": (None, complete.values("key").distinct().count())}
