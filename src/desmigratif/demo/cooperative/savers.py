"""The neighbour cooperative's sharia unit: mudharabah savings, two sales, and three months that were shared.

The first month had no income yet; the latest is reckoned and waits for the board.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from desmigratif.demo.cooperative.shop_unit import close_unit_year, hand_up
from desmigratif.shared.ids import new_id

if TYPE_CHECKING:
    from desmigratif.demo.cooperative.years import CooperativeYears

NAME = "Unit Syariah Tieng"
CAPITAL, SAVED = 1_200_000, (600_000, 450_000, 400_000, 350_000, 300_000, 200_000)
SALES = (("Mesin perontok padi", 1_500_000, 180_000), ("Etalase warung", 900_000, 108_000))
TIMES, MONTHS = 12, 5
Step = tuple[date, Callable[[date], None]]


class SaversUnit:
    """Told by the cooperative's own board and treasurer."""

    def __init__(self, years: CooperativeYears) -> None:
        self.years, self.id, self.saving, self.fixed = years, new_id(), new_id(), new_id()
        self.members: list[UUID] = []
        self.accounts: list[UUID] = []
        self.sales: list[tuple[UUID, int]] = []

    def steps(self) -> Iterator[Step]:
        """From five months ago to this one; the last closed month is left for the second person."""
        month = self.years.today.replace(day=1)
        firsts = [month]
        while len(firsts) <= MONTHS:
            firsts.append((firsts[-1] - timedelta(days=1)).replace(day=1))
        began, *later = reversed(firsts)
        yield began.replace(day=11), self._begin
        for first in later:
            yield first.replace(day=4), self._end_month
            yield first.replace(day=11), self._cash_day

    def _tell(self, by: Any, verb: str, on: date, /, **given: Any) -> None:
        self.years.act(by, verb, on, **{"cooperative_id": self.id, **given})

    def _begin(self, on: date) -> None:
        """The unit opens, serves six members, and sells a machine on instalments."""
        board, treasurer = self.years.board, self.years.treasurer
        opened = {"unit_id": self.id, "name": NAME, "on": on, "is_sharia": True}
        self.years.act(board, "open_unit", on, decision="Rapat anggota tentang unit syariah", **opened)
        moved = {"to_id": self.id, "on": on, "amount_rupiah": CAPITAL, "memo": "Modal kerja unit syariah"}
        self.years.act(treasurer, "move_between_units", on, entry_id=new_id(), received_id=new_id(), **moved)
        self._offer(on)
        till = self._open_till(on)
        for number, amount in enumerate(SAVED):
            member, account = new_id(), new_id()
            self._tell(board, "serve_in_unit", on, member_id=member, served_id=self.years.members[number + 6], on=on)
            product = self.fixed if number == 1 else self.saving
            saving = {"account_id": account, "member_id": member, "product_id": product}
            self._tell(treasurer, "open_savings_account", on, on=on, **saving)
            self._deposit(on, account, amount)
            self.members.append(member)
            self.accounts.append(account)
        self._end_day(on, till, sum(SAVED))
        self._sell(on)

    def _offer(self, on: date) -> None:
        board, decided = self.years.board, {"since": on, "decision": "Rapat anggota tentang unit syariah"}
        self._tell(
            board, "offer_mudharabah", on, product_id=self.saving, name="Tabungan Mudharabah", saver_percent="55",
            cooperative_percent="45", **decided,
        )  # fmt: skip
        self._tell(
            board, "offer_mudharabah", on, product_id=self.fixed, name="Mudharabah 6 Bulan", saver_percent="60",
            cooperative_percent="40", term_months=6, weight_percent="110", **decided,
        )  # fmt: skip

    def _sell(self, on: date) -> None:
        """The next sale: asked for, agreed to, bought through the bank, sold."""
        goods, cost, margin = SALES[len(self.sales)]
        treasurer, id = self.years.treasurer, new_id()
        asked = {"contract_id": id, "member_id": self.members[len(self.sales)], "kind": "murabahah", "goods": goods}
        terms = {"amount_rupiah": cost, "margin_rupiah": margin, "instalments": TIMES}
        self._tell(
            treasurer, "ask_for_contract", on, on=on, first_due_on=on + timedelta(days=28), **asked, **terms,
        )  # fmt: skip
        answer = {"answer": "yes", "decision": "Usahanya dikenal baik"}
        self._tell(self.years.board, "decide_contract", on, contract_id=id, on=on, **answer)
        bought = {"contract_id": id, "amount_rupiah": cost, "way": "bank"}
        self._tell(treasurer, "buy_contract_goods", on, entry_id=new_id(), on=on, **bought)
        self._tell(treasurer, "sell_contract_goods", on, entry_id=new_id(), contract_id=id, on=on)
        self.sales.append((id, (cost + margin) // TIMES))

    def _open_till(self, on: date) -> UUID:
        till = new_id()
        self._tell(self.years.treasurer, "open_till", on, till_id=till, on=on, opening_rupiah=0)
        return till

    def _deposit(self, on: date, account: UUID, amount: int) -> None:
        paid = {"account_id": account, "amount_rupiah": amount, "on": on}
        self._tell(self.years.treasurer, "deposit", on, entry_id=new_id(), **paid)

    def _end_day(self, on: date, till: UUID, counted: int) -> None:
        carried = {"direction": "to_bank", "amount_rupiah": counted}
        self._tell(self.years.treasurer, "move_cash", on, entry_id=new_id(), on=on, **carried)
        closed = {"till_id": till, "counted_rupiah": 0}
        self._tell(self.years.treasurer, "close_till", on, entry_id=new_id(), **closed)

    def _cash_day(self, on: date) -> None:
        """Instalments with their margin, a deposit or two, and once a second sale."""
        till, taken = self._open_till(on), 0
        for id, amount in self.sales:
            paid = {"contract_id": id, "amount_rupiah": amount, "way": "cash"}
            self._tell(self.years.treasurer, "take_contract_payment", on, entry_id=new_id(), on=on, **paid)
            taken += amount
        for account in (self.accounts[0], self.accounts[2 + on.month % 4]):
            self._deposit(on, account, 100_000)
            taken += 100_000
        self._end_day(on, till, taken)
        if len(self.sales) < len(SALES):
            self._sell(on)

    def _end_month(self, on: date) -> None:
        """Close the month and reckon its shares; the board enters them, but for the latest."""
        last, id = on.replace(day=1) - timedelta(days=1), new_id()
        if last.month == 12:
            self._tell(self.years.treasurer, "post_provisions", on, entry_id=new_id(), month=last)
            close_unit_year(self._tell, self.years, on)
            hand_up(self._tell, self.years, on)
        else:
            self._tell(self.years.treasurer, "close_period", on, period_id=new_id(), last_on=last)
        self._tell(self.years.treasurer, "prepare_distribution", on, distribution_id=id, last_on=last)
        if on.replace(day=1) < self.years.today.replace(day=1):
            self._tell(self.years.board, "post_distribution", on, distribution_id=id, on=on)
