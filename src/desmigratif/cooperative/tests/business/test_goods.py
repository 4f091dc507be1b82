"""Goods bought together, and goods left to be sold."""

from __future__ import annotations

from typing import Any

from desmigratif.access.actor import Actor
from desmigratif.cooperative.models import (
    GroupPurchase,
    PurchaseOrder,
)
from desmigratif.cooperative.queries.business.goods import standing_order, standing_purchase
from desmigratif.cooperative.tests.market import TODAY, Market
from desmigratif.shared.ids import new_id


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
