"""What several inputs of the service centre share."""

from __future__ import annotations

from pydantic import Field

VillageCode = Field(pattern=r"^\d\d\.\d\d\.\d\d\.\d{4}$")


StepCode = Field(pattern=r"^[a-z_]{3,30}$")


Few = Field(default=None, ge=0, le=99)
