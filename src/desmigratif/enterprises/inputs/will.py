"""Inputs about skill and will, and about trainings."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from desmigratif.people.inputs import VillageCode
from desmigratif.shared.inputs import Input

Code = Annotated[str, Field(max_length=20)]
People = Annotated[tuple[UUID, ...], Field(min_length=1, max_length=60)]


class RecordPotential(Input):
    """What somebody told of their skill and will; empty = not said. `hand_over_id`: the talk answers it with yes."""

    potential_id: UUID
    village_code: VillageCode
    resident_id: UUID
    on: date
    skills: Annotated[tuple[Code, ...], Field(max_length=20)] = ()
    trade: Code = ""
    hours: Code = ""
    capital: Code = ""
    market: Code = ""
    will: Code
    hand_over_id: UUID | None = None


class PlanTraining(Input):
    """A course that will be held."""

    training_id: UUID
    village_code: VillageCode
    title: str = Field(min_length=3, max_length=100)
    trainer: str = Field(min_length=3, max_length=100)
    place: str = Field(default="", max_length=100)
    starts_on: date
    hours: int = Field(ge=1, le=500)
    on: date


class Invite(Input):
    """People who are invited to a training."""

    village_code: VillageCode
    training_id: UUID
    resident_ids: People
    on: date


class RecordDay(Input):
    """A day that was held and who was there; a day that stands already is corrected."""

    day_id: UUID
    village_code: VillageCode
    training_id: UUID
    on: date
    hours: int = Field(ge=1, le=12)
    participant_ids: Annotated[tuple[UUID, ...], Field(max_length=60)] = ()


class Score(Input):
    """What one participant knew before and after; None = not taken."""

    participant_id: UUID
    pre: int | None = None
    post: int | None = None


class RecordScores(Input):
    """Scores of the participants of a training."""

    village_code: VillageCode
    training_id: UUID
    on: date
    scores: Annotated[tuple[Score, ...], Field(min_length=1, max_length=60)]


class CloseTraining(Input):
    """The training is over: who was there enough gets a certificate."""

    village_code: VillageCode
    training_id: UUID
    on: date
