"""What is not paid leaves the books: by two persons, when it is lost or for a named ground, and it can come back."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from desmigratif.access.actor import Actor
from desmigratif.cooperative.models import LoanCollateral, LoanEvent, MoneySlip, WriteOff
from desmigratif.cooperative.rules.members.membership import Leaving, settle
from desmigratif.cooperative.rules.write_off import reasons_not_to_agree, reasons_not_to_write_off
from desmigratif.cooperative.tests.lender import SINCE, TODAY, Lender
from desmigratif.shared.ids import new_id

DEAD = {"ground": "death", "reason": "Meninggal karena sakit"}
LOST = {"ground": "arrears", "reason": "Pergi tanpa kabar, rumahnya kosong"}
YES: dict[str, Any] = {"answer": "yes", "decision": "Rapat pengurus"}


def proposed(lender: Lender, loan: UUID, **given: Any) -> UUID:
    id = new_id()
    lender.on(lender.treasurer, "propose_write_off", loan, write_off_id=id, **{**DEAD, **given})
    return id


def decision(lender: Lender, id: UUID, **given: Any) -> dict[str, Any]:
    return {"entry_id": new_id(), "write_off_id": id, "on": lender.today, **YES, **given}


@pytest.mark.parametrize(
    ("ground", "grade", "code"),
    [
        ("arrears", "loss", None), ("arrears", "doubtful", "not_lost_yet"), ("arrears", "current", "not_lost_yet"),
        ("death", "current", None), ("disaster", "substandard", None), ("bored", "loss", "ground_unknown"),
    ],
)  # fmt: skip
def test_arrears_must_be_lost_by_the_bands_and_a_named_ground_needs_none(ground: str, grade: Any, code: Any) -> None:
    reasons = reasons_not_to_write_off(ground, grade, date(2026, 11, 27))
    assert [one.code for one in reasons] == ([code] if code else [])


def test_who_proposes_does_not_agree_and_only_the_board_does() -> None:
    def codes(**who: bool) -> list[str]:
        return [one.code for one in reasons_not_to_agree(**who)]

    assert codes(is_proposer=True, decides=True) == ["same_person"]
    assert codes(is_proposer=False, decides=False) == ["not_board"]
    assert codes(is_proposer=False, decides=True) == []


def test_a_proposal_changes_nothing_until_another_of_the_board_agrees(lender: Lender) -> None:
    loan = lender.running()
    id = proposed(lender, loan)
    assert (lender.loan(loan).status, lender.held("loans", loan)) == ("active", 1_200_000)
    assert lender.refused(lender.treasurer, "decide_write_off", **decision(lender, id)) == "same_person"
    again = {"loan_id": loan, "on": lender.today, "write_off_id": new_id(), **DEAD}
    assert lender.refused(lender.board, "propose_write_off", **again) == "proposed_already"

    lender.do(lender.board, "decide_write_off", **decision(lender, id))
    assert (lender.loan(loan).status, lender.held("loans", loan)) == ("written_off", 0)
    assert LoanEvent.objects.of(lender.cooperative).get(kind="write_off").payload == {
        "ground": "death", "reason": DEAD["reason"],
    }  # fmt: skip
    assert lender.refused(lender.second, "decide_write_off", **decision(lender, id)) == "not_running"


def test_of_two_of_the_board_the_one_who_proposed_does_not_agree(lender: Lender) -> None:
    loan, id = lender.running(), new_id()
    lender.on(lender.board, "propose_write_off", loan, write_off_id=id, **DEAD)
    assert lender.refused(lender.board, "decide_write_off", **decision(lender, id)) == "same_person"
    assert lender.refused(lender.treasurer, "decide_write_off", **decision(lender, id)) == "not_board"
    row = WriteOff.objects.of(lender.cooperative).get(id=id)
    row.decided_on, row.decided_by, row.is_agreed = TODAY, row.proposed_by, True
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    lender.do(lender.second, "decide_write_off", **decision(lender, id))
    assert lender.loan(loan).status == "written_off"


def test_a_no_and_a_withdrawal_leave_the_loan_running_and_the_way_open(lender: Lender) -> None:
    loan = lender.running()
    id = proposed(lender, loan)
    lender.do(lender.treasurer, "decide_write_off", **decision(lender, id, answer="no", decision="Salah orang"))
    id = proposed(lender, loan)
    lender.do(lender.board, "decide_write_off", **decision(lender, id, answer="no", decision="Ahli waris membayar"))
    assert lender.loan(loan).status == "active"
    assert [row.is_agreed for row in WriteOff.objects.of(lender.cooperative)] == [False, False]
    assert lender.refused(lender.board, "decide_write_off", **decision(lender, id, answer="no")) == "decided_already"


def test_a_loan_that_is_late_but_not_lost_stays_in_the_books_also_when_it_recovers_meanwhile(lender: Lender) -> None:
    loan = lender.running()
    lender.later(60)
    asked = {"loan_id": loan, "on": lender.today, "write_off_id": new_id(), **LOST}
    assert lender.refused(lender.treasurer, "propose_write_off", **asked) == "not_lost_yet"
    lender.later(200)
    id = proposed(lender, loan, **LOST)
    lender.pay(loan, 900_000)
    assert lender.refused(lender.board, "decide_write_off", **decision(lender, id)) == "not_lost_yet"
    assert lender.loan(loan).status == "active"


def test_a_no_can_still_be_said_when_the_loan_was_paid_meanwhile(lender: Lender) -> None:
    loan = lender.running()
    id = proposed(lender, loan)
    owed = lender.payoff_now(loan)
    lender.on(lender.cashier, "pay_off_loan", loan, entry_id=new_id(), amount_rupiah=owed)
    assert lender.refused(lender.board, "decide_write_off", **decision(lender, id)) == "not_running"
    lender.do(lender.board, "decide_write_off", **decision(lender, id, answer="no", decision="Sudah lunas"))


def test_another_day_or_two_things_at_once_are_refused(lender: Lender) -> None:
    loan = lender.running()
    lender.later(3)
    asked = {"loan_id": loan, "write_off_id": new_id(), **DEAD}
    assert lender.refused(lender.treasurer, "propose_write_off", on=TODAY, **asked) == "not_today"
    both = {**asked, "contract_id": new_id(), "on": lender.today}
    assert lender.refused(lender.treasurer, "propose_write_off", **both) == "one_thing"


def test_a_stranger_neither_proposes_nor_decides(lender: Lender, stranger: Actor) -> None:
    loan = lender.running()
    id = proposed(lender, loan)
    for nobody in (stranger, lender.supervisor, lender.cashier):
        asked = {"loan_id": loan, "on": lender.today, "write_off_id": new_id(), **DEAD}
        assert lender.refused(nobody, "cooperative.propose_write_off".removeprefix("cooperative."), **asked) == (
            "not_found"
        )
        given = decision(lender, id, answer="no")
        assert lender.refused(nobody, "cooperative.decide_write_off".removeprefix("cooperative."), **given) == (
            "not_found"
        )


def secured(lender: Lender, saved: int, held: int) -> tuple[UUID, UUID]:
    """(loan, savings account): a loan of 1.200.000 for which savings are held."""
    member, product, account = lender.member(), new_id(), new_id()
    offer = {"name": "Sukarela", "kind": "voluntary", "since": SINCE, "annual_percent": "4"}
    lender.do(lender.board, "add_savings_product", product_id=product, **offer)
    opened = {"account_id": account, "on": lender.today}
    lender.do(lender.cashier, "open_savings_account", member_id=member, product_id=product, **opened)
    lender.do(lender.cashier, "deposit", entry_id=new_id(), amount_rupiah=saved, **opened)
    collateral = [{"kind": "liquid", "description": "Simpanan sendiri", "value_rupiah": held}]
    return lender.running(member=member, collateral=collateral), account


def test_savings_that_were_held_pay_before_the_rest_leaves_the_books(lender: Lender) -> None:
    loan, account = secured(lender, 700_000, 500_000)
    lender.later(40)
    cash, owed = lender.balances()["cash"], lender.payoff_now(loan)
    lender.do(lender.board, "decide_write_off", **decision(lender, proposed(lender, loan)))

    assert lender.loan(loan).status == "written_off"
    assert (lender.held("savings_voluntary", account), lender.balances()["cash"]) == (200_000, cash)
    assert lender.balances()["provision_expense"] <= owed - 500_000
    assert LoanCollateral.objects.of(lender.cooperative).get().value_rupiah == 0
    slips = MoneySlip.objects.of(lender.cooperative).filter(kind="loan.set_off")
    assert sorted(slip.amount_rupiah for slip in slips) == [-500_000, 500_000]
    taken = {"entry_id": new_id(), "account_id": account, "amount_rupiah": 200_000, "on": lender.today}
    lender.do(lender.cashier, "withdraw", **taken)  # what was not held is the member's
    back = LoanEvent.objects.of(lender.cooperative).get(kind="prepayment")
    given = {"loan_id": loan, "event_id": back.id, "entry_id": new_id(), "on": lender.today, "reason": "Salah catat"}
    assert lender.refused(lender.treasurer, "reverse_loan_event", **given) == "not_here"


def test_savings_that_cover_all_end_the_loan_and_nothing_is_lost(lender: Lender) -> None:
    loan, account = secured(lender, 2_000_000, 1_500_000)
    owed = lender.payoff_now(loan)
    lender.do(lender.board, "decide_write_off", **decision(lender, proposed(lender, loan)))

    assert lender.loan(loan).status == "paid"
    assert lender.held("savings_voluntary", account) == 2_000_000 - owed
    assert "provision_expense" not in lender.balances()


def test_who_leaves_pays_first_what_was_written_off_and_is_not_held_back_for_more(lender: Lender) -> None:
    loan = lender.running()
    member = lender.loan(loan).member_id
    lender.written_off(loan)
    lender.later(2)
    claim = lender.payoff_now(loan)

    done = lender.do(lender.board, "leave_cooperative", member_id=member, on=lender.today, reason="own_wish")

    assert claim >= 1_200_000
    assert done["to_pay_out_rupiah"] == 10_000_000 - claim == lender.held("leavers_payable", member)
    assert lender.balances()["recoveries"] == claim


def test_a_claim_larger_than_the_savings_takes_what_there_is() -> None:
    settlement = settle(Leaving(entry_savings=100, compulsory_savings=50, loans=30, written_off=500))
    assert (settlement.to_pay_out, settlement.still_owed) == (0, 0)
    assert [line.amount for line in settlement.lines] == [100, 50, -30, -120]
