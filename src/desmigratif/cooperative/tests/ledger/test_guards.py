"""The database refuses what must never be, through the ORM, in bulk and in raw SQL alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, models, transaction

from desmigratif.access.actor import Actor
from desmigratif.cooperative.actions.ledger.posting import post_entries, post_entry, post_reversal, word_of
from desmigratif.cooperative.actions.ledger.posting_sql import key
from desmigratif.cooperative.models import Account, Book, Cooperative, Entry, Holding, Leg, MonthlyTotal, Period, Seal
from desmigratif.cooperative.queries.ledger.books import Chart
from desmigratif.cooperative.rules.ledger import NewEntry, credit, debit
from desmigratif.shared.ids import new_id

ON = date(2026, 11, 20)
# PostgreSQL asks a seal that says it has few legs leg by leg, and any other by sets; nobody looks whether it is true
FEW_AND_MANY = (2, 13) if connection.vendor == "postgresql" else (2,)
pytestmark = pytest.mark.django_db


def entry_of(chart: Chart, amount: int = 50_000, on: date = ON) -> NewEntry:
    legs = [debit(chart["cash"], amount), credit(chart["grants"], amount)]
    return NewEntry(new_id(), on, "test.grant", legs, "Hibah")


@pytest.fixture
def posted(cooperative: Cooperative, chart: Chart, treasurer: Actor, working: Callable[..., Any]) -> NewEntry:
    entry = entry_of(chart)
    with working(treasurer):
        post_entry(cooperative, entry)
    return entry


def refusal_of(run: Callable[[], object]) -> str:
    """The word with which the database refused, and nothing of it stands."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        run()
    return word_of(caught.value)


def sql(text: str, *values: Any) -> Callable[[], object]:
    """Raw SQL, as somebody with a console writes it."""

    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(text, [key(value) if isinstance(value, UUID) else value for value in values])

    return run


class ByHand:
    """Writes entries, legs and their seal row by row, as whoever goes round the programme does."""

    leg_count = 2

    def __init__(self, cooperative: Cooperative) -> None:
        self.cooperative, book = cooperative, Book.objects.get(cooperative=cooperative)
        self.own = {"village_code": cooperative.village_code, "cooperative": cooperative}
        self.seal = Seal(
            **self.own, number=book.last_number + 1, prev_hash=book.head_hash, recorded_at=datetime.now(UTC),
            actor_id="x", entry_count=1, leg_count=self.leg_count, hash="h", sealed=True,
        )  # fmt: skip

    def write(self, *legs: tuple[UUID, int, UUID | None], on: date = ON, reverses: UUID | None = None) -> None:
        entry = Entry(**self.own, seal=self.seal, on=on, kind="x", reverses_id=reverses)
        entry.save(force_insert=True)
        Leg.objects.bulk_create(
            [
                Leg(village_code=entry.village_code, entry=entry, account_id=a, amount_rupiah=n, holder_id=holder)
                for a, n, holder in legs
            ]
        )

    def close(self) -> None:
        self.seal.save(force_insert=True)


@pytest.fixture(params=FEW_AND_MANY)
def both_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ByHand, "leg_count", request.param)


def sealing(cooperative: Cooperative, *legs: tuple[UUID, int, UUID | None], **more: Any) -> str:
    hand = ByHand(cooperative)
    changes = more.pop("seal", {})
    for name, value in changes.items():
        setattr(hand.seal, name, value)

    def run() -> None:
        hand.write(*legs, **more)
        hand.close()

    return refusal_of(run)


@pytest.mark.usefixtures("both_ways")
def test_whole_and_balanced_rows_by_hand_do_pass(cooperative: Cooperative, chart: Chart) -> None:
    """Otherwise the refusals below could have any reason."""
    hand = ByHand(cooperative)

    hand.write((chart["cash"], 5, None), (chart["grants"], -5, None))
    hand.close()

    assert Book.objects.get(cooperative=cooperative).last_number == 1
    assert Holding.objects.get(account_id=chart["cash"]).balance_rupiah == 5


@pytest.mark.usefixtures("both_ways")
def test_no_seal_is_written_for_a_cooperative_without_a_book(cooperative: Cooperative) -> None:
    hand = ByHand(cooperative)
    hand.seal.cooperative_id = new_id()

    assert refusal_of(lambda: hand.seal.save(force_insert=True)) == "not_next"


