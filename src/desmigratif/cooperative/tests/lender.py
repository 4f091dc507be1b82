"""A cooperative that lends, for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.cooperative.models import Account, Cooperative, Loan, Meeting, OfficeTerm, TillDay
from desmigratif.cooperative.queries.ledger.books import balance_now, chart_of, trial_balance
from desmigratif.cooperative.queries.loans.standing import loan_of, payoff_of
from desmigratif.cooperative.queries.till import expected_in
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

KURIPAN = "33.07.10.2004"
SINCE, TODAY = date(2026, 9, 1), date(2026, 11, 23)
OFFER = {
    "method": "flat", "annual_percent": Decimal(12), "most_rupiah": 20_000_000, "most_instalments": 24,
    "fee_percent": Decimal(1), "late_percent_per_day": Decimal("0.1"), "late_grace_days": 3,
}  # fmt: skip


class Lender:
    """A cooperative that lends, and the people who work in it, on a day that can be moved on."""

    def __init__(self) -> None:
        self.board, self.second = self._somebody("board"), self._somebody("board")
        self.treasurer, self.cashier = self._somebody("treasurer"), self._somebody("cashier")
        self.supervisor = self._somebody("supervisor")
        self.id, self.today = new_id(), TODAY
        self.do(
            self.board, "set_up_cooperative", village_code=KURIPAN, name="Koperasi", kind="cooperative",
            opened_on=SINCE,
        )  # fmt: skip
        self.do(
            self.board, "set_membership_terms", terms_id=new_id(), since=SINCE, principal_rupiah=10_000_000,
            compulsory_rupiah=20_000, decision="Rapat",
        )  # fmt: skip
        self.do(
            self.board, "set_money_limit", limit_id=new_id(), since=SINCE, second_person_above_rupiah=30_000_000,
            decision="Rapat",
        )  # fmt: skip
        self.cooperative = Cooperative.objects.in_village(KURIPAN).get(id=self.id)
        self.open_till()

    def _somebody(self, role: str) -> Actor:
        return person(new_id(), "Orang Koperasi", (f"cooperative_{role}", KURIPAN))

    @property
    def now(self) -> datetime:
        return datetime(self.today.year, self.today.month, self.today.day, 3, 15, tzinfo=UTC)

    def do(self, by: Actor, action: str, **given: Any) -> dict[str, Any]:
        return do(by, f"cooperative.{action}", {"cooperative_id": self.id, **given}, now=self.now, act_id=new_id())

    def refused(self, by: Actor, action: str, **given: Any) -> str:
        with pytest.raises(Refusal) as refusal:
            self.do(by, action, **given)
        return refusal.value.reasons[0].code

    def open_till(self) -> None:
        cash = balance_now(Account.objects.of(self.cooperative).get(use="cash"))
        self.do(self.cashier, "open_till", till_id=new_id(), on=self.today, opening_rupiah=cash)

    def later(self, days: int) -> None:
        """Close the till, let days pass, open it again."""
        till = TillDay.objects.of(self.cooperative).open_of(self.cashier.id).get()
        self.do(
            self.cashier, "close_till", till_id=till.id, entry_id=new_id(), counted_rupiah=expected_in(till)
        )  # fmt: skip
        self.today += timedelta(days=days)
        self.open_till()

    def member(self, nik: str = "3307104107850001", address: str = "Krajan") -> UUID:
        id = new_id()
        self.do(
            self.board, "apply_for_membership", member_id=id, on=self.today, name="Siti Aminah", nik=nik,
            birth_date=date(1985, 7, 1), address=address, in_area=True, is_citizen=True,
        )  # fmt: skip
        self.do(
            self.cashier, "pay_capital", entry_id=new_id(), member_id=id, kind="entry", amount_rupiah=10_000_000,
            on=self.today,
        )  # fmt: skip
        self.do(self.board, "admit_member", member_id=id, on=self.today)
        return id

    def elected(self, member_id: UUID, office: str, until: date = date(2029, 9, 1)) -> None:
        """A meeting on the first day gave the member an office."""
        held = Meeting.objects.create(
            id=new_id(), village_code=KURIPAN, cooperative=self.cooperative, kind="extraordinary", status="held",
            invited_on=SINCE, on=SINCE, at="09.00", place="Balai desa", needed=1, present=1,
        )  # fmt: skip
        OfficeTerm.objects.create(
            id=new_id(), village_code=KURIPAN, cooperative=self.cooperative, meeting=held, member_id=member_id,
            office=office, since=SINCE, until=until,
        )  # fmt: skip

    def product(self, **offer: Any) -> UUID:
        id = new_id()
        self.do(
            self.board, "add_loan_product", product_id=id, name=f"Pinjaman {id}", since=SINCE, offer={**OFFER, **offer}
        )
        return id

    def application(self, member_id: UUID, product_id: UUID, **given: Any) -> dict[str, Any]:
        return {
            "loan_id": new_id(), "member_id": member_id, "product_id": product_id, "on": self.today,
            "amount_rupiah": 1_200_000, "instalments": 12, "purpose": "Modal warung", **given,
        }  # fmt: skip

    def applied(self, *, member: UUID | None = None, offer: dict[str, Any] | None = None, **given: Any) -> UUID:
        asked = self.application(member or self.member(), self.product(**(offer or {})), **given)
        self.do(self.cashier, "apply_for_loan", **asked)
        id: UUID = asked["loan_id"]
        return id

    def survey(self, loan_id: UUID) -> None:
        self.on(self.cashier, "record_loan_survey", loan_id, survey="Warung ramai, kiriman tiap bulan.")

    def approved(self, **given: Any) -> UUID:
        id = self.applied(**given)
        self.survey(id)
        for who in (self.board, self.second):
            self.on(who, "approve_loan", id, approval_id=new_id())
        return id

    def running(self, **given: Any) -> UUID:
        id = self.approved(**given)
        self.on(self.cashier, "disburse_loan", id, entry_id=new_id())
        return id

    def on(self, by: Actor, action: str, loan_id: UUID, **given: Any) -> dict[str, Any]:
        return self.do(by, action, **{"loan_id": loan_id, "on": self.today, **given})

    def pay(self, loan_id: UUID, amount: int, **given: Any) -> dict[str, Any]:
        return self.on(
            self.cashier, "take_instalment", loan_id, **{"entry_id": new_id(), "amount_rupiah": amount, **given}
        )

    def written_off(self, loan_id: UUID) -> None:
        """Out of the books by two persons: the borrower died."""
        id = new_id()
        reason = "Meninggal, ahli waris tidak mampu"
        self.on(self.treasurer, "propose_write_off", loan_id, write_off_id=id, ground="death", reason=reason)
        agreed = {"entry_id": new_id(), "write_off_id": id, "on": self.today, "answer": "yes", "decision": "Rapat"}
        self.do(self.board, "decide_write_off", **agreed)

    def new_table(self, loan_id: UUID, **given: Any) -> None:
        """A new table, agreed on by two persons."""
        id, first = new_id(), self.today + timedelta(days=30)
        asked = {"proposal_id": id, "instalments": 6, "first_due_on": first, "reason": "Kiriman berhenti", **given}
        self.on(self.treasurer, "propose_reschedule", loan_id, **asked)
        agreed = {"entry_id": new_id(), "proposal_id": id, "on": self.today, "answer": "yes", "decision": "Rapat"}
        self.do(self.board, "decide_reschedule", **agreed)

    def loan(self, loan_id: UUID) -> Loan:
        return loan_of(self.treasurer, loan_id)

    def balances(self) -> dict[str, int]:
        ids = {id: use for use, id in chart_of(self.cooperative).items()}
        lines = trial_balance(self.cooperative, self.today)
        assert sum(line.debit_rupiah - line.credit_rupiah for line in lines) == 0
        return {ids[line.account_id]: line.balance_rupiah for line in lines if line.balance_rupiah}

    def held(self, use: str, loan_id: UUID) -> int:
        return balance_now(Account.objects.of(self.cooperative).get(use=use), loan_id)

    def payoff_now(self, loan_id: UUID) -> int:
        return payoff_of(self.loan(loan_id), self.today).total
