"""Inputs about paper sheets."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from desmigratif.cases.inputs.cases import CheckOffer, OpenCase, RecordDeparture, RecordFamilyTalk
from desmigratif.cases.inputs.common import VillageCode
from desmigratif.cases.inputs.visits import RecordVisit
from desmigratif.shared.inputs import Input

SheetKind = Literal["visit", "intention", "offer", "talk", "departure"]


class PrintSheets(Input):
    """A stack of blank sheets of one kind."""

    batch_id: UUID
    village_code: str = VillageCode
    on: date
    kind: SheetKind
    count: int = Field(ge=1, le=50)


class EnterSheet(Input):
    """What stands on one sheet, as the act of its kind: exactly one of the five."""

    village_code: str = VillageCode
    on: date
    number: str = Field(min_length=1, max_length=30)
    visit: RecordVisit | None = None
    intention: OpenCase | None = None
    offer: CheckOffer | None = None
    talk: RecordFamilyTalk | None = None
    departure: RecordDeparture | None = None


class SpoilSheet(Input):
    """A sheet that will never be entered."""

    village_code: str = VillageCode
    on: date
    number: str = Field(min_length=1, max_length=30)
    because: Literal["torn", "miswritten", "badly_printed", "lost"]
