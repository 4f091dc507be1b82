"""Days of a loan: months that end early, due dates, days that are no working days, and day counts."""

from __future__ import annotations

from calendar import isleap, monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Literal

from desmigratif.shared.dates import add_months as add_months
from desmigratif.shared.working_days import holidays_in

Unit = Literal["month", "week", "day"]
DayCount = Literal["30/360", "act/365", "act/act", "act/360", "act/364"]
Shift = Literal["none", "next", "previous"]
LAST_KNOWN_YEAR = 2100
_BASES = {"act/365": 365, "act/360": 360, "act/364": 364}


@dataclass(frozen=True, slots=True)
class Every:
    """The rhythm of instalments: every `count` months, weeks or days."""

    count: int = 1
    unit: Unit = "month"

    @property
    def days(self) -> int:
        """Days of one period; only for weeks and days."""
        return self.count * (7 if self.unit == "week" else 1)


def months_between(start: date, end: date) -> int:
    """Full months from one day to a later one; 31 January to 28 February is one (29 in a leap year)."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def step(anchor: date, every: Every, times: int) -> date:
    """The day `times` periods after `anchor`; counted from the anchor, so that the 31st comes back in March."""
    if every.unit == "month":
        return add_months(anchor, every.count * times)
    return anchor + timedelta(days=every.days * times)


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Days on which nobody collects: public holidays and days of the week (Monday is 0)."""

    holidays: frozenset[date] = field(default_factory=frozenset)
    weekdays: frozenset[int] = field(default_factory=frozenset)
    shift: Shift = "none"

    def shifted(self, day: date) -> date:
        """The working day on which a due date falls. Raises `ValueError` when every day is off."""
        if self.shift == "none":
            return day
        if len(self.weekdays) == 7:
            raise ValueError("no working day in the week")
        one = timedelta(days=1 if self.shift == "next" else -1)
        while day in self.holidays or day.weekday() in self.weekdays:
            day += one
        return day


@cache
def public_holidays(first_year: int, last_year: int) -> frozenset[date]:
    """Indonesian public holidays of these years, as far as they are known."""
    years = range(first_year, min(last_year, LAST_KNOWN_YEAR) + 1)
    return holidays_in(years, joint_leave=False) if years else frozenset()


def days_30_360(start: date, end: date) -> int:
    """Days between two dates when each month has 30; the last day of February counts as the 30th (30E/360 ISDA)."""

    def of_month(day: date) -> int:
        return 30 if day.day == monthrange(day.year, day.month)[1] else day.day

    return (end.year - start.year) * 360 + (end.month - start.month) * 30 + of_month(end) - of_month(start)


def year_fraction(start: date, end: date, day_count: DayCount) -> Decimal:
    """The part of a year between two days; act/act splits at the end of December."""
    if day_count == "30/360":
        return Decimal(days_30_360(start, end)) / 360
    if day_count == "act/act":
        return _act_act(start, end)
    return Decimal((end - start).days) / _BASES[day_count]


def _act_act(start: date, end: date) -> Decimal:
    years, new_year = Decimal(0), start
    while new_year < end:
        stop = min(end, date(new_year.year + 1, 1, 1))
        years += Decimal((stop - new_year).days) / (366 if isleap(new_year.year) else 365)
        new_year = stop
    return years


def period_fraction(start: date, end: date, day_count: DayCount, every: Every | None) -> Decimal:
    """The part of a year in one whole period of the rhythm (`every`), or between two days of no rhythm (None).

    With 30/360 every month is one twelfth, whatever its days; weeks and days count their own days of 360.
    """
    if day_count == "30/360" and every is not None:
        if every.unit == "month":
            return Decimal(every.count) / 12
        return Decimal(every.days) / 360
    return year_fraction(start, end, day_count)
