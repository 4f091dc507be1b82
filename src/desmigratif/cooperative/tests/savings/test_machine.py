"""Savings beside a model of a few lists: whatever members do on whatever days, the books and the model agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from desmigratif.cooperative.models import MoneySlip, TillDay
from desmigratif.cooperative.queries.ledger.verify import verify_books
from desmigratif.cooperative.queries.till import expected_in
from desmigratif.cooperative.tests.lender import SINCE, Lender
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

MINIMUM, PERCENT, POKOK, FIRST = 10_000, Decimal(6), 10_000_000, 300_000
FREE, GOAL = 0, 1  # simpanan sukarela, and savings for a purpose
WHICH = st.sampled_from([FREE, GOAL])


@dataclass
class Slip:
    """What the model remembers of a movement at the till."""

    id: UUID
    which: int
    amount: int
    on: date
    is_gone: bool = False


class Saving(RuleBasedStateMachine):
    """Each rule brings about what it is for: Hypothesis leaves rules out of a run, so none waits for another."""

    seen: Counter[tuple[str, str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        lender = self.lender = Lender()
        self.member, self.accounts = lender.member(), (new_id(), new_id())
        self.target_on = lender.today + timedelta(days=40)
        wishes: dict[str, Any] = {"purpose": "Sekolah", "target_rupiah": 1_000_000, "target_on": self.target_on}
        for account, kind, minimum, more in zip(
            self.accounts, ("voluntary", "purpose"), (MINIMUM, 0), ({}, wishes), strict=True
        ):
            product = new_id()
            lender.do(
                lender.board, "add_savings_product", product_id=product, name=f"Simpanan {kind}", kind=kind,
                since=SINCE, annual_percent=PERCENT, minimum_balance_rupiah=minimum,
            )  # fmt: skip
            lender.do(
                lender.cashier, "open_savings_account", account_id=account, member_id=self.member, product_id=product,
                on=lender.today, **more,
            )  # fmt: skip
        self.moves: tuple[list[tuple[date, int]], ...] = ([], [])
        self.slips: list[Slip] = []
        self.paid: set[date] = set()
        for which in (FREE, GOAL):
            self.deposit(which, FIRST)

    # --- the model ---

    def balance(self, which: int, on: date | None = None) -> int:
        return sum(amount for day, amount in self.moves[which] if on is None or day <= on)

    def free(self, which: int) -> int:
        return max(0, self.balance(which) - (MINIMUM if which == FREE else 0))

    def interest(self, which: int, last_on: date) -> int:
        """Every day of the month by itself, as one would with a pencil."""
        least, total = (MINIMUM, 1)[which], 0
        for day in range(1, last_on.day + 1):
            balance = self.balance(which, last_on.replace(day=day))
            total += balance if balance >= least else 0
        return int((total * PERCENT / 100 / 365).quantize(Decimal(1), ROUND_HALF_UP))

    def answers(self, what: str, expected: str, run: Callable[[], Any]) -> bool:
        """Whether it was done; refused it must be for the expected reason, and only then."""
        try:
            run()
            answer = ""
        except Refusal as refusal:
            answer = refusal.reasons[0].code
        assert answer == expected, what
        self.seen[what, answer] += 1
        return not answer

    def moved(self, verb: str, which: int, amount: int, expected: str) -> None:
        slip = Slip(new_id(), which, amount, self.lender.today)
        given = {"entry_id": slip.id, "account_id": self.accounts[which], "amount_rupiah": abs(amount)}
        if self.answers(
            verb, expected, lambda: self.lender.do(self.lender.cashier, verb, on=self.lender.today, **given)
        ):
            self.moves[which].append((slip.on, amount))
            self.slips.append(slip)

    # --- what people do ---

    @rule(which=WHICH, amount=st.integers(1, 400_000))
    def deposit(self, which: int, amount: int) -> None:
        self.moved("deposit", which, amount, "")

    @rule(which=WHICH, part=st.integers(1, 4))
    def withdraw(self, which: int, part: int) -> None:
        """All that is free, or a part of it."""
        amount = self.free(which) // part
        if amount:
            self.moved("withdraw", which, -amount, self.locked(which))

    @rule(which=WHICH, more=st.sampled_from([1, MINIMUM, 5_000_000]))
    def withdraw_too_much(self, which: int, more: int) -> None:
        """One rupiah more than is free, the minimum balance itself, or far too much."""
        self.moved("withdraw", which, -(self.free(which) + more), self.locked(which) or "above_balance")

    def locked(self, which: int) -> str:
        return "locked" if which == GOAL and self.lender.today < self.target_on else ""

    @rule(back=st.integers(0, 3))
    def take_back(self, back: int) -> None:
        """One of the last slips."""
        slip, today = self.slips[-1 - back % len(self.slips)], self.lender.today
        expected = "reversed_already" if slip.is_gone else "till_closed" if slip.on != today else ""
        if not expected and self.balance(slip.which) - slip.amount < 0:
            expected = "overdrawn"
        given = {"slip_id": slip.id, "entry_id": new_id(), "on": today, "reason": "Salah jumlah"}
        if self.answers(
            "take_back", expected, lambda: self.lender.do(self.lender.treasurer, "reverse_slip", **given)
        ):  # fmt: skip
            slip.is_gone = True
            self.moves[slip.which].append((today, -slip.amount))

    @rule(days=st.integers(1, 25))
    def time_passes(self, days: int) -> None:
        self.lender.later(days)

    @rule(days=st.integers(0, 10))
    def a_month_ends(self, days: int) -> None:
        """Some days into the next month its predecessor's interest is paid."""
        first = (self.lender.today.replace(day=1) + timedelta(days=32)).replace(day=1)
        self.lender.later((first - self.lender.today).days + days)
        self.pay_interest()

    @rule()
    def pay_interest(self) -> None:
        last_on = self.lender.today.replace(day=1) - timedelta(days=1)
        earned = [self.interest(which, last_on) for which in (FREE, GOAL)]
        expected = "paid_already" if last_on in self.paid else "" if any(earned) else "nothing_earned"
        if self.answers(
            "interest", expected,
            lambda: self.lender.do(self.lender.treasurer, "pay_savings_interest", last_on=last_on),
        ):  # fmt: skip
            self.paid.add(last_on)
            for which, rupiah in enumerate(earned):
                self.moves[which].append((last_on, rupiah))

    # --- what always holds ---

    @invariant()
    def both_agree(self) -> None:
        lender = self.lender
        uses = ("savings_voluntary", "savings_purpose")
        held = [lender.held(use, id) for use, id in zip(uses, self.accounts, strict=True)]
        assert [abs(one) for one in held] == [self.balance(which) for which in (FREE, GOAL)]
        at_till = POKOK + sum(slip.amount for slip in self.slips if not slip.is_gone)
        till = TillDay.objects.of(lender.cooperative).open_of(lender.cashier.id).get()
        assert expected_in(till) == lender.balances()["cash"] == at_till
        for which, id in enumerate(self.accounts):
            lines = MoneySlip.objects.of(lender.cooperative).filter(holder_id=id)
            assert sum(line.amount_rupiah for line in lines) == self.balance(which)

    def teardown(self) -> None:
        assert verify_books(self.lender.id).broken == ()


MUST_HAPPEN = {
    ("deposit", ""), ("withdraw", ""), ("withdraw", "above_balance"), ("withdraw", "locked"), ("take_back", ""),
    ("take_back", "reversed_already"), ("take_back", "till_closed"), ("interest", ""), ("interest", "paid_already"),
}  # fmt: skip


@pytest.mark.django_db
def test_savings_agree_with_their_model() -> None:
    Saving.seen.clear()

    run_state_machine_as_test(
        Saving,
        settings=settings(
            max_examples=12, stateful_step_count=20, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck), phases=[Phase.generate],  # making a failure shorter takes minutes
        ),
    )  # fmt: skip

    assert MUST_HAPPEN - set(Saving.seen) == set(), "a run in which this never happens proves little"
