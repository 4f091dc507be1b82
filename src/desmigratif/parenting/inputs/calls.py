"""Inputs about calls with parents abroad. `None` is unknown."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from pydantic import Field

from desmigratif.parenting.inputs.common import MaybeCode, VillageCode
from desmigratif.shared.inputs import Input


class AgreeCall(Input):
    """On which evenings a child and its parent talk, by the parent's clock. An older agreement ends."""

    slot_id: UUID
    child_id: UUID
    village_code: str = VillageCode
    country: str = Field(pattern=r"^[A-Z]{3}$")
    time_zone: str | None = Field(default=None, max_length=40)
    weekdays: tuple[int, ...] = Field(min_length=1, max_length=7)
    at: time
    on: date


class RecordCall(Input):
    """An agreed call happened, or was missed and why."""

    call_id: UUID
    slot_id: UUID
    village_code: str = VillageCode
    due_at: datetime
    missed_because: str | None = MaybeCode
