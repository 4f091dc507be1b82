"""Inputs about the papers of a candidate."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from desmigratif.cases.inputs.common import VillageCode
from desmigratif.shared.inputs import FileContent, Input

PaperCode = Field(pattern=r"^[a-z_]{2,40}$")  # of regulations/required_papers.yaml


class RecordPaper(Input):
    """What is known of one paper of the candidate; `picture` is a photo or PDF of it (base64).

    `seen` is the version that the officer looked at (0: none yet). A copy that is left out stays as it was.
    """

    paper_id: UUID
    copy_id: UUID
    village_code: str = VillageCode
    case_id: UUID
    kind: str = PaperCode
    seen: int = Field(ge=0)
    on: date
    number: str | None = Field(default=None, max_length=60)
    name_on_paper: str | None = Field(default=None, max_length=100)
    birth_date: date | None = None
    issued_on: date | None = None
    valid_until: date | None = None
    picture: FileContent | None = Field(default=None, repr=False)


class RemovePaperCopy(Input):
    """A copy is taken away for good; what is written of the paper stays."""

    village_code: str = VillageCode
    case_id: UUID
    kind: str = PaperCode
    on: date
    reason: Literal["wrong_person", "unreadable", "asked_by_owner", "not_needed"]
