"""Facts that eight write at once, until they stand in all five levels: ours appends, and folds afterwards.

The peer adds five rows (village, district, regency, province, nation) in the writer's own transaction. The limit only
appends. Each fact has a transaction of its own, as acts have; all write through plain cursors, so that nobody pays for
Django's objects. `BENCH_FACTS` says how many facts a round has. With SQLite there is one writer at a time whoever asks,
so the eight take turns there.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from itertools import count
from random import Random
from typing import Any

from bench import figures_world as world
from bench.harness import Race, at_least, at_most, result_of
from bench.ledger_world import Json, on_both_engines, race

FACTS = int(os.environ.get("BENCH_FACTS", "8000"))
WRITERS = 8
VILLAGES = 500
UPSERT = """
INSERT INTO bench_peer (region_code, code, period, numerator, denominator) VALUES {rows}
ON CONFLICT (region_code, code, period) DO UPDATE SET numerator = bench_peer.numerator + excluded.numerator,
    denominator = bench_peer.denominator + excluded.denominator"""
Fact = tuple[str, str, str]  # village, code, day


def run() -> None:
    on_both_engines("fold", "bench.fold")


def contest() -> Json:
    from django.db import connection
    from django.utils import timezone

    from desmigratif.audit.models import FactDelta
    from desmigratif.indicators.folding import fold
    from desmigratif.indicators.models import RollUp
    from desmigratif.indicators.rebuilding import differences
    from desmigratif.regions.actions import load_regions

    load_regions()
    _make_tables()
    facts = _facts()
    sums: dict[str, float] = {}

    def ours() -> None:
        began = time.perf_counter()
        _eight(facts, _append_to("audit_factdelta"))
        written = time.perf_counter()
        fold(timezone.now())
        sums["append_s"], sums["fold_s"] = written - began, time.perf_counter() - written

    peers = {"lima baris sekaligus": lambda: _eight(facts, _upsert)}
    found = Race(ours, peers, lambda: _eight(facts, _append_to("bench_outbox"))).run()
    assert FactDelta.objects.count() == RollUp.objects.filter(level=0, code__in=world.codes(), period=0).aggregate(
        n=_sum("facts"))["n"]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT SUM(numerator) FROM bench_peer WHERE region_code = 'ID'")
        assert cursor.fetchone()[0] == FactDelta.objects.count()
    assert not differences()
    document = result_of("fold", found, exponent=None, facts=len(facts), writers=WRITERS, ours_last_round=sums)
    document["goals"] = [
        at_least("dibanding lima baris sekaligus", 2, document["ratio_to_peer"]["lima baris sekaligus"]["worst"]),
        at_most("waktu terhadap menambah catatan saja", 1.3, document["ratio_to_limit"]["worst"]),
    ]
    document["notes"] = [
        f"{len(facts)} catatan, {WRITERS} penulis, {VILLAGES} desa, {world.INDICATORS} ukuran; setiap catatan satu "
        f"transaksi. Putaran terakhir kami: menulis {sums['append_s']:.2f} detik, menjumlahkan {sums['fold_s']:.2f} "
        "detik; yang menunggu hanya yang pertama. Kami juga menjumlahkan triwulan, tahun, dan desa yang mengisi.",
    ]
    return document


def _sum(name: str) -> Any:
    from django.db.models import Sum

    return Sum(name)


def _make_tables() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bench_peer (region_code VARCHAR(13), code VARCHAR(20), period INTEGER, numerator BIGINT, "
            "denominator BIGINT, PRIMARY KEY (region_code, code, period))"
        )
        # The outbox as it stands in the programme, with its indexes.
        cursor.execute("CREATE TABLE bench_outbox (id CHAR(32) PRIMARY KEY, village_code VARCHAR(13) NOT NULL, "
                       'code VARCHAR(20) NOT NULL, "on" DATE NOT NULL, numerator BIGINT NOT NULL, '
                       "denominator BIGINT NOT NULL, key VARCHAR(80) NOT NULL, folded_at TIMESTAMP)")  # fmt: skip
        cursor.execute("CREATE INDEX bench_unfolded ON bench_outbox (folded_at, village_code)")


def _facts() -> list[Fact]:
    """Random villages, indicators and days of one quarter."""
    dice, villages, codes = Random(8), world.villages(VILLAGES), world.codes()
    return [(dice.choice(villages), dice.choice(codes), f"2026-{dice.randint(7, 9):02d}-{dice.randint(1, 28):02d}")
            for _ in range(FACTS)]  # fmt: skip


def _append_to(table: str) -> Callable[[Any, Fact], None]:
    from desmigratif.shared.ids import new_id

    sql = (
        f'INSERT INTO {table} (id, village_code, code, "on", numerator, denominator, key) '
        "VALUES (%s, %s, %s, %s, 1, 1, '')"
    )

    def append(cursor: Any, fact: Fact) -> None:
        village, code, day = fact
        cursor.execute(sql, [new_id().hex, village, code, day])

    return append


def _upsert(cursor: Any, fact: Fact) -> None:
    village, code, day = fact
    period = int(day[:4]) * 100 + int(day[5:7])
    # Always from the nation down: who takes rows in one order waits and never locks another out for good.
    places = ("ID", village[:2], village[:5], village[:8], village)
    rows = ", ".join(["(%s, %s, %s, 1, 1)"] * len(places))
    cursor.execute(UPSERT.format(rows=rows), [value for place in places for value in (place, code, period)])


def _eight(facts: list[Fact], write: Callable[[Any, Fact], None]) -> None:
    """All facts, each in a transaction of its own, by eight connections."""
    from django.db import connection, transaction

    numbers, troubles = count(), []

    def work() -> None:
        try:
            while (number := next(numbers)) < len(facts):
                with transaction.atomic(), connection.cursor() as cursor:
                    write(cursor, facts[number])
        except Exception as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(WRITERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if troubles:
        raise troubles[0]


if __name__ == "__main__" and "race" in sys.argv:
    race(contest)
