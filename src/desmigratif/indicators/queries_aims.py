"""Targets, published months, and what came after a month was published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from desmigratif.access.actor import Actor
from desmigratif.indicators.models import PublishedMonth, RollUp, Target
from desmigratif.indicators.queries import Reading, level_of, readings
from desmigratif.indicators.rules.definitions import CODES
from desmigratif.indicators.rules.periods import Period


def targets_of(regions: Iterable[str], years: Iterable[int]) -> dict[tuple[str, str, int], Target]:
    """(region, code, year) -> what it aims at. Targets are public."""
    rows = Target.objects.filter(region_code__in=set(regions), year__in=set(years))
    return {(row.region_code, row.code, row.year): row for row in rows}


def target_value(region: str, code: str, year: int) -> Decimal | None:
    found = targets_of([region], [year]).get((region, code, year))
    return found.value if found else None


def published_months() -> list[PublishedMonth]:
    """The latest month first."""
    return list(PublishedMonth.objects.order_by("-month"))


def restated(by: Actor, region: str, period: Period) -> list[Reading]:
    """Figures of a published month that read otherwise today, in the order of the codes."""
    late = RollUp.objects.filter(level=level_of(region), region_code=region, period=period.key, late_facts__gt=0)
    codes = set(late.values_list("code", flat=True))
    asked: Sequence[str] = [code for code in CODES if code in codes]
    found = readings(by, regions=[region], codes=asked, period=period) if asked else {}
    return [one for one in found.values() if one.restated]
