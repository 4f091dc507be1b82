"""Loans beside a model with a pencil: day by day, row by row, and not one line of the programme's own reckoning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from desmigratif.cooperative.tests.lender import TODAY, Lender
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

POKOK, LENT, FEE, ROWS, GRACE = 10_000_000, 600_000, 6_000, 6, 3
A_DAY_LATE = Fraction(1, 1000)


def half_up(amount: Fraction) -> int:
    return int(amount + Fraction(1, 2))


@dataclass
class Row:
    """One instalment of the pencil's table."""

    start: date
    due: date
    principal: int
    interest: int
    asked: int  # the interest of its table
    late: Fraction = Fraction(0)
    late_paid: int = 0

    @property
    def late_open(self) -> int:
        return half_up(self.late) - self.late_paid

    @property
    def open(self) -> int:
        return self.late_open + self.interest + self.principal


class Pencil:
    """Six equal parts of the principal; one percent a month of what was lent (flat) or of what is left of it."""

    def __init__(self, method: str) -> None:
        self.rows: list[Row] = []
        self.interest = self.late = self.received = 0
        start, left, part = TODAY, LENT, LENT // ROWS
        for _each in range(ROWS):
            due = (start.replace(day=1) + timedelta(days=32)).replace(day=TODAY.day)
            interest = (LENT if method == "flat" else left) // 100
            self.rows.append(Row(start, due, part, interest, interest))
            start, left = due, left - part

    def a_day(self, on: date) -> None:
        """The day comes: whoever is more than the grace behind owes a thousandth more of what is overdue."""
        for row in self.rows:
            if on > row.due + timedelta(days=GRACE):
                row.late += (row.principal + row.interest) * A_DAY_LATE

    @property
    def open(self) -> int:
        return sum(row.open for row in self.rows)

    @property
    def principal(self) -> int:
        return sum(row.principal for row in self.rows)

    def due(self, on: date) -> int:
        return sum(row.open for row in self.rows if row.due <= on)

    def pay(self, amount: int) -> None:
        """The oldest instalment whole, of each the late fee first, then jasa, then pokok; then those to come."""
        self.received += amount
        for row in self.rows:
            late = min(amount, row.late_open)
            interest = min(amount - late, row.interest)
            principal = min(amount - late - interest, row.principal)
            row.late_paid += late
            row.interest -= interest
            row.principal -= principal
            self.late += late
            self.interest += interest
            amount -= late + interest + principal

    def to_end(self, on: date) -> int:
        """All that is due, the days of the running month, and the principal that is left."""
        return self.due(on) + self._running(on) + sum(row.principal for row in self.rows if row.due > on)

    def _running(self, on: date) -> int:
        coming = [row for row in self.rows if row.due > on and row.open]
        if not coming or on <= coming[0].start:
            return 0
        row = coming[0]
        days, length = (on - row.start).days, (row.due - row.start).days
        return max(0, half_up(Fraction(row.asked * days, length)) - (row.asked - row.interest))

    def end(self, on: date) -> None:
        running = self._running(on)
        self.received += self.to_end(on)
        self.late += sum(row.late_open for row in self.rows)
        self.interest += running + sum(row.interest for row in self.rows if row.due <= on)
        self.rows = []


class Borrowing(RuleBasedStateMachine):
    """One loan that is paid on time, late, in parts, ahead, or not at all, and perhaps ended early."""

    method = ""
    seen: Counter[tuple[str, str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.lender = Lender()
        self.loan_id = self.lender.running(offer={"method": self.method}, amount_rupiah=LENT, instalments=ROWS)
        self.pencil = Pencil(self.method)

    def until(self, on: date) -> None:
        today = self.lender.today
        for day in range((on - today).days):
            self.pencil.a_day(today + timedelta(days=day + 1))
        if on > today:
            self.lender.later((on - today).days)

    def answers(self, what: str, expected: str, run: Callable[[], Any]) -> bool:
        try:
            run()
            answer = ""
        except Refusal as refusal:
            answer = refusal.reasons[0].code
        assert answer == expected, what
        self.seen[what, answer] += 1
        return not answer

    def pay(self, what: str, amount: int) -> None:
        expected = "paid_already" if not self.pencil.open else "more_than_owed" if amount > self.pencil.open else ""
        if amount and self.answers(what, expected, lambda: self.lender.pay(self.loan_id, amount)):
            self.pencil.pay(amount)

    @rule()
    def an_instalment_is_paid_on_its_day(self) -> None:
        self.next_instalment(0)

    @rule(late=st.sampled_from([2, 3, 4, 5, 17, 45]))
    def an_instalment_is_paid_late(self, late: int) -> None:
        """Within the grace, a day after it, or long after."""
        self.next_instalment(late)

    def next_instalment(self, late: int) -> None:
        coming = [row.due for row in self.pencil.rows if row.open]
        if coming:
            self.until(coming[0] + timedelta(days=late))
            self.pay("late" if late else "on time", self.pencil.due(self.lender.today))

    @rule(days=st.integers(1, 50))
    def nothing_is_paid(self, days: int) -> None:
        self.until(self.lender.today + timedelta(days=days))

    @rule(amount=st.integers(1, 250_000))
    def some_is_paid(self, amount: int) -> None:
        self.pay("some", amount)

    @rule()
    def too_much_is_brought(self) -> None:
        self.pay("too much", self.pencil.open + 1)

    @rule()
    def pay_off(self) -> None:
        """A rupiah too much is another sum; the right one ends the loan."""
        for wrong in (1, 0) if self.pencil.open else ():
            given = {"entry_id": new_id(), "amount_rupiah": self.pencil.to_end(self.lender.today) + wrong}
            if self.answers(
                "payoff", "other_sum" if wrong else "",
                lambda given=given: self.lender.on(self.lender.cashier, "pay_off_loan", self.loan_id, **given),  # type: ignore[misc]
            ):  # fmt: skip
                self.pencil.end(self.lender.today)

    @invariant()
    def the_books_hold_what_the_pencil_says(self) -> None:
        lender, pencil, books = self.lender, self.pencil, self.lender.balances()

        assert lender.held("loans", self.loan_id) == pencil.principal
        assert lender.loan(self.loan_id).status == ("active" if pencil.open else "paid")
        assert books.get("loan_interest", 0) == pencil.interest
        assert books.get("late_fees", 0) == pencil.late
        assert books["cash"] == POKOK - LENT + FEE + pencil.received


MUST_HAPPEN = {
    ("on time", ""), ("late", ""), ("some", ""), ("too much", "more_than_owed"), ("payoff", ""),
    ("payoff", "other_sum"),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["flat", "declining"])
def test_a_loan_agrees_with_the_pencil(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Borrowing, "method", method)
    Borrowing.seen.clear()

    run_state_machine_as_test(
        Borrowing,
        settings=settings(
            max_examples=12, stateful_step_count=12, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck), phases=[Phase.generate],  # making a failure shorter takes minutes
        ),
    )  # fmt: skip

    assert MUST_HAPPEN - set(Borrowing.seen) == set(), "a run in which this never happens proves little"
