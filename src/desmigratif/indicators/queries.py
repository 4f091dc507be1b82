"""Figures, read from roll-ups only: the same few statements for a village and for the nation.

Whoever may see the figures of a region sees all of them. Others, and the public (`by` is `None`), see what is not too
small and cannot be found by subtraction (`rules.suppression`); the public sees whole years only, for the months of a
year would give away what the year hides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from desmigratif.access.actor import NATION, Actor
from desmigratif.access.permissions import Permission
from desmigratif.indicators.models import PublishedMonth, RollUp
from desmigratif.indicators.rules.definitions import PILLARS, Indicator, UnknownIndicator, indicator
from desmigratif.indicators.rules.periods import EVER, Month, Period, keys_until, periods_between
from desmigratif.indicators.rules.suppression import shown_regions

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
    def size(self) -> int:
        """For how many it stands: the denominator, or what was counted where there is none."""
        if self.denominator is not None:
            return self.denominator
        return (self.numerator or 0) if self.definition.unit == "count" else self.facts

    def without_figures(self) -> Reading:
        """The same, and nothing of how large it is."""
        return self._replace(
            numerator=None, denominator=None, as_of=None, restated=False, published=None, facts=0, hidden=True
        )

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
_Grid = dict[tuple[str, str], list[Reading]]
_Part = tuple[int | None, int, _Sum]  # the value, what of it came late, the whole sum
_Cells = Mapping[tuple[str, str], Mapping[int, _Sum]]  # (region, code) -> period -> sum


def readings(
    by: Actor | None, *, regions: Sequence[str], codes: Sequence[str], period: Period
) -> dict[tuple[str, str], Reading]:
    """(region, code) -> its figure in a period, for every region and code that was asked."""
    return {key: rows[0] for key, rows in _seen(by, regions, codes, [period]).items()}


def series(
    by: Actor | None, *, region: str, codes: Sequence[str], first: Month, last: Month, every: str = "month"
) -> list[Reading]:
    """The figures of one region, period after period ("month", "quarter" or "year"), in the order of the codes."""
    found = _seen(by, [region], codes, periods_between(first, last, every))
    return [one for code in codes for one in found[region, code]]


def grid(
    by: Actor | None, *, regions: Sequence[str], codes: Sequence[str], first: Month, last: Month, every: str = "month"
) -> dict[tuple[str, str], list[Reading]]:
    """(region, code) -> its figures, period after period."""
    return _seen(by, regions, codes, periods_between(first, last, every))


def _seen(by: Actor | None, regions: Sequence[str], codes: Sequence[str], periods: Sequence[Period]) -> _Grid:
    """What this person, or the public, may see of the figures."""
    found = _grid(regions, codes, periods)
    foreign = [one for one in regions if by is None or not by.may(Permission.FIGURES_SEE, one)]
    return found if not foreign else {**found, **_suppressed(found, foreign, periods, public=by is None)}


def _suppressed(found: _Grid, regions: Sequence[str], periods: Sequence[Period], *, public: bool) -> _Grid:
    if public and any(period.every != "year" for period in periods):
        raise ValueError("the public sees whole years; months would give away what a year hides")
    parts = _parts_above(regions)
    codes = sorted({code for _region, code in found})
    family = _grid([NATION, *(part for row in parts.values() for part in row)], codes, periods)
    seen: _Grid = {}
    for code in codes:
        shown = [_shown(family, parts, code, place) for place in range(len(periods))]
        for region in regions:
            rows = found[region, code]
            seen[region, code] = [
                one if region in here or one.size == 0 else one.without_figures()
                for one, here in zip(rows, shown, strict=True)
            ]
    return seen


def _shown(family: _Grid, parts: Mapping[str, Sequence[str]], code: str, place: int) -> set[str]:
    sizes = {region: rows[place].size for (region, of), rows in family.items() if of == code}
    tree = {region: {part: sizes[part] for part in row} for region, row in parts.items()}
    return shown_regions(tree, sizes, definition_of(code).small, NATION)


def _parts_above(regions: Iterable[str]) -> dict[str, list[str]]:
    """Region -> its parts that hold any figure, for all that lie above these regions, the nation first."""
    above = {parent for region in regions for parent in _above(region)}
    found: dict[str, list[str]] = {}
    for parent in sorted(above, key=level_of):
        rows = RollUp.objects.filter(level=level_of(parent) + 1, period=EVER, code__in=PILLARS)
        if parent != NATION:
            rows = rows.filter(region_code__startswith=f"{parent}.")
        found[parent] = sorted(set(rows.values_list("region_code", flat=True)))
    return found


def _above(region: str) -> list[str]:
    """The regions that a region lies in; the nation for itself, so that its size counts too."""
    if region == NATION:
        return [NATION]
    parts = region.split(".")
    return [NATION, *(".".join(parts[:number]) for number in range(1, len(parts)))]


def _grid(regions: Sequence[str], codes: Sequence[str], periods: Sequence[Period]) -> _Grid:
    """Every figure that was asked, whoever asks."""
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
    late = any(part[2].late_facts for part in (above, *below))
    late = late and (period.every != "month" or period.key in months)
    return Reading(
        one.code, region, period, above[0], below[0][0] if below else None,
        max(kept - told, 0), above[2].as_of, one.version, late,
        _as_published(one, above, *below) if late else None, above[2].facts,
    )  # fmt: skip


def _as_published(one: Indicator, above: _Part, below: _Part | None = None) -> tuple[int, int | None] | None:
    """Without what came late. What stands over from earlier months may have been late then and known at this month's
    publication: that value is not kept, and none is better than a wrong one."""
    if "stock" in {kind for _code, _part, kind in one.parts}:
        return None
    return (above[0] or 0) - above[1], None if below is None else (below[0] or 0) - below[1]


def _part(part: tuple[str, str, str], region: str, period: Period, flow: _Cells, stock: _Cells) -> _Part:
    """A numerator or a denominator."""
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


__all__ = ["Reading", "definition_of", "grid", "level_of", "readings", "series"]
