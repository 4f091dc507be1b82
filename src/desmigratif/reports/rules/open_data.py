"""What the public may take: nothing that points at a person, and nothing from which that could be worked out.

Regions add up to the region above them, so one closed region alone could be had by subtraction: then the smallest of
its neighbours is closed too. What is closed above stays closed in everything below it, as the parts would tell the
whole. Only quarters are given out: a year less three quarters would open the fourth. Plain Python.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from desmigratif.reports.rules.figures import Figure

SMALL = 5


def opened(whole: Sequence[Figure], parts: Iterable[Figure]) -> list[Figure]:
    """The parts of a region as the public may see them. `whole`: the figures of the region itself, already judged."""
    closed_above = {one.code for one in whole if one.hidden}
    by_code: dict[str, list[Figure]] = defaultdict(list)
    for one in parts:
        by_code[one.code].append(one)
    found = []
    for code, group in by_code.items():
        hidden = _hidden(group) if code not in closed_above else {one.region_code for one in group}
        found += [replace(one, hidden=one.region_code in hidden) for one in group]
    return found


def judged(one: Figure) -> Figure:
    """A figure by itself, with nothing beside it from which it could be worked out."""
    return replace(one, hidden=is_small(one))


def is_small(one: Figure) -> bool:
    """Too few to be shown: a ratio of fewer than five, a count of one to four."""
    if one.numerator is None:
        return False
    small = one.definition.small if one.definition else SMALL
    if one.denominator is not None:
        return one.denominator < small
    return 0 < one.numerator < small


def _hidden(group: Sequence[Figure]) -> set[str]:
    """Codes of the regions to close: the small ones, and where that is one alone the smallest beside it."""
    small = {one.region_code for one in group if is_small(one)}
    if len(small) != 1:
        return small
    others = [one for one in group if one.region_code not in small and one.numerator is not None]
    if others:
        small.add(min(others, key=_size).region_code)
    return small


def _size(one: Figure) -> tuple[int, str]:
    return (one.numerator or 0 if one.denominator is None else one.denominator, one.region_code)
