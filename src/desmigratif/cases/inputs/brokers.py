"""Inputs about recruiters."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from desmigratif.cases.inputs.common import VillageCode
from desmigratif.shared.inputs import Input


class ReportBroker(Input):
    """Who recruits a candidate, and perhaps what people complain of."""

    record_id: UUID
    village_code: str = VillageCode
    on: date
    case_id: UUID | None = None
    name: str = Field(min_length=2, max_length=100)
    aliases: str | None = Field(default=None, max_length=200)
    hamlet: str | None = Field(default=None, max_length=60)
    phone: str | None = Field(default=None, max_length=30)
    complaint: (
        Literal["money", "false_promise", "fake_papers", "papers_kept", "not_placed", "other_job", "pressure"] | None
    ) = None
    story: str | None = Field(default=None, max_length=2000)


class SettleBrokerReport(Input):
    """A complaint was looked into."""

    report_id: UUID
    village_code: str = VillageCode
    on: date
    finding: Literal["founded", "unfounded"]
