"""Facts of many villages for the races of indicators: the same numbers in the database, in DuckDB and in Parquet.

`BENCH_VILLAGES` says how many villages (8,300, a tenth of the nation), `BENCH_MONTHS` how many months; sixty
indicators each. The villages are real ones from all over the country.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

VILLAGES = int(os.environ.get("BENCH_VILLAGES", "8300"))
MONTHS = int(os.environ.get("BENCH_MONTHS", "36"))
INDICATORS = 60
SHOWN = 12
FIRST_YEAR = 2024
FLOWS = ("A1", "A3", "A4", "A5", "A7", "A8", "A10", "A11", "A12", "A13", "A16", "A17")
# One number for each cell, so that every engine can be asked whether it has the same.
NUMERATOR = "(v.n * 7 + i.n * 13 + m.n * 5) % 10"
FROM = "FROM bench_village v, bench_indicator i, bench_month m"
NARROW = "indicator SMALLINT, period INTEGER, village BIGINT, numerator INTEGER, denominator INTEGER"


def codes() -> list[str]:
    """Sixty codes, those that are shown among them; all flow in a month."""
    from desmigratif.indicators.rules.definitions import CODES

    return [*FLOWS, *(code for code in CODES if code not in FLOWS)][:INDICATORS]


def villages(count: int = VILLAGES) -> list[str]:
    """Real villages, taken evenly from the whole list."""
    from desmigratif.regions.models import Level, Region

    found = list(Region.objects.filter(level=Level.VILLAGE).order_by("code").values_list("code", flat=True))
    return [found[place * len(found) // count] for place in range(count)]


def months() -> list[int]:
    return [(FIRST_YEAR + n // 12) * 100 + n % 12 + 1 for n in range(MONTHS)]


def make(count: int = VILLAGES) -> list[str]:
    """The narrow table of raw facts, as whoever has no roll-ups would keep it: keys first, numbers behind."""
    from django.db import connection

    rows = villages(count)
    with connection.cursor() as cursor:
        for name, columns, values in _lists(rows):
            cursor.execute(f"CREATE TABLE {name} ({columns})")
            marks = ", ".join(["%s"] * len(values[0]))
            cursor.executemany(f"INSERT INTO {name} VALUES ({marks})", values)
        without = " WITHOUT ROWID" if connection.vendor == "sqlite" else ""
        cursor.execute(f"CREATE TABLE bench_fact ({NARROW}, PRIMARY KEY (indicator, period, village)){without}")
        number = NUMERATOR.replace("%", "%%")
        cursor.execute(
            f"INSERT INTO bench_fact SELECT i.n, m.period, v.whole, {number}, 10 {FROM} ORDER BY 1, 2, 3", []
        )
        if connection.vendor == "postgresql":
            cursor.execute("CREATE INDEX bench_covering ON bench_fact (indicator, period, village) "
                           "INCLUDE (numerator, denominator)")  # fmt: skip
            cursor.execute("ANALYZE bench_fact")
    return rows


def _lists(rows: list[str]) -> list[tuple[str, str, list[tuple[Any, ...]]]]:
    return [
        ("bench_village", "n INTEGER, code VARCHAR(13), whole BIGINT",
         [(n, code, int(code.replace(".", ""))) for n, code in enumerate(rows)]),
        ("bench_indicator", "n INTEGER, code VARCHAR(20)", list(enumerate(codes()))),
        ("bench_month", "n INTEGER, period INTEGER, first VARCHAR(10)",
         [(n, key, f"{key // 100}-{key % 100:02d}-01") for n, key in enumerate(months())]),
    ]  # fmt: skip


def facts_sql(vendor: str) -> str:
    """The same facts as an action would have appended them."""
    day = "m.first" if vendor == "sqlite" else "CAST(m.first AS DATE)"
    moment = "'2026-12-01 00:00:00'" if vendor == "sqlite" else "CAST('2026-12-01 00:00:00' AS TIMESTAMP)"
    number = NUMERATOR if vendor == "duckdb" else NUMERATOR.replace("%", "%%")
    return (
        f'(SELECT v.code AS village_code, i.code AS code, {day} AS "on", {number} AS numerator, 10 AS denominator, '
        f"{moment} AS folded_at {FROM})"
    )


def roll_up() -> int:
    """Fill the roll-ups by the statement of the rebuild."""
    from django.db import connection, transaction

    from desmigratif.indicators.models import RollUp
    from desmigratif.indicators.rebuilding import all_rows_sql
    from desmigratif.indicators.summing import COLUMNS

    columns, table = ", ".join(COLUMNS), RollUp._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        summed = all_rows_sql(connection.vendor, facts=f"{facts_sql(connection.vendor)} AS made")
        cursor.execute(f"INSERT INTO {table} ({columns}) {summed} SELECT {columns} FROM summed", [])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return RollUp.objects.count()


def duck_with_facts(folder: Path, rows: list[str]) -> Any:
    """DuckDB with the lists, and `facts.parquet` in the folder: numeric keys, sorted, as is best for it."""
    import duckdb

    duck = duckdb.connect()
    for name, columns, values in _lists(rows):
        duck.execute(f"CREATE TABLE {name} ({columns})")
        duck.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(values[0]))})", values)
    file = folder / "facts.parquet"
    duck.execute(
        f"COPY (SELECT i.n AS indicator, m.period AS period, v.whole AS village, {NUMERATOR} AS numerator, "
        f"10 AS denominator {FROM} ORDER BY 1, 2, 3) TO '{file}' (FORMAT parquet)"
    )
    return duck
