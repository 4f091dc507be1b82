"""Inputs about a plan: opening, checking, talking, the letter, leaving."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from desmigratif.cases.inputs.abroad import StayFacts
from desmigratif.cases.inputs.common import VillageCode
from desmigratif.cases.rules.offer.input import EmployerType, Giver, Job, OfferCheckInput, Permission
from desmigratif.documents.inputs import RevocationReason
from desmigratif.shared.inputs import FileContent, Input


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
    # Sealed for the coordinator before it came through the door, full or empty. No part of the digest or of what a
    # review keeps: the same act sent twice is sealed twice, and nobody can tell from a receipt what it held.
    envelope: FileContent | None = Field(default=None, exclude=True, repr=False)


class IssueFamilyPermission(Input):
    """Write the family's permission as a numbered, signed letter. With `replaces`, that letter is taken back in the
    same act, for `reason`."""

    letter_id: UUID
    village_code: str = VillageCode
    case_id: UUID
    on: date
    agency: str | None = Field(default=None, max_length=200)
    contract_months: int | None = Field(default=None, ge=1, le=120)
    what_was_checked: str | None = Field(default=None, max_length=1000)
    replaces: UUID | None = None
    reason: RevocationReason | None = None


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


class RecordDeparture(Input):
    """Somebody leaves, or has left. The offer is screened once more; `left_anyway`: gone in spite of a stop.

    `stay`: with whom, where, and who is told at home. `hand_overs`: what the family wants of the other services.
    """

    case_id: UUID
    village_code: str = VillageCode
    check_id: UUID
    seen: int = Field(ge=0)
    on: date
    left_anyway: bool = False
    agreed_contact_days: int | None = Field(default=None, ge=1, le=365)
    caregiver_named: bool | None = None
    note: str | None = Field(default=None, max_length=2000)
    stay: StayFacts | None = None
    hand_overs: tuple[Literal["children_left_behind", "spouse_training", "saving_plan"], ...] = ()