CHANGES = {
    "seal update": lambda e: lambda: Seal.objects.filter(entries=e.id).update(actor_id="y"),
    "seal reopen": lambda e: lambda: Seal.objects.filter(entries=e.id).update(sealed=False),
    "seal delete": lambda e: lambda: Seal.objects.filter(entries=e.id)._raw_delete("default"),
    "entry update": lambda e: lambda: Entry.objects.everywhere().filter(id=e.id).update(memo="x"),
    "entry save": lambda e: lambda: Entry.objects.everywhere().get(id=e.id).save(),
    "entry bulk_update": lambda e: lambda: bulk_update(Entry.objects.everywhere().get(id=e.id)),
    "entry delete": lambda e: lambda: Entry.objects.everywhere().filter(id=e.id)._raw_delete("default"),
    "leg update": lambda e: (
        lambda: Leg.objects.filter(entry_id=e.id).update(amount_rupiah=models.F("amount_rupiah") * 2)
    ),
    "leg delete": lambda e: lambda: Leg.objects.filter(entry_id=e.id).delete(),
    "raw seal update": lambda e: sql("UPDATE cooperative_seal SET hash = 'x'"),
    "raw entry update": lambda e: sql("UPDATE cooperative_entry SET \"on\" = '2026-11-01' WHERE id = %s", e.id),
    "raw entry delete": lambda e: sql("DELETE FROM cooperative_entry WHERE id = %s", e.id),
    "raw leg update": lambda e: sql("UPDATE cooperative_leg SET amount_rupiah = -amount_rupiah"),
    "raw leg delete": lambda e: sql("DELETE FROM cooperative_leg"),
    "raw seal delete": lambda e: sql("DELETE FROM cooperative_seal"),
    "raw totals delete": lambda e: sql("DELETE FROM cooperative_monthlytotal"),
    "raw holding delete": lambda e: sql("DELETE FROM cooperative_holding"),
    "raw book delete": lambda e: sql("DELETE FROM cooperative_book"),
}


def bulk_update(entry: Entry) -> None:
    entry.memo = "x"
    Entry.objects.everywhere().bulk_update([entry], ["memo"])


@pytest.mark.parametrize("how", CHANGES)
def test_nothing_that_is_sealed_changes_or_goes(posted: NewEntry, how: str) -> None:
    word = refusal_of(CHANGES[how](posted))

    assert word == "sealed_already"
    assert Leg.objects.filter(entry_id=posted.id).count() == 2
    assert Entry.objects.everywhere().sealed().get(id=posted.id).memo == "Hibah"


def test_no_leg_is_added_to_a_sealed_entry(posted: NewEntry, chart: Chart, cooperative: Cooperative) -> None:
    row = {"village_code": cooperative.village_code, "entry_id": posted.id, "account_id": chart["cash"]}
    pair = [Leg(**row, amount_rupiah=1), Leg(**row, amount_rupiah=-1)]
    raw = "INSERT INTO cooperative_leg (village_code, entry_id, account_id, amount_rupiah) VALUES ('x', %s, %s, 1)"

    assert refusal_of(lambda: Leg.objects.create(**row, amount_rupiah=1)) == "sealed_already"
    assert refusal_of(lambda: Leg.objects.bulk_create(pair)) == "sealed_already"
    assert refusal_of(sql(raw, posted.id, chart["cash"])) == "sealed_already"


def test_a_leg_belongs_to_an_entry_that_is_there(cooperative: Cooperative, chart: Chart) -> None:
    row = {"village_code": cooperative.village_code, "entry_id": new_id(), "account_id": chart["cash"]}

    assert refusal_of(lambda: Leg.objects.create(**row, amount_rupiah=1)) == "sealed_already"


def test_no_entry_is_added_under_a_sealed_seal(posted: NewEntry, cooperative: Cooperative) -> None:
    seal = Seal.objects.get(entries=posted.id)
    late = Entry(village_code=cooperative.village_code, cooperative=cooperative, seal=seal, on=ON, kind="x")

    assert refusal_of(lambda: Entry.objects.bulk_create([late])) == "sealed_already"


