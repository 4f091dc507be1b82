"""What the books hold of a loan that runs well or badly: classes, provisions, interest earned, new tables."""

from __future__ import annotations

from datetime import date, timedelta

from desmigratif.cooperative.models import Account
from desmigratif.cooperative.queries.ledger.books import trial_balance
from desmigratif.cooperative.queries.loans.standing import due_until, standing_loans, state_of
from desmigratif.cooperative.tests.lender import Lender
from desmigratif.shared.ids import new_id


def test_a_write_off_uses_what_was_set_aside_and_what_comes_later_is_recovery(lender: Lender) -> None:
    id = lender.running()
    lender.later(9)  # 2 December
    done = lender.do(lender.treasurer, "post_provisions", entry_id=new_id(), month=date(2026, 11, 1))
    assert done["required_rupiah"] == 6_000  # 0.5 % of what is current
    assert (
        lender.refused(lender.treasurer, "post_provisions", entry_id=new_id(), month=date(2026, 11, 9))
        == "provided_already"
    )

    lender.written_off(id)
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
    lender.on(lender.cashier, "pay_off_loan", id, entry_id=new_id(), amount_rupiah=lender.payoff_now(id))
    interest = state_of(lender.loan(id), lender.today).allocations
    assert lender.held("interest_receivable", id) == 0
    assert lender.balances()["loan_interest"] == sum(one.amount for one in interest if one.component == "interest")


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
    lender.new_table(id, instalments=4, interest_free=1)
    anew = [line.asked.interest for line in state_of(lender.loan(id), lender.today).lines]
    assert anew[0] == 0 < anew[1]


def test_a_new_table_may_make_unpaid_interest_principal(lender: Lender) -> None:
    id = lender.running(offer={"method": "declining"})
    lender.later(45)
    lender.new_table(id, instalments=18, capitalise=True)
    state = state_of(lender.loan(id), lender.today)
    assert state.capitalised > 0
    assert lender.held("loans", id) == 1_200_000 + state.capitalised
    assert lender.balances()["loan_interest"] == state.capitalised
