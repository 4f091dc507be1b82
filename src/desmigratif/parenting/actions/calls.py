"""Calls between a child and its parent abroad: agreed, then done or missed."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.parenting.actions import facts
from desmigratif.parenting.actions.common import child_to_change, remember
from desmigratif.parenting.actions.judging import judge
from desmigratif.parenting.actions.links import only_own_child
from desmigratif.parenting.actions.refusals import CannotAgreeCall
from desmigratif.parenting.inputs.calls import AgreeCall, RecordCall
from desmigratif.parenting.models import CallSlot, ParentCall
from desmigratif.parenting.rules import calls as rules
from desmigratif.people.actions.common import checked_day, refuse_taken_ids
from desmigratif.people.rules.calls import zone_name
from desmigratif.regions.queries import today_in, village

RECORD = Permission.CHILD_RECORD


@action("parenting.agree_call", RECORD)
def agree_call(*, by: Actor, given: AgreeCall, now: datetime) -> CallSlot:
    """On which evenings a child and its parent talk, by the parent's clock. An older agreement ends."""
    require(by, RECORD, given.village_code)
    child = child_to_change(given.village_code, given.child_id)
    checked_day(given.on, given.village_code, now)
    refuse_taken_ids(CallSlot, [given.slot_id])
    zone = zone_name(given.country, given.time_zone or "")
    standing = CallSlot.objects.in_village(given.village_code).standing().filter(child=child).first()
    reasons = rules.reasons_not_to_agree(
        weekdays=given.weekdays, zone=zone, country=given.country, left_on=child.left_on, on=given.on,
        since=standing.since if standing else None,
    )  # fmt: skip
    if reasons:
        raise CannotAgreeCall(reasons)
    if standing is not None:
        standing.until = given.on
        standing.save(update_fields=["until"])
    slot = CallSlot.objects.create(
        id=given.slot_id, village_code=given.village_code, child=child, country=given.country, time_zone=zone,
        weekdays=sorted(set(given.weekdays)), at=given.at, since=given.on,
    )  # fmt: skip
    remember(child, "call.agreed", given.on)
    return slot


@action("parenting.record_call", Permission.CHILD_TELL)
def record_call(*, by: Actor, given: RecordCall, now: datetime) -> ParentCall:
    """An agreed call happened, or was missed and why. Nothing of what was said."""
    require(by, Permission.CHILD_TELL, given.village_code)
    rows = CallSlot.objects.in_village(given.village_code).select_for_update()
    slot = get_or_refuse(rows, "slot_id", id=given.slot_id)
    child = child_to_change(given.village_code, slot.child_id)
    only_own_child(by, child, today_in(given.village_code, now))
    refuse_taken_ids(ParentCall, [given.call_id])
    known = ParentCall.objects.in_village(given.village_code).filter(slot=slot, due_at=given.due_at).exists()
    agreed = rules.Agreed(tuple(slot.weekdays), slot.at, slot.time_zone, slot.since, slot.until)
    reasons = rules.reasons_not_to_record(
        agreed, due_at=given.due_at, now=now, offset_hours=village(given.village_code).utc_offset, known=known
    )
    on = today_in(given.village_code, given.due_at)
    if given.missed_because:
        reasons += rules.reasons_against_missed(given.missed_because, on)
    if reasons:
        raise CannotAgreeCall(reasons)
    before = facts.in_contact(given.village_code, child.id, on)
    call = ParentCall.objects.create(
        id=given.call_id, village_code=given.village_code, slot=slot, child=child, due_at=given.due_at, on=on,
        missed_because=given.missed_because or "",
    )  # fmt: skip
    facts.in_contact_became(given.village_code, on, before, facts.in_contact(given.village_code, child.id, on))
    if call.is_done and (child.last_contact_on is None or child.last_contact_on < on):
        child.last_contact_on = on
        child.save(update_fields=["last_contact_on"])
        judge(child, today_in(given.village_code, now))
        unit.changed("parenting.child", child.village_code, child.id)
    unit.record(
        "call.done" if call.is_done else "call.missed", village_code=given.village_code,
        subjects=[Subject("child", child.id), Subject("resident", child.resident_id)],
    )  # fmt: skip
    unit.changed("parenting.parentcall", given.village_code, call.id)
    return call
