"""Inputs of a savings group on its way to a cooperative."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from desmigratif.cooperative.rules.members.founding import Goal, StepCode
from desmigratif.shared.inputs import Input


class RecordFoundingStep(Input):
    """One line of the checklist is done; `proof` names the minutes or the deed."""

    step_id: UUID
    cooperative_id: UUID
    code: StepCode
    on: date
    proof: str = Field(min_length=3, max_length=120)


class BecomeCooperative(Input):
    """The group goes on as another form from a day on, with its books and members."""

    cooperative_id: UUID
    kind: Goal
    name: str = Field(min_length=3, max_length=120)
    legal_number: str = Field(default="", max_length=60)
    on: date
