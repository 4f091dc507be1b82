"""Lending through the door: who decides, what the till hands out and takes, what the books hold."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.cooperative.models import Account, Cooperative, Entry, Loan, LoanEvent, MoneySlip, TillDay
from desmigratif.cooperative.queries.ledger import balance_now, chart_of, trial_balance
from desmigratif.cooperative.queries.loans import due_until, loan_of, payoff_of, standing_loans, state_of
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

    def loan(self, loan_id: UUID) -> Loan:
        return loan_of(self.treasurer, loan_id)

    def balances(self) -> dict[str, int]:
        ids = {id: use for use, id in chart_of(self.cooperative).items()}
        lines = trial_balance(self.cooperative, self.today)
        assert sum(line.debit_rupiah - line.credit_rupiah for line in lines) == 0
        return {ids[line.account_id]: line.balance_rupiah for line in lines if line.balance_rupiah}

    def held(self, use: str, loan_id: UUID) -> int:
        return balance_now(Account.objects.of(self.cooperative).get(use=use), loan_id)


@pytest.fixture
def lender(db: None) -> Lender:
    return Lender()


# --- up to the money ---


def test_a_product_above_the_cap_is_not_offered(lender: Lender) -> None:
    given = {"product_id": new_id(), "name": "Dua persen flat", "since": SINCE}
    flat = {**OFFER, "annual_percent": Decimal(24)}
    assert lender.refused(lender.board, "add_loan_product", **given, offer=flat) == "rate_above_cap"


def test_new_terms_hold_for_later_applications_only(lender: Lender) -> None:
    member, product = lender.member(), lender.product()
    before = lender.application(member, product)
    lender.do(lender.cashier, "apply_for_loan", **before)
    change = {"terms_id": new_id(), "product_id": product, "offer": {**OFFER, "annual_percent": Decimal(6)}}
    assert lender.refused(lender.board, "change_loan_terms", **change, since=SINCE) == "not_after_last"
    lender.do(lender.board, "change_loan_terms", **change, since=TODAY)
    after = lender.application(member, product)
    lender.do(lender.cashier, "apply_for_loan", **after)

    percents = [lender.loan(one["loan_id"]).terms.offer["annual_percent"] for one in (before, after)]
    assert percents == ["12", "6"]


def test_only_a_member_may_borrow_and_within_the_product(lender: Lender) -> None:
    product, candidate = lender.product(), new_id()
    lender.do(
        lender.board, "apply_for_membership", member_id=candidate, on=TODAY, name="Calon", nik="3307104107850009",
        birth_date=date(1985, 7, 1), address="Krajan", in_area=True, is_citizen=True,
    )  # fmt: skip
    asked = lender.application(candidate, product)
    assert lender.refused(lender.cashier, "apply_for_loan", **asked) == "closed_loop"
    member = lender.member()
    too_much = lender.application(member, product, amount_rupiah=20_000_001)
    assert lender.refused(lender.cashier, "apply_for_loan", **too_much) == "too_large"


def test_a_fee_that_lifts_a_small_loan_above_the_cap_is_refused(lender: Lender) -> None:
    product = lender.product(fee_percent=Decimal(0), fee_fixed_rupiah=100_000)
    asked = lender.application(lender.member(), product, amount_rupiah=500_000)
    assert lender.refused(lender.cashier, "apply_for_loan", **asked) == "rate_above_cap"


def test_two_of_the_board_decide_after_a_survey_and_not_who_entered_it(lender: Lender) -> None:
    id = lender.applied()
    yes = {"loan_id": id, "on": TODAY}
    assert lender.refused(lender.board, "approve_loan", **yes, approval_id=new_id()) == "no_survey"
    lender.survey(id)
    first = lender.do(lender.board, "approve_loan", **yes, approval_id=new_id())
    assert (first["status"], len(first["waiting"])) == ("applied", 1)
    assert lender.refused(lender.board, "approve_loan", **yes, approval_id=new_id()) == "said_already"
    assert lender.refused(lender.cashier, "disburse_loan", **yes, entry_id=new_id()) == "not_approved"
    assert lender.do(lender.second, "approve_loan", **yes, approval_id=new_id())["status"] == "approved"


def test_a_yes_with_an_interest_in_it_does_not_count(lender: Lender) -> None:
    id = lender.applied()
    lender.survey(id)
    lender.on(lender.board, "approve_loan", id, approval_id=new_id(), has_interest=True)
    assert lender.on(lender.second, "approve_loan", id, approval_id=new_id())["status"] == "applied"


def test_a_related_party_needs_the_supervisors_and_stays_within_a_tenth(lender: Lender) -> None:
    id = lender.applied(related_roles=("board",), amount_rupiah=1_000_000)
    lender.survey(id)
    for who in (lender.board, lender.second):
        assert lender.on(who, "approve_loan", id, approval_id=new_id())["status"] == "applied"
    agreed = lender.on(lender.supervisor, "agree_to_related_loan", id, approval_id=new_id())
    assert agreed["status"] == "approved"

    above = lender.applied(member=lender.member("3307104107850002"), related_roles=("board",), amount_rupiah=2_000_100)
    lender.survey(above)
    lender.on(lender.board, "approve_loan", above, approval_id=new_id())
    lender.on(lender.supervisor, "agree_to_related_loan", above, approval_id=new_id())
    yes = {"loan_id": above, "on": TODAY, "approval_id": new_id()}
    assert lender.refused(lender.second, "approve_loan", **yes) == "related_party_limit"


def test_a_decline_says_why_and_ends_the_application(lender: Lender) -> None:
    id = lender.applied()
    lender.on(lender.board, "decline_loan", id, reason="Angsuran terlalu berat")
    assert lender.loan(id).declined_reason == "Angsuran terlalu berat"
    assert lender.refused(lender.board, "decline_loan", loan_id=id, on=TODAY, reason="Sekali lagi") == "decided_already"


def test_disbursing_cuts_the_fee_and_keeps_the_contract(lender: Lender) -> None:
    id = lender.running()

    loan, books = lender.loan(id), lender.balances()
    assert (loan.status, loan.next_due_on) == ("active", date(2026, 12, 23))
    assert (books["loans"], books["loan_fees"], books["cash"]) == (1_200_000, 12_000, 10_000_000 - 1_188_000)
    slip = MoneySlip.objects.of(lender.cooperative).get(holder_id=id)
    assert (slip.amount_rupiah, slip.balance_rupiah) == (-1_188_000, 1_200_000)
    again = {"loan_id": id, "on": TODAY, "entry_id": new_id()}
    assert lender.refused(lender.cashier, "disburse_loan", **again) == "not_approved"


def test_above_the_limit_the_payout_needs_the_second_person(lender: Lender) -> None:
    lender.do(
        lender.board, "set_money_limit", limit_id=new_id(), since=TODAY, second_person_above_rupiah=1_000_000,
        decision="Rapat",
    )  # fmt: skip
    id = lender.approved()
    given = {"loan_id": id, "on": TODAY, "entry_id": new_id()}
    assert lender.refused(lender.cashier, "disburse_loan", **given) == "second_person"
    approval = new_id()
    lender.do(
        lender.treasurer, "approve_payout", approval_id=approval, member_id=lender.loan(id).member_id, holder_id=id,
        amount_rupiah=1_188_000, on=TODAY,
    )  # fmt: skip
    done = lender.do(lender.cashier, "disburse_loan", **given, approval_id=approval)
    assert done["balance_rupiah"] == 1_200_000


def test_who_stands_for_another_does_not_leave(lender: Lender) -> None:
    guarantor = lender.member("3307104107850009")
    lender.running(guarantors=[{"member_id": guarantor, "name": "Penanggung", "relation": "tetangga"}])

    left = {"member_id": guarantor, "on": lender.today, "reason": "own_wish"}
    assert lender.refused(lender.board, "leave_cooperative", **left) == "guarantor"


def test_a_loan_is_set_off_against_the_savings_of_who_leaves(lender: Lender) -> None:
    id = lender.running()
    lender.later(40)
    loan = lender.loan(id)
    owed = payoff_of(loan, lender.today).total
    assert owed > 1_200_000
    left = {"member_id": loan.member_id, "reason": "own_wish"}
    too_early = {**left, "on": lender.today - timedelta(days=1)}
    assert lender.refused(lender.board, "leave_cooperative", **too_early) == "not_today"
    cash = lender.balances()["cash"]

    done = lender.do(lender.board, "leave_cooperative", on=lender.today, **left)

    assert done["to_pay_out_rupiah"] == 10_000_000 - owed == lender.held("leavers_payable", loan.member_id)
    assert (lender.loan(id).status, lender.held("loans", id), lender.balances()["cash"]) == ("paid", 0, cash)
    slips = MoneySlip.objects.of(lender.cooperative).filter(kind="loan.set_off")
    assert sorted(slip.amount_rupiah for slip in slips) == [-owed, owed]
    event = LoanEvent.objects.of(lender.cooperative).get(kind="payoff")
    back = {"event_id": event.id, "entry_id": new_id(), "reason": "Salah catat"}
    assert lender.refused(lender.treasurer, "reverse_loan_event", loan_id=id, on=lender.today, **back) == "not_here"


def test_a_loan_larger_than_the_savings_is_paid_first(lender: Lender) -> None:
    lender.member("3307104107850009")  # whose money is in the till too
    member_id = lender.loan(lender.running(amount_rupiah=4_000_000)).member_id
    for _more in range(2):
        lender.running(member=member_id, amount_rupiah=4_000_000)

    left = {"member_id": member_id, "on": lender.today, "reason": "moved"}
    assert lender.refused(lender.board, "leave_cooperative", **left) == "still_owes"


def test_nothing_is_paid_out_to_somebody_who_left_meanwhile(lender: Lender) -> None:
    id = lender.approved()
    lender.do(
        lender.board, "leave_cooperative", member_id=lender.loan(id).member_id, on=lender.today, reason="own_wish"
    )
    assert lender.refused(lender.cashier, "disburse_loan", loan_id=id, on=TODAY, entry_id=new_id()) == "closed_loop"


# --- the life of a loan ---


def test_an_instalment_is_split_and_the_slip_says_what_is_left(lender: Lender) -> None:
    id = lender.running()
    lender.later(30)

    slip = lender.pay(id, 112_000)

    assert slip["balance_rupiah"] == 1_100_000 == lender.held("loans", id)
    assert lender.balances()["loan_interest"] == 12_000
    assert lender.loan(id).next_due_on == date(2027, 1, 23)


def test_the_same_instalment_twice_counts_once_and_another_under_its_number_is_refused(lender: Lender) -> None:
    id, entry = lender.running(), new_id()

    answers = [lender.pay(id, 112_000, entry_id=entry) for _ in range(3)]

    assert answers == [answers[0]] * 3
    assert LoanEvent.objects.of(lender.cooperative).filter(loan=id).count() == 1
    with pytest.raises(Refusal, match="entry_exists"):
        lender.pay(id, 112_001, entry_id=entry)


def test_a_payment_for_an_earlier_day_takes_the_late_fee_back(lender: Lender) -> None:
    id = lender.running()
    lender.later(40)  # 2 January; due on 23 December, 3 days of grace
    lender.pay(id, 50_000)
    assert lender.balances()["late_fees"] > 0

    lender.pay(id, 112_000, on=date(2026, 12, 23))

    assert "late_fees" not in lender.balances()
    assert lender.held("loans", id) == state_of(lender.loan(id), lender.today).principal_outstanding
    posted = Entry.objects.of(lender.cooperative).sealed().filter(kind="loan.payment")
    assert {entry.on for entry in posted} == {lender.today}


def test_a_payment_into_a_closed_month_or_after_today_is_refused(lender: Lender) -> None:
    id = lender.running()
    lender.later(40)
    for last in (date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 31)):
        lender.do(lender.treasurer, "close_period", period_id=new_id(), last_on=last)
    given = {"loan_id": id, "entry_id": new_id(), "amount_rupiah": 112_000}
    assert lender.refused(lender.cashier, "take_instalment", **given, on=date(2026, 12, 23)) == "closed_month"
    tomorrow = lender.today + timedelta(days=1)
    assert lender.refused(lender.cashier, "take_instalment", **given, on=tomorrow) == "date_in_future"


def test_no_more_is_taken_than_is_owed_and_an_early_end_has_its_sum(lender: Lender) -> None:
    id = lender.running(offer={"method": "declining"})
    given = {"loan_id": id, "on": TODAY, "entry_id": new_id()}
    assert lender.refused(lender.cashier, "take_instalment", **given, amount_rupiah=2_000_000) == "more_than_owed"
    lender.later(10)
    given["on"] = lender.today
    owed = payoff_of(lender.loan(id), lender.today).total
    assert lender.refused(lender.cashier, "pay_off_loan", **given, amount_rupiah=owed - 1) == "other_sum"

    lender.do(lender.cashier, "pay_off_loan", **given, amount_rupiah=owed)

    assert (lender.loan(id).status, lender.held("loans", id)) == ("paid", 0)
    assert lender.refused(lender.cashier, "take_instalment", **{**given, "entry_id": new_id()}, amount_rupiah=1) == (
        "paid_already"
    )


def test_a_mistake_is_taken_back_by_another_and_all_is_reckoned_again(lender: Lender) -> None:
    id, entry = lender.running(), new_id()
    lender.pay(id, 212_000, entry_id=entry)
    given = {"loan_id": id, "on": TODAY, "event_id": entry, "reason": "Salah orang"}
    assert lender.refused(lender.cashier, "reverse_loan_event", **given, entry_id=new_id()) == "not_found"

    back = lender.do(lender.treasurer, "reverse_loan_event", **given, entry_id=new_id())

    assert back["balance_rupiah"] == 1_200_000 == lender.held("loans", id)
    assert "loan_interest" not in lender.balances()
    assert lender.refused(lender.treasurer, "reverse_loan_event", **given, entry_id=new_id()) == "reversed_already"


def test_a_write_off_uses_what_was_set_aside_and_what_comes_later_is_recovery(lender: Lender) -> None:
    id = lender.running()
    lender.later(9)  # 2 December
    done = lender.do(lender.treasurer, "post_provisions", entry_id=new_id(), month=date(2026, 11, 1))
    assert done["required_rupiah"] == 6_000  # 0.5 % of what is current
    assert (
        lender.refused(lender.treasurer, "post_provisions", entry_id=new_id(), month=date(2026, 11, 9))
        == "provided_already"
    )

    lender.on(lender.board, "write_off_loan", id, entry_id=new_id(), reason="Tidak ditemukan lagi")
    lender.later(1)
    lender.pay(id, 50_000)

    books = lender.balances()
    assert "loans" not in books and "loan_provision" not in books
    assert (books["provision_expense"], books["recoveries"]) == (1_200_000, 50_000)
    assert lender.loan(id).status == "written_off"


def test_provisions_follow_the_class_and_its_dates(lender: Lender) -> None:
    id = lender.running()
    lender.later(220)  # July 2027; nothing was ever paid
    done = lender.do(lender.treasurer, "post_provisions", entry_id=new_id(), month=date(2027, 6, 1))
    loan = lender.loan(id)
    assert loan.collectibility != "current"
    assert done["required_rupiah"] > 6_000
    assert lender.refused(lender.treasurer, "post_provisions", entry_id=new_id(), month=lender.today) == (
        "date_in_future"
    )
    standing = due_until(lender.cooperative, lender.today)
    assert [(one.loan.id, one.state.oldest_open_due_on) for one in standing] == [(id, date(2026, 12, 23))]


def test_interest_that_was_earned_counts_before_it_is_paid_and_only_once(lender: Lender) -> None:
    id = lender.running(offer={"basis": "accrual", "late_percent_per_day": 0})
    lender.later(40)  # 2 January: the instalment of 23 December is open, the next month runs
    done = lender.do(lender.treasurer, "post_provisions", entry_id=new_id(), month=date(2026, 12, 1))

    assert done["accrued_rupiah"] == 12_000 + 3_097  # 8 of the 31 days to 23 January
    assert lender.held("interest_receivable", id) == lender.balances()["loan_interest"] == 15_097
    lender.pay(id, 112_000)
    assert lender.held("interest_receivable", id) == 3_097
    assert lender.balances()["loan_interest"] == 15_097  # it was counted in December already
    lender.on(lender.cashier, "pay_off_loan", id, entry_id=new_id(), amount_rupiah=payoff_now(lender, id))
    interest = state_of(lender.loan(id), lender.today).allocations
    assert lender.held("interest_receivable", id) == 0
    assert lender.balances()["loan_interest"] == sum(one.amount for one in interest if one.component == "interest")


def payoff_now(lender: Lender, id: UUID) -> int:
    return payoff_of(lender.loan(id), lender.today).total


def test_what_was_paid_after_the_month_ended_is_not_earned_twice(lender: Lender) -> None:
    id = lender.running(offer={"basis": "accrual", "late_percent_per_day": 0})
    lender.later(40)
    lender.pay(id, 112_000)  # in January, and December is provided for only now
    lender.do(lender.treasurer, "post_provisions", entry_id=new_id(), month=date(2026, 12, 1))

    december = {line.account_id: line for line in trial_balance(lender.cooperative, date(2026, 12, 31))}
    income = Account.objects.of(lender.cooperative).get(use="loan_interest").id
    assert december[income].credit_rupiah - december[income].debit_rupiah == 15_097
    assert lender.held("interest_receivable", id) == 3_097
    assert lender.balances()["loan_interest"] == 15_097


def test_a_loan_that_is_not_current_earns_only_what_is_paid(lender: Lender) -> None:
    id = lender.running(offer={"basis": "accrual"})
    lender.later(40)
    lender.do(lender.treasurer, "post_provisions", entry_id=new_id(), month=date(2026, 12, 1))
    assert lender.held("interest_receivable", id) > 0
    lender.later(120)
    done = lender.do(lender.treasurer, "post_provisions", entry_id=new_id(), month=date(2027, 4, 1))

    assert lender.loan(id).collectibility == "substandard"
    assert done["accrued_rupiah"] < 0
    assert lender.held("interest_receivable", id) == lender.balances().get("loan_interest", 0) == 0


def test_savings_that_secure_a_loan_stay_until_it_is_paid(lender: Lender) -> None:
    member = lender.member()
    accounts = [new_id(), new_id()]
    for number, account in enumerate(accounts):
        product = new_id()
        lender.do(
            lender.board, "add_savings_product", product_id=product, name=f"Sukarela {number}", kind="voluntary",
            since=SINCE, annual_percent="4",
        )  # fmt: skip
        opened = {"account_id": account, "on": lender.today}
        lender.do(lender.cashier, "open_savings_account", member_id=member, product_id=product, **opened)
        lender.do(lender.cashier, "deposit", entry_id=new_id(), amount_rupiah=500_000, **opened)

    def takes(account: UUID, amount: int) -> dict[str, Any]:
        return {"entry_id": new_id(), "account_id": account, "amount_rupiah": amount, "on": lender.today}

    held = {"kind": "liquid", "description": "Simpanan sendiri"}
    too_much = lender.application(member, lender.product(), collateral=[{**held, "value_rupiah": 1_000_001}])
    assert lender.refused(lender.cashier, "apply_for_loan", **too_much) == "above_savings"
    loan = lender.running(member=member, collateral=[{**held, "value_rupiah": 700_000}])
    first, second = accounts
    lender.do(lender.cashier, "withdraw", **takes(first, 300_000))  # the rest is held together with the other account
    assert lender.refused(lender.cashier, "withdraw", **takes(first, 1)) == "above_balance"
    assert lender.refused(lender.cashier, "withdraw", **takes(second, 1)) == "above_balance"
    lender.on(lender.cashier, "pay_off_loan", loan, entry_id=new_id(), amount_rupiah=payoff_now(lender, loan))
    lender.do(lender.cashier, "withdraw", **takes(second, 500_000))


def test_what_the_board_sees_ahead_decides_between_doubtful_and_lost(lender: Lender) -> None:
    land = {"kind": "certified_land", "value_rupiah": 1_100_000, "description": "Tanah sawah"}
    id = lender.running(collateral=[land])
    lender.later(250)

    def grade() -> str:
        return standing_loans([lender.loan(id)], lender.today)[0].grade.code

    assert grade() == "doubtful"  # the land covers 75 % of the debt, not all of it
    judged = {"outlook": "not_rescuable", "reason": "Warungnya tutup, suami tidak ada kabar"}
    lender.on(lender.board, "judge_loan", id, **judged)
    assert grade() == "loss"
    assert lender.refused(lender.board, "judge_loan", loan_id=id, on=lender.today, **judged) == "said_already"
    lender.on(lender.board, "judge_loan", id, outlook="rescuable", reason="Mulai kirim uang lagi")
    assert grade() == "doubtful"
    lender.on(lender.board, "judge_loan", id, outlook="handed_over", reason="Diserahkan ke penjamin")
    assert grade() == "loss"
    last_month = lender.today - timedelta(days=31)
    assert standing_loans([lender.loan(id)], last_month)[0].grade.code == "doubtful"  # nobody had said so yet


def test_a_grace_without_interest_is_offered_kept_and_given_anew(lender: Lender) -> None:
    id = lender.running(offer={"interest_free": 2})
    state = state_of(lender.loan(id), lender.today)
    assert [line.asked.interest for line in state.lines[:3]] == [0, 0, 12_000]
    first = lender.today + timedelta(days=30)
    given = {"entry_id": new_id(), "instalments": 4, "first_due_on": first, "reason": "Kiriman berhenti dulu"}
    more = {"loan_id": id, "on": lender.today, **given, "interest_free": 5}
    assert lender.refused(lender.board, "reschedule_loan", **more) == "too_large"
    lender.on(lender.board, "reschedule_loan", id, **given, interest_free=1)
    anew = [line.asked.interest for line in state_of(lender.loan(id), lender.today).lines]
    assert anew[0] == 0 < anew[1]


def test_a_new_table_may_make_unpaid_interest_principal(lender: Lender) -> None:
    id = lender.running(offer={"method": "declining"})
    lender.later(45)
    first = lender.today + timedelta(days=30)
    lender.on(
        lender.board, "reschedule_loan", id, entry_id=new_id(), instalments=18, first_due_on=first, capitalise=True,
        reason="Kiriman berhenti",
    )  # fmt: skip
    state = state_of(lender.loan(id), lender.today)
    assert state.capitalised > 0
    assert lender.held("loans", id) == 1_200_000 + state.capitalised
    assert lender.balances()["loan_interest"] == state.capitalised


def test_a_meeting_is_entered_whole_or_not_at_all(lender: Lender) -> None:
    loans = [lender.running(member=lender.member(f"330710410785000{n}")) for n in (1, 2)]
    lines = [{"entry_id": new_id(), "loan_id": id, "amount_rupiah": 112_000} for id in loans]
    wrong = [lines[0], {**lines[1], "amount_rupiah": 99_000_000}]
    assert lender.refused(lender.cashier, "take_collection", on=TODAY, lines=wrong) == "more_than_owed"
    assert LoanEvent.objects.of(lender.cooperative).count() == 0

    done = lender.do(lender.cashier, "take_collection", on=TODAY, lines=lines)

    assert (done["count"], done["total_rupiah"]) == (2, 224_000)
    assert MoneySlip.objects.of(lender.cooperative).filter(kind="loan.payment", number=done["number"]).count() == 2
    assert [lender.held("loans", id) for id in loans] == [1_100_000, 1_100_000]
    twice = [lines[0], {**lines[0], "entry_id": new_id()}]
    assert lender.refused(lender.cashier, "take_collection", on=TODAY, lines=twice) == "twice"


# --- strangers ---


@pytest.mark.parametrize(
    ("action", "more"),
    [
        ("cooperative.add_loan_product", {"product_id": new_id(), "name": "Pinjaman", "since": SINCE, "offer": OFFER}),
        (
            "cooperative.change_loan_terms",
            {"terms_id": new_id(), "product_id": new_id(), "since": SINCE, "offer": OFFER},
        ),
        (
            "cooperative.apply_for_loan",
            {
                "member_id": new_id(), "product_id": new_id(), "amount_rupiah": 1, "instalments": 1, "purpose": "Modal",
                "loan_id": new_id(), "on": TODAY,
            },
        ),
        ("cooperative.post_provisions", {"entry_id": new_id(), "month": SINCE}),
        (
            "cooperative.take_collection",
            {"on": TODAY, "lines": [{"entry_id": new_id(), "loan_id": new_id(), "amount_rupiah": 1}]},
        ),
        ("cooperative.record_loan_survey", {"survey": "Warung ramai sekali"}),
        ("cooperative.approve_loan", {"approval_id": new_id()}),
        ("cooperative.decline_loan", {"reason": "Terlalu berat"}),
        ("cooperative.disburse_loan", {"entry_id": new_id()}),
        ("cooperative.take_instalment", {"entry_id": new_id(), "amount_rupiah": 1}),
        ("cooperative.prepay_loan", {"entry_id": new_id(), "amount_rupiah": 1}),
        ("cooperative.pay_off_loan", {"entry_id": new_id(), "amount_rupiah": 1}),
        (
            "cooperative.reschedule_loan",
            {"entry_id": new_id(), "instalments": 1, "first_due_on": TODAY + timedelta(days=30), "reason": "Macet"},
        ),
        ("cooperative.write_off_loan", {"entry_id": new_id(), "reason": "Hilang"}),
        ("cooperative.judge_loan", {"outlook": "not_rescuable", "reason": "Warungnya tutup"}),
        ("cooperative.reverse_loan_event", {"entry_id": new_id(), "event_id": new_id(), "reason": "Salah orang"}),
    ],
)  # fmt: skip
def test_a_stranger_finds_nothing(lender: Lender, stranger: Actor, action: str, more: dict[str, Any]) -> None:
    """Neither another village nor a role that only looks."""
    action = action.removeprefix("cooperative.")
    whole = ("add_loan_product", "change_loan_terms", "apply_for_loan", "post_provisions", "take_collection")
    given = more if action in whole else {"loan_id": new_id(), "on": TODAY, **more}
    assert lender.refused(stranger, action, **given) == "not_found"
    assert lender.refused(lender.supervisor, action, **given) == "not_found"


def test_a_stranger_does_not_speak_for_the_supervisors(lender: Lender, stranger: Actor) -> None:
    verb = "cooperative.agree_to_related_loan".removeprefix("cooperative.")
    given = {"loan_id": new_id(), "on": TODAY, "approval_id": new_id()}
    assert lender.refused(stranger, verb, **given) == "not_found"
    assert lender.refused(lender.treasurer, verb, **given) == "not_found"


# --- whatever happens in whatever order ---


class LoanLife(RuleBasedStateMachine):
    """One loan; the books always hold what a replay of its events says."""

    def __init__(self) -> None:
        super().__init__()
        self.lender = Lender()
        self.loan_id = self.lender.running(
            offer={"method": "declining", "surplus": "shorter", "basis": "accrual"},
            amount_rupiah=600_000,
            instalments=6,
        )

    def attempt(self, by: Actor, action: str, **given: Any) -> None:
        """Done or refused: both must leave the books right."""
        try:
            self.lender.on(by, action, self.loan_id, entry_id=new_id(), **given)
        except Refusal as refusal:
            assert refusal.reasons[0].code in REFUSED

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.lender.later(days)

    @rule(amount=st.integers(1, 250_000), back=st.integers(0, 30))
    def pay(self, amount: int, back: int) -> None:
        on = self.lender.today - timedelta(days=back)
        self.attempt(self.lender.cashier, "take_instalment", amount_rupiah=amount, on=on)

    @rule(amount=st.integers(1, 250_000), effect=st.sampled_from(["shorter", "lower"]))
    def prepay(self, amount: int, effect: str) -> None:
        self.attempt(self.lender.cashier, "prepay_loan", amount_rupiah=amount, effect=effect)

    @rule()
    def pay_off(self) -> None:
        owed = payoff_of(self.lender.loan(self.loan_id), self.lender.today).total
        self.attempt(self.lender.cashier, "pay_off_loan", amount_rupiah=max(owed, 1))

    @rule()
    def last_month_is_provided_for(self) -> None:
        month = self.lender.today.replace(day=1) - timedelta(days=1)
        try:
            self.lender.do(self.lender.treasurer, "post_provisions", entry_id=new_id(), month=month)
        except Refusal as refusal:
            assert refusal.reasons[0].code == "provided_already"

    @rule(instalments=st.integers(1, 12), capitalise=st.booleans(), free=st.integers(0, 3))
    def reschedule(self, instalments: int, capitalise: bool, free: int) -> None:
        first = self.lender.today + timedelta(days=30)
        self.attempt(
            self.lender.board, "reschedule_loan", instalments=instalments, first_due_on=first, capitalise=capitalise,
            reason="Kiriman berhenti", interest_free=free,
        )  # fmt: skip

    @rule()
    def write_off(self) -> None:
        self.attempt(self.lender.board, "write_off_loan", reason="Tidak ditemukan")

    @rule(which=st.integers(0, 20))
    def reverse(self, which: int) -> None:
        events = list(LoanEvent.objects.of(self.lender.cooperative).order_by("id"))
        if events:
            event = events[which % len(events)]
            self.attempt(self.lender.treasurer, "reverse_loan_event", event_id=event.id, reason="Salah catat")

    @invariant()
    def the_books_hold_what_the_events_say(self) -> None:
        lender, loan = self.lender, self.lender.loan(self.loan_id)
        state = state_of(loan, lender.today)
        events = LoanEvent.objects.of(lender.cooperative)
        books = lender.balances()

        assert lender.held("loans", loan.id) == state.principal_outstanding
        assert lender.held("deposits_held", loan.id) == state.credit
        assert loan.status == state.status
        earned_unpaid = lender.held("interest_receivable", loan.id)
        assert earned_unpaid >= 0 and (state.status == "active" or earned_unpaid == 0)
        if not state.written_off.total:
            paid = sum(one.amount for one in state.allocations if one.component == "interest")
            assert books.get("loan_interest", 0) == paid + state.capitalised + earned_unpaid
        moved = sum(event.amount_rupiah for event in events)
        assert books["cash"] == 10_000_000 - 594_000 + moved
        till = TillDay.objects.of(lender.cooperative).open_of(lender.cashier.id).get()
        assert expected_in(till) == books["cash"]


REFUSED = {
    "more_than_owed", "paid_already", "closed_month", "written_off", "other_sum", "not_running", "not_here",
    "reversed_already", "till_closed", "too_small", "overdrawn", "not_paid_off", "too_large",
}  # fmt: skip


@pytest.mark.django_db
def test_a_loan_agrees_with_its_replay_whatever_happens() -> None:
    run_state_machine_as_test(
        LoanLife,
        settings=settings(
            max_examples=12, stateful_step_count=18, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
