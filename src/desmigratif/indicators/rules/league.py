"""Where a village stands among those like it: quarters instead of places, and nobody is last. Plain Python.

Too few alike make the group wider, one step at a time, and the step is said: of the same year and size, of the same
year, all that are in a programme.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

LEAST = 8  # of fewer alike villages a quarter would be one or two, and a name could be guessed
QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Alike:
    """What makes two villages comparable: the year in the programme (0: before it) and the class of size."""

    year: int
    size: int


@dataclass(frozen=True, slots=True)
class Stand:
    """The quarter of a village in one indicator; `step`: how wide the group is; `among`: villages in it, it too."""

    quarter: int
    step: int
    among: int


def size_class(people: int, bounds: Sequence[int]) -> int:
    """0 for the smallest; `bounds` are the first sizes of the classes above.

    >>> [size_class(n, (50, 200)) for n in (0, 50, 500)]
    [0, 1, 2]
    """
    return sum(people >= bound for bound in bounds)


def year_class(year: int, longest: int) -> int:
    """Villages that stand longer than the support lasts are alike.

    >>> year_class(2, 3), year_class(9, 3)
    (2, 4)
    """
    return min(year, longest + 1)


def quarters(values: Mapping[str, Fraction], *, better: str) -> dict[str, int]:
    """Village -> 1 (the best quarter) to 4; equal values share the better one. Empty when there are too few.

    >>> quarters({str(n): Fraction(n) for n in range(8)}, better="up")["7"]
    1
    """
    if len(values) < LEAST or better not in ("up", "down"):
        return {}
    ordered = sorted(values.values(), reverse=better == "up")
    return {code: 1 + ordered.index(value) * QUARTERS // len(ordered) for code, value in values.items()}


def groups(mine: Alike, others: Iterable[tuple[str, Alike]]) -> list[list[str]]:
    """The villages to compare with, this one too: those that are alike, those of its year, all of them."""
    rows = list(others)
    return [
        [code for code, kind in rows if kind == mine],
        [code for code, kind in rows if kind.year == mine.year],
        [code for code, _kind in rows],
    ]


def stand(village: str, wider: Sequence[Sequence[str]], values: Mapping[str, Fraction], *, better: str) -> Stand | None:
    """Where it stands in the narrowest group of which enough values are known; None while there is none."""
    for step, group in enumerate(wider):
        known = {code: values[code] for code in group if code in values}
        place = quarters(known, better=better).get(village)
        if place:
            return Stand(place, step, len(known))
    return None
