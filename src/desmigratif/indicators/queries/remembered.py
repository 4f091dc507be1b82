"""Grids that were read lately, kept in this process for as long as nothing is folded.

Each fold leaves a stamp that no other had. What was read under one is given again after one short question: whether
that stamp still stands. What a reader may see of it is decided each time anew (`queries`).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock

from desmigratif.indicators.queries.reading import Reading
from desmigratif.indicators.queries.rows import stamp_now

Grid = Mapping[tuple[str, str], tuple[Reading, ...]]  # (region, code) -> its figures, period after period
Asked = tuple[tuple[str, ...], ...]  # regions, codes, labels of periods
MOST = 30_000  # figures, which are some ten megabytes


class Remembered:
    """The grids of one stamp, those asked for last; never more than so many figures."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._stamp, self._figures = most, "", 0
        self._grids: OrderedDict[Asked, tuple[int, Grid]] = OrderedDict()
        self._lock = Lock()

    def grid(self, asked: Asked) -> Grid | None:
        """As it was read, if it still stands so. Asks the database nothing about what it does not know."""
        known = self._grids.get(asked)
        if known is None:
            return None
        stamp = stamp_now()
        with self._lock:
            if stamp != self._stamp or asked not in self._grids:
                return None
            self._grids.move_to_end(asked)
        return known[1]

    def keep(self, asked: Asked, grid: Grid, stamp: str) -> None:
        """`stamp`: under which it was read. One that is larger than a third of all is not kept."""
        size = sum(map(len, grid.values()))
        if not stamp or size * 3 > self._most:
            return
        with self._lock:
            if stamp != self._stamp:
                self._grids.clear()
                self._stamp, self._figures = stamp, 0
            if asked in self._grids:
                self._figures -= self._grids.pop(asked)[0]
            self._grids[asked] = (size, grid)
            self._figures += size
            while self._figures > self._most:
                _asked, (gone, _grid) = self._grids.popitem(last=False)
                self._figures -= gone
