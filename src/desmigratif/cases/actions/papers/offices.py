"""Papers go to an office outside the village, and come back or are answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.cases.actions import keeping
from desmigratif.cases.actions.before.steps import step_to_move
from desmigratif.cases.actions.common import refuse_future, remember
from desmigratif.cases.actions.papers import bundling
from desmigratif.cases.actions.refusals import CannotAnswerBundle, CannotSendBundle, CaseIsClosed, ChangedMeanwhile
from desmigratif.cases.inputs import AcceptBundle, AnswerBundle, ReturnBundle, SendBundle
from desmigratif.cases.models import AT_OFFICE, ENDED, Bundle, BundleState, Case, StepState
from desmigratif.cases.queries.before.steps import standings_of, steps_of
from desmigratif.cases.queries.papers.offices import papers_before
from desmigratif.cases.rules.journey import journey_on, reasons_not_to_take_step
from desmigratif.cases.rules.papers import offices as rules
from desmigratif.cases.sealing import bundle_note_place, sealed_text
from desmigratif.people.actions.common import refuse_taken_ids
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason

RETURNED = "papers_returned"  # why a step stands still, regulations/journey.yaml


@action("cases.send_bundle", Permission.CASE_OPEN)
def send_bundle(*, by: Actor, given: SendBundle, now: datetime) -> Bundle:
    """The papers of one step go to the office that answers it; its clock starts, and the step is in its hands."""
    refuse_taken_ids(Bundle, [given.bundle_id])
    case, _, step, row = step_to_move(by, given, now)
    office = rules.office_for(step.code, given.on)
    known = {paper.code for paper in papers_before(case, step.code, given.on)}
    waits = bundling.waiting(case, step.code) is not None
    reasons = rules.reasons_not_to_send(office=office, papers=given.papers, known=known, waits=waits)
    if reasons or office is None:
        raise CannotSendBundle(reasons)
    earlier = Bundle.objects.in_village(case.village_code).filter(case=case, step=step.code)
    bundle = Bundle.objects.create(
        id=given.bundle_id,
        village_code=case.village_code,
        case=case,
        step=step.code,
        office=office.code,
        round=earlier.count() + 1,
        papers=sorted(set(given.papers)),
        shows=list(office.shows),
        sent_on=given.on,
        due_on=rules.answer_due(office, given.on),
    )
    row.state, row.reason = StepState.OPEN, ""
    row.holder, row.holder_since = office.code, given.on
    keeping.keep(row)
    _remember(bundle, case, "bundle.sent", given.on)
    return bundle


@action("cases.accept_bundle", Permission.BUNDLE_ANSWER)
def accept_bundle(*, by: Actor, given: AcceptBundle, now: datetime) -> Bundle:
    """The office has the papers and works on them."""
    bundle, case = _bundle_to_judge(by, given, now)
    if bundle.state == BundleState.ACCEPTED:
        raise CannotAnswerBundle(Reason("already_accepted", "Berkas ini sudah diterima."))
    bundling.accept(bundle, given.on)
    bundling.keep(bundle)
    _remember(bundle, case, "bundle.accepted", given.on)
    return bundle


@action("cases.return_bundle", Permission.BUNDLE_ANSWER)
def return_bundle(*, by: Actor, given: ReturnBundle, now: datetime) -> Bundle:
    """The papers go back for a reason of the regulations; they count as asked for once more."""
    bundle, case = _bundle_to_judge(by, given, now)
    known = {paper.code for paper in papers_before(case, bundle.step, given.on)}
    if reasons := rules.reasons_not_to_return(given.on, given.reason, given.papers, known):
        raise CannotAnswerBundle(reasons)
    bundling.give_back(bundle, given.on, because=given.reason, papers=given.papers)
    bundle.note_sealed = sealed_text(case.resident_id, given.note, place=bundle_note_place(bundle.id))
    bundling.keep(bundle)
    row = keeping.row_of(case, journey_on(given.on).step(bundle.step), given.on)
    row.state, row.reason = StepState.HELD, RETURNED
    row.asked_again += 1
    row.holder, row.holder_since = "village_officer", given.on
    keeping.keep(row)
    _remember(bundle, case, "bundle.returned", given.on, reason=given.reason)
    return bundle


@action("cases.answer_bundle", Permission.BUNDLE_ANSWER)
def answer_bundle(*, by: Actor, given: AnswerBundle, now: datetime) -> Bundle:
    """The office did its part: the step is finished with the paper that it made."""
    bundle, case = _bundle_to_judge(by, given, now)
    if reasons := _reasons_not_to_answer(bundle, case, given):
        raise CannotAnswerBundle(reasons)
    bundling.answer(bundle, given.on)
    bundling.keep(bundle)
    keeping.finish(
        case, bundle.step, given.on, paper_number=given.paper_number or "", valid_until=given.valid_until
    )  # fmt: skip
    _remember(bundle, case, "bundle.answered", given.on)
    return bundle


def _reasons_not_to_answer(bundle: Bundle, case: Case, given: AnswerBundle) -> list[Reason]:
    """The step must still be one that can be taken: meanwhile the letter may have been revoked."""
    reasons = reasons_not_to_take_step(
        journey_on(given.on), bundle.step, standings_of(case, steps_of(case)), state=case.state, on=given.on,
        opened_on=case.opened_on,
    )  # fmt: skip
    if given.valid_until is not None and given.valid_until < given.on:
        text = f"Dokumennya sudah habis berlaku {format_date(given.valid_until)}."
        reasons.append(Reason("expired", text, field="valid_until"))
    return reasons


def _bundle_to_judge(
    by: Actor, given: AcceptBundle | ReturnBundle | AnswerBundle, now: datetime
) -> tuple[Bundle, Case]:
    """A bundle that lies at this person's office, and its case, both locked (the case first, as the village does).

    Raises `Refusal`.
    """
    require(by, Permission.BUNDLE_ANSWER, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotAnswerBundle)
    rows = Bundle.objects.sent_to(by).filter(village_code=given.village_code)
    case_id = get_or_refuse(rows, "bundle_id", id=given.bundle_id).case_id
    cases = Case.objects.in_village(given.village_code).select_for_update(of=("self",))
    case = cases.select_related("resident__household").get(id=case_id)
    bundle = rows.select_for_update(of=("self",)).get(id=given.bundle_id)
    if case.state in ENDED:
        raise CaseIsClosed(Reason("case_over", "Rencana calon ini sudah ditutup; berkasnya tidak perlu dijawab lagi."))
    if bundle.version != given.seen:
        raise ChangedMeanwhile(_changed(bundle))
    if bundle.state not in AT_OFFICE:
        said = BundleState(bundle.state).label.lower()
        raise CannotAnswerBundle(Reason("not_at_office", f"Berkas ini tidak menunggu di kantor lagi: {said}."))
    if given.on < (bundle.accepted_on or bundle.sent_on):
        text = "Tanggalnya tidak boleh sebelum berkas dikirim atau diterima."
        raise CannotAnswerBundle(Reason("before_sent", text, field="on"))
    return bundle, case


def _changed(bundle: Bundle) -> Reason:
    said = BundleState(bundle.state).label.lower()
    return Reason(
        "changed_meanwhile",
        f"Berkas ini sudah diubah orang lain sejak halaman ini dibuka; sekarang: {said}.",
        way_out="Isian Anda masih di sini. Bandingkan, lalu simpan sekali lagi bila memang perlu.",
    )


def _remember(bundle: Bundle, case: Case, event: str, on: date, **words: Any) -> None:
    unit.changed("cases.bundle", case.village_code, bundle.id)
    subjects = [Subject("bundle", bundle.id)]
    remember(case, event, on, subjects=subjects, step=bundle.step, office=bundle.office, **words)
