"""Inputs of the lists' actions."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from desmigratif.shared.inputs import Input

Country = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Region = Annotated[str, Field(pattern=r"^(ID|\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?)$")]
Age = Annotated[int, Field(ge=0, le=120)]


class AgencyRow(Input):
    """A placement company."""

    name: str = Field(min_length=1, max_length=200)
    licence_number: str | None = Field(default=None, max_length=80)
    status: Literal["active", "suspended", "revoked"]
    address: str | None = Field(default=None, max_length=300)
    valid_until: date | None = None


class JobOrderRow(Input):
    """A recruitment permit with its vacancy."""

    name: str = Field(min_length=1, max_length=200)
    country: Country
    title: str = Field(min_length=1, max_length=120)
    job: str = Field(pattern=r"^[a-z_]{3,30}$")
    employer_type: Literal["household", "company"] | None = None
    permit_number: str | None = Field(default=None, max_length=80)
    quota: int | None = Field(default=None, ge=0, le=1_000_000)
    wage_amount: int | None = Field(default=None, ge=0, le=10**12)
    wage_currency: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    sex: Literal["F", "M", ""] | None = None
    least_age: Age | None = None
    most_age: Age | None = None
    valid_until: date | None = None


class DestinationRow(Input):
    """A country that workers may be placed in, or not."""

    country: Country
    household_open: bool | None = None
    company_open: bool | None = None


class BodyRow(Input):
    """An office or organisation that people are referred to, with the region in which it is competent."""

    kind: str = Field(pattern=r"^[a-z_]{3,30}$")
    region_code: Region
    name: str = Field(min_length=1, max_length=200)
    address: str | None = Field(default=None, max_length=300)
    contact: str | None = Field(default=None, max_length=120)
    country: Country | None = None


class PlacedRow(Input):
    """One placement that the ministry registered."""

    nik: str = Field(pattern=r"^\d{16}$")
    country: Country
    left_on: date | None = None


class LoadList(Input):
    """A whole list of one day and one source; the rows are of its kind."""

    load_id: UUID
    region_code: Region
    kind: Literal["agencies", "permits", "destinations", "bodies", "placements"]
    as_of: date
    source: str = Field(min_length=3, max_length=200)
    file_name: str = Field(default="", max_length=120)
    file_digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    agencies: tuple[AgencyRow, ...] = ()
    job_orders: tuple[JobOrderRow, ...] = ()
    destinations: tuple[DestinationRow, ...] = ()
    bodies: tuple[BodyRow, ...] = ()
    placements: tuple[PlacedRow, ...] = ()
