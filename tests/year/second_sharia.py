"""The second book of a sharia unit: contracts by what was said in them, from the events and nothing of the program."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from year.second_book import SecondBook
from year.second_business import parted
from year.second_loan import half_up
from year.story import Deed, Event

GOODS, ADVANCE, OWED, NOT_EARNED = (
    "Barang murabahah", "Uang muka wakalah", "Piutang murabahah", "Margin murabahah yang ditangguhkan",
)  # fmt: skip
AT_WORK = (OWED, NOT_EARNED, GOODS, ADVANCE, "Pembiayaan mudharabah")
CAPITAL = {"mudharabah": "Pembiayaan mudharabah", "qardh": "Pinjaman qardh"}
SHARE_OWED, FUND = "Piutang bagi hasil", "Dana kebajikan"
COST, OWED_TO_SAVERS = "Hak bagi hasil penabung mudharabah", "Bagi hasil penabung yang belum dibagikan"


@dataclass
class Sale:
    """A price that was told, and what of it came."""

    margin: int
    price: int = 0
    paid: int = 0

    def earned(self) -> int:
        return half_up(Fraction(self.margin * self.paid, self.price))


class SecondSharia(SecondBook):
    name = "unit syariah"

    def __init__(self) -> None:
        super().__init__()
        self.terms: dict[str, Mapping[str, Any]] = {}
        self.sales: dict[str, Sale] = {}
        self.on, self.days, self.prepared = date.min, dict[tuple[str, date], int](), dict[str, date]()
        self.entered, self.held = set[date](), set[date]()
        self.member_of, self.paid_in = dict[str, str](), dict[int, dict[str, int]]()

    def play(self, events: Iterable[Event]) -> None:
        for event in events:
            self.on = event.on
            super().play([event])
            closed = [
                deed.payload["last_on"] for deed in event.deeds
                if event.outcome == "done" and deed.action == "cooperative.close_period"
                and self._is_mine("close_period", deed.payload)
            ]  # fmt: skip
            for last in closed:
                if last.month == 12:
                    self._end_of_the_year(last)

    def _post(self, *legs: tuple[str, str, int], name: str = "") -> None:
        super()._post(*legs, name=name)
        for account, _holder, amount in legs:
            self.days[account, self.on] = self.days.get((account, self.on), 0) + amount

    def serve_in_unit(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        self.member_of[given["member_id"]] = given["served_id"]

    def _used(self, contract: str, earned: int) -> None:
        """What a member paid above what was owed is their use of the cooperative, in the year in which it came."""
        member = self.member_of[self.terms[contract]["member_id"]]
        year = self.paid_in.setdefault(self.on.year, {})
        year[member] = year.get(member, 0) + earned

    def ask_for_contract(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        self.terms[given["contract_id"]] = given
        self.sales[given["contract_id"]] = Sale(given.get("margin_rupiah", 0))

    def hand_agent_money(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        amount = given["amount_rupiah"]
        self._pass(event, given, -amount, (ADVANCE, given["contract_id"], amount))

    def record_agent_purchase(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        """The goods at what the receipt says; the rest of the money comes back."""
        one, cost = given["contract_id"], given["amount_rupiah"]
        had = self.books[ADVANCE][one]
        assert had >= cost, "nobody buys with money that was not handed over"
        self._pass(event, given, had - cost, (ADVANCE, one, -had), (GOODS, one, cost))

    def sell_contract_goods(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        one = given["contract_id"]
        sale, cost = self.sales[one], self.books[GOODS][one]
        sale.price = cost + sale.margin
        self._post((OWED, one, sale.price), (GOODS, one, -cost), (NOT_EARNED, one, -sale.margin))

    def hand_out_financing(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        one, amount = given["contract_id"], given["amount_rupiah"]
        self._pass(event, given, -amount, (self._capital(one), one, amount))

    def _capital(self, one: str) -> str:
        """Where money with a member stands; a qardh of the benevolent fund apart, as the money is not the unit's."""
        terms = self.terms[one]
        return "Qardh dari dana kebajikan" if terms.get("source") == "benevolent" else CAPITAL[terms["kind"]]

    def take_contract_fee(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        amount = given["amount_rupiah"]
        self._pass(event, given, amount, ("Biaya administrasi akad", "", -amount))

    def take_contract_payment(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        """Of a sale its margin is earned as the price is paid; of capital only capital comes back."""
        one, amount = given["contract_id"], given["amount_rupiah"]
        if self.terms[one]["kind"] != "murabahah":
            self._pass(event, given, amount, (self._capital(one), one, -amount))
            return
        sale = self.sales[one]
        before = sale.earned()
        sale.paid += amount
        margin = sale.earned() - before
        self._used(one, margin)
        self._pass(event, given, amount, (OWED, one, -amount), (NOT_EARNED, one, margin),
                   ("Margin murabahah", "", -margin))  # fmt: skip

    def charge_late(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        self._pass(event, given, given["amount_rupiah"], (FUND, "", -given["amount_rupiah"]))

    def report_venture_result(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        """Profit by the ratio is owed; a loss is the capital's."""
        one, result = given["contract_id"], given["result_rupiah"]
        if result < 0:
            self._post((CAPITAL["mudharabah"], one, result), ("Rugi pembiayaan bagi hasil", "", -result))
            return
        ratio = int(self.terms[one]["share_percent"])
        ours = parted(result, {"ours": ratio, "theirs": 100 - ratio})["ours"]
        self._post((SHARE_OWED, one, ours), ("Bagi hasil mudharabah dan musyarakah", "", -ours))

    def take_profit_share(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        amount = given["amount_rupiah"]
        self._used(given["contract_id"], amount)
        self._pass(event, given, amount, (SHARE_OWED, given["contract_id"], -amount))

    def move_benevolent_fund(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        amount = given["amount_rupiah"] * (1 if given["kind"] == "donated" else -1)
        self._pass(event, given, amount, (FUND, "", -amount))

    def give_wadiah_bonus(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        """By what stood at the end of every day of the month; nobody comes near the sum that is taxed."""
        last = given["last_on"]
        days = [last.replace(day=n) for n in range(1, monthrange(last.year, last.month)[1] + 1)]
        stood = {
            name: half_up(Fraction(sum(one.balance(day) for day in days), 365))
            for name, one in self.savings.items() if one.product == given["product_id"]
        }  # fmt: skip
        for name, bonus in parted(given["amount_rupiah"], stood).items():
            self._post(("Bonus simpanan wadiah", "", bonus), self._save(name, last, bonus))

    # --- savers who have a part of what came in ---

    def offer_mudharabah(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        self.products[given["product_id"]] = {**given, "kind": "mudharabah"}

    def prepare_distribution(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        self.prepared[given["distribution_id"]] = given["last_on"]

    def post_distribution(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        """Every account its share; out of what is owed, where the month's own year holds it."""
        last = self.prepared[given["distribution_id"]]
        self.entered.add(last)
        for name, share in self._shares(last).items():
            self._post((OWED_TO_SAVERS if last in self.held else COST, "", share), self._save(name, event.on, share))

    def _end_of_the_year(self, last: date) -> None:
        """What is the savers' of months that nobody shared yet is this year's expense, and owed."""
        for month in range(1, 13):
            end = date(last.year, month, monthrange(last.year, month)[1])
            if end not in self.entered and (share := sum(self._shares(end).values())):
                self.held.add(end)
                self._post((COST, "", share), (OWED_TO_SAVERS, "", -share))

    def _shares(self, last: date) -> dict[str, int]:
        """What came in of the month, as far as savers' money was at work, by nisbah and by every day's balance."""
        days = [last.replace(day=n) for n in range(1, last.day + 1)]
        came = -sum(self._moved("Margin murabahah", day) for day in days)
        came += sum(max(0, -self._moved(SHARE_OWED, day)) for day in days)
        came -= sum(self._moved("Rugi pembiayaan bagi hasil", day) for day in days)
        stood = {
            name: sum(one.balance(day) for day in days)
            for name, one in self.savings.items() if self.products[one.product]["kind"] == "mudharabah"
        }  # fmt: skip
        worked = sum(self._moved(account, day, until=True) for account in AT_WORK for day in days)
        saved = sum(stood.values())
        if came <= 0 or not saved:
            return {}
        pool = parted(came, {"savers": saved, "own": max(0, worked - saved)})["savers"]
        ratio = int(self.products["mudharabah"]["saver_percent"])
        return parted(parted(pool, {"savers": ratio, "own": 100 - ratio})["savers"], stood)

    def _moved(self, account: str, day: date, *, until: bool = False) -> int:
        rows = ((on, amount) for (name, on), amount in self.days.items() if name == account)
        return sum(amount for on, amount in rows if (on <= day if until else on == day))
