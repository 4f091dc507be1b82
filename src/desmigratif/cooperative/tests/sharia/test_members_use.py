"""What members pay by their sharia contracts, in the cooperative or in its unit, is their part in its surplus too."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from desmigratif.cooperative.queries.year.surplus import surplus_of
from desmigratif.cooperative.tests.market import SINCE, TODAY, Market
from desmigratif.cooperative.tests.sharia.conftest import MURABAHAH, QARDH, Souk
from desmigratif.cooperative.tests.sharia.test_units import Units
from desmigratif.shared.ids import new_id

FUNDS = [{"code": "members_by_use", "percent": "100"}]


def by_articles(books: Market, basis: str) -> None:
    rule = {"decision": "Rapat", "savings_basis": "year_end", "use_basis": basis}
    books.do(books.board, "set_surplus_rule", rule_id=new_id(), since=SINCE, funds=FUNDS, **rule)


def used(books: Market) -> dict[str, int]:
    found = surplus_of(books.cooperative, 2026, TODAY)
    return {member.name: basis.use for member, basis in zip(found.members, found.bases, strict=True)}


def sold_and_paid(books: Souk) -> UUID:
    """A sale at 1.500.000 and 180.000; of its first instalment of 140.000, 15.000 are margin."""
    sale = books.sold()
    books.money("take_contract_payment", contract_id=sale, amount_rupiah=140_000)
    return sale


def test_margin_and_a_paid_share_of_profit_count_and_what_is_only_promised_does_not(souk: Souk) -> None:
    by_articles(souk, "loan_interest")
    sold_and_paid(souk)
    venture = souk.venture("mudharabah", member_id=souk.budi)
    souk.reported(venture, 500_000)
    assert used(souk) == {"Siti Aminah": 15_000, "Budi Aminah": 0}

    paid = souk.money("take_profit_share", contract_id=venture, amount_rupiah=200_000)
    assert used(souk) == {"Siti Aminah": 15_000, "Budi Aminah": 200_000}
    move_id = paid["id"]
    souk.do(souk.treasurer, "reverse_business_move", move_id=move_id, entry_id=new_id(), on=TODAY, reason="Salah orang")

    assert used(souk) == {"Siti Aminah": 15_000, "Budi Aminah": 0}


def test_of_a_rent_counts_what_is_above_the_wear_of_the_thing(souk: Souk) -> None:
    by_articles(souk, "loan_interest")
    lease = souk.agreed(
        "ijarah", goods="Gerobak", amount_rupiah=1_200_000, rent_rupiah=1_500_000, residual_rupiah=0, instalments=12,
        first_due_on=date(2026, 12, 23),
    )  # fmt: skip
    souk.money("buy_contract_goods", contract_id=lease, amount_rupiah=1_200_000)
    souk.money("take_contract_payment", contract_id=lease, amount_rupiah=125_000)

    assert used(souk)["Siti Aminah"] == 25_000


def test_financing_counts_at_its_cost_where_the_articles_go_by_loans(souk: Souk) -> None:
    by_articles(souk, "loans")
    souk.sold()
    souk.venture("mudharabah", member_id=souk.budi)
    qardh = souk.agreed("qardh", member_id=souk.budi, **QARDH)
    souk.money("hand_out_financing", contract_id=qardh, amount_rupiah=600_000)

    assert used(souk) == {"Siti Aminah": 1_500_000, "Budi Aminah": 1_600_000}


def test_in_a_unit_it_counts_for_the_member_of_the_cooperative(market: Market) -> None:
    by_articles(market, "loan_interest")
    units, served = Units(market), new_id()

    def in_unit(by: Any, verb: str, /, **given: Any) -> None:
        market.do(by, verb, cooperative_id=units.id, **{"on": TODAY, **given})

    units.moved(3_000_000)
    in_unit(market.board, "serve_in_unit", member_id=served, served_id=market.budi)
    sale = new_id()
    in_unit(market.cashier, "ask_for_contract", contract_id=sale, member_id=served, kind="murabahah", **MURABAHAH)
    in_unit(market.board, "decide_contract", contract_id=sale, answer="yes", decision="Usahanya jelas")
    bank = {"contract_id": sale, "way": "bank"}
    in_unit(market.cashier, "buy_contract_goods", entry_id=new_id(), amount_rupiah=1_500_000, **bank)
    in_unit(market.cashier, "sell_contract_goods", entry_id=new_id(), contract_id=sale)
    in_unit(market.cashier, "take_contract_payment", entry_id=new_id(), amount_rupiah=140_000, **bank)

    assert used(market) == {"Siti Aminah": 0, "Budi Aminah": 15_000}


@pytest.mark.parametrize("basis", ["purchases"])
def test_a_sale_of_financing_is_no_goods_out_of_a_purchase_together(souk: Souk, basis: str) -> None:
    by_articles(souk, basis)
    sold_and_paid(souk)

    assert used(souk)["Siti Aminah"] == 0
