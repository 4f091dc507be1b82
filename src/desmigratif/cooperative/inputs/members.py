"""Inputs of the actions on members."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from desmigratif.shared.inputs import Input

Nik = Annotated[str, Field(pattern=r"^\d{16}$")]
Name = Annotated[str, Field(min_length=2, max_length=100)]
Text = Annotated[str, Field(min_length=1, max_length=200)]


class SetMembershipTerms(Input):
    """What the members' meeting decided on savings that make a member; `decision` names its minutes."""

    terms_id: UUID
    cooperative_id: UUID
    since: date
    principal_rupiah: int = Field(gt=0, le=10**9)
    compulsory_rupiah: int = Field(ge=0, le=10**9)
    decision: str = Field(min_length=3, max_length=120)


class ApplyForMembership(Input):
    """Somebody asks to join, with their own card. `in_area`: lives or works where the articles say."""

    member_id: UUID
    cooperative_id: UUID
    on: date
    name: Name
    nik: Nik
    birth_date: date
    birth_place: str | None = Field(default=None, max_length=100)
    sex: Literal["M", "F"] | None = None
    occupation: str | None = Field(default=None, max_length=100)
    address: Text
    phone: str | None = Field(default=None, max_length=40)
    in_area: bool
    is_citizen: bool


class AdmitMember(Input):
    """Take a candidate in, once the simpanan pokok is paid."""

    member_id: UUID
    cooperative_id: UUID
    on: date


class ConnectPerson(Input):
    """Who inherits, may act or pays for a member; `country` (alpha-3) where a payer works."""

    connection_id: UUID
    cooperative_id: UUID
    member_id: UUID
    kind: Literal["heir", "proxy", "payer"]
    name: Name
    relation: str = Field(min_length=2, max_length=40)
    country: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    on: date


class DisconnectPerson(Input):
    """From this day on they stand beside the member no more."""

    connection_id: UUID
    cooperative_id: UUID
    on: date
