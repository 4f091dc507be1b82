"""Targets, published months, and what came after a month was published."""

from __future__ import annotations

from collections.abc import Iterable

from desmigratif.access.actor import Actor
from desmigratif.indicators.models import LateStock, PublishedMonth, RollUp, Target
from desmigratif.indicators.queries.figures import Reading, level_of, readings
from desmigratif.indicators.rules.definitions import indicators
from desmigratif.indicators.rules.periods import Period


def targets_of(regions: Iterable[str], years: Iterable[int]) -> dict[tuple[str, str, int], Target]:
    """(region, code, year) -> what it aims at. Targets are public."""
    rows = Target.objects.filter(region_code__in=set(regions), year__in=set(years))
    return {(row.region_code, row.code, row.year): row for row in rows}


def published_months() -> list[PublishedMonth]:
    """The latest month first."""
    return list(PublishedMonth.objects.order_by("-month"))


def restated(by: Actor, region: str, period: Period) -> list[Reading]:
    """Figures of a published month that read otherwise today, in the order of the codes."""
    flows = RollUp.objects.filter(level=level_of(region), region_code=region, period=period.key, late_facts__gt=0)
    stocks = LateStock.objects.filter(region_code=region, month__lte=period.last.key)
    codes = {*flows.values_list("code", flat=True), *stocks.values_list("code", flat=True)}
    asked = [one.code for one in indicators() if any(code in codes for code, _part, _kind in one.parts)]
    found = readings(by, regions=[region], codes=asked, period=period) if asked else {}
    return [one for one in found.values() if one.restated and one.published != (one.numerator, one.denominator)]
