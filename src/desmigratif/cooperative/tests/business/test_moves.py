"""What holds for every movement of a business: the till, the month, the same act twice, strangers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desmigratif.access.door import do
from desmigratif.cooperative.models import (
    BusinessMove,
    Entry,
)
from desmigratif.cooperative.tests.market import KENANGA, NOW, SINCE, TODAY, Market
from desmigratif.shared.ids import new_id


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
