"""A plan for a child that needs more than a look: made with a date, ended with an outcome."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.parenting.actions.common import child_to_change, enrolled_child, remember
from desmigratif.parenting.actions.judging import judge
from desmigratif.parenting.actions.refusals import CannotPlan
from desmigratif.parenting.inputs import FinishPlan, MakePlan
from desmigratif.parenting.models import ChildPlan
from desmigratif.parenting.rules.risk import plan_steps, reasons_not_to_plan
from desmigratif.people.actions.common import checked_day, refuse_taken_ids
from desmigratif.shared.reasons import Reason


@action("parenting.make_plan", Permission.CHILD_RECORD)
def make_plan(*, by: Actor, given: MakePlan, now: datetime) -> ChildPlan:
    """Choose steps and the day by which they are done."""
    require(by, Permission.CHILD_RECORD, given.village_code)
    checked_day(given.on, given.village_code, now)
    refuse_taken_ids(ChildPlan, [given.plan_id])
    child = enrolled_child(given.village_code, given.child_id)
    standing = ChildPlan.objects.in_village(given.village_code).filter(child=child, done_on=None).exists()
    if reasons := reasons_not_to_plan(given.steps, given.due_on, open_plan=standing, on=given.on):
        raise CannotPlan(reasons)
    plan = ChildPlan.objects.create(
        id=given.plan_id, village_code=given.village_code, child=child, made_on=given.on, due_on=given.due_on,
        steps=[code for code in plan_steps(given.on) if code in given.steps],
    )  # fmt: skip
    unit.changed("parenting.childplan", plan.village_code, plan.id)
    judge(child, given.on)
    remember(child, "child.planned", given.on, subjects=[Subject("child_plan", plan.id)])
    return plan


@action("parenting.finish_plan", Permission.CHILD_RECORD)
def finish_plan(*, by: Actor, given: FinishPlan, now: datetime) -> ChildPlan:
    """Say how it ended; a child that still shows signs gets a new one."""
    require(by, Permission.CHILD_RECORD, given.village_code)
    checked_day(given.on, given.village_code, now)
    rows = ChildPlan.objects.in_village(given.village_code).select_for_update(of=("self",))
    plan = get_or_refuse(rows, "plan_id", id=given.plan_id)
    if plan.done_on is not None:
        raise CannotPlan(Reason("plan_done", "Rencana ini sudah selesai."))
    if given.on < plan.made_on:
        raise CannotPlan(Reason("before_plan", "Tanggalnya tidak boleh sebelum rencananya dibuat.", field="on"))
    plan.done_on, plan.helped = given.on, given.helped
    plan.save(update_fields=["done_on", "helped"])
    unit.changed("parenting.childplan", plan.village_code, plan.id)
    child = child_to_change(plan.village_code, plan.child_id)
    if child.left_on is None:
        judge(child, given.on)
    remember(child, "child.plan_done", given.on, subjects=[Subject("child_plan", plan.id)])
    return plan
