"""What is paid on a loan, taken back, and paid early or late."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desmigratif.cooperative.models import Entry, LoanEvent, MoneySlip
from desmigratif.cooperative.queries.loans.standing import payoff_of, state_of
from desmigratif.cooperative.tests.lender import TODAY, Lender
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal


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
