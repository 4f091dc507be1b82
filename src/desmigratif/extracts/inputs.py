"""What the actions on extracts are given."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from desmigratif.shared.inputs import Input


class AskExtract(Input):
    """The wish for rows of one subject, with the reason for it. `period`: a year "2026" or a quarter "2026-Q3"."""

    extract_id: UUID
    subject: str = Field(max_length=20)
    region_code: str = Field(pattern=r"^(ID|\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?)$")
    period: str = Field(pattern=r"^\d{4}(-Q[1-4])?$")
    columns: tuple[Annotated[str, Field(max_length=30)], ...]
    purpose: str = Field(max_length=600)
    ground: str = Field(max_length=20)
    study: str = Field(default="", max_length=120)
    wanted_until: date


class ApproveExtract(Input):
    """Yes: the file is made."""

    extract_id: UUID
    remark: str = Field(default="", max_length=500)


class RefuseExtract(Input):
    """No, with the words that say why."""

    extract_id: UUID
    remark: str = Field(min_length=5, max_length=500)


class WithdrawExtract(Input):
    """Who asked needs it no more: a wish is taken back, a file is destroyed before its day."""

    extract_id: UUID


class TakeExtract(Input):
    """Hand the file to who asked for it."""

    extract_id: UUID
    taking_id: UUID
    form: Literal["csv", "xlsx"]


class EndExtract(Input):
    """The file's day is over; asked by the clock."""

    extract_id: UUID
