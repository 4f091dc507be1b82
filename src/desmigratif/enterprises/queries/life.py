"""How groups live: their states, who is asleep, what help works, who is late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q

from desmigratif.access.actor import Actor
from desmigratif.enterprises.models import (
    Asset,
    FaultTicket,
    Group,
    GroupEnd,
    GroupMonth,
    GroupQuerySet,
    MentorVisit,
    VisitTask,
)
from desmigratif.enterprises.models.aid import FaultTicketQuerySet
from desmigratif.enterprises.rules.aid import Clock, clock_of, late_since
from desmigratif.enterprises.rules.life import Facts, Life, Survival, asleep_days_on, life_of, survival_of
from desmigratif.enterprises.rules.months import month_of


def facts_of(groups: Iterable[Group]) -> dict[UUID, Facts]:
    """What is known of the life of groups that were asked for. Three queries."""
    found = list(groups)
    ids = [one.id for one in found]
    sold = dict(
        GroupMonth.objects.everywhere().filter(group__in=ids, sales_rupiah__gt=0).values_list("group_id")
        .annotate(Max("month"))
    )  # fmt: skip
    visited = dict(MentorVisit.objects.everywhere().filter(group__in=ids).values_list("group_id").annotate(Max("on")))
    ended = dict(GroupEnd.objects.everywhere().filter(group__in=ids).values_list("group_id", "on"))
    return {
        one.id: Facts(one.formed_on, sold.get(one.id), visited.get(one.id), ended.get(one.id)) for one in found
    }  # fmt: skip


def lives_of(groups: Iterable[Group], today: date) -> dict[UUID, Life]:
    return {id: life_of(facts, today) for id, facts in facts_of(groups).items()}


def asleep(by: Actor, today: date) -> GroupQuerySet:
    """Groups of this person's villages that are asleep: what `life_of` says, asked of the database at once."""
    limit = today - timedelta(days=asleep_days_on(today))
    of_group = {"group": OuterRef("pk")}
    sold = GroupMonth.objects.everywhere().filter(**of_group, sales_rupiah__gt=0, month__gte=month_of(limit))
    visited = MentorVisit.objects.everywhere().filter(**of_group, on__gte=limit)
    ended = GroupEnd.objects.everywhere().filter(**of_group, on__lte=today)
    return Group.objects.visible_to(by).filter(~Exists(sold), ~Exists(visited), ~Exists(ended), formed_on__lt=limit)


@dataclass(frozen=True, slots=True)
class Figures:
    """Groups of one's region together. `usable` and `usable_rupiah` of `things` and `things_rupiah` handed over."""

    lives: dict[UUID, Life]
    survival: list[Survival]
    usable: int
    things: int
    usable_rupiah: int
    things_rupiah: int
    visits: int


def figures_of(by: Actor, groups: list[Group], today: date) -> Figures:
    """How these groups of this person's do. Six queries, however many groups."""
    facts = facts_of(groups)
    sold: dict[UUID, list[date]] = defaultdict(list)
    rows = GroupMonth.objects.visible_to(by).filter(group__in=facts, sales_rupiah__gt=0)
    for group_id, month in rows.values_list("group_id", "month"):
        sold[group_id].append(month)
    things = Asset.objects.visible_to(by).filter(group__in=facts, usable__isnull=False)
    found = list(things.values_list("usable", "value_rupiah"))
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return Figures(
        lives={id: life_of(one, today) for id, one in facts.items()},
        survival=survival_of([(one, sold[id]) for id, one in facts.items()], today),
        usable=sum(bool(usable) for usable, _worth in found), things=len(found),
        usable_rupiah=sum(worth for usable, worth in found if usable),
        things_rupiah=sum(worth for _usable, worth in found),
        visits=MentorVisit.objects.visible_to(by).filter(group__in=facts, on__gte=quarter, on__lte=today).count(),
    )  # fmt: skip


def visits_of(group: Group) -> list[tuple[MentorVisit, list[VisitTask]]]:
    """The visits to a group that was asked for with what was to be done, the newest first. Two queries."""
    tasks: dict[UUID, list[VisitTask]] = defaultdict(list)
    for task in VisitTask.objects.in_village(group.village_code).filter(group=group).order_by("due_on", "id"):
        tasks[task.visit_id].append(task)
    visits = MentorVisit.objects.in_village(group.village_code).filter(group=group).order_by("-on", "-id")
    return [(visit, tasks[visit.id]) for visit in visits]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A fault that waits for its giver."""

    ticket: FaultTicket
    clock: Clock


def waiting_faults(by: Actor, today: date, *, of: Group | None = None, most: int = 50) -> list[Waiting]:
    """Faults of this person's groups that are not settled, the longest waiting first."""
    wanted = Q(settled_on=None, asset__group=of) if of else Q(settled_on=None)
    rows = FaultTicket.objects.visible_to(by).filter(wanted).select_related("asset__group").order_by("told_on", "id")
    return [Waiting(row, clock_on(row, today)) for row in rows[:most]]


def late_faults(by: Actor, today: date) -> FaultTicketQuerySet:
    """Faults whose clock ran out: what `clock_of` says, asked of the database at once."""
    told, answered = late_since(today)
    late = Q(answered_on=None, told_on__lt=told) | Q(answered_on__lt=answered)
    return FaultTicket.objects.visible_to(by).filter(late, settled_on=None)


def clock_on(ticket: FaultTicket, today: date) -> Clock:
    return clock_of(
        told_on=ticket.told_on, answer=ticket.answer, answered_on=ticket.answered_on, settled_on=ticket.settled_on,
        today=today,
    )  # fmt: skip
