"""Reading about children of the centre: who belongs to it, who does not yet, one child's file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, region_filter
from desmigratif.audit.models import Signal
from desmigratif.parenting.models import Child, ChildPlan, Quarter
from desmigratif.parenting.rules.children import first_birthday, proposed_end
from desmigratif.people.models import HandOver, LifeStatus, Resident
from desmigratif.people.rules.hand_overs import PARENTING

ABROAD_NOW, HOME_AGAIN = "worker_abroad", "returned"
HERE = (LifeStatus.ALIVE, LifeStatus.AWAY, LifeStatus.MISSING)


def children_of(by: Actor) -> QuerySet[Child]:
    """Children of the centre that this person may see, by name."""
    rows = Child.objects.visible_to(by).enrolled().select_related("resident__household", "caregiver")
    return rows.order_by("resident__name_key", "id")


def child_of(by: Actor, child_id: UUID) -> Child:
    """One child with its family. Raises `NotFoundOrNotYours`."""
    rows = Child.objects.visible_to(by).select_related("resident__household", "caregiver", "worker")
    return get_or_refuse(rows, "child_id", id=child_id)


def proposed_ends(children: Sequence[Child], on: date) -> dict[UUID, str]:
    """Of these children of one village, whose time here seems to be over, and why. Two queries, or none."""
    if not children:
        return {}
    code = children[0].village_code
    gone = [one.resident.person_id for one in children if one.resident.life_status == LifeStatus.MOVED]
    here = Resident.objects.in_village(code).filter(person_id__in=gone, life_status__in=HERE, merged_into=None)
    live_here = set(here.values_list("person_id", flat=True)) if gone else set()
    workers = [one.worker_id for one in children if one.worker_id is not None]
    home = Signal.objects.filter(kind=HOME_AGAIN, resident_id__in=workers, until=None)
    at_home = set(home.values_list("resident_id", flat=True)) if workers else set()
    found = {
        one.id: proposed_end(
            life_status=one.resident.life_status, lives_here=one.resident.person_id in live_here,
            parent_home=one.worker_id in at_home, birth_date=one.resident.birth_date, on=on,
        )
        for one in children
    }  # fmt: skip
    return {child_id: because for child_id, because in found.items() if because}


@dataclass(frozen=True, slots=True)
class ChildFile:
    """One child with its quarters (the oldest first) and plans (the newest first)."""

    child: Child
    quarters: list[Quarter]
    plans: list[ChildPlan]

    @property
    def open_plan(self) -> ChildPlan | None:
        return next((plan for plan in self.plans if plan.done_on is None), None)


def child_file(by: Actor, child_id: UUID) -> ChildFile:
    """Three queries. Raises `NotFoundOrNotYours`."""
    child = child_of(by, child_id)
    quarters = Quarter.objects.in_village(child.village_code).filter(child=child).order_by("year", "quarter")
    plans = ChildPlan.objects.in_village(child.village_code).filter(child=child).order_by("-made_on", "-id")
    return ChildFile(child, list(quarters), list(plans))


def quarter_of_child(child: Child, year: int, quarter: int) -> Quarter | None:
    rows = Quarter.objects.in_village(child.village_code).filter(child=child, year=year, quarter=quarter)
    return rows.select_related("picture").first()


def residents_to_enrol(by: Actor) -> QuerySet[Resident]:
    """Whom this person may bring to the centre: who they see in the register, or a family handed over to it."""
    handed = HandOver.objects.everywhere().filter(household=OuterRef("household"), to_pillar=PARENTING)
    rows = Resident.objects.everywhere().filter(region_filter(by.regions_for(Permission.CHILD_RECORD)))
    seen = region_filter(by.regions_for(Permission.RESIDENT_SEE))
    return rows.filter(seen | Exists(handed.exclude(taken=False)), merged_into=None).select_related("household")


def resident_to_enrol(by: Actor, resident_id: UUID) -> Resident:
    """Raises `NotFoundOrNotYours`."""
    return get_or_refuse(residents_to_enrol(by), id=resident_id)


def not_enrolled(by: Actor, today: date) -> QuerySet[Resident]:
    """Children who should be at the centre and are not: a grown-up of the family is abroad, or it was handed over."""
    abroad = Signal.objects.filter(kind=ABROAD_NOW, until=None)
    workers = Resident.objects.everywhere().filter(
        household=OuterRef("household"), id__in=abroad.values("resident_id")
    )  # fmt: skip
    siblings = Q(relation="child") & Q(relation=OuterRef("relation"))
    handed = HandOver.objects.everywhere().filter(household=OuterRef("household"), to_pillar=PARENTING)
    known = Child.objects.everywhere().filter(left_on=None, resident__person=OuterRef("person"))
    rows = residents_to_enrol(by).filter(
        Exists(workers.exclude(siblings)) | Exists(handed.exclude(taken=False)),
        ~Exists(known), birth_date__gt=first_birthday(today), birth_date__lte=today, life_status=LifeStatus.ALIVE,
    )  # fmt: skip
    return rows.order_by("household__hamlet", "household_id", "birth_date", "id")


def waiting_hand_overs(by: Actor, households: set[UUID]) -> dict[UUID, UUID]:
    """Of these families, the hand-over that waits for the centre's answer, by household."""
    rows = HandOver.objects.everywhere().filter(
        region_filter(by.regions_for(Permission.CHILD_RECORD)), to_pillar=PARENTING, answered_on=None,
        household_id__in=households,
    )  # fmt: skip
    return dict(rows.values_list("household_id", "id"))


def family_of(resident: Resident) -> list[Resident]:
    """The others of the household, alive or away, the oldest first; the caller has asked for the right to know."""
    rows = Resident.objects.in_village(resident.village_code).filter(household_id=resident.household_id)
    return list(
        rows.filter(life_status__in=HERE, merged_into=None).exclude(id=resident.id).order_by("birth_date", "id")
    )
