"""All figures counted anew from all facts, in DuckDB, by numbers in Parquet; the result lies in DuckDB's tables.

The limit is DuckDB alone: plain sums by level and month, no village that is missing, no quarter, no year, nothing late.
The peer is the database's own GROUP BY of the same plain sums, which takes so long that it runs once. What a hub pays
besides, carrying facts out of PostgreSQL and rows back, is no part of it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from bench import figures_world as world
from bench.harness import Race, at_least, at_most, result_of, timed, versions
from bench.ledger_world import Json, clock, on_both_engines, race

LEVELS = {0: 10_000_000_000, 1: 100_000_000, 2: 1_000_000, 3: 10_000, 4: 1}  # what a village's number is divided by


def run() -> None:
    on_both_engines("rebuild", "bench.rebuild")


def contest() -> Json:
    from desmigratif.indicators.roll_ups.counting_apart import count_all
    from desmigratif.regions.actions import load_regions

    load_regions()
    rows = world.make()
    with tempfile.TemporaryDirectory(prefix="desmigratif-bench-") as name:
        duck = world.duck_with_facts(Path(name), rows)
        told, narrow = Path(name) / "told.parquet", Path(name) / "facts.parquet"
        world.number_facts(duck)
        duck.execute(f"COPY told TO '{told}' (FORMAT parquet)")
        duck.execute("DROP TABLE told")
        plain = _plain(f"'{narrow}'", "//")

        def ours() -> None:
            count_all(duck, told=f"'{told}'")

        def alone() -> None:
            duck.execute(f"CREATE OR REPLACE TABLE plain AS {plain}")

        ours()
        alone()
        _compare(duck)
        found = Race(ours, {}, alone, warm_up=False, clock=clock()).run()
        stood = duck.execute("SELECT COUNT(*) FROM summed").fetchone()[0]
    in_database = timed(_in_database)[0]
    slowest = max(found.wall["ours"])
    document = result_of("rebuild", found, exponent=None, villages=len(rows), rollups=stood,
                         in_database_s=round(in_database, 3), versions=versions("duckdb"))  # fmt: skip
    document["goals"] = [
        at_least("dibanding GROUP BY di basis data", 5, in_database / slowest),
        at_most("waktu terhadap DuckDB saja", 1.5, document["ratio_to_limit"]["worst"]),
    ]
    document["notes"] = [
        f"{len(rows)} desa, {world.INDICATORS} ukuran, {world.MONTHS} bulan; menjadi {stood} angka. Batas menjumlahkan "
        "pembilang dan penyebut tiap bulan; kami juga triwulan, tahun, sejak awal, jumlah catatan, tanggal terakhir, "
        f"dan desa yang mengisi. GROUP BY yang sama dengan batas, di basis data, sekali: {in_database:.1f} detik.",
    ]
    return document


def _compare(duck: Any) -> None:
    """Every level of the months has the same sums."""
    ours = duck.execute("SELECT level, SUM(numerator), COUNT(*) FROM summed WHERE period % 100 BETWEEN 1 AND 12 "
                        "GROUP BY 1 ORDER BY 1").fetchall()  # fmt: skip
    assert ours == duck.execute("SELECT level, SUM(numerator), COUNT(*) FROM plain GROUP BY 1 ORDER BY 1").fetchall()


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


if __name__ == "__main__" and "race" in sys.argv:
    race(contest)
