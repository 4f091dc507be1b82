"""Complaints as lists: who waits for what, the clock that runs out first on top."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from desmigratif.access.actor import Actor
from desmigratif.access.scope import get_or_refuse
from desmigratif.cases.models import Complaint, ComplaintState

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


def counts_of(by: Actor) -> dict[str, int]:
    """How many are in each state."""
    rows = Complaint.objects.visible_to(by).order_by().values_list("state").annotate(Count("id"))
    return dict(rows)


@dataclass(frozen=True, slots=True)
class ComplaintsWaiting:
    """What somebody must look at: not triaged yet, of those emergencies and late ones; and outcomes to be told."""

    new: int
    emergencies: int
    late: int
    resolved: int


def complaints_waiting(by: Actor, now: datetime) -> ComplaintsWaiting:
    """One query."""
    new = Q(state=ComplaintState.RECEIVED)
    late = new & Q(triage_due_at__lt=now) | Q(state=ComplaintState.TRIAGED, verify_due_at__lt=now)
    found = Complaint.objects.visible_to(by).filter(state__in=[*NEW, ComplaintState.TRIAGED, *ASKED]).aggregate(
        new=Count("id", filter=new), emergencies=Count("id", filter=new & Q(emergency=True)),
        late=Count("id", filter=late), resolved=Count("id", filter=Q(state__in=ASKED)),
    )  # fmt: skip
    return ComplaintsWaiting(**found)
