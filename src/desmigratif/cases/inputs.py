"""Inputs of the service centre's actions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from desmigratif.cases.rules.offer_input import Component, EmployerType, Giver, Job, OfferCheckInput, Permission
from desmigratif.shared.inputs import Input

Place = Literal["hall", "home", "event", "phone"]
Purpose = Literal[
    "ask_information", "report_intention", "offer", "letter", "papers", "trouble", "return", "other"
]  # fmt: skip
VillageCode = Field(pattern=r"^\d\d\.\d\d\.\d\d\.\d{4}$")


class RecordVisit(Input):
    """Somebody came, or was met; `waiting` puts them on today's list instead of closing the visit."""

    visit_id: UUID
    village_code: str = VillageCode
    on: date
    came_at: datetime | None = None
    resident_id: UUID | None = None
    visitor_name: str | None = Field(default=None, max_length=100)
    place: Place = "hall"
    purpose: Purpose
    topics: tuple[str, ...] = ()
    note: str | None = Field(default=None, max_length=2000)
    waiting: bool = False


class FinishVisit(Input):
    """The visitor was served: which topics were explained, and a note."""

    visit_id: UUID
    village_code: str = VillageCode
    topics: tuple[str, ...] = ()
    note: str | None = Field(default=None, max_length=2000)


class OpenCase(Input):
    """A resident says: I want to work abroad."""

    case_id: UUID
    village_code: str = VillageCode
    resident_id: UUID
    on: date
    country: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    job: Job | None = None
    employer_type: EmployerType | None = None


class WithdrawCase(Input):
    """The candidate changed their mind: a right, without a reason."""

    case_id: UUID
    village_code: str = VillageCode
    on: date


class CheckOffer(Input):
    """One safety screening; what the register knows of the candidate stands above what was typed."""

    check_id: UUID
    village_code: str = VillageCode
    case_id: UUID
    on: date
    answers: OfferCheckInput


class RecordFamilyTalk(Input):
    """The talk with the family, and with the candidate alone."""

    talk_id: UUID
    village_code: str = VillageCode
    case_id: UUID
    on: date
    permission: Permission
    giver_capacity: Giver | None = None
    giver_id: UUID | None = None
    giver_name: str | None = Field(default=None, max_length=100)
    disputed: bool | None = None
    pressure: bool | None = None
    candidate_confirms_alone: bool | None = None
    note: str | None = Field(default=None, max_length=2000)


class IssueFamilyPermission(Input):
    """Write the family's permission as a numbered, signed letter."""

    letter_id: UUID
    village_code: str = VillageCode
    case_id: UUID
    on: date
    agency: str | None = Field(default=None, max_length=200)
    contract_months: int | None = Field(default=None, ge=1, le=120)
    what_was_checked: str | None = Field(default=None, max_length=1000)


StepCode = Field(pattern=r"^[a-z_]{3,30}$")
Few = Field(default=None, ge=0, le=99)


class TakeStep(Input):
    """A step goes on, in these hands. `seen` is the version of the step that the officer looked at (0: none yet)."""

    case_id: UUID
    village_code: str = VillageCode
    step: str = StepCode
    seen: int = Field(ge=0)
    on: date
    holder: str = StepCode


class RecordStepResult(Input):
    """A step is finished: on which day, after how many trips to how many places, for how many rupiah."""

    case_id: UUID
    village_code: str = VillageCode
    step: str = StepCode
    seen: int = Field(ge=0)
    on: date
    elsewhere: bool = False
    trips: int | None = Few
    places_visited: int | None = Few
    paid_rupiah: int | None = Field(default=None, ge=0, le=10**12)
    paper_number: str | None = Field(default=None, max_length=60)
    valid_until: date | None = None


