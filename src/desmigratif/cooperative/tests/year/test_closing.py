"""A book year is closed once, when nothing stands in the way; afterwards its SHU waits for the members."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from desmigratif.access.actor import Actor
from desmigratif.access.door import do
from desmigratif.audit.models import Event
from desmigratif.cooperative.models import Account, ClosedYear, Cooperative, FixedAsset, Period
from desmigratif.cooperative.queries.ledger.books import balance_on, chart_of, trial_balance
from desmigratif.cooperative.queries.ledger.verify import verify_books
from desmigratif.cooperative.queries.year.statements import books_of_year, changes_of, position_of, result_of
from desmigratif.cooperative.rules.year.closing import YearEnd, reasons_not_to_close_year
from desmigratif.cooperative.rules.year.depreciation import Lasting, used_up
from desmigratif.cooperative.tests.conftest import KENANGA, somebody
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

LAST = date(2026, 12, 31)


# --- rules ---


def end(**changes: Any) -> YearEnd:
    usual: dict[str, Any] = {
        "year": 2026, "today": date(2027, 1, 5), "opened_on": date(2026, 9, 1), "closed_until": date(2026, 11, 30),
    }  # fmt: skip
    return YearEnd(**{**usual, **changes})


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"closed_until": LAST}, []),  # December was closed by itself
        ({"today": LAST}, ["year_not_over"]),
        ({"closed_years": frozenset({2026})}, ["closed_already"]),
        ({"year": 2025}, ["before_books"]),
        ({"opened_on": date(2025, 3, 1)}, ["earlier_year_open"]),
        ({"opened_on": date(2025, 3, 1), "closed_years": frozenset({2025})}, []),
        ({"closed_until": None}, ["months_open"]),
        ({"closed_until": date(2026, 10, 31)}, ["months_open"]),
        ({"open_tills": 1}, ["till_open"]),
        ({"cash_difference": -500}, ["cash_difference"]),
        ({"is_interest_unpaid": True, "is_provision_missing": True}, ["interest_unpaid", "provision_missing"]),
        ({"assets": (5, 6)}, ["assets_differ"]),
    ],
)
def test_everything_that_stands_in_the_way_is_said_at_once(changes: dict[str, Any], codes: list[str]) -> None:
    assert [reason.code for reason in reasons_not_to_close_year(end(**changes))] == codes


def test_the_open_months_are_counted_and_the_first_is_named() -> None:
    (reason,) = reasons_not_to_close_year(end(closed_until=None))

    assert reason.text == "3 bulan belum ditutup, mulai September 2026."


@given(st.integers(1, 10**10), st.integers(0, 100), st.integers(1, 240), st.dates(date(2000, 1, 1), date(2030, 12, 31)))
def test_the_parts_of_all_years_use_up_a_thing_exactly(cost: int, share: int, months: int, bought: date) -> None:
    thing = Lasting(bought, cost, cost * share // 100, months)

    ends = [used_up(thing, date(year, 12, 31)) for year in range(bought.year - 1, bought.year + 22)]

    assert ends[0] == 0
    assert ends == sorted(ends)
    assert ends[-1] == cost - thing.residual


# --- the act ---


class Year:
    """A cooperative from September, with a shelf of Rp480.000 that lasts four years, through the end of 2026."""

    def __init__(self, cooperative: Cooperative, treasurer: Actor) -> None:
        self.cooperative, self.treasurer = cooperative, treasurer
        self.use = chart_of(cooperative)
        self.manual(date(2026, 9, 5), "cash", "grants", 900_000)
        self.manual(date(2026, 9, 10), "fixed_assets", "cash", 480_000)
        self.manual(date(2026, 10, 1), "cash", "other_income", 150_000)
        self.manual(date(2026, 12, 30), "stationery", "cash", 20_000)
        self.asset = new_id()
        self.act(
            date(2026, 12, 30), "record_fixed_asset", asset_id=self.asset, name="Lemari", acquired_on="2026-09-10",
            cost_rupiah=480_000, life_months=48,
        )  # fmt: skip

    def act(self, on: date, verb: str, /, *, by: Actor | None = None, **given: Any) -> dict[str, Any]:
        now = datetime.fromisoformat(f"{on}T03:00:00+00:00")
        content = {"cooperative_id": self.cooperative.id, **given}
        return do(by or self.treasurer, f"cooperative.{verb}", content, now=now, act_id=new_id())

    def manual(self, on: date, into: str, out: str, amount: int) -> None:
        legs = [
            {"account_id": self.use[into], "debit_rupiah": amount},
            {"account_id": self.use[out], "credit_rupiah": amount},
        ]
        self.act(on, "post_manual_entry", entry_id=new_id(), on=on, memo="Catatan", legs=legs)

    def close_months(self, *months: int) -> None:
        for month in months or (9, 10, 11):
            last = date(2026 + month // 12, month % 12 + 1, 1) - timedelta(days=1)
            self.act(date(2027, 1, 4), "close_period", period_id=new_id(), last_on=last)

    def close(self, year: int = 2026, on: date = date(2027, 1, 5)) -> dict[str, Any]:
        return self.act(on, "close_year", closing_id=new_id(), entry_id=new_id(), year=year)

    def balance(self, use: str, on: date = LAST) -> int:
        return balance_on(Account.objects.of(self.cooperative).get(use=use), on)


@pytest.fixture
def year(cooperative: Cooperative, treasurer: Actor) -> Year:
    return Year(cooperative, treasurer)


@pytest.mark.django_db
def test_a_closed_year_begins_the_next_with_no_income_and_its_shu_undivided(year: Year) -> None:
    year.close_months()

    year.close()

    closed = ClosedYear.objects.of(year.cooperative).get()
    assert (closed.surplus_rupiah, closed.depreciation_rupiah) == (90_000, 40_000)
    assert (year.balance("depreciation"), year.balance("shu_undivided")) == (40_000, 90_000)
    lines = trial_balance(year.cooperative, LAST)
    assert [line.balance_rupiah for line in lines if line.kind in ("income", "expense")] == [0, 0, 0]
    assert Period.objects.of(year.cooperative).order_by("last_on").last().last_on == LAST
    assert verify_books().broken == ()
    assert Event.objects.filter(event="year.closed").count() == 1


@pytest.mark.django_db
def test_the_statements_of_a_closed_year_still_tell_what_it_earned(year: Year) -> None:
    year.close_months()
    year.close()
    year.manual(date(2027, 1, 6), "cash", "other_income", 7_000)

    of_2026 = books_of_year(year.cooperative, 2026, date(2027, 1, 6))
    of_2027 = books_of_year(year.cooperative, 2027, date(2027, 1, 6))

    assert (of_2026.shu, of_2027.shu) == (90_000, 7_000)
    sums = {row.code: (row.amount, row.before) for row in position_of(of_2027) if row.kind == "line"}
    assert (sums["shu_current"], sums["shu_undivided"]) == ((7_000, 90_000), (90_000, 0))
    assert [row.before for row in result_of(of_2027) if row.code == "after_tax"] == [90_000]
    now, before = changes_of(of_2027)
    assert before is not None
    assert [(one.opening, one.earned, one.closing) for one in (before[-1], now[-1])] == [
        (0, 90_000, 90_000), (90_000, 7_000, 97_000),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_year_whose_december_was_closed_by_itself_is_closed_on_the_first_open_day(year: Year) -> None:
    year.close_months(9, 10, 11, 12)

    year.close()

    assert year.balance("shu_undivided") == 0
    assert year.balance("shu_undivided", date(2027, 1, 1)) == 130_000  # depreciation comes with the next closing
    books = books_of_year(year.cooperative, 2027, date(2027, 1, 6))
    assert (books.shu, books_of_year(year.cooperative, 2026, date(2027, 1, 6)).shu) == (0, 130_000)
    assert {row.before for row in result_of(books) if row.code == "after_tax"} == {130_000}
    totals = {row.code: row.amount for row in position_of(books) if row.kind == "total"}
    assert totals["assets"] == totals["liabilities_and_equity"]


@pytest.mark.django_db
def test_a_year_is_not_closed_twice_nor_while_something_is_open(year: Year) -> None:
    assert refused(year.close) == ["months_open"]
    year.close_months()
    year.manual(date(2026, 12, 31), "cash_difference", "cash", 1_000)
    assert refused(year.close) == ["cash_difference"]
    year.manual(date(2026, 12, 31), "other_expense", "cash_difference", 1_000)
    before = trial_balance(year.cooperative, LAST)
    assert refused(lambda: year.close(on=LAST)) == ["year_not_over"]
    assert trial_balance(year.cooperative, LAST) == before

    year.close()

    assert refused(year.close) == ["closed_already"]
    assert refused(lambda: year.manual(LAST, "cash", "other_income", 1)) == ["closed_month"]


def refused(doing: Callable[[], Any]) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        doing()
    return [reason.code for reason in refusal.value.reasons]


@pytest.mark.django_db
def test_the_database_keeps_a_closed_year_as_it_is(year: Year) -> None:
    year.close_months()
    year.close()
    rows = ClosedYear.objects.of(year.cooperative)

    for doing in (lambda: rows.update(surplus_rupiah=1), lambda: rows._raw_delete("default")):
        with pytest.raises(DatabaseError, match="year_closed"), transaction.atomic():
            doing()


@pytest.mark.django_db
def test_what_serves_no_more_leaves_the_list_and_the_books(year: Year) -> None:
    year.close_months()
    year.close()

    year.act(date(2027, 1, 6), "retire_fixed_asset", asset_id=year.asset, entry_id=new_id(), on="2027-01-06",
             reason="Dimakan rayap")  # fmt: skip

    assert FixedAsset.objects.of(year.cooperative).in_use().count() == 0
    assert [year.balance(use, date(2027, 1, 6)) for use in ("fixed_assets", "depreciation", "other_expense")] == [
        0, 0, 440_000,
    ]  # fmt: skip
    again = {"asset_id": year.asset, "entry_id": new_id(), "on": "2027-01-06", "reason": "Sekali lagi"}
    assert refused(lambda: year.act(date(2027, 1, 6), "retire_fixed_asset", **again)) == ["retired_already"]


STRANGERS = [
    ("cooperative.close_year", {"closing_id": None, "entry_id": None, "year": 2026}),
    ("cooperative.record_fixed_asset", {
        "asset_id": None, "name": "Meja", "acquired_on": "2026-10-01", "cost_rupiah": 1, "life_months": 1,
    }),
    ("cooperative.retire_fixed_asset", {
        "asset_id": "asset", "entry_id": None, "on": "2026-12-30", "reason": "Iseng saja",
    }),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "given"), STRANGERS, ids=[name for name, _ in STRANGERS])
def test_a_stranger_and_a_cashier_do_nothing_of_it(year: Year, name: str, given: dict[str, Any]) -> None:
    given = {
        key: new_id() if value is None else year.asset if value == "asset" else value for key, value in given.items()
    }
    for by in (somebody("cooperative_treasurer", KENANGA), somebody("cooperative_cashier")):
        codes = refused(lambda by=by: year.act(date(2027, 1, 5), name.partition(".")[2], by=by, **given))
        assert codes == ["not_found"]


# --- pages ---


@pytest.mark.django_db
def test_the_page_names_what_stands_in_the_way_and_closes_the_year_once_nothing_does(
    year: Year, browser: Callable[..., Client]
) -> None:
    address = reverse("cooperative:close_year", args=[year.cooperative.id])
    with time_machine.travel(datetime(2027, 1, 5, 3, tzinfo=UTC), tick=False):
        client = browser("cooperative_treasurer")
        waiting = client.get(address).content.decode()
        year.close_months()
        page = client.get(address)
        sent = {name: page.context["form"][name].value() for name in page.context["form"].fields}
        answer = client.post(address, {**sent, "year": "2026"})

    assert "3 bulan belum ditutup" in waiting
    assert "Tutup tahun buku 2026" in page.content.decode()
    assert answer.status_code == 302
    assert ClosedYear.objects.of(year.cooperative).get().surplus_rupiah == 90_000


@pytest.mark.django_db
def test_december_is_closed_with_its_year(year: Year, browser: Callable[..., Client]) -> None:
    client = browser("cooperative_treasurer")
    year.close_months()

    answer = client.get(reverse("cooperative:close_month", args=[year.cooperative.id]))

    assert answer.headers["Location"] == reverse("cooperative:close_year", args=[year.cooperative.id])


@pytest.mark.django_db
def test_assets_are_listed_with_what_they_are_worth_today(year: Year, browser: Callable[..., Client]) -> None:
    client = browser("cooperative_treasurer")
    address = reverse("cooperative:record_asset", args=[year.cooperative.id])
    page = client.get(address)
    sent = {name: page.context["form"][name].value() for name in page.context["form"].fields}
    new = {"name": "Komputer", "acquired_on": "01-11-2026", "cost_rupiah": "4.800.000", "life_years": "4"}

    answer = client.post(address, {**sent, **new, "residual_rupiah": ""})

    assert answer.status_code == 302
    told = client.get(reverse("cooperative:assets", args=[year.cooperative.id])).content.decode()
    assert "Rp450.000" in told  # three of forty-eight months of the shelf
    assert "Rp4.700.000" in told
