"""Complaints as lists: who waits for what, the clock that runs out first on top."""

from __future__ import annotations

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


def waiting_now(by: Actor, now: datetime) -> tuple[int, int, int]:
    """Of those that nobody looked at yet: emergencies, all, and how many are late."""
    new = Complaint.objects.visible_to(by).filter(state=ComplaintState.RECEIVED)
    said = new.aggregate(
        urgent=Count("id", filter=Q(emergency=True)), all=Count("id"), late=Count("id", filter=Q(triage_due_at__lt=now))
    )
    return said["urgent"], said["all"], said["late"]
