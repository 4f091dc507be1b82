"""A mentor visits a group; a group ends."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.enterprises.actions.common import locked_group, note
from desmigratif.enterprises.inputs.mentoring import EndGroup, RecordMentorVisit
from desmigratif.enterprises.models import GroupEnd, GroupMonth, MentorVisit, MonthLink, VisitTask
from desmigratif.enterprises.rules import life as rules
from desmigratif.people.actions.common import checked_day, refuse_taken_ids
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason, Refusal

MENTOR = Permission.ENTERPRISE_MENTOR


class CannotVisit(Refusal):
    code = "cannot_visit"


class CannotEndGroup(Refusal):
    code = "cannot_end_group"


@action("enterprises.record_mentor_visit", MENTOR)
def record_mentor_visit(*, by: Actor, given: RecordMentorVisit, now: datetime) -> MentorVisit:
    """Write down what was found at a group, what is to be done, and what of the older tasks is done."""
    require(by, MENTOR, given.village_code)
    checked_day(given.on, given.village_code, now)
    refuse_taken_ids(MentorVisit, [given.visit_id])
    refuse_taken_ids(VisitTask, [one.task_id for one in given.tasks])
    group = locked_group(given.village_code, given.group_id)
    if given.on < group.formed_on:
        raise CannotVisit(Reason("before_group", "Tanggal ini sebelum kelompok dibentuk.", field="on"))
    for place, one in enumerate(given.tasks):
        if one.due_on is not None and one.due_on < given.on:
            text = "Batas tugas tidak bisa sebelum kunjungan."
            raise CannotVisit(Reason("due_before_visit", text, field=f"tasks.{place}.due_on"))
    open_tasks = VisitTask.objects.in_village(group.village_code).filter(group=group, done_on=None)
    finished = open_tasks.filter(id__in=given.done)
    if finished.count() < len(set(given.done)):
        raise NotFoundOrNotYours("done")
    visit = MentorVisit.objects.create(
        id=given.visit_id, village_code=group.village_code, group=group, on=given.on, findings=given.findings
    )
    finished.update(done_on=given.on)
    VisitTask.objects.bulk_create(
        VisitTask(id=one.task_id, village_code=group.village_code, group=group, visit=visit, text=one.text,
                  due_on=one.due_on)
        for one in given.tasks
    )  # fmt: skip
    memory.add_fact("C6", group.village_code, given.on, key=str(visit.id))
    note("group.visited", group, Subject("enterprise_visit", visit.id), tasks=len(given.tasks))
    unit.changed("enterprises.mentorvisit", group.village_code, visit.id)
    return visit


@action("enterprises.end_group", MENTOR)
def end_group(*, by: Actor, given: EndGroup, now: datetime) -> GroupEnd:
    """Write down that a group ended, and why; what it did stays, and its treasurer's link opens nothing any more."""
    require(by, MENTOR, given.village_code)
    checked_day(given.on, given.village_code, now)
    refuse_taken_ids(GroupEnd, [given.ending_id])
    group = locked_group(given.village_code, given.group_id)
    sold = GroupMonth.objects.in_village(group.village_code).filter(group=group, sales_rupiah__gt=0)
    last = sold.order_by("-month").values_list("month", flat=True).first()
    ending = GroupEnd.objects.in_village(group.village_code).filter(group=group).first()
    reasons = rules.reasons_not_to_close(
        cause=given.cause, on=given.on, formed_on=group.formed_on, last_month=last,
        closed_on=ending.on if ending else None,
    )  # fmt: skip
    if reasons:
        raise CannotEndGroup(reasons)
    ended = GroupEnd.objects.create(
        id=given.ending_id, village_code=group.village_code, group=group, on=given.on, cause=given.cause,
        note=given.note,
    )  # fmt: skip
    MonthLink.objects.in_village(group.village_code).filter(group=group, ended_on=None).update(ended_on=given.on)
    note("group.ended", group, cause=given.cause)
    return ended
