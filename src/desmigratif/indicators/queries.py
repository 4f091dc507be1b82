"""Figures, read from roll-ups only: the same few statements for a village and for the nation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from desmigratif.access.actor import NATION, Actor
from desmigratif.access.permissions import Permission
from desmigratif.indicators.models import PublishedMonth, RollUp
from desmigratif.indicators.rules.definitions import Indicator, UnknownIndicator, indicator
from desmigratif.indicators.rules.periods import EVER, Month, Period, keys_until, periods_between

_HUNDREDS = {"percent": 100, "per_100": 100, "per_1000": 1000}


class Reading(NamedTuple):
    """One figure of one region and period; `None` = nothing known, which is never zero.

    `missing`: villages of the region that keep this register and have no fact in it. `restated`: facts came after the
    month was published; `published` is (numerator, denominator) as it was then.
    """

    code: str
    region_code: str
    period: Period
    numerator: int | None
    denominator: int | None
    missing: int
    as_of: date | None
    version: int
    restated: bool = False
    published: tuple[int, int | None] | None = None
    facts: int = 0
    hidden: bool = False  # too small to be shown to whoever asks

    @property
    def value(self) -> Fraction | None:
        """numerator/denominator; the numerator where there is no denominator; `None` when there is nothing to say."""
        if self.numerator is None or self.denominator == 0:
            return None
        return Fraction(self.numerator, 1 if self.denominator is None else self.denominator)

    @property
    def shown(self) -> Fraction | None:
        """The value in the unit of the indicator: 40 for two of five in percent."""
        value = self.value
        return None if value is None else value * _HUNDREDS.get(self.definition.unit, 1)

    @property
    def definition(self) -> Indicator:
        return definition_of(self.code)


def definition_of(code: str) -> Indicator:
    """The definition of an indicator; measures of single cases (AMAN, C5V) count and divide, and stand in no list."""
    try:
        return indicator(code)
    except UnknownIndicator:
        return Indicator(code, code, "percent", code, code, "flow", "M", "up", 1, "", fed=True)


class _Sum(NamedTuple):
    numerator: int = 0
    denominator: int = 0
    late_numerator: int = 0
    late_denominator: int = 0
    late_facts: int = 0
    facts: int = 0
    villages: int = 0
    as_of: date | None = None


_FIELDS = (
    "code", "region_code", "period", "numerator", "denominator", "late_numerator", "late_denominator", "late_facts",
    "facts", "villages", "as_of",
)  # fmt: skip
_Cells = Mapping[tuple[str, str], Mapping[int, _Sum]]  # (region, code) -> period -> sum


def readings(
    by: Actor | None, *, regions: Sequence[str], codes: Sequence[str], period: Period
) -> dict[tuple[str, str], Reading]:
    """(region, code) -> its figure in a period, for every region and code that was asked."""
    found = _grid(regions, codes, [period])
    return {(region, code): found[region, code][0] for region in regions for code in codes}


def series(
    by: Actor | None, *, region: str, codes: Sequence[str], first: Month, last: Month, every: str = "month"
) -> list[Reading]:
    """The figures of one region, period after period ("month", "quarter" or "year"), in the order of the codes."""
    found = _grid([region], codes, periods_between(first, last, every))
    return [one for code in codes for one in found[region, code]]


def grid(
    by: Actor | None, *, regions: Sequence[str], codes: Sequence[str], first: Month, last: Month, every: str = "month"
) -> dict[tuple[str, str], list[Reading]]:
    """(region, code) -> its figures, period after period."""
    return _grid(regions, codes, periods_between(first, last, every))


def _grid(
    regions: Sequence[str], codes: Sequence[str], periods: Sequence[Period]
) -> dict[tuple[str, str], list[Reading]]:
    known = {code: definition_of(code) for code in codes}
    parts = {part[:3:2] for one in known.values() for part in one.parts}
    flows = {code for code, kind in parts if kind == "flow"}
    stocks = {code for code, kind in parts if kind == "stock"}
    keys = {period.key for period in periods}
    flow = _cells(regions, flows, keys)
    until = keys_until(max(period.last for period in periods))
    stock = _cells(regions, stocks, _stock_keys(until, periods))
    keepers = _cells(regions, {one.pillar for one in known.values()} | stocks, [EVER])
    late = set(PublishedMonth.objects.values_list("month", flat=True))
    return {
        (region, code): [
            _reading(one, region, period, flow=flow, stock=stock, keepers=keepers, months=late) for period in periods
        ]
        for region in regions
        for code, one in known.items()
    }


def _stock_keys(until: Iterable[int], periods: Sequence[Period]) -> set[int]:
    """What adds up to the end of every one of these periods."""
    keys = set(until)
    for period in periods:
        keys.update(keys_until(period.last))
    return keys


def _cells(regions: Sequence[str], codes: Iterable[str], periods: Iterable[int]) -> _Cells:
    """Rows of roll-ups by their key, one statement a level."""
    found: dict[tuple[str, str], dict[int, _Sum]] = defaultdict(dict)
    by_level: dict[int, list[str]] = defaultdict(list)
    for region in regions:
        by_level[level_of(region)].append(region)
    asked_codes, asked_periods = sorted(set(codes)), sorted(set(periods))
    for level, here in by_level.items() if asked_codes else ():
        rows = RollUp.objects.filter(
            level=level, code__in=asked_codes, period__in=asked_periods, region_code__in=here
        ).values_list(*_FIELDS)
        for code, region, period, *sums in rows.iterator(chunk_size=5000):
            found[region, code][period] = _Sum(*sums)
    return found


def level_of(region_code: str) -> int:
    """0 nation, 1 province, 2 regency, 3 district, 4 village."""
    return 0 if region_code == NATION else region_code.count(".") + 1


def _reading(
    one: Indicator, region: str, period: Period, *, flow: _Cells, stock: _Cells, keepers: _Cells, months: set[int]
) -> Reading:
    above, *below = (_part(part, region, period, flow, stock) for part in one.parts)
    kept = keepers.get((region, one.pillar), {}).get(EVER, _Sum()).villages
    told = above[2].villages
    if one.kind == "stock":
        told = keepers.get((region, one.code), {}).get(EVER, _Sum()).villages
    late = above[2].late_facts and (period.every != "month" or period.key in months)
    return Reading(
        one.code, region, period, above[0], below[0][0] if below else None,
        max(kept - told, 0), above[2].as_of, one.version, bool(late),
        ((above[0] or 0) - above[1], (below[0][0] or 0) - below[0][1] if below else None) if late else None,
        above[2].facts,
    )  # fmt: skip


def _part(
    part: tuple[str, str, str], region: str, period: Period, flow: _Cells, stock: _Cells
) -> tuple[int | None, int, _Sum]:
    """(value, what of it came late, the whole sum) of a numerator or a denominator."""
    code, name, kind = part
    if kind == "flow":
        row = flow.get((region, code), {}).get(period.key)
    else:
        rows = stock.get((region, code), {})
        row = _added([rows[key] for key in keys_until(period.last) if key in rows])
    if row is None:
        return None, 0, _Sum()
    return (row.numerator, row.late_numerator, row) if name == "numerator" else (
        row.denominator, row.late_denominator, row)  # fmt: skip


def _added(rows: Sequence[_Sum]) -> _Sum | None:
    if not rows:
        return None
    *numbers, _as_of = _Sum._fields
    sums: dict[str, int] = {name: sum(getattr(row, name) for row in rows) for name in numbers}
    return _Sum(**sums, as_of=max(row.as_of for row in rows if row.as_of))


__all__ = ["Permission", "Reading", "definition_of", "grid", "level_of", "readings", "series"]
