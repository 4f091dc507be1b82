"""What a caregiver's own page shows: the children in that care by given name, what comes next, and the own classes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desmigratif.parenting.models import CaregiverLink, CaregiverScore, Child, Session, SessionState
from desmigratif.parenting.queries.calls import Due, calls_due_of

AHEAD, SESSIONS, CLASSES = timedelta(days=14), 6, 3


@dataclass(frozen=True, slots=True)
class InCare:
    """Nothing of how a child does: no sign, no mark, no note."""

    children: list[Child]
    sessions: list[Session]
    classes: list[CaregiverScore]
    calls: list[Due]


def in_care_of(link: CaregiverLink, *, today: date, now: datetime, offset_hours: int) -> InCare:
    """Five queries; whoever holds the link may know this."""
    code = link.village_code
    rows = Child.objects.in_village(code).enrolled().filter(caregiver=link.caregiver_id).select_related("resident")
    children = list(rows.order_by("resident__name_key", "id"))
    planned = Session.objects.in_village(code).filter(
        state=SessionState.PLANNED, on__gte=today, on__lte=today + AHEAD, centre__closed_on=None
    )
    scores = (
        CaregiverScore.objects.in_village(code).filter(caregiver=link.caregiver_id).select_related("session__own_theme")
    )
    return InCare(
        children=children,
        sessions=list(planned.select_related("centre", "own_theme").order_by("on", "at", "id")[:SESSIONS]),
        classes=list(scores.order_by("-session__on", "-session__at", "id")[:CLASSES]),
        calls=calls_due_of(children, now, offset_hours),
    )
