"""What several inputs of the service centre share."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer

VillageCode = Field(pattern=r"^\d\d\.\d\d\.\d\d\.\d{4}$")


StepCode = Field(pattern=r"^[a-z_]{3,30}$")


Few = Field(default=None, ge=0, le=99)


def _from_base64(given: Any) -> Any:
    if not isinstance(given, str):
        return given
    try:
        return base64.b64decode(given, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("Isi berkas ini tidak dapat dibaca.") from None


def _to_base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


# A file: bytes inside, base64 in a document.
FileContent = Annotated[bytes, BeforeValidator(_from_base64), PlainSerializer(_to_base64, when_used="json")]
