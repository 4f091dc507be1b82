"""A national dashboard (12 indicators x 12 months x 38 provinces) and one regency's districts, from roll-ups.

Ours is `grid` and `readings`: every figure with its denominator, its missing villages and its date; opened for the
first time, and opened again before anything was folded, which is one question. Peers group the raw facts. In PostgreSQL
they lie as is best for it, numeric keys in a covering index; as Parquet once as they arrived (codes and days, month
after month) and once by the very keys that are asked for, which nobody who exports facts gets for nothing. The limit
reads the same rows of the same index and makes nothing of them.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from bench import figures_world as world
from bench.harness import Race, Work, at_least, at_most, figures, growth_exponent, ratios, result_of, versions
from bench.ledger_world import Json, clock, on_both_engines, race

OFTEN = 20
AGAIN = "kami, dibuka lagi"
ARRIVED, SORTED = "DuckDB, Parquet seperti datangnya", "DuckDB, Parquet terurut kunci"
FIELDS = (
    "region_code, code, period, numerator, denominator, facts, villages, as_of, late_numerator, late_denominator, "
    "late_facts"
)


def run() -> None:
    on_both_engines("dashboard", "bench.dashboard")


def contest() -> Json:
    import duckdb
    from django.core.management import call_command

    from desmigratif.regions.actions import load_regions

    call_command("migrate", verbosity=0)
    load_regions()
    rows = world.make()
    with tempfile.TemporaryDirectory(prefix="desmigratif-bench-") as name:
        duck = world.duck_with_facts(Path(name), rows)
        world.roll_up(duck, Path(name), each=10)
        ours, _provinces = _whole_country(rows)
        tenth = Race(_anew(ours), clock=clock()).run()
        stood = world.roll_up(duck, Path(name))
        world.as_they_arrived(duck, Path(name))
        duck.close()
        duck = duckdb.connect()
        nation = _nation(duck, Path(name), rows)
        drill = _drill(duck, Path(name), rows)
    growth = [(len(rows) // 10, median(tenth.judged["ours"])), (len(rows), median(nation.judged["ours"]))]
    document = result_of(
        "dashboard", nation, exponent=growth_exponent(growth), villages=len(rows), rollups=stood,
        versions=versions("duckdb"), drill_down=figures(drill),
    )  # fmt: skip
    document["goals"] = _goals(document, drill)
    document["notes"] = [
        f"{len(rows)} desa, {world.INDICATORS} ukuran, {world.MONTHS} bulan: "
        f"{len(rows) * world.INDICATORS * world.MONTHS} catatan, {stood} baris angka.",
        *_notes(drill),
    ]
    return document


def _goals(document: Json, drill: Race) -> list[Json]:
    from django.db import connection

    down = document["drill_down"]
    goals = [
        at_most("Indonesia: waktu terhadap baca indeks", 2, document["ratio_to_limit"]["worst"]),
        at_most("satu kabupaten: waktu terhadap baca indeks", 2, down["ratio_to_limit"]["worst"]),
    ]
    if connection.vendor == "sqlite":  # how far ahead is a matter of size, and SQLite has less to group
        return goals
    again = ratios(drill.judged[SORTED], drill.judged[AGAIN], higher_is_better=True)
    return [
        *goals,
        at_least("Indonesia: dibanding GROUP BY", 25, document["ratio_to_peer"]["GROUP BY"]["worst"]),
        at_most("Indonesia: pangkat pertumbuhan dalam banyaknya desa", 0.1, document["growth_exponent"]),
        at_least(f"satu kabupaten: dibanding {ARRIVED}", 100, down["ratio_to_peer"][ARRIVED]["worst"]),
        at_least(f"satu kabupaten: dibanding {SORTED}", 100, down["ratio_to_peer"][SORTED]["worst"]),
        at_least(f"satu kabupaten, dibuka lagi: dibanding {SORTED}", 100, again["worst"]),
    ]


def _notes(drill: Race) -> list[str]:
    limit = {name: ratios(drill.judged[name], drill.judged["limit"], higher_is_better=True)["median"]
             for name in (ARRIVED, SORTED)}  # fmt: skip
    return [
        "Kami memberi tiap angka pembilang, penyebut, desa yang belum mengisi, tanggal data, dan apakah berubah "
        "sesudah terbit; batas hanya membaca baris dan kolom yang sama lewat indeks yang sama. Pertanyaan kami "
        "disiapkan PostgreSQL sekali untuk satu sambungan; batas bertanya seperti biasa.",
        "Kami: dibuka pertama kali, semua dibaca dari basis data. Dibuka lagi: selama belum ada catatan yang "
        "dijumlahkan, angka yang sama diberikan lagi sesudah satu pertanyaan pendek.",
        "Parquet seperti datangnya: kode dan tanggal, bulan demi bulan, desa demi desa, seperti catatan diekspor. "
        "Parquet terurut kunci dan GROUP BY lebih mudah daripada itu: kode berupa angka, diurutkan menurut ukuran, "
        "bulan, dan desa, persis seperti ditanyakan. Semuanya menjumlahkan catatan, bukan angka jadi.",
        f"Satu kabupaten: batas sendiri, yang hanya membaca indeks, {_times(limit[ARRIVED])} kali lebih cepat dari "
        f"{ARRIVED} dan {_times(limit[SORTED])} kali lebih cepat dari {SORTED}. Seratus kali, yang diukur pada catatan "
        "seluruh Indonesia, pada sepersepuluhnya hanya dapat dicapai angka yang tidak dibaca lagi.",
    ]


def _times(ratio: float) -> str:
    return f"{ratio:.1f}".replace(".", ",")


def _whole_country(rows: list[str]) -> tuple[Work, list[str]]:
    """Ours: twelve months of the last year, every province; and the provinces."""
    from desmigratif.access.actor import operator
    from desmigratif.indicators.queries.figures import grid
    from desmigratif.indicators.rules.periods import Month

    last = world.months()[-12:]
    first_month, last_month = (Month(key // 100, key % 100) for key in (last[0], last[-1]))
    provinces, shown = sorted({code[:2] for code in rows}), list(world.FLOWS)

    def ours() -> Any:
        return grid(operator(), regions=provinces, codes=shown, first=first_month, last=last_month)

    return ours, provinces


def _anew(work: Work) -> Work:
    """The same, and nothing that was read before is remembered."""
    from desmigratif.indicators.queries import grid
    from desmigratif.indicators.queries.remembered import Remembered

    nothing = Remembered(most=0)

    def anew() -> Any:
        kept, grid.remembered_grids = grid.remembered_grids, nothing
        try:
            return work()
        finally:
            grid.remembered_grids = kept

    return anew


def _nation(duck: Any, folder: Path, rows: list[str]) -> Race:
    """Twelve months of the last year, every province."""
    ours, provinces = _whole_country(rows)
    last, shown = world.months()[-12:], list(world.FLOWS)
    where = f"indicator < {world.SHOWN} AND period IN ({', '.join(map(str, last))})"
    sums = "SUM(numerator), SUM(denominator)"
    raw = f"SELECT indicator, period, village {{}} 100000000 AS p, {sums} FROM {{}} WHERE {where} GROUP BY 1, 2, 3"
    arrived = f"""SELECT code, year("on") * 100 + month("on"), village_code[:2], {sums} FROM '{folder}/arrived.parquet'
        WHERE code IN ({_listed(shown)}) AND "on" >= '{_first_day(last[0])}' GROUP BY 1, 2, 3"""
    peers = _peers(raw, duck, folder, arrived)
    found_by_us: Any = ours()
    expected = sum(one.numerator or 0 for line in found_by_us.values() for one in line)
    for name, peer in peers.items():
        found: Any = peer()
        assert len(found) == len(provinces) * len(shown) * 12, name
        assert sum(row[3] for row in found) == expected, name
    limit = _range(1, shown, last, provinces)
    return Race(_anew(ours), {AGAIN: ours, **peers}, lambda: _fetch(limit), clock=clock()).run()


def _drill(duck: Any, folder: Path, rows: list[str]) -> Race:
    """The districts of the regency with most villages, one month."""
    from collections import Counter

    from desmigratif.access.actor import operator
    from desmigratif.indicators.queries.figures import readings
    from desmigratif.indicators.rules.periods import Month, Period

    key = world.months()[-1]
    regency = Counter(code[:5] for code in rows).most_common(1)[0][0]
    districts = sorted({code[:8] for code in rows if code.startswith(f"{regency}.")})
    period, shown = Period.of(Month(key // 100, key % 100)), list(world.FLOWS)

    def ours() -> Any:
        return readings(operator(), regions=districts, codes=shown, period=period)

    low = int(regency.replace(".", "")) * 1_000_000
    where = f"indicator < {world.SHOWN} AND period = {key} AND village BETWEEN {low} AND {low + 999_999}"
    sums = "SUM(numerator), SUM(denominator)"
    raw = f"SELECT indicator, village {{}} 10000 AS d, {sums} FROM {{}} WHERE {where} GROUP BY 1, 2"
    arrived = f"""SELECT code, village_code[:8], {sums} FROM '{folder}/arrived.parquet'
        WHERE code IN ({_listed(shown)}) AND "on" >= '{_first_day(key)}'
        AND village_code >= '{regency}.' AND village_code < '{regency}/' GROUP BY 1, 2"""
    peers = _peers(raw, duck, folder, arrived)
    expected = sum(one.numerator for one in ours().values())
    for name, peer in peers.items():
        found: Any = peer()
        assert (len(found), sum(row[2] for row in found)) == (len(districts) * len(shown), expected), name
    works = {name: _often(peer) for name, peer in {AGAIN: ours, **peers}.items()}
    limit = _range(3, shown, [key], districts)
    return Race(_often(_anew(ours)), works, _often(lambda: _fetch(limit)), clock=clock()).run()


def _peers(raw: str, duck: Any, folder: Path, arrived: str) -> dict[str, Work]:
    """`raw` groups facts by number, once in our database and once in DuckDB; `arrived` those that lie as they came."""
    in_database = raw.format("/", "bench_fact")
    by_keys = raw.format("//", f"'{folder / 'facts.parquet'}'")
    return {
        "GROUP BY": lambda: _fetch(in_database),
        ARRIVED: lambda: duck.execute(arrived).fetchall(),
        SORTED: lambda: duck.execute(by_keys).fetchall(),
    }


def _first_day(month: int) -> str:
    return f"{month // 100}-{month % 100:02d}-01"


def _listed(codes: list[str]) -> str:
    return ", ".join(f"'{one}'" for one in codes)


def _often(work: Work) -> Work:
    """So short a work is done many times a round."""

    def often() -> None:
        for _ in range(OFTEN):
            work()

    return often


def _range(level: int, shown: list[str], periods: list[int], regions: list[str]) -> str:
    """The rows that we read, by the index, one stretch for each indicator and period."""
    return (
        f"SELECT {FIELDS} FROM indicators_rollup WHERE level = {level} AND code IN ({_listed(shown)}) AND period IN "
        f"({', '.join(map(str, periods))}) AND region_code BETWEEN '{regions[0]}' AND '{regions[-1]}'"
    )


def _fetch(sql: str) -> list[tuple[Any, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


if __name__ == "__main__" and "race" in sys.argv:
    race(contest)
