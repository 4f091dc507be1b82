"""The list of plans: narrowed in any way that somebody asks for, in an order that an index keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from desmigratif.access.actor import Actor
from desmigratif.cases.models import LEFT, Case, CaseStep, FollowUp, StepState
from desmigratif.cases.queries.before.plans import open_cases_with_check
from desmigratif.people.models import Household
from desmigratif.people.rules.names import fold_name

IN_A_VILLAGE = ("opened_on", "id")  # who waits longest first
VILLAGE_BY_VILLAGE = ("village_code", *IN_A_VILLAGE)
RUNNING = (StepState.OPEN, StepState.HELD)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of plans is narrowed to; empty = everything under way."""

    state: str = ""
    holder: str = ""
    late: bool = False
    ask_again: bool = False
    country: str = ""
    hamlet: str = ""
    village: str = ""
    name: str = ""


def listed_cases(by: Actor, wanted: Wanted, today: date) -> QuerySet[Case]:
    """Plans under way that this person may see, each with its newest check and whether its letter holds."""
    plans = open_cases_with_check(by)
    equal = {"state": wanted.state, "country": wanted.country, "village_code": wanted.village}
    equal["resident__household__hamlet"] = wanted.hamlet
    plans = plans.filter(**{field: value for field, value in equal.items() if value})
    if wanted.name:
        plans = plans.filter(resident__name_key__contains=fold_name(wanted.name))
    if wanted.holder or wanted.late:
        running = CaseStep.objects.everywhere().filter(case=OuterRef("pk"), state__in=RUNNING)
        if wanted.holder:
            running = running.filter(holder=wanted.holder)
        if wanted.late:
            running = running.filter(due_on__lt=today)
        plans = plans.filter(Exists(running))
    if wanted.ask_again:
        due = FollowUp.objects.everywhere().filter(case=OuterRef("pk"), done_on=None, due_on__lte=today)
        plans = plans.filter(Exists(due)).exclude(state__in=LEFT)
    return plans


def hamlets_of(village_code: str) -> list[str]:
    """The hamlets of a village, by name."""
    homes = Household.objects.in_village(village_code).exclude(hamlet="").order_by("hamlet")
    return list(homes.values_list("hamlet", flat=True).distinct())
