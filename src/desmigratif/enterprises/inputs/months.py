"""Inputs about a group's money."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from desmigratif.people.inputs import VillageCode
from desmigratif.shared.inputs import Input

Code = Annotated[str, Field(max_length=20)]
WayCode = Literal["desk", "paper", "link"]


class NewMonth(Input):
    """What was sold and spent in one month, and who worked. `month` is its first day."""

    month_id: UUID
    month: date
    sales_rupiah: int
    cost_rupiah: int
    workers: int = Field(default=0, le=500)
    channels: Annotated[tuple[Code, ...], Field(max_length=12)] = ()


class RecordMonth(NewMonth):
    """One month of a group; `seen` = the version that is put right, 0 for a new one. `before_rupiah`: what its members
    earned in a month before there was a group, asked once."""

    village_code: VillageCode
    group_id: UUID
    seen: int = Field(default=0, ge=0)
    way: WayCode = "desk"
    before_rupiah: int | None = None
    on: date


class RecordMonths(Input):
    """Several months of a group at once, from its paper sheet."""

    village_code: VillageCode
    group_id: UUID
    months: Annotated[tuple[NewMonth, ...], Field(min_length=1, max_length=40)]
    on: date


class MakeMonthLink(Input):
    """A new address for the treasurer of a group; an older one ends."""

    village_code: VillageCode
    group_id: UUID
    link_id: UUID
    on: date


class AskForCapital(Input):
    """A group needs money for something; a member signs for it."""

    need_id: UUID
    village_code: VillageCode
    group_id: UUID
    member_id: UUID
    amount_rupiah: int
    purpose: str = Field(min_length=3, max_length=160)
    place: Code
    on: date


class RecordRemittance(Input):
    """What a member freely tells of a month's money sent home, in bands: use -> band."""

    answer_id: UUID
    village_code: VillageCode
    member_id: UUID
    received: Code
    used: Annotated[dict[Code, Code], Field(max_length=6)]
    on: date
