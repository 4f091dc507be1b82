"""Inputs of visits, and of the end of a group."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from desmigratif.people.inputs import VillageCode
from desmigratif.shared.inputs import Input


class NewTask(Input):
    """Something to be done until the next visit."""

    task_id: UUID
    text: str = Field(min_length=3, max_length=160)
    due_on: date | None = None


class RecordMentorVisit(Input):
    """What a mentor found, what is to be done, and which older tasks are done."""

    visit_id: UUID
    village_code: VillageCode
    group_id: UUID
    findings: str = Field(min_length=3, max_length=1000)
    tasks: Annotated[tuple[NewTask, ...], Field(max_length=10)] = ()
    done: Annotated[tuple[UUID, ...], Field(max_length=60)] = ()
    on: date


class EndGroup(Input):
    """A group ends, for a cause."""

    ending_id: UUID
    village_code: VillageCode
    group_id: UUID
    cause: str = Field(min_length=1, max_length=20)
    note: str = Field(default="", max_length=200)
    on: date
