"""Inputs about choosing villages."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from desmigratif.shared.inputs import Input, VillageCode


class SetQuota(Input):
    """How many villages a region is to name in a year; written again it takes the place of what stood."""

    quota_id: UUID
    region_code: str = Field(min_length=2, max_length=5)
    year: int = Field(ge=2016, le=2100)
    villages: int = Field(ge=0, le=1000)
    paper: str = Field(default="", max_length=80)


class RecordFigure(Input):
    """A figure of a village from one source."""

    village_code: VillageCode
    figure_id: UUID
    metric: str = Field(min_length=1, max_length=20)
    year: int = Field(ge=2000, le=2100)
    value: int = Field(ge=0, le=1_000_000)
    source: str = Field(min_length=3, max_length=120)
    on: date


class ProposeCandidate(Input):
    """A village may be named for a programme in a year."""

    village_code: VillageCode
    candidate_id: UUID
    programme: str = Field(min_length=1, max_length=20)
    year: int = Field(ge=2016, le=2100)
    on: date


class SurveyCandidate(Input):
    """What the survey found: criterion -> yes, partly, no or unknown. Written again it takes the place of the first."""

    village_code: VillageCode
    candidate_id: UUID
    signs: dict[str, Literal["yes", "partly", "no", "unknown"]]
    on: date


class DeliberateCandidate(Input):
    """What the village said, and the number of the minutes."""

    village_code: VillageCode
    candidate_id: UUID
    agreed: bool
    minutes: str = Field(min_length=3, max_length=80)
    on: date
