"""Inputs about worries."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from desmigratif.parenting.inputs.common import Code, VillageCode
from desmigratif.shared.inputs import Input


class WriteWorry(Input):
    """What somebody noticed, for those whom it names."""

    worry_id: UUID
    village_code: str = VillageCode
    child_id: UUID
    on: date
    text: str = Field(min_length=5, max_length=4000)
    readers: tuple[UUID, ...] = Field(max_length=10)


class AskForReferral(Input):
    """The service centre is asked to refer the child; it learns that help is needed, not what was noticed."""

    worry_id: UUID
    village_code: str = VillageCode
    on: date


class CloseWorry(Input):
    """How a worry ended."""

    worry_id: UUID
    village_code: str = VillageCode
    on: date
    because: str = Code
    text: str | None = Field(default=None, max_length=2000)
