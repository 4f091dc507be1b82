"""A loan as it was agreed, to and from JSON: the terms, and the product's rules for money that comes in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal, Protocol

from desmigratif.cooperative.rules.days import DayCount, DaysOff, Every, Shift, public_holidays, step
from desmigratif.cooperative.rules.loans.life.events import (
    EarlyPayoff,
    Event,
    Payment,
    Prepayment,
    Reschedule,
    Reversal,
    WriteOff,
)
from desmigratif.cooperative.rules.loans.life.state import LoanState
from desmigratif.cooperative.rules.loans.policy import Component, LateFee, LoanPolicy, Payoff
from desmigratif.cooperative.rules.loans.terms import Fee, Grace, LoanTerms, Method
from desmigratif.cooperative.rules.rounding import Rounding, percent_of


class Offer(Protocol):
    """The conditions of a product, as `inputs.loans.LoanOffer` has them."""

    @property
    def method(self) -> Method: ...
    @property
    def annual_percent(self) -> Decimal: ...
    @property
    def every_count(self) -> int: ...
    @property
    def every_unit(self) -> Literal["month", "week", "day"]: ...
    @property
    def grace_principal(self) -> int: ...
    @property
    def grace_interest(self) -> int: ...
    @property
    def interest_free(self) -> int: ...
    @property
    def multiple_rupiah(self) -> int: ...
    @property
    def fee_percent(self) -> Decimal: ...
    @property
    def fee_fixed_rupiah(self) -> int: ...
    @property
    def fee_each_rupiah(self) -> int: ...
    @property
    def insurance_rupiah(self) -> int: ...
    @property
    def day_count(self) -> DayCount: ...
    @property
    def shift(self) -> Shift: ...
    @property
    def weekdays_off(self) -> tuple[int, ...]: ...
    @property
    def late_percent_per_day(self) -> Decimal: ...
    @property
    def late_fixed_rupiah(self) -> int: ...
    @property
    def late_grace_days(self) -> int: ...
    @property
    def late_cap_percent(self) -> Decimal | None: ...
    @property
    def order(self) -> tuple[Component, Component, Component, Component]: ...
    @property
    def surplus(self) -> Literal["advance", "shorter", "lower"]: ...
    @property
    def payoff_interest(self) -> Literal["days", "period", "all"]: ...
    @property
    def payoff_penalty_percent(self) -> Decimal: ...


def terms_of(
    offer: Offer, amount: int, instalments: int, disbursed_on: date, first_due_on: date | None = None, *,
    due_dates: tuple[date, ...] = (), holidays: frozenset[date] | None = None,
) -> LoanTerms:  # fmt: skip
    """The terms of one loan under a product's conditions. `holidays`: those of the contract; None = as known now."""
    fee = percent_of(amount, offer.fee_percent) + offer.fee_fixed_rupiah
    fees = [Fee("disbursement", fee), Fee("disbursement", offer.insurance_rupiah, counts_to_cap=False)]
    fees.append(Fee("each", offer.fee_each_rupiah))
    if holidays is None:
        holidays = _holidays_for(offer, instalments, disbursed_on, due_dates)
    return LoanTerms(
        principal=amount,
        annual_rate_percent=offer.annual_percent,
        method=offer.method,
        instalments=instalments,
        disbursed_on=disbursed_on,
        every=Every(offer.every_count, offer.every_unit),
        first_due_on=first_due_on,
        due_dates=due_dates,
        day_count=offer.day_count,
        grace=Grace(offer.grace_principal, offer.grace_interest, offer.interest_free),
        rounding=Rounding(instalment_multiple=offer.multiple_rupiah),
        fees=tuple(one for one in fees if one.amount),
        days_off=DaysOff(holidays, frozenset(offer.weekdays_off), offer.shift),
    )


def _holidays_for(offer: Offer, instalments: int, disbursed_on: date, due_dates: tuple[date, ...]) -> frozenset[date]:
    """Public holidays from the money to a little after the last instalment; none where nothing shifts."""
    if offer.shift == "none":
        return frozenset()
    every = Every(offer.every_count, offer.every_unit)
    last = due_dates[-1] if due_dates else step(disbursed_on, every, instalments + 1)
    return public_holidays(disbursed_on.year, last.year)


def as_brought_over(terms: LoanTerms, annual_percent: Decimal) -> LoanTerms:
    """The terms of what was left of a loan in the paper books: its own rate, no fees and no grace any more."""
    return replace(terms, annual_rate_percent=annual_percent, fees=(), grace=Grace())


def rate_on_the_rest(method: Method, annual_percent: Decimal, amount: int, outstanding: int) -> Decimal:
    """The rate that asks the same interest of what is left; flat interest goes by the sum that was lent."""
    return annual_percent * amount / outstanding if method == "flat" else annual_percent


def policy_of(offer: Offer) -> LoanPolicy:
    late = LateFee(offer.late_percent_per_day, offer.late_fixed_rupiah, offer.late_grace_days, offer.late_cap_percent)
    return LoanPolicy(
        order=offer.order,
        surplus=offer.surplus,
        late_fee=late,
        payoff=Payoff(offer.payoff_interest, offer.payoff_penalty_percent),
    )


def event_of(id: str, on: date, kind: str, payload: Mapping[str, Any]) -> Event:
    """The fact behind a row. Raises `ValueError` for a kind we do not know."""
    match kind:
        case "payment":
            return Payment(id=id, on=on, amount=payload["amount"])
        case "prepayment":
            return Prepayment(id=id, on=on, amount=payload["amount"], effect=payload["effect"])
        case "payoff":
            return EarlyPayoff(id=id, on=on, amount=payload["amount"])
        case "reschedule":
            first = date.fromisoformat(payload["first_due_on"])
            return Reschedule(
                id=id, on=on, instalments=payload["instalments"], every=Every(**payload["every"]),
                first_due_on=first, capitalise=payload["capitalise"], interest_free=payload.get("interest_free", 0),
                class_before=payload.get("class_before", "current"),
            )  # fmt: skip
        case "write_off":
            return WriteOff(id=id, on=on)
        case "reversal":
            return Reversal(id=id, on=on, of=payload["of"])
    raise ValueError(kind)


def position_of(state: LoanState, terms: LoanTerms, recovering: frozenset[str]) -> dict[str, int]:
    """What the books should hold for a loan, rupiah by account use, debit above 0; `cash` makes it balance.

    `recovering` are the events whose money came after the loan left the books: income of its own, not interest.
    A write-off itself stands under `loss`: the caller says what bears it.
    """
    earned = {"interest": 0, "late_fee": 0, "fees": 0}
    for one in state.allocations:
        if one.component != "principal" and one.event_id not in recovering:
            earned[one.component] += one.amount
    passed_on = sum(fee.amount for fee in terms.fees if not fee.counts_to_cap)  # the insurer's, not ours
    position = {
        "loans": state.principal_outstanding,
        "loan_interest": -earned["interest"] - state.capitalised,
        "late_fees": -earned["late_fee"],
        "loan_fees": -earned["fees"] - terms.fees_on("disbursement") + passed_on,
        "trade_payable": -passed_on,
        "deposits_held": -state.credit,
        "recoveries": -state.recovered,
        "loss": state.written_off.principal,
    }
    position["cash"] = -sum(position.values())
    return {use: amount for use, amount in position.items() if amount}
