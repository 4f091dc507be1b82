"""Adding up what records say of indicators; the pillars' `measures` reckon and recount with it.

A name is a code ("A6", how it stands) or a code with its month ("A2:2026-10", what belongs to that month). A part that
is None is somebody else's to say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

Reckoned = dict[str, tuple[int | None, int | None]]
Counts = dict[tuple[str, date, str], tuple[int, int]]


def by_month(code: str, rows: Iterable[tuple[date, int, int]]) -> Reckoned:
    """Rows of (day, numerator, denominator) summed by the month of the day."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for day, numerator, denominator in rows:
        sums[f"{code}:{day:%Y-%m}"][0] += numerator
        sums[f"{code}:{day:%Y-%m}"][1] += denominator
    return {name: (numerator, denominator) for name, (numerator, denominator) in sums.items()}


class Tally:
    """Sums of numerators and denominators by (first day of the month, code)."""

    def __init__(self) -> None:
        self._sums: dict[tuple[date, str], list[int]] = defaultdict(lambda: [0, 0])

    def add(self, code: str, on: date, numerator: int, denominator: int) -> None:
        cell = self._sums[on.replace(day=1), code]
        cell[0] += int(numerator)
        cell[1] += int(denominator)

    def sums(self) -> dict[tuple[date, str], tuple[int, int]]:
        return {place: (numerator, denominator) for place, (numerator, denominator) in self._sums.items()}


Count = Callable[[str, date, Tally], None]


def tallied(counts: Iterable[Count], village_codes: Sequence[str], until: date) -> Counts:
    """(village, first day of a month, code) -> numerator and denominator, of all that was written until a day.

    A code whose deltas add up (how it stands) is given in the month of `until`, the others in the month that they
    belong to.
    """
    found: Counts = {}
    for village_code in village_codes:
        tally = Tally()
        for count in counts:
            count(village_code, until, tally)
        found |= {(village_code, month, code): sums for (month, code), sums in tally.sums().items()}
    return found
