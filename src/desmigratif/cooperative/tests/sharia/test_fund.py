"""Qardh out of the benevolent fund: its own money only, in two balances, and a statement that ends with both."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from desmigratif.cooperative.models import BusinessMove, ShariaContract
from desmigratif.cooperative.queries.sharia.funds import FundYear, fund_now, fund_year
from desmigratif.cooperative.queries.year.statements import books_of_year, position_of
from desmigratif.cooperative.rules.sharia.profit import Fund, reasons_not_to_take_from_fund
from desmigratif.cooperative.tests.market import SINCE, TODAY
from desmigratif.cooperative.tests.sharia.conftest import QARDH, Souk
from desmigratif.cooperative.views.sharia.reports import report_of
from desmigratif.shared.ids import new_id

OUT_OF_THE_FUND = {**QARDH, "source": "benevolent", "amount_rupiah": 300_000}


@pytest.fixture
def kind(souk: Souk) -> Souk:
    """Half a million was given to the fund."""
    souk.money("move_benevolent_fund", kind="donated", party="Hamba Allah", amount_rupiah=500_000)
    return souk


def lent(souk: Souk, amount: int = 300_000) -> UUID:
    id = souk.agreed("qardh", **{**OUT_OF_THE_FUND, "amount_rupiah": amount})
    souk.money("hand_out_financing", contract_id=id, amount_rupiah=amount)
    return id


def told(souk: Souk) -> FundYear:
    return fund_year(souk.cooperative, SINCE, TODAY)


def test_what_the_fund_lends_is_its_own_and_stands_apart_from_the_cooperatives_money(kind: Souk) -> None:
    id = lent(kind)

    assert fund_now(kind.cooperative) == Fund(available=200_000, lent=300_000)
    assert (kind.balance("fund_benevolent"), kind.balance("qardh_benevolent", id)) == (500_000, 300_000)
    assert kind.balance("qardh_loans", id) == 0
    assert kind.standing(id).state == "running"
    kind.money("take_contract_payment", contract_id=id, amount_rupiah=300_000)
    assert (kind.standing(id).state, fund_now(kind.cooperative)) == ("done", Fund(500_000, 0))


def test_a_qardh_of_the_cooperatives_own_money_leaves_the_fund_alone(kind: Souk) -> None:
    id = kind.agreed("qardh", **QARDH)
    kind.money("hand_out_financing", contract_id=id, amount_rupiah=600_000)
    assert (fund_now(kind.cooperative), kind.balance("qardh_loans", id)) == (Fund(500_000, 0), 600_000)


def test_the_fund_neither_lends_nor_gives_what_is_lent_already(kind: Souk) -> None:
    lent(kind)
    id = kind.agreed("qardh", **{**OUT_OF_THE_FUND, "amount_rupiah": 200_001})
    assert kind.money_refused("hand_out_financing", contract_id=id, amount_rupiah=200_001) == "fund_too_small"
    gift = {"kind": "poor", "party": "Lansia"}
    assert kind.money_refused("move_benevolent_fund", **gift, amount_rupiah=200_001) == "fund_too_small"
    kind.money("move_benevolent_fund", **gift, amount_rupiah=200_000)
    assert fund_now(kind.cooperative) == Fund(0, 300_000)


def test_a_gift_that_was_lent_on_cannot_be_undone_until_it_came_back(kind: Souk) -> None:
    id = lent(kind)
    gift = BusinessMove.objects.of(kind.cooperative).get(kind="fund.donated")
    back = {"entry_id": new_id(), "move_id": gift.id, "on": TODAY, "reason": "Salah tulis"}
    assert kind.refused(kind.board, "reverse_business_move", **back) == "fund_too_small"
    kind.money("take_contract_payment", contract_id=id, amount_rupiah=300_000)
    kind.money("move_benevolent_fund", kind="poor", party="Lansia", amount_rupiah=400_000)
    paid = BusinessMove.objects.of(kind.cooperative).get(kind="sharia.paid")
    back = {"entry_id": new_id(), "move_id": paid.id, "on": TODAY, "reason": "Salah tulis"}
    assert kind.refused(kind.board, "reverse_business_move", **back) == "fund_too_small"


def test_the_statement_shows_qardh_going_out_and_coming_back_and_ends_with_both_balances(kind: Souk) -> None:
    id = lent(kind)
    kind.money("take_contract_payment", contract_id=id, amount_rupiah=100_000)

    year = told(kind)
    assert (year.opening, year.came, year.went, year.closing, year.lent, year.otherwise) == (
        0, 600_000, 300_000, 300_000, 200_000, 0,
    )  # fmt: skip
    (table,) = report_of("kebajikan", kind.cooperative, 2026, TODAY).tables
    rows = {line.label: line.values[0] for line in table.lines if line.values}
    assert (rows["Qardh yang kembali"], rows["Dipinjamkan sebagai qardh"]) == (100_000, 300_000)
    assert rows["Dana kebajikan menurut buku"] == kind.balance("fund_benevolent") == 500_000
    position = {row.label: row.amount for row in position_of(books_of_year(kind.cooperative, 2026, TODAY))}
    assert (position["Pinjaman qardh"], position["Dana kebajikan"]) == (200_000, 500_000)


def test_a_handing_out_that_was_a_mistake_leaves_no_trace_in_the_sums(kind: Souk) -> None:
    id = lent(kind)
    move = BusinessMove.objects.of(kind.cooperative).get(kind="sharia.handed_out", subject_id=id)
    kind.do(kind.board, "reverse_business_move", entry_id=new_id(), move_id=move.id, on=TODAY, reason="Salah orang")
    assert (told(kind).went, told(kind).came, fund_now(kind.cooperative)) == (0, 500_000, Fund(500_000, 0))


def test_only_a_qardh_comes_out_of_the_fund(kind: Souk) -> None:
    asked = {"contract_id": new_id(), "member_id": kind.siti, "on": TODAY, "goods": "Warung", "amount_rupiah": 100_000}
    refused = kind.refused(
        kind.cashier, "ask_for_contract", kind="mudharabah", share_percent=40, source="benevolent", **asked
    )
    assert refused == "source_elsewhere"
    row = ShariaContract.objects.of(kind.cooperative).get(id=kind.asked("qardh", **QARDH))
    row.source, row.kind = "benevolent", "mudharabah"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_the_way_out_names_what_comes_back() -> None:
    (reason,) = reasons_not_to_take_from_fund(Fund(10_000, 300_000), 10_001)
    assert "Rp10.000" in reason.text and "Rp300.000" in reason.way_out
    assert reasons_not_to_take_from_fund(Fund(10_000, 0), 10_000) == []
