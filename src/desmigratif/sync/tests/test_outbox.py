"""The life of an intention on a phone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desmigratif.sync.rules.outbox import (
    Item,
    State,
    is_safe,
    may_discard,
    mended,
    offered_again,
    seen,
    to_ask_about,
    to_send,
    with_decision,
    with_receipt,
)  # fmt: skip

WAITING = Item("a", "cases.record_visit", {"on": "2026-11-23"})
REASON = {"code": "x", "text": "Belum."}
KEPT = with_receipt(WAITING, 0, {"outcome": "done", "mark": 5})
REFUSED = with_receipt(WAITING, 0, {"outcome": "refused", "reasons": [REASON], "mark": None})
REVIEW = with_receipt(WAITING, 0, {"outcome": "needs_review", "reasons": [REASON], "mark": 6})


def test_a_receipt_moves_an_item_on() -> None:
    assert (KEPT.state, KEPT.mark) == (State.KEPT, 5)
    assert (REFUSED.state, REFUSED.reasons) == (State.REFUSED, (REASON,))
    assert (REVIEW.state, REVIEW.reasons) == (State.REVIEW, (REASON,))


@pytest.mark.parametrize("answer", [{"outcome": "soon"}, {}, {"outcome": None}])
def test_an_answer_of_no_known_kind_changes_nothing(answer: dict[str, str]) -> None:
    assert with_receipt(WAITING, 0, answer) is WAITING


def test_an_answer_to_an_older_sending_changes_nothing() -> None:
    again = mended(REFUSED, {"on": "2026-11-22"})

    assert with_receipt(again, 0, {"outcome": "refused", "reasons": [REASON]}) is again
    assert with_receipt(again, 1, {"outcome": "done", "mark": 7}).state == State.KEPT


@pytest.mark.parametrize("item", [KEPT, REFUSED, REVIEW])
def test_a_settled_item_takes_no_second_receipt(item: Item) -> None:
    assert with_receipt(item, item.turn, {"outcome": "done", "mark": 9}) is item


def test_a_new_epoch_makes_what_was_acknowledged_wait_again() -> None:
    for item in (KEPT, REVIEW):
        again = offered_again(item)
        assert (again.state, again.turn, again.mark, again.reasons) == (State.WAITING, 1, None, ())
    assert offered_again(REFUSED) is REFUSED
    assert offered_again(WAITING) is WAITING


def test_only_what_was_refused_may_be_thrown_away() -> None:
    assert [may_discard(item) for item in (WAITING, KEPT, REVIEW, REFUSED)] == [False, False, False, True]


def test_only_what_a_backup_holds_may_be_forgotten() -> None:
    assert is_safe(KEPT, 5)
    assert not is_safe(KEPT, 4)
    assert not is_safe(replace(KEPT, mark=None), 99)
    assert not any(is_safe(item, 99) for item in (WAITING, REFUSED, REVIEW))
    assert is_safe(seen(REVIEW), 6)


def test_the_oldest_are_sent_first_and_only_what_waits() -> None:
    items = [KEPT, replace(WAITING, id="b"), REFUSED, replace(WAITING, id="c"), replace(WAITING, id="d")]

    assert [item.id for item in to_send(items, 2)] == ["b", "c"]


# --- what a second person decides ---

ASKING = with_receipt(replace(WAITING, asks=True), 0, {"outcome": "needs_review", "reasons": [REASON], "mark": 6})
DECIDED = {"id": "a", "decision": "applied"}


def test_what_asks_stays_on_the_device_until_its_decision_was_read() -> None:
    read = seen(ASKING)
    assert (read.state, is_safe(read, 99), to_ask_about([read, REVIEW])) == (State.KEPT, False, ["a"])

    told = with_decision(read, DECIDED)
    assert (told.state, told.decision, is_safe(told, 99), to_ask_about([told])) == (State.REVIEW, DECIDED, False, [])
    assert is_safe(seen(told), 6) and seen(told).decision == DECIDED


def test_nobody_decides_about_what_does_not_wait_nor_twice() -> None:
    for item in (WAITING, REFUSED, KEPT, REVIEW):
        assert with_decision(item, DECIDED) is item
    told = with_decision(ASKING, DECIDED)
    assert with_decision(told, {"id": "a", "decision": "discarded"}) is told


def test_after_a_new_epoch_an_old_decision_says_nothing() -> None:
    again = offered_again(with_decision(ASKING, DECIDED))
    assert (again.state, again.undecided, again.decision) == (State.WAITING, False, None)
