"""Inputs of the service centre's actions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from desmigratif.cases.rules.offer_input import EmployerType, Giver, Job, OfferCheckInput, Permission
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
