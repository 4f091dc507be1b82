"""What comes next for the groups of one's villages: trainings, tasks of visits, permits that end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.enterprises.models import Permit, Training, VisitTask

AHEAD, MOST = timedelta(days=45), 8
TRAINING, TASK, PERMIT = "training", "task", "permit"


@dataclass(frozen=True, slots=True)
class Date:
    """One day: what it is of, its words, whose it is, and where it is looked at (a training or a group)."""

    on: date
    what: str
    words: str
    whose: str
    id: UUID


def agenda_of(by: Actor, today: date) -> list[Date]:
    """The next dates, late tasks first. Three queries."""
    last = today + AHEAD
    trainings = Training.objects.visible_to(by).filter(closed_on=None, starts_on__gte=today, starts_on__lte=last)
    tasks = VisitTask.objects.visible_to(by).filter(done_on=None, due_on__lte=last, group__ending=None)
    permits = Permit.objects.visible_to(by).filter(is_latest=True, valid_until__gte=today, valid_until__lte=last)
    found = [
        Date(one.starts_on, TRAINING, one.title, one.trainer, one.id) for one in trainings.order_by("starts_on")[:MOST]
    ]
    found += [
        Date(one.due_on, TASK, one.text, one.group.name, one.group_id)
        for one in tasks.select_related("group").order_by("due_on", "id")[:MOST]
        if one.due_on is not None
    ]
    found += [
        Date(one.valid_until, PERMIT, one.kind, one.group.name, one.group_id)
        for one in permits.select_related("group").order_by("valid_until", "id")[:MOST]
        if one.valid_until is not None
    ]
    return sorted(found, key=lambda one: (one.on, one.what, one.id))[:MOST]
