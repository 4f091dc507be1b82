"""The market as a sharia cooperative."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from desmigratif.cooperative.models import ShariaContract
from desmigratif.cooperative.queries.ledger.books import trial_balance
from desmigratif.cooperative.queries.ledger.verify import verify_books
from desmigratif.cooperative.queries.sharia.contracts import StandingContract, standing_contract
from desmigratif.cooperative.tests.market import SINCE, TODAY, Market
from desmigratif.shared.ids import new_id

MURABAHAH = {
    "goods": "Mesin jahit", "amount_rupiah": 1_500_000, "margin_rupiah": 180_000, "instalments": 12,
    "first_due_on": date(2026, 12, 23), "late_charge_rupiah": 10_000,
}  # fmt: skip
QARDH = {"goods": "Biaya berobat", "amount_rupiah": 600_000, "instalments": 6, "first_due_on": date(2026, 12, 23)}


class Souk(Market):
    """A market whose books know contracts and no interest."""

    def __init__(self) -> None:
        super().__init__()
        self.do(self.board, "declare_sharia", on=SINCE, decision="Rapat anggota luar biasa")
        self.cooperative.refresh_from_db()

    def asked(self, kind: str, **given: Any) -> UUID:
        id = new_id()
        usual = {"contract_id": id, "member_id": self.siti, "on": TODAY}
        self.do(self.cashier, "ask_for_contract", kind=kind, **{**usual, **given})
        return id

    def agreed(self, kind: str, **given: Any) -> UUID:
        id = self.asked(kind, **given)
        self.do(self.board, "decide_contract", contract_id=id, on=TODAY, answer="yes", decision="Usahanya jelas")
        return id

    def sold(self, **given: Any) -> UUID:
        """A murabahah whose goods were bought by the cooperative and sold to the member."""
        id = self.agreed("murabahah", **{**MURABAHAH, **given})
        self.money("buy_contract_goods", contract_id=id, amount_rupiah=1_500_000)
        self.do(self.cashier, "sell_contract_goods", entry_id=new_id(), contract_id=id, on=TODAY)
        return id

    def venture(self, kind: str, **given: Any) -> UUID:
        usual = {"goods": "Warung", "amount_rupiah": 1_000_000, "share_percent": 40}
        id = self.agreed(kind, **{**usual, **given})
        self.money("hand_out_financing", contract_id=id, amount_rupiah=1_000_000)
        return id

    def reported(self, contract_id: UUID, result: int, **given: Any) -> UUID:
        id = new_id()
        days = {"first_on": date(2026, 10, 1), "last_on": date(2026, 10, 31), "on": TODAY}
        self.do(
            self.treasurer, "report_venture_result", entry_id=id, contract_id=contract_id, result_rupiah=result,
            **{**days, **given},
        )  # fmt: skip
        return id

    def standing(self, contract_id: UUID) -> StandingContract:
        rows = ShariaContract.objects.of(self.cooperative).select_related("cooperative", "member")
        return standing_contract(rows.get(id=contract_id))


@pytest.fixture
def souk(db: None) -> Iterator[Souk]:
    """Whatever a test did, the books balance, verify, and agree with the till to the rupiah."""
    found = Souk()
    yield found
    lines = trial_balance(found.cooperative, TODAY)
    assert sum(line.debit_rupiah - line.credit_rupiah for line in lines) == 0
    assert verify_books(found.id).broken == ()
    assert found.balance("cash") == found.till
