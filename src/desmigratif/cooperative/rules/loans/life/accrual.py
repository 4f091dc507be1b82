"""Interest of a loan that was earned by days and is not paid yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desmigratif.cooperative.rules.loans.life.state import DueLine
from desmigratif.cooperative.rules.rounding import whole_fraction


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
