"""Cells of a pivot out of the roll-ups, closed where they would show single people to whoever reads.

What is closed to whom stands in `indicators.sight`; here periods become cells, and villages sums.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from desmigratif.access.actor import NATION, Actor, covers
from desmigratif.analysis.rules import state
from desmigratif.analysis.rules.cells import HIDDEN, Cell, over_places
from desmigratif.analysis.rules.state import EVERY, Pivot
from desmigratif.indicators.queries.reading import Reading
from desmigratif.indicators.queries.remembered import Grid
from desmigratif.indicators.queries.rows import level_of
from desmigratif.indicators.queries.sight import Closed, Sight
from desmigratif.indicators.rules.closing import may_show_sum
from desmigratif.indicators.rules.periods import Period

VILLAGE = 4
Cells = Mapping[tuple[str, str], Sequence[Cell]]  # (place, code of the indicator) -> period after period


class Reader:
    """Reads the figures of one pivot with the eyes of one person."""

    def __init__(self, by: Actor, pivot: Pivot, today: date) -> None:
        self.pivot = pivot
        earlier = Period.of(pivot.periods[0].first.previous(), EVERY[pivot.every])
        self.periods = [earlier, *pivot.periods]  # the first is only what came before
        self.codes = [one.code for one in pivot.indicators]
        self.sight = Sight(by, self.codes, self.periods, today)

    def is_open(self, region: str) -> bool:
        """Whether nothing of all this is closed there."""
        return not self.sight.is_closed_to(region)

    def regions(self, keys: Mapping[str, str]) -> tuple[Cells, Cells]:
        """(cells, those of the period before each) of places that are one region each."""
        found = self.sight.grid(list(dict.fromkeys(keys.values())))
        return self._split({
            (key, code): [_cell(one) for one in found[region, code]]
            for key, region in keys.items() for code in self.codes
        })  # fmt: skip

    def sums(self, sets: Mapping[str, Collection[str]], regions: Mapping[str, str]) -> tuple[Cells, Cells]:
        """The same of places that are several villages; `regions`: the region that each of them lies in."""
        widest = min(regions.values(), key=level_of, default=NATION)
        around = [] if self.is_open(widest) else self.sight.around([widest], VILLAGE)
        villages = {one for members in sets.values() for one in members}
        found, closed = self.sight.read(villages, around)
        known = [one for one in around if level_of(one) == VILLAGE]
        beside = {
            key: [one for one in known if one not in members and covers(regions[key], one)]
            for key, members in sets.items()
        }

        def cell(key: str, code: str, place: int, period: Period) -> Cell:
            members = sets[key]
            if not self.sight.is_open(code, regions[key]) and not all(
                self._may_show(found, closed, code, period, ones) for ones in (members, beside[key])
            ):
                return HIDDEN
            return over_places(_cell(self._asked(found[one, code])[place]) for one in members)

        return self._split({
            (key, code): [cell(key, code, place, period) for place, period in enumerate(self.periods)]
            for key in sets for code in self.codes
        })  # fmt: skip

    def _may_show(self, found: Grid, closed: Closed, code: str, period: Period, ones: Iterable[str]) -> bool:
        names = closed.get((code, period.first.year), set())
        sizes = [
            [one.size for one in found[village, code] if one.period == period] for village in ones if village in names
        ]
        return may_show_sum(sizes, self.sight.known[code].small)

    def _asked(self, line: Sequence[Reading]) -> list[Reading]:
        by_period = {one.period: one for one in line}
        return [by_period[period] for period in self.periods]

    def _split(self, cells: Cells) -> tuple[Cells, Cells]:
        """(what the pivot shows, what came a period before)."""
        now = {key: line[1:] for key, line in cells.items()}
        return now, {key: line[:-1] for key, line in cells.items()} if self.pivot.value == state.CHANGE else {}


def _cell(one: Reading) -> Cell:
    return HIDDEN if one.hidden else Cell(one.numerator, one.denominator, one.missing, one.as_of)
