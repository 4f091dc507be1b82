"""Inputs about villages in a programme."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from desmigratif.shared.inputs import Input, VillageCode


class JoinProgramme(Input):
    """A decree names a village for a programme."""

    village_code: VillageCode
    membership_id: UUID
    programme: str = Field(min_length=1, max_length=20)
    decree: str = Field(min_length=3, max_length=80)
    on: date


class RecordStep(Input):
    """A step that the village took; written again it corrects day and paper, with a reason."""

    village_code: VillageCode
    membership_id: UUID
    step: str = Field(min_length=1, max_length=30)
    on: date
    paper: str = Field(default="", max_length=80)
    reason: str = Field(default="", max_length=200)


class LeaveProgramme(Input):
    """A village leaves a programme; what it did stays."""

    village_code: VillageCode
    membership_id: UUID
    because: str = Field(min_length=1, max_length=20)
    on: date
