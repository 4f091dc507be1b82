"""What the records of a village say of indicators, against what was appended for it: the difference is a new fact.

Nobody acts when a group falls silent or a child comes of age; so each night the pillars are asked how things stand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from desmigratif.audit.models import FactDelta, VillageClock
from desmigratif.indicators.models import RollUp
from desmigratif.indicators.registry import PILLARS
from desmigratif.indicators.roll_ups.summing import code_today
from desmigratif.indicators.rules.periods import EVER

KEY = "reckoned"
Place = tuple[str, int]  # a code and a month (202611), or 0: since the beginning


class Difference(NamedTuple):
    """What is missing of one indicator, on the day that it belongs to."""

    code: str
    on: date
    numerator: int
    denominator: int


def villages_to_reckon() -> list[str]:
    """Every village in which anything was ever written."""
    clocks = VillageClock.objects.filter(village_code__regex=r"^\d{2}\.\d{2}\.\d{2}\.\d{4}$")
    return list(clocks.order_by("village_code").values_list("village_code", flat=True))


def differences(village_code: str, on: date) -> list[Difference]:
    """What must be appended so that the facts of a village say what its records say on a day."""
    said, monthly = _said(village_code, on)
    known = _known(village_code, {code for code, _month in said} | monthly)
    vanished = {place for place in known if place[0] in monthly and place[1] != EVER} - said.keys()
    wanted = {**said, **dict.fromkeys(vanished, (0, 0))}
    found = []
    for place in sorted(wanted):
        have = known.get(place, (0, 0))
        above, below = (0 if part is None else part - old for part, old in zip(wanted[place], have, strict=True))
        if above or below:
            found.append(Difference(place[0], _day(place[1], on), above, below))
    return found


def _day(month: int, on: date) -> date:
    return on if month == EVER else date(month // 100, month % 100, 1)


def _said(village_code: str, on: date) -> tuple[dict[Place, tuple[int | None, int | None]], set[str]]:
    """What the pillars say, by code and month; and the codes that they say by month."""
    said: dict[Place, tuple[int | None, int | None]] = {}
    for pillar in PILLARS:
        for name, parts in pillar.reckon(village_code, on).items():
            code, _, month = name.partition(":")
            said[code, int(month.replace("-", "")) if month else EVER] = parts
    return said, {code for pillar in PILLARS for code in pillar.monthly}


def _known(village_code: str, codes: Iterable[str]) -> dict[Place, tuple[int, int]]:
    """What the facts of a village come to, by month and since the beginning: folded ones and those that wait."""
    sums: dict[Place, list[int]] = defaultdict(lambda: [0, 0])
    asked = sorted(codes)
    rows = RollUp.objects.filter(level=4, region_code=code_today(village_code), code__in=asked)
    for code, period, above, below in rows.values_list("code", "period", "numerator", "denominator"):
        if period == EVER or 1 <= period % 100 <= 12:
            _add(sums, (code, period), above, below)
    waiting = FactDelta.objects.filter(folded_at=None, village_code=village_code, code__in=asked)
    for code, on, above, below in waiting.values_list("code", "on", "numerator", "denominator"):
        for period in (EVER, on.year * 100 + on.month):
            _add(sums, (code, period), above, below)
    return {place: (above, below) for place, (above, below) in sums.items()}


def _add(sums: dict[Place, list[int]], place: Place, above: int, below: int) -> None:
    sums[place][0] += above
    sums[place][1] += below
