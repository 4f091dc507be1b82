"""Inputs about targets and published months."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from pydantic import Field

from desmigratif.shared.inputs import Input


class SetTarget(Input):
    """What a region aims at in a year; written again it takes the place of what stood."""

    target_id: UUID
    region_code: str = Field(min_length=2, max_length=13)
    code: str = Field(min_length=2, max_length=20)
    year: int = Field(ge=2016, le=2100)
    value: Decimal = Field(ge=0, max_digits=18, decimal_places=2)
    source: str = Field(min_length=3, max_length=200)


class PublishMonth(Input):
    """From now on the figures of a month stand; what comes later is shown beside them."""

    month: str = Field(pattern=r"^20\d{2}-(0[1-9]|1[0-2])$")
