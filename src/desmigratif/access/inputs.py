"""Inputs of the actions on accounts."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from desmigratif.shared.inputs import Input


class CreateAccount(Input):
    """A new sign-in with one role in one region. `password_hash` is made at the screen, never the password."""

    user_id: UUID
    grant_id: UUID
    username: str = Field(max_length=40)
    name: str = Field(min_length=1, max_length=100)
    password_hash: str = Field(min_length=20, repr=False)
    role: str
    region_code: str = Field(max_length=13)
    valid_from: date
    valid_until: date | None = None


class DisableAccount(Input):
    """Close a sign-in at once."""

    user_id: UUID
