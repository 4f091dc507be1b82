"""Inputs of closing a book year, and of what is used up over many."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from desmigratif.cooperative.inputs.ledger import AMOUNT
from desmigratif.shared.inputs import Input

Year = Field(ge=1945, le=2200)


class CloseYear(Input):
    """Close a book year with its December. `entry_id` is the entry that brings its SHU to what is not divided yet."""

    closing_id: UUID
    entry_id: UUID
    cooperative_id: UUID
    year: int = Year


class RecordFixedAsset(Input):
    """Something that serves for years. Its cost stands in the books already; here is how long it lasts."""

    asset_id: UUID
    cooperative_id: UUID
    name: str = Field(min_length=3, max_length=80)
    acquired_on: date
    cost_rupiah: int = AMOUNT
    residual_rupiah: int = Field(default=0, ge=0, le=10**15)
    life_months: int = Field(ge=1, le=1200)


class RetireFixedAsset(Input):
    """It serves no more: sold, lost or worn out. What is not used up yet becomes a cost; a price is entered by hand."""

    asset_id: UUID
    entry_id: UUID
    cooperative_id: UUID
    on: date
    reason: str = Field(min_length=5, max_length=120)
