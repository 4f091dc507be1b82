"""Units with books of their own: opened, served in, money between, and the sum without what they owe one another."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from desmigratif.access.actor import Actor
from desmigratif.access.models import Grant, User
from desmigratif.cooperative.models import Account, Cooperative, Member
from desmigratif.cooperative.queries.annual.oversight import figures_for
from desmigratif.cooperative.queries.business.businesses import held_by
from desmigratif.cooperative.queries.ledger.books import balance_now, chart_of
from desmigratif.cooperative.queries.ledger.verify import verify_books
from desmigratif.cooperative.queries.overview import cooperatives_of
from desmigratif.cooperative.queries.sharia.units import combined_of
from desmigratif.cooperative.queries.year.statements import books_of_year
from desmigratif.cooperative.rules.year.cash_flow import CashMove
from desmigratif.cooperative.rules.year.combined import CashBook, combined_cash
from desmigratif.cooperative.tests.market import KURIPAN, SINCE, TODAY, Market
from desmigratif.shared.dated import value_on
from desmigratif.shared.ids import new_id


class Units:
    """A market with a sharia unit."""

    def __init__(self, market: Market) -> None:
        self.market, self.id = market, new_id()
        market.do(
            market.board, "open_unit", unit_id=self.id, name="Unit Syariah", on=SINCE, is_sharia=True,
            decision="Rapat anggota",
        )  # fmt: skip
        self.unit = Cooperative.objects.in_village(KURIPAN).get(id=self.id)

    def moved(self, amount: int, *, back: bool = False, by: Actor | None = None) -> None:
        first, other = (self.id, self.market.id) if back else (self.market.id, self.id)
        self.market.do(
            by or self.market.treasurer, "move_between_units", cooperative_id=first, to_id=other, on=TODAY,
            entry_id=new_id(), received_id=new_id(), amount_rupiah=amount, memo="Modal kerja",
        )  # fmt: skip

    def bank(self, books: Cooperative) -> int:
        return balance_now(Account.objects.of(books).get(use="bank"))

    def owed(self, books: Cooperative, use: str, other: UUID) -> int:
        return held_by(books, use, [other]).get(other, 0)


@pytest.fixture
def units(market: Market) -> Units:
    return Units(market)


def test_a_unit_has_books_of_its_own_and_is_found_from_its_cooperative(units: Units) -> None:
    market, unit = units.market, units.unit
    assert (unit.parent_id, unit.sharia_since, unit.kind) == (market.id, SINCE, market.cooperative.kind)
    assert cooperatives_of(market.board) == [market.cooperative]
    again: dict[str, Any] = {"unit_id": new_id(), "on": SINCE, "decision": "Rapat"}
    assert market.refused(market.board, "open_unit", name="Unit Syariah", **again) == "name_taken"
    assert market.refused(market.board, "open_unit", cooperative_id=unit.id, name="Anak", **again) == "unit_of_unit"


def test_a_member_is_served_in_the_unit_under_the_same_number_and_once(units: Units) -> None:
    market, id = units.market, new_id()
    served = {"cooperative_id": units.id, "served_id": market.siti, "on": TODAY}
    market.do(market.treasurer, "serve_in_unit", member_id=id, **served)

    first, second = Member.objects.of(market.id).get(id=market.siti), Member.objects.of(units.id).get(id=id)
    assert (second.name, second.number, second.nik_index) == (first.name, first.number, first.nik_index)
    assert market.refused(market.treasurer, "serve_in_unit", member_id=new_id(), **served) == "served_already"
    elsewhere = {"member_id": new_id(), "served_id": market.siti, "on": TODAY}
    assert market.refused(market.treasurer, "serve_in_unit", **elsewhere) == "no_unit"


def test_what_one_owes_the_other_is_in_both_books_and_not_in_their_sum(units: Units) -> None:
    market = units.market
    units.moved(3_000_000)
    units.moved(1_000_000, back=True)

    assert (units.bank(market.cooperative), units.bank(units.unit)) == (3_000_000, 2_000_000)
    assert units.owed(market.cooperative, "unit_receivable", units.id) == 2_000_000
    assert units.owed(units.unit, "unit_payable", market.id) == 2_000_000
    units.moved(2_500_000, back=False)
    told = combined_of(books_of_year(market.cooperative, TODAY.year, TODAY))
    sums = {row.code: row.values for row in told.position}
    assert sums["cash"] == (10_500_000, 4_500_000, 0, 15_000_000)
    assert sums["units"] == (4_500_000, 0, -4_500_000, 0)
    assert sums["assets"] == (15_000_000, 4_500_000, -4_500_000, 15_000_000)
    assert sums["liabilities_and_equity"] == sums["assets"]
    assert told.difference == 0
    cash = {row.code: row.values for row in told.cash}
    assert cash["units_in"] == (1_000_000, 5_500_000, -6_500_000, 0)
    assert cash["closing"] == sums["cash"]
    assert verify_books(units.id).broken == ()


def test_the_office_above_sees_the_whole_and_each_of_the_books(places: None, units: Units, settings: Any) -> None:
    """What one owes the other is no asset of the whole; the members are counted once, in the cooperative."""
    settings.SECOND_FACTOR_REQUIRED = False
    market = units.market
    units.moved(4_500_000)
    (told,) = figures_for([market.cooperative], TODAY)
    assert [(one.books.name, one.assets_rupiah) for one in told.bodies] == [
        ("Koperasi", 15_000_000), ("Unit Syariah", 4_500_000),
    ]  # fmt: skip
    assert (told.between_rupiah, told.assets_rupiah) == (4_500_000, 15_000_000)

    user = User.objects.create(username="dinas", name="Orang Uji")
    Grant.objects.create(user=user, role="cooperative_office", region_code=KURIPAN[:5], valid_from=date(2020, 1, 1))
    client = Client()
    with time_machine.travel(datetime.combine(TODAY, time(3), UTC), tick=False):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        page = client.get(f"/koperasi/pembinaan/{market.id}/").content.decode()
        rows = client.get("/koperasi/pembinaan/").content.decode()
    assert "Buku induk dan unit" in page and "Unit Syariah" in page and "Rp4.500.000, tidak dihitung" in page
    assert "Rp15.000.000" in page and "Rp19.500.000" not in page
    assert "Rp15.000.000" in rows and "Unit Syariah" not in rows


def test_the_sum_of_all_stands_beside_that_of_the_year_before(units: Units) -> None:
    """A unit that was opened this year counts as nothing in the year before."""
    market = units.market
    units.moved(3_000_000)
    units.moved(1_000_000, back=True)
    market.at = datetime(2027, 2, 10, 3, 15, tzinfo=UTC)
    later = {"unit_id": new_id(), "name": "Unit Toko", "on": date(2027, 1, 4), "decision": "Rapat"}
    market.do(market.board, "open_unit", **later)
    grown = {
        "legs": [
            {"account_id": chart_of(units.unit)["bank"], "debit_rupiah": 250_000},
            {"account_id": chart_of(units.unit)["grants"], "credit_rupiah": 250_000},
        ]
    }  # fmt: skip
    entry = {"cooperative_id": units.id, "entry_id": new_id(), "on": date(2027, 2, 10), "memo": "Hibah", **grown}
    market.do(market.treasurer, "post_manual_entry", **entry)

    last = combined_of(books_of_year(market.cooperative, 2026, date(2027, 2, 10)))
    told = combined_of(books_of_year(market.cooperative, 2027, date(2027, 2, 10)))
    assert [one.name for one in told.bodies] == ["Koperasi", "Unit Syariah", "Unit Toko"]
    for name in ("position", "result", "cash"):
        before = [row.values[-1] for row in getattr(last, name) if row.kind != "head"]
        assert [row.before for row in getattr(told, name) if row.kind != "head"] == before
    sums = {row.code: (row.values[-1], row.before) for row in (*told.position, *told.cash) if row.values}
    assert sums["assets"] == (15_250_000, 15_000_000)
    assert sums["closing"] == sums["assets"] and sums["opening"] == (15_000_000, 0)
    assert not last.has_before and {row.before for row in (*last.position, *last.cash) if row.kind != "head"} == {None}


def test_money_that_one_side_forgot_to_write_down_is_seen_in_the_cash_of_all() -> None:
    head = CashBook([CashMove("1-1701", 0, 700), CashMove("4-1101", 90, 0)], 1_000, frozenset({"1-1701"}))
    unit = CashBook([CashMove("2-1601", 500, 0)], 0, frozenset({"2-1601"}))
    shape = value_on("cooperative_statements.cash_flow", TODAY)

    cash = {row.code: row.values for row in combined_cash(shape, [head, unit], None)}

    assert (cash["units_in"], cash["units_out"]) == ((0, 500, -500, 0), (-700, 0, 500, -200))
    assert cash["closing"] == (390, 500, 0, 890)


def test_money_goes_only_between_books_of_one_cooperative_and_no_more_than_there_is(units: Units) -> None:
    market = units.market
    move = {"entry_id": new_id(), "received_id": new_id(), "on": TODAY, "memo": "Modal"}
    refused = market.refused(market.treasurer, "move_between_units", **move, to_id=market.id, amount_rupiah=1)
    assert refused == "not_of_one"
    refused = market.refused(market.treasurer, "move_between_units", **move, to_id=units.id, amount_rupiah=5_000_001)
    assert refused == "overdrawn"
    assert market.refused(market.cashier, "move_between_units", **move, to_id=units.id, amount_rupiah=1) == "not_found"
