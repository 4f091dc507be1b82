"""A new table: by two persons, and it alone makes no loan better."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from desmigratif.access.actor import Actor
from desmigratif.cooperative.models import LoanEvent, Reschedule
from desmigratif.cooperative.queries.loans.standing import grade_now, provisions_now, state_of
from desmigratif.cooperative.tests.lender import TODAY, Lender
from desmigratif.shared.ids import new_id


def asked(lender: Lender, **given: Any) -> dict[str, Any]:
    first = lender.today + timedelta(days=30)
    return {"proposal_id": new_id(), "instalments": 6, "first_due_on": first, "reason": "Kiriman berhenti", **given}


def proposed(lender: Lender, loan: UUID, by: Actor | None = None, **given: Any) -> UUID:
    what = asked(lender, **given)
    lender.on(by or lender.treasurer, "propose_reschedule", loan, **what)
    id: UUID = what["proposal_id"]
    return id


def decision(lender: Lender, id: UUID, **given: Any) -> dict[str, Any]:
    said = {"answer": "yes", "decision": "Rapat pengurus"}
    return {"entry_id": new_id(), "proposal_id": id, "on": lender.today, **said, **given}


def grade(lender: Lender, loan: UUID) -> str:
    return grade_now(lender.loan(loan), lender.today).code


def test_a_proposal_changes_nothing_until_another_of_the_board_agrees(lender: Lender) -> None:
    loan = lender.running()
    before = state_of(lender.loan(loan), lender.today).lines
    id = proposed(lender, loan, by=lender.board)
    assert state_of(lender.loan(loan), lender.today).lines == before
    assert lender.refused(lender.board, "decide_reschedule", **decision(lender, id)) == "same_person"
    assert lender.refused(lender.treasurer, "decide_reschedule", **decision(lender, id)) == "not_board"
    again = {"loan_id": loan, "on": lender.today, **asked(lender)}
    assert lender.refused(lender.treasurer, "propose_reschedule", **again) == "proposed_already"

    lender.do(lender.second, "decide_reschedule", **decision(lender, id))
    assert len(state_of(lender.loan(loan), lender.today).lines) == 6
    assert lender.refused(lender.second, "decide_reschedule", **decision(lender, id)) == "decided_already"
    event = LoanEvent.objects.of(lender.cooperative).get(kind="reschedule")
    assert (event.actor_id, event.payload["class_before"]) == (lender.second.id, "current")


def test_the_database_too_wants_two_persons(lender: Lender) -> None:
    id = proposed(lender, lender.running())
    row = Reschedule.objects.of(lender.cooperative).get(id=id)
    row.decided_on, row.decided_by, row.is_agreed = TODAY, row.proposed_by, True
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_no_and_a_withdrawal_leave_the_old_table_and_the_way_open(lender: Lender) -> None:
    loan = lender.running()
    id = proposed(lender, loan)
    lender.do(lender.treasurer, "decide_reschedule", **decision(lender, id, answer="no", decision="Salah orang"))
    id = proposed(lender, loan)
    lender.do(lender.board, "decide_reschedule", **decision(lender, id, answer="no", decision="Masih sanggup"))
    assert len(state_of(lender.loan(loan), lender.today).lines) == 12
    assert [row.is_agreed for row in Reschedule.objects.of(lender.cooperative)] == [False, False]


def test_a_table_that_begins_in_the_past_is_neither_proposed_nor_agreed(lender: Lender) -> None:
    loan = lender.running()
    given = {"loan_id": loan, "on": lender.today}
    early = asked(lender, first_due_on=lender.today)
    assert lender.refused(lender.treasurer, "propose_reschedule", **given, **early) == "too_early"
    free = asked(lender, interest_free=7)
    assert lender.refused(lender.treasurer, "propose_reschedule", **given, **free) == "too_large"
    id = proposed(lender, loan)
    lender.later(30)
    assert lender.refused(lender.board, "decide_reschedule", **decision(lender, id)) == "too_early"
    lender.do(lender.board, "decide_reschedule", **decision(lender, id, answer="no", decision="Sudah lewat"))
    other_day = {**asked(lender), "loan_id": loan, "on": TODAY}
    assert lender.refused(lender.treasurer, "propose_reschedule", **other_day) == "not_today"


def test_a_stranger_neither_proposes_nor_decides(lender: Lender, stranger: Actor) -> None:
    loan = lender.running()
    id = proposed(lender, loan)
    for nobody in (stranger, lender.supervisor, lender.cashier):
        given = {"loan_id": loan, "on": lender.today, **asked(lender)}
        assert lender.refused(nobody, "cooperative.propose_reschedule".removeprefix("cooperative."), **given) == (
            "not_found"
        )
        said = decision(lender, id, answer="no")
        assert lender.refused(nobody, "cooperative.decide_reschedule".removeprefix("cooperative."), **said) == (
            "not_found"
        )


def test_a_bad_loan_stays_as_bad_until_three_new_instalments_were_paid(lender: Lender) -> None:
    loan = lender.running()
    lender.later(130)
    assert grade(lender, loan) == "substandard"
    needed = provisions_now(lender.cooperative, lender.today)[1]
    lender.new_table(loan, instalments=12)
    assert grade(lender, loan) == "substandard"
    assert provisions_now(lender.cooperative, lender.today)[1] == needed
    for paid in range(3):
        assert grade(lender, loan) == "substandard", paid
        lender.later(31)
        lender.pay(loan, state_of(lender.loan(loan), lender.today).due.total)
    assert grade(lender, loan) == "current"


def test_instalments_paid_ahead_on_one_day_prove_nothing_yet(lender: Lender) -> None:
    loan = lender.running()
    lender.later(130)
    lender.new_table(loan, instalments=12)
    lender.pay(loan, 3 * state_of(lender.loan(loan), lender.today).lines[-2].asked.total)
    assert grade(lender, loan) == "substandard"
    for _ in range(3):
        lender.on(
            lender.cashier, "prepay_loan", loan, entry_id=new_id(), amount_rupiah=10_000, effect="lower",
        )  # fmt: skip
    assert grade(lender, loan) == "substandard"


def test_a_second_table_does_not_wash_a_loan_either(lender: Lender) -> None:
    loan = lender.running()
    lender.later(250)
    assert grade(lender, loan) == "loss"
    lender.new_table(loan, instalments=12)
    lender.later(5)
    lender.new_table(loan, instalments=24)
    assert grade(lender, loan) == "loss"
    assert LoanEvent.objects.of(lender.cooperative).filter(kind="reschedule", payload__class_before="loss").count() == 2
