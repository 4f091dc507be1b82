"""A national dashboard (12 indicators x 12 months x 38 provinces) and one regency's districts, from roll-ups.

Ours is `grid` and `readings`: every figure with its denominator, its missing villages and its date. Peers group the
raw facts, which are kept as is best for them: numeric keys in a covering index, Parquet sorted the same way. The limit
reads the same rows of the same index and makes nothing of them.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from bench import figures_world as world
from bench.harness import Race, at_least, at_most, figures, result_of, timed, versions
from bench.ledger_world import Json, on_both_engines, race

FIELDS = (
    "region_code, code, period, numerator, denominator, facts, villages, as_of, late_numerator, late_denominator, "
    "late_facts"
)


def run() -> None:
    on_both_engines("dashboard", "bench.dashboard")


def contest() -> Json:
    from django.core.management import call_command

    from desmigratif.regions.actions import load_regions

    call_command("migrate", verbosity=0)
    load_regions()
    rows = world.make()
    stood = world.roll_up()
    with tempfile.TemporaryDirectory(prefix="desmigratif-bench-") as name:
        duck = world.duck_with_facts(Path(name), rows)
        nation = _nation(duck, Path(name), rows)
        drill = _drill(duck, Path(name), rows)
    small = min(timed(nation.ours)[0] for _ in range(5))
    document = result_of(
        "dashboard", nation, exponent=None, villages=len(rows), rollups=stood, versions=versions("duckdb"),
        drill_down=figures(drill), smallest_s=round(small, 6),
    )  # fmt: skip
    down = document["drill_down"]
    document["goals"] = [
        at_least("Indonesia: dibanding GROUP BY", 25, document["ratio_to_peer"]["GROUP BY"]["worst"]),
        at_most("Indonesia: waktu terhadap baca indeks", 2, document["ratio_to_limit"]["worst"]),
        at_least("satu kabupaten: dibanding DuckDB", 100, down["ratio_to_peer"]["DuckDB, Parquet"]["worst"]),
        at_most("satu kabupaten: waktu terhadap baca indeks", 2, down["ratio_to_limit"]["worst"]),
    ]
    document["notes"] = [
        f"{len(rows)} desa, {world.INDICATORS} ukuran, {world.MONTHS} bulan: "
        f"{len(rows) * world.INDICATORS * world.MONTHS} catatan, {stood} baris angka.",
        "Kami memberi tiap angka pembilang, penyebut, desa yang belum mengisi, tanggal data, dan apakah berubah "
        "sesudah terbit; batas hanya membaca baris dan kolom yang sama lewat indeks yang sama.",
    ]
    return document


def _nation(duck: Any, folder: Path, rows: list[str]) -> Race:
    """Twelve months of the last year, every province."""
    from desmigratif.access.actor import operator
    from desmigratif.indicators.queries import grid
    from desmigratif.indicators.rules.periods import Month

    last = world.months()[-12:]
    first_month, last_month = (Month(key // 100, key % 100) for key in (last[0], last[-1]))
    provinces, shown = sorted({code[:2] for code in rows}), list(world.FLOWS)

    def ours() -> Any:
        return grid(operator(), regions=provinces, codes=shown, first=first_month, last=last_month)

    where = f"indicator < {world.SHOWN} AND period IN ({', '.join(map(str, last))})"
    raw = (
        f"SELECT indicator, period, village / 100000000 AS p, SUM(numerator), SUM(denominator) FROM {{}} WHERE {where}"
    )
    sql = raw.format("bench_fact") + " GROUP BY indicator, period, p"
    parquet = raw.replace(" / ", " // ").format(f"'{folder / 'facts.parquet'}'") + " GROUP BY indicator, period, p"
    peers = {"GROUP BY": lambda: _fetch(sql), "DuckDB, Parquet": lambda: duck.execute(parquet).fetchall()}
    expected = sum(one.numerator or 0 for line in ours().values() for one in line)
    for name, peer in peers.items():
        found: Any = peer()
        assert len(found) == len(provinces) * len(shown) * 12, name
        assert sum(row[3] for row in found) == expected, name
    return Race(ours, peers, lambda: _fetch(_range(1, shown, last, provinces))).run()


def _drill(duck: Any, folder: Path, rows: list[str]) -> Race:
    """The districts of the regency with most villages, one month."""
    from collections import Counter

    from desmigratif.access.actor import operator
    from desmigratif.indicators.queries import readings
    from desmigratif.indicators.rules.periods import Month, Period

    key = world.months()[-1]
    regency = Counter(code[:5] for code in rows).most_common(1)[0][0]
    districts = sorted({code[:8] for code in rows if code.startswith(f"{regency}.")})
    period, shown = Period.of(Month(key // 100, key % 100)), list(world.FLOWS)

    def ours() -> Any:
        return readings(operator(), regions=districts, codes=shown, period=period)

    low = int(regency.replace(".", "")) * 1_000_000
    where = f"indicator < {world.SHOWN} AND period = {key} AND village BETWEEN {low} AND {low + 999_999}"
    raw = f"SELECT indicator, village / 10000 AS d, SUM(numerator), SUM(denominator) FROM {{}} WHERE {where}"
    sql = raw.format("bench_fact") + " GROUP BY indicator, d"
    parquet = raw.replace(" / ", " // ").format(f"'{folder / 'facts.parquet'}'") + " GROUP BY indicator, d"
    peers = {"GROUP BY": lambda: _fetch(sql), "DuckDB, Parquet": lambda: duck.execute(parquet).fetchall()}
    expected = sum(one.numerator for one in ours().values())
    for name, peer in peers.items():
        found: Any = peer()
        assert (len(found), sum(row[2] for row in found)) == (len(districts) * len(shown), expected), name
    return Race(ours, peers, lambda: _fetch(_range(3, shown, [key], districts))).run()


def _range(level: int, shown: list[str], periods: list[int], regions: list[str]) -> str:
    listed = [", ".join(f"'{one}'" for one in many) for many in (shown, regions)]
    return (
        f"SELECT {FIELDS} FROM indicators_rollup WHERE level = {level} AND code IN ({listed[0]}) "
        f"AND period IN ({', '.join(map(str, periods))}) AND region_code IN ({listed[1]})"
    )


def _fetch(sql: str) -> list[tuple[Any, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


if __name__ == "__main__" and "race" in sys.argv:
    race(contest)
