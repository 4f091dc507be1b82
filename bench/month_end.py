"""Month-end interest of many savings accounts (legs, chain, totals, balances); the trial balance of a million legs.

The peer is Django account by account (locked and read, entry, two legs, both balances, a transaction each; a sample of
the accounts, timed and scaled up); without the lock and the cost's balance it stands beside. The limit is two set
statements on bare tables, without entry, chain, totals or checks.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from bench.harness import Race, at_least, at_most, growth_exponent, judged_seconds, result_of, timed
from bench.ledger_world import Json, on_both_engines, race

SIZES = (100_000, 1_000_000)
SAMPLE = 500
PEER, LESS = "Django per objek", "Django per objek tanpa kunci dan saldo biaya"
LAST = date(2026, 11, 20)


def run() -> None:
    on_both_engines("month-end", "bench.month_end")


def contest() -> Json:
    from bench import ledger_month, ledger_peers

    small, large = SIZES
    books = ledger_month.Books(small)
    ledger_month.bare_accounts(small)
    found = Race(books.month_end, {}, lambda: ledger_month.two_statements()).run()
    ledger_peers.balances(SAMPLE + 1)  # the last is that of the cost
    each = best_each(books.per_object)
    unlocked = best_each(books.per_object_unlocked)
    ours_each = best_each(books.one_by_one)
    big = ledger_month.Books(large)
    much = min(timed(big.month_end)[0] for _ in range(2))
    exponent = growth_exponent([(small, min(found.wall["ours"])), (large, much)])
    trial = trial_balance(ledger_month.twelve_months())
    document = result_of(
        "month-end", found, exponent=exponent, accounts=small, million_s=round(much, 2),
        per_object_s_each=round(each, 6), per_object_unlocked_s_each=round(unlocked, 6),
        our_posting_s_each=round(ours_each, 6), trial_balance_of_a_million_legs_s=trial,
    )  # fmt: skip
    usual, worst = statistics.median(found.judged["ours"]) / small, max(found.judged["ours"]) / small
    document["ratio_to_peer"] = {
        name: {"median": round(seconds / usual, 1), "worst": round(seconds / worst, 1)}
        for name, seconds in ((PEER, each), (LESS, unlocked))
    }
    document["goals"] = [
        at_least(f"dibanding {PEER}", 200, document["ratio_to_peer"][PEER]["worst"]),
        at_most("pertumbuhan", 1.1, exponent),
        at_most("neraca saldo sejuta baris, detik", 1, max(trial.values())),
    ]
    document["notes"] = [
        "Django per objek mengunci dan membaca tiap rekening, lalu menyimpan catatan, dua baris, saldo rekening, dan "
        "saldo biaya, satu transaksi tiap rekening; ia tidak memeriksa, merantai, atau menjumlah bulan. Sampai 27 "
        "November 2026 ia tidak mengunci dan tidak menyimpan saldo biaya; itu bukan pekerjaan yang sama, dan disebut "
        "supaya selisihnya terlihat.",
        "Yang diukur adalah satu pertanyaan atas semua rekening (post_selected). Tindakan akhir bulan di program "
        "menghitung jasa dan pajak tiap anggota lebih dahulu dan membuat slipnya; itu tidak termasuk.",
    ]
    return document


def best_each(work: Callable[[int], object]) -> float:
    """Seconds of one account, by the clock that counts; the best of three."""
    return min(judged_seconds(lambda: work(SAMPLE)) for _ in range(3)) / SAMPLE


def trial_balance(cooperative: Any) -> dict[str, float]:
    """Seconds on the last day of a month and in the middle of one; the slowest of five."""
    from desmigratif.cooperative.queries.ledger.books import trial_balance as lines_of

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
