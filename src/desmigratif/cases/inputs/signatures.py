"""Inputs of the head's signature."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from desmigratif.cases.inputs.common import StepCode, VillageCode
from desmigratif.shared.inputs import Input


class ApproveLetter(Input):
    """The head agrees: to this check and this talk, as they were shown."""

    decision_id: UUID
    case_id: UUID
    village_code: str = VillageCode
    on: date
    check_seen: UUID
    talk_seen: UUID


class PostponeLetter(Input):
    """The head wants something first: what, from the list."""

    decision_id: UUID
    case_id: UUID
    village_code: str = VillageCode
    on: date
    check_seen: UUID
    talk_seen: UUID
    reason: str = StepCode
