"""Inputs about bundles of papers at offices outside the village."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from desmigratif.cases.inputs.common import StepCode, VillageCode
from desmigratif.shared.inputs import Input


class SendBundle(Input):
    """The village sends the papers of one step to the office that answers it. `seen`: the step's version."""

    bundle_id: UUID
    case_id: UUID
    village_code: str = VillageCode
    step: str = StepCode
    seen: int = Field(ge=0)
    on: date
    papers: tuple[str, ...]


class AcceptBundle(Input):
    """The office has the papers, and they are complete."""

    bundle_id: UUID
    village_code: str = VillageCode
    seen: int = Field(ge=1)
    on: date


class ReturnBundle(Input):
    """The office sends the papers back: why, and which of them."""

    bundle_id: UUID
    village_code: str = VillageCode
    seen: int = Field(ge=1)
    on: date
    reason: str = StepCode
    papers: tuple[str, ...] = ()
    note: str | None = Field(default=None, max_length=500)


class AnswerBundle(Input):
    """The office did what was asked: the paper that it made, and until when it holds."""

    bundle_id: UUID
    village_code: str = VillageCode
    seen: int = Field(ge=1)
    on: date
    paper_number: str | None = Field(default=None, max_length=60)
    valid_until: date | None = None
