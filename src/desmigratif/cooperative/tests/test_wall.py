"""Many cooperatives on one installation: what belongs to one is not there for another, not even in one village."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from desmigratif.access.actor import Actor
from desmigratif.cooperative.models import Cooperative, Member, MoneySlip, SavingsAccount
from desmigratif.cooperative.queries.ledger.books import trial_balance
from desmigratif.cooperative.queries.overview import cooperatives_of, overview_of
from desmigratif.cooperative.tests.conftest import KENANGA, somebody
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

Acting = Callable[..., dict[str, Any]]
SINCE, TODAY = date(2026, 9, 1), date(2026, 11, 23)
NIK = "3307104107850001"


class Body:
    """One cooperative with one member, savings and an open till; the same people may work in several."""

    def __init__(self, act: Acting, cooperative: Cooperative, board: Actor, cashier: Actor) -> None:
        self.act, self.cooperative, self.board, self.cashier = act, cooperative, board, cashier
        self.member, self.product, self.account, self.slip = new_id(), new_id(), new_id(), new_id()
        decided = {"since": SINCE, "decision": "Rapat"}
        self.do(
            board, "set_membership_terms", terms_id=new_id(), principal_rupiah=100_000, compulsory_rupiah=20_000,
            **decided,
        )  # fmt: skip
        self.do(board, "set_money_limit", limit_id=new_id(), second_person_above_rupiah=1_000_000, **decided)
        self.do(
            board, "add_savings_product", product_id=self.product, name="Sukarela", kind="voluntary", since=SINCE,
            annual_percent="4",
        )  # fmt: skip
        self.do(cashier, "open_till", till_id=new_id(), on=TODAY, opening_rupiah=0)
        self.do(
            board, "apply_for_membership", member_id=self.member, on=TODAY, name="Siti Aminah", nik=NIK,
            birth_date=date(1985, 7, 1), address="Krajan", in_area=True, is_citizen=True,
        )  # fmt: skip
        paid = {"member_id": self.member, "on": TODAY}
        self.do(cashier, "pay_capital", entry_id=new_id(), kind="entry", amount_rupiah=100_000, **paid)
        self.do(board, "admit_member", **paid)
        self.do(cashier, "open_savings_account", account_id=self.account, product_id=self.product, **paid)
        self.do(
            cashier, "deposit", entry_id=self.slip, account_id=self.account, amount_rupiah=500_000, on=TODAY
        )  # fmt: skip

    def do(self, by: Actor, verb: str, **given: Any) -> dict[str, Any]:
        return self.act(by, f"cooperative.{verb}", cooperative_id=self.cooperative.id, **given)


@pytest.fixture
def two(db: None, act: Acting, set_up: Callable[..., Cooperative], board: Actor, treasurer: Actor) -> tuple[Body, Body]:
    """Two cooperatives of one village, with the same board and the same cashier; one person is a member of both."""
    return Body(act, set_up(), board, treasurer), Body(act, set_up(), board, treasurer)


CROSSINGS: list[tuple[str, str, dict[str, Any]]] = [
    ("board", "admit_member", {"member_id": "member"}),
    ("board", "connect_person", {"member_id": "member", "connection_id": None, "kind": "heir", "name": "Ani",
                                 "relation": "anak"}),
    ("board", "leave_cooperative", {"member_id": "member", "reason": "moved"}),
    ("cashier", "pay_capital", {"member_id": "member", "entry_id": None, "kind": "compulsory", "amount_rupiah": 1}),
    ("cashier", "deposit", {"account_id": "account", "entry_id": None, "amount_rupiah": 1}),
    ("cashier", "withdraw", {"account_id": "account", "entry_id": None, "amount_rupiah": 1}),
    ("cashier", "open_savings_account", {"member_id": "member", "product_id": "product", "account_id": None}),
    ("cashier", "pay_out_owed", {"member_id": "member", "entry_id": None, "use": "leavers_payable",
                                 "amount_rupiah": 1}),
    ("board", "approve_payout", {"member_id": "member", "holder_id": "account", "approval_id": None,
                                 "amount_rupiah": 1}),
    ("board", "reverse_slip", {"slip_id": "slip", "entry_id": None, "reason": "Salah jumlah"}),
]  # fmt: skip


@pytest.mark.parametrize(("who", "verb", "given"), CROSSINGS, ids=[verb for _who, verb, _given in CROSSINGS])
def test_nothing_of_one_cooperative_is_reached_through_another(
    two: tuple[Body, Body], who: str, verb: str, given: dict[str, Any]
) -> None:
    here, there = two
    before = trial_balance(there.cooperative, TODAY)
    crossed = {
        name: new_id() if value is None else getattr(there, value) if name.endswith("_id") else value
        for name, value in given.items()
    }

    with pytest.raises(Refusal) as refusal:
        here.do(getattr(here, who), verb, on=TODAY, **crossed)

    assert refusal.value.reasons[0].code == "not_found"
    assert trial_balance(there.cooperative, TODAY) == before


def test_one_person_may_belong_to_both_and_each_book_counts_its_own(two: tuple[Body, Body]) -> None:
    for body in two:
        assert Member.objects.of(body.cooperative).get().number == 1
        assert SavingsAccount.objects.of(body.cooperative).count() == 1
        assert MoneySlip.objects.of(body.cooperative).count() == 2
        seen = overview_of(body.cooperative, TODAY)
        assert (seen.cash_rupiah, seen.savings_rupiah, seen.members) == (600_000, 600_000, 1)


def test_who_works_in_another_village_sees_none_of_them(
    two: tuple[Body, Body], board: Actor, set_up: Callable[..., Cooperative]
) -> None:
    elsewhere = set_up(KENANGA)

    ids: list[UUID] = [one.id for one in cooperatives_of(somebody("cooperative_board", KENANGA))]

    assert ids == [elsewhere.id]
    assert {one.id for one in cooperatives_of(board)} == {body.cooperative.id for body in two}
