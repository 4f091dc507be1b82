"""Complaints as lists: who waits for what, the clock that runs out first on top."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from desmigratif.access.actor import Actor
from desmigratif.access.scope import get_or_refuse
from desmigratif.cases.models import Complaint, ComplaintState

PER_PERSON = 5
NEW = (ComplaintState.RECEIVED,)
RUNNING = (
    ComplaintState.TRIAGED, ComplaintState.VERIFIED, ComplaintState.REFERRED, ComplaintState.IN_PROCESS,
    ComplaintState.REOPENED,
)  # fmt: skip
ASKED = (ComplaintState.RESOLVED,)
OVER = (ComplaintState.CONFIRMED_BY_REPORTER,)


def complaint_seen(by: Actor, complaint_id: UUID) -> Complaint:
    """One complaint. Raises `NotFoundOrNotYours`."""
    rows = Complaint.objects.visible_to(by).select_related("resident__household", "case")
    return get_or_refuse(rows, id=complaint_id)


def complaints_in(by: Actor, states: tuple[ComplaintState, ...]) -> QuerySet[Complaint]:
    return Complaint.objects.visible_to(by).filter(state__in=states).select_related("resident")


def complaints_about(by: Actor, resident_id: UUID) -> list[Complaint]:
    """What was complained of about somebody, the newest first."""
    rows = Complaint.objects.visible_to(by).filter(resident_id=resident_id).order_by("-received_on", "-id")
    return list(rows[:PER_PERSON])


def counts_of(by: Actor) -> dict[str, int]:
    """How many are in each state."""
    rows = Complaint.objects.visible_to(by).order_by().values_list("state").annotate(Count("id"))
    return dict(rows)


@dataclass(frozen=True, slots=True)
class ComplaintsWaiting:
    """What somebody must look at: not triaged yet, of those emergencies; what is late, triaged or not; and what its
    reporter opened again."""

    new: int
    emergencies: int
    late: int
    reopened: int


def _waiting(now: datetime) -> dict[str, Q]:
    new = Q(state__in=NEW)
    late = new & Q(triage_due_at__lt=now) | Q(state=ComplaintState.TRIAGED, verify_due_at__lt=now)
    reopened = Q(state=ComplaintState.REOPENED)
    return {"new": new, "emergencies": new & Q(emergency=True), "late": late, "reopened": reopened}


def complaints_waiting(by: Actor, now: datetime) -> ComplaintsWaiting:
    """One query."""
    rows = Complaint.objects.visible_to(by).filter(state__in=[*NEW, ComplaintState.TRIAGED, ComplaintState.REOPENED])
    return ComplaintsWaiting(**rows.aggregate(**{name: Count("id", filter=q) for name, q in _waiting(now).items()}))


def rows_waiting(by: Actor, now: datetime) -> dict[str, QuerySet[Complaint]]:
    """The same, for whoever counts other things in the same statement."""
    rows = Complaint.objects.visible_to(by)
    return {name: rows.filter(those) for name, those in _waiting(now).items()}
