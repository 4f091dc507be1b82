"""Which figures of single regions are closed to whoever may not open the files of the people there.

A figure of fewer than five says something about single people. `indicators.rules.suppression` closes such a region in
one period with as many neighbours as it needs. A pivot shows periods side by side: a quarter less its two large months
gives the small one away. So a region is closed for a whole year at once, in all months or in none; a region that is
closed by quarters is closed by months, one that is closed by years by quarters; and its neighbours must cover it in
every month. What the reader may see anyway covers nothing: it is taken off before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise

REST = ""  # what belongs to the region itself and to none of its parts
LEAST = 8  # closed villages in a sum of villages: of fewer, one might be found by comparing two sums
Tree = Mapping[str, Sequence[str]]
Sizes = Mapping[str, Sequence[int]]
_FOLDS = {12: (12, 3, 1), 4: (4, 1), 1: (1,)}  # periods of a year -> how many make a year, a quarter, a month


def closed_in_year(tree: Tree, sizes: Sizes, *, small: int, top: str, stands: bool) -> set[str]:
    """The regions of a tree that are closed in a year. `sizes`: region -> for how many each period stands, 1, 4 or 12
    of them; `stands`: sizes stand over from one period to the next instead of adding up."""
    closed: set[str] = set()
    length = len(next(iter(sizes.values()), (0,)))
    for fold in _FOLDS[length]:
        vectors = {region: _folded(line, fold, stands) for region, line in sizes.items()}
        small_ones = {region for region, line in vectors.items() if _is_small(line, small, stands)}
        closed = closed_regions(tree, vectors, small_ones | closed, small, top)
    return closed


def _folded(line: Sequence[int], fold: int, stands: bool) -> tuple[int, ...]:
    groups = [line[start : start + fold] for start in range(0, len(line), fold)]
    return tuple(group[-1] if stands else sum(group) for group in groups)


def _is_small(line: Sequence[int], small: int, stands: bool) -> bool:
    """Whether a period, or what came to what stands over since the one before, is of too few."""
    steps = [abs(after - before) for before, after in pairwise(line)] if stands else []
    return any(0 < size < small for size in (*line, *steps))


def closed_regions(tree: Tree, vectors: Sizes, forced: set[str], small: int, top: str) -> set[str]:
    """From the top down: a closed region closes all that is in it."""
    closed: set[str] = {top} if top in forced else set()
    waiting = [top]
    while waiting:
        region = waiting.pop()
        parts = tree.get(region, ())
        hidden = set(parts) if region in closed else _hidden(parts, vectors, forced, small, vectors.get(region, ()))
        closed |= hidden
        waiting.extend(parts)
    return closed


def _hidden(parts: Sequence[str], vectors: Sizes, forced: set[str], small: int, whole: Sequence[int]) -> set[str]:
    cells = {part: tuple(vectors[part]) for part in parts if any(vectors[part])}
    rest = tuple(
        max(0, all_of - sum(column)) for all_of, column in zip(whole, _columns(cells, len(whole)), strict=True)
    )
    if any(rest):
        cells[REST] = rest
    hidden = {part for part in cells if part in forced or any(0 < size < small for size in cells[part])}
    while hidden and (more := _needed(cells, hidden, small)) is not None:
        hidden.add(more)
    return hidden - {REST}


def _columns(cells: Sizes, length: int) -> list[tuple[int, ...]]:
    return list(zip(*cells.values(), strict=True)) if cells else [()] * length


def _needed(cells: Sizes, hidden: set[str], small: int) -> str | None:
    """One more that must go so that what is closed covers itself in every period; None when it does, or cannot."""
    open_ones = [part for part in cells if part not in hidden]
    length = len(next(iter(cells.values())))
    for place in range(length):
        covering = [cells[part][place] for part in hidden if cells[part][place]]
        if covering and len(covering) > 1 and sum(covering) >= small:
            continue
        able = [part for part in open_ones if cells[part][place]] if covering else []
        if able:
            return min(able, key=lambda part: (cells[part][place], part))
    if len(hidden) == 1 and open_ones:
        return min(open_ones, key=lambda part: (sum(cells[part]), part))
    return None


def may_show_sum(closed: Iterable[Sequence[int]], small: int) -> bool:
    """Whether a sum over villages may be shown of which these are closed: none, or many that are not few together."""
    rows = list(closed)
    if not rows:
        return True
    return len(rows) >= LEAST and all(size == 0 or size >= small for size in map(sum, zip(*rows, strict=True)))


def without_own(sizes: Sizes, own: Mapping[str, Sequence[int]], covers: Callable[[str, str], bool]) -> Sizes:
    """Region -> for how many it stands beside those whom the reader may see anyway. `covers(a, b)`: b lies in a."""
    found = {}
    for region, line in sizes.items():
        if any(covers(one, region) for one in own):
            found[region] = (0,) * len(line)
            continue
        inside = [other for one, other in own.items() if covers(region, one)]
        found[region] = tuple(max(0, size - sum(other[place] for other in inside)) for place, size in enumerate(line))
    return found
