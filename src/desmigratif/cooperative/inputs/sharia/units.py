"""Inputs about units of a cooperative that keep books of their own."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from desmigratif.cooperative.inputs.business import Rupiah
from desmigratif.shared.inputs import Input


class OpenUnit(Input):
    """A unit of this cooperative begins, with books of its own; perhaps a sharia one."""

    unit_id: UUID
    cooperative_id: UUID
    name: str = Field(min_length=3, max_length=120)
    on: date
    is_sharia: bool = False
    decision: str = Field(min_length=3, max_length=120)


class ServeInUnit(Input):
    """A member of the cooperative is served by its unit too, under the same number."""

    member_id: UUID
    cooperative_id: UUID
    served_id: UUID
    on: date


class MoveBetweenUnits(Input):
    """Money from this bank account to that of the cooperative's own unit, of its parent, or of another unit."""

    entry_id: UUID
    received_id: UUID
    cooperative_id: UUID
    to_id: UUID
    on: date
    amount_rupiah: Rupiah
    memo: str = Field(min_length=3, max_length=120)
