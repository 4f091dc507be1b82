"""Inputs about groups and their members."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from desmigratif.people.inputs import VillageCode
from desmigratif.shared.inputs import Input

PostCode = Literal["chair", "secretary", "treasurer", "member"]
TieCode = Literal["returnee", "spouse", "child", "parent", "family", "none"]


class NewMember(Input):
    """Somebody who belongs to a group from the first day; without `tie` it follows from the register."""

    member_id: UUID
    resident_id: UUID
    post: PostCode = "member"
    tie: TieCode | None = None


class FormGroup(Input):
    """People decide together to do business."""

    group_id: UUID
    village_code: VillageCode
    name: str = Field(min_length=3, max_length=80)
    trade: str = Field(min_length=1, max_length=20)
    product: str = Field(default="", max_length=80)
    on: date
    decree: str = Field(default="", max_length=60)
    members: Annotated[tuple[NewMember, ...], Field(max_length=60)] = ()


class JoinGroup(Input):
    """One more member of a group; without `tie` it follows from the register."""

    member_id: UUID
    village_code: VillageCode
    group_id: UUID
    resident_id: UUID
    post: PostCode = "member"
    tie: TieCode | None = None
    on: date


class LeaveGroup(Input):
    """A member leaves a group; what was done together stays."""

    village_code: VillageCode
    member_id: UUID
    because: str = Field(min_length=1, max_length=20)
    on: date


class ChangeMember(Input):
    """Another post, or a better knowledge of how a member is tied to a migrant."""

    village_code: VillageCode
    member_id: UUID
    post: PostCode
    tie: TieCode
    on: date
