"""The end of a year for mudharabah savers: twelve months in twelve months' books, the tax when the money comes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from beancount import loader

from desmigratif.cooperative.models import Account, SavingsAccount, SavingsDistribution, TillDay
from desmigratif.cooperative.queries.ledger.books import balance_on
from desmigratif.cooperative.queries.ledger.export import as_beancount
from desmigratif.cooperative.queries.sharia.accrued import accrued_for, unshared_months
from desmigratif.cooperative.queries.sharia.funds import reconciliation
from desmigratif.cooperative.queries.year.closing import closing_of
from desmigratif.cooperative.tests.market import Market
from desmigratif.cooperative.tests.sharia.conftest import Souk
from desmigratif.cooperative.tests.sharia.test_savers import offered, saved
from desmigratif.cooperative.views.sharia.reports import report_of
from desmigratif.shared.ids import new_id

NOVEMBER, LAST, JANUARY = date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 4)
IN_JANUARY = datetime(2027, 1, 4, 3, tzinfo=UTC)
PAYABLE, COST = "savers_share_payable", "savers_profit_share"


@pytest.fixture
def saving(souk: Souk) -> Souk:
    """Siti saves; margin of 15.000 comes in November and again in December; it is January, November is closed."""
    saved(souk, offered(souk), souk.siti, 3_000_000)
    sale = souk.sold()
    souk.money("take_contract_payment", contract_id=sale, amount_rupiah=140_000)
    souk.at = datetime(2026, 12, 20, 3, tzinfo=UTC)
    paid = {"contract_id": sale, "amount_rupiah": 140_000, "way": "bank", "on": date(2026, 12, 20)}
    souk.do(souk.cashier, "take_contract_payment", entry_id=new_id(), **paid)
    souk.at = IN_JANUARY
    for last_on in (date(2026, 9, 30), date(2026, 10, 31), NOVEMBER):
        souk.do(souk.treasurer, "close_period", period_id=new_id(), last_on=last_on)
    return souk


def shared(souk: Souk, last_on: date) -> UUID:
    id = new_id()
    souk.do(souk.treasurer, "prepare_distribution", distribution_id=id, last_on=last_on)
    souk.do(souk.board, "post_distribution", distribution_id=id, on=JANUARY)
    return id


def december_closed(souk: Souk) -> None:
    souk.do(souk.treasurer, "close_period", period_id=new_id(), last_on=LAST)


def at(souk: Market, use: str, on: date) -> int:
    return balance_on(Account.objects.of(souk.cooperative).get(use=use), on)


def test_the_months_that_were_not_shared_are_an_expense_of_their_year_and_owed(saving: Souk) -> None:
    assert [one.last_on for one in unshared_months(saving.cooperative, LAST)] == [NOVEMBER, LAST]
    assert closing_of(saving.cooperative, 2026, JANUARY).shares == 18_000

    december_closed(saving)

    assert (at(saving, COST, LAST), at(saving, PAYABLE, LAST)) == (18_000, 18_000)
    assert reconciliation(saving.cooperative, date(2026, 1, 1), LAST).mudharabah == 18_000
    assert unshared_months(saving.cooperative, LAST) == []
    (table,) = report_of("penabung", saving.cooperative, 2026, JANUARY).tables
    assert [line.values[-1] for line in table.lines] == [9_000, 9_000, 18_000]
    assert "Rp18.000 belum masuk ke simpanan" in " ".join(table.said)


def test_what_is_shared_afterwards_takes_from_what_is_owed_and_costs_the_new_year_nothing(saving: Souk) -> None:
    december_closed(saving)
    id = shared(saving, LAST)

    assert (at(saving, COST, JANUARY), saving.balance(PAYABLE)) == (18_000, 9_000)
    saving.do(saving.treasurer, "take_back_distribution", distribution_id=id, on=JANUARY, reason="Diperiksa lagi")
    assert saving.balance(PAYABLE) == 18_000
    shared(saving, LAST)
    shared(saving, NOVEMBER)
    assert (at(saving, COST, JANUARY), saving.balance(PAYABLE)) == (18_000, 0)
    account = SavingsAccount.objects.of(saving.cooperative).get()
    assert saving.balance("savings_mudharabah", account.id) == 3_018_000
    _, errors, _ = loader.load_string("".join(as_beancount(saving.cooperative)), dedent=False)
    assert errors == []


def test_a_month_entered_in_january_before_december_is_closed_still_belongs_to_its_year(saving: Souk) -> None:
    shared(saving, NOVEMBER)
    assert (at(saving, COST, LAST), at(saving, PAYABLE, LAST), saving.balance(PAYABLE)) == (9_000, 9_000, 0)
    december_closed(saving)
    assert (at(saving, COST, LAST), at(saving, PAYABLE, LAST), saving.balance(PAYABLE)) == (18_000, 18_000, 9_000)


def test_the_tax_waits_for_the_day_on_which_the_share_comes(souk: Souk) -> None:
    saved(souk, offered(souk), souk.siti, 3_000_000)
    souk.reported(venture := souk.venture("mudharabah"), 1_500_000)
    souk.money("take_profit_share", contract_id=venture, amount_rupiah=600_000)
    souk.at = IN_JANUARY
    for last_on in (date(2026, 9, 30), date(2026, 10, 31), NOVEMBER, LAST):
        souk.do(souk.treasurer, "close_period", period_id=new_id(), last_on=last_on)
    assert (at(souk, PAYABLE, LAST), at(souk, "tax_payable", LAST)) == (360_000, 0)
    id = shared(souk, NOVEMBER)
    assert (
        SavingsDistribution.objects.of(souk.cooperative).get(id=id).tax_rupiah == souk.balance("tax_payable") == 36_000
    )


def test_closing_the_year_holds_the_share_before_its_result_is_carried_on(saving: Souk) -> None:
    till, kept = TillDay.objects.of(saving.cooperative).get(), saving.till
    saving.do(saving.cashier, "close_till", till_id=till.id, entry_id=new_id(), counted_rupiah=kept)
    closed: dict[str, Any] = {"closing_id": new_id(), "entry_id": new_id(), "year": 2026}
    assert closing_of(saving.cooperative, 2026, JANUARY).end.is_provision_missing
    saving.do(saving.treasurer, "post_provisions", entry_id=new_id(), month=LAST)
    before = closing_of(saving.cooperative, 2026, JANUARY)
    saving.do(saving.treasurer, "close_year", **closed)

    assert saving.balance("shu_undivided") == before.surplus
    assert (accrued_for(saving.cooperative, LAST), saving.balance(COST)) == (9_000, 0)
    shared(saving, LAST)  # reckoned again after the year was closed, to the same rupiah
    assert (saving.balance(PAYABLE), saving.balance(COST)) == (9_000, 0)
    saving.do(saving.cashier, "open_till", till_id=new_id(), on=JANUARY, opening_rupiah=kept)
