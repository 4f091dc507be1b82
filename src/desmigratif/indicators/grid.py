"""Many figures at once, out of one statement a level. Every line in here runs for each of thousands of figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from desmigratif.access.actor import NATION
from desmigratif.indicators.models import PublishedMonth, RollUp
from desmigratif.indicators.reading import Reading, definition_of
from desmigratif.indicators.rules.definitions import Indicator
from desmigratif.indicators.rules.periods import EVER, Period, keys_until

Grid = dict[tuple[str, str], list[Reading]]
_FIELDS = (
    "region_code", "code", "period", "numerator", "denominator", "facts", "villages", "as_of", "late_numerator",
    "late_denominator", "late_facts",
)  # fmt: skip
_N, _D, _FACTS, _VILLAGES, _AS_OF, _LATE_N, _LATE_D, _LATE = range(3, 11)
_Row = tuple[Any, ...]
_Cells = Mapping[tuple[str, str, int], _Row]  # (region, code, period) -> its row
_Part = tuple[int | None, int, _Row]  # a numerator or a denominator, what of it came late, the row that it is of
_NOTHING: _Row = ("", "", 0, 0, 0, 0, 0, None, 0, 0, 0)


def level_of(region_code: str) -> int:
    """0 nation, 1 province, 2 regency, 3 district, 4 village."""
    return 0 if region_code == NATION else region_code.count(".") + 1


def whole_grid(regions: Sequence[str], codes: Sequence[str], periods: Sequence[Period]) -> Grid:
    """Every figure that was asked, whoever asks."""
    known = {code: definition_of(code) for code in codes}
    cells = _cells(regions, _arms(known.values(), periods))
    late = _published() if any(row[_LATE] for row in cells.values()) else frozenset()
    found: Grid = {}
    for one in known.values():
        lines = _plain_lines if one.is_plain else _composed_lines
        found.update(lines(one, regions, periods, cells, late))
    return {(region, code): found[region, code] for region in regions for code in known}


def _published() -> frozenset[int]:
    return frozenset(PublishedMonth.objects.values_list("month", flat=True))


def _arms(known: Iterable[Indicator], periods: Sequence[Period]) -> list[tuple[set[str], set[int]]]:
    """Which codes are read for which periods: what flows in its own, what stands from the beginning, who keeps it."""
    ones = list(known)
    parts = [(code, kind) for one in ones for code, _part, kind in one.parts]
    flows = {code for code, kind in parts if kind == "flow"}
    stocks = {code for code, kind in parts if kind == "stock"}
    until = {key for period in periods for key in keys_until(period.last)} if stocks else set()
    return [
        (flows, {period.key for period in periods}), (stocks - flows, until), (stocks & flows, until),
        ({one.pillar for one in ones} | stocks, {EVER}),
    ]  # fmt: skip


def _cells(regions: Sequence[str], arms: Sequence[tuple[set[str], set[int]]]) -> _Cells:
    by_level: dict[int, list[str]] = defaultdict(list)
    for region in regions if any(codes for codes, _periods in arms) else ():
        by_level[level_of(region)].append(region)
    found: dict[tuple[str, str, int], _Row] = {}
    for level, here in by_level.items():
        statements: list[str] = []
        given: list[int | str] = []
        for codes, periods in arms:
            if codes:
                statements.append(_select(len(codes), len(periods), len(here)))
                given += [level, *sorted(codes), *sorted(periods), *here]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(statements), given)
            found.update({row[:3]: row for row in cursor.fetchall()})
    return found


def _select(codes: int, periods: int, regions: int) -> str:
    marks = [", ".join(["%s"] * number) for number in (codes, periods, regions)]
    return (
        f"SELECT {', '.join(_FIELDS)} FROM {RollUp._meta.db_table} WHERE level = %s AND code IN ({marks[0]}) "  # noqa: S608
        f"AND period IN ({marks[1]}) AND region_code IN ({marks[2]})"
    )


def _plain_lines(
    one: Indicator, regions: Sequence[str], periods: Sequence[Period], cells: _Cells, late: frozenset[int]
) -> Iterable[tuple[tuple[str, str], list[Reading]]]:
    """What flows and has its own denominator or none: a figure is a row."""
    code, version, divides = one.code, one.version, one.has_denominator
    keys = [(period, period.key, period.key in late or period.every != "month") for period in periods]
    find, make = cells.get, Reading._make
    for region in regions:
        kept = find((region, one.pillar, EVER), _NOTHING)[_VILLAGES]
        line = []
        for period, key, is_published in keys:
            row = find((region, code, key))
            if row is None:
                empty = (code, region, period, None, None, kept, None, version, False, None, 0, False)
                line.append(make(empty))
                continue
            restated = is_published and row[_LATE] > 0
            line.append(make((
                code, region, period, row[_N], row[_D] if divides else None, max(kept - row[_VILLAGES], 0),
                row[_AS_OF], version, restated, _before(row, divides) if restated else None, row[_FACTS], False,
            )))  # fmt: skip
        yield (region, code), line


def _before(row: _Row, divides: bool) -> tuple[int, int | None]:
    """As it was published: without what came late."""
    return row[_N] - row[_LATE_N], row[_D] - row[_LATE_D] if divides else None


def _composed_lines(
    one: Indicator, regions: Sequence[str], periods: Sequence[Period], cells: _Cells, late: frozenset[int]
) -> Iterable[tuple[tuple[str, str], list[Reading]]]:
    """What stands over from earlier months, or takes its denominator from another indicator."""
    until = {period: keys_until(period.last) for period in periods}
    for region in regions:
        line = [_composed(one, region, period, _parts(one, region, period, cells, until), cells, late)
                for period in periods]  # fmt: skip
        yield (region, one.code), line


def _composed(
    one: Indicator, region: str, period: Period, parts: list[_Part], cells: _Cells, late: frozenset[int]
) -> Reading:
    above, *below = parts
    kept = cells.get((region, one.pillar, EVER), _NOTHING)[_VILLAGES]
    told = (cells.get((region, one.code, EVER), _NOTHING) if one.kind == "stock" else above[2])[_VILLAGES]
    restated = any(part[2][_LATE] for part in parts) and (period.every != "month" or period.key in late)
    before = None
    if restated and all(kind == "flow" for _code, _part, kind in one.parts):
        # Of what stands over, some may have been late in its own month and known at this one's publication: that
        # value is not kept, and none is better than a wrong one.
        before = (above[0] or 0) - above[1], (below[0][0] or 0) - below[0][1]
    return Reading(
        one.code, region, period, above[0], below[0][0] if below else None, max(kept - told, 0), above[2][_AS_OF],
        one.version, restated, before, above[2][_FACTS],
    )  # fmt: skip


def _parts(
    one: Indicator, region: str, period: Period, cells: _Cells, until: Mapping[Period, Sequence[int]]
) -> list[_Part]:
    """The numerator and, where there is one, the denominator."""
    found: list[_Part] = []
    for code, name, kind in one.parts:
        keys = [period.key] if kind == "flow" else until[period]
        row = _added([cells[region, code, key] for key in keys if (region, code, key) in cells])
        if row is None:
            found.append((None, 0, _NOTHING))
        else:
            found.append((row[_N], row[_LATE_N], row) if name == "numerator" else (row[_D], row[_LATE_D], row))
    return found


def _added(rows: Sequence[_Row]) -> _Row | None:
    """Rows of one region and code as one."""
    if len(rows) < 2:
        return rows[0] if rows else None
    columns = list(zip(*rows, strict=True))
    sums = [max(column) if place == _AS_OF else sum(column) for place, column in enumerate(columns[_N:], start=_N)]
    return (*rows[-1][:3], *sums)
