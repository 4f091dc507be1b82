"""Inputs about visits."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from desmigratif.cases.inputs.common import VillageCode
from desmigratif.shared.inputs import Input

Place = Literal["hall", "home", "event", "phone"]


Purpose = Literal[
    "ask_information", "report_intention", "offer", "letter", "papers", "trouble", "return", "other"
]  # fmt: skip


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