@pytest.mark.usefixtures("both_ways")
def test_no_seal_is_written_open(cooperative: Cooperative, chart: Chart) -> None:
    hand = ByHand(cooperative)
    hand.seal.sealed = False
    hand.write((chart["cash"], 5, None), (chart["grants"], -5, None))

    assert refusal_of(hand.close) == "unsealed"
    assert refusal_of(lambda: Seal.objects.bulk_create([hand.seal])) == "unsealed"


def test_a_seal_that_is_skipped_does_nothing(cooperative: Cooperative, chart: Chart, posted: NewEntry) -> None:
    """Both databases know an INSERT that gives way to the row in its place: nothing may count twice by it."""
    standing, again = Seal.objects.get(), ByHand(cooperative).seal
    again.id = standing.id

    Seal.objects.bulk_create([again], ignore_conflicts=True)

    assert Holding.objects.get(account_id=chart["cash"]).balance_rupiah == 50_000
    assert Book.objects.get(cooperative=cooperative).head_hash == standing.hash


@pytest.mark.usefixtures("both_ways")
def test_an_entry_balances_and_has_two_legs(cooperative: Cooperative, chart: Chart) -> None:
    cash, grants = chart["cash"], chart["grants"]

    assert sealing(cooperative, (cash, 5, None), (grants, -4, None)) == "unbalanced"
    assert sealing(cooperative, (cash, 5, None)) == "unbalanced"
    assert sealing(cooperative) == "unbalanced"


@pytest.mark.usefixtures("both_ways")
@pytest.mark.parametrize("legs", [(5, -4), (5, -5, -1), (1,), ()], ids=str)
def test_each_entry_of_a_batch_balances_alone(cooperative: Cooperative, chart: Chart, legs: tuple[int, ...]) -> None:
    """Also where the entries beside it make up for what it lacks."""
    cash, grants = chart["cash"], chart["grants"]
    hand = ByHand(cooperative)
    hand.seal.entry_count = 2

    def run() -> None:
        hand.write((cash, 50, None), (grants, -50 - sum(legs), None))
        hand.write(*((cash if amount > 0 else grants, amount, None) for amount in legs))
        hand.close()

    assert refusal_of(run) == "unbalanced"
    assert Leg.objects.count() == 0


def test_no_leg_is_zero(cooperative: Cooperative, chart: Chart) -> None:
    assert sealing(cooperative, (chart["cash"], 0, None), (chart["grants"], 0, None)) == "zero_leg"


@pytest.mark.usefixtures("both_ways")
def test_accounts_of_another_cooperative_are_behind_a_wall(
    cooperative: Cooperative, chart: Chart, set_up: Callable[..., Cooperative]
) -> None:
    other = Account.objects.of(set_up()).get(use="grants")

    assert sealing(cooperative, (chart["cash"], 5, None), (other.id, -5, None)) == "wrong_account"
    assert sealing(cooperative, (chart["cash"], 5, None), (new_id(), -5, None)) == "wrong_account"


@pytest.mark.usefixtures("both_ways")
def test_a_seal_closes_entries_of_its_own_cooperative(
    cooperative: Cooperative, chart: Chart, set_up: Callable[..., Cooperative]
) -> None:
    hand, other = ByHand(cooperative), set_up()
    hand.own = {"village_code": other.village_code, "cooperative": other}

    def run() -> None:
        hand.write((chart["cash"], 5, None), (chart["grants"], -5, None))
        hand.close()

    assert refusal_of(run) == "foreign_entry"


@pytest.mark.usefixtures("both_ways")
def test_a_closed_account_takes_nothing(cooperative: Cooperative, chart: Chart) -> None:
    Account.objects.of(cooperative).filter(use="grants").update(closed_on=ON)

    assert sealing(cooperative, (chart["cash"], 5, None), (chart["grants"], -5, None)) == "wrong_account"


@pytest.mark.usefixtures("both_ways")
def test_a_control_account_wants_a_holder_and_no_other_takes_one(cooperative: Cooperative, chart: Chart) -> None:
    cash, savings = chart["cash"], chart["savings_voluntary"]

    assert sealing(cooperative, (cash, 5, None), (savings, -5, None)) == "wrong_account"
    assert sealing(cooperative, (cash, 5, new_id()), (savings, -5, new_id())) == "wrong_account"
    assert sealing(cooperative, (cash, 5, None), (savings, -4, new_id()), (savings, -1, None)) == "wrong_account"
    assert sealing(cooperative, (cash, 4, None), (cash, 1, new_id()), (savings, -5, new_id())) == "wrong_account"


