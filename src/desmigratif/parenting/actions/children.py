"""Children come to the centre, once each and with a lawful basis; what is known of them changes; they leave."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.parenting.actions.common import child_to_change, enrolled_child, remember, resident_for
from desmigratif.parenting.actions.judging import judge, uncount
from desmigratif.parenting.actions.refusals import CannotChangeChild, CannotEnrol, ChangedMeanwhile
from desmigratif.parenting.inputs import ChangeChild, EnrolChild, LeaveCentre
from desmigratif.parenting.inputs.children import ChildFacts
from desmigratif.parenting.models import Child
from desmigratif.parenting.queries.barred import is_barred_resident
from desmigratif.parenting.rules import children as rules
from desmigratif.parenting.rules.centre import reasons_when_barred
from desmigratif.people.actions.common import checked_day, refuse_taken_ids
from desmigratif.people.actions.hand_overs import take_on
from desmigratif.people.models import Resident
from desmigratif.people.rules.hand_overs import PARENTING
from desmigratif.shared.reasons import Reason


@action("parenting.enrol_child", Permission.CHILD_RECORD)
def enrol_child(*, by: Actor, given: EnrolChild, now: datetime) -> Child:
    """Enrol a child of the register; the yes to a hand-over of the family, if one is named."""
    require(by, Permission.CHILD_RECORD, given.village_code)
    checked_day(given.on, given.village_code, now)
    refuse_taken_ids(Child, [given.child_id])
    resident = resident_for(by, given.village_code, given.resident_id)
    reasons = rules.reasons_not_to_enrol(
        birth_date=resident.birth_date, enrolled=_is_enrolled(resident),
        alike=not given.known_to_differ and _looks_enrolled(resident), on=given.on,
    )  # fmt: skip
    reasons += rules.reasons_against_basis(given.basis, given.given_by or "", given.on)
    if reasons := reasons + _reasons_against(given, given.on):
        raise CannotEnrol(reasons)
    child = Child.objects.create(
        id=given.child_id, village_code=given.village_code, resident=resident, enrolled_on=given.on,
        basis=given.basis, given_by=given.given_by or "", **facts_of(by, given),
    )  # fmt: skip
    if given.hand_over_id is not None:
        take_on(
            by=by, pillar=PARENTING, village_code=given.village_code, hand_over_id=given.hand_over_id,
            household_id=resident.household_id, on=given.on,
        )  # fmt: skip
    judge(child, given.on)
    remember(child, "child.enrolled", given.on)
    return child


@action("parenting.change_child", Permission.CHILD_RECORD)
def change_child(*, by: Actor, given: ChangeChild, now: datetime) -> Child:
    """Write down what is known now; all of it, so that what was emptied is unknown again."""
    require(by, Permission.CHILD_RECORD, given.village_code)
    checked_day(given.on, given.village_code, now)
    child = enrolled_child(given.village_code, given.child_id)
    if child.version != given.seen:
        raise ChangedMeanwhile
    if reasons := _reasons_against(given, given.on):
        raise CannotChangeChild(reasons)
    for field, value in facts_of(by, given).items():
        setattr(child, field, value)
    child.version += 1
    child.save()
    judge(child_to_change(child.village_code, child.id), given.on)
    remember(child, "child.changed", given.on)
    return child


@action("parenting.leave_centre", Permission.CHILD_RECORD)
def leave_centre(*, by: Actor, given: LeaveCentre, now: datetime) -> Child:
    """A child leaves; what was written stays until its time is over."""
    require(by, Permission.CHILD_RECORD, given.village_code)
    checked_day(given.on, given.village_code, now)
    child = enrolled_child(given.village_code, given.child_id)
    reasons = []
    if given.because not in rules.listed("leaving", given.on):
        reasons.append(Reason("not_a_choice", "Pilih mengapa anak ini keluar.", field="because"))
    if given.on < child.enrolled_on:
        reasons.append(Reason("before_enrolment", "Tanggalnya tidak boleh sebelum anak ini didaftarkan.", field="on"))
    if reasons:
        raise CannotChangeChild(reasons)
    child.left_on, child.left_because = given.on, given.because
    child.version += 1
    child.save(update_fields=["left_on", "left_because", "version"])
    uncount(child, given.on)
    remember(child, "child.left", given.on)
    return child


def _reasons_against(given: ChildFacts, on: date) -> list[Reason]:
    told = rules.Told(
        given.parent or "",
        given.caregiver_relation or "",
        given.caregiver_load or "",
        given.schooling or "",
        given.needs,
    )
    reasons = rules.reasons_against(told, on)
    if given.last_contact_on is not None and given.last_contact_on > on:
        text = "Tanggal berbicara tidak boleh sesudah hari ini."
        reasons.append(Reason("date_in_future", text, field="last_contact_on"))
    return reasons


def facts_of(by: Actor, given: ChildFacts) -> dict[str, Any]:
    """What was told, as the row keeps it; worker and caregiver must be residents whom this person may name."""
    for field in ("worker_id", "caregiver_id"):
        named = getattr(given, field)
        if named is not None:
            resident = resident_for(by, given.village_code, named, field)
            if field == "caregiver_id" and (
                reasons := reasons_when_barred(barred=is_barred_resident(resident, given.on), on=given.on, field=field)
            ):
                raise CannotChangeChild(reasons)
    return {
        "parent": given.parent or "", "worker_id": given.worker_id, "caregiver_id": given.caregiver_id,
        "caregiver_relation": given.caregiver_relation or "", "caregiver_load": given.caregiver_load or "",
        "last_contact_on": given.last_contact_on,
        "schooling": given.schooling or "", "school": given.school or "", "school_class": given.school_class or "",
        "needs": sorted(set(given.needs)),
    }  # fmt: skip


def _is_enrolled(resident: Resident) -> bool:
    rows = Child.objects.in_village(resident.village_code).enrolled()
    return rows.filter(resident__person_id=resident.person_id).exists()


def _looks_enrolled(resident: Resident) -> bool:
    rows = Child.objects.in_village(resident.village_code).enrolled().exclude(resident=resident)
    return rows.filter(resident__name_key=resident.name_key, resident__birth_date=resident.birth_date).exists()
