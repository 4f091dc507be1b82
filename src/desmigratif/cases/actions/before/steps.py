"""Taking the steps of a journey: go on, finish, hold, leave out by law, put right."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.cases.actions import keeping
from desmigratif.cases.actions.common import open_case_of, refuse_future, remember
from desmigratif.cases.actions.papers import bundling
from desmigratif.cases.actions.refusals import CannotTakeStep, ChangedMeanwhile
from desmigratif.cases.inputs import CorrectStep, HoldStep, LeaveOutStep, RecordStepResult, SendBundle, TakeStep
from desmigratif.cases.models import Case, CaseStep, StepCorrection, StepState
from desmigratif.cases.queries.before.steps import standings_of, steps_of
from desmigratif.cases.rules import journey as rules
from desmigratif.cases.rules.journey import Journey, Step, journey_on
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason

OWN_PAGE = {
    "information": "Catat penjelasan di halamannya sendiri.",
    "talk": "Catat pembicaraan keluarga.",
    "check": "Periksa tawarannya.",
    "letter": "Buat surat izinnya.",
    "departure": "Catat keberangkatannya.",
}
CHANGEABLE = ("done_on", "trips", "places_visited", "asked_again", "paid_rupiah", "paper_number", "valid_until")


@action("cases.take_step", Permission.CASE_OPEN)
def take_step(*, by: Actor, given: TakeStep, now: datetime) -> CaseStep:
    """Somebody has the papers now: the step goes on in their hands."""
    case, journey, _, row = step_to_move(by, given, now)
    if given.holder not in journey.holders:
        raise CannotTakeStep(Reason("unknown_holder", "Pilih siapa yang memegangnya sekarang.", field="holder"))
    row.state, row.reason = StepState.OPEN, ""
    row.holder, row.holder_since = given.holder, given.on
    keeping.keep(row)
    _remember(case, "case.step_taken", row, given.on, holder=row.holder)
    return row


@action("cases.record_step_result", Permission.CASE_OPEN)
def record_step_result(*, by: Actor, given: RecordStepResult, now: datetime) -> CaseStep:
    """A step is finished. What it took is counted; what rests on it begins."""
    case, _, step, row = step_to_move(by, given, now)
    reasons = _reasons_about_result(step, given)
    if reasons:
        raise CannotTakeStep(reasons)
    bundling.answered_by_hand(case, step.code, given.on)
    row = keeping.finish(
        case,
        step.code,
        given.on,
        elsewhere=given.elsewhere,
        trips=given.trips,
        places_visited=given.places_visited,
        paid_rupiah=given.paid_rupiah,
        paper_number=given.paper_number or "",
        valid_until=given.valid_until,
    )
    _remember(case, "case.step_done", row, given.on)
    return row


def _reasons_about_result(step: Step, given: RecordStepResult) -> list[Reason]:
    reasons = []
    if given.elsewhere and not step.elsewhere:
        text = "Langkah ini hanya bisa dilakukan di desa."
        reasons.append(Reason("not_elsewhere", text, citation=step.citation, field="elsewhere"))
    if given.valid_until is not None and given.valid_until < given.on:
        text = f"Dokumennya sudah habis berlaku {format_date(given.valid_until)}."
        reasons.append(Reason("expired", text, way_out="Perpanjang dulu, lalu catat yang baru.", field="valid_until"))
    return reasons


@action("cases.hold_step", Permission.CASE_OPEN)
def hold_step(*, by: Actor, given: HoldStep, now: datetime) -> CaseStep:
    """A step stands still: why, and in whose hands. Its clock runs on, so that it is seen."""
    case, journey, step, row = step_to_move(by, given, now)
    why = next((choice for choice in journey.held if choice.code == given.reason), None)
    if why is None or (given.holder is not None and given.holder not in journey.holders):
        raise CannotTakeStep(Reason("unknown_reason", "Pilih apa yang menahannya.", field="reason"))
    row.state, row.reason = StepState.HELD, why.code
    row.asked_again += why.asked_again
    if why.asked_again:
        bundling.returned_by_hand(case, step.code, given.on)
    if given.holder is not None:
        row.holder, row.holder_since = given.holder, given.on
    keeping.keep(row)
    _remember(case, "case.step_held", row, given.on, reason=why.code)
    return row


@action("cases.leave_out_step", Permission.CASE_OPEN)
def leave_out_step(*, by: Actor, given: LeaveOutStep, now: datetime) -> CaseStep:
    """The law does not ask for this step here; only the reasons of the regulations count."""
    case, journey, step, row = step_to_move(by, given, now)
    if reasons := rules.reasons_not_to_leave_out(journey, step.code, given.reason):
        raise CannotTakeStep(reasons)
    row.state, row.reason, row.done_on = StepState.LEFT_OUT, given.reason, given.on
    bundling.recall(case, step.code)
    keeping.keep(row)
    keeping.begin_next(case, given.on)
    keeping.move(case, journey)
    _remember(case, "case.step_left_out", row, given.on, reason=given.reason)
    return row


@action("cases.correct_step", Permission.CASE_OPEN)
def correct_step(*, by: Actor, given: CorrectStep, now: datetime) -> CaseStep:
    """Put right what was written of a finished step, with a reason; what stood before is kept."""
    require(by, Permission.CASE_OPEN, given.village_code)
    case = open_case_of(by, given.village_code, given.case_id)
    refuse_future(given.village_code, max(given.on, given.done_on or given.on), now, CannotTakeStep)
    journey, rows = journey_on(given.on), steps_of(case)
    row = rows.get(given.step)
    if row is None or row.state not in (StepState.DONE, StepState.LEFT_OUT):
        raise CannotTakeStep(Reason("not_finished", "Yang dibetulkan adalah langkah yang sudah selesai.", field="step"))
    _refuse_changed(row, given.seen)
    changes = _changes(row, given)
    if reasons := _reasons_not_to_correct(case, journey, rows, row, given, changes):
        raise CannotTakeStep(reasons)
    before = {name: _as_json(getattr(row, name)) for name in changes} | {"state": row.state}
    if given.reopen:
        keeping.reopen(case, row.step, given.on)
        row.refresh_from_db()
    else:
        _rewrite(case, journey.step(row.step), row, changes)
    after = {name: _as_json(getattr(row, name)) for name in changes} | {"state": row.state}
    StepCorrection.objects.create(
        village_code=case.village_code, step=row, at=now, actor_id=str(by.id), reason=given.reason, before=before,
        after=after,
    )  # fmt: skip
    _remember(case, "case.step_corrected", row, given.on, reason=given.reason)
    return row


def _changes(row: CaseStep, given: CorrectStep) -> dict[str, Any]:
    said = {name: getattr(given, name) for name in CHANGEABLE if name in given.model_fields_set}
    if "paper_number" in said:
        said["paper_number"] = said["paper_number"] or ""
    return {name: value for name, value in said.items() if value != getattr(row, name)}


def _reasons_not_to_correct(
    case: Case, journey: Journey, rows: dict[str, CaseStep], row: CaseStep, given: CorrectStep, changes: dict[str, Any]
) -> list[Reason]:
    if given.reason not in {choice.code for choice in journey.corrected}:
        return [Reason("unknown_reason", "Pilih mengapa dibetulkan.", field="reason")]
    step = journey.step(row.step)
    if given.reopen:
        on_top = rules.finished_on_top_of(journey, row.step, rules.finished(standings_of(case, rows)))
        if step.written != "form":
            return [Reason("own_page", f"Langkah ini tidak dibuka lagi dari sini. {OWN_PAGE[step.written]}")]
        names = ", ".join(other.title for other in on_top[:3])
        text = f"Belum bisa dibuka lagi: {names} sudah selesai di atasnya."
        return [Reason("others_rest_on_it", text, way_out="Buka lagi langkah itu dulu.")] if on_top else []
    if not changes:
        return [Reason("nothing_changed", "Tidak ada yang berubah.", field="reason")]
    if "done_on" in changes and (changes["done_on"] is None or changes["done_on"] < row.since):
        text = f"Tanggal selesai tidak boleh sebelum {format_date(row.since)}, saat langkah ini dimulai."
        return [Reason("before_it_began", text, field="done_on")]
    if changes.get("asked_again", 0) is None:
        return [Reason("number_missing", "Tulis berapa kali; 0 bila tidak pernah.", field="asked_again")]
    return []


def _rewrite(case: Case, step: Step, row: CaseStep, changes: dict[str, Any]) -> None:
    if row.state == StepState.DONE:
        keeping.count(case, step, row, -1)
    for name, value in changes.items():
        setattr(row, name, value)
    keeping.keep(row)
    if row.state == StepState.DONE:
        keeping.count(case, step, row, 1)


def _as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def step_to_move(
    by: Actor, given: TakeStep | RecordStepResult | HoldStep | LeaveOutStep | SendBundle, now: datetime
) -> tuple[Case, Journey, Step, CaseStep]:
    """The case (locked), its journey, the step and its row, when something may be written to it. Raises `Refusal`."""
    require(by, Permission.CASE_OPEN, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotTakeStep)
    case = open_case_of(by, given.village_code, given.case_id)
    journey, rows = journey_on(given.on), steps_of(case)
    if given.step in rows:
        _refuse_changed(rows[given.step], given.seen)
    reasons = rules.reasons_not_to_take_step(
        journey, given.step, standings_of(case, rows), state=case.state, on=given.on, opened_on=case.opened_on
    )
    step = journey.find(given.step)
    if not reasons and step is not None and step.written != "form":
        text = f"Langkah {step.title} dicatat di halamannya sendiri."
        reasons = [Reason("own_page", text, way_out=OWN_PAGE[step.written])]
    if reasons or step is None:
        raise CannotTakeStep(reasons)
    return case, journey, step, keeping.row_of(case, step, given.on)


def _refuse_changed(row: CaseStep, seen: int) -> None:
    """Two officers at once: the second is told what stands now, and writes again knowing it."""
    if row.version == seen:
        return
    said = StepState(row.state).label.lower()
    when = f" {format_date(row.done_on)}" if row.done_on else ""
    raise ChangedMeanwhile(
        Reason(
            "changed_meanwhile",
            f"Langkah ini sudah diubah petugas lain sejak halaman ini dibuka; sekarang: {said}{when}.",
            way_out="Isian Anda masih di sini. Bandingkan, lalu simpan sekali lagi bila memang perlu.",
        )
    )


def _remember(case: Case, event: str, row: CaseStep, on: date, **words: Any) -> None:
    """Event, change and a line in the household's history; the event says which step, never what was found."""
    remember(case, event, on, subjects=[Subject("case_step", row.id)], step=row.step, **words)
    unit.changed("cases.casestep", case.village_code, row.id)
