"""Months, and the periods that are made of them: a year, a quarter, a month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

EVER = 0  # the key of what was counted since the beginning
FIRST_YEAR = 2000  # what is dated earlier counts from here on
_PERIOD = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One month of a year; `str` gives "2026-11"."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Self:
        """ "2026-11". Raises `ValueError`."""
        found = _PERIOD.fullmatch(text)
        if found is None or found[3] is None or int(found[1]) < FIRST_YEAR:
            raise ValueError(f"not a month: {text!r}")
        return cls(int(found[1]), int(found[3]))

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return self.next().first - timedelta(days=1)

    @property
    def key(self) -> int:
        """202611: how roll-ups name it."""
        return self.year * 100 + self.month

    def next(self) -> Month:
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    def previous(self) -> Month:
        return Month(self.year, self.month - 1) if self.month > 1 else Month(self.year - 1, 12)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True, slots=True)
class Period:
    """A year "2026", a quarter "2026-Q3" or a month "2026-11", with its first and its last month."""

    label: str
    first: Month
    last: Month

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises `ValueError` for anything else, and for years before 2000."""
        found = _PERIOD.fullmatch(text)
        if found is None or int(found[1]) < FIRST_YEAR:
            raise ValueError(f"not a period: {text!r}")
        year, quarter, month = int(found[1]), found[2], found[3]
        if quarter:
            last = int(quarter) * 3
            return cls(text, Month(year, last - 2), Month(year, last))
        if month:
            return cls(text, Month(year, int(month)), Month(year, int(month)))
        return cls(text, Month(year, 1), Month(year, 12))

    @classmethod
    def of(cls, month: Month, every: str = "month") -> Self:
        """The month, the quarter or the year in which a month lies."""
        if every == "year":
            return cls.parse(f"{month.year:04d}")
        if every == "quarter":
            return cls.parse(f"{month.year:04d}-Q{(month.month + 2) // 3}")
        return cls.parse(str(month))

    @property
    def every(self) -> str:
        """ "year", "quarter" or "month"."""
        return {1: "month", 3: "quarter", 12: "year"}[self.last.month - self.first.month + 1]

    @property
    def key(self) -> int:
        """How roll-ups name it: 202611 a month, 202624 the fourth quarter, 202600 the year."""
        if self.every == "year":
            return self.first.year * 100
        if self.every == "quarter":
            return self.first.year * 100 + 20 + self.last.month // 3
        return self.first.key

    def is_over(self, today: date) -> bool:
        return self.last.last < today


def periods_between(first: Month, last: Month, every: str = "month") -> list[Period]:
    """Every month, quarter or year that has a month in this stretch, in their order."""
    found: dict[str, Period] = {}
    month = first
    while month <= last:
        one = Period.of(month, every)
        found.setdefault(one.label, one)
        month = month.next()
    return list(found.values())


def keys_until(last: Month) -> list[int]:
    """The roll-ups that add up to everything until the end of a month: whole years, then the months of its year."""
    years = [year * 100 for year in range(FIRST_YEAR, last.year)]
    return years + [Month(last.year, month).key for month in range(1, last.month + 1)]
