"""What several actions of the learning centre need."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.parenting.actions.refusals import CannotChangeChild
from desmigratif.parenting.models import Child
from desmigratif.people.models import HandOver, Resident
from desmigratif.people.rules.hand_overs import PARENTING
from desmigratif.shared.privacy import PrivacyClass
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason


def resident_for(by: Actor, village_code: str, resident_id: UUID, field: str = "resident_id") -> Resident:
    """A resident of the village, locked: for who sees residents anybody, for others only of a family that came here.

    Raises `NotFoundOrNotYours`.
    """
    rows = Resident.objects.in_village(village_code).select_related("household").select_for_update(of=("self",))
    found = get_or_refuse(rows.filter(merged_into=None), field, id=resident_id)
    if not by.may(Permission.RESIDENT_SEE, village_code) and not came_here(found):
        raise NotFoundOrNotYours(field)
    return found


def came_here(resident: Resident) -> bool:
    """Whether a hand-over of the family to the centre was not declined, or one of its children is enrolled."""
    home, code = resident.household_id, resident.village_code
    handed = HandOver.objects.in_village(code).exclude(taken=False).filter(household_id=home, to_pillar=PARENTING)
    return handed.exists() or Child.objects.in_village(code).enrolled().filter(resident__household_id=home).exists()


def child_to_change(village_code: str, child_id: UUID) -> Child:
    """A child of the village, locked; the caller has asked `require`. Raises `NotFoundOrNotYours`."""
    rows = Child.objects.in_village(village_code).select_related("resident__household", "caregiver")
    return get_or_refuse(rows.select_for_update(of=("self",)), "child_id", id=child_id)


def enrolled_child(village_code: str, child_id: UUID) -> Child:
    """As `child_to_change`, and still at the centre. Raises `CannotChangeChild` for who left."""
    child = child_to_change(village_code, child_id)
    if child.left_on is not None:
        way_out = "Daftarkan lagi bila kembali."
        raise CannotChangeChild(Reason("has_left", "Anak ini sudah keluar dari rumah belajar.", way_out=way_out))
    return child


def remember(child: Child, event: str, on: date, *, subjects: list[Subject] | None = None, **params: Any) -> None:
    """An event with its people, a change, and a line in the family's history that only some may read."""
    resident = child.resident
    unit.record(
        event,
        village_code=child.village_code,
        subjects=[Subject("child", child.id), Subject("resident", resident.id), *(subjects or [])],
    )
    unit.changed("parenting.child", child.village_code, child.id)
    memory.add_timeline(
        village_code=child.village_code,
        household_id=resident.household_id,
        resident_id=resident.id,
        kind=event,
        on=on,
        link=f"parenting:child:{child.id}",
        privacy=PrivacyClass.SPECIFIC,
        **params,
    )
