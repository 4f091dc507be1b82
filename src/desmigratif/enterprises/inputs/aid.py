"""Inputs about help given to a group."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from desmigratif.people.inputs import VillageCode
from desmigratif.shared.inputs import FileContent, Input

Code = Annotated[str, Field(max_length=20)]
Note = Annotated[str, Field(max_length=200)]


class RecordNeeds(Input):
    """What a group asks for, and whether it could use it: question -> yes, no, unknown."""

    needs_id: UUID
    village_code: VillageCode
    group_id: UUID
    item: str = Field(min_length=2, max_length=80)
    purpose: str = Field(min_length=3, max_length=200)
    answers: Annotated[dict[Code, bool | None], Field(max_length=20)]
    on: date


class PromiseHelp(Input):
    """A giver promises something; `needs_id` is the sheet that it answers."""

    asset_id: UUID
    village_code: VillageCode
    group_id: UUID
    needs_id: UUID | None = None
    kind: Code
    name: str = Field(min_length=2, max_length=80)
    giver_kind: Code
    giver: str = Field(min_length=2, max_length=100)
    value_rupiah: int
    despite: Note = ""
    expected_on: date | None = None
    on: date


class HandHelpOver(Input):
    """What was promised came, and a member of the group signed for it."""

    village_code: VillageCode
    asset_id: UUID
    check_id: UUID
    receiver_id: UUID
    serial: str = Field(default="", max_length=60)
    condition: Code = ""
    usable: bool | None = None
    because: Code = ""
    on: date


class CheckAsset(Input):
    """How a thing was found, with a photo if one was taken. `tell_giver`: a fault ticket goes to the giver."""

    village_code: VillageCode
    asset_id: UUID
    check_id: UUID
    condition: Code
    usable: bool
    because: Code = ""
    note: Note = ""
    photo_id: UUID | None = None
    photo: FileContent | None = None
    tell_giver: bool = False
    ticket_id: UUID | None = None
    on: date


class AnswerFault(Input):
    """What the giver says to a fault, or that it was made good."""

    village_code: VillageCode
    ticket_id: UUID
    check_id: UUID
    answer: Code
    note: Note = ""
    on: date
