"""The unit of work: one write transaction with everything it must leave behind.

While a unit is open, actions note events and changes; when the unit closes, still inside the transaction and as
its last step, the village clocks are locked in code order and hand out the numbers. Whoever writes without a unit
is refused: nothing changes unremembered.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from desmigratif.audit.models import Change, Event, EventSubject, VillageClock
from desmigratif.shared import bulk
from desmigratif.shared.crypto import canonical, keyed_digest, keyring
from desmigratif.shared.ids import new_id


class NoUnitOfWork(RuntimeError):
    """Something tried to write outside the door."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom or what an event is about: ("resident", id)."""

    type: str
    id: uuid.UUID


@dataclass(frozen=True, slots=True)
class PendingEvent:
    event: str
    village_code: str
    subjects: tuple[Subject, ...]
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PendingChange:
    village_code: str
    model: str
    record_id: uuid.UUID
    gone: bool


@dataclass
class Unit:
    """What is known of the act under way, and what it has noted so far."""

    actor_id: str
    actor_role: str
    home_code: str
    at: datetime
    via: str
    act_id: uuid.UUID | None = None
    events: list[PendingEvent] = field(default_factory=list)
    changes: list[PendingChange] = field(default_factory=list)
    permissions_asked: set[str] = field(default_factory=set)


_current: ContextVar[Unit | None] = ContextVar("unit_of_work", default=None)


def current() -> Unit:
    """The open unit. Raises `NoUnitOfWork`."""
    unit = _current.get()
    if unit is None:
        raise NoUnitOfWork("records change only inside an action (see access/door.py)")
    return unit


def current_or_none() -> Unit | None:
    return _current.get()


@contextmanager
def unit_of_work(unit: Unit) -> Iterator[Unit]:
    """Open a transaction and a unit; number and chain what was noted as the last step before commit."""
    if _current.get() is not None:
        raise NoUnitOfWork("a unit of work is already open; call the action's function, not the door")
    token = _current.set(unit)
    try:
        with transaction.atomic(durable=True):
            yield unit
            _flush(unit)
    finally:
        _current.reset(token)


def record(event: str, *, village_code: str = "", subjects: Sequence[Subject] = (), **details: Any) -> None:
    """Note an audit event; without a village it belongs to the chain of the actor's own region.

    `details` are ids, codes, counts and keyed digests: never a name, a number of a person or a story.
    """
    unit = current()
    unit.events.append(PendingEvent(event, village_code or unit.home_code, tuple(subjects), details))


def changed(model: str, village_code: str, record_id: uuid.UUID, *, gone: bool = False) -> None:
    """Note that a record changed, for the devices that hold a copy ("people.resident")."""
    current().changes.append(PendingChange(village_code, model, record_id, gone))


def _flush(unit: Unit) -> None:
    if unit.act_id is not None and not unit.events:  # a receipt without an event could not be told from a forged one
        unit.events.append(PendingEvent("act.changed_nothing", unit.home_code, (), {}))
    codes = sorted({e.village_code for e in unit.events} | {c.village_code for c in unit.changes})
    if not codes:
        return
    clocks = _locked_clocks(codes)
    _number_changes(unit, clocks)
    _chain_events(unit, clocks)
    for clock in clocks.values():
        clock.save(update_fields=["change_no", "audit_no", "audit_head"])


def _locked_clocks(codes: list[str]) -> dict[str, VillageClock]:
    def locked() -> dict[str, VillageClock]:
        rows = VillageClock.objects.select_for_update().filter(village_code__in=codes).order_by("village_code")
        return {clock.village_code: clock for clock in rows}

    clocks = locked()
    if len(clocks) < len(codes):
        missing = [VillageClock(village_code=code) for code in codes if code not in clocks]
        VillageClock.objects.bulk_create(missing, ignore_conflicts=True)
        clocks = locked()
    return clocks


def _number_changes(unit: Unit, clocks: dict[str, VillageClock]) -> None:
    numbers = []
    for change in unit.changes:
        clock = clocks[change.village_code]
        clock.change_no += 1
        numbers.append(clock.change_no)
    bulk.insert_columns(
        Change,
        {
            "id": [new_id() for _ in numbers],
            "village_code": [change.village_code for change in unit.changes],
            "change_no": numbers,
            "model": [change.model for change in unit.changes],
            "record_id": [change.record_id for change in unit.changes],
            "gone": [change.gone for change in unit.changes],
        },
        {},
    )


def _chain_events(unit: Unit, clocks: dict[str, VillageClock]) -> None:
    by_village: dict[str, list[PendingEvent]] = defaultdict(list)
    for pending in unit.events:
        by_village[pending.village_code].append(pending)
    rows: list[Event] = []
    for code, pending_events in by_village.items():
        clock = clocks[code]
        for pending in pending_events:
            row = _link(unit, pending, clock)
            clock.audit_no, clock.audit_head = row.audit_no, row.hash
            rows.append(row)
    Event.objects.bulk_create(rows)
    EventSubject.objects.bulk_create(
        [
            EventSubject(event_id=row.id, subject_type=subject["type"], subject_id=uuid.UUID(subject["id"]))
            for row in rows
            for subject in row.subjects
        ]
    )


def _link(unit: Unit, pending: PendingEvent, clock: VillageClock) -> Event:
    row = Event(
        id=new_id(),
        village_code=pending.village_code,
        audit_no=clock.audit_no + 1,
        at=unit.at,
        actor_id=unit.actor_id,
        actor_role=unit.actor_role,
        via=unit.via,
        act_id=unit.act_id,
        event=pending.event,
        subjects=[{"type": s.type, "id": str(s.id)} for s in pending.subjects],
        details=pending.details,
        prev_hash=clock.audit_head,
    )
    row.hash = event_hash(row)
    return row


def event_hash(event: Event, key: bytes | None = None) -> str:
    """HMAC over the previous hash and everything the event says; by the key of this process unless one is given."""
    said = {
        "id": str(event.id),
        "village_code": event.village_code,
        "audit_no": event.audit_no,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor_id": event.actor_id,
        "actor_role": event.actor_role,
        "via": event.via,
        "act_id": str(event.act_id) if event.act_id else None,
        "event": event.event,
        "subjects": event.subjects,
        "details": event.details,
    }
    return keyed_digest(key or keyring().audit, event.prev_hash.encode(), canonical(said))
