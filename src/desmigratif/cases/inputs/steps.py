"""Inputs about steps, what was told, and costs."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from desmigratif.cases.inputs.common import Few, StepCode, VillageCode
from desmigratif.cases.rules.offer.input import Component
from desmigratif.shared.inputs import Input


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


class RecordInformation(Input):
    """What a candidate was told, and whether they say that they got it."""

    case_id: UUID
    village_code: str = VillageCode
    on: date
    topics: tuple[str, ...]
    received: bool = False


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
