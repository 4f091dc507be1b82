"""Working days: Saturdays, Sundays, national holidays and joint leave do not count."""

from __future__ import annotations

import sys
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desmigratif.shared.working_days import after, between, clock_of, closed_days, closed_days_of, is_working

FREE: frozenset[date] = frozenset()
DAYS = st.dates(date(2020, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2026, 11, 23), 2, date(2026, 11, 25)),  # Monday: Wednesday
        (date(2026, 11, 27), 2, date(2026, 12, 1)),  # Friday: Tuesday
        (date(2026, 11, 28), 1, date(2026, 11, 30)),  # Saturday: Monday
        (date(2026, 12, 23), 2, date(2026, 12, 29)),  # joint leave, Christmas, a weekend
        (date(2026, 3, 17), 1, date(2026, 3, 25)),  # Nyepi and Idulfitri with their joint leave
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
    ],
)
def test_a_due_day_passes_over_what_is_closed(start: date, days: int, due: date) -> None:
    assert after(start, days, closed_days(start, start)) == due


def test_the_calendar_knows_independence_day_and_joint_leave() -> None:
    assert date(2026, 8, 17) in closed_days_of(2026)
    assert date(2026, 12, 24) in closed_days_of(2026)
    assert closed_days(date(2025, 6, 1), date(2026, 6, 1)) >= closed_days_of(2025) | closed_days_of(2027)
    assert {name for name in sys.modules if name.startswith("holidays.countries.")} == {"holidays.countries.indonesia"}


@settings(deadline=None)
@given(start=DAYS, days=st.integers(0, 60))
def test_counting_back_gives_what_was_counted_on(start: date, days: int) -> None:
    closed = closed_days(start, start + timedelta(days=200))

    due = after(start, days, closed)

    assert between(start, due, closed) == days
    assert days == 0 or is_working(due, closed)


@settings(deadline=None)
@given(start=DAYS, first=st.integers(0, 40), second=st.integers(0, 40))
def test_two_stretches_make_one(start: date, first: int, second: int) -> None:
    middle, end = start + timedelta(days=first), start + timedelta(days=first + second)
    closed = closed_days(start, end)

    assert between(start, end, closed) == between(start, middle, closed) + between(middle, end, closed)


def test_a_running_clock_says_what_is_left_and_a_late_one_by_how_much() -> None:
    since, due = date(2026, 11, 23), date(2026, 11, 25)

    running = clock_of(since, due, None, date(2026, 11, 24), FREE)
    late = clock_of(since, due, None, date(2026, 11, 30), FREE)

    assert (running.used, running.left, running.late, running.stopped) == (1, 1, False, False)
    assert (late.used, late.left, late.late) == (5, -3, True)


def test_a_clock_that_stopped_stands_still() -> None:
    clock = clock_of(date(2026, 11, 23), date(2026, 11, 25), date(2026, 11, 25), date(2027, 1, 1), FREE)

    assert (clock.used, clock.left, clock.late, clock.stopped) == (2, 0, False, True)


def test_without_a_due_day_nothing_is_late() -> None:
    assert clock_of(date(2026, 11, 23), None, None, date(2027, 1, 1), FREE).left is None
