"""Indicators of the learning centre that time changes, or many records together; reckoned anew for one village."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from uuid import UUID

from django.db.models.functions import Coalesce

from desmigratif.audit.models import Signal
from desmigratif.audit.tallying import Reckoned
from desmigratif.parenting.models import CaregiverScore, Child, ChildPlan
from desmigratif.parenting.queries.children import ABROAD_NOW
from desmigratif.parenting.queries.situations import situations_of
from desmigratif.parenting.rules.children import first_birthday, in_school
from desmigratif.parenting.rules.risk import HIGH, level_of, signs_of
from desmigratif.people.models import LifeStatus, Resident

CHILD = "child"


def reckon(village_code: str, on: date) -> Reckoned:
    """Name -> numerator and denominator of one village."""
    enrolled = Child.objects.in_village(village_code).enrolled().select_related("resident", "caregiver")
    children = list(enrolled)
    return {
        "D1": (len(children), len(left_behind(village_code, on) | {one.resident.person_id for one in children})),
        **_as_they_are(village_code, children, on),
        **_trained(village_code),
    }


def left_behind(village_code: str, on: date) -> set[UUID]:
    """Persons under age in whose household a grown-up is abroad, by the register; a sibling abroad is none."""
    here = Resident.objects.in_village(village_code)
    abroad = Signal.objects.filter(village_code=village_code, kind=ABROAD_NOW, until=None)
    workers: dict[UUID, set[bool]] = defaultdict(set)  # household -> whether those who left are children of it
    for home, relation in here.filter(id__in=list(abroad.values_list("resident_id", flat=True))).values_list(
        "household_id", "relation"
    ):
        workers[home].add(relation == CHILD)
    children = here.filter(
        household_id__in=workers, birth_date__gt=first_birthday(on), birth_date__lte=on,
        life_status=LifeStatus.ALIVE, merged_into=None,
    )  # fmt: skip
    rows = children.values_list("person_id", "household_id", "relation")
    return {person for person, home, relation in rows if workers[home] - ({True} if relation == CHILD else set())}


def _as_they_are(village_code: str, children: list[Child], on: date) -> Reckoned:
    """D4 and D7: a birthday makes a child one who must learn, silence makes it one who needs a plan."""
    planned = set(ChildPlan.objects.in_village(village_code).filter(done_on=None).values_list("child_id", flat=True))
    sums, situations = {"D4": [0, 0], "D7": [0, 0]}, situations_of(children, on)
    for child in children:
        situation = situations[child.id]
        if situation.must_learn:
            sums["D4"][0] += in_school(child.schooling, on)
            sums["D4"][1] += 1
        if level_of(signs_of(situation, on), on) == HIGH:
            sums["D7"][0] += child.id in planned
            sums["D7"][1] += 1
    return {code: (numerator, denominator) for code, (numerator, denominator) in sums.items()}


def _trained(village_code: str) -> Reckoned:
    """D6: of those who care for a child of the centre, who came to a class; each person once."""
    person = Coalesce("caregiver__merged_into_id", "caregiver_id")
    children = Child.objects.in_village(village_code).enrolled().exclude(caregiver=None)
    caring = set(children.values_list(person, flat=True))
    came = set(CaregiverScore.objects.in_village(village_code).values_list(person, flat=True))
    return {"D6": (len(caring & came), len(caring))}
