"""A cooperative with businesses, for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.cooperative.models import (
    Account,
    Cooperative,
    PurchaseOrder,
    TillDay,
)
from desmigratif.cooperative.queries.business.businesses import held_by
from desmigratif.cooperative.queries.ledger.books import balance_now
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
        self.id, self.at = new_id(), NOW
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
        return do(by, f"cooperative.{action}", {"cooperative_id": self.id, **given}, now=self.at, act_id=new_id())

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
