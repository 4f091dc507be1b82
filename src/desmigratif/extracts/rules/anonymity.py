"""Making a table in which nobody stands alone: coarser column by column, and what still stands out is left out.

A *group* of rows are those that are alike in everything by which somebody could be recognised. A group may stay when
it speaks of at least `group` different units and when nothing that it tells is the same for all of them. A column is
written alike in the whole table, so that no row says by its coarseness that it was rare.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from desmigratif.extracts.rules.ladders import Rung
from desmigratif.shared.deidentified import UNKNOWN, Column, Kind, Record

Levels = dict[str, int]
MOST_TRIED = 3_000_000  # rows times ways of writing them: about a second


@dataclass(frozen=True, slots=True)
class Guard:
    """How safe is safe enough (regulations/extracts.yaml)."""

    group: int
    kinds_told: int
    withheld_percent: int


@dataclass(frozen=True, slots=True)
class Released:
    """What may leave. `kept`: which of the records, in the order of `rows`; it stays inside."""

    levels: Levels
    rows: tuple[tuple[str, ...], ...]
    kept: tuple[int, ...]
    withheld: int


def release(
    records: Sequence[Record], columns: Sequence[Column], rungs: Mapping[str, Sequence[Rung]], guard: Guard
) -> Released:
    """The rows that may leave and how each column is written; no row when nothing can be said of anybody."""
    table = _Table(records, columns, rungs, guard)
    levels = _coarse_enough(table)
    hidden = table.standing_out(levels)
    kept = tuple(number for number in range(len(records)) if number not in hidden)
    written = [table.written[one.code][levels[one.code]] for one in columns]
    return Released(levels, tuple(tuple(one[number] for one in written) for number in kept), kept, len(hidden))


def _coarse_enough(table: _Table) -> Levels:
    """The least coarse writing in which few enough rows stand out; the coarsest when there is none."""
    ways = prod(top + 1 for top in table.tops.values())
    if ways * len(table.units) > MOST_TRIED:
        return _no_coarser_than_needed(table, _step_by_step(table))
    tried = (dict(zip(table.tops, one, strict=True)) for one in product(*(range(t + 1) for t in table.tops.values())))
    for levels in sorted(tried, key=table.coarseness):
        if len(table.standing_out(levels)) <= table.most_withheld:
            return levels
    return dict(table.tops)


def _step_by_step(table: _Table) -> Levels:
    """Up the ladders, each time on the one that leaves the fewest rows standing out: for what is too large to try all
    ways of writing it."""
    levels: Levels = dict.fromkeys(table.tops, 0)
    while len(table.standing_out(levels)) > table.most_withheld:
        higher = [{**levels, code: level + 1} for code, level in levels.items() if level < table.tops[code]]
        if not higher:
            break
        levels = min(higher, key=lambda tried: (len(table.standing_out(tried)), table.coarseness(tried)))
    return levels


def _no_coarser_than_needed(table: _Table, levels: Levels) -> Levels:
    """Back down wherever it costs nothing: an early step up may not be needed after a later one."""
    for code in levels:
        while levels[code] > 0:
            tried = {**levels, code: levels[code] - 1}
            if len(table.standing_out(tried)) > table.most_withheld:
                break
            levels = tried
    return levels


class _Table:
    """The records written on every rung once, so that trying costs only the grouping."""

    def __init__(
        self, records: Sequence[Record], columns: Sequence[Column], rungs: Mapping[str, Sequence[Rung]], guard: Guard
    ) -> None:
        self.columns, self.guard = columns, guard
        self.units: list[Hashable] = [one.unit for one in records]
        self.written: dict[str, list[list[str]]] = {
            column.code: [[rung(one.values.get(column.code)) for one in records] for rung in rungs[column.code]]
            for column in columns
        }
        self.tops = {code: len(ways) - 1 for code, ways in self.written.items()}
        self.known_by = [one.code for one in columns if one.kind is not Kind.TOLD]
        self.told = [self.written[one.code][0] for one in columns if one.kind is Kind.TOLD]
        self.most_withheld = len(records) * guard.withheld_percent // 100

    def coarseness(self, levels: Levels) -> tuple[float, int, tuple[int, ...]]:
        """What this writing loses: parts of ladders climbed, then columns that say nothing at all."""
        climbed = sum(level / self.tops[code] for code, level in levels.items() if self.tops[code])
        silent = sum(level == self.tops[code] > 0 for code, level in levels.items())
        return round(climbed + silent, 6), silent, tuple(levels.values())

    def standing_out(self, levels: Levels) -> frozenset[int]:
        """The rows whose group may not stay."""
        return frozenset(number for group in self._groups(levels) if not self._may_stay(group) for number in group)

    def _groups(self, levels: Levels) -> list[list[int]]:
        if not self.known_by:
            return [list(range(len(self.units)))]
        groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, row in enumerate(zip(*(self.written[code][levels[code]] for code in self.known_by), strict=True)):
            groups[row].append(number)
        return list(groups.values())

    def _may_stay(self, group: list[int]) -> bool:
        if len({self.units[number] for number in group}) < self.guard.group:
            return False
        return all(self._tells_several({told[number] for number in group}) for told in self.told)

    def _tells_several(self, words: set[str]) -> bool:
        known = words - {UNKNOWN}
        return not known or len(known) >= self.guard.kinds_told
