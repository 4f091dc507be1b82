"""What several inputs of the learning centre share."""

from __future__ import annotations

from pydantic import Field

VillageCode = Field(pattern=r"^\d\d\.\d\d\.\d\d\.\d{4}$")
Code = Field(pattern=r"^[a-z_]{2,20}$")
MaybeCode = Field(default=None, pattern=r"^[a-z_]{2,20}$")
