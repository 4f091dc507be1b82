"""Each harm to the books by each way of writing: row by row, in bulk, and as SQL typed into a console."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, models

from desmigratif.cooperative.models import Account, Book, Cooperative, Entry, Holding, Leg, MonthlyTotal, Period, Seal
from desmigratif.cooperative.queries.ledger.books import Chart
from desmigratif.cooperative.rules.ledger import NewEntry
from desmigratif.cooperative.tests.ledger.test_guards import ON, ByHand, close_by_hand, posted, refusal_of
from desmigratif.shared.ids import new_id

__all__ = ["posted"]  # a fixture
pytestmark = pytest.mark.django_db
Write = Callable[[models.Model], object]


def typed(row: models.Model, verb: str = "INSERT", end: str = "") -> None:
    """The row as an INSERT, every column named."""
    fields = [field for field in row._meta.concrete_fields if not (field.primary_key and row.pk is None)]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    marks = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.execute(f"{verb} INTO {row._meta.db_table} ({columns}) VALUES ({marks}){end}", values)


def in_bulk(row: models.Model, **how: Any) -> None:
    type(row)._base_manager.bulk_create([row], **how)


ADD: dict[str, Write] = {"orm": lambda row: row.save(force_insert=True), "bulk_create": in_bulk, "raw": typed}
ways = pytest.mark.parametrize("way", ADD)


def over(row: models.Model, way: str, name: str, value: Any) -> None:
    """Write the row over itself with another value."""
    setattr(row, name, value)
    key, column = row._meta.pk.column, next(f.column for f in row._meta.concrete_fields if f.name == name)  # type: ignore[union-attr]
    if way == "orm":
        row.save(force_update=True, update_fields=[name])
    elif way == "bulk_create":
        in_bulk(row, update_conflicts=True, unique_fields=["pk"], update_fields=[name])
    else:
        column = connection.ops.quote_name(column)
        typed(row, end=f" ON CONFLICT ({key}) DO UPDATE SET {column} = excluded.{column}")


def away(row: models.Model, way: str) -> None:
    if way == "orm":
        models.Model.delete(row)
    elif way == "bulk_create":  # what deletes in bulk
        type(row)._base_manager.filter(pk=row.pk)._raw_delete("default")
    else:
        with connection.cursor() as cursor:
            key = row._meta.pk.get_db_prep_save(row.pk, connection)  # type: ignore[union-attr]
            cursor.execute(f"DELETE FROM {row._meta.db_table} WHERE {row._meta.pk.column} = %s", [key])  # type: ignore[union-attr]


def written(
    cooperative: Cooperative, way: str, legs: list[tuple[UUID, int]], on: date = ON, id: UUID | None = None,
) -> Callable[[], None]:  # fmt: skip
    """An entry, its legs and the seal over them, all by one way."""
    hand, add = ByHand(cooperative), ADD[way]
    entry = Entry(**hand.own, seal=hand.seal, on=on, kind="x")
    entry.id = id or entry.id

    def run() -> None:
        add(entry)
        for account, amount in legs:
            add(Leg(village_code=entry.village_code, entry_id=entry.id, account_id=account, amount_rupiah=amount))
        add(hand.seal)

    return run


@ways
def test_what_is_whole_passes_by_each_way(cooperative: Cooperative, chart: Chart, way: str) -> None:
    """Otherwise the refusals below could have any reason."""
    written(cooperative, way, [(chart["cash"], 5), (chart["grants"], -5)])()

    assert Holding.objects.get(account_id=chart["cash"]).balance_rupiah == 5
    assert Book.objects.get(cooperative=cooperative).last_number == 1


@ways
def test_an_entry_that_does_not_balance_is_refused(cooperative: Cooperative, chart: Chart, way: str) -> None:
    assert refusal_of(written(cooperative, way, [(chart["cash"], 5), (chart["grants"], -4)])) == "unbalanced"
    assert Leg.objects.count() == 0


@ways
def test_back_dating_into_a_closed_month_is_refused(cooperative: Cooperative, chart: Chart, way: str) -> None:
    close_by_hand(cooperative, date(2026, 10, 31))
    late = written(cooperative, way, [(chart["cash"], 5), (chart["grants"], -5)], on=date(2026, 10, 31))

    assert refusal_of(late) == "closed_month"
    assert Entry.objects.of(cooperative).count() == 0


@ways
def test_an_id_is_never_entered_twice(cooperative: Cooperative, chart: Chart, posted: NewEntry, way: str) -> None:
    again = written(cooperative, way, [(chart["cash"], 5), (chart["grants"], -5)], id=posted.id)

    assert refusal_of(again) == "entry_exists"
    assert Holding.objects.get(account_id=chart["cash"]).balance_rupiah == 50_000


@ways
def test_a_leg_is_never_added_to_what_is_sealed(
    cooperative: Cooperative, chart: Chart, posted: NewEntry, way: str
) -> None:
    row = Leg(village_code=cooperative.village_code, entry_id=posted.id, account_id=chart["cash"], amount_rupiah=1)

    assert refusal_of(lambda: ADD[way](row)) == "sealed_already"
    assert Leg.objects.count() == 2


CHANGES = {Seal: ("actor_id", "somebody"), Entry: ("memo", "other"), Leg: ("amount_rupiah", 7)}


@ways
@pytest.mark.parametrize("model", CHANGES, ids=lambda model: model.__name__)
def test_what_is_sealed_is_never_written_over(
    posted: NewEntry, cooperative: Cooperative, model: type[models.Model], way: str
) -> None:
    name, value = CHANGES[model]
    row = model._base_manager.first()
    assert row is not None

    assert refusal_of(lambda: over(row, way, name, value)) == "sealed_already"
    assert getattr(model._base_manager.get(pk=row.pk), name) != value


@ways
@pytest.mark.parametrize("model", [Leg, Holding, MonthlyTotal, Entry, Seal], ids=lambda model: model.__name__)
def test_what_is_sealed_is_never_deleted(posted: NewEntry, model: type[models.Model], way: str) -> None:
    row = model._base_manager.first()
    count = model._base_manager.count()
    assert row is not None
    if way == "orm" and model in (Entry, Seal):  # Django itself protects what others point at
        with pytest.raises(models.ProtectedError):
            away(row, way)
    else:
        assert refusal_of(lambda: away(row, way)) == "sealed_already"
    assert model._base_manager.count() == count


@pytest.mark.sqlite
@pytest.mark.parametrize("model", [Leg, Entry, Seal, Book, Account, Period, Holding], ids=lambda model: model.__name__)
def test_nothing_is_replaced_behind_the_guards(
    cooperative: Cooperative, posted: NewEntry, model: type[models.Model]
) -> None:
    """SQLite's own INSERT OR REPLACE deletes the row that is in its way; the guards against deletion see that too."""
    close_by_hand(cooperative, date(2026, 10, 31))
    hand = ByHand(cooperative)
    fresh = Entry(**hand.own, seal=hand.seal, on=ON, kind="x", id=new_id())
    fresh.save(force_insert=True)
    row = model._base_manager.order_by("pk").first()
    if isinstance(row, Leg):
        row.entry_id = fresh.id
    elif isinstance(row, Entry):
        row = Entry(**hand.own, seal=hand.seal, on=ON, kind="x", id=posted.id)
    elif isinstance(row, Seal):
        row.sealed = False
    elif isinstance(row, Period):
        row.last_on = date(2026, 11, 30)
    assert row is not None

    word = refusal_of(lambda: typed(row, "INSERT OR REPLACE"))

    assert word in {"sealed_already", "account_fixed", "period_closed"}
    assert Leg.objects.filter(entry_id=posted.id).count() == 2
