"""Facts of many villages for the races of indicators: the same numbers in the database, in DuckDB and in Parquet.

`BENCH_VILLAGES` says how many villages (8,300, a tenth of the nation), `BENCH_MONTHS` how many months; sixty
indicators each. SQLite, which serves a village or a few regencies and no nation, has a tenth of the villages. They
are real ones from all over the country.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
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


def villages(count: int = 0) -> list[str]:
    """Real villages, taken evenly from the whole list."""
    from django.db import connection

    from desmigratif.regions.models import Level, Region

    count = count or (VILLAGES if connection.vendor == "postgresql" else VILLAGES // 10)
    found = list(Region.objects.filter(level=Level.VILLAGE).order_by("code").values_list("code", flat=True))
    return [found[place * len(found) // count] for place in range(count)]


def months() -> list[int]:
    return [(FIRST_YEAR + n // 12) * 100 + n % 12 + 1 for n in range(MONTHS)]


def make() -> list[str]:
    """The narrow table of raw facts, as whoever has no roll-ups would keep it: keys first, numbers behind."""
    from django.db import connection

    rows = villages()
    with connection.cursor() as cursor:
        for name, columns, values in _lists(rows):
            cursor.execute(f"CREATE TABLE {name} ({columns})")
            marks = ", ".join(["%s"] * len(values[0]))
            cursor.executemany(f"INSERT INTO {name} VALUES ({marks})", values)
        number = NUMERATOR.replace("%", "%%")
        rows_of = f"SELECT i.n, m.period, v.whole, {number}, 10 {FROM} ORDER BY 1, 2, 3"
        if connection.vendor == "sqlite":
            cursor.execute(
                f"CREATE TABLE bench_fact ({NARROW}, PRIMARY KEY (indicator, period, village)) WITHOUT ROWID"
            )
            cursor.execute(f"INSERT INTO bench_fact {rows_of}", [])
            return rows
        cursor.execute("SET work_mem = '1GB'")
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute(f"CREATE TABLE bench_fact ({NARROW})")
        cursor.execute(f"INSERT INTO bench_fact {rows_of}", [])
        cursor.execute("CREATE UNIQUE INDEX bench_covering ON bench_fact (indicator, period, village) "
                       "INCLUDE (numerator, denominator)")  # fmt: skip
        cursor.execute("VACUUM ANALYZE bench_fact")
        cursor.execute("RESET work_mem")
        cursor.execute("RESET maintenance_work_mem")
    return rows


def _lists(rows: list[str]) -> list[tuple[str, str, list[tuple[Any, ...]]]]:
    return [
        ("bench_village", "n INTEGER, code VARCHAR(13), whole BIGINT",
         [(n, code, int(code.replace(".", ""))) for n, code in enumerate(rows)]),
        ("bench_indicator", "n INTEGER, code VARCHAR(20)", list(enumerate(codes()))),
        ("bench_month", "n INTEGER, period INTEGER, first VARCHAR(10)",
         [(n, key, f"{key // 100}-{key % 100:02d}-01") for n, key in enumerate(months())]),
    ]  # fmt: skip


def number_facts(duck: Any, each: int = 1) -> None:
    """The same facts in DuckDB as actions would have appended them, by the numbers that our own count takes; of each
    village, or of each tenth."""
    from desmigratif.indicators.roll_ups.counting_apart import number_facts as number

    for table in ("said", "numbered", "heard", "region", "kind", "told", "months"):
        duck.execute(f"DROP TABLE IF EXISTS {table}")
    duck.execute(
        f"""CREATE OR REPLACE VIEW appended AS SELECT v.code AS village_code, i.code AS code,
        CAST(m.first AS DATE) AS "on", {NUMERATOR} AS numerator, 10 AS denominator,
        TIMESTAMP '2026-12-01 00:00:00' AS folded_at {FROM} WHERE v.n % {each} = 0"""
    )
    duck.execute("CREATE TABLE months (month INTEGER, frozen_at TIMESTAMP)")
    number(duck, "appended", {})


def roll_up(duck: Any, folder: Path, each: int = 1) -> int:
    """Fill the roll-ups of the database as a rebuild does."""
    from django.db import connection, transaction

    from desmigratif.indicators.models import RollUp
    from desmigratif.indicators.roll_ups.counting_apart import count_all
    from desmigratif.indicators.roll_ups.folding import next_moment
    from desmigratif.indicators.roll_ups.rebuilding import write_back

    number_facts(duck, each)
    count_all(duck)
    RollUp.objects.all()._raw_delete("default")
    with transaction.atomic():
        next_moment(datetime.now(UTC))  # its stamp: nothing that was read before stands now
        write_back(duck, folder)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else f"VACUUM ANALYZE {RollUp._meta.db_table}")
    return RollUp.objects.count()


def as_they_arrived(duck: Any, folder: Path) -> Path:
    """The same facts as an export of the outbox has them: codes and days, month after month, village after village."""
    file = folder / "arrived.parquet"
    duck.execute(
        f"""COPY (SELECT v.code AS village_code, i.code AS code, CAST(m.first AS DATE) AS "on",
        {NUMERATOR} AS numerator, 10 AS denominator {FROM} ORDER BY m.n, v.n, i.n) TO '{file}' (FORMAT parquet)"""
    )
    return file


def duck_with_facts(folder: Path, rows: list[str]) -> Any:
    """DuckDB with the lists, and `facts.parquet` in the folder: numeric keys, sorted, as is best for it."""
    import duckdb

    duck = duckdb.connect(config={"memory_limit": "6GB", "temp_directory": str(folder)})
    for name, columns, values in _lists(rows):
        duck.execute(f"CREATE TABLE {name} ({columns})")
        duck.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(values[0]))})", values)
    file = folder / "facts.parquet"
    duck.execute(
        f"COPY (SELECT i.n AS indicator, m.period AS period, v.whole AS village, {NUMERATOR} AS numerator, "
        f"10 AS denominator {FROM} ORDER BY 1, 2, 3) TO '{file}' (FORMAT parquet)"
    )
    return duck