@pytest.mark.usefixtures("both_ways")
def test_what_may_not_be_overdrawn_is_not(cooperative: Cooperative, chart: Chart, posted: NewEntry) -> None:
    cash, grants, savings, ani = chart["cash"], chart["grants"], chart["savings_voluntary"], new_id()

    assert sealing(cooperative, (cash, -50_001, None), (grants, 50_001, None)) == "overdrawn"
    assert sealing(cooperative, (cash, -10, None), (savings, 10, ani)) == "overdrawn"


@pytest.mark.usefixtures("both_ways")
def test_what_comes_back_within_one_seal_overdraws_nothing(
    cooperative: Cooperative, chart: Chart, posted: NewEntry
) -> None:
    """The balance after the seal counts, and every entry under it, whatever stood in between."""
    cash, grants = chart["cash"], chart["grants"]
    hand = ByHand(cooperative)
    hand.seal.entry_count = 2
    hand.write((cash, -60_000, None), (grants, 60_000, None))
    hand.write((cash, 20_000, None), (grants, -20_000, None))
    hand.close()

    held = dict(Holding.objects.values_list("account_id", "balance_rupiah"))
    total = MonthlyTotal.objects.get(account_id=cash)
    assert held == {cash: 10_000, grants: -10_000}
    assert (total.debit_rupiah, total.credit_rupiah) == (70_000, 60_000)
    assert sealing(cooperative, (cash, 5_000, None), (cash, -15_001, None), (grants, 10_001, None)) == "overdrawn"


@pytest.mark.usefixtures("both_ways")
def test_seals_follow_each_other_without_a_gap(cooperative: Cooperative, chart: Chart, posted: NewEntry) -> None:
    legs = ((chart["cash"], 5, None), (chart["grants"], -5, None))

    assert sealing(cooperative, *legs, seal={"number": 3}) == "not_next"
    assert sealing(cooperative, *legs, seal={"prev_hash": "x"}) == "not_next"
    assert sealing(cooperative, *legs, seal={"entry_count": 2}) == "empty_seal"
    hand, late = ByHand(cooperative), ByHand(cooperative)
    hand.write(*legs)
    late.write(*legs)
    hand.close()
    with pytest.raises(DatabaseError, match=r"seal_one_per_number|cooperative_seal\.number"), transaction.atomic():
        late.close()


def test_a_seal_stays_with_its_cooperative(posted: NewEntry, set_up: Callable[..., Cooperative]) -> None:
    move, other = Seal.objects.filter(entries=posted.id), set_up()

    assert refusal_of(lambda: move.update(cooperative=other)) == "sealed_already"


def test_a_book_goes_forward_one_by_one(cooperative: Cooperative, posted: NewEntry) -> None:
    book = Book.objects.filter(cooperative=cooperative)

    assert refusal_of(lambda: book.update(last_number=0)) == "not_next"
    assert refusal_of(lambda: book.update(head_hash="x")) == "not_next"


def test_a_doubled_entry_is_refused(posted: NewEntry, cooperative: Cooperative) -> None:
    hand = ByHand(cooperative)

    again = Entry(id=posted.id, **hand.own, seal=hand.seal, on=ON, kind="x")

    assert refusal_of(lambda: Entry.objects.bulk_create([again])) == "entry_exists"


@pytest.mark.usefixtures("both_ways")
def test_an_entry_is_reversed_once_and_wholly(
    cooperative: Cooperative, chart: Chart, posted: NewEntry, treasurer: Actor, working: Callable[..., Any]
) -> None:
    cash, grants = chart["cash"], chart["grants"]
    mirror, half = ((cash, -50_000, None), (grants, 50_000, None)), ((cash, -5, None), (grants, 5, None))

    assert sealing(cooperative, *half, reverses=posted.id) == "not_reversed"
    assert sealing(cooperative, *mirror, reverses=new_id()) == "not_reversed"
    with working(treasurer):
        undone = Entry.objects.of(cooperative).get(id=posted.id)
        post_reversal(cooperative, undone, entry_id=new_id(), on=ON, reason="salah kotak")
    assert sealing(cooperative, *mirror, reverses=posted.id) == "reversed_already"
    back = Entry.objects.of(cooperative).get(reverses_id=posted.id)
    assert sealing(cooperative, (cash, 50_000, None), (grants, -50_000, None), reverses=back.id) == "not_reversed"


