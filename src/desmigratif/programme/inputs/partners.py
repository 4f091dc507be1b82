"""Inputs about bodies that help, their pledges, tasks, minutes and money."""

from __future__ import annotations

from datetime import date
from typing import Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from desmigratif.shared.inputs import Input, VillageCode

MOST_RUPIAH = 10**13


class AddPartner(Input):
    """A body that helps villages of a region."""

    partner_id: UUID
    region_code: str = Field(min_length=2, max_length=13)
    kind: str = Field(min_length=1, max_length=20)
    name: str = Field(min_length=3, max_length=120)


class SeatPartner(Input):
    """An account signs in for a body from a day on; no account: whoever sat there sits there no longer."""

    partner_id: UUID
    seat_id: UUID
    user_id: UUID | None = None
    on: date


class RecordPledge(Input):
    """What a body will bring to a village for one pillar in one year."""

    village_code: VillageCode
    pledge_id: UUID
    partner_id: UUID
    pillar: str = Field(min_length=1, max_length=20)
    year: int = Field(ge=2016, le=2100)
    what: str = Field(min_length=3, max_length=160)
    amount_rupiah: int | None = Field(default=None, gt=0, le=MOST_RUPIAH)
    on: date


class SayDelivered(Input):
    """The giver says that it was handed over; the village still has to say so."""

    village_code: VillageCode
    pledge_id: UUID
    on: date


class AnswerPledge(Input):
    """The village says whether it came."""

    village_code: VillageCode
    pledge_id: UUID
    outcome: Literal["received", "partly", "not_received"]
    remark: str = Field(default="", max_length=200)
    on: date


class RecordMinutes(Input):
    """A visit, a meeting or a yearly review, with what was said."""

    village_code: VillageCode
    minutes_id: UUID
    kind: Literal["visit", "meeting", "review"]
    on: date
    partner_id: UUID | None = None
    present: str = Field(default="", max_length=200)
    said: str = Field(min_length=3, max_length=1000)


class ShareTask(Input):
    """Somebody takes something on, due after so many working days."""

    village_code: VillageCode
    task_id: UUID
    what: str = Field(min_length=3, max_length=160)
    owner: Literal["village", "regency", "partner"]
    partner_id: UUID | None = None
    days: int = Field(ge=1, le=120)
    on: date

    @model_validator(mode="after")
    def one_owner(self) -> Self:
        if (self.owner == "partner") != (self.partner_id is not None):
            raise ValueError("Sebutkan lembaganya, atau pilih desa atau kabupaten.")
        return self


class FinishTask(Input):
    """It is done, and what came of it."""

    village_code: VillageCode
    task_id: UUID
    result: str = Field(default="", max_length=200)
    on: date


class SetBudget(Input):
    """What one source gave in a year and what was spent until a day; written again it brings the line up to date."""

    village_code: VillageCode
    line_id: UUID
    year: int = Field(ge=2016, le=2100)
    source: str = Field(min_length=1, max_length=20)
    allotted_rupiah: int = Field(ge=0, le=MOST_RUPIAH)
    spent_rupiah: int = Field(ge=0, le=MOST_RUPIAH)
    on: date
    remark: str = Field(default="", max_length=200)
