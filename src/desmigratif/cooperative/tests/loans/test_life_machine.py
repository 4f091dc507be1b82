"""One loan, whatever happens in whatever order."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from desmigratif.access.actor import Actor
from desmigratif.cooperative.models import LoanEvent, TillDay
from desmigratif.cooperative.queries.loans.standing import payoff_of, state_of
from desmigratif.cooperative.queries.till import expected_in
from desmigratif.cooperative.tests.lender import Lender
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal


class LoanLife(RuleBasedStateMachine):
    """One loan; the books always hold what a replay of its events says.

    Most lives begin with a payment after a month's end, where interest that was counted meets interest that is paid:
    what is left to chance comes there in one life of six.
    """

    def __init__(self) -> None:
        super().__init__()
        self.month_has_ended = self.paid_after_month_end = False
        self.lender = Lender()
        self.loan_id = self.lender.running(
            offer={"method": "declining", "surplus": "shorter", "basis": "accrual"},
            amount_rupiah=600_000,
            instalments=6,
        )

    @initialize(seasoned=st.sampled_from([True, True, False]), into=st.integers(0, 9), then=st.integers(1, 250_000))
    def begin(self, seasoned: bool, into: int, then: int) -> None:
        LIVES["begun"] += 1
        if seasoned:
            self.the_month_ends_and_somebody_pays(into, then)

    def teardown(self) -> None:
        LIVES["paid after a month's end"] += self.paid_after_month_end

    def attempt(self, by: Actor, action: str, **given: Any) -> bool:
        """Done or refused: both must leave the books right."""
        try:
            self.lender.on(by, action, self.loan_id, entry_id=new_id(), **given)
        except Refusal as refusal:
            assert refusal.reasons[0].code in REFUSED
            return False
        return True

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.lender.later(days)

    @rule(amount=st.integers(1, 250_000), back=st.integers(0, 30))
    def pay(self, amount: int, back: int) -> None:
        on = self.lender.today - timedelta(days=back)
        done = self.attempt(self.lender.cashier, "take_instalment", amount_rupiah=amount, on=on)
        self.paid_after_month_end |= done and self.month_has_ended

    @rule(amount=st.integers(1, 250_000), effect=st.sampled_from(["shorter", "lower"]))
    def prepay(self, amount: int, effect: str) -> None:
        self.attempt(self.lender.cashier, "prepay_loan", amount_rupiah=amount, effect=effect)

    @rule()
    def pay_off(self) -> None:
        owed = payoff_of(self.lender.loan(self.loan_id), self.lender.today).total
        self.attempt(self.lender.cashier, "pay_off_loan", amount_rupiah=max(owed, 1))

    @rule(into=st.integers(0, 9), then=st.integers(1, 250_000))
    def the_month_ends_and_somebody_pays(self, into: int, then: int) -> None:
        first_of_next = (self.lender.today.replace(day=1) + timedelta(days=32)).replace(day=1)
        self.lender.later((first_of_next - self.lender.today).days + into)
        self.last_month_is_provided_for()
        self.pay(then, back=0)

    @rule()
    def last_month_is_provided_for(self) -> None:
        self.month_has_ended = True
        month = self.lender.today.replace(day=1) - timedelta(days=1)
        try:
            self.lender.do(self.lender.treasurer, "post_provisions", entry_id=new_id(), month=month)
        except Refusal as refusal:
            assert refusal.reasons[0].code == "provided_already"

    @rule(instalments=st.integers(1, 12), capitalise=st.booleans(), free=st.integers(0, 3))
    def reschedule(self, instalments: int, capitalise: bool, free: int) -> None:
        try:
            self.lender.new_table(self.loan_id, instalments=instalments, capitalise=capitalise, interest_free=free)
        except Refusal as refusal:
            assert refusal.reasons[0].code in REFUSED

    @rule(ground=st.sampled_from(["death", "arrears"]))
    def write_off(self, ground: str) -> None:
        id = new_id()
        try:
            self.lender.on(
                self.lender.treasurer, "propose_write_off", self.loan_id, write_off_id=id, ground=ground,
                reason="Tidak ditemukan",
            )  # fmt: skip
        except Refusal as refusal:
            assert refusal.reasons[0].code in REFUSED
            return
        agreed = {"entry_id": new_id(), "write_off_id": id, "on": self.lender.today, "answer": "yes"}
        self.lender.do(self.lender.board, "decide_write_off", **agreed, decision="Rapat")

    @rule(which=st.integers(0, 20))
    def reverse(self, which: int) -> None:
        events = list(LoanEvent.objects.of(self.lender.cooperative).order_by("id"))
        if events:
            event = events[which % len(events)]
            self.attempt(self.lender.treasurer, "reverse_loan_event", event_id=event.id, reason="Salah catat")

    @invariant()
    def the_books_hold_what_the_events_say(self) -> None:
        lender, loan = self.lender, self.lender.loan(self.loan_id)
        state = state_of(loan, lender.today)
        events = LoanEvent.objects.of(lender.cooperative)
        books = lender.balances()

        assert lender.held("loans", loan.id) == state.principal_outstanding
        assert lender.held("deposits_held", loan.id) == state.credit
        assert loan.status == state.status
        earned_unpaid = lender.held("interest_receivable", loan.id)
        assert earned_unpaid >= 0 and (state.status == "active" or earned_unpaid == 0)
        if not state.written_off.total:
            paid = sum(one.amount for one in state.allocations if one.component == "interest")
            assert books.get("loan_interest", 0) == paid + state.capitalised + earned_unpaid
        moved = sum(event.amount_rupiah for event in events)
        assert books["cash"] == 10_000_000 - 594_000 + moved
        till = TillDay.objects.of(lender.cooperative).open_of(lender.cashier.id).get()
        assert expected_in(till) == books["cash"]


LIVES: Counter[str] = Counter()
REFUSED = {
    "more_than_owed", "paid_already", "closed_month", "written_off", "other_sum", "not_running", "not_here",
    "reversed_already", "till_closed", "too_small", "overdrawn", "not_paid_off", "too_large", "not_lost_yet",
}  # fmt: skip


@pytest.mark.django_db
def test_a_loan_agrees_with_its_replay_whatever_happens() -> None:
    run_state_machine_as_test(
        LoanLife,
        settings=settings(
            max_examples=12, stateful_step_count=18, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip

    assert LIVES["paid after a month's end"] * 2 >= LIVES["begun"], LIVES
