"""Input of an operator's own boundaries."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from desmigratif.indicators.rules.maps.boundaries import LONGEST_PATH
from desmigratif.shared.inputs import Input


class Shape(Input):
    """A province or regency and the path of its drawing: numbers and the steps of a path, nothing else."""

    code: str = Field(pattern=r"^\d\d(\.\d\d)?$")
    path: str = Field(pattern=r"^[Mlz0-9 \-]+$", max_length=LONGEST_PATH)


class LoadBoundaries(Input):
    """Shapes of one level; those of the same level and region that were there before are replaced."""

    load_id: UUID
    region_code: str = Field(pattern=r"^(ID|\d\d(\.\d\d)?)$")
    source: str = Field(min_length=1, max_length=200)
    shapes: tuple[Shape, ...] = Field(min_length=1, max_length=600)


class RestoreBoundaries(Input):
    """Shapes of one level change places with those that were there before."""

    restore_id: UUID
    region_code: str = Field(pattern=r"^(ID|\d\d(\.\d\d)?)$")
    level: int = Field(ge=1, le=2)
