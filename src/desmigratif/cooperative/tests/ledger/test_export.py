"""The books read by others: beancount accepts them, and a plain sum agrees to the rupiah."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from beancount import loader
from beancount.core import data

from desmigratif.access.actor import Actor
from desmigratif.cooperative.actions.ledger.posting import post_entries, post_reversal
from desmigratif.cooperative.models import Cooperative, Entry
from desmigratif.cooperative.queries.ledger.books import Chart, trial_balance
from desmigratif.cooperative.queries.ledger.export import as_beancount, as_csv
from desmigratif.cooperative.rules.ledger import NewEntry, credit, debit
from desmigratif.shared.ids import new_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(cooperative: Cooperative, chart: Chart, treasurer: Actor, working: Callable[..., Any]) -> Cooperative:
    """Two hundred deposits with hard memos, one of them reversed, and a cost."""
    memos = ('Setoran "Ani"', "garis \\ miring", "dua\nbaris", "koma, titik; 100%")
    made = [
        NewEntry(
            new_id(), date(2026, 9 + n % 3, 1 + n % 22), "savings.deposited",
            [debit(chart["cash"], 1_000 + n), credit(chart["savings_voluntary"], 1_000 + n, new_id())], memos[n % 4],
        )
        for n in range(200)
    ]  # fmt: skip
    cost = [debit(chart["stationery"], 12_345), credit(chart["cash"], 12_345)]
    with working(treasurer):
        post_entries(cooperative, [*made, NewEntry(new_id(), date(2026, 11, 22), "ledger.manual", cost, "Kertas")])
    with working(treasurer):
        standing = Entry.objects.of(cooperative).get(id=made[7].id)
        post_reversal(cooperative, standing, entry_id=new_id(), on=date(2026, 11, 22), reason="salah")
    return cooperative


def test_bean_check_accepts_the_journal(filled: Cooperative) -> None:
    journal = "".join(as_beancount(filled))

    entries, errors, _ = loader.load_string(journal, dedent=False)

    transactions = [entry for entry in entries if isinstance(entry, data.Transaction)]
    balances = [entry for entry in entries if isinstance(entry, data.Balance)]
    assert errors == []
    assert len(transactions) == 202
    assert len(balances) == 3
    assert sum(posting.units.number for t in transactions for posting in t.postings) == 0


def test_bean_check_would_notice(filled: Cooperative) -> None:
    journal = "".join(as_beancount(filled))

    _, errors, _ = loader.load_string(journal.replace("  1042 IDR", "  1043 IDR", 1), dedent=False)

    assert errors


def test_a_plain_sum_of_the_lines_agrees(filled: Cooperative) -> None:
    sums: Counter[str] = Counter()
    rows = list(csv.DictReader(io.StringIO("".join(as_csv(filled)))))
    for row in rows:
        sums[row["account_code"]] += int(row["debit_rupiah"]) - int(row["credit_rupiah"])

    ours = {line.code: line.debit_rupiah - line.credit_rupiah for line in trial_balance(filled, date(2026, 11, 30))}
    assert len(rows) == 404
    assert sum(sums.values()) == 0
    assert dict(sums) == ours
    assert sum(bool(row["reverses_id"]) for row in rows) == 2
