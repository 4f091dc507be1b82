"""Walking the memory: is it whole?

What is proven: every event of every village's chain by its keyed hash, the end of each chain by its clock, the rows
that say whom an event was about by the event itself, the numbers of the change log by the clock, every receipt by an
event of its act with the same outcome, and every act that an event tells of by its receipt. What is not: the digest
and the answer inside a receipt, which record a change names, and a whole database that was put back to an earlier
day (only a backup or a device knows better).
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.db.models import Case, CharField, Exists, Min, OuterRef, Value, When

from desmigratif.audit.models import Change, Event, EventSubject, Outcome, Receipt, VillageClock
from desmigratif.audit.unit import event_hash

CHUNK = 2000
NOWHERE = ""  # the village of what cannot be placed in any
_ASIDE = {Outcome.REFUSED: "act.refused", Outcome.NEEDS_REVIEW: "act.needs_review"}
Named = frozenset[tuple[str, str]]
_UNREADABLE = ("", "")


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first place where a village's memory does not hold.

    `audit_no` is the number of the event; for `change_missing` it is the number in the change log.
    """

    village_code: str
    audit_no: int
    problem: str


@dataclass(frozen=True, slots=True)
class ChainReport:
    events: int
    villages: int
    broken: tuple[BrokenLink, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """An event, and whom it was about as the rows beside it say."""

    event: Event
    named: Named


@dataclass(frozen=True, slots=True)
class LoneReceipt:
    """A receipt that no event of its act confirms. `audit_no` is that of an event of the act, if there is any."""

    village_code: str
    audit_no: int | None


@dataclass(frozen=True, slots=True)
class LoneEvent:
    """The first event of a village that tells of an act whose receipt is gone."""

    village_code: str
    audit_no: int


class Memory(Protocol):
    """Where the rows come from: the database, or a copy of them."""

    def clocks(self) -> dict[str, VillageClock]: ...

    def codes(self) -> set[str]:
        """Villages and regions that any row belongs to."""

    def links(self, code: str) -> Iterable[Link | None]:
        """In the order of their numbers; None for a row that cannot even be read."""

    def change_numbers(self, code: str) -> Iterable[int]:
        """In their order."""

    def lone_receipts(self) -> Iterable[LoneReceipt]: ...

    def lone_events(self) -> Iterable[LoneEvent]: ...

    def stray_subjects(self) -> bool:
        """Whether a row names somebody for an event that does not exist."""


def verify_chains() -> ChainReport:
    """Recompute what this database remembers."""
    return verify(InDatabase())


def verify(memory: Memory) -> ChainReport:
    """The first broken place of every village."""
    clocks, codes = memory.clocks(), memory.codes()
    broken: dict[str, BrokenLink] = {}
    events = 0
    for code in sorted(codes):
        clock = clocks.get(code) or VillageClock(village_code=code)
        count, problem = walk(code, memory.links(code), clock)
        events += count
        problem = problem or _broken_change(code, memory.change_numbers(code), clock)
        if problem:
            broken[code] = problem
    for receipt in memory.lone_receipts():
        number = (
            receipt.audit_no or (clocks[receipt.village_code].audit_no if receipt.village_code in clocks else 0) + 1
        )
        broken.setdefault(receipt.village_code, BrokenLink(receipt.village_code, number, "receipt_differs"))
    for event in memory.lone_events():
        broken.setdefault(event.village_code, BrokenLink(event.village_code, event.audit_no, "receipt_missing"))
    strays = (BrokenLink(NOWHERE, 0, "stray_subject"),) if memory.stray_subjects() else ()
    return ChainReport(events=events, villages=len(codes), broken=(*broken.values(), *strays))


def walk(code: str, links: Iterable[Link | None], clock: VillageClock) -> tuple[int, BrokenLink | None]:
    """How many links of a chain hold, and the first that does not (a cut end shows by the clock's head)."""
    head, number = "", 0
    for link in links:
        if problem := _problem_of(link, number, head):
            return number, BrokenLink(code, number + 1, problem)
        assert link is not None, "an unreadable link is a problem"  # noqa: S101
        head, number = link.event.hash, number + 1
    if (clock.audit_no, clock.audit_head) != (number, head):
        return number, BrokenLink(code, min(number, max(clock.audit_no, 0)) + 1, "end_missing")
    return number, None


def _problem_of(link: Link | None, number: int, head: str) -> str | None:
    """What is wrong with the link that should be the next after `number`."""
    if link is None:
        return "altered"
    if link.event.audit_no != number + 1:
        return "missing" if link.event.audit_no > number else "not_linked"
    if link.event.prev_hash != head:
        return "not_linked"
    if event_hash(link.event) != link.event.hash:
        return "altered"
    if link.named != frozenset((subject["type"], subject["id"]) for subject in link.event.subjects):
        return "subjects_differ"
    return None


def _broken_change(code: str, numbers: Iterable[int], clock: VillageClock) -> BrokenLink | None:
    last = 0
    for number in numbers:
        if number != last + 1:
            return BrokenLink(code, last + 1, "change_missing")
        last = number
    if last == clock.change_no:
        return None
    return BrokenLink(code, min(last, max(clock.change_no, 0)) + 1, "change_missing")


class InDatabase:
    """The rows of this process's database."""

    def clocks(self) -> dict[str, VillageClock]:
        return {clock.village_code: clock for clock in VillageClock.objects.all()}

    def codes(self) -> set[str]:
        rows = (VillageClock, Event, Change)
        return {
            code for model in rows for code in model._default_manager.values_list("village_code", flat=True).distinct()
        }

    def links(self, code: str) -> Iterator[Link | None]:
        rows = Event.objects.filter(village_code=code).order_by("audit_no").iterator(chunk_size=CHUNK)
        for chunk in _chunks(_readable(rows)):
            named = _named([event.id for event in chunk if event])
            for event in chunk:
                yield Link(event, frozenset(named[event.id])) if event else None

    def change_numbers(self, code: str) -> Iterator[int]:
        numbers = Change.objects.filter(village_code=code).order_by("change_no").values_list("change_no", flat=True)
        return numbers.iterator(chunk_size=CHUNK)

    def lone_receipts(self) -> Iterator[LoneReceipt]:
        outcome = Case(
            *(When(event=event, then=Value(outcome.value)) for outcome, event in _ASIDE.items()),
            default=Value(Outcome.DONE.value),
            output_field=CharField(),
        )
        told = Event.objects.filter(act_id__isnull=False).annotate(outcome=outcome).values_list("act_id", "outcome")
        for act_id, _ in Receipt.objects.values_list("act_id", "outcome").difference(told).iterator():
            code = Receipt.objects.filter(act_id=act_id).values_list("village_code", flat=True)[0]
            number = Event.objects.filter(act_id=act_id, village_code=code).aggregate(first=Min("audit_no"))["first"]
            yield LoneReceipt(code, number)

    def lone_events(self) -> Iterator[LoneEvent]:
        receipts = Receipt.objects.filter(actor_id=OuterRef("actor_id"), act_id=OuterRef("act_id"))
        alone = Event.objects.filter(~Exists(receipts), act_id__isnull=False).values("village_code")
        for row in alone.annotate(first=Min("audit_no")).order_by("village_code"):
            yield LoneEvent(row["village_code"], row["first"])

    def stray_subjects(self) -> bool:
        named = EventSubject.objects.values_list("event_id", flat=True)
        return named.difference(Event.objects.values_list("id", flat=True)).exists()


def _readable(rows: Iterator[Event]) -> Iterator[Event | None]:
    """The rows up to the first that the database hands over as nonsense (SQLite takes any text anywhere)."""
    try:
        for event in rows:
            yield event if isinstance(event.audit_no, int) and event.at else None
    except (ValueError, TypeError, AttributeError):
        yield None


def _chunks(rows: Iterator[Event | None]) -> Iterator[list[Event | None]]:
    while chunk := list(itertools.islice(rows, CHUNK)):
        yield chunk


def _named(events: list[UUID]) -> dict[UUID, set[tuple[str, str]]]:
    """Whom each of these events was about, by the rows beside them."""
    named: dict[UUID, set[tuple[str, str]]] = defaultdict(set)
    try:
        rows = EventSubject.objects.filter(event_id__in=events)
        for event_id, kind, subject_id in rows.values_list("event_id", "subject_type", "subject_id"):
            named[event_id].add((kind, str(subject_id)))
    except ValueError:  # a row that is no id: found by asking for each event by itself
        return {event: {_UNREADABLE} for event in events} if len(events) == 1 else _one_by_one(events)
    return named


def _one_by_one(events: list[UUID]) -> dict[UUID, set[tuple[str, str]]]:
    return defaultdict(set, {event: found for one in events for event, found in _named([one]).items()})
