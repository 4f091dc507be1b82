"""Inputs about the keys to which protective notes are sealed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from desmigratif.shared.inputs import FileContent, Input


class MakeProtectiveKey(Input):
    """A regency's new key: its public half, and the secret half locked with a passphrase."""

    key_id: UUID
    region_code: str = Field(pattern=r"^\d\d\.\d\d$")
    recipient: str = Field(max_length=80)
    secret_locked: FileContent = Field(repr=False)
    on: date
