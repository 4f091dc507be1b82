"""Many figures at once, out of one statement a level. Every line in here runs for each of thousands of figures."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from desmigratif.indicators.queries.reading import Reading, definition_of
from desmigratif.indicators.queries.remembered import Asked, Grid, Remembered
from desmigratif.indicators.queries.rows import AS_OF, FACTS, LATE, NOTHING, VILLAGES, Arm, D, N, Row, late_of, rows_of
from desmigratif.indicators.roll_ups import late_stocks
from desmigratif.indicators.roll_ups.late_stocks import Late
from desmigratif.indicators.rules.definitions import Indicator
from desmigratif.indicators.rules.periods import EVER, Period, keys_until

_said_late = itemgetter(LATE)
_Cells = Mapping[tuple[str, str, int], Row]  # (region, code, period) -> its row
_Part = tuple[int | None, int, int, Row]  # a numerator or denominator, what of it came late in how many facts, its row
_Lines = dict[str, dict[str, list[Any]]]  # code -> region -> its figures
remembered_grids = Remembered()


def whole_grid(regions: Sequence[str], codes: Sequence[str], periods: Sequence[Period]) -> Grid:
    """Every figure that was asked, whoever asks; read anew when anything was folded since."""
    asked: Asked = (tuple(regions), tuple(codes), tuple(period.label for period in periods))
    found = remembered_grids.grid(asked)
    if found is None:
        found, stamp = _read(regions, codes, periods)
        remembered_grids.keep(asked, found, stamp)
    return found


def _read(regions: Sequence[str], codes: Sequence[str], periods: Sequence[Period]) -> tuple[Grid, str]:
    """The figures, and the stamp of the fold that made them so."""
    known = {code: definition_of(code) for code in codes}
    plain = [one for one in known.values() if one.is_plain]
    composed = [one for one in known.values() if not one.is_plain]
    rows, stamp = rows_of(regions, _arms(known.values(), periods))
    only_plain = {one.code for one in plain} - {code for one in composed for code, _part, _kind in one.parts}
    cells = {row[:3]: row for row in rows if row[1] not in only_plain}
    stocks = {code for one in composed for code, _part, kind in one.parts if kind == "stock"}
    published = late_stocks.published_in_order() if stocks or any(map(_said_late, rows)) else {}
    late = late_stocks.late_for(regions, stocks, {period.last.key for period in periods} & published.keys(), published)
    found = _plain_lines(plain, regions, periods, rows, cells, published)
    for one in composed:
        found[one.code] = _composed_lines(one, regions, periods, cells, late)
    return {(region, code): tuple(found[code][region]) for region in regions for code in known}, stamp


def _arms(known: Iterable[Indicator], periods: Sequence[Period]) -> list[Arm]:
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


def _plain_lines(
    ones: Sequence[Indicator], regions: Sequence[str], periods: Sequence[Period], rows: Iterable[Row],
    cells: _Cells, published: Container[int],
) -> _Lines:  # fmt: skip
    """What flows and has its own denominator or none: a figure is a row."""
    size = len(periods)
    lines: _Lines = {one.code: {region: [None] * size for region in regions} for one in ones}
    place_of = {period.key: (place, period, period.key in published or period.every != "month")
                for place, period in enumerate(periods)}  # fmt: skip
    keeping = {pillar: {region: cells.get((region, pillar, EVER), NOTHING)[VILLAGES] for region in regions}
               for pillar in {one.pillar for one in ones}}  # fmt: skip
    shape_of = {one.code: (one.version, one.has_denominator, lines[one.code], keeping[one.pillar]) for one in ones}
    make: Callable[[type[Reading], tuple[Any, ...]], Reading] = tuple.__new__  # `_make`, and nothing else
    for row in rows:
        region, code, key, above, below, facts, villages, as_of, late = row
        try:
            place, period, is_published = place_of[key]
            version, divides, here, keep = shape_of[code]
            line, kept = here[region], keep[region]
        except KeyError:  # a neighbour, or a part of something else
            continue
        restated = is_published and late is not None
        line[place] = make(Reading, (
            code, region, period, above, below if divides else None, kept - villages if kept > villages else 0, as_of,
            version, restated, _before(row, divides) if restated else None, facts, False,
        ))  # fmt: skip
    for code, (version, _divides, here, keep) in shape_of.items():
        for region, line in here.items():
            if not all(line):
                line[:] = [one or Reading(code, region, period, None, None, keep[region], None, version)
                           for one, period in zip(line, periods, strict=True)]  # fmt: skip
    return lines


def _before(row: Row, divides: bool) -> tuple[int, int | None]:
    """As it was published: without what came late."""
    above, below, _facts = late_of(row)
    return row[N] - above, row[D] - below if divides else None


def _composed_lines(
    one: Indicator, regions: Sequence[str], periods: Sequence[Period], cells: _Cells, late: Late
) -> dict[str, list[Reading]]:
    """What stands over from earlier months, or takes its denominator from another indicator."""
    until = {period: keys_until(period.last) for period in periods}
    return {
        region: [_composed(one, region, period, _parts(one, region, period, cells, until, late), cells)
                 for period in periods] for region in regions
    }  # fmt: skip


def _composed(one: Indicator, region: str, period: Period, parts: list[_Part], cells: _Cells) -> Reading:
    (above, above_late, facts_late, row), *below = parts
    kept = cells.get((region, one.pillar, EVER), NOTHING)[VILLAGES]
    told = (cells.get((region, one.code, EVER), NOTHING) if one.kind == "stock" else row)[VILLAGES]
    under, under_late, under_facts = below[0][:3] if below else (None, 0, 0)
    restated = bool(facts_late or under_facts)
    before = ((above or 0) - above_late, (under or 0) - under_late if below else None) if restated else None
    return Reading(
        one.code, region, period, above, under, max(kept - told, 0), row[AS_OF], one.version, restated, before,
        row[FACTS],
    )  # fmt: skip


def _parts(
    one: Indicator, region: str, period: Period, cells: _Cells, until: Mapping[Period, Sequence[int]], late: Late
) -> list[_Part]:
    """The numerator and, where there is one, the denominator."""
    found: list[_Part] = []
    for code, name, kind in one.parts:
        keys = [period.key] if kind == "flow" else until[period]
        row = _added([cells[region, code, key] for key in keys if (region, code, key) in cells])
        if row is None:
            found.append((None, 0, 0, NOTHING))
            continue
        # What flows says itself what came late; what stands is late for the month that the period ends with.
        above, below, facts = late_of(row) if kind == "flow" else late.get((region, code, period.last.key), (0, 0, 0))
        found.append((row[N], above, facts, row) if name == "numerator" else (row[D], below, facts, row))
    return found


def _added(rows: Sequence[Row]) -> Row | None:
    """Rows of one region and code as one; of several, what came late is told elsewhere (`late_stocks`)."""
    if len(rows) < 2:
        return rows[0] if rows else None
    columns = list(zip(*rows, strict=True))
    return (*rows[-1][:N], *map(sum, columns[N:AS_OF]), max(columns[AS_OF]), None)
