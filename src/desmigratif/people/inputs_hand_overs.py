"""Inputs of hand-overs between pillars."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from desmigratif.people.inputs import VillageCode
from desmigratif.shared.inputs import Input

Code = Annotated[str, Field(pattern=r"^[a-z_]{3,40}$")]


class HandOverHousehold(Input):
    """A family, or one of its members, goes to another pillar with a kind of the regulations."""

    hand_over_id: UUID
    village_code: VillageCode
    household_id: UUID
    resident_id: UUID | None = None
    kind: Code
    on: date


class AnswerHandOver(Input):
    """The receiving pillar takes it on, or declines; `because` is a code of the regulations."""

    hand_over_id: UUID
    village_code: VillageCode
    on: date
    taken: bool
    because: Code | None = None


class CloseHandOver(Input):
    """The receiving pillar is done with what it took."""

    hand_over_id: UUID
    village_code: VillageCode
    on: date
