"""Inputs of a unit's surplus that goes up to its cooperative."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from desmigratif.cooperative.inputs.year.closing import Year
from desmigratif.shared.inputs import Input


class HandUpSurplus(Input):
    """Offer a unit's surplus of a closed year to its cooperative. `cooperative_id` is the unit."""

    hand_up_id: UUID
    cooperative_id: UUID
    year: int = Year


class TakeInSurplus(Input):
    """Enter in both books what a unit offered; the ids are those of the entry in the unit's and in the head's."""

    cooperative_id: UUID
    hand_up_id: UUID
    entry_id: UUID
    head_entry_id: UUID
    on: date


class TakeBackSurplus(Input):
    """Undo it while the members have not decided: what stands in the books gets its mirror in both."""

    cooperative_id: UUID
    hand_up_id: UUID
    entry_id: UUID
    head_entry_id: UUID
    on: date
    reason: str = Field(min_length=3, max_length=160)
