"""Inputs about what a group decided, plans, is allowed to do, and offers."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from desmigratif.people.inputs import VillageCode
from desmigratif.shared.inputs import FileContent, Input

Rupiah = Annotated[int, Field(ge=-(10**12), le=10**12)]  # the rule says why a sum below zero cannot be


class RecordDeliberation(Input):
    """The minutes of a talk in which a group decided something."""

    deliberation_id: UUID
    village_code: VillageCode
    group_id: UUID
    on: date
    present: int = Field(ge=2, le=500)
    decisions: str = Field(min_length=5, max_length=1000)


class RecordPlan(Input):
    """What a group means to make and sell in a month, and what it begins with."""

    plan_id: UUID
    village_code: VillageCode
    group_id: UUID
    on: date
    unit: str = Field(min_length=1, max_length=20)
    price_rupiah: Rupiah
    units: int = Field(ge=0, le=10**7)
    unit_cost_rupiah: Rupiah
    fixed_cost_rupiah: Rupiah = 0
    tools_rupiah: Rupiah = 0
    own_rupiah: Rupiah = 0


class RecordPermit(Input):
    """A permit that a group got, or got anew."""

    permit_id: UUID
    village_code: VillageCode
    group_id: UUID
    on: date
    kind: str = Field(min_length=1, max_length=10)
    number: str = Field(min_length=3, max_length=60)
    issued_on: date
    valid_until: date | None = None


class RecordProduct(Input):
    """A product, new or changed; a photo that is left out stays as it was."""

    product_id: UUID
    village_code: VillageCode
    group_id: UUID
    on: date
    name: str = Field(min_length=2, max_length=80)
    unit: str = Field(min_length=1, max_length=20)
    price_rupiah: Rupiah
    about: str = Field(default="", max_length=160)
    is_sold: bool = True
    photo_id: UUID
    picture: FileContent | None = Field(default=None, repr=False)
