"""Inputs about how a child does. `None` is unknown."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from desmigratif.parenting.inputs.common import MaybeCode, VillageCode
from desmigratif.shared.inputs import FileContent, Input


class RecordQuarter(Input):
    """One quarter of one child; written again it replaces what stood there. `seen`: the version on the screen."""

    quarter_id: UUID
    village_code: str = VillageCode
    child_id: UUID
    on: date
    year: int
    quarter: int = Field(ge=1, le=4)
    seen: int = 0
    school_days: int | None = None
    attended: int | None = None
    mark: int | None = None
    progress: str | None = MaybeCode
    reading: str | None = MaybeCode
    height_cm: int | None = None
    weight_tenths: int | None = None
    immunisation: str | None = MaybeCode
    answers: dict[str, int] = Field(default_factory=dict, max_length=12)
    words: str | None = Field(default=None, max_length=600)
    tutor_words: str | None = Field(default=None, max_length=600)
    picture_id: UUID | None = None
    picture: FileContent | None = None
