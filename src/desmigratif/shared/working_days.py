"""Counting in working days. Plain Python; the closed days are handed in, or read from the calendar of a year.

A clock that starts on a Friday with two working days ends on Tuesday; a national holiday or a joint-leave day in
between moves it on. The day itself never counts.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import ModuleType

SATURDAY = 5


def holidays_in(years: Iterable[int], *, joint_leave: bool) -> frozenset[date]:
    """National holidays of these years in Indonesia, as the decrees set them; later years by the moon."""
    import holidays  # only who counts in working days carries it
    from holidays.constants import GOVERNMENT, PUBLIC

    _leave_other_countries_unread(Path(holidays.__file__).parent / "countries")
    kinds = (PUBLIC, GOVERNMENT) if joint_leave else (PUBLIC,)
    return frozenset(holidays.country_holidays("ID", years=years, categories=kinds))


def _leave_other_countries_unread(folder: Path) -> None:
    """The library reads two hundred countries to answer for one: eight megabytes that each process would carry."""
    package = ModuleType("holidays.countries")
    package.__path__ = [str(folder)]
    sys.modules.setdefault(package.__name__, package)


@cache
def closed_days_of(year: int) -> frozenset[date]:
    """National holidays and joint leave of a year."""
    return holidays_in([year], joint_leave=True)


def closed_days(first: date, last: date) -> frozenset[date]:
    """The same over some years, with the year after: a clock may run into it."""
    return frozenset().union(*(closed_days_of(year) for year in range(first.year, last.year + 2)))


def is_working(day: date, closed: Collection[date]) -> bool:
    return day.weekday() < SATURDAY and day not in closed


def after(start: date, days: int, closed: Collection[date]) -> date:
    """The day on which so many working days after `start` are full; 0 is the day itself."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= is_working(day, closed)
    return day


def between(start: date, end: date, closed: Collection[date]) -> int:
    """Working days after `start` up to and with `end`; 0 when the end is not later."""
    span = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(is_working(day, closed) for day in span)


@dataclass(frozen=True, slots=True)
class Clock:
    """How long something took or takes. `left` is negative once it is late; None = it has no due day."""

    since: date
    due_on: date | None
    used: int
    left: int | None
    stopped: bool

    @property
    def late(self) -> bool:
        return self.left is not None and self.left < 0


def clock_of(since: date, due_on: date | None, done_on: date | None, today: date, closed: Collection[date]) -> Clock:
    """The clock of something that began on a day, may be over, and has perhaps a day when it is due."""
    end = done_on or today
    left = None
    if due_on is not None:
        left = between(end, due_on, closed) or -between(due_on, end, closed)
    return Clock(since, due_on, between(since, end, closed), left, done_on is not None)
