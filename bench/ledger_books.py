"""A cooperative's books for the races, and the same tables bare: no trigger, no check beyond keys and indexes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import django

django.setup()

from django.db import connection  # noqa: E402

import desmigratif.config.actions  # noqa: E402, F401
from bench.ledger_world import NOW, OPENED, VILLAGE  # noqa: E402
from desmigratif.access.actor import operator  # noqa: E402
from desmigratif.access.door import do  # noqa: E402
from desmigratif.audit import unit  # noqa: E402
from desmigratif.cooperative.models import Cooperative  # noqa: E402
from desmigratif.cooperative.queries.ledger.books import Chart  # noqa: E402
from desmigratif.cooperative.rules.ledger import NewEntry, credit, debit  # noqa: E402
from desmigratif.shared.ids import new_id  # noqa: E402

BY = operator()
TABLES = ("seal", "entry", "leg", "book", "monthlytotal", "holding")


def cooperative() -> Cooperative:
    given = {
        "cooperative_id": new_id(), "village_code": VILLAGE, "name": "Koperasi Lomba", "kind": "cooperative",
        "opened_on": OPENED,
    }  # fmt: skip
    do(BY, "cooperative.set_up_cooperative", given, now=NOW, act_id=new_id())
    return Cooperative.objects.in_village(VILLAGE).get(id=given["cooperative_id"])


@contextmanager
def working() -> Iterator[None]:
    """A durable transaction with its unit of work, as the door opens it."""
    note = unit.Unit(actor_id=str(BY.id), actor_role=BY.role_code, home_code=BY.home_code, at=NOW, via="bench")
    with unit.unit_of_work(note):
        yield


def deposits(chart: Chart, count: int, holders: list[UUID], on: Any) -> list[NewEntry]:
    return [
        NewEntry(
            new_id(), on, "savings.deposited",
            [debit(chart["cash"], 1_000 + n), credit(chart["savings_voluntary"], 1_000 + n, holders[n % len(holders)])],
            "Setoran",
        )
        for n in range(count)
    ]  # fmt: skip


def bare_tables() -> None:
    """`raw_seal`, `raw_entry`, `raw_leg` and so on: same columns and indexes as the real ones, and their books."""
    with connection.cursor() as cursor:
        for table in TABLES:
            if connection.vendor == "postgresql":
                cursor.execute(f"CREATE TABLE raw_{table} (LIKE cooperative_{table} INCLUDING ALL)")
                continue
            rows = cursor.execute(
                "SELECT sql FROM sqlite_master WHERE tbl_name = %s AND type IN ('table', 'index') AND sql NOT NULL"
                " ORDER BY type DESC",
                [f"cooperative_{table}"],
            ).fetchall()
            for (text,) in rows:
                bare = re.sub(r' REFERENCES "\w+" \("id"\)( DEFERRABLE INITIALLY DEFERRED)?', "", text)
                bare = bare.replace(f'"cooperative_{table}"', f'"raw_{table}"')
                cursor.execute(re.sub(r'INDEX "(\w+)"', r'INDEX "raw_\1"', bare).replace("%", "%%"))
        cursor.execute("INSERT INTO raw_book SELECT * FROM cooperative_book")
