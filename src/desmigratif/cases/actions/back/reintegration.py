"""After coming back: what is needed, the plan, the visits, the experience, and how it ends: here, or away again."""

from __future__ import annotations

import json
from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.cases.actions import keeping
from desmigratif.cases.actions.back.returns import BACK_NOW, return_to_change
from desmigratif.cases.actions.cases import open_case
from desmigratif.cases.actions.common import refuse_future, remember
from desmigratif.cases.actions.offer.brokers import report_broker
from desmigratif.cases.actions.refusals import CannotReintegrate
from desmigratif.cases.inputs import (
    AssessNeeds,
    FinishPlanStep,
    MigrateAgain,
    OpenCase,
    PlanReintegration,
    RecordAftercare,
    RecordExperience,
    ReportBroker,
    SettleReturn,
)
from desmigratif.cases.models import Aftercare, Case, CaseState, Experience, NeedsAssessment, ReintegrationStep, Return
from desmigratif.cases.rules.back import returns as rules
from desmigratif.cases.rules.journey import journey_on, reasons_not_to_write_down
from desmigratif.cases.sealing import aftercare_place, experience_place, needs_place, sealed_text
from desmigratif.people.actions.common import refuse_taken_ids
from desmigratif.people.actions.hand_overs import hand_over
from desmigratif.placement.rules.matching import company_key
from desmigratif.shared.reasons import Reason

REINTEGRATION, CLOSING = "reintegration", "closing"
Given = AssessNeeds | PlanReintegration | RecordExperience | SettleReturn | MigrateAgain


def _back(by: Actor, given: Given, now: datetime, step: str) -> Return:
    """The return, when its case stands where that step of the journey can be written down."""
    require(by, Permission.CASE_OPEN, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotReintegrate)
    back = return_to_change(by, given.village_code, given.return_id)
    if reasons := reasons_not_to_write_down(journey_on(given.on), step, state=back.case.state):
        raise CannotReintegrate(reasons)
    if given.on < back.returned_on:
        text = "Tanggalnya tidak boleh sebelum pulang."
        raise CannotReintegrate(Reason("before_return", text, field="on"))
    return back


@action("cases.assess_needs", Permission.CASE_OPEN)
def assess_needs(*, by: Actor, given: AssessNeeds, now: datetime) -> NeedsAssessment:
    """What the returnee says they need; asked again whenever it changes."""
    back = _back(by, given, now, REINTEGRATION)
    refuse_taken_ids(NeedsAssessment, [given.assessment_id])
    if not set(given.needs) <= set(rules.listed("needs", given.on)):
        raise CannotReintegrate(Reason("unknown_need", "Pilih kebutuhan dari daftar.", field="needs"))
    if reasons := rules.reasons_about_silence(needs=given.needs, wish=given.wish, note=given.note):
        raise CannotReintegrate(reasons)
    said = json.dumps({"needs": list(given.needs), "wish": given.wish or "", "note": given.note or ""})
    sealed = sealed_text(back.case.resident_id, said, place=needs_place(given.assessment_id))
    row = NeedsAssessment.objects.create(
        id=given.assessment_id, village_code=back.village_code, back=back, on=given.on, said_sealed=sealed
    )
    unit.changed("cases.needsassessment", back.village_code, row.id)
    remember(back.case, "return.needs_assessed", given.on, subjects=[Subject("return", back.id)])
    return row


@action("cases.plan_reintegration", Permission.CASE_OPEN)
def plan_reintegration(*, by: Actor, given: PlanReintegration, now: datetime) -> Return:
    """Steps that the returnee chose, each with its day; those of other services are handed over in the same act."""
    back = _back(by, given, now, REINTEGRATION)
    open_steps = ReintegrationStep.objects.in_village(back.village_code).filter(back=back, done_on=None)
    reasons = rules.reasons_not_to_plan(
        given.steps, standing=set(open_steps.values_list("step", flat=True)), target_on=given.target_on, on=given.on,
        today=given.on,
    )  # fmt: skip
    if reasons:
        raise CannotReintegrate(reasons)
    known, resident = rules.plan_steps(given.on), back.case.resident
    for code in dict.fromkeys(given.steps):
        step = known[code]
        row = ReintegrationStep.objects.create(
            village_code=back.village_code, back=back, step=code, holder=step.holder, planned_on=given.on,
            due_on=given.target_on or step.due_after(given.on),
        )  # fmt: skip
        unit.changed("cases.reintegrationstep", back.village_code, row.id)
        if step.hand_over:
            hand_over(kind=step.hand_over, household=resident.household, resident=resident, on=given.on)
    if back.case.state == CaseState.RETURNED:
        keeping.go_on(back.case, CaseState.REINTEGRATING, given.on)
    remember(back.case, "return.planned", given.on, subjects=[Subject("return", back.id)], count=len(set(given.steps)))
    return back


@action("cases.finish_plan_step", Permission.CASE_OPEN)
def finish_plan_step(*, by: Actor, given: FinishPlanStep, now: datetime) -> ReintegrationStep:
    """A step of a plan was done, or not: both are written down."""
    require(by, Permission.CASE_OPEN, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotReintegrate)
    rows = ReintegrationStep.objects.visible_to(by).filter(village_code=given.village_code)
    rows = rows.select_for_update(of=("self",)).select_related("back__case__resident__household")
    row = get_or_refuse(rows, "step_id", id=given.step_id)
    if row.done_on is not None:
        raise CannotReintegrate(Reason("already_done", "Langkah ini sudah dicatat selesai."))
    if given.on < row.planned_on:
        text = "Tanggalnya tidak boleh sebelum langkah ini direncanakan."
        raise CannotReintegrate(Reason("before_plan", text, field="on"))
    row.done_on, row.outcome = given.on, given.outcome
    row.save(update_fields=["done_on", "outcome"])
    unit.changed("cases.reintegrationstep", row.village_code, row.id)
    remember(row.back.case, "return.step_finished", given.on, subjects=[Subject("return", row.back_id)])
    return row


