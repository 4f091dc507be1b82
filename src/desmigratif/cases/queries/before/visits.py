"""Reading visits: who waits, who came this month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from desmigratif.access.actor import Actor
from desmigratif.access.scope import get_or_refuse
from desmigratif.cases.models import Visit


def waiting_list(by: Actor, village_code: str, today: date) -> list[Visit]:
    """Who came today and was not served yet, first come first."""
    visits = Visit.objects.visible_to(by).filter(village_code=village_code, on=today, served_at__isnull=True)
    return list(visits.select_related("resident").order_by("came_at")[:50])


def visits_of_month(by: Actor, village_code: str, today: date) -> QuerySet[Visit]:
    return Visit.objects.visible_to(by).filter(village_code=village_code, on__gte=today.replace(day=1), on__lte=today)


def visit_of(by: Actor, visit_id: UUID) -> Visit:
    """One visit with its resident. Raises `NotFoundOrNotYours`."""
    return get_or_refuse(Visit.objects.visible_to(by).select_related("resident__household"), id=visit_id)


def month_of_visits(by: Actor, village_code: str | None, today: date) -> QuerySet[Visit]:
    """This month's visits, the newest first: of one village, or of all that this person sees."""
    visits = Visit.objects.visible_to(by).filter(on__gte=today.replace(day=1), on__lte=today)
    if village_code:
        visits = visits.filter(village_code=village_code)
    return visits.select_related("resident").order_by("-on", "-came_at", "-id")


@dataclass(frozen=True, slots=True)
class VisitCounts:
    """Visits of a month; `people` counts a resident once, and every visitor without a file once."""

    visits: int
    people: int
    waiting: int
    by_purpose: dict[str, int]


def count_visits(visits: QuerySet[Visit]) -> VisitCounts:
    """Two queries, whatever the number of visits."""
    found = visits.order_by().aggregate(
        visits=Count("id"),
        residents=Count("resident_id", distinct=True),
        others=Count("visitor_name", distinct=True, filter=Q(resident=None)),
        waiting=Count("id", filter=Q(served_at=None)),
    )
    by_purpose = dict(visits.order_by().values_list("purpose").annotate(Count("id")))
    return VisitCounts(found["visits"], found["residents"] + found["others"], found["waiting"], by_purpose)
