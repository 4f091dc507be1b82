"""Facts that eight write at once, until they stand in all five levels: ours appends, and folds afterwards.

The peer adds five rows (village, district, regency, province, nation) of one month in the writer's own transaction;
its like adds the same twenty figures as ours, quarter, year and all time among them, as one statement. The limit only
appends. Each fact has a transaction of its own, as acts have; on PostgreSQL the eight are processes with a connection
each and a prepared statement, so that nobody waits for another's Python. SQLite has one writer at a time whoever asks;
there one writes for all. Two kinds of facts: all of one indicator in one month, as a working day brings them, so that
the peer's eight meet at the nation's row; and spread over sixty indicators and a quarter. `BENCH_FACTS` says how many
facts a round has.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

from bench import figures_world as world
from bench.harness import Race, at_least, at_most, figures, ratios, result_of
from bench.ledger_world import Json, clock, on_both_engines, race

FACTS = int(os.environ.get("BENCH_FACTS", "20000"))
WRITERS = 8
VILLAGES = 500
PEER, LIKE = "lima baris sekaligus", "dua puluh baris sekaligus (angka yang sama)"
UPSERT = """
INSERT INTO bench_peer (region_code, code, period, numerator, denominator) VALUES {rows}
ON CONFLICT (region_code, code, period) DO UPDATE SET numerator = bench_peer.numerator + excluded.numerator,
    denominator = bench_peer.denominator + excluded.denominator"""
APPEND = """
INSERT INTO {table} (id, village_code, code, "on", numerator, denominator, key) VALUES (%s, %s, %s, %s, 1, 1, '')"""
WHOLE = """
INSERT INTO bench_whole (level, code, period, region_code, numerator, denominator, facts, as_of) VALUES {rows}
ON CONFLICT (level, code, period, region_code) DO UPDATE SET numerator = bench_whole.numerator + excluded.numerator,
    denominator = bench_whole.denominator + excluded.denominator, facts = bench_whole.facts + excluded.facts,
    as_of = {later}(bench_whole.as_of, excluded.as_of)"""
Fact = tuple[str, str, str]  # village, code, day


def run() -> None:
    on_both_engines("fold", "bench.fold")


def contest() -> Json:
    from desmigratif.regions.actions import load_regions

    load_regions()
    _make_tables()
    sums: dict[str, dict[str, float]] = {"day": {}, "spread": {}}
    day = _race(_facts(world.FLOWS[:1], months=1), sums["day"])
    spread = _race(_facts(world.codes(), months=3), sums["spread"])
    _prove()
    document = result_of("fold", day, exponent=None, facts=_how_many(), writers=WRITERS, ours_last_round=sums["day"],
                         spread={**figures(spread), "ours_last_round": sums["spread"]})  # fmt: skip
    wide = document["spread"]
    document["goals"] = [
        at_least(f"satu ukuran sebulan: dibanding {PEER}", 2, document["ratio_to_peer"][PEER]["worst"]),
        at_most("satu ukuran sebulan: waktu terhadap menambah catatan saja", 1.3, document["ratio_to_limit"]["worst"]),
        at_least(f"60 ukuran setriwulan: dibanding {PEER}", 2, wide["ratio_to_peer"][PEER]["worst"]),
        at_most("60 ukuran setriwulan: waktu terhadap menambah catatan saja", 1.3, wide["ratio_to_limit"]["worst"]),
        at_least(f"60 ukuran setriwulan: dibanding {LIKE}", 2, wide["ratio_to_peer"][LIKE]["worst"]),
    ]
    document["notes"] = [
        f"{_how_many()} catatan, {WRITERS} penulis, {VILLAGES} desa; setiap catatan satu transaksi. Yang menunggu "
        "hanya yang menulis; menjumlahkan terjadi sesudahnya.",
        f"Putaran terakhir kami, satu ukuran sebulan: {_said(sums['day'])}; 60 ukuran setriwulan: "
        f"{_said(sums['spread'])}.",
        "Kami menjumlahkan juga triwulan, tahun, sejak awal, dan desa yang mengisi: dua puluh angka setiap catatan. "
        f"Bila catatan tersebar, hampir setiap catatan menyentuh angkanya sendiri; {PEER} hanya lima, yang bulanan. "
        f"{LIKE.capitalize()} menulis angka yang sama dengan kami, tanpa banyaknya desa dan tanpa yang terlambat; itu "
        "pekerjaan yang sama.",
        f"Menulis catatan saja, tanpa menjumlahkan apa pun: {_ahead(day)} kali lebih cepat dari {PEER} bila satu "
        f"ukuran sebulan, {_ahead(spread)} kali bila tersebar. Lebih dari itu tidak dapat dicapai siapa pun yang "
        "menulis catatan lebih dahulu. Tujuan dua kali dimaksudkan untuk satu ukuran sebulan, ketika semua penulis "
        "menunggu baris Indonesia.",
    ]
    return document


def _ahead(found: Race) -> str:
    """How far the limit is ahead of the peer."""
    ratio = ratios(found.judged[PEER], found.judged["limit"], higher_is_better=True)["median"]
    return f"{ratio:.2f}".replace(".", ",")


def _said(sums: dict[str, float]) -> str:
    return f"menulis {sums['append_s']:.2f} detik, menjumlahkan {sums['fold_s']:.2f} detik"


def _race(facts: Sequence[Fact], sums: dict[str, float]) -> Race:
    from django.db import connection
    from django.utils import timezone

    from desmigratif.indicators.roll_ups.folding import fold

    eight = Eight(facts) if connection.vendor == "postgresql" else None
    write = eight.write if eight else _by_one

    def ours() -> None:
        began = time.perf_counter()
        write("audit_factdelta", facts)
        written = time.perf_counter()
        fold(timezone.now())
        sums["append_s"], sums["fold_s"] = written - began, time.perf_counter() - written

    peers = {PEER: lambda: write("bench_peer", facts), LIKE: lambda: write("bench_whole", facts)}
    found = Race(ours, peers, lambda: write("bench_outbox", facts), clock=clock()).run()
    if eight:
        eight.end()
    return found


def _prove() -> None:
    """Everybody counted the same facts."""
    from django.db import connection
    from django.db.models import Sum

    from desmigratif.audit.models import FactDelta
    from desmigratif.indicators.models import RollUp
    from desmigratif.indicators.roll_ups.rebuilding import differences

    count = FactDelta.objects.count()
    assert RollUp.objects.filter(level=0, code__in=world.codes(), period=0).aggregate(n=Sum("facts"))["n"] == count
    with connection.cursor() as cursor:
        cursor.execute("SELECT SUM(numerator) FROM bench_peer WHERE region_code = 'ID'")
        assert cursor.fetchone()[0] == count
        cursor.execute("SELECT SUM(numerator) FROM bench_whole WHERE level = 0 AND period = 0")
        assert cursor.fetchone()[0] == count
    assert not differences()


def _make_tables() -> None:
    """The peer's table, and for the limit the outbox as it stands in the programme, with its indexes."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bench_peer (region_code VARCHAR(13), code VARCHAR(20), period INTEGER, numerator BIGINT, "
            "denominator BIGINT, PRIMARY KEY (region_code, code, period))"
        )
        cursor.execute(
            "CREATE TABLE bench_whole (level SMALLINT, code VARCHAR(20), period INTEGER, region_code VARCHAR(13), "
            "numerator BIGINT, denominator BIGINT, facts BIGINT, as_of DATE, "
            "PRIMARY KEY (level, code, period, region_code))"
        )
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE bench_whole SET (fillfactor = 70)")  # as ours
            cursor.execute("CREATE TABLE bench_outbox (LIKE audit_factdelta INCLUDING ALL)")
            return
        cursor.execute("SELECT sql FROM sqlite_master WHERE tbl_name = 'audit_factdelta' AND sql IS NOT NULL")
        for (sql,) in cursor.fetchall():
            cursor.execute(sql.replace("audit_factdelta", "bench_outbox").replace('"factdelta_', '"bench_'))