@action("cases.record_aftercare", Permission.CASE_OPEN)
def record_aftercare(*, by: Actor, given: RecordAftercare, now: datetime) -> Aftercare:
    """How the returnee does months later, with a score; who was not met is visited again."""
    require(by, Permission.CASE_OPEN, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotReintegrate)
    rows = Aftercare.objects.visible_to(by).filter(village_code=given.village_code)
    rows = rows.select_for_update(of=("self",)).select_related("back__case__resident__household")
    row = get_or_refuse(rows, "aftercare_id", id=given.aftercare_id)
    if reasons := _reasons_not_to_visit(row, given):
        raise CannotReintegrate(reasons)
    if given.met:
        answers = json.dumps(given.answers)
        row.answers_sealed = sealed_text(row.back.case.resident_id, answers, place=aftercare_place(row.id))
        row.done_on, row.score = given.on, rules.score_of(given.answers)
    else:
        row.tried += 1
    row.save(update_fields=["done_on", "score", "answers_sealed", "tried"])
    unit.changed("cases.aftercare", row.village_code, row.id)
    event = "return.visited" if given.met else "return.not_met"
    remember(row.back.case, event, given.on, subjects=[Subject("return", row.back_id)], month=row.month)
    return row


def _reasons_not_to_visit(row: Aftercare, given: RecordAftercare) -> list[Reason]:
    if row.done_on is not None:
        return [Reason("already_done", "Kunjungan ini sudah dicatat.")]
    if row.back.withdrawn_on is not None:
        return [Reason("withdrawn", "Catatan kepulangan ini sudah ditarik karena keliru.")]
    if row.back.case.state in (CaseState.DIED, CaseState.RE_MIGRATING):
        return [Reason("case_over", "Orangnya sudah berangkat lagi atau meninggal.")]
    if given.on < row.back.returned_on:
        return [Reason("before_return", "Tanggalnya tidak boleh sebelum pulang.", field="on")]
    return rules.reasons_about_answers(given.answers, met=given.met, today=given.on)


@action("cases.record_experience", Permission.CASE_OPEN)
def record_experience(*, by: Actor, given: RecordExperience, now: datetime) -> Experience:
    """How it was with agency and recruiter: what is said of a recruiter stands in the village's own list as well."""
    back = _back(by, given, now, REINTEGRATION)
    refuse_taken_ids(Experience, [given.record_id])
    case = back.case
    if Experience.objects.in_village(case.village_code).filter(case=case).exists():
        raise CannotReintegrate(Reason("told_before", "Pengalaman dari kepergian ini sudah dicatat."))
    if given.complaint is not None and given.broker_name is None:
        text = "Tulis nama perekrut yang dikeluhkan."
        raise CannotReintegrate(Reason("broker_missing", text, field="broker_name"))
    told = (given.agency, given.promises_kept, given.paid_more, given.papers_held, given.would_recommend)
    if reasons := rules.reasons_about_empty_experience((*told, given.broker_name, given.story)):
        raise CannotReintegrate(reasons)
    broker = None
    if given.broker_name is not None:
        report = ReportBroker(
            record_id=given.broker_record_id, village_code=case.village_code, on=given.on, case_id=case.id,
            name=given.broker_name, phone=given.broker_phone, complaint=given.complaint, story=given.story,
        )  # fmt: skip
        broker = report_broker(by=by, given=report, now=now)
    said = given.model_dump(include={"promises_kept", "paid_more", "papers_held", "would_recommend"})
    row = Experience.objects.create(
        id=given.record_id, village_code=case.village_code, case=case, on=given.on, agency=given.agency or "",
        agency_key=company_key(given.agency or ""), broker=broker,
        story_sealed=sealed_text(case.resident_id, given.story, place=experience_place(given.record_id)),
        **said,
    )  # fmt: skip
    unit.changed("cases.experience", case.village_code, row.id)
    remember(case, "return.experience_told", given.on, subjects=[Subject("return", back.id)])
    return row


@action("cases.settle_return", Permission.CASE_OPEN)
def settle_return(*, by: Actor, given: SettleReturn, now: datetime) -> Case:
    """The returnee has found their place: this migration is over; the visits afterwards stay due."""
    back = _back(by, given, now, CLOSING)
    keeping.go_on(back.case, CaseState.SETTLED, given.on)
    _end_welcome(back, given)
    remember(back.case, "return.settled", given.on, subjects=[Subject("return", back.id)])
    return back.case


@action("cases.migrate_again", Permission.CASE_OPEN)
def migrate_again(*, by: Actor, given: MigrateAgain, now: datetime) -> Case:
    """The returnee wants to go again: a right. A new plan begins at the first step and remembers this migration."""
    back = _back(by, given, now, CLOSING)
    keeping.go_on(back.case, CaseState.RE_MIGRATING, given.on)
    _end_welcome(back, given)
    remember(back.case, "return.goes_again", given.on, subjects=[Subject("return", back.id)])
    wish = OpenCase(
        case_id=given.new_case_id, village_code=given.village_code, resident_id=back.case.resident_id, on=given.on,
        country=given.country, job=given.job,
    )  # fmt: skip
    new: Case = open_case(by=by, given=wish, now=now)
    return new


def _end_welcome(back: Return, given: SettleReturn | MigrateAgain) -> None:
    resident = back.case.resident
    memory.end_signal(BACK_NOW, household_id=resident.household_id, resident_id=resident.id, on=given.on)
