"""The ledger beside a model of a few dictionaries: whatever is asked of it in whatever order, they agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from desmigratif.access.actor import person
from desmigratif.access.door import do
from desmigratif.access.scope import acting_as
from desmigratif.audit import unit
from desmigratif.cooperative.actions.ledger.posting import (
    CannotPost,
    post_entries,
    post_entry,
    post_reversal,
    post_selected,
)
from desmigratif.cooperative.models import Account, Book, Cooperative, Entry, Period
from desmigratif.cooperative.queries.ledger.books import balance_now, balance_on, chart_of, holders_now, trial_balance
from desmigratif.cooperative.queries.ledger.verify import verify_books
from desmigratif.cooperative.rules.ledger import NewEntry, credit, debit, month_end
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"
NOW = datetime(2026, 11, 23, 3, 15, tzinfo=UTC)
BY = person(new_id(), "Bendahara", ("cooperative_treasurer", KURIPAN), ("cooperative_board", KURIPAN))
DAYS = st.dates(date(2026, 9, 1), date(2026, 11, 23))
AMOUNTS = st.integers(1, 5_000)
HOLDERS = st.integers(0, 2)
MOVES = st.tuples(HOLDERS, st.integers(-3_000, 3_000).filter(bool), DAYS)


@contextmanager
def working() -> Iterator[None]:
    note = unit.Unit(actor_id=str(BY.id), actor_role=BY.role_code, home_code=BY.home_code, at=NOW, via="test")
    with acting_as(BY), unit.unit_of_work(note):
        yield


class Ledger(RuleBasedStateMachine):
    entries = Bundle("entries")

    def __init__(self) -> None:
        super().__init__()
        given = {
            "cooperative_id": new_id(), "village_code": KURIPAN, "name": "Koperasi", "kind": "cooperative",
            "opened_on": "2026-09-01",
        }  # fmt: skip
        do(BY, "cooperative.set_up_cooperative", given, now=NOW, act_id=new_id())
        self.cooperative = Cooperative.objects.in_village(KURIPAN).get(id=given["cooperative_id"])
        self.chart = chart_of(self.cooperative)
        self.savings = Account.objects.of(self.cooperative).get(use="savings_voluntary")
        self.cash = Account.objects.of(self.cooperative).get(use="cash")
        self.holders = [new_id() for _ in range(3)]
        self.held: Counter[UUID] = Counter()
        self.cash_by_day: Counter[date] = Counter()
        self.closed = date(2026, 8, 31)
        self.seals = 0
        self.undone: set[UUID] = set()

    def moving(self, holder: UUID, amount: int, on: date) -> NewEntry:
        """Into the savings of a holder, or out of them below zero."""
        legs = [
            debit(self.chart["cash"], amount) if amount > 0 else credit(self.chart["cash"], -amount),
            credit(self.savings.id, amount, holder) if amount > 0 else debit(self.savings.id, -amount, holder),
        ]
        return NewEntry(new_id(), on, "savings.moved", legs, "Uji")

    def expected(self, moves: list[tuple[UUID, int, date]]) -> str:
        """What the books should say: the word of a refusal, or "" for done. Takes over what is done."""
        if any(on <= self.closed for _, _, on in moves):
            return "closed_month"
        after = self.held.copy()
        for holder, amount, _ in moves:
            after[holder] += amount
        cash = sum(self.cash_by_day.values()) + sum(amount for _, amount, _ in moves)
        if any(amount < 0 and min(after[holder], cash) < 0 for holder, amount, _ in moves):
            return "overdrawn"
        self.held = after
        for _, amount, on in moves:
            self.cash_by_day[on] += amount
        self.seals += 1
        return ""

    def answer(self, run: Any) -> str:
        try:
            with working():
                run()
        except CannotPost as refused:
            return refused.reasons[0].code
        return ""

    @rule(target=entries, who=HOLDERS, amount=AMOUNTS, on=DAYS)
    def pay_in(self, who: int, amount: int, on: date) -> Any:
        return self.move(who, amount, on)

    @rule(target=entries, who=HOLDERS, amount=AMOUNTS, on=DAYS)
    def take_out(self, who: int, amount: int, on: date) -> Any:
        return self.move(who, -amount, on)

    def move(self, who: int, amount: int, on: date) -> Any:
        entry = self.moving(self.holders[who], amount, on)
        expected = self.expected([(self.holders[who], amount, on)])

        assert self.answer(lambda: post_entry(self.cooperative, entry)) == expected
        return multiple() if expected else entry

    @rule(
        target=entries,
        moves=st.lists(st.tuples(HOLDERS, st.integers(-3_000, 3_000).filter(bool), DAYS), min_size=1, max_size=6),
    )
    def post_many(self, moves: list[tuple[int, int, date]]) -> Any:
        named = [(self.holders[who], amount, on) for who, amount, on in moves]
        entries = [self.moving(*move) for move in named]
        expected = self.expected(named)

        assert self.answer(lambda: post_entries(self.cooperative, entries)) == expected
        return multiple() if expected else multiple(*entries)

    @rule(entry=entries, memo=st.sampled_from(["Uji", "Lain"]))
    def send_again(self, entry: NewEntry, memo: str) -> None:
        again = NewEntry(entry.id, entry.on, entry.kind, entry.legs, memo)

        assert self.answer(lambda: post_entry(self.cooperative, again)) == ("" if memo == "Uji" else "entry_exists")

    @rule(entry=consumes(entries), on=DAYS, twice=st.booleans())
    def undo(self, entry: NewEntry, on: date, twice: bool) -> None:
        standing = Entry.objects.of(self.cooperative).get(id=entry.id)
        leg = entry.legs[1]
        assert leg.holder_id is not None
        expected = self.expected([(leg.holder_id, leg.amount_rupiah, on)])

        def run() -> None:
            post_reversal(self.cooperative, standing, entry_id=new_id(), on=on, reason="uji")

        assert self.answer(run) == expected
        if twice and not expected:
            assert self.answer(run) in ("reversed_already", "overdrawn")

    @rule()
    def month_end_interest(self) -> None:
        on = date(2026, 11, 23)
        select = (
            "SELECT account_id, holder_id, balance_rupiah / 10 FROM cooperative_holding"
            " WHERE account_id = %s AND balance_rupiah / 10 <> 0"
        )
        entry = NewEntry(new_id(), on, "savings.interest", ())
        gains = {who: self.held[who] // 10 for who in self.holders if self.held[who] // 10}
        self.held.update(gains)
        self.seals += bool(gains)

        answer = self.answer(
            lambda: post_selected(
                self.cooperative, entry, select, [self.savings.id.hex], against=self.chart["savings_interest"]
            )
        )

        assert answer == ("" if gains else "nothing_to_post")

    @rule()
    def close_a_month(self) -> None:
        last_on = month_end(date(self.closed.year, self.closed.month + 1, 1))
        if last_on >= date(2026, 11, 1):
            return
        given = {"period_id": new_id(), "cooperative_id": self.cooperative.id, "last_on": last_on}
        do(BY, "cooperative.close_period", given, now=NOW, act_id=new_id())
        self.closed = last_on
        assert Period.objects.of(self.cooperative).filter(last_on=last_on).exists()

    @invariant()
    def both_agree(self) -> None:
        assert holders_now(self.savings) == {who: n for who, n in self.held.items() if n}
        assert balance_now(self.cash) == sum(self.cash_by_day.values())
        assert Book.objects.get(cooperative=self.cooperative).last_number == self.seals

    @rule(on=DAYS)
    def look_back(self, on: date) -> None:
        until = sum(amount for day, amount in self.cash_by_day.items() if day <= on)
        lines = trial_balance(self.cooperative, on)

        assert balance_on(self.cash, on) == until
        assert sum(line.debit_rupiah - line.credit_rupiah for line in lines) == 0
        assert sum(line.balance_rupiah for line in lines if line.code == self.cash.code) == until

    def teardown(self) -> None:
        assert verify_books(self.cooperative.id).broken == ()


@pytest.mark.django_db
def test_the_ledger_agrees_with_its_model() -> None:
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=25, stateful_step_count=30, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
