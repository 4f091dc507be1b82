"""Visits, meetings and yearly reviews with their minutes, and tasks that somebody took on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.checks import checked_day, refuse_taken_ids
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.programme.actions.partners import is_in_programme
from desmigratif.programme.inputs.partners import FinishTask, RecordMinutes, ShareTask
from desmigratif.programme.models import Minutes, Partner, SharedTask
from desmigratif.programme.queries.partners import own_partner, owner_name, works_in
from desmigratif.programme.rules import partners as rules
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason, Refusal

RECORD, FINISH = Permission.PROGRAMME_RECORD, Permission.TASK_FINISH


class CannotRecordMinutes(Refusal):
    code = "cannot_record_minutes"


class CannotShareTask(Refusal):
    code = "cannot_share_task"


class CannotFinishTask(Refusal):
    code = "cannot_finish_task"


def _outside() -> Reason:
    return Reason("not_in_programme", "Desa ini belum masuk program.", field="village_code")


def _body(partner_id: UUID | None, village_code: str) -> Partner | None:
    """A body that works there, or none. Raises `NotFoundOrNotYours`."""
    if partner_id is None:
        return None
    partner = get_or_refuse(Partner.objects.all(), "partner_id", id=partner_id)
    if not works_in(partner, village_code):
        raise NotFoundOrNotYours("partner_id")
    return partner


@action("programme.record_minutes", RECORD)
def record_minutes(*, by: Actor, given: RecordMinutes, now: datetime) -> Minutes:
    """Write down a visit, a meeting or the review of a year, with what was said."""
    require(by, RECORD, given.village_code)
    checked_day(given.on, given.village_code, now)
    partner = _body(given.partner_id, given.village_code)
    refuse_taken_ids(Minutes, [given.minutes_id])
    if not is_in_programme(given.village_code):
        raise CannotRecordMinutes(_outside())
    minutes = Minutes.objects.create(
        id=given.minutes_id, village_code=given.village_code, kind=given.kind, on=given.on, partner=partner,
        present=given.present, said=given.said,
    )  # fmt: skip
    about = [Subject("minutes", minutes.id)]
    unit.record("programme.minutes_recorded", village_code=minutes.village_code, subjects=about, kind=minutes.kind)
    unit.changed("programme.minutes", minutes.village_code, minutes.id)
    return minutes


@action("programme.share_task", RECORD)
def share_task(*, by: Actor, given: ShareTask, now: datetime) -> SharedTask:
    """Give a task to the village, the regency or a body; due after so many working days."""
    require(by, RECORD, given.village_code)
    checked_day(given.on, given.village_code, now)
    partner = _body(given.partner_id, given.village_code)
    refuse_taken_ids(SharedTask, [given.task_id])
    if not is_in_programme(given.village_code):
        raise CannotShareTask(_outside())
    task = SharedTask.objects.create(
        id=given.task_id, village_code=given.village_code, what=given.what, owner=given.owner, partner=partner,
        asked_on=given.on, due_on=rules.due_after(given.on, given.days),
    )  # fmt: skip
    _note("programme.task_shared", task, owner=task.owner, due_on=task.due_on.isoformat())
    return task


@action("programme.finish_task", FINISH)
def finish_task(*, by: Actor, given: FinishTask, now: datetime) -> SharedTask:
    """Close a task: its owner, or the coordinator."""
    require(by, FINISH, given.village_code)
    checked_day(given.on, given.village_code, now)
    rows = SharedTask.objects.in_village(given.village_code).select_for_update(of=("self",)).select_related("partner")
    own = own_partner(by)
    if own is not None:
        rows = rows.filter(partner=own)  # a body does not hear of the tasks of others
    task = get_or_refuse(rows, "task_id", id=given.task_id)
    reasons = rules.reasons_not_to_finish(
        done_on=task.done_on, asked_on=task.asked_on, is_owner=_owns(by, task, own), owner=owner_name(task), on=given.on
    )
    if reasons:
        raise CannotFinishTask(reasons)
    task.done_on, task.result = given.on, given.result
    task.save(update_fields=["done_on", "result"])
    _note("programme.task_finished", task, in_time=given.on <= task.due_on)
    return task


def _owns(by: Actor, task: SharedTask, own: Partner | None) -> bool:
    if by.may(RECORD, task.village_code):
        return True
    if own is not None:
        return task.partner_id == own.id
    return task.owner == SharedTask.Owner.VILLAGE and by.may(Permission.PLEDGE_ANSWER, task.village_code)


def _note(event: str, task: SharedTask, **details: object) -> None:
    unit.record(event, village_code=task.village_code, subjects=[Subject("shared_task", task.id)], **details)
    unit.changed("programme.sharedtask", task.village_code, task.id)
