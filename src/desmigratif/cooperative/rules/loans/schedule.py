"""The table of instalments. Exact inside, whole rupiah out; the last instalment takes what rounding left.

flat       interest on what was lent, the same in every row
declining  equal principal, interest on the balance: the equal principal comes in steps of the product's multiple
annuity    equal instalments, interest on the balance
bullet     interest in every row, principal in the last

Where somebody else's table nudges the equal instalment so that the last one comes closest to it, ours does not:
the last row absorbs, always. Rounding up may end a loan early, never late.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desmigratif.cooperative.rules.loans.periods import Period, periods, years_within
from desmigratif.cooperative.rules.loans.terms import (
    MOST_INSTALMENTS,
    Disbursement,
    LoanTerms,
    reasons_against_terms,
)
from desmigratif.shared.reasons import InvalidInput, Reason


@dataclass(frozen=True, slots=True)
class Row:
    """One instalment. `balance_after` counts money that is handed out on the due date itself.

    start, end  the period that interest is reckoned on; `from_on` and `due_on` may be moved by days off
    reckoned    interest earned in the period; `interest` is what is asked now, later or more after a grace
    clock       the length of the period in years, for the effective rate
    """

    n: int
    from_on: date
    due_on: date
    principal: int
    interest: int
    fees: int
    balance_after: int
    start: date
    end: date
    reckoned: int = 0
    clock: Decimal = Decimal(0)

    @property
    def total(self) -> int:
        return self.principal + self.interest + self.fees


@dataclass(frozen=True, slots=True)
class Schedule:
    terms: LoanTerms
    rows: tuple[Row, ...]

    @property
    def principal(self) -> int:
        return sum(row.principal for row in self.rows)

    @property
    def interest(self) -> int:
        return sum(row.interest for row in self.rows)

    @property
    def fees(self) -> int:
        """Fees asked with the instalments; those cut from the money handed out are not among them."""
        return sum(row.fees for row in self.rows)

    @property
    def total(self) -> int:
        return sum(row.total for row in self.rows)


def make_schedule(terms: LoanTerms) -> Schedule:
    """The schedule of a loan. Raises `InvalidInput` with reasons for terms that make none."""
    if reasons := reasons_against_terms(terms):
        raise InvalidInput(reasons)
    run = _Run(terms)
    if terms.down_payment_percent:
        run.pay_down()
    for period in periods(terms):
        if run.is_over(period.n):
            break
        run.pay(period)
    if run.balance or run.waiting:
        raise InvalidInput(
            Reason("too_late", "Ada pencairan pada atau sesudah angsuran terakhir.", field="disbursements")
        )
    if any(later.due_on < earlier.due_on for earlier, later in itertools.pairwise(run.rows)):
        raise InvalidInput(
            Reason("too_early", "Jatuh tempo yang digeser tidak boleh mendahului angsuran sebelumnya.", field="moves")
        )
    return Schedule(terms, tuple(run.rows))


class _Run:
    """The walk through the periods: what is owed, what is still to be handed out, what the equal part is."""

    def __init__(self, terms: LoanTerms) -> None:
        self.terms = terms
        self.rounding = terms.rounding
        self.rows: list[Row] = []
        self.waiting = [part for part in terms.handed_out if part.on > terms.disbursed_on]
        self.lent = sum(part.amount for part in terms.handed_out) - sum(part.amount for part in self.waiting)
        self.balance = self.lent
        self.equal: int | None = None
        self.deferred = 0
        self.flat_given = 0
        self.ahead = [] if terms.instalments == 0 else list(periods(terms))
        self.flat_most = self._flat_total() if terms.method == "flat" else 0

    # --- the rows ---

    def pay_down(self) -> None:
        """The part that is paid back at once."""
        exact = self.balance * self.terms.down_payment_percent / 100
        amount = self.rounding.instalment(exact)
        if amount > self.balance:  # a step larger than the loan
            amount = self.rounding.interest(exact)
        self.balance -= amount
        day = self.terms.disbursed_on
        self.rows.append(Row(1, day, day, amount, 0, 0, self.balance, day, day))

    def is_over(self, n: int) -> bool:
        """Repaid before the last row: what was rounded up ends a loan early. Flat interest is owed all the same."""
        if self.terms.method == "flat" or self.balance or self.waiting or self.deferred:
            return False
        return n > self.terms.grace.principal

    def pay(self, period: Period) -> None:
        midway = [part for part in self.waiting if part.on < period.end]
        if midway or any(part.on == period.start for part in self.terms.handed_out):
            self.equal = None
        stretches = self._stretches(period, midway)
        exact = sum(stretches, Decimal(0))
        interest = self._rounded_interest(period, stretches)
        principal = self._principal(period, exact, interest)
        self.balance -= principal
        self._append(period, principal, interest)

    def _append(self, period: Period, principal: int, reckoned: int) -> None:
        for part in [part for part in self.waiting if part.on == period.end]:
            if not self._is_last(period):
                self._lend(part)
        self.rows.append(
            Row(
                n=period.n + bool(self.terms.down_payment_percent),
                from_on=period.from_on,
                due_on=period.due_on,
                principal=principal,
                interest=self._asked_now(period, reckoned),
                fees=self.terms.fees_on("each"),
                balance_after=self.balance,
                start=period.start,
                end=period.end,
                reckoned=reckoned,
                clock=period.clock,
            )
        )

    # --- money handed out ---

    def _lend(self, part: Disbursement) -> None:
        self.waiting.remove(part)
        self.balance += part.amount
        self.lent += part.amount

    # --- interest ---

    def _stretches(self, period: Period, midway: Sequence[Disbursement]) -> list[Decimal]:
        """The exact interest of each stretch of a period on which the balance stands still; lends on the way."""
        found, since = [], period.start
        for part in midway:
            found.append(self._exact_interest(period, since, part.on))
            self._lend(part)
            since = part.on
        return [*found, self._exact_interest(period, since, period.end)]

    def _exact_interest(self, period: Period, since: date, until: date) -> Decimal:
        if period.n <= self.terms.grace.interest_free:
            return Decimal(0)
        is_flat = self.terms.method == "flat"
        years = years_within(period, since, until, self.terms, whole=period.flat_years if is_flat else period.years)
        return self.terms.rate * (self.lent if is_flat else self.balance) * years

    def _rounded_interest(self, period: Period, stretches: list[Decimal]) -> int:
        if self.terms.method != "flat":
            return sum(self.rounding.interest(stretch) for stretch in stretches)
        exact = sum(stretches, Decimal(0))
        if self._is_last(period):
            return self.flat_most - self.flat_given
        # Never more than the whole term will give: the last row must not go below zero.
        interest = min(self.rounding.interest(exact), self.flat_most - self.flat_given)
        self.flat_given += interest
        return interest

    def _flat_total(self) -> int:
        """Flat interest of the whole term: each part that was handed out, from its day to the end."""
        exact = Decimal(0)
        for period in self.ahead[self.terms.grace.interest_free :]:
            for part in self.terms.handed_out:
                since = max(part.on, period.start)
                if since < period.end:
                    exact += part.amount * years_within(period, since, period.end, self.terms, whole=period.flat_years)
        return self.rounding.interest(self.terms.rate * exact)

    def _asked_now(self, period: Period, interest: int) -> int:
        if period.n <= self.terms.grace.interest:
            self.deferred += interest
            return 0
        asked, self.deferred = interest + self.deferred, 0
        return asked

    # --- principal ---

    def _is_last(self, period: Period) -> bool:
        return period.n == self.terms.instalments

    def _principal(self, period: Period, exact: Decimal, interest: int) -> int:
        if self._is_last(period):
            return self.balance
        if self.terms.method == "bullet" or period.n <= self.terms.grace.principal:
            return 0
        if self.equal is None or (self.terms.method == "flat" and not self._is_even()):
            self.equal = self._equal_part(period, exact)
        if self.terms.method == "declining":
            return self._within_balance(self.equal)
        if self.terms.instalments == 0 and (self.equal <= interest or len(self.rows) >= MOST_INSTALMENTS):
            raise InvalidInput(
                Reason("too_small", "Angsurannya terlalu kecil untuk melunasi pinjaman ini.", field="instalment")
            )
        return self._within_balance(self.equal - interest)

    def _equal_part(self, period: Period, exact: Decimal) -> int:
        """What is equal from this row on: the instalment, or with declining interest the principal."""
        if self.terms.instalment is not None:
            return self.terms.instalment
        if self.terms.method == "annuity":
            return self.rounding.instalment(self._annuity(period, self.balance + exact))
        principal = Decimal(self.balance) / (self.terms.instalments - period.n + 1)
        return self.rounding.instalment(principal + exact if self.terms.method == "flat" else principal)

    def _is_even(self) -> bool:
        """Flat rows are equal when the periods are."""
        return not self.terms.due_dates and self.terms.first_due_on is None and not self.terms.grace.interest_free

    def _within_balance(self, amount: int) -> int:
        return max(0, min(amount, self.balance))

    def _annuity(self, period: Period, owed: Decimal) -> Decimal:
        """The equal payment that brings to zero what is owed at the end of this period, whatever the others' lengths.

        Each payment grows with the periods after it, so the payment is the grown debt over the sum of growths.
        """
        weight = Decimal(1)
        for later in self.ahead[period.n :]:
            free = later.n <= self.terms.grace.interest_free
            growth = 1 + (Decimal(0) if free else self.terms.rate * later.years)
            owed *= growth
            weight = weight * growth + 1
        return owed / weight
