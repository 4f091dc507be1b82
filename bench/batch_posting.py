"""Many postings at once: every entry with its own id and two legs, sealed together.

The limit writes the same ready rows into bare tables (executemany, COPY); the peer is `bulk_create` of the same rows.
"""

from __future__ import annotations

import sys

from bench.harness import Race, at_least, at_most, growth_exponent, result_of, timed
from bench.ledger_world import ON, Json, on_both_engines, race

SIZES = (10_000, 100_000)


def run() -> None:
    on_both_engines("batch-posting", "bench.batch_posting")


def contest() -> Json:
    from bench import ledger_books, ledger_peers
    from desmigratif.cooperative.actions.ledger.posting import post_entries
    from desmigratif.cooperative.queries.ledger.books import chart_of
    from desmigratif.shared.ids import new_id

    cooperative = ledger_books.cooperative()
    chart, holders = chart_of(cooperative), [new_id() for _ in range(300)]
    ledger_books.bare_tables()
    small, large = SIZES
    ready = [ledger_books.deposits(chart, small, holders, ON) for _ in range(18)]

    def ours() -> None:
        with ledger_books.working():
            post_entries(cooperative, ready.pop())

    limit = ledger_peers.raw_batch(cooperative, [ready.pop() for _ in range(6)])
    found = Race(ours, {"bulk_create": ledger_peers.bulk(cooperative, ready)}, limit).run()
    little = min(found.wall["ours"])
    much = []
    for _ in range(2):
        ready.append(ledger_books.deposits(chart, large, holders, ON))
        much.append(timed(ours)[0])
    exponent = growth_exponent([(small, little), (large, min(much))])
    document = result_of("batch-posting", found, exponent=exponent, postings=small, large_s=round(min(much), 3))
    document["goals"] = [
        at_least("dibanding bulk_create", 3, document["ratio_to_peer"]["bulk_create"]["worst"]),
        at_most("waktu terhadap batas mentah", 1.67, document["ratio_to_limit"]["worst"]),
        at_most("pertumbuhan", 1.05, exponent),
    ]
    return document


if __name__ == "__main__" and "race" in sys.argv:
    race(contest)
