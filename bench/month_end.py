"""Month-end interest of many savings accounts (legs, chain, totals, balances); the trial balance of a million legs.

The peer is Django account by account (entry, two legs, balance saved, a transaction each; a sample of the accounts,
timed and scaled up). The limit is two set statements on bare tables, without entry, chain, totals or checks.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from typing import Any

from bench.harness import Race, at_least, at_most, growth_exponent, result_of, timed
from bench.ledger_world import Json, on_both_engines, race

SIZES = (100_000, 1_000_000)
SAMPLE = 500
LAST = date(2026, 11, 20)


def run() -> None:
    on_both_engines("month-end", "bench.month_end")


def contest() -> Json:
    from bench import ledger_month, ledger_peers

    small, large = SIZES
    books = ledger_month.Books(small)
    ledger_month.bare_accounts(small)
    found = Race(books.month_end, {}, lambda: ledger_month.two_statements()).run()
    ledger_peers.balances(SAMPLE)
    each = min(timed(lambda: books.per_object(SAMPLE))[0] for _ in range(3)) / SAMPLE
    ours_each = min(timed(lambda: books.one_by_one(SAMPLE))[0] for _ in range(3)) / SAMPLE
    big = ledger_month.Books(large)
    much = min(timed(big.month_end)[0] for _ in range(2))
    exponent = growth_exponent([(small, min(found.wall["ours"])), (large, much)])
    worst = max(found.wall["ours"])
    trial = trial_balance(ledger_month.twelve_months())
    document = result_of(
        "month-end", found, exponent=exponent, accounts=small, million_s=round(much, 2),
        per_object_s_each=round(each, 6),
        our_posting_s_each=round(ours_each, 6), trial_balance_of_a_million_legs_s=trial,
    )  # fmt: skip
    document["ratio_to_peer"] = {"Django per objek": {"median": round(each * small / document["ours"]["median_s"], 1),
                                                   "worst": round(each * small / worst, 1)}}  # fmt: skip
    document["goals"] = [
        at_least("dibanding Django per objek", 200, document["ratio_to_peer"]["Django per objek"]["worst"]),
        at_most("pertumbuhan", 1.1, exponent),
        at_most("neraca saldo sejuta baris, detik", 1, max(trial.values())),
    ]
    return document


def trial_balance(cooperative: Any) -> dict[str, float]:
    """Seconds on the last day of a month and in the middle of one; the slowest of five."""
    from desmigratif.cooperative.queries.ledger import trial_balance as lines_of

    slowest = {}
    for name, on in (("akhir bulan", date(2026, 10, 31)), ("tengah bulan", LAST)):
        seconds = []
        for _ in range(5):
            began = time.perf_counter()
            lines = lines_of(cooperative, on)
            seconds.append(time.perf_counter() - began)
            if sum(line.debit_rupiah - line.credit_rupiah for line in lines):
                raise AssertionError("the books do not balance")
        slowest[name] = round(max(seconds), 4)
    return slowest


if __name__ == "__main__" and "race" in sys.argv:
    race(contest)
