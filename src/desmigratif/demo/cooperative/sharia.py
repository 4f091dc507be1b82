"""The demo cooperative's sharia unit: its own books, wadiah savings, a sale, a loan without gain, a venture."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.shared.ids import new_id

if TYPE_CHECKING:
    from desmigratif.demo.cooperative.affairs import CooperativeAffairs

NAME = "Unit Syariah Kuripan"
CAPITAL, SAVED = 4_000_000, (400_000, 250_000, 150_000)
COST, MARGIN, TIMES = 1_200_000, 120_000, 12
LENT, VENTURE, KINDNESS = 500_000, 800_000, 150_000


class ShariaUnit:
    """Told in the month of its beginning, and this morning."""

    def __init__(self, affairs: CooperativeAffairs) -> None:
        self.affairs, self.id, self.wadiah = affairs, new_id(), new_id()
        self.members: list[UUID] = []
        self.sale, self.loan, self.venture, self.kindness = new_id(), new_id(), new_id(), new_id()
        self.began_on = affairs.opened_on

    def _tell(self, by: Actor, verb: str, on: date, /, **given: Any) -> None:
        self.affairs.act(by, verb, on, **{"cooperative_id": self.id, **given})

    def _money(self, on: date, verb: str, /, **given: Any) -> None:
        usual = {"entry_id": new_id(), "on": on, "way": "bank"}
        self._tell(self.affairs.cashier, verb, on, **{**usual, **given})

    def begin(self, on: date) -> None:
        """The unit opens with money of the cooperative's, serves four members, and sells, lends and ventures."""
        affairs, self.began_on = self.affairs, on
        affairs.act(
            affairs.board, "open_unit", on, unit_id=self.id, name=NAME, on=on, is_sharia=True,
            decision="Rapat anggota tentang unit syariah",
        )  # fmt: skip
        affairs.act(
            affairs.treasurer, "move_between_units", on, entry_id=new_id(), received_id=new_id(), to_id=self.id,
            on=on, amount_rupiah=CAPITAL, memo="Modal kerja unit syariah",
        )  # fmt: skip
        for saver in affairs.savers[28:32]:
            self.members.append(new_id())
            self._tell(affairs.board, "serve_in_unit", on, member_id=self.members[-1], served_id=saver.id, on=on)
        self._save(on)
        terms = {"instalments": TIMES, "first_due_on": on + timedelta(days=31), "late_charge_rupiah": 10_000}
        self._agreed(
            on, self.sale, self.members[0], "murabahah", goods="Mesin jahit", amount_rupiah=COST,
            margin_rupiah=MARGIN, **terms,
        )  # fmt: skip
        self._paid_out(on, self.sale, "buy_contract_goods", COST)
        self._tell(affairs.cashier, "sell_contract_goods", on, entry_id=new_id(), contract_id=self.sale, on=on)
        self._agreed(on, self.loan, self.members[1], "qardh", goods="Biaya berobat", amount_rupiah=LENT, **terms)
        self._paid_out(on, self.loan, "hand_out_financing", LENT)
        self._agreed(
            on, self.venture, self.members[2], "mudharabah", goods="Warung sayur", amount_rupiah=VENTURE,
            share_percent="40",
        )  # fmt: skip
        self._paid_out(on, self.venture, "hand_out_financing", VENTURE)

    def _save(self, on: date) -> None:
        """Savings without a promise, through a till of the unit's own."""
        affairs, till = self.affairs, new_id()
        self._tell(
            affairs.board, "add_savings_product", on, product_id=self.wadiah, name="Tabungan Wadiah",
            kind="voluntary", annual_percent="0", since=on,
        )  # fmt: skip
        self._tell(affairs.cashier, "open_till", on, till_id=till, on=on, opening_rupiah=0)
        for member, amount in zip(self.members, SAVED, strict=False):
            account = new_id()
            opened = {"account_id": account, "member_id": member, "product_id": self.wadiah}
            self._tell(affairs.cashier, "open_savings_account", on, on=on, **opened)
            paid = {"entry_id": new_id(), "account_id": account, "amount_rupiah": amount}
            self._tell(affairs.cashier, "deposit", on, on=on, **paid)
        carried = {"entry_id": new_id(), "direction": "to_bank", "amount_rupiah": sum(SAVED)}
        self._tell(affairs.cashier, "move_cash", on, on=on, **carried)
        self._tell(affairs.cashier, "close_till", on, till_id=till, entry_id=new_id(), counted_rupiah=0)

    def _agreed(self, on: date, id: UUID, member: UUID, kind: str, **given: Any) -> None:
        asked = {"contract_id": id, "member_id": member, "kind": kind}
        self._tell(self.affairs.cashier, "ask_for_contract", on, on=on, **asked, **given)
        answer = {"contract_id": id, "answer": "yes", "decision": "Usahanya dikenal baik"}
        self._tell(self.affairs.board, "decide_contract", on, on=on, **answer)

    def _paid_out(self, on: date, id: UUID, verb: str, amount: int) -> None:
        approval = {"approval_id": new_id(), "amount_rupiah": amount}
        self._tell(self.affairs.treasurer, "approve_business_payout", on, subject_id=id, on=on, **approval)
        self._money(on, verb, contract_id=id, **approval)

    def go_on(self, on: date) -> None:
        """This morning: an instalment, a share of profit, gifts in and out, and one more request that waits."""
        affairs = self.affairs
        self._money(on, "take_contract_payment", contract_id=self.sale, amount_rupiah=(COST + MARGIN) // TIMES)
        self._tell(
            affairs.treasurer, "report_venture_result", on, entry_id=new_id(), contract_id=self.venture, on=on,
            first_on=self.began_on, last_on=on - timedelta(days=1), result_rupiah=150_000,
        )  # fmt: skip
        self._money(on, "take_profit_share", contract_id=self.venture, amount_rupiah=60_000)
        self._money(on, "move_benevolent_fund", kind="donated", party="Hamba Allah", amount_rupiah=300_000)
        self._money(on, "move_benevolent_fund", kind="poor", party="Ibu lansia RT 4", amount_rupiah=60_000)
        self._agreed(
            on, self.kindness, self.members[2], "qardh", goods="Seragam sekolah", amount_rupiah=KINDNESS,
            instalments=3, first_due_on=on + timedelta(days=30), source="benevolent",
        )  # fmt: skip
        self._paid_out(on, self.kindness, "hand_out_financing", KINDNESS)
        last_on = self.began_on.replace(day=28) + timedelta(days=4)
        bonus = {"bonus_id": new_id(), "product_id": self.wadiah, "amount_rupiah": 4_000}
        self._tell(
            affairs.treasurer, "give_wadiah_bonus", on, last_on=last_on - timedelta(days=last_on.day), **bonus,
            decision="Rapat pengurus",
        )  # fmt: skip
        asked = {"contract_id": new_id(), "member_id": self.members[3], "kind": "murabahah", "goods": "Etalase kaca"}
        self._tell(
            affairs.cashier, "ask_for_contract", on, on=on, **asked, amount_rupiah=900_000, margin_rupiah=90_000,
            instalments=10, first_due_on=on + timedelta(days=30), by_agent=True,
        )  # fmt: skip