@pytest.mark.usefixtures("both_ways")
def test_nothing_is_entered_in_a_closed_month(cooperative: Cooperative, chart: Chart) -> None:
    close_by_hand(cooperative, date(2026, 10, 31))
    legs = ((chart["cash"], 5, None), (chart["grants"], -5, None))

    assert sealing(cooperative, *legs, on=date(2026, 10, 31)) == "closed_month"
    assert sealing(cooperative, *legs, on=date(2026, 9, 1)) == "closed_month"


def test_a_month_stays_closed(cooperative: Cooperative) -> None:
    close_by_hand(cooperative, date(2026, 10, 31))
    months = Period.objects.of(cooperative)

    assert refusal_of(lambda: months.update(last_on=date(2026, 9, 30))) == "period_closed"
    assert refusal_of(lambda: months._raw_delete("default")) == "period_closed"
    assert refusal_of(sql("DELETE FROM cooperative_period")) == "period_closed"
    assert refusal_of(lambda: close_by_hand(cooperative, date(2026, 9, 30))) == "period_order"


def close_by_hand(cooperative: Cooperative, last_on: date) -> None:
    Period.objects.create(
        village_code=cooperative.village_code, cooperative=cooperative, last_on=last_on, closed_at=datetime.now(UTC),
        actor_id="x", seal_number=0,
    )  # fmt: skip


def test_an_account_keeps_what_its_entries_meant(cooperative: Cooperative, chart: Chart) -> None:
    cash = Account.objects.of(cooperative).filter(use="cash")

    for change in ({"side": -1}, {"kind": "liability"}, {"code": "9-9999"}, {"has_holders": True}, {"use": "bank2"}):
        assert refusal_of(lambda change=change: cash.update(**change)) == "account_fixed"  # type: ignore[misc]
    assert refusal_of(lambda: cash._raw_delete("default")) == "account_fixed"
    assert cash.update(name="Kas besar") == 1


def test_balances_are_those_of_the_legs(
    cooperative: Cooperative, chart: Chart, treasurer: Actor, working: Callable[..., Any]
) -> None:
    ani, budi = new_id(), new_id()
    savings = chart["savings_voluntary"]
    entries = [
        NewEntry(new_id(), day, "savings.deposited", [debit(chart["cash"], n), credit(savings, n, who)])
        for day, n, who in ((date(2026, 9, 30), 10, ani), (date(2026, 10, 1), 20, budi), (date(2026, 10, 31), 5, ani))
    ]

    with working(treasurer):
        post_entries(cooperative, entries)

    totals = MonthlyTotal.objects.filter(account_id=savings).order_by("month")
    held = dict(Holding.objects.values_list("holder_id", "balance_rupiah"))
    assert list(totals.values_list("month", "debit_rupiah", "credit_rupiah")) == [
        (date(2026, 9, 1), 0, 10), (date(2026, 10, 1), 0, 25),
    ]  # fmt: skip
    assert held == {ani: -15, budi: -20, chart["cash"]: 35}


def test_the_same_words_are_used_by_the_bulk_and_the_single_way(
    cooperative: Cooperative, chart: Chart, treasurer: Actor, working: Callable[..., Any]
) -> None:
    """The chain must not depend on which of the two wrote an entry."""
    entry = entry_of(chart)
    with working(treasurer):
        post_entry(cooperative, entry)
        post_entries(cooperative, [replace(entry, id=new_id())])

    seals = list(Seal.objects.order_by("number").values_list("number", "entry_count", "leg_count", "sealed"))
    assert seals == [(1, 1, 2, True), (2, 1, 2, True)]


def test_emptying_a_table_is_refused_where_there_is_such_a_statement(posted: NewEntry) -> None:
    statement = "TRUNCATE cooperative_leg" if connection.vendor == "postgresql" else "DELETE FROM cooperative_leg"

    assert refusal_of(sql(statement)) == "sealed_already"
