"""What a loan really costs in a year, and whether that is lawful.

Two figures, both from all money that flows, fees included:

effective             the yearly rate e for which the payments, discounted by (1+e)^years, are worth what was handed
                      out. Interest on interest counts: 24 % a year, asked monthly on the balance, is 26.82 % effective.
declining equivalent  the yearly rate of a loan with interest on the balance ("menurun") that costs the same: for
                      monthly instalments twelve times the monthly rate of return. This is what the law caps: flat
                      12 % over a year is 21.46 %, flat 24 % is 41.7 %.

Time is that of the day count: with 30/360 a month is a twelfth; otherwise real days, of which a year has 365 (act/act:
365 or 366). So 24 % reckoned on years of 360 days costs 24.33 % in a real year.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desmigratif.cooperative.rules.loans.periods import periods
from desmigratif.cooperative.rules.loans.schedule import Schedule
from desmigratif.cooperative.rules.loans.time_value import root
from desmigratif.cooperative.rules.rates import CapCheck, loan_rate_cap

_HIGHEST = Decimal(10) ** 9


@dataclass(frozen=True, slots=True)
class Flow:
    """Money at a time: out to the borrower is negative. `since` is the time since the flow before, in years."""

    amount: int
    since: Decimal


def flows(schedule: Schedule, *, capped_only: bool = False) -> list[Flow]:
    """Every flow in the order of time, with the time between. `capped_only` leaves out what goes to others."""
    terms = schedule.terms
    fees = [fee for fee in terms.fees if fee.counts_to_cap or not capped_only]
    first = sum(fee.amount for fee in fees if fee.on == "disbursement")
    each = sum(fee.amount for fee in fees if fee.on == "each")
    at = [(Decimal(0), row.principal) for row in schedule.rows if row.due_on == terms.disbursed_on]
    paid = [row for row in schedule.rows if row.due_on != terms.disbursed_on]
    clock = Decimal(0)
    for row in paid:
        clock += row.clock
        at.append((clock, row.principal + row.interest + each))
    for number, part in enumerate(terms.handed_out):
        at.append((_clock_of(schedule, part.on), -part.amount + (first if number == 0 else 0)))
    at.sort(key=lambda flow: flow[0])
    return [
        Flow(amount, time - (at[number - 1][0] if number else Decimal(0))) for number, (time, amount) in enumerate(at)
    ]


def _clock_of(schedule: Schedule, day: date) -> Decimal:
    """When a day falls, in years since the disbursement: whole periods, then the part of the one it is in."""
    clock = Decimal(0)
    for _, period in zip(schedule.rows, periods(schedule.terms), strict=False):
        if day < period.end:
            return clock + period.clock * (day - period.start).days / (period.end - period.start).days
        clock += period.clock
    return clock


def _left_over(all_flows: list[Flow], discount: Callable[[Decimal], Decimal]) -> Decimal:
    """The present value of all flows; `discount(years)` is the worth of 1 that comes so much later."""
    worth, total = Decimal(1), Decimal(0)
    known: dict[Decimal, Decimal] = {}
    for flow in all_flows:
        if flow.since not in known:
            known[flow.since] = discount(flow.since)
        worth *= known[flow.since]
        total += flow.amount * worth
    return total


def _rate_inside(all_flows: list[Flow], discount: Callable[[Decimal, Decimal], Decimal]) -> Decimal | None:
    def left_over(rate: Decimal) -> Decimal:
        return _left_over(all_flows, lambda years: discount(rate, years))

    if left_over(Decimal(0)) <= 0:
        return Decimal(0)
    high = Decimal(1)
    while left_over(high) > 0:
        high *= 10
        if high > _HIGHEST:
            return None
    return root(left_over, Decimal(0), high)


def effective_annual_percent(schedule: Schedule) -> Decimal | None:
    """The effective rate in percent a year, two decimals; None when it is beyond all reason (or has no time)."""
    rate = _rate_inside(flows(schedule), lambda rate, years: 1 / (1 + rate) ** years)
    return None if rate is None else _two_decimals(rate)


def declining_equivalent_percent(schedule: Schedule) -> Decimal | None:
    """The rate on the declining balance that costs the same, in percent a year, two decimals."""
    rate = _rate_inside(flows(schedule), lambda rate, years: 1 / (1 + rate * years))
    return None if rate is None else _two_decimals(rate)


def _two_decimals(rate: Decimal) -> Decimal:
    return (rate * 100).quantize(Decimal("0.01"))


def check_loan_cap(schedule: Schedule, on: date | None = None) -> CapCheck:
    """Whether the loan costs no more than interest at the cap on its balance, fees included.

    The cap is that of the day of the contract (`on`, or the day of disbursement). What rounding to the rupiah can
    explain, one rupiah for each instalment, is not held against a loan.
    """
    cap = loan_rate_cap(on or schedule.terms.disbursed_on)
    if cap.percent is None:
        return cap
    rate = cap.percent / 100
    over = _left_over(flows(schedule, capped_only=True), lambda years: 1 / (1 + rate * years))
    return cap.answered(over <= len(schedule.rows))
