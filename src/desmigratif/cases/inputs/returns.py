"""Inputs about coming back."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from desmigratif.cases.inputs.common import VillageCode
from desmigratif.cases.rules.offer.input import Job
from desmigratif.shared.inputs import Input

Code = Field(pattern=r"^[a-z_]{2,20}$")


class RecordReturn(Input):
    """Somebody came back, or news of it came. Without a plan that stands abroad, `case_id` is that of a new one."""

    return_id: UUID
    village_code: str = VillageCode
    resident_id: UUID
    case_id: UUID
    on: date
    returned_on: date
    kind: Literal["normal", "problem", "deported", "sick", "dead"]
    cause: str = Code
    source: str = Code
    teller: str | None = Field(default=None, max_length=200)
    travel_paper: Literal["passport", "splp", "none"] | None = None
    country: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    note: str | None = Field(default=None, max_length=2000)


class WithdrawReturn(Input):
    """What was told of a return proves wrong; reasons are those of regulations/journey.yaml, `corrected`."""

    return_id: UUID
    village_code: str = VillageCode
    on: date
    reason: str = Code


class ConfirmOrigin(Input):
    """Somebody confirms whose child this is."""

    origin_id: UUID
    village_code: str = VillageCode
    return_id: UUID
    on: date
    confirmed_by: str = Code
    confirmer: str | None = Field(default=None, max_length=200)
    proofs: tuple[str, ...] = Field(max_length=12)


class AssessNeeds(Input):
    """What somebody who came back says they need, and what they want."""

    assessment_id: UUID
    village_code: str = VillageCode
    return_id: UUID
    on: date
    needs: tuple[str, ...] = Field(max_length=20)
    wish: Literal["stay", "go_again", "unsure"] | None = None
    note: str | None = Field(default=None, max_length=2000)


class PlanReintegration(Input):
    """Steps that the returnee chose; each is due by its own number of days, or all on one day."""

    return_id: UUID
    village_code: str = VillageCode
    on: date
    steps: tuple[str, ...] = Field(max_length=20)
    target_on: date | None = None


class FinishPlanStep(Input):
    """A step of a plan came to its end."""

    step_id: UUID
    village_code: str = VillageCode
    on: date
    outcome: Literal["done", "declined", "not_possible"]


class RecordAftercare(Input):
    """A visit months after the return: what was found, or that nobody was met."""

    aftercare_id: UUID
    village_code: str = VillageCode
    on: date
    met: bool
    answers: dict[str, int] = Field(default_factory=dict, max_length=12)


class RecordExperience(Input):
    """How it was with the agency and the recruiter. `complaint` is one of a recruiter's (see `ReportBroker`)."""

    record_id: UUID
    village_code: str = VillageCode
    return_id: UUID
    on: date
    agency: str | None = Field(default=None, max_length=200)
    promises_kept: bool | None = None
    paid_more: bool | None = None
    papers_held: bool | None = None
    would_recommend: bool | None = None
    broker_record_id: UUID
    broker_name: str | None = Field(default=None, min_length=2, max_length=100)
    broker_phone: str | None = Field(default=None, max_length=30)
    complaint: (
        Literal["money", "false_promise", "fake_papers", "papers_kept", "not_placed", "other_job", "pressure"] | None
    ) = None
    story: str | None = Field(default=None, max_length=2000)


class SettleReturn(Input):
    """The returnee has found their place in the village: the migration is over."""

    return_id: UUID
    village_code: str = VillageCode
    on: date


class MigrateAgain(Input):
    """The returnee wants to leave again: this migration ends, a new one begins and remembers it."""

    return_id: UUID
    village_code: str = VillageCode
    new_case_id: UUID
    on: date
    country: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    job: Job | None = None
