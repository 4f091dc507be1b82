"""Reading about children of the centre."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, region_filter
from desmigratif.parenting.models import Child
from desmigratif.people.models import HandOver, LifeStatus, Resident
from desmigratif.people.rules.hand_overs import PARENTING


def children_of(by: Actor) -> QuerySet[Child]:
    """Children of the centre that this person may see, by name."""
    rows = Child.objects.visible_to(by).enrolled().select_related("resident__household", "carer")
    return rows.order_by("resident__name_key", "id")


def child_of(by: Actor, child_id: UUID) -> Child:
    """One child with its family. Raises `NotFoundOrNotYours`."""
    rows = Child.objects.visible_to(by).select_related("resident__household", "carer", "worker")
    return get_or_refuse(rows, "child_id", id=child_id)


def resident_to_enrol(by: Actor, resident_id: UUID) -> Resident:
    """Whom this person may bring to the centre: a resident they see, or one of a family that was handed over to it.

    Raises `NotFoundOrNotYours`.
    """
    handed = HandOver.objects.everywhere().filter(household=OuterRef("household"), to_pillar=PARENTING)
    rows = Resident.objects.everywhere().filter(region_filter(by.regions_for(Permission.CHILD_RECORD)))
    seen = region_filter(by.regions_for(Permission.RESIDENT_SEE))
    rows = rows.filter(seen | Exists(handed.exclude(taken=False)))
    return get_or_refuse(rows.select_related("household"), id=resident_id, merged_into=None)


def family_of(resident: Resident) -> list[Resident]:
    """The others of the household, alive or away, the oldest first; the caller has asked for the right to know."""
    rows = Resident.objects.in_village(resident.village_code).filter(household_id=resident.household_id)
    rows = rows.filter(life_status__in=[LifeStatus.ALIVE, LifeStatus.AWAY, LifeStatus.MISSING], merged_into=None)
    return list(rows.exclude(id=resident.id).order_by("birth_date", "id"))
