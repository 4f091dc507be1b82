"""What the demo cooperative does beside savings and loans: a group's field, a shop with partners, goods together."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from desmigratif.shared.ids import new_id

if TYPE_CHECKING:
    from desmigratif.demo.cooperative.affairs import CooperativeAffairs

GROUP, FIELD, SHOP = "Kelompok Melati", "Kebun Cabai Melati", "Warung Koperasi"
CAPITAL, PARTNERS = 900_000, (600_000, 400_000)
ORDERED = (3, 2, 4)
BAG_PRICE, BAG_COST = 118_000, 110_000


class Businesses:
    """One group with capital of the cooperative, one shop with modal penyertaan, one purchase, one consignment."""

    def __init__(self, affairs: CooperativeAffairs) -> None:
        self.affairs = affairs
        self.field, self.shop, self.purchase, self.left = new_id(), new_id(), new_id(), new_id()
        self.orders = [new_id() for _ in ORDERED]
        self.began_on = affairs.opened_on

    def begin(self, on: date) -> int:
        """Partners bring their capital, the group gets its own, orders are collected. The till's gain."""
        tell, affairs, members = self.affairs.act, self.affairs, [saver.id for saver in self.affairs.savers]
        self.began_on = on
        group = new_id()
        tell(affairs.board, "form_group", on, group_id=group, name=GROUP, on=on, member_ids=members[13:18])
        field = {"business_id": self.field, "name": FIELD, "group_id": group, "share_percent": "30"}
        tell(affairs.board, "open_business", on, on=on, **field)
        tell(affairs.board, "open_business", on, on=on, business_id=self.shop, name=SHOP)
        taken = self._partners(on, members[20])
        approval = {"approval_id": new_id(), "amount_rupiah": CAPITAL, "on": on}
        tell(affairs.treasurer, "approve_business_payout", on, subject_id=self.field, **approval)
        self._money(on, "hand_out_capital", business_id=self.field, **approval)
        self._purchase(on, members[21:24])
        return taken - CAPITAL

    def _money(self, on: date, verb: str, /, **given: Any) -> None:
        usual = {"entry_id": new_id(), "on": on, "way": "cash"}
        self.affairs.act(self.affairs.cashier, verb, on, **{**usual, **given})

    def _partners(self, on: date, member_id: UUID) -> int:
        first, second = new_id(), new_id()
        stakes = [
            {"stake_id": first, "member_id": member_id, "amount_rupiah": PARTNERS[0]},
            {"stake_id": second, "outsider": "Ibu Guru Wahyuni", "amount_rupiah": PARTNERS[1]},
        ]
        self.affairs.act(
            self.affairs.board, "agree_on_capital", on, agreement_id=new_id(), business_id=self.shop, number="MP-01",
            on=on, share_percent="40", stakes=stakes,
        )  # fmt: skip
        for stake, amount in zip((first, second), PARTNERS, strict=True):
            self._money(on, "pay_in_stake", stake_id=stake, amount_rupiah=amount)
        return sum(PARTNERS)

    def _purchase(self, on: date, members: list[UUID]) -> None:
        self.affairs.act(
            self.affairs.board, "open_purchase", on, purchase_id=self.purchase, goods="Pupuk urea", unit="karung",
            supplier="Kios Tani Makmur", price_rupiah=BAG_PRICE, on=on, order_until=on + timedelta(days=3),
        )  # fmt: skip
        for order, member, quantity in zip(self.orders, members, ORDERED, strict=True):
            asked = {"order_id": order, "purchase_id": self.purchase, "member_id": member, "quantity": quantity}
            self.affairs.act(self.affairs.cashier, "order_goods", on, on=on, **asked)

    def go_on(self, on: date) -> None:
        """This morning: results are counted, bags come and go, a member leaves crisps to be sold."""
        tell, affairs = self.affairs.act, self.affairs
        days = {"first_on": self.began_on, "last_on": on - timedelta(days=1), "on": on}
        for business, earned, memo in ((self.field, 800_000, "Panen pertama"), (self.shop, 450_000, "Laba warung")):
            result = {"entry_id": new_id(), "business_id": business, "result_rupiah": earned, "memo": memo}
            tell(affairs.treasurer, "record_business_result", on, **result, **days)
        self._money(on, "take_business_result", business_id=self.field, amount_rupiah=140_000)
        bags = sum(ORDERED)
        self._money(
            on, "buy_goods", purchase_id=self.purchase, quantity=bags, amount_rupiah=bags * BAG_COST, way="bank"
        )
        given = {"entry_id": new_id(), "order_id": self.orders[0], "quantity": ORDERED[0]}
        tell(affairs.cashier, "hand_out_goods", on, on=on, **given)
        self._money(on, "pay_for_goods", order_id=self.orders[0], amount_rupiah=2 * BAG_PRICE)
        tell(
            affairs.cashier, "receive_goods", on, consignment_id=self.left, member_id=affairs.savers[16].id, on=on,
            goods="Keripik singkong", unit="bungkus", quantity=30, price_rupiah=12_000, commission_percent="10",
        )  # fmt: skip
        self._money(on, "sell_goods", consignment_id=self.left, quantity=8)
