"""The life of a loan: its state on any day, reckoned from its terms and all that happened. Pure; nothing is kept.

A payment that is entered late is simply one more event: the state is reckoned again, and whoever posted the old
allocations compares them with the new ones and posts the difference. The order in which events arrived plays no part.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desmigratif.cooperative.rules.loans.life.changes import close, lower_principal, pause, reschedule
from desmigratif.cooperative.rules.loans.life.events import (
    Charge,
    EarlyPayoff,
    Event,
    Moratorium,
    Payment,
    Prepayment,
    Reschedule,
    Waiver,
    WriteOff,
    in_order,
)
from desmigratif.cooperative.rules.loans.life.lines import Line, lines_of
from desmigratif.cooperative.rules.loans.life.state import Amounts, LoanState
from desmigratif.cooperative.rules.loans.life.work import Work
from desmigratif.cooperative.rules.loans.policy import COMPONENTS, LoanPolicy
from desmigratif.cooperative.rules.loans.schedule import make_schedule
from desmigratif.cooperative.rules.loans.terms import LoanTerms


@dataclass(frozen=True, slots=True)
class Loan:
    """A contract: terms and the product's rules as they were when it was signed."""

    terms: LoanTerms
    policy: LoanPolicy = LoanPolicy()  # noqa: RUF009  frozen


def replay(loan: Loan, events: Iterable[Event], on: date) -> LoanState:
    """How the loan stands at the end of a day, after all events up to it."""
    return _replayed(loan, events, on).state(on)


def payoff_sum(loan: Loan, events: Iterable[Event], on: date) -> Amounts:
    """What the borrower pays to end the loan on a day."""
    return _replayed(loan, events, on).payoff(on)


def _replayed(loan: Loan, events: Iterable[Event], on: date) -> Work:
    work = Work(loan.terms, loan.policy, lines_of(make_schedule(loan.terms).rows))
    for event in in_order(events, on):
        work.advance(event.on)
        _apply(work, event)
    work.advance(on)
    return work


def _apply(work: Work, event: Event) -> None:
    match event:
        case Payment():
            _pay(work, event)
        case Prepayment() if work.written_off is None:
            left = work.lay_out(event.id, event.on, event.amount, work.due(event.on))
            _keep(work, event.id, lower_principal(work, event.id, event.on, left, event.effect))
        case EarlyPayoff() if work.written_off is None:
            if event.amount >= work.payoff(event.on).total:
                close(work, event.on)
            _pay(work, event)
        case Prepayment() | EarlyPayoff():
            _pay(work, event)
        case Charge():
            work.lines.append(Line.for_charge(event.on, event.amount))
        case Waiver():
            _waive(work, event)
        case Moratorium():
            pause(work, event)
        case Reschedule() if work.written_off is None:
            reschedule(work, event)
        case WriteOff() if work.written_off is None:
            _write_off(work)


def _pay(work: Work, event: Payment | Prepayment | EarlyPayoff) -> None:
    if work.written_off is not None:
        left = work.lay_out(event.id, event.on, event.amount, work.in_order())
        work.recovered += event.amount - left
        _keep(work, event.id, left)
        return
    left = work.lay_out(event.id, event.on, event.amount, work.due(event.on))
    surplus = work.policy.surplus
    if left and surplus == "advance":
        left = work.lay_out(event.id, event.on, left, work.ahead(event.on))
    elif left and (surplus == "shorter" or surplus == "lower"):
        left = lower_principal(work, event.id, event.on, left, surplus)
    _keep(work, event.id, left)


def _keep(work: Work, event_id: str, left: int) -> None:
    if left:
        work.held.append((event_id, left))


def _waive(work: Work, event: Waiver) -> None:
    left = event.amount
    for line in work.due(event.on):
        forgiven = min(left, line.open(event.component))
        line.asked[event.component] -= forgiven
        if event.component == "late_fee":
            line.late_waived += forgiven
        work.waived[event.component] += forgiven
        left -= forgiven


def _write_off(work: Work) -> None:
    work.written_off = Amounts(**{name: sum(line.open(name) for line in work.lines) for name in COMPONENTS})
    for line in work.lines:
        line.late_stopped = True
