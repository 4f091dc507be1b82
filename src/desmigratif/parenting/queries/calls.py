"""Calls that are due, and those that nobody has written down yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.scope import get_or_refuse
from desmigratif.parenting.models import CallSlot, Child, ParentCall
from desmigratif.parenting.rules.calls import WEEK, Agreed, calls_between
from desmigratif.people.rules.calls import Call

AHEAD = timedelta(days=2)
MOST = 40


@dataclass(frozen=True, slots=True)
class Due:
    """One agreed call of a child, in both clocks."""

    slot: CallSlot
    call: Call
    is_over: bool


def agreed(slot: CallSlot) -> Agreed:
    return Agreed(tuple(slot.weekdays), slot.at, slot.time_zone, slot.since, slot.until)


def calls_due(by: Actor, now: datetime, offset_hours: int) -> list[Due]:
    """Not written down: of the last week, the oldest first, then those until the day after tomorrow. Two queries."""
    slots = CallSlot.objects.visible_to(by).standing().filter(child__left_on=None).select_related("child__resident")
    known = ParentCall.objects.visible_to(by).filter(due_at__gte=now - WEEK)
    written = set(known.values_list("slot_id", "due_at"))
    return _due(slots, written, now, offset_hours)


def calls_due_of(children: Sequence[Child], now: datetime, offset_hours: int) -> list[Due]:
    """The same of these children of one village; the caller has asked for the right to know. Two queries."""
    if not children:
        return []
    code = children[0].village_code
    slots = CallSlot.objects.in_village(code).standing().filter(child__in=children).select_related("child__resident")
    known = ParentCall.objects.in_village(code).filter(child__in=children, due_at__gte=now - WEEK)
    return _due(slots, set(known.values_list("slot_id", "due_at")), now, offset_hours)


def _due(slots: Iterable[CallSlot], written: set[tuple[UUID, datetime]], now: datetime, offset_hours: int) -> list[Due]:
    found = [
        Due(slot, call, call.there <= now)
        for slot in slots
        for call in calls_between(agreed(slot), now - WEEK, now + AHEAD, offset_hours)
        if (slot.id, call.there) not in written
    ]
    return sorted(found, key=lambda due: (due.call.there, str(due.slot.id)))


def call_slot_of(by: Actor, slot_id: UUID) -> CallSlot:
    """Raises `NotFoundOrNotYours`."""
    rows = CallSlot.objects.visible_to(by).select_related("child__resident")
    return get_or_refuse(rows, "slot_id", id=slot_id)


def standing_slot(by: Actor, child_id: UUID) -> CallSlot | None:
    """What a child's family agreed on, if it did."""
    return CallSlot.objects.visible_to(by).standing().filter(child=child_id).first()


def last_calls(by: Actor, today: date) -> dict[str, int]:
    """How many calls of the last thirty days were done and missed. One query."""
    rows = ParentCall.objects.visible_to(by).filter(on__gte=today - timedelta(days=30), on__lte=today)
    missed = list(rows.values_list("missed_because", flat=True))
    return {"done": missed.count(""), "missed": len(missed) - missed.count("")}
