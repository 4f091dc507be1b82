"""Inputs about a village's monthly report."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from desmigratif.shared.inputs import Input, VillageCode


class OweReport(Input):
    """A month is over and a village owes its report."""

    village_code: VillageCode
    year: int = Field(ge=2016, le=2200)
    month: int = Field(ge=1, le=12)


class WriteReport(Input):
    """The words of a month's report; `because` opens a new version of one that was accepted."""

    village_code: VillageCode
    report_id: UUID
    year: int = Field(ge=2016, le=2200)
    month: int = Field(ge=1, le=12)
    obstacles: str = Field(default="", max_length=600)
    follow_up: str = Field(default="", max_length=600)
    because: str = Field(default="", max_length=300)


class SignReport(Input):
    """The officer's signature: from now on the figures stand."""

    village_code: VillageCode
    report_id: UUID


class SendReport(Input):
    """The head's signature, with which the report goes to the regency."""

    village_code: VillageCode
    report_id: UUID
    paper_id: UUID


class ReturnReport(Input):
    """Back to the officer, with the words that say why."""

    village_code: VillageCode
    report_id: UUID
    remark_id: UUID
    text: str = Field(min_length=5, max_length=500)


class AcceptReport(Input):
    """The regency has read the report and takes it."""

    village_code: VillageCode
    report_id: UUID
