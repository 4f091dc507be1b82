"""The second book's page on businesses: savers' capital, groups, goods bought together and goods left to be sold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from year.second_loan import half_up
from year.story import Deed, Event

Leg = tuple[str, str, int]
STAKES, HELD = "Modal penyertaan", "Titipan"
STOCK, OWED_FOR_GOODS, OWED_TO_CONSIGNOR = "Persediaan", "Piutang usaha", "Utang hasil barang titipan"


def parted(amount: int, weights: Mapping[str, int] | Mapping[str, Fraction]) -> dict[str, int]:
    """By weight in whole rupiah that add up: what is left over goes to the largest remainders."""
    sign, whole = (-1 if amount < 0 else 1), sum(weights.values())
    exact = {name: Fraction(abs(amount) * weight) / whole for name, weight in weights.items()}
    given = {name: int(share) for name, share in exact.items()}
    for name in sorted(exact, key=lambda one: given[one] - exact[one])[: abs(amount) - sum(given.values())]:
        given[name] += 1
    return {name: sign * share for name, share in given.items()}


@dataclass
class Purchase:
    price: int
    bought: int = 0
    cost: int = 0
    handed: int = 0


@dataclass
class Business:
    """One business, the cooperative's percent of it, and its agreement: percent and stakes."""

    group: bool
    percent: Fraction
    promised: Fraction = Fraction(0)
    stakes: list[str] = field(default_factory=list)


class SecondBusinesses:
    """What a cooperative does for businesses, as legs; `SecondBook` posts them."""

    books: dict[str, dict[str, int]]

    def __init__(self) -> None:
        self.businesses: dict[str, Business] = {}
        self.agreements: dict[str, str] = {}
        self.purchases: dict[str, Purchase] = {}
        self.orders: dict[str, str] = {}
        self.left: dict[str, tuple[int, Fraction]] = {}

    def _pass(self, event: Event, given: Mapping[str, Any], amount: int, *legs: Leg) -> None:
        raise NotImplementedError

    def _post(self, *legs: Leg, name: str = "") -> None:
        raise NotImplementedError

    # --- capital and results ---

    def open_business(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        group = "group_id" in given
        self.businesses[given["business_id"]] = Business(group, Fraction(given.get("share_percent", "100")) / 100)

    def agree_on_capital(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        business = self.businesses[given["business_id"]]
        assert not business.stakes, "the story has one agreement for a business"
        business.promised = Fraction(given["share_percent"]) / 100
        business.stakes = [one["stake_id"] for one in given["stakes"]]
        self.agreements[given["agreement_id"]] = given["business_id"]

    def pass_on_stake(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        """Sold: the capital has another name, what was earned before stays."""
        assert given["because"] == "sold", "the story knows no inheritance"
        old, new, amount = given["stake_id"], given["new_stake_id"], given["amount_rupiah"]
        self._post((STAKES, old, amount), (STAKES, new, -amount))
        (business,) = [one for one in self.businesses.values() if old in one.stakes]
        business.stakes.append(new)

    def close_agreement(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        """The last result is shared like any other; nothing later is."""
        business_id = self.agreements[given["agreement_id"]]
        last = {"business_id": business_id, "result_rupiah": given["result_rupiah"]}
        self.record_business_result(event, deed, last)
        self.businesses[business_id].stakes = []

    def pay_in_stake(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        amount = given["amount_rupiah"]
        self._pass(event, given, amount, (STAKES, given["stake_id"], -amount))

    def pay_stake_result(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        amount = given["amount_rupiah"]
        self._pass(event, given, -amount, (HELD, given["stake_id"], amount))

    def return_stake(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        amount = given["amount_rupiah"]
        self._pass(event, given, -amount, (STAKES, given["stake_id"], amount))

    def hand_out_capital(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        amount = given["amount_rupiah"]
        self._pass(event, given, -amount, ("Penyertaan pada usaha", given["business_id"], amount))

    def take_capital_back(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        amount = given["amount_rupiah"]
        self._pass(event, given, amount, ("Penyertaan pada usaha", given["business_id"], -amount))

    def take_business_result(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        amount = given["amount_rupiah"]
        self._pass(event, given, amount, (OWED_FOR_GOODS, "", -amount))

    def record_business_result(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        """A group's part is owed to us; of what is ours the savers get, or bear, the promised part."""
        business = self.businesses[given["business_id"]]
        ours = half_up(given["result_rupiah"] * business.percent)
        if business.group:
            assert ours > 0, "the story has no loss of a group"
            self._post((OWED_FOR_GOODS, "", ours), ("Bagi hasil penyertaan", "", -ours))
        capital = {stake: -self.books[STAKES][stake] for stake in business.stakes}
        if not capital:
            return
        theirs = parted(half_up(ours * business.promised), capital)
        account = HELD if ours > 0 else STAKES
        legs = [(account, stake, -amount) for stake, amount in theirs.items()]
        self._post(*legs, ("Bagi hasil modal penyertaan", "", sum(theirs.values())))

    # --- goods ---

    def open_purchase(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        self.purchases[given["purchase_id"]] = Purchase(given["price_rupiah"])

    def order_goods(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        self.orders[given["order_id"]] = given["purchase_id"]

    def buy_goods(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        purchase, amount = self.purchases[given["purchase_id"]], given["amount_rupiah"]
        purchase.bought, purchase.cost = given["quantity"], amount
        self._pass(event, given, -amount, (STOCK, "", amount))

    def hand_out_goods(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        """The stock goes down so that all units together cost just what was paid."""
        purchase = self.purchases[self.orders[given["order_id"]]]
        before = purchase.cost * purchase.handed // purchase.bought
        purchase.handed += given["quantity"]
        cost = purchase.cost * purchase.handed // purchase.bought - before
        price = purchase.price * given["quantity"]
        self._post((OWED_FOR_GOODS, "", price), (STOCK, "", -cost), ("Hasil usaha dengan anggota", "", cost - price))

    def pay_for_goods(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        amount = given["amount_rupiah"]
        self._pass(event, given, amount, (OWED_FOR_GOODS, "", -amount))

    def receive_goods(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        self.left[given["consignment_id"]] = given["price_rupiah"], Fraction(given["commission_percent"]) / 100

    def sell_goods(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        price, part = self.left[given["consignment_id"]]
        paid = price * given["quantity"]
        ours = half_up(paid * part)
        owner = OWED_TO_CONSIGNOR, given["consignment_id"], ours - paid
        self._pass(event, given, paid, owner, ("Hasil usaha dengan anggota", "", -ours))

    def pay_consignor(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        amount = given["amount_rupiah"]
        self._pass(event, given, -amount, (OWED_TO_CONSIGNOR, given["consignment_id"], amount))
