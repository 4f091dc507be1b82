"""The life of an intention on a device. Plain Python; `frontend/src/outbox/rules.js` says the same in the browser.

    waiting --done--> kept --safe--> (leaves the device)
       |--needs_review--> review --seen by the person--> kept
       |                  kept, review --the second person decided--> review, with the decision
       |--refused--> refused --mended--> waiting, or discarded by the person
    kept, review --the server began a new epoch--> waiting

An intention leaves the device only when its receipt came and the server has it in a backup (`mark` <= safe mark),
or when a person discards a refused one. An *epoch* is one life of the server's memory; a restore begins a new one,
and then everything acknowledged is offered again: the server knows what it still has by the id of the act.
An intention that `asks` what becomes of it stays, however safe it is, until the decision came and was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

BATCH = 50
ASKED_AT_ONCE = 20


class State(StrEnum):
    WAITING = "waiting"
    REFUSED = "refused"
    REVIEW = "review"
    KEPT = "kept"


_AFTER_RECEIPT = {"done": State.KEPT, "refused": State.REFUSED, "needs_review": State.REVIEW}


@dataclass(frozen=True, slots=True)
class Item:
    """One intention. `turn` counts how often it went back to waiting, so that an old answer is not taken for a new
    one; `mark` is the server's audit number after the act; `undecided` while a second person has its content."""

    id: str
    action: str
    payload: Mapping[str, Any]
    state: State = State.WAITING
    turn: int = 0
    mark: int | None = None
    reasons: tuple[Mapping[str, str], ...] = field(default=())
    asks: bool = False
    undecided: bool = False
    decision: Mapping[str, Any] | None = None


def to_send(items: Iterable[Item], limit: int = BATCH) -> list[Item]:
    """The oldest that wait, in the order they were made: a later one may lean on an earlier one."""
    return [item for item in items if item.state == State.WAITING][:limit]


def with_receipt(item: Item, sent_turn: int, receipt: Mapping[str, Any]) -> Item:
    """The item after an answer to its sending number `sent_turn`; an answer to an older sending changes nothing."""
    state = _AFTER_RECEIPT.get(str(receipt.get("outcome")))
    if state is None or item.state != State.WAITING or item.turn != sent_turn:
        return item
    reasons, undecided = tuple(receipt.get("reasons") or ()), item.asks and state == State.REVIEW
    return replace(item, state=state, mark=receipt.get("mark"), reasons=reasons, undecided=undecided)


def to_ask_about(items: Iterable[Item], limit: int = ASKED_AT_ONCE) -> list[str]:
    """The ids whose decision is still to come, the oldest first."""
    return [item.id for item in items if item.undecided][:limit]


def with_decision(item: Item, decision: Mapping[str, Any]) -> Item:
    """The item after the second person decided: the person is to read it once more."""
    if not item.undecided:
        return item
    return replace(item, state=State.REVIEW, undecided=False, reasons=(), decision=decision)


def offered_again(item: Item) -> Item:
    """After a new epoch: what an earlier life of the server acknowledged waits again."""
    if item.state not in (State.KEPT, State.REVIEW):
        return item
    again = replace(item, state=State.WAITING, turn=item.turn + 1, mark=None, reasons=())
    return replace(again, undecided=False, decision=None)


def mended(item: Item, payload: Mapping[str, Any]) -> Item:
    """A refused item, put right by the person, under the same id: a refused id may be tried again."""
    if item.state != State.REFUSED:
        return item
    return replace(item, state=State.WAITING, turn=item.turn + 1, payload=payload, reasons=())


def seen(item: Item) -> Item:
    """The person has read that an officer will decide; the server holds the sealed payload."""
    return replace(item, state=State.KEPT, reasons=()) if item.state == State.REVIEW else item


def may_discard(item: Item) -> bool:
    """Only what the server has refused may be thrown away, and only by a person."""
    return item.state == State.REFUSED


def is_safe(item: Item, safe_mark: int) -> bool:
    """Whether the device may forget it: acknowledged, and inside a backup of this epoch."""
    return item.state == State.KEPT and not item.undecided and item.mark is not None and item.mark <= safe_mark
