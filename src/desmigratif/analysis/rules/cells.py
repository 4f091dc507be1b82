"""One cell of a pivot: how readings become one, and what of it is said. Ratios never add up, their parts do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from desmigratif.analysis.rules import state
from desmigratif.indicators.rules.cockpit import CLOSED, written
from desmigratif.indicators.rules.definitions import Indicator

HUNDREDS = {"percent": 100, "per_100": 100, "per_1000": 1000}
UNKNOWN = "–"


class Cell(NamedTuple):
    """None = nothing known, which is never zero. `missing`: villages without a fact, None where no number is true;
    `closed`: too few to be shown to whoever asks."""

    numerator: int | None
    denominator: int | None
    missing: int | None
    as_of: date | None
    closed: bool = False


NOTHING = Cell(None, None, None, None)
HIDDEN = Cell(None, None, None, None, closed=True)


class Said(NamedTuple):
    """What stands in a cell: words for people, a number for machines (in the unit of the indicator)."""

    text: str
    number: Fraction | None
    cell: Cell


def over_places(cells: Iterable[Cell]) -> Cell:
    """Places beside each other as one: both parts add up."""
    rows = list(cells)
    if any(one.closed for one in rows):
        return HIDDEN
    return Cell(
        _sum(one.numerator for one in rows), _sum(one.denominator for one in rows),
        _sum(one.missing for one in rows), _latest(rows),
    )  # fmt: skip


def over_time(one: Indicator, cells: Sequence[Cell]) -> Cell:
    """Periods after each other as one: what flows adds up, of what stands over the last is true. How many villages
    said nothing in all of them is not known from how many did in each."""
    if len(cells) == 1:
        return cells[0]
    if any(cell.closed for cell in cells):
        return HIDDEN
    kinds = [kind for _code, _part, kind in one.parts]
    lines = [[cell.numerator for cell in cells], [cell.denominator for cell in cells]]
    parts = [_sum(line) if kind == "flow" else line[-1] for line, kind in zip(lines, [*kinds, kinds[-1]], strict=False)]
    return Cell(parts[0], parts[1], None, _latest(cells))


def adds_up_over_time(one: Indicator) -> bool:
    return all(kind == "flow" for _code, _part, kind in one.parts)


def _sum(parts: Iterable[int | None]) -> int | None:
    known = [part for part in parts if part is not None]
    return sum(known) if known else None


def _latest(cells: Iterable[Cell]) -> date | None:
    return max((one.as_of for one in cells if one.as_of is not None), default=None)


def figure(one: Indicator, cell: Cell) -> Fraction | None:
    """The value in the unit of the indicator; None when there is nothing to say."""
    if cell.numerator is None or (one.has_denominator and not cell.denominator):
        return None
    return Fraction(cell.numerator, (cell.denominator or 1) if one.has_denominator else 1) * HUNDREDS.get(one.unit, 1)


def said(value: str, one: Indicator, cell: Cell, *, before: Cell = NOTHING, aim: Fraction | None = None) -> Said:
    """One of `state.VALUES` of a cell. `before`: the period before it; `aim`: the target of its region and year."""
    if value == state.MISSING:
        return _counted(cell.missing, cell)
    if cell.closed or (value == state.CHANGE and before.closed):
        return Said(CLOSED, None, HIDDEN)
    if value == state.PART:
        return _counted(cell.numerator, cell)
    if value == state.WHOLE:
        return _counted(cell.denominator, cell)
    now = figure(one, cell)
    if value == state.CHANGE:
        return _changed(one, now, figure(one, before), cell)
    if value == state.AIM:
        share = None if now is None or not aim else now / aim * 100
        return Said(written(share, "percent"), share, cell)
    return Said(written(now, one.unit), now, cell)


def _counted(number: int | None, cell: Cell) -> Said:
    known = None if number is None else Fraction(number)
    return Said(written(known, "count"), known, cell)


def _changed(one: Indicator, now: Fraction | None, before: Fraction | None, cell: Cell) -> Said:
    if now is None or before is None:
        return Said(UNKNOWN, None, cell)
    change = now - before
    words = f"{written(change, 'count')} poin" if one.unit == "percent" else written(change, one.unit)
    return Said(f"+{words}" if change > 0 else words, change, cell)
