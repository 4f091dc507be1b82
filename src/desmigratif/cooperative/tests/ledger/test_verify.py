"""Whoever goes round the guards is found, and the first broken place is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from desmigratif.access.actor import Actor
from desmigratif.cooperative.actions.ledger.posting import post_entries, post_entry
from desmigratif.cooperative.actions.ledger.posting_sql import key
from desmigratif.cooperative.models import Cooperative, Period
from desmigratif.cooperative.queries.ledger.books import Chart
from desmigratif.cooperative.queries.ledger.verify import verify_books
from desmigratif.cooperative.rules.ledger import NewEntry, credit, debit
from desmigratif.shared.ids import new_id
from desmigratif.shared.triggers import create_guards, drop_guards

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(
    cooperative: Cooperative, chart: Chart, treasurer: Actor, working: Callable[..., Any]
) -> Iterator[list[NewEntry]]:
    """Seals 1 to 3 with an entry each, a fourth with two; the guards stand aside, as for whoever owns the database."""
    made = [
        NewEntry(
            new_id(), date(2026, 10, 5 + n), "test.savings",
            [debit(chart["cash"], 100 + n), credit(chart["savings_voluntary"], 100 + n, new_id())],
        )
        for n in range(5)
    ]  # fmt: skip
    for entry in made[:3]:
        with working(treasurer):
            post_entry(cooperative, entry)
    with working(treasurer):
        post_entries(cooperative, made[3:])
    assert verify_books().broken == ()
    drop_guards()
    yield made
    create_guards()


def run(text: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, [key(value) if isinstance(value, UUID) else value for value in values])


def found(cooperative: Cooperative) -> tuple[int, str | None, str]:
    (place,) = verify_books(cooperative.id).broken
    return place.number, place.entry_id, place.problem


def test_whole_books_are_counted(entries: list[NewEntry]) -> None:
    report = verify_books()

    assert (report.cooperatives, report.seals, report.entries, report.legs) == (1, 4, 5, 10)


TAMPERED: dict[str, tuple[str, int, int | None, str]] = {  # statement about an entry (by place), seal, entry, problem
    "an amount": ("UPDATE cooperative_leg SET amount_rupiah = 1 WHERE entry_id = {1} AND amount_rupiah > 0",
                  2, 1, "unbalanced"),
    "both": ("UPDATE cooperative_leg SET amount_rupiah = amount_rupiah * 2 WHERE entry_id = {1}", 2, 1, "altered"),
    "a day": ("UPDATE cooperative_entry SET \"on\" = '2026-10-30' WHERE id = {0}", 1, 0, "altered"),
    "a memo": ("UPDATE cooperative_entry SET memo = 'lain' WHERE id = {2}", 3, 2, "altered"),
    "who": ("UPDATE cooperative_seal SET actor_id = 'x' WHERE number = 3", 3, 2, "altered"),
    "a leg gone": ("DELETE FROM cooperative_leg WHERE entry_id = {0} AND amount_rupiah < 0", 1, 0, "unbalanced"),
    "an entry gone": ("DELETE FROM cooperative_entry WHERE id = {0}", 1, None, "altered"),
    "a seal gone": ("DELETE FROM cooperative_seal WHERE number = 2", 3, None, "missing"),
    "a seal opened": ("UPDATE cooperative_seal SET sealed = FALSE WHERE number = 2", 2, 1, "unsealed"),
    "the end cut": ("DELETE FROM cooperative_seal WHERE number = 4", 4, None, "end_missing"),
    "a hash": ("UPDATE cooperative_seal SET hash = 'x' WHERE number = 1", 1, 0, "altered"),
    "a link": ("UPDATE cooperative_seal SET prev_hash = 'x' WHERE number = 2", 2, 1, "not_linked"),
    "the book": ("UPDATE cooperative_book SET head_hash = 'x'", 5, None, "end_missing"),
    "a total": ("UPDATE cooperative_monthlytotal SET debit_rupiah = debit_rupiah + 1", 0, None, "totals_differ"),
    "a balance": ("UPDATE cooperative_holding SET balance_rupiah = balance_rupiah - 1", 0, None, "balances_differ"),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERED)
def test_tampering_is_found_where_it_is(cooperative: Cooperative, entries: list[NewEntry], what: str) -> None:
    statement, number, place, problem = TAMPERED[what]
    quoted = [f"'{entry.id.hex}'" for entry in entries]

    run(statement.format(*quoted))

    assert found(cooperative) == (number, str(entries[place].id) if place is not None else None, problem)


def test_a_holder_cannot_be_exchanged(cooperative: Cooperative, entries: list[NewEntry]) -> None:
    run(
        "UPDATE cooperative_leg SET holder_id = %s WHERE entry_id = %s AND holder_id IS NOT NULL",
        new_id(),
        entries[4].id,
    )

    number, _, problem = found(cooperative)

    assert (number, problem) == (4, "altered")


def test_what_was_back_dated_after_a_close_is_found(cooperative: Cooperative, entries: list[NewEntry]) -> None:
    Period.objects.create(
        village_code=cooperative.village_code, cooperative=cooperative, last_on=date(2026, 10, 31),
        closed_at="2026-11-01T00:00:00Z", actor_id="x", seal_number=2,
    )  # fmt: skip

    assert found(cooperative) == (3, str(entries[2].id), "after_close")


def test_rows_that_belong_to_nothing_are_found(cooperative: Cooperative, entries: list[NewEntry], chart: Chart) -> None:
    run(
        "INSERT INTO cooperative_leg (village_code, entry_id, account_id, amount_rupiah) VALUES ('x', %s, %s, 5)",
        new_id(), chart["cash"],
    )  # fmt: skip

    assert [place.problem for place in verify_books().broken] == ["stray_leg"]


def test_a_chain_cannot_be_made_again_without_the_key(cooperative: Cooperative, entries: list[NewEntry]) -> None:
    from_elsewhere = "0" * 64
    run("UPDATE cooperative_leg SET amount_rupiah = amount_rupiah * 2 WHERE entry_id = %s", entries[4].id)
    run("UPDATE cooperative_seal SET hash = %s WHERE number = 4", from_elsewhere)
    run("UPDATE cooperative_book SET head_hash = %s", from_elsewhere)

    assert found(cooperative)[2] == "altered"


@pytest.mark.sqlite
def test_nonsense_in_a_row_is_a_finding_and_no_crash(cooperative: Cooperative, entries: list[NewEntry]) -> None:
    run("UPDATE cooperative_entry SET \"on\" = 'kapan-kapan' WHERE id = %s", entries[1].id)

    assert found(cooperative)[2] in ("altered", "unreadable")