def _facts(codes: Sequence[str], *, months: int) -> list[Fact]:
    """Random villages, indicators and days."""
    dice, villages = Random(8), world.villages(VILLAGES)
    days = [f"2026-{6 + month:02d}-{day:02d}" for month in range(1, months + 1) for day in range(1, 29)]
    return [(dice.choice(villages), dice.choice(codes), dice.choice(days)) for _ in range(_how_many())]


def _how_many() -> int:
    """SQLite puts each on the disk before the next: a quarter of them tells as much there."""
    from django.db import connection

    return FACTS if connection.vendor == "postgresql" else FACTS // 4


def _statement(table: str, later: str) -> str:
    if table == "bench_peer":
        return UPSERT.format(rows=", ".join(["(%s, %s, %s, 1, 1)"] * 5))
    if table == "bench_whole":
        return WHOLE.format(rows=", ".join(["(%s, %s, %s, %s, 1, 1, 1, %s)"] * 20), later=later)
    return APPEND.format(table=table)


def _given(table: str, fact: Fact) -> list[Any]:
    from desmigratif.shared.ids import new_id

    village, code, day = fact
    # Always from the nation down: who takes rows in one order waits and never locks another out for good.
    places = ("ID", village[:2], village[:5], village[:8], village)
    year, month = int(day[:4]) * 100, int(day[5:7])
    if table == "bench_peer":
        return [value for place in places for value in (place, code, year + month)]
    if table == "bench_whole":
        periods = (year + month, year + 20 + (month + 2) // 3, year, 0)
        return [
            value
            for level, place in enumerate(places)
            for period in periods
            for value in (level, code, period, place, day)
        ]
    return [new_id().hex, village, code, day]


def _by_one(table: str, facts: Iterable[Fact]) -> None:
    from django.db import connection, transaction

    sql = _statement(table, "max")
    for fact in facts:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, _given(table, fact))


class Eight:
    """Processes that are connected already and hold the facts, dealt out; each writes its own when told where to."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        command = [sys.executable, "-m", "bench.fold", "write"]
        self._all = [
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(WRITERS)
        ]
        self._tell([json.dumps(facts[number::WRITERS]) for number in range(WRITERS)])

    def write(self, table: str, _facts: Sequence[Fact]) -> None:
        self._tell([table] * WRITERS)

    def end(self) -> None:
        for one in self._all:
            one.communicate()

    def _tell(self, lines: Sequence[str]) -> None:
        """One line each, and wait until all have done what it says."""
        for one, line in zip(self._all, lines, strict=True):
            print(line, file=one.stdin, flush=True)
        for one in self._all:
            assert one.stdout is not None
            if one.stdout.readline() != "done\n":
                raise RuntimeError("a writer gave up")


def write() -> None:
    """One of the eight."""
    import psycopg

    facts = json.loads(sys.stdin.readline())
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection, connection.cursor() as cursor:
        print("done", flush=True)
        for line in sys.stdin:
            table = line.strip()
            sql = _statement(table, "GREATEST")
            for fact in facts:
                cursor.execute(sql, _given(table, fact), prepare=True)
            print("done", flush=True)


if __name__ == "__main__":
    race(contest) if "race" in sys.argv else write()
