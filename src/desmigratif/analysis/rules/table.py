"""A pivot laid out: rows, columns, and totals only where a total is true."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from desmigratif.analysis.rules import state
from desmigratif.analysis.rules.cells import NOTHING, UNKNOWN, Cell, Said, adds_up_over_time, over_time, said
from desmigratif.analysis.rules.state import Pivot
from desmigratif.indicators.rules.definitions import Indicator
from desmigratif.indicators.rules.periods import Period
from desmigratif.reports.rules.table import opening, period_words
from desmigratif.shared.dates import MONTHS

WHOLE = ""  # the key of the place that all rows lie in
TIMELESS = (state.CHANGE, state.AIM, state.MISSING)  # of a stretch of periods these say nothing
EMPTY = Said(UNKNOWN, None, NOTHING)
Key = tuple[str, str]  # (place, code of the indicator)


class Head(NamedTuple):
    """The head of a row or column. `region`: where a click leads; `group`: what it stands under."""

    key: str
    label: str
    region: str = ""
    group: str = ""


class Line(NamedTuple):
    head: Head
    cells: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """What was read: (place, code) -> its cells, one for each of `periods`; `before`: the period before each of them.
    `aims`: (place, code, year) -> target."""

    places: tuple[Head, ...]
    cells: Mapping[Key, Sequence[Cell]]
    before: Mapping[Key, Sequence[Cell]] = field(default_factory=dict)
    aims: Mapping[tuple[str, str, int], Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    pivot: Pivot
    title: str
    columns: tuple[Head, ...]
    lines: tuple[Line, ...]
    foot: Line | None  # the whole, where the rows are parts of one
    has_total: bool  # the last column is the whole of the others
    made_on: date

    @property
    def versions(self) -> list[str]:
        return [f"{one.code} versi {one.version}" for one in self.pivot.indicators]

    @property
    def shown(self) -> list[Said]:
        return [cell for line in (*self.lines, *([self.foot] if self.foot else [])) for cell in line.cells]

    @property
    def as_of(self) -> date | None:
        return max((one.cell.as_of for one in self.shown if one.cell.as_of), default=None)

    @property
    def has_closed(self) -> bool:
        return any(one.cell.closed for one in self.shown)


def laid_out(pivot: Pivot, figures: Figures, *, title: str, today: date) -> Table:
    """The table of a pivot."""
    rows, columns = _heads(pivot, pivot.rows, figures, today), _heads(pivot, pivot.columns, figures, today)
    at = _reader(pivot, figures)
    total = _total_of(pivot, pivot.columns)
    shown = (*columns, total) if total else columns
    foot_head = _total_of(pivot, pivot.rows)
    lines = tuple(Line(row, tuple(at(row, column) for column in shown)) for row in rows)
    foot = Line(foot_head, tuple(at(foot_head, column) for column in shown)) if foot_head else None
    return Table(pivot, title, shown, lines, foot, total is not None, today)


def _heads(pivot: Pivot, dimension: str, figures: Figures, today: date) -> tuple[Head, ...]:
    if not dimension:
        return (Head(WHOLE, state.VALUES[pivot.value]),)
    if dimension == state.PERIOD:
        return tuple(Head(one.label, _period(one, today)) for one in pivot.periods)
    if dimension == state.INDICATOR:
        return tuple(Head(one.code, f"{one.code} {one.name}", group=one.pillar) for one in pivot.indicators)
    return tuple(one for one in figures.places if one.key != WHOLE)


def _period(one: Period, today: date) -> str:
    if one.every == "month":
        words = f"{MONTHS[one.first.month - 1][:3]} {one.first.year}"
    else:
        words = opening(period_words(one)).removeprefix("Tahun ")
    return words if one.is_over(today) else f"{words} (berjalan)"


def _total_of(pivot: Pivot, dimension: str) -> Head | None:
    """The head of a total, where it is true: the place as a whole; what flows, over all periods."""
    if dimension in state.PLACES:
        return Head(WHOLE, "Semuanya")
    whole_time = dimension == state.PERIOD and len(pivot.periods) > 1 and pivot.value not in TIMELESS
    if whole_time and all(adds_up_over_time(one) for one in pivot.indicators):
        return Head(WHOLE, "Seluruh masa")
    return None


def _reader(pivot: Pivot, figures: Figures) -> Callable[[Head, Head], Said]:
    by_code = {one.code: one for one in pivot.indicators}
    places = {state.PERIOD: {one.label: place for place, one in enumerate(pivot.periods)}}

    def at(row: Head, column: Head) -> Said:
        keys = {pivot.rows: row.key, pivot.columns: column.key}
        place = keys[pivot.place] if pivot.place else WHOLE
        code = keys.get(state.INDICATOR) or next(iter(by_code))
        period = places[state.PERIOD].get(keys.get(state.PERIOD, WHOLE))
        return _said(pivot, by_code[code], figures, (place, code), period)

    return at


def _said(pivot: Pivot, one: Indicator, figures: Figures, key: Key, period: int | None) -> Said:
    cells = figures.cells.get(key)
    if cells is None:
        return EMPTY
    if period is None and len(cells) > 1:
        if pivot.value in (state.CHANGE, state.AIM):
            return EMPTY
        return said(pivot.value, one, over_time(one, cells))
    at = period or 0
    before = figures.before[key][at] if key in figures.before else NOTHING
    aim = figures.aims.get((key[0], key[1], pivot.periods[at].last.year))
    return said(pivot.value, one, cells[at], before=before, aim=aim)
