"""Businesses through the door: savers' capital and its result, capital for a group, goods bought and sold together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.cooperative.models import (
    Account,
    Business,
    BusinessMove,
    BusinessResult,
    Cooperative,
    Entry,
    GroupPurchase,
    PurchaseOrder,
    TillDay,
)
from desmigratif.cooperative.queries.business import capital_in, held_by, owed_by_group, stakes_of
from desmigratif.cooperative.queries.goods import standing_order, standing_purchase
from desmigratif.cooperative.queries.ledger import balance_now, trial_balance
from desmigratif.cooperative.queries.ledger_verify import verify_books
from desmigratif.cooperative.queries.till import expected_in
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

KURIPAN, KENANGA = "33.07.10.2004", "32.12.16.2004"
SINCE, TODAY = date(2026, 9, 1), date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 3, 15, tzinfo=UTC)
NIKS = ("3307104107850001", "3307100302880417")


class Market:
    """A cooperative with two members, ten million in the till and five in the bank, and who works in it."""

    def __init__(self) -> None:
        self.board, self.treasurer = self._somebody("board"), self._somebody("treasurer")
        self.cashier, self.supervisor = self._somebody("cashier"), self._somebody("supervisor")
        self.id = new_id()
        self.do(
            self.board, "set_up_cooperative", village_code=KURIPAN, name="Koperasi", kind="cooperative",
            opened_on=SINCE,
        )  # fmt: skip
        self.do(
            self.board, "set_membership_terms", terms_id=new_id(), since=SINCE, principal_rupiah=5_000_000,
            compulsory_rupiah=0, decision="Rapat",
        )  # fmt: skip
        self.do(
            self.board, "set_money_limit", limit_id=new_id(), since=SINCE, second_person_above_rupiah=2_000_000,
            decision="Rapat",
        )  # fmt: skip
        self.cooperative = Cooperative.objects.in_village(KURIPAN).get(id=self.id)
        self.do(self.cashier, "open_till", till_id=new_id(), on=TODAY, opening_rupiah=0)
        self.siti, self.budi = (self.member(name, nik) for name, nik in zip(("Siti", "Budi"), NIKS, strict=True))
        account = Account.objects.of(self.cooperative).get
        self.do(
            self.treasurer, "post_manual_entry", entry_id=new_id(), on=TODAY, memo="Hibah lewat bank",
            legs=[
                {"account_id": account(use="bank").id, "debit_rupiah": 5_000_000},
                {"account_id": account(use="grants").id, "credit_rupiah": 5_000_000},
            ],
        )  # fmt: skip

    def _somebody(self, role: str, village: str = KURIPAN) -> Actor:
        return person(new_id(), "Orang Koperasi", (f"cooperative_{role}", village))

    def do(self, by: Actor, action: str, **given: Any) -> dict[str, Any]:
        return do(by, f"cooperative.{action}", {"cooperative_id": self.id, **given}, now=NOW, act_id=new_id())

    def refused(self, by: Actor, action: str, **given: Any) -> str:
        with pytest.raises(Refusal) as refusal:
            self.do(by, action, **given)
        return refusal.value.reasons[0].code

    def member(self, name: str, nik: str) -> UUID:
        id = new_id()
        self.do(
            self.board, "apply_for_membership", member_id=id, on=TODAY, name=f"{name} Aminah", nik=nik,
            birth_date=date(1985, 7, 1), address="Krajan", in_area=True, is_citizen=True,
        )  # fmt: skip
        self.do(
            self.cashier, "pay_capital", entry_id=new_id(), member_id=id, kind="entry", amount_rupiah=5_000_000,
            on=TODAY,
        )  # fmt: skip
        self.do(self.board, "admit_member", member_id=id, on=TODAY)
        return id

    def money(self, action: str, *, by: Actor | None = None, **given: Any) -> dict[str, Any]:
        usual = {"entry_id": new_id(), "on": TODAY, "way": "cash"}
        return self.do(by or self.cashier, action, **{**usual, **given})

    def money_refused(self, action: str, **given: Any) -> str:
        return self.refused(self.cashier, action, **{"entry_id": new_id(), "on": TODAY, "way": "cash", **given})

    def approved(self, subject_id: UUID, amount: int) -> UUID:
        id = new_id()
        self.do(
            self.treasurer, "approve_business_payout", approval_id=id, subject_id=subject_id, on=TODAY,
            amount_rupiah=amount,
        )  # fmt: skip
        return id

    def business(self, **given: Any) -> UUID:
        id = new_id()
        self.do(self.board, "open_business", business_id=id, name=f"Toko {id}", on=SINCE, **given)
        return id

    def group(self) -> UUID:
        id = new_id()
        self.do(
            self.treasurer,
            "form_group",
            group_id=id,
            name=f"Kelompok {id}",
            on=SINCE,
            member_ids=[self.siti, self.budi],
        )
        return id

    def groups_business(self, percent: int = 40) -> UUID:
        return self.business(group_id=self.group(), share_percent=Decimal(percent))

    def agreement(self, business_id: UUID, *stakes: tuple[UUID | str, int], percent: int = 40) -> list[UUID]:
        """Stakes of members (by id) or outsiders (by name); nothing paid in yet."""
        ids = [new_id() for _ in stakes]
        rows = [
            {
                "stake_id": id, "amount_rupiah": amount,
                **({"member_id": who} if isinstance(who, UUID) else {"outsider": who}),
            }
            for id, (who, amount) in zip(ids, stakes, strict=True)
        ]  # fmt: skip
        self.do(
            self.board, "agree_on_capital", agreement_id=new_id(), business_id=business_id, number=f"MP-{ids[0]}",
            on=TODAY, share_percent=Decimal(percent), stakes=rows,
        )  # fmt: skip
        return ids

    def paid_in(self, business_id: UUID, *stakes: tuple[UUID | str, int], percent: int = 40) -> list[UUID]:
        ids = self.agreement(business_id, *stakes, percent=percent)
        for id, (_who, amount) in zip(ids, stakes, strict=True):
            self.money("pay_in_stake", stake_id=id, amount_rupiah=amount)
        return ids

    def result(self, business_id: UUID, amount: int, **given: Any) -> UUID:
        id = new_id()
        usual = {"first_on": date(2026, 10, 1), "last_on": date(2026, 10, 31), "on": TODAY, "memo": "Hasil Oktober"}
        self.do(
            self.treasurer, "record_business_result", entry_id=id, business_id=business_id, result_rupiah=amount,
            **{**usual, **given},
        )  # fmt: skip
        return id

    def purchase(self, price: int = 110_000) -> UUID:
        id = new_id()
        self.do(
            self.treasurer, "open_purchase", purchase_id=id, goods="Pupuk urea", unit="karung", supplier="CV Tani",
            price_rupiah=price, on=TODAY, order_until=TODAY,
        )  # fmt: skip
        return id

    def order(self, purchase_id: UUID, member_id: UUID, quantity: int) -> UUID:
        id = new_id()
        self.do(
            self.cashier, "order_goods", order_id=id, purchase_id=purchase_id, member_id=member_id, on=TODAY,
            quantity=quantity,
        )  # fmt: skip
        found = PurchaseOrder.objects.of(self.cooperative).get(purchase_id=purchase_id, member_id=member_id).id
        assert isinstance(found, UUID)
        return found

    def hand_out(self, order_id: UUID, quantity: int) -> UUID:
        id = new_id()
        self.do(self.cashier, "hand_out_goods", entry_id=id, order_id=order_id, on=TODAY, quantity=quantity)
        return id

    def consigned(self, quantity: int = 20, **given: Any) -> UUID:
        id = new_id()
        usual = {"goods": "Keripik pisang", "unit": "bungkus", "price_rupiah": 12_500, "commission_percent": 10}
        self.do(
            self.cashier, "receive_goods", consignment_id=id, member_id=self.siti, on=TODAY, quantity=quantity,
            **{**usual, **given},
        )  # fmt: skip
        return id

    def balance(self, use: str, holder: UUID | None = None) -> int:
        if holder is not None:
            return held_by(self.cooperative, use, [holder]).get(holder, 0)
        return balance_now(Account.objects.of(self.cooperative).get(use=use))

    @property
    def till(self) -> int:
        return expected_in(TillDay.objects.of(self.cooperative).open_of(self.cashier.id).get())


@pytest.fixture
def market(db: None) -> Iterator[Market]:
    """Whatever a test did, the books balance, verify, and agree with the till to the rupiah."""
    found = Market()
    yield found
    lines = trial_balance(found.cooperative, TODAY)
    assert sum(line.debit_rupiah - line.credit_rupiah for line in lines) == 0
    assert verify_books(found.id).broken == ()
    assert found.balance("cash") == found.till


# --- modal penyertaan and group investments ---


def test_savers_put_capital_in_and_each_gets_their_part_of_the_result(market: Market) -> None:
    toko = market.business()
    siti, luar = market.paid_in(toko, (market.siti, 1_500_000), ("Haji Karim", 500_000))
    market.result(toko, 1_000_000)

    assert market.balance("participation_capital", siti) == 1_500_000
    standing = stakes_of(Business.objects.of(market.cooperative).get(id=toko))
    waiting = [(one.name, one.waiting_rupiah) for one in standing]
    assert waiting == [("Siti Aminah", 300_000), ("Haji Karim", 100_000)]
    assert market.balance("participation_result") == 400_000
    market.money("pay_stake_result", stake_id=luar, amount_rupiah=100_000)
    assert market.balance("deposits_held", luar) == 0


def test_a_saver_bears_the_loss_and_gets_back_what_is_left(market: Market) -> None:
    toko = market.business()
    (siti,) = market.paid_in(toko, (market.siti, 1_000_000), percent=50)
    market.result(toko, -600_000)

    assert market.balance("participation_capital", siti) == 700_000
    assert market.money_refused("return_stake", stake_id=siti, amount_rupiah=700_001) == "too_much"
    market.money("return_stake", stake_id=siti, amount_rupiah=700_000)
    assert market.balance("participation_capital", siti) == 0


def test_no_more_capital_is_taken_than_was_promised(market: Market) -> None:
    (siti,) = market.agreement(market.business(), (market.siti, 1_000_000))
    market.money("pay_in_stake", stake_id=siti, amount_rupiah=600_000)

    assert market.money_refused("pay_in_stake", stake_id=siti, amount_rupiah=400_001) == "too_much"


def test_capital_through_the_bank_leaves_the_till_alone(market: Market) -> None:
    before = market.till
    (siti,) = market.agreement(market.business(), (market.siti, 1_000_000))
    market.money("pay_in_stake", stake_id=siti, amount_rupiah=1_000_000, way="bank")

    assert (market.till, market.balance("bank")) == (before, 6_000_000)


def test_the_parts_of_one_business_are_promised_once(market: Market) -> None:
    toko = market.business()
    market.agreement(toko, (market.siti, 1_000), percent=70)
    again = {
        "agreement_id": new_id(), "business_id": toko, "number": "MP-2", "on": TODAY, "share_percent": Decimal(31),
        "stakes": [{"stake_id": new_id(), "amount_rupiah": 1, "member_id": market.budi}],
    }  # fmt: skip

    assert market.refused(market.board, "agree_on_capital", **again) == "promised_already"


def test_a_stake_belongs_to_a_member_or_an_outsider_never_both(market: Market) -> None:
    given = {"agreement_id": new_id(), "business_id": market.business(), "number": "MP", "on": TODAY}
    for who in ({}, {"member_id": market.siti, "outsider": "Karim"}):
        stakes = [{"stake_id": new_id(), "amount_rupiah": 5, **who}]
        code = market.refused(market.board, "agree_on_capital", **given, share_percent=Decimal(5), stakes=stakes)
        assert code == "member_or_outsider"


def test_a_large_sum_to_a_saver_wants_a_second_person(market: Market) -> None:
    (siti,) = market.paid_in(market.business(), (market.siti, 3_000_000))
    asked = {"stake_id": siti, "amount_rupiah": 3_000_000}

    assert market.money_refused("return_stake", **asked) == "second_person"
    agreed = market.approved(siti, 3_000_000)
    market.money("return_stake", **asked, approval_id=agreed)
    assert market.money_refused("return_stake", **asked, approval_id=agreed) == "too_much"
    assert market.money_refused("pay_in_stake", stake_id=siti, amount_rupiah=1) == "too_much"


def test_one_approval_pays_once(market: Market) -> None:
    toko = market.groups_business()
    agreed = market.approved(toko, 500_000)
    market.money("hand_out_capital", business_id=toko, amount_rupiah=500_000, approval_id=agreed)

    assert market.money_refused("hand_out_capital", business_id=toko, amount_rupiah=500_000, approval_id=agreed) == (
        "not_found"
    )


def test_the_days_of_a_result_are_counted_once(market: Market) -> None:
    toko = market.business()
    market.result(toko, 100)
    given = {"business_id": toko, "entry_id": new_id(), "on": TODAY, "memo": "Lagi", "result_rupiah": 5}
    for first, last, code in (
        (date(2026, 10, 31), date(2026, 11, 5), "counted_already"),
        (date(2026, 11, 30), date(2026, 11, 1), "days"),
        (date(2026, 11, 1), date(2026, 11, 24), "days"),
        (date(2026, 8, 1), date(2026, 9, 5), "before_business"),
    ):
        days = {"first_on": first, "last_on": last}
        assert market.refused(market.treasurer, "record_business_result", **given, **days) == code


def test_a_wrong_result_is_taken_back_by_another_until_it_was_paid(market: Market) -> None:
    toko = market.business()
    (siti,) = market.paid_in(toko, (market.siti, 1_000_000))
    wrong = market.result(toko, 1_000_000)
    back = {"result_id": wrong, "on": TODAY, "reason": "Salah jumlah"}

    assert market.refused(market.treasurer, "take_back_result", entry_id=new_id(), **back) == "same_person"
    market.do(market.board, "take_back_result", entry_id=new_id(), **back)
    assert market.balance("deposits_held", siti) == 0
    right = market.result(toko, 500_000)
    market.money("pay_stake_result", stake_id=siti, amount_rupiah=200_000)
    back["result_id"] = right
    assert market.refused(market.board, "take_back_result", entry_id=new_id(), **back) == "overdrawn"


# --- capital for a group ---


def test_a_group_gets_capital_only_by_the_word_of_two(market: Market) -> None:
    toko = market.groups_business()
    assert market.money_refused("hand_out_capital", business_id=toko, amount_rupiah=1_000_000) == "second_person"
    market.money(
        "hand_out_capital", business_id=toko, amount_rupiah=1_000_000, approval_id=market.approved(toko, 1_000_000)
    )

    assert market.balance("business_capital", toko) == 1_000_000


def test_a_groups_result_comes_in_later_in_the_cooperatives_part(market: Market) -> None:
    toko = market.groups_business(percent=40)
    market.money(
        "hand_out_capital", business_id=toko, amount_rupiah=1_000_000, approval_id=market.approved(toko, 1_000_000)
    )
    market.result(toko, 500_000)
    business = Business.objects.of(market.cooperative).get(id=toko)

    assert (owed_by_group(business), market.balance("business_result")) == (200_000, 200_000)
    assert market.money_refused("take_business_result", business_id=toko, amount_rupiah=200_001) == "too_much"
    market.money("take_business_result", business_id=toko, amount_rupiah=200_000)
    market.money("take_capital_back", business_id=toko, amount_rupiah=400_000, way="bank")
    assert (owed_by_group(business), capital_in(business)) == (0, 600_000)


def test_a_groups_loss_eats_no_more_than_the_capital_that_is_in_it(market: Market) -> None:
    toko = market.groups_business(percent=50)
    market.money(
        "hand_out_capital", business_id=toko, amount_rupiah=300_000, approval_id=market.approved(toko, 300_000)
    )
    lost = market.result(toko, -2_000_000)

    assert market.balance("business_capital", toko) == 0
    assert BusinessResult.objects.of(market.cooperative).get(id=lost).cooperative_rupiah == -300_000


def test_the_cooperatives_own_business_gets_no_capital_from_itself(market: Market) -> None:
    toko = market.business()
    for verb in ("hand_out_capital", "take_capital_back", "take_business_result"):
        assert market.money_refused(verb, business_id=toko, amount_rupiah=1) == "own_business"


def test_savers_of_a_groups_business_share_what_reaches_the_cooperative(market: Market) -> None:
    toko = market.groups_business(percent=50)
    (siti,) = market.paid_in(toko, (market.siti, 1_000_000), percent=20)
    market.result(toko, 1_000_000)

    assert market.balance("deposits_held", siti) == 100_000


def test_a_group_has_two_members_at_least_and_each_once(market: Market) -> None:
    one = {"group_id": new_id(), "name": "Kelompok Satu", "on": TODAY, "member_ids": [market.siti, market.siti]}
    assert market.refused(market.treasurer, "form_group", **one) == "too_few"
    group = market.group()
    joins = {"seat_id": new_id(), "group_id": group, "member_id": market.siti, "on": TODAY}
    assert market.refused(market.treasurer, "join_group", **joins) == "in_already"


# --- bought together ---


def test_goods_are_ordered_bought_once_handed_out_and_paid(market: Market) -> None:
    purchase = market.purchase(price=110_000)
    siti, budi = market.order(purchase, market.siti, 2), market.order(purchase, market.budi, 3)
    market.money("buy_goods", purchase_id=purchase, quantity=5, amount_rupiah=500_000)
    market.hand_out(siti, 2)
    market.hand_out(budi, 3)
    market.money("pay_for_goods", order_id=siti, amount_rupiah=220_000)

    assert market.balance("inventory") == 0
    assert (market.balance("trade_receivable"), market.balance("trade_member")) == (330_000, 50_000)
    found = standing_purchase(GroupPurchase.objects.of(market.cooperative).get(id=purchase))
    assert [one.owes_rupiah for one in found.orders] == [330_000, 0]


def test_the_last_word_of_a_member_is_the_order_until_the_goods_are_bought(market: Market) -> None:
    purchase = market.purchase()
    first = market.order(purchase, market.siti, 2)
    assert market.order(purchase, market.siti, 4) == first
    market.money("buy_goods", purchase_id=purchase, quantity=4, amount_rupiah=400_000)
    later = {"order_id": new_id(), "purchase_id": purchase, "member_id": market.budi, "on": TODAY, "quantity": 1}

    assert market.refused(market.cashier, "order_goods", **later) == "bought_already"
    assert market.money_refused("buy_goods", purchase_id=purchase, quantity=1, amount_rupiah=1) == "bought_already"


def test_nothing_is_bought_without_orders_nor_handed_out_beyond_them(market: Market) -> None:
    purchase = market.purchase()
    assert market.money_refused("buy_goods", purchase_id=purchase, quantity=1, amount_rupiah=1) == "no_orders"
    siti = market.order(purchase, market.siti, 3)
    market.money("buy_goods", purchase_id=purchase, quantity=2, amount_rupiah=200_000)
    out = {"entry_id": new_id(), "order_id": siti, "on": TODAY}

    assert market.refused(market.cashier, "hand_out_goods", **out, quantity=3) == "not_so_many"
    market.hand_out(siti, 2)
    assert market.money_refused("pay_for_goods", order_id=siti, amount_rupiah=220_001) == "more_than_owed"


def test_what_was_handed_out_and_paid_is_taken_back_in_its_order(market: Market) -> None:
    purchase = market.purchase()
    siti = market.order(purchase, market.siti, 1)
    bought = market.money("buy_goods", purchase_id=purchase, quantity=1, amount_rupiah=100_000)
    handed = market.hand_out(siti, 1)
    paid = market.money("pay_for_goods", order_id=siti, amount_rupiah=110_000)

    def back(move_id: Any, by: Actor = market.treasurer) -> dict[str, Any]:
        return {"by": by, "move_id": move_id, "entry_id": new_id(), "on": TODAY, "reason": "Salah catat"}

    def refused(move_id: Any) -> str:
        given = back(move_id)
        return market.refused(given.pop("by"), "reverse_business_move", **given)

    assert (refused(bought["id"]), refused(handed)) == ("handed_out", "paid_already")
    for move in (paid["id"], handed, bought["id"]):
        given = back(move)
        market.do(given.pop("by"), "reverse_business_move", **given)
    assert refused(handed) == "reversed_already"
    assert market.balance("inventory") == market.balance("trade_receivable") == market.balance("trade_member") == 0
    assert standing_order(PurchaseOrder.objects.of(market.cooperative).get(id=siti)).handed == 0


# --- left to be sold ---


def test_sold_goods_bring_the_member_their_price_less_the_commission(market: Market) -> None:
    left = market.consigned(20)
    market.money("sell_goods", consignment_id=left, quantity=8)

    assert market.balance("consignment_payable", left) == 90_000
    assert market.balance("trade_member") == 10_000
    assert market.money_refused("pay_consignor", consignment_id=left, amount_rupiah=90_001) == "too_much"
    market.money("pay_consignor", consignment_id=left, amount_rupiah=90_000)
    assert market.balance("consignment_payable", left) == 0


def test_no_more_is_sold_or_given_back_than_was_left(market: Market) -> None:
    left = market.consigned(10)
    market.money("sell_goods", consignment_id=left, quantity=4)
    market.do(market.cashier, "return_goods", entry_id=new_id(), consignment_id=left, on=TODAY, quantity=5)

    assert market.money_refused("sell_goods", consignment_id=left, quantity=2) == "not_so_many"
    market.money("sell_goods", consignment_id=left, quantity=1)
    assert market.money_refused("sell_goods", consignment_id=left, quantity=1) == "not_so_many"


def test_a_sale_that_was_paid_out_stays(market: Market) -> None:
    left = market.consigned(10)
    sold = market.money("sell_goods", consignment_id=left, quantity=4)
    market.money("pay_consignor", consignment_id=left, amount_rupiah=45_000)
    back = {"move_id": sold["id"], "entry_id": new_id(), "on": TODAY, "reason": "Salah catat"}

    assert market.refused(market.treasurer, "reverse_business_move", **back) == "overdrawn"


# --- the till, the month, the same act twice ---


def test_money_that_is_not_in_the_till_is_not_paid(market: Market) -> None:
    toko = market.groups_business()
    asked = {"business_id": toko, "amount_rupiah": 10_000_001, "approval_id": market.approved(toko, 10_000_001)}

    assert market.money_refused("hand_out_capital", **asked) == "not_in_till"


def test_whoever_entered_a_movement_does_not_take_it_back(market: Market) -> None:
    left = market.consigned()
    given = {"consignment_id": left, "quantity": 1}
    sold = market.money("sell_goods", by=market.treasurer, way="bank", **given)
    back = {"move_id": sold["id"], "entry_id": new_id(), "on": TODAY, "reason": "Salah catat"}

    assert market.refused(market.treasurer, "reverse_business_move", **back) == "same_person"
    market.do(market.board, "reverse_business_move", **back)
    assert market.balance("bank") == 5_000_000


def test_one_movement_sent_again_moves_once(market: Market) -> None:
    left, entry, act = market.consigned(), new_id(), new_id()
    given = {"cooperative_id": market.id, "consignment_id": left, "quantity": 1, "on": TODAY, "way": "cash"}
    answers = [
        do(market.cashier, "cooperative.sell_goods", {**given, "entry_id": entry}, now=NOW, act_id=act)
        for _ in range(5)
    ]

    assert all(answer == answers[0] for answer in answers)
    assert BusinessMove.objects.of(market.cooperative).count() == 1
    assert Entry.objects.of(market.cooperative).filter(kind="consigned.sold").count() == 1


def test_another_day_than_today_is_refused(market: Market) -> None:
    left = market.consigned()
    for way in ("cash", "bank"):
        given = {"consignment_id": left, "quantity": 1, "on": date(2026, 11, 20), "way": way}
        assert market.money_refused("sell_goods", **given) == "not_today"


def test_nobody_leaves_with_goods_or_capital_still_open(market: Market) -> None:
    leaving = {"member_id": market.siti, "on": TODAY, "reason": "moved"}
    (stake,) = market.paid_in(market.business(), (market.siti, 100_000))
    assert market.refused(market.board, "leave_cooperative", **leaving) == "goods_open"
    market.money("return_stake", stake_id=stake, amount_rupiah=100_000)
    left = market.consigned(2)
    assert market.refused(market.board, "leave_cooperative", **leaving) == "goods_open"
    market.do(market.cashier, "return_goods", entry_id=new_id(), consignment_id=left, on=TODAY, quantity=2)

    market.do(market.board, "leave_cooperative", **leaving)


# --- strangers ---

MONEY = {"entry_id": new_id(), "on": TODAY, "amount_rupiah": 1, "way": "cash"}
GOODS = {"entry_id": new_id(), "on": TODAY, "quantity": 1}
STRANGE = [
    ("cooperative.form_group", {"group_id": new_id(), "name": "Satu", "on": TODAY, "member_ids": [new_id(), new_id()]}),
    ("cooperative.join_group", {"seat_id": new_id(), "group_id": new_id(), "member_id": new_id(), "on": TODAY}),
    ("cooperative.leave_group", {"seat_id": new_id(), "on": TODAY}),
    ("cooperative.open_business", {"business_id": new_id(), "name": "Toko", "on": TODAY}),
    (
        "cooperative.agree_on_capital",
        {
            "agreement_id": new_id(), "business_id": new_id(), "number": "1", "on": TODAY, "share_percent": 5,
            "stakes": [{"stake_id": new_id(), "amount_rupiah": 1, "outsider": "Karim"}],
        },
    ),
    (
        "cooperative.record_business_result",
        {
            "entry_id": new_id(), "business_id": new_id(), "first_on": SINCE, "last_on": SINCE, "on": TODAY,
            "result_rupiah": 1, "memo": "Hasil",
        },
    ),
    (
        "cooperative.take_back_result",
        {"entry_id": new_id(), "result_id": new_id(), "on": TODAY, "reason": "Salah catat"},
    ),
    (
        "cooperative.pass_on_stake",
        {
            "entry_id": new_id(), "new_stake_id": new_id(), "stake_id": new_id(), "on": TODAY, "amount_rupiah": 1,
            "outsider": "Karim", "because": "sold",
        },
    ),
    (
        "cooperative.close_agreement",
        {"entry_id": new_id(), "agreement_id": new_id(), "on": TODAY, "reason": "Usahanya selesai"},
    ),
    ("cooperative.pay_in_stake", {**MONEY, "stake_id": new_id()}),
    ("cooperative.pay_stake_result", {**MONEY, "stake_id": new_id()}),
    ("cooperative.return_stake", {**MONEY, "stake_id": new_id()}),
    ("cooperative.hand_out_capital", {**MONEY, "business_id": new_id()}),
    ("cooperative.take_capital_back", {**MONEY, "business_id": new_id()}),
    ("cooperative.take_business_result", {**MONEY, "business_id": new_id()}),
    (
        "cooperative.approve_business_payout",
        {"approval_id": new_id(), "subject_id": new_id(), "on": TODAY, "amount_rupiah": 1},
    ),
    (
        "cooperative.reverse_business_move",
        {"entry_id": new_id(), "move_id": new_id(), "on": TODAY, "reason": "Salah catat"},
    ),
    (
        "cooperative.open_purchase",
        {
            "purchase_id": new_id(), "goods": "Pupuk", "unit": "karung", "price_rupiah": 1, "on": TODAY,
            "order_until": TODAY,
        },
    ),
    (
        "cooperative.order_goods",
        {"order_id": new_id(), "purchase_id": new_id(), "member_id": new_id(), "on": TODAY, "quantity": 1},
    ),
    ("cooperative.buy_goods", {**MONEY, "purchase_id": new_id(), "quantity": 1}),
    ("cooperative.hand_out_goods", {**GOODS, "order_id": new_id()}),
    ("cooperative.pay_for_goods", {**MONEY, "order_id": new_id()}),
    (
        "cooperative.receive_goods",
        {
            "consignment_id": new_id(), "member_id": new_id(), "on": TODAY, "goods": "Keripik", "unit": "bungkus",
            "quantity": 1, "price_rupiah": 1, "commission_percent": 1,
        },
    ),
    ("cooperative.sell_goods", {**GOODS, "consignment_id": new_id(), "way": "cash"}),
    ("cooperative.return_goods", {**GOODS, "consignment_id": new_id()}),
    ("cooperative.pay_consignor", {**MONEY, "consignment_id": new_id()}),
]  # fmt: skip


@pytest.mark.parametrize(("action", "given"), STRANGE, ids=[name for name, _ in STRANGE])
def test_a_stranger_finds_nothing(market: Market, action: str, given: dict[str, Any]) -> None:
    """Neither another village's board, treasurer and cashier, nor the supervisors, who only look."""
    verb = action.removeprefix("cooperative.")
    strangers = [market._somebody(role, KENANGA) for role in ("board", "treasurer", "cashier")]
    for who in (*strangers, market.supervisor):
        assert market.refused(who, verb, **given) == "not_found"
