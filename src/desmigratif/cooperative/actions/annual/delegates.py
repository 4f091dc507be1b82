"""Groups of members and the delegates whom they send to a members' meeting, where the articles say so."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.annual.meeting import CannotHoldMeeting, locked_meeting, note
from desmigratif.cooperative.inputs.annual.delegates import (
    ChangeDelegateGroup,
    ChooseDelegates,
    DropDelegateGroup,
    FormDelegateGroup,
)
from desmigratif.cooperative.models import Attendance, Delegate, DelegateGroup, Meeting, MeetingStatus
from desmigratif.cooperative.queries.annual.delegates import numbers_on
from desmigratif.cooperative.queries.annual.meeting import voters_on
from desmigratif.cooperative.rules.annual import delegates as rules
from desmigratif.regions.queries import today_in
from desmigratif.shared.ids import new_id


@action("cooperative.form_delegate_group", Permission.COOPERATIVE_SET_UP)
def form_delegate_group(*, by: Actor, given: FormDelegateGroup, now: datetime) -> DelegateGroup:
    """Write down which members choose together."""
    meeting = _regrouping(by, given.cooperative_id, given.meeting_id)
    numbers = _numbers_for(meeting, given.name, given.numbers, but=None)
    group = DelegateGroup.objects.create(
        id=given.group_id, village_code=meeting.village_code, cooperative_id=meeting.cooperative_id, meeting=meeting,
        name=given.name, numbers=numbers,
    )  # fmt: skip
    note("meeting.group_formed", meeting, Subject("delegate_group", group.id))
    return group


@action("cooperative.change_delegate_group", Permission.COOPERATIVE_SET_UP)
def change_delegate_group(*, by: Actor, given: ChangeDelegateGroup, now: datetime) -> DelegateGroup:
    """Mend a name or numbers; a group of other members has not chosen yet."""
    group = _group(by, given.cooperative_id, given.group_id)
    meeting = _regrouping(by, given.cooperative_id, group.meeting_id)
    numbers = _numbers_for(meeting, given.name, given.numbers, but=group)
    if numbers != group.numbers:
        Delegate.objects.of(meeting.cooperative_id).filter(group=group).delete()
        group.met_on = group.present = group.members = None
    group.name, group.numbers = given.name, numbers
    group.save(update_fields=["name", "numbers", "met_on", "present", "members"])
    note("meeting.group_formed", meeting, Subject("delegate_group", group.id))
    return group


def _numbers_for(meeting: Meeting, name: str, text: str, *, but: DelegateGroup | None) -> list[list[int]]:
    """What was written, as it is kept. Raises `CannotHoldMeeting` where another group has the name or a member."""
    members, others = numbers_on(meeting), DelegateGroup.objects.of(meeting.cooperative_id).filter(meeting=meeting)
    others = others.exclude(id=but.id) if but else others
    ranges = rules.ranges_in(text)
    taken = {number for one in others for number in rules.inside(one.numbers, members)}
    reasons = rules.reasons_not_to_form(
        ranges=ranges, members=members, taken=taken, name_taken=others.filter(name__iexact=name).exists()
    )
    if reasons or ranges is None:
        raise CannotHoldMeeting(reasons)
    return [list(one) for one in ranges]


@action("cooperative.choose_delegates", Permission.COOPERATIVE_SET_UP)
def choose_delegates(*, by: Actor, given: ChooseDelegates, now: datetime) -> DelegateGroup:
    """Write down what a group's meeting said and whom it sends; written anew until somebody came to the meeting."""
    group = _group(by, given.cooperative_id, given.group_id)
    meeting = _regrouping(by, given.cooperative_id, group.meeting_id)
    here = rules.inside(group.numbers, numbers_on(meeting))
    reasons = rules.reasons_not_to_choose(
        group=here, present=given.present, chosen=given.delegates, each=meeting.delegates_each or 1,
        met_on=given.met_on, meeting_on=meeting.on, today=today_in(meeting.village_code, now),
    )  # fmt: skip
    if reasons:
        raise CannotHoldMeeting(reasons)
    group.met_on, group.place, group.present, group.members = given.met_on, given.place, given.present, len(here)
    group.led_by, group.written_by, group.notes = given.led_by, given.written_by, given.notes
    group.save(update_fields=["met_on", "place", "present", "members", "led_by", "written_by", "notes"])
    _send(meeting, group, given.delegates)
    note("meeting.delegates_chosen", meeting, Subject("delegate_group", group.id), present=given.present)
    return group


def _send(meeting: Meeting, group: DelegateGroup, numbers: tuple[int, ...]) -> None:
    Delegate.objects.of(meeting.cooperative_id).filter(group=group).delete()
    chosen = voters_on(meeting.cooperative, meeting.on).filter(number__in=numbers)
    Delegate.objects.bulk_create(
        Delegate(
            id=new_id(), village_code=meeting.village_code, cooperative_id=meeting.cooperative_id, meeting=meeting,
            group=group, member=member,
        )
        for member in chosen
    )  # fmt: skip


@action("cooperative.drop_delegate_group", Permission.COOPERATIVE_SET_UP)
def drop_delegate_group(*, by: Actor, given: DropDelegateGroup, now: datetime) -> Meeting:
    """Take a group back that was written down wrongly."""
    group = _group(by, given.cooperative_id, given.group_id)
    meeting = _regrouping(by, given.cooperative_id, group.meeting_id)
    Delegate.objects.of(meeting.cooperative_id).filter(group=group).delete()
    group.delete()
    note("meeting.group_dropped", meeting, Subject("delegate_group", given.group_id))
    return meeting


def _group(by: Actor, cooperative_id: UUID, group_id: UUID) -> DelegateGroup:
    rows = DelegateGroup.objects.visible_to(by).filter(cooperative_id=cooperative_id)
    return get_or_refuse(rows, "group_id", id=group_id)


def _regrouping(by: Actor, cooperative_id: UUID, meeting_id: UUID) -> Meeting:
    """A meeting of delegates to which nobody has come yet."""
    meeting = locked_meeting(by, cooperative_id, meeting_id, MeetingStatus.CALLED)
    has_come = Attendance.objects.of(meeting.cooperative_id).filter(meeting=meeting).exists()
    if reasons := rules.reasons_not_to_regroup(each=meeting.delegates_each, has_come=has_come):
        raise CannotHoldMeeting(reasons)
    return meeting
