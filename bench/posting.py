"""One durable posting: two legs, own commit, on SQLite (synchronous=FULL) and PostgreSQL (synchronous_commit=on).

Ours does everything: unit of work, lock, idempotency, balance, period, wall, overdraft, chain, totals, holdings.
The limit writes the same rows (seal, entry, legs, book, totals, balances) into bare tables in one round trip. Peers:
django-hordak (PostgreSQL only) and plain `create()` of entry and legs. Raw SQL that leaves the balances out does less
than half of the work; it stands beside them.
"""

from __future__ import annotations

import sys
from typing import Any

from bench.harness import Race, at_least, at_most, growth_exponent, result_of, timed
from bench.ledger_world import ON, Json, on_both_engines, race

POSTINGS = 200
LESS = "SQL mentah tanpa buku, jumlah bulan, dan saldo"


def run() -> None:
    on_both_engines("posting", "bench.posting")


def contest() -> Json:
    from django.db import connection

    from bench import ledger_books, ledger_peers
    from desmigratif.cooperative.actions.ledger.posting import post_entries, post_entry
    from desmigratif.cooperative.queries.ledger.books import chart_of
    from desmigratif.shared.ids import new_id

    cooperative = ledger_books.cooperative()
    chart, holders = chart_of(cooperative), [new_id() for _ in range(300)]
    ledger_books.bare_tables()

    def fresh() -> Any:
        return ledger_books.deposits(chart, POSTINGS, holders, ON)

    def ours() -> None:
        for entry in fresh():
            with ledger_books.working():
                post_entry(cooperative, entry)

    peers = {"create()": ledger_peers.one_by_one(cooperative, fresh)}
    if connection.vendor == "postgresql":
        peers["django-hordak"] = ledger_peers.hordak(POSTINGS)
    less = {LESS: ledger_peers.raw_one_by_one(cooperative, fresh, balances=False)}
    found = Race(ours, {**peers, **less}, ledger_peers.raw_one_by_one(cooperative, fresh)).run()
    short = min(timed(ours)[0] for _ in range(3))
    with ledger_books.working():
        post_entries(cooperative, ledger_books.deposits(chart, 50_000, holders, ON))
    long = min(timed(ours)[0] for _ in range(3))
    exponent = growth_exponent([(2_500, short), (52_500, long)])
    document = result_of("posting", found, exponent=exponent, postings=POSTINGS)
    document["goals"] = [
        *(at_least(f"dibanding {name}", 2 if name == "create()" else 1.5, document["ratio_to_peer"][name]["worst"])
          for name in peers),
        at_most("waktu terhadap SQL mentah", 2, document["ratio_to_limit"]["worst"]),
        at_most("pertumbuhan menurut panjang buku", 0.1, exponent),
    ]  # fmt: skip
    document["notes"] = [
        "Batas menulis baris yang sama dengan kami, dengan indeks yang sama, dalam satu perjalanan: segel, catatan, "
        "dua baris, akhir buku, dua jumlah bulan, dan dua saldo. Ia tidak memeriksa apa pun.",
        "SQL mentah tanpa buku, jumlah bulan, dan saldo dipakai sebagai batas sampai 26 November 2026; ia disebut "
        "supaya selisihnya terlihat.",
    ]
    return document


if __name__ == "__main__" and "race" in sys.argv:
    race(contest)
