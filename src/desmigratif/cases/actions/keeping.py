"""Keeping the steps of a case: what every action that moves one does. Called inside an action's own unit."""

from __future__ import annotations

from datetime import date
from typing import Any

from desmigratif.audit import memory, unit
from desmigratif.cases.actions.abroad import stays
from desmigratif.cases.actions.refusals import CannotTakeStep
from desmigratif.cases.models import ABROAD, ENDED, Case, CaseState, CaseStep, StepState
from desmigratif.cases.queries.before.steps import standings_of, steps_of
from desmigratif.cases.rules import measures
from desmigratif.cases.rules.journey import Journey, Step, journey_on, next_steps, reasons_not_to_move, state_of
from desmigratif.shared import working_days

CLEARANCE, DEPARTURE, INFORMATION = "family_permission", "departure", "information"


def begin_next(case: Case, on: date) -> None:
    """Open every step that can be taken now and was not yet: its clock starts."""
    journey, rows = journey_on(on), steps_of(case)
    for step in next_steps(journey, standings_of(case, rows)):
        if step.code not in rows:
            _open(case, step, on)


def _open(case: Case, step: Step, on: date) -> CaseStep:
    due_on = None
    if step.due_days is not None:
        due_on = working_days.after(on, step.due_days, working_days.closed_days(on, on))
    row = CaseStep.objects.create(
        village_code=case.village_code,
        case=case,
        step=step.code,
        since=on,
        due_on=due_on,
        holder=step.holder,
        holder_since=on,
    )
    unit.changed("cases.casestep", case.village_code, row.id)
    return row


def row_of(case: Case, step: Step, on: date) -> CaseStep:
    """The row of a step, made when there is none yet."""
    return steps_of(case).get(step.code) or _open(case, step, on)


def finish(case: Case, code: str, on: date, **facts: Any) -> CaseStep:
    """Write that a step is done, count it, open what follows and move the case. `facts` are fields of the row."""
    journey = journey_on(on)
    row = row_of(case, journey.step(code), on)
    if row.state == StepState.DONE:
        count(case, journey.step(code), row, -1)  # written anew: a second check, a second letter
    for name, value in facts.items():
        setattr(row, name, value)
    row.state, row.done_on, row.reason = StepState.DONE, on, facts.get("reason", "")
    row.since = min(row.since, on)
    keep(row)
    count(case, journey.step(code), row, 1)
    begin_next(case, on)
    move(case, journey)
    return row


def reopen(case: Case, code: str, on: date) -> None:
    """A step that was finished is not any more: a new check stopped the offer, the family changed its mind."""
    journey, row = journey_on(on), steps_of(case).get(code)
    if row is not None and row.state in (StepState.DONE, StepState.LEFT_OUT):
        if row.state == StepState.DONE:
            count(case, journey.step(code), row, -1)
        row.state, row.done_on, row.elsewhere, row.reason = StepState.OPEN, None, False, ""
        keep(row)
    move(case, journey)


def keep(row: CaseStep) -> None:
    row.version += 1
    row.save()
    unit.changed("cases.casestep", row.village_code, row.id)


def move(case: Case, journey: Journey) -> None:
    """The case stands where its finished steps put it; one that ended, or went on after the departure, stays there."""
    rows = steps_of(case)
    if case.state in ENDED or case.found_abroad or case.state in {one.code for one in journey.later_states}:
        return
    done = {code for code, row in rows.items() if row.state in (StepState.DONE, StepState.LEFT_OUT)}
    case.state = state_of(journey, done)
    case.version += 1
    case.save(update_fields=["state", "version"])


def go_on(case: Case, to: CaseState, on: date) -> None:
    """A migration goes on after its departure: trouble, silence, the way home. The data say from where; the caller
    says so in the memory. Raises `CannotTakeStep`."""
    if reasons := reasons_not_to_move(journey_on(on), case.state, to):
        raise CannotTakeStep(reasons)
    case.state = to
    if case.state in ENDED:
        case.closed_on = on
    case.version += 1
    case.save(update_fields=["state", "closed_on", "version"])
    unit.changed("cases.case", case.village_code, case.id)
    if case.state not in ABROAD:
        stays.leave(case, on)


def at_work_again(case: Case, on: date) -> None:
    """Trouble or silence is over: at work, as before or in a contract that goes on."""
    go_on(case, CaseState.EXTENDED if stays.is_extended(case) else CaseState.WORKING, on)


def count(case: Case, step: Step, row: CaseStep, sign: int) -> None:
    """Append what a finished step says to the measures of village and country; -1 takes it back."""
    assert row.done_on is not None, "only a finished step counts"  # noqa: S101
    how = measures.Finished(
        due_on=row.due_on, done_on=row.done_on, trips=row.trips, asked_again=row.asked_again, paid=row.paid_rupiah,
        free=step.free, elsewhere=row.elsewhere,
    )  # fmt: skip
    for code, met in measures.of_step(how).items():
        memory.add_fact(
            code, case.village_code, row.done_on, numerator=sign * int(met), denominator=sign,
            key=f"{case.country}:{row.id}",
        )  # fmt: skip
    if step.code in (CLEARANCE, DEPARTURE):
        _count_days(case, row, sign)
    if step.code in (CLEARANCE, INFORMATION):
        _count_informed(case, row, sign)


def _count_informed(case: Case, row: CaseStep, sign: int) -> None:
    """A3: of those with a village letter, in its month, who was told everything; whichever of the two came first."""
    rows = {**steps_of(case), row.step: row}
    cleared, informed = done_on(rows.get(CLEARANCE)), done_on(rows.get(INFORMATION))
    if cleared is not None:
        of = sign * int(row.step == CLEARANCE)
        met = sign * int(informed is not None)
        memory.add_fact("A3", case.village_code, cleared, numerator=met, denominator=of, key=str(case.id))


def _count_days(case: Case, row: CaseStep, sign: int) -> None:
    """Days from the intention to the clearance (A10) and from there to the departure (A11), each with the one it is
    of, so that a median can be made."""
    rows = {**steps_of(case), row.step: row}
    cleared = done_on(rows.get(CLEARANCE))
    left = done_on(rows.get(DEPARTURE))
    if row.step == CLEARANCE and cleared is not None:
        _add_days("A10", case, cleared, (cleared - case.opened_on).days, sign)
    if cleared is not None and left is not None:
        _add_days("A11", case, left, (left - cleared).days, sign)


def done_on(row: CaseStep | None) -> date | None:
    return row.done_on if row is not None and row.state == StepState.DONE else None


def _add_days(code: str, case: Case, on: date, days: int, sign: int) -> None:
    memory.add_fact(
        code, case.village_code, on, numerator=sign * days, denominator=sign, key=f"{case.country}:{case.id}"
    )
