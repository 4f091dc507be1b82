"""Inputs of the actions on accounts."""

from __future__ import annotations

from datetime import date
from typing import Self
from uuid import UUID

from pydantic import Field, model_validator

from desmigratif.shared.inputs import Input


class CreateAccount(Input):
    """A new sign-in with one role in one region.

    Either with the digest of a one-time code, by which the person sets the own password, or with the hash of a
    password (made at the screen, never the password itself). A password that somebody else chose must be changed at
    the first sign-in, unless it is said to be their own.
    """

    user_id: UUID
    grant_id: UUID
    username: str = Field(max_length=40)
    name: str = Field(min_length=1, max_length=100)
    code_digest: str | None = Field(default=None, min_length=64, max_length=64, repr=False)
    password_hash: str | None = Field(default=None, min_length=20, repr=False)
    password_is_their_own: bool = False
    role: str
    region_code: str = Field(max_length=13)
    valid_from: date
    valid_until: date | None = None

    @model_validator(mode="after")
    def one_way_in(self) -> Self:
        if (self.code_digest is None) == (self.password_hash is None):
            raise ValueError("Sebutkan kode sekali pakai atau kata sandi, salah satu.")
        return self


class DisableAccount(Input):
    """Close a sign-in at once."""

    user_id: UUID


class RenewPassword(Input):
    """A one-time code for somebody who forgot their password. Only its digest comes in."""

    user_id: UUID
    code_digest: str = Field(min_length=64, max_length=64, repr=False)


class RecoverAdministrator(Input):
    """A one-time code from the terminal for an administrator who has lost everything."""

    user_id: UUID
    code_digest: str = Field(min_length=64, max_length=64, repr=False)


class AskFactorReset(Input):
    """Ask that somebody's lost second factor be taken away."""

    reset_id: UUID
    user_id: UUID


class ResetSecondFactor(Input):
    """Agree to it, as the second person."""

    reset_id: UUID


class FirstAccount(Input):
    """Somebody who gets a sign-in at the first run. `password_hash` is made at the screen, never the password."""

    user_id: UUID
    grant_id: UUID
    username: str = Field(max_length=40)
    name: str = Field(min_length=1, max_length=100)
    password_hash: str = Field(min_length=20, repr=False)


class RecoverySheet(Input):
    """The public half of a recovery sheet that was printed and partly typed back."""

    recipient: str = Field(max_length=100, pattern="^age1[a-z0-9]+$")
    made_on: date


class SetUp(Input):
    """The first run: where this installation works, who runs it, and to whom backups are encrypted."""

    region_code: str = Field(max_length=13)
    administrator: FirstAccount
    officer: FirstAccount | None = None
    sheet: RecoverySheet
