"""Inputs about a centre, its things, its volunteers and its themes. `None` is unknown."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from desmigratif.parenting.inputs.common import Code, MaybeCode, VillageCode
from desmigratif.shared.inputs import Input

Region = Field(pattern=r"^(ID|\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?)$")
Nik = Field(default=None, pattern=r"^\d{16}$")


class OpenCentre(Input):
    """A place where children will learn together."""

    centre_id: UUID
    village_code: str = VillageCode
    name: str = Field(min_length=3, max_length=80)
    place: str = Field(min_length=3, max_length=160)
    on: date


class CloseCentre(Input):
    """No more sessions from a day on."""

    centre_id: UUID
    village_code: str = VillageCode
    on: date


class CountThing(Input):
    """How many of something there are; one of the same name is counted again."""

    thing_id: UUID
    centre_id: UUID
    village_code: str = VillageCode
    name: str = Field(min_length=2, max_length=80)
    kind: str = Code
    count: int = Field(ge=0, le=10_000)
    usable_count: int = Field(ge=0, le=10_000)
    on: date


class AddVolunteer(Input):
    """Somebody wants to help. The NIK is only compared with the list, never kept."""

    volunteer_id: UUID
    centre_id: UUID
    village_code: str = VillageCode
    name: str = Field(min_length=3, max_length=100)
    birth_date: date
    nik: str | None = Nik
    paper: str | None = MaybeCode
    checked_on: date | None = None
    on: date


class CheckVolunteer(Input):
    """A volunteer showed a paper."""

    volunteer_id: UUID
    village_code: str = VillageCode
    paper: str = Code
    on: date


class EndVolunteer(Input):
    """A volunteer stops."""

    volunteer_id: UUID
    village_code: str = VillageCode
    on: date


class AddTheme(Input):
    """A theme of the centre's own."""

    theme_id: UUID
    centre_id: UUID
    village_code: str = VillageCode
    audience: str = Code
    title: str = Field(min_length=3, max_length=100)
    on: date


class BarPerson(Input):
    """Somebody may not be with children any more, by a ruling. Name and NIK are kept as blind indexes only."""

    barred_id: UUID
    region_code: str = Region
    name: str = Field(min_length=3, max_length=100)
    birth_date: date
    nik: str | None = Nik
    because: str = Code
    reference: str = Field(min_length=3, max_length=80)
    on: date


class UnbarPerson(Input):
    """The ruling was lifted or was about somebody else."""

    barred_id: UUID
    region_code: str = Region
    on: date
