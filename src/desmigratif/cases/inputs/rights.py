"""Inputs about the right to an answer."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from desmigratif.cases.inputs.common import StepCode, VillageCode
from desmigratif.shared.inputs import Input


class AskForLetter(Input):
    """A candidate asks for the letter; from here the village's clock runs."""

    request_id: UUID
    case_id: UUID
    village_code: str = VillageCode
    on: date


class RefuseLetter(Input):
    """The letter is refused, for a lawful reason that holds."""

    request_id: UUID
    village_code: str = VillageCode
    on: date
    reason: str = StepCode


class MakeObjection(Input):
    """The candidate objects to a refusal or to silence."""

    objection_id: UUID
    request_id: UUID
    village_code: str = VillageCode
    on: date
    story: str | None = Field(default=None, max_length=2000)


class AnswerObjection(Input):
    """The regency's answer, in words the candidate can read."""

    objection_id: UUID
    village_code: str = VillageCode
    on: date
    answer: Literal["upheld", "dismissed"]
    explanation: str = Field(min_length=10, max_length=2000)
