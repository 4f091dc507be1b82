"""What the public page reads of a journey: facts of its steps, its letter and its last contact, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desmigratif.cases.models import ABROAD, Case, CaseStep, LetterRequest, StatusCode, Stay, StepState
from desmigratif.cases.queries.before.steps import letter_holds, standings_of, steps_of
from desmigratif.cases.rules.journey import Journey, Step, journey_on, next_steps
from desmigratif.cases.status_sealing import code_index
from desmigratif.people.models import LifeStatus
from desmigratif.people.queries.moves import records_here

_GONE = (LifeStatus.DEAD, LifeStatus.MOVED, LifeStatus.INVALID)


@dataclass(frozen=True, slots=True)
class JourneyFacts:
    """What may be told of one journey. `step` and `row`: the step to do now, while the person is at home."""

    case: Case
    until: date
    journey: Journey
    step: Step | None
    row: CaseStep | None
    letter_holds: bool
    asked: LetterRequest | None
    heard_at: datetime | None

    @property
    def village_code(self) -> str:
        return self.case.village_code


def case_behind(code: str, born: date, today: date) -> StatusCode | None:
    """The plan of a code that holds and of its candidate's birth date, in one look: wrong ones cost what right ones do.

    Whose record here is closed is found no more.
    """
    holds = StatusCode.objects.everywhere().filter(code_index=code_index(code), until__gte=today)
    row = holds.filter(case__resident__birth_date=born).select_related("case__resident").first()
    if row is None or records_here(row.case.resident)[0].life_status in _GONE:
        return None
    return row


def journey_behind(code: str, born: date, today: date) -> JourneyFacts | None:
    found = case_behind(code, born, today)
    if found is None:
        return None
    case, here, journey = found.case, found.village_code, journey_on(today)
    rows, holds = steps_of(case), letter_holds(case)
    following = next_steps(journey, standings_of(case, rows, holds=holds))
    able = [step for step in following if step.code in rows]
    running = [step for step in able if rows[step.code].state != StepState.HELD]
    step = next(iter(running or able), None)
    stay = Stay.objects.in_village(here).filter(case=case).first() if case.state in ABROAD else None
    return JourneyFacts(
        case=case,
        until=found.until,
        journey=journey,
        step=step,
        row=rows[step.code] if step else None,
        letter_holds=holds,
        asked=LetterRequest.objects.in_village(here).filter(case=case).order_by("-asked_on", "-id").first(),
        heard_at=stay.heard_at if stay else None,
    )
