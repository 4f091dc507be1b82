"""Inputs about what follows a stopped offer."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from desmigratif.cases.inputs.common import VillageCode
from desmigratif.shared.inputs import Input


class RelayVacancy(Input):
    """A lawful vacancy was told to the candidate."""

    relay_id: UUID
    village_code: str = VillageCode
    case_id: UUID
    job_order_id: UUID
    on: date


class RecordVacancyOutcome(Input):
    """What came of a vacancy that was told."""

    relay_id: UUID
    village_code: str = VillageCode
    on: date
    outcome: Literal["interested", "applied", "declined", "expired", "placed"]


class FinishFollowUp(Input):
    """Somebody asked again after a stopped offer."""

    follow_up_id: UUID
    village_code: str = VillageCode
    on: date
    outcome: Literal["lawful_offer", "stays", "still_wants", "not_reached"]
