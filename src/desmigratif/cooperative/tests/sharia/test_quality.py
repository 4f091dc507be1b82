"""Contracts as financing: each has a class and a provision at the end of a month, and counts in the health form."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from desmigratif.cooperative.models import ProvisionMonth
from desmigratif.cooperative.queries.annual.health import assessed, figures_of
from desmigratif.cooperative.queries.loans.standing import is_provision_missing, provisions_now
from desmigratif.cooperative.queries.sharia.quality import graded_contracts
from desmigratif.cooperative.queries.year.statements import book_year
from desmigratif.cooperative.tests.sharia.conftest import QARDH, Souk
from desmigratif.shared.ids import new_id

DECEMBER, MARCH, APRIL = date(2026, 12, 31), date(2027, 3, 31), date(2027, 4, 1)


@pytest.fixture
def lending(souk: Souk) -> dict[str, UUID]:
    """A sale at a cost of 1,5 million, a venture whose profit share is not paid, a qardh, and one of the fund's."""
    found = {"sale": souk.sold(), "venture": souk.venture("mudharabah"), "qardh": souk.agreed("qardh", **QARDH)}
    souk.money("hand_out_financing", contract_id=found["qardh"], amount_rupiah=600_000)
    souk.reported(found["venture"], 250_000)
    souk.money("move_benevolent_fund", kind="donated", party="Hamba Allah", amount_rupiah=200_000)
    kindness = souk.agreed("qardh", **{**QARDH, "amount_rupiah": 200_000, "source": "benevolent"})
    souk.money("hand_out_financing", contract_id=kindness, amount_rupiah=200_000)
    souk.at = datetime(2027, 4, 1, 3, tzinfo=UTC)
    return found


def classes(souk: Souk, on: date) -> dict[UUID, tuple[int, str]]:
    found = graded_contracts(souk.cooperative, on)
    return {one.standing.contract.id: (one.outstanding, one.grade.code) for one in found}


def test_a_contract_gets_the_class_of_its_oldest_arrears_and_the_fund_s_qardh_none(
    souk: Souk, lending: dict[str, UUID]
) -> None:
    at_first = {"sale": (1_500_000, "current"), "venture": (1_000_000, "current"), "qardh": (600_000, "current")}
    assert classes(souk, DECEMBER) == {lending[name]: found for name, found in at_first.items()}
    late = {name: (held, "substandard") for name, (held, _code) in at_first.items()}
    assert classes(souk, MARCH) == {lending[name]: found for name, found in late.items()}


def test_what_is_paid_afterwards_does_not_change_how_a_month_ended(souk: Souk, lending: dict[str, UUID]) -> None:
    before = classes(souk, MARCH)
    for name, action, amount in (("sale", "take_contract_payment", 560_000), ("venture", "take_profit_share", 100_000)):
        given = {"contract_id": lending[name], "amount_rupiah": amount, "way": "bank", "on": APRIL}
        souk.do(souk.cashier, action, entry_id=new_id(), **given)
    assert classes(souk, MARCH) == before
    assert classes(souk, APRIL)[lending["sale"]] == (1_000_000, "current")  # 60.000 of the 560.000 was margin
    assert classes(souk, APRIL)[lending["venture"]] == (1_000_000, "current")


def test_the_end_of_a_month_sets_aside_for_contracts_too(souk: Souk, lending: dict[str, UUID]) -> None:
    assert is_provision_missing(souk.cooperative, DECEMBER)
    souk.do(souk.treasurer, "post_provisions", entry_id=new_id(), month=DECEMBER)
    assert souk.balance("loan_provision") == souk.balance("provision_expense") == 15_500  # 0,5 percent of 3,1 million
    assert ProvisionMonth.objects.of(souk.cooperative).get().by_class == {"current": 3_100_000}
    assert not is_provision_missing(souk.cooperative, DECEMBER)
    assert provisions_now(souk.cooperative, MARCH) == (15_500, 310_000)


def test_the_health_form_counts_contracts_as_financing(souk: Souk, lending: dict[str, UUID]) -> None:
    today = date(2027, 1, 5)
    seen = assessed(souk.cooperative, 2026, "2021", today)
    assert "not_classed" in {reason.code for reason in seen.reasons}
    souk.do(souk.treasurer, "post_provisions", entry_id=new_id(), month=DECEMBER)
    month = ProvisionMonth.objects.of(souk.cooperative).get()
    figures = figures_of(souk.cooperative, book_year(souk.cooperative, 2026, today), month)
    assert (figures["loans"], figures["lent"], figures["reserve"]) == (3_100_000, 3_100_000, 15_500)
    health = assessed(souk.cooperative, 2026, "2021", today).health
    assert health is not None
    ratios = {one.code: one.percent for aspect in health.aspects for one in aspect.ratios}
    assert ratios["npl"] == 0
    assert Decimal(0) < (ratios["loans_of_earning"] or 0) < 100


def test_bad_contracts_are_bad_loans_in_the_health_form(souk: Souk, lending: dict[str, UUID]) -> None:
    souk.do(souk.treasurer, "post_provisions", entry_id=new_id(), month=MARCH)
    health = assessed(souk.cooperative, 2027, "2021", APRIL).health
    assert health is not None
    assert {one.code: one.percent for aspect in health.aspects for one in aspect.ratios}["npl"] == 100
