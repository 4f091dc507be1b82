"""Inputs about reports that come by themselves."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import Field

from desmigratif.shared.inputs import Input

RegionCode = Field(pattern=r"^(ID|\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?)$")


class Subscribe(Input):
    """Have the report of a region made for oneself after every month, quarter or year."""

    subscription_id: UUID
    region_code: str = RegionCode
    every: Literal["M", "Q", "Y"]


class Unsubscribe(Input):
    """No more of them; what came stays."""

    subscription_id: UUID


class FillInbox(Input):
    """Make the file of one subscription and period; asked by the clock."""

    subscription_id: UUID
    file_id: UUID
    period: str = Field(max_length=7)
