"""Inputs about somebody's time abroad."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from desmigratif.cases.inputs.common import VillageCode
from desmigratif.shared.inputs import Input

Short = Annotated[str, Field(max_length=120)]
Weekday = Annotated[int, Field(ge=0, le=6)]


class StayFacts(Input):
    """With whom and where somebody works, who is told at home, who cares for the
    children, when they are to be heard of; None = not known."""

    employer: Short | None = None
    address: str | None = Field(default=None, max_length=300)
    phone: Short | None = None
    time_zone: str | None = Field(default=None, max_length=40)
    kin_id: UUID | None = None
    kin_name: Short | None = None
    kin_phone: Short | None = None
    caregiver_name: Short | None = None
    caregiver_relation: Short | None = None
    contact_weekdays: tuple[Weekday, ...] | None = None
    contact_time: time | None = None
    contract_until: date | None = None
    cover_until: date | None = None


class RecordStay(Input):
    """What is known of a stay, as it is now; what is left out stays as it was."""

    case_id: UUID
    village_code: str = VillageCode
    seen: int = Field(ge=0)
    on: date
    country: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    agreed_contact_days: int | None = Field(default=None, ge=1, le=365)
    facts: StayFacts = StayFacts()


class ReportToMission(Input):
    """The worker reported to the mission of Indonesia."""

    case_id: UUID
    village_code: str = VillageCode
    on: date
    how: Literal["visit", "online", "message", "agency"]


class RecordContact(Input):
    """Somebody was heard of, or it was tried in vain. `at` is the village's clock; None = some time that day.

    `lost`: whoever was asked knows nothing either, so the worker is looked for.
    """

    contact_id: UUID
    case_id: UUID
    village_code: str = VillageCode
    on: date
    at: time | None = None
    source: Literal["worker", "family", "friend", "mission", "nobody"]
    passport_taken: bool | None = None
    ransom_asked: bool | None = None
    lost: bool = False
    note: str | None = Field(default=None, max_length=2000)


class ChangeContract(Input):
    """A contract goes on, moves to another employer, or changes. `paid`: the months more are insured."""

    change_id: UUID
    case_id: UUID
    village_code: str = VillageCode
    on: date
    kind: Literal["extension", "employer", "both", "terms"]
    until: date | None = None
    paid: bool | None = None
    employer: Short | None = None
    address: str | None = Field(default=None, max_length=300)
    note: str | None = Field(default=None, max_length=2000)


class NoteRemittance(Input):
    """What a family wants to tell of the money sent home. `willing`: they were asked whether they want to."""

    note_id: UUID
    case_id: UUID
    village_code: str = VillageCode
    on: date
    willing: bool = False
    band: str = Field(pattern=r"^[a-z0-9_]{2,20}$")
    uses: tuple[str, ...] = ()


class RaiseOverdue(Input):
    """What waited too long in a village is brought to its regency."""

    village_code: str = VillageCode
    on: date


class ReviewStays(Input):
    """What time did to the stays of a village: silence that became an alarm, facts that are no longer fresh."""

    village_code: str = VillageCode
    on: date
