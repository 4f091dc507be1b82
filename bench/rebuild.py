"""All figures counted anew from all facts: ours in DuckDB, with the same facts in the same Parquet file for everybody.

The limit is DuckDB alone: plain sums by level and month, no village that is missing, no quarter, no year, nothing late.
The peer is the database's own GROUP BY of the same plain sums. What a hub pays besides, carrying facts out of
PostgreSQL and rows back, is measured once and stands beside it.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import figures_world as world
from bench.harness import Race, at_least, at_most, result_of, versions
from bench.ledger_world import Json, on_both_engines, race

LEVELS = {0: 10_000_000_000, 1: 100_000_000, 2: 1_000_000, 3: 10_000, 4: 1}  # what a village's number is divided by


def run() -> None:
    on_both_engines("rebuild", "bench.rebuild")


def contest() -> Json:
    from desmigratif.indicators.rebuilding import all_rows_sql
    from desmigratif.indicators.summing import COLUMNS
    from desmigratif.regions.actions import load_regions

    load_regions()
    rows = world.make()
    with tempfile.TemporaryDirectory(prefix="desmigratif-bench-") as name:
        duck = world.duck_with_facts(Path(name), rows)
        file = Path(name) / "appended.parquet"
        duck.execute(f"COPY {world.facts_sql('duckdb')} TO '{file}' (FORMAT parquet)")
        duck.execute("CREATE TABLE months (month INTEGER, frozen_at TIMESTAMP)")
        summed = all_rows_sql("duckdb", facts=f"'{file}'", published="months")

        narrow = _plain(f"'{Path(name) / 'facts.parquet'}'", "//")

        def ours() -> None:
            duck.execute(f"CREATE OR REPLACE TABLE ours AS {summed} SELECT {', '.join(COLUMNS)} FROM summed")

        def alone() -> None:
            duck.execute(f"CREATE OR REPLACE TABLE plain AS {narrow}")

        ours()
        alone()
        months = "level = 4 AND period % 100 BETWEEN 1 AND 12"
        sums = [duck.execute(f"SELECT SUM(numerator) FROM {table} WHERE {where}").fetchone()
                for table, where in (("ours", months), ("plain", "level = 4"))]  # fmt: skip
        assert sums[0] == sums[1], sums
        found = Race(ours, {"GROUP BY": _in_database}, alone, rounds=5, warm_up=False).run()
        carried = _carried()
    document = result_of("rebuild", found, exponent=None, villages=len(rows), versions=versions("duckdb"), **carried)
    document["goals"] = [
        at_least("dibanding GROUP BY di basis data", 5, document["ratio_to_peer"]["GROUP BY"]["worst"]),
        at_most("waktu terhadap DuckDB saja", 1.5, document["ratio_to_limit"]["worst"]),
    ]
    document["notes"] = [
        f"{len(rows)} desa, {world.INDICATORS} ukuran, {world.MONTHS} bulan. Batas menjumlahkan bulan saja; kami juga "
        f"triwulan, tahun, dan desa yang mengisi. Di dalam basis data saja: {carried['in_database_s']:.1f} detik.",
    ]
    return document


def _plain(facts: str, over: str) -> str:
    arms = [
        f"SELECT {level} AS level, indicator, period, village {over} {divisor} AS region, "
        f"SUM(numerator) AS numerator, SUM(denominator) AS denominator FROM {facts} GROUP BY 2, 3, 4"
        for level, divisor in LEVELS.items()
    ]
    return " UNION ALL ".join(arms)


def _in_database() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_plain")
        cursor.execute(f"CREATE TABLE bench_plain AS {_plain('bench_fact', '/')}")


def _carried() -> dict[str, Any]:
    """How long the statement of the rebuild takes in the database itself, once."""
    began = time.perf_counter()
    stood = world.roll_up()
    return {"in_database_s": round(time.perf_counter() - began, 3), "rollups": stood}


if __name__ == "__main__" and "race" in sys.argv:
    race(contest)
