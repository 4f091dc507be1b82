"""What somebody with the database and without the keys may do to the memory, played on a copy of its rows.

A `Snapshot` is such a copy; it goes through the same `verify` as the database, and `put_back` writes it into the
database. `tamper(snapshot, seed)` does one thing to it and says which places must be named.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection
from django.forms.models import model_to_dict

from desmigratif.audit.models import Change, Event, EventSubject, Receipt, VillageClock
from desmigratif.audit.unit import event_hash
from desmigratif.audit.verify import Link, LoneEvent, LoneReceipt
from desmigratif.shared.ids import new_id

Place = tuple[str, int]
OUTCOME_OF = {"act.refused": "refused", "act.needs_review": "needs_review"}
TABLES = (EventSubject, Event, Change, Receipt, VillageClock)
THIEFS_KEY = b"not the key of this installation"


@dataclass
class Snapshot:
    """Rows of the memory, detached from the database."""

    clock_rows: list[VillageClock] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    subjects: list[EventSubject] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)

    @classmethod
    def taken(cls) -> Snapshot:
        return cls(
            list(VillageClock.objects.order_by("village_code")),
            list(Event.objects.order_by("village_code", "audit_no")),
            list(EventSubject.objects.order_by("id")),
            list(Change.objects.order_by("village_code", "change_no")),
            list(Receipt.objects.order_by("id")),
        )

    def put_back(self) -> None:
        """Into the database, whose guards are down."""
        with connection.cursor() as cursor:
            for model in TABLES:
                cursor.execute(f"DELETE FROM {model._meta.db_table}")
        for model, rows in zip(
            (VillageClock, Event, EventSubject, Change, Receipt),
            (self.clock_rows, self.events, self.subjects, self.changes, self.receipts),
            strict=True,
        ):
            fresh = [copy.copy(row) for row in rows]
            for row in fresh:
                row._state = copy.copy(row._state)
                row._state.adding = True
            model._default_manager.bulk_create(fresh)

    def chain(self, code: str) -> list[Event]:
        return sorted((event for event in self.events if event.village_code == code), key=lambda event: event.audit_no)

    def clock(self, code: str) -> VillageClock:
        return next(clock for clock in self.clock_rows if clock.village_code == code)

    # the shape of desmigratif.audit.verify.Memory

    def clocks(self) -> dict[str, VillageClock]:
        return {clock.village_code: clock for clock in self.clock_rows}

    def codes(self) -> set[str]:
        return {row.village_code for row in (*self.clock_rows, *self.events, *self.changes)}

    def links(self, code: str) -> Iterator[Link | None]:
        named: dict[UUID, set[tuple[str, str]]] = {}
        for row in self.subjects:
            named.setdefault(row.event_id, set()).add((row.subject_type, str(row.subject_id)))
        for event in self.chain(code):
            yield Link(event, frozenset(named.get(event.id, ())))

    def change_numbers(self, code: str) -> list[int]:
        return sorted(change.change_no for change in self.changes if change.village_code == code)

    def lone_receipts(self) -> Iterator[LoneReceipt]:
        told = {(event.act_id, OUTCOME_OF.get(event.event, "done")) for event in self.events}
        for receipt in self.receipts:
            if (receipt.act_id, receipt.outcome) not in told:
                code = receipt.village_code
                numbers = [event.audit_no for event in self.chain(code) if event.act_id == receipt.act_id]
                yield LoneReceipt(code, min(numbers, default=None))

    def lone_events(self) -> Iterator[LoneEvent]:
        known = {(receipt.actor_id, receipt.act_id) for receipt in self.receipts}
        first: dict[str, int] = {}
        for event in sorted(self.events, key=lambda event: event.audit_no):
            if event.act_id and (event.actor_id, event.act_id) not in known:
                first.setdefault(event.village_code, event.audit_no)
        yield from (LoneEvent(code, number) for code, number in first.items())

    def stray_subjects(self) -> bool:
        return not {row.event_id for row in self.subjects} <= {event.id for event in self.events}


class Tamperer:
    """Does one thing to a copy of a snapshot. Each method returns the places that must be named."""

    def __init__(self, whole: Snapshot, seed: int) -> None:
        self.rng = random.Random(seed)
        self.rows = Snapshot(*(list(getattr(whole, name)) for name in Snapshot.__dataclass_fields__))
        self.code = self.rng.choice([clock.village_code for clock in whole.clock_rows])
        self.chain = self.rows.chain(self.code)
        self.what = KINDS[seed % len(KINDS)]

    def do(self) -> set[Place]:
        method: Callable[[Tamperer], set[Place]] = getattr(Tamperer, self.what)
        return method(self)

    # helpers

    def replace(self, rows: list[Any], row: Any, **values: Any) -> Any:
        """A changed copy of a row in its place, so that the whole snapshot stays whole."""
        changed = copy.copy(row)
        for name, value in values.items():
            setattr(changed, name, value)
        rows[next(i for i, one in enumerate(rows) if one is row)] = changed
        return changed

    def event(self, *, not_last: int = 0) -> Event:
        return self.rng.choice(self.chain[: len(self.chain) - not_last])

    def set_clock(self, **values: Any) -> None:
        self.replace(self.rows.clock_rows, self.rows.clock(self.code), **values)

    def forged(self, number: int, prev_hash: str) -> Event:
        """An event that never was, signed with a key of the forger's own."""
        made = copy.copy(self.chain[0])
        made.id, made.audit_no, made.prev_hash, made.event = new_id(), number, prev_hash, "resident.forged"
        made.subjects = []
        made.hash = event_hash(made, THIEFS_KEY)
        return made

    # events

    def edit(self) -> set[Place]:
        event = self.event()
        other = self.rng.choice([one for one in self.rows.events if one is not event])
        name = self.rng.choice(
            ("at", "actor_id", "actor_role", "via", "act_id", "event", "subjects", "details", "prev_hash", "hash", "id")
        )
        said = {
            "at": event.at.replace(microsecond=(event.at.microsecond + 1) % 1_000_000),
            "actor_id": f"{event.actor_id[:-1]}x",
            "actor_role": "ministry_analyst" if event.actor_role != "ministry_analyst" else "",
            "via": "api" if event.via != "api" else "desk",
            "act_id": new_id(),
            "event": f"{event.event}.x",
            "subjects": [*event.subjects, {"type": "resident", "id": str(new_id())}],
            "details": {**event.details, "count": 1},
            "prev_hash": other.hash if other.hash != event.prev_hash else "0" * 64,
            "hash": other.hash,
            "id": new_id(),
        }
        self.replace(self.rows.events, event, **{name: said[name]})
        return {(self.code, event.audit_no)}

    def delete(self) -> set[Place]:
        event = self.event(not_last=1)
        self.rows.events.remove(event)
        return {(self.code, event.audit_no)}

    def insert(self) -> set[Place]:
        """A forged event between two true ones, which move up; the clock agrees."""
        at = self.rng.randrange(1, len(self.chain))
        for event in self.chain[at:]:
            self.replace(self.rows.events, event, audit_no=event.audit_no + 1)
        self.rows.events.append(self.forged(at + 1, self.chain[at - 1].hash))
        self.set_clock(audit_no=len(self.chain) + 1)
        return {(self.code, at + 1)}

    def append(self) -> set[Place]:
        made = self.forged(len(self.chain) + 1, self.chain[-1].hash)
        self.rows.events.append(made)
        self.set_clock(audit_no=made.audit_no, audit_head=made.hash)
        return {(self.code, made.audit_no)}

    def repeat(self) -> set[Place]:
        """A true event once more, as the newest."""
        made = copy.copy(self.event())
        made.id, made.audit_no = new_id(), len(self.chain) + 1
        self.rows.events.append(made)
        self.set_clock(audit_no=made.audit_no, audit_head=made.hash)
        return {(self.code, made.audit_no)}

    def swap(self) -> set[Place]:
        one, other = self.rng.sample(self.chain, 2)
        self.replace(self.rows.events, one, audit_no=other.audit_no)
        self.replace(self.rows.events, other, audit_no=one.audit_no)
        return {(self.code, min(one.audit_no, other.audit_no))}

    def sign_anew(self) -> set[Place]:
        """One event changed and all from there on chained again, with a key of the forger's own."""
        start = self.event()
        head = start.prev_hash
        for event in self.chain[start.audit_no - 1 :]:
            changed = self.replace(self.rows.events, event, prev_hash=head)
            if event is start:
                changed.event = "resident.nothing"
            changed.hash = head = event_hash(changed, THIEFS_KEY)
        self.set_clock(audit_head=head)
        return {(self.code, start.audit_no)}

    def move(self) -> set[Place]:
        """To the end of another village's chain, whose clock agrees."""
        event = self.event(not_last=1)
        target = self.rng.choice([clock for clock in self.rows.clock_rows if clock.village_code != self.code])
        number = target.audit_no + 1
        self.replace(self.rows.events, event, village_code=target.village_code, audit_no=number)
        self.replace(self.rows.clock_rows, target, audit_no=number, audit_head=event.hash)
        return {(self.code, event.audit_no), (target.village_code, number)}

    # ends and clocks

    def truncate(self) -> set[Place]:
        keep = self.rng.randrange(0, len(self.chain))
        for event in self.chain[keep:]:
            self.rows.events.remove(event)
        return {(self.code, keep + 1)}

    def truncate_and_rewind(self) -> set[Place]:
        """The end cut off and the clock turned back to it: the receipts still know."""
        last = max(event.audit_no for event in self.chain if event.act_id)
        keep = self.rng.randrange(0, last)
        for event in self.chain[keep:]:
            self.rows.events.remove(event)
        self.set_clock(audit_no=keep, audit_head=self.chain[keep - 1].hash if keep else "")
        return {(self.code, keep + 1)}

    def old_head(self) -> set[Place]:
        old = self.event(not_last=1)
        self.set_clock(audit_no=old.audit_no, audit_head=old.hash)
        return {(self.code, old.audit_no + 1)}

    def other_head(self) -> set[Place]:
        self.set_clock(audit_head=self.event(not_last=1).hash)
        return {(self.code, len(self.chain) + 1)}

    def no_clock(self) -> set[Place]:
        self.rows.clock_rows.remove(self.rows.clock(self.code))
        return {(self.code, 1)}

    # whom an event was about

    def _subject(self) -> tuple[EventSubject, Event]:
        here = {event.id: event for event in self.chain}
        row = self.rng.choice([row for row in self.rows.subjects if row.event_id in here])
        return row, here[row.event_id]

    def edit_subject(self) -> set[Place]:
        row, event = self._subject()
        change = self.rng.choice(({"subject_id": new_id()}, {"subject_type": "household"}))
        self.replace(self.rows.subjects, row, **change)
        return {(self.code, event.audit_no)}

    def delete_subject(self) -> set[Place]:
        row, event = self._subject()
        self.rows.subjects.remove(row)
        return {(self.code, event.audit_no)}

    def insert_subject(self) -> set[Place]:
        event, number = self.event(), max(row.id for row in self.rows.subjects) + 1
        made = EventSubject(id=number, event_id=event.id, subject_type="resident", subject_id=new_id())
        self.rows.subjects.append(made)
        return {(self.code, event.audit_no)}

    # the change log: its numbers; and receipts: whether an event of the act says the same

    def delete_change(self) -> set[Place]:
        row = self.rng.choice([row for row in self.rows.changes if row.village_code == self.code])
        self.rows.changes.remove(row)
        return {(self.code, row.change_no)}

    def insert_change(self) -> set[Place]:
        last = max(row.change_no for row in self.rows.changes if row.village_code == self.code)
        self.rows.changes.append(
            Change(id=new_id(), village_code=self.code, change_no=last + 1, model="cases.visit", record_id=new_id())
        )
        return {(self.code, last + 1)}

    def edit_outcome(self) -> set[Place]:
        own = {event.act_id: event.audit_no for event in reversed(self.chain) if event.act_id}
        row = self.rng.choice([row for row in self.rows.receipts if row.act_id in own])
        self.replace(self.rows.receipts, row, outcome="refused" if row.outcome == "done" else "done")
        return {(row.village_code, own[row.act_id])}

    def delete_receipt(self) -> set[Place]:
        own = {event.act_id: event.audit_no for event in reversed(self.chain) if event.act_id}
        row = self.rng.choice([row for row in self.rows.receipts if row.act_id in own])
        self.rows.receipts.remove(row)
        return {(self.code, own[row.act_id])}

    def insert_receipt(self) -> set[Place]:
        row = next(row for row in self.rows.receipts if row.village_code == self.code)
        made = Receipt(**{**_values(row), "id": new_id(), "act_id": new_id()})
        self.rows.receipts.append(made)
        return {(self.code, len(self.chain) + 1)}


def _values(row: Receipt) -> dict[str, Any]:
    return {**model_to_dict(row), "id": row.id}


KINDS = tuple(
    name
    for name in vars(Tamperer)
    if not name.startswith("_") and name not in {"do", "replace", "event", "set_clock", "forged"}
)
