"""Input of the health score."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from desmigratif.shared.inputs import Input


class AnswerHealth(Input):
    """How many questions about the management were answered with yes, by part of the form."""

    answers_id: UUID
    cooperative_id: UUID
    year: int = Field(ge=1990, le=2200)
    general: int = Field(ge=0, le=100)
    institution: int = Field(ge=0, le=100)
    capital: int = Field(ge=0, le=100)
    assets: int = Field(ge=0, le=100)
    liquidity: int = Field(ge=0, le=100)
