"""Adding up by month and code."""

from __future__ import annotations

from collections import defaultdict
from datetime import date


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