class HoldStep(Input):
    """A step stands still, for a reason from the list."""

    case_id: UUID
    village_code: str = VillageCode
    step: str = StepCode
    seen: int = Field(ge=0)
    on: date
    reason: str = StepCode
    holder: str | None = Field(default=None, pattern=r"^[a-z_]{3,30}$")


class LeaveOutStep(Input):
    """The law does not ask for this step here."""

    case_id: UUID
    village_code: str = VillageCode
    step: str = StepCode
    seen: int = Field(ge=0)
    on: date
    reason: str = StepCode


class CorrectStep(Input):
    """What was written of a finished step was wrong; what is left out stays. `reopen`: it is not finished at all."""

    case_id: UUID
    village_code: str = VillageCode
    step: str = StepCode
    seen: int = Field(ge=1)
    on: date
    reason: str = StepCode
    reopen: bool = False
    done_on: date | None = None
    trips: int | None = Few
    places_visited: int | None = Few
    asked_again: int | None = Few
    paid_rupiah: int | None = Field(default=None, ge=0, le=10**12)
    paper_number: str | None = Field(default=None, max_length=60)
    valid_until: date | None = None


class ExitCase(Input):
    """The journey ends by a side exit."""

    case_id: UUID
    village_code: str = VillageCode
    on: date
    exit: Literal["WITHDREW", "UNFIT", "REJECTED", "FAILED_DEPARTURE", "DIED"]


class RecordFoundAbroad(Input):
    """Somebody is abroad already and nobody wrote it down: with or without papers, since when if known."""

    case_id: UUID
    village_code: str = VillageCode
    resident_id: UUID
    on: date
    country: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    job: Job | None = None
    employer_type: EmployerType | None = None
    departed_on: date | None = None
    procedural_status: Literal["PROCEDURAL", "NON_PROCEDURAL", "UNKNOWN"] = "UNKNOWN"


class RecordInformation(Input):
    """What a candidate was told, and whether they say that they got it."""

    case_id: UUID
    village_code: str = VillageCode
    on: date
    topics: tuple[str, ...]
    received: bool = False


class RecordDeparture(Input):
    """Somebody leaves, or has left. The offer is screened once more; `left_anyway`: gone in spite of a stop."""

    case_id: UUID
    village_code: str = VillageCode
    check_id: UUID
    seen: int = Field(ge=0)
    on: date
    left_anyway: bool = False
    agreed_contact_days: int | None = Field(default=None, ge=1, le=365)
    caregiver_named: bool | None = None
    note: str | None = Field(default=None, max_length=2000)


class RecordCost(Input):
    """What was asked or paid for one thing; one of both must be known."""

    cost_id: UUID
    case_id: UUID
    village_code: str = VillageCode
    on: date
    component: Component
    asked_rupiah: int | None = Field(default=None, ge=0, le=10**12)
    paid_rupiah: int | None = Field(default=None, ge=0, le=10**12)
    evidence: str | None = Field(default=None, max_length=1000)


class StrikeOutCost(Input):
    """A cost was written wrongly: it stays, struck out, with a reason."""

    cost_id: UUID
    village_code: str = VillageCode
    on: date
    reason: str = StepCode


class AskForLetter(Input):
    """A candidate asks for the letter; from here the village's clock runs."""

    request_id: UUID
    case_id: UUID
    village_code: str = VillageCode
    on: date


class RefuseLetter(Input):
    """The letter is refused, for a lawful reason that holds."""

    request_id: UUID
    village_code: str = VillageCode
    on: date
    reason: str = StepCode


class MakeObjection(Input):
    """The candidate objects to a refusal or to silence."""

    objection_id: UUID
    request_id: UUID
    village_code: str = VillageCode
    on: date
    story: str | None = Field(default=None, max_length=2000)


class AnswerObjection(Input):
    """The regency's answer, in words the candidate can read."""

    objection_id: UUID
    village_code: str = VillageCode
    on: date
    answer: Literal["upheld", "dismissed"]
    explanation: str = Field(min_length=10, max_length=2000)
