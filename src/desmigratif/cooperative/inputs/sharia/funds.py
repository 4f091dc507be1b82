"""Inputs about the benevolent fund, and the bonus of savers."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from desmigratif.cooperative.inputs.business import Rupiah, Way
from desmigratif.shared.inputs import Input


class MoveBenevolentFund(Input):
    """Money into the fund, or out of it to whom it is for. A late charge comes from its contract instead."""

    entry_id: UUID
    cooperative_id: UUID
    on: date
    kind: Literal["donated", "not_halal", "returned", "poor", "education", "public"]
    party: str = Field(min_length=3, max_length=100)
    amount_rupiah: Rupiah
    way: Way
    approval_id: UUID | None = None


class GiveWadiahBonus(Input):
    """A sum for all savers of one product, by what stood there through a month; decided after the month."""

    bonus_id: UUID
    cooperative_id: UUID
    product_id: UUID
    last_on: date
    amount_rupiah: Rupiah
    decision: str = Field(min_length=3, max_length=120)
