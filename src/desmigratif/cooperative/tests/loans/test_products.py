"""What a way to borrow may ask for: dates by hand, days nobody collects, fees each time, what goes to an insurer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desmigratif.cooperative.models import Account, LoanProductTerms
from desmigratif.cooperative.queries.ledger.books import balance_now
from desmigratif.cooperative.queries.loans.standing import agreed, state_of
from desmigratif.cooperative.rules.days import public_holidays
from desmigratif.cooperative.rules.loans.schedule import make_schedule
from desmigratif.cooperative.tests.lender import SINCE, TODAY, Lender
from desmigratif.cooperative.tests.loans.test_views import Desk, desk  # noqa: F401  a fixture
from desmigratif.cooperative.tests.loans.test_views import clock as clock
from desmigratif.shared.ids import new_id

pytestmark = pytest.mark.django_db
PLAIN = {"fee_percent": 0, "late_percent_per_day": 0}


def due_days(lender: Lender, loan_id: object) -> list[date]:
    return [row.due_on for row in make_schedule(agreed(lender.loan(loan_id)).terms).rows]  # type: ignore[arg-type]


def test_a_seasonal_loan_falls_due_after_the_harvests() -> None:
    lender = Lender()
    harvests = (date(2027, 3, 15), date(2027, 9, 15))
    id = lender.running(offer=PLAIN, instalments=2, due_dates=harvests)

    assert due_days(lender, id) == list(harvests)
    assert lender.loan(id).next_due_on == harvests[0]


def test_dates_that_do_not_fit_the_instalments_are_refused() -> None:
    lender = Lender()
    asked = lender.application(lender.member(), lender.product(), due_dates=(date(2027, 3, 15),))

    assert lender.refused(lender.cashier, "apply_for_loan", **asked) == "sums_differ"


def test_a_due_date_on_a_holiday_or_a_sunday_moves_on_and_stays_as_agreed() -> None:
    lender = Lender()
    christmas, sunday = date(2026, 12, 25), date(2027, 1, 31)
    assert christmas in public_holidays(2026, 2026)
    id = lender.running(
        offer={**PLAIN, "shift": "next", "weekdays_off": (6,)}, instalments=2, due_dates=(christmas, sunday)
    )

    assert due_days(lender, id) == [date(2026, 12, 26), date(2027, 2, 1)]
    assert christmas.isoformat() in lender.loan(id).contract["holidays"]


def test_a_fee_with_each_instalment_is_asked_and_earned() -> None:
    lender = Lender()
    id = lender.running(offer={**PLAIN, "method": "declining", "fee_each_rupiah": 2_000}, instalments=12)
    first = make_schedule(agreed(lender.loan(id)).terms).rows[0]
    lender.later(31)
    lender.pay(id, first.total)

    assert first.fees == 2_000
    assert balance_now(Account.objects.of(lender.cooperative).get(use="loan_fees")) == 2_000


def test_what_goes_to_an_insurer_is_owed_to_it_and_no_income() -> None:
    lender = Lender()
    id = lender.approved(offer={**PLAIN, "insurance_rupiah": 25_000})
    lender.on(lender.cashier, "disburse_loan", id, entry_id=new_id())

    def balance(use: str) -> int:
        return balance_now(Account.objects.of(lender.cooperative).get(use=use))

    assert (balance("trade_payable"), balance("loan_fees")) == (25_000, 0)
    assert state_of(lender.loan(id), TODAY).principal_outstanding == 1_200_000


def test_the_cost_under_the_cap_counts_every_fee_but_what_is_passed_on() -> None:
    lender = Lender()
    dear = {"product_id": new_id(), "name": "Mahal", "since": SINCE}
    offer = {"method": "declining", "annual_percent": Decimal(20), "most_rupiah": 1_000_000, "most_instalments": 12}

    assert lender.refused(
        lender.board, "add_loan_product", **dear, offer={**offer, "fee_each_rupiah": 20_000}
    )  # fmt: skip
    lender.do(lender.board, "add_loan_product", **dear, offer={**offer, "insurance_rupiah": 100_000})


def test_the_board_changes_conditions_on_a_page_that_shows_those_of_today(desk: Desk) -> None:  # noqa: F811
    given = {"name": "Usaha", "method": "declining", "annual_percent": "12,5", "most_rupiah": "5.000.000"}
    more = {
        "shift": "next",
        "weekdays_off": "6",
        "insurance_rupiah": "10.000",
        "order": "fees,principal,interest,late_fee",
    }
    desk.send("board", "add_loan_product", desk.cooperative.id, **given, **more)
    first = LoanProductTerms.objects.of(desk.cooperative).get()
    assert (first.offer["weekdays_off"], first.offer["order"][1]) == ([6], "principal")

    assert "12,5" in desk.page("board", "change_loan_terms", first.product_id)
    again = desk.send("board", "change_loan_terms", first.product_id)
    assert "sesudah ketentuan yang terakhir" in str(again.context["form"].errors)
    done = desk.send("board", "change_loan_terms", first.product_id, since="01-12-2026", annual_percent="10")
    assert done.status_code == 302
    last = LoanProductTerms.objects.of(desk.cooperative).order_by("since").last()
    assert last is not None
    assert (last.offer["annual_percent"], last.offer["shift"], last.offer["insurance_rupiah"]) == ("10", "next", 10_000)
    assert desk.get("stranger", "change_loan_terms", first.product_id).status_code == 404
    assert desk.get("cashier", "change_loan_terms", first.product_id).status_code == 404
