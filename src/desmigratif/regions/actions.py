"""Putting the list of regions into the database.

The list is part of the program, like a migration: it is loaded by set-up, not by a person, and lies below the door
through which people write.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from desmigratif.regions import dataset, queries
from desmigratif.regions.dataset import AliasRow, RegionRow
from desmigratif.regions.models import LoadedList, Region, RegionAlias

_COLUMNS = (
    "code", "level", "kind", "name", "parent_code", "search_key", "postal_code", "utc_offset", "basis", "valid_from",
)  # fmt: skip
_UPDATED = tuple(column for column in _COLUMNS if column not in ("code", "valid_from"))
_BATCH = 5000


def is_loaded(using: str = "default") -> bool:
    """Whether this very version of the list stands in the database."""
    return LoadedList.objects.using(using).filter(digest=dataset.digest()).exists()


def load_regions(using: str = "default") -> int:
    """Put the whole list in; returns how many regions it has. Again and again gives the same.

    A code that an older list knew and this one does not stays, ended on the day of the new decree: records made
    under it keep their place.
    """
    with transaction.atomic(using=using):
        count = put_regions(dataset.read_regions(), using)
        _end_the_others(using)
        put_aliases(dataset.read_aliases(), using)
        LoadedList.objects.using(using).update_or_create(
            id=1, defaults={"digest": dataset.digest(), "basis": dataset.BASIS, "regions": count}
        )
    queries.forget()
    return count


def put_regions(rows: Iterable[RegionRow], using: str = "default") -> int:
    """Insert regions or bring them up to date; a known code keeps the day from which it is known."""
    connection = connections[using]
    values = (_values(row) for row in rows)
    with transaction.atomic(using=using):
        return _copy(connection, values) if connection.vendor == "postgresql" else _execute_many(connection, values)


def put_aliases(rows: Iterable[AliasRow], using: str = "default") -> None:
    RegionAlias.objects.using(using).bulk_create(
        [RegionAlias(old_code=r.old_code, new_code=r.new_code, on=r.on, basis=r.basis) for r in rows],
        update_conflicts=True,
        unique_fields=["old_code", "new_code"],
        update_fields=["on", "basis"],
    )


def _values(row: RegionRow) -> tuple[Any, ...]:
    return (
        row.code, row.level, row.kind, row.name, row.parent_code, row.search_key, row.postal_code, row.utc_offset,
        dataset.BASIS, dataset.VALID_FROM.isoformat(),
    )  # fmt: skip


def _upsert_tail() -> str:
    assignments = ", ".join(f"{column} = excluded.{column}" for column in _UPDATED)
    return f"ON CONFLICT (code) DO UPDATE SET {assignments}, valid_until = NULL"


def _execute_many(connection: BaseDatabaseWrapper, values: Iterator[tuple[Any, ...]]) -> int:
    places = ", ".join(["%s"] * len(_COLUMNS))
    statement = f"INSERT INTO {Region._meta.db_table} ({', '.join(_COLUMNS)}) VALUES ({places}) {_upsert_tail()}"  # noqa: S608 - our own names
    count = 0
    with connection.cursor() as cursor:
        while batch := list(itertools.islice(values, _BATCH)):
            cursor.executemany(statement, batch)
            count += len(batch)
    return count


def _copy(connection: BaseDatabaseWrapper, values: Iterator[tuple[Any, ...]]) -> int:
    """PostgreSQL: COPY into a passing table, then one upsert."""
    table, columns, count = Region._meta.db_table, ", ".join(_COLUMNS), 0
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS incoming_regions")
        cursor.execute(f"CREATE TEMP TABLE incoming_regions (LIKE {table} INCLUDING DEFAULTS) ON COMMIT DROP")
        with cursor.copy(f"COPY incoming_regions ({columns}) FROM STDIN") as stream:
            for row in values:
                stream.write_row(row)
                count += 1
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM incoming_regions {_upsert_tail()}"  # noqa: S608
        )
        cursor.execute("DROP TABLE incoming_regions")
    return count


def _end_the_others(using: str) -> None:
    Region.objects.using(using).exclude(basis=dataset.BASIS).filter(valid_until__isnull=True).update(
        valid_until=dataset.VALID_FROM
    )
