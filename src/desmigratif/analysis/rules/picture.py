"""A table as bars, in the units of a view box. Plain Python; the page draws it without a script.

Only what a cell says in words becomes a length. What is closed is a hatched strip as wide as every other closed one,
what is unknown a dashed line: neither tells how much it is, nor does it move the scale of the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from desmigratif.analysis.rules import state
from desmigratif.analysis.rules.cells import Said
from desmigratif.analysis.rules.table import Head, Line, Table

WIDE, VALUE = 300, 84  # the view box; at its right end the figures in words
SHORT, LABEL = 15, 96  # labels of so many signs stand left of their bar, longer ones above it
THICK, STEP, STACKED, HEADING, MARGIN = 12, 20, 34, 24, 6
LONGEST = 42  # signs of a label
MOST = 30  # bars of one picture
OPEN, CLOSED, UNKNOWN = "open", "closed", "unknown"
UNIT_LABELS = {
    "percent": "Persen", "count": "Banyaknya", "days": "Hari", "rupiah": "Rupiah", "points": "Poin",
    "per_100": "Tiap 100", "per_1000": "Tiap 1.000",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bar:
    """One cell: `label_y` and `text_y` are base lines, `x` and `width` of what is drawn."""

    label: str
    label_y: int
    text: str
    text_y: int
    state: str
    x: int
    y: int
    width: int


@dataclass(frozen=True, slots=True)
class Panel:
    """Bars under one heading and on one scale. `zero`: where nothing is; `top` and `foot` of its line."""

    heading: str
    y: int
    zero: int
    top: int
    foot: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """`of`: how many panels there would be without a limit."""

    panels: tuple[Panel, ...]
    of: int
    high: int
    left: int

    @property
    def has_closed(self) -> bool:
        return any(bar.state == CLOSED for panel in self.panels for bar in panel.bars)

    @property
    def has_unknown(self) -> bool:
        return any(bar.state == UNKNOWN for panel in self.panels for bar in panel.bars)


class Series(NamedTuple):
    """What stands under one heading: labels and cells of one unit, one below the other."""

    heading: str
    unit: str
    rows: tuple[tuple[str, Said], ...]


def drawn(table: Table, lines: Iterable[Line]) -> Picture:
    """The parts of a table as bars; its totals, far longer than any part, stay in the table."""
    every = _series(table, list(lines))
    shown = _first(every)
    left = 0 if any(len(label) > SHORT for one in shown for label, _cell in one.rows) else LABEL
    alone = state.INDICATOR in table.pivot.dimensions  # indicators have nothing in common but a unit
    fixed = table.pivot.value != state.CHANGE
    panels, y = list[Panel](), MARGIN
    for one in shown:
        scale = _scale([one] if alone else shown, fixed=fixed)
        panels.append(_panel(one, scale, y, left))
        y = panels[-1].foot + MARGIN
    return Picture(tuple(panels), len(every), y, left)


def _series(table: Table, lines: Sequence[Line]) -> list[Series]:
    """An indicator, or a row, with its bars; rows of one column stand together, indicators by their unit."""
    pivot, columns = table.pivot, table.columns[: len(table.columns) - table.has_total]
    units = {one.code: _unit(pivot.value, one.unit) for one in pivot.indicators}
    first = next(iter(units.values()))  # the only one, where indicators are neither rows nor columns
    if pivot.columns == state.INDICATOR:
        return [
            Series(head.label, units[head.key], tuple((_name(line.head), line.cells[place]) for line in lines))
            for place, head in enumerate(columns)
        ]
    if pivot.columns:
        labels = [_name(one) for one in columns]
        return [
            Series(line.head.label, units.get(line.head.key, first), tuple(zip(labels, line.cells, strict=False)))
            for line in lines
        ]
    rows = [(units.get(line.head.key, first), _name(line.head), line.cells[0]) for line in lines]
    rows.sort(key=lambda row: list(UNIT_LABELS).index(row[0]))
    several = state.INDICATOR in pivot.dimensions
    return [
        Series(UNIT_LABELS[unit] if several else "", unit, tuple((label, cell) for _unit, label, cell in ones))
        for unit, ones in groupby(rows, key=lambda row: row[0])
    ]


def _first(every: Sequence[Series]) -> list[Series]:
    """As many panels as a page carries, at least one."""
    shown, room = list[Series](), MOST
    for one in every:
        if shown and len(one.rows) > room:
            break
        shown.append(one._replace(rows=one.rows[:MOST]))
        room -= len(one.rows)
    return shown


def _name(head: Head) -> str:
    return head.label if len(head.label) <= LONGEST else f"{head.label[: LONGEST - 1].rstrip()}…"


def _unit(value: str, unit: str) -> str:
    """The unit of what stands in the cells: parts and missing villages are counted, a target is reached in percent."""
    if value == state.AIM:
        return "percent"
    return "count" if value in (state.PART, state.WHOLE, state.MISSING) else unit


def _scale(together: Iterable[Series], *, fixed: bool) -> tuple[Fraction, Fraction]:
    """(lowest, highest) that fit; `fixed`: percents fill the width at a hundred, so that half looks like half."""
    known = [Fraction(0)]
    for one in together:
        known += [cell.number for _label, cell in one.rows if cell.number is not None and not cell.cell.closed]
        known += [Fraction(100)] if fixed and one.unit == "percent" else []
    lowest, highest = min(known), max(known)
    return lowest, highest if highest > lowest else lowest + 1


def _panel(one: Series, scale: tuple[Fraction, Fraction], y: int, left: int) -> Panel:
    lowest, highest = scale
    room = WIDE - VALUE - left

    def at(number: Fraction) -> int:
        return left + round(room * (number - lowest) / (highest - lowest))

    zero, top = at(Fraction(0)), y + (HEADING if one.heading else 0)
    bars, line = list[Bar](), top
    for label, cell in one.rows:
        number = None if cell.cell.closed else cell.number
        ends = (left, left + room) if number is None else sorted((zero, at(number)))
        kind = CLOSED if cell.cell.closed else UNKNOWN if number is None else OPEN
        bar_y = line + (0 if left else STACKED - STEP)
        label_y = bar_y + 10 if left else bar_y - 4
        bars.append(Bar(label, label_y, cell.text, bar_y + 10, kind, ends[0], bar_y, ends[1] - ends[0]))
        line += STEP if left else STACKED
    return Panel(one.heading, y + 14, zero, top, line, tuple(bars))
