"""Interest for many accounts at once, in whole numbers only: fast in Python, and the same sum in SQL.

A yearly rate becomes a fraction of two whole numbers, so an account's interest is one multiplication and one division,
halves up. In SQL, for amounts that are not negative::

    (2 * balance_days * numerator + denominator) / (2 * denominator)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from desmigratif.cooperative.rules.loans.life.state import DueLine
from desmigratif.cooperative.rules.rounding import whole_fraction


@dataclass(frozen=True, slots=True)
class DailyRate:
    """Interest of one rupiah for one day, as numerator / denominator."""

    numerator: int
    denominator: int


def daily_rate(annual_percent: Decimal, days_in_year: int = 365) -> DailyRate:
    """8 % on years of 365 days is 2/9125. Raises `ValueError` for a rate below 0."""
    if annual_percent < 0:
        raise ValueError("a rate must not be negative")
    part = Fraction(annual_percent) / (100 * days_in_year)
    return DailyRate(part.numerator, part.denominator)


def interest_of(balance_days: int, rate: DailyRate) -> int:
    """Interest in whole rupiah on a sum of balances times days."""
    return whole_fraction(balance_days * rate.numerator, rate.denominator)


def interest_of_all(balance_days: Iterable[int], rate: DailyRate) -> list[int]:
    """`interest_of` for a column of accounts with the same rate; an overdrawn account earns nothing."""
    numerator, denominator = 2 * rate.numerator, 2 * rate.denominator
    half = rate.denominator
    return [(days * numerator + half) // denominator if days > 0 else 0 for days in balance_days]


@dataclass(frozen=True, slots=True)
class RunningInterest:
    """The period of an instalment that is running: its interest, from when until when, and whether it is suspended.

    `suspended`: the loan is substandard or worse, so its interest counts only when it is paid.
    """

    interest: int
    start: date
    end: date
    suspended: bool = False


def accrued_on(running: RunningInterest, on: date) -> int:
    """Interest earned and not due yet at the end of a day, by days, in whole rupiah (half up)."""
    length = (running.end - running.start).days
    if running.suspended or length <= 0 or on <= running.start:
        return 0
    days = min((on - running.start).days, length)
    return whole_fraction(running.interest * days, length)


def earned_unpaid(lines: Sequence[DueLine], on: date, *, suspended: bool) -> int:
    """Interest of a loan that was earned by the end of a day and is not paid: what fell due, and the running days."""
    if suspended:
        return 0
    due = sum(line.open.interest for line in lines if line.due_on <= on)
    ahead = [line for line in lines if line.due_on > on]
    if not ahead:
        return due
    line = min(ahead, key=lambda one: one.due_on)
    running = accrued_on(RunningInterest(line.asked.interest, line.from_on, line.due_on), on)
    return due + max(0, running - line.paid.interest)


def accrual_left(accrued: int, earned_before: int, earned_now: int) -> int:
    """What stays of an accrual once more interest was paid: it was counted already, so it is not counted again."""
    return max(0, accrued - max(0, earned_now - earned_before))


def accrued_on_all(running: Sequence[RunningInterest], on: date) -> list[int]:
    """`accrued_on` for a column of loans."""
    return [accrued_on(one, on) for one in running]
