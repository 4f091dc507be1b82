"""What stands behind a loan, and who leaves with one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from desmigratif.cooperative.models import LoanEvent, MoneySlip
from desmigratif.cooperative.queries.loans.standing import payoff_of
from desmigratif.cooperative.tests.lender import SINCE, TODAY, Lender
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal


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
    lender.on(lender.cashier, "pay_off_loan", loan, entry_id=new_id(), amount_rupiah=lender.payoff_now(loan))
    lender.do(lender.cashier, "withdraw", **takes(second, 500_000))


def test_savings_that_were_taken_before_the_decision_cannot_be_held(lender: Lender) -> None:
    member, product, account = lender.member(), new_id(), new_id()
    offer = {"name": "Sukarela", "kind": "voluntary", "since": SINCE, "annual_percent": "4"}
    lender.do(lender.board, "add_savings_product", product_id=product, **offer)
    of = {"account_id": account, "on": lender.today}
    lender.do(lender.cashier, "open_savings_account", member_id=member, product_id=product, **of)
    lender.do(lender.cashier, "deposit", entry_id=new_id(), amount_rupiah=500_000, **of)
    held = {"kind": "liquid", "description": "Simpanan sendiri", "value_rupiah": 500_000}
    loan = lender.applied(member=member, collateral=[held])
    lender.survey(loan)
    lender.do(lender.cashier, "withdraw", entry_id=new_id(), amount_rupiah=1, **of)
    lender.on(lender.board, "approve_loan", loan, approval_id=new_id())
    yes = {"loan_id": loan, "on": lender.today, "approval_id": new_id()}
    assert lender.refused(lender.second, "approve_loan", **yes) == "above_savings"
    lender.do(lender.cashier, "deposit", entry_id=new_id(), amount_rupiah=1, **of)
    lender.do(lender.second, "approve_loan", **yes)
    assert lender.loan(loan).status == "approved"


def test_a_payout_that_wants_a_second_person_says_the_sum_to_agree_to(lender: Lender) -> None:
    """What an early end of a term hands out is known only after interest, tax and fees."""
    loan = lender.approved()
    lender.do(
        lender.board, "set_money_limit", limit_id=new_id(), since=TODAY, second_person_above_rupiah=1_000_000,
        decision="Rapat",
    )  # fmt: skip
    given = {"loan_id": loan, "on": lender.today, "entry_id": new_id()}
    with pytest.raises(Refusal) as refused:
        lender.do(lender.cashier, "disburse_loan", **given)
    way_out = "Minta bendahara atau pengurus menyetujui Rp1.188.000 di halaman pinjaman ini."
    assert refused.value.reasons[0].way_out == way_out
    approval = new_id()
    agreed = {"member_id": lender.loan(loan).member_id, "holder_id": loan, "on": lender.today}
    lender.do(lender.treasurer, "approve_payout", approval_id=approval, amount_rupiah=1_200_000, **agreed)
    with pytest.raises(Refusal) as refused:
        lender.do(lender.cashier, "disburse_loan", **given, approval_id=approval)
    assert "Rp1.188.000" in refused.value.reasons[0].way_out
