"""Inputs about groups of members and the delegates whom they send to a members' meeting."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from desmigratif.shared.inputs import Input

NUMBER = Field(ge=1, le=10**6)


class FormDelegateGroup(Input):
    """Some members, by their numbers in the register as people write them, `1-20, 25`, choose together."""

    group_id: UUID
    cooperative_id: UUID
    meeting_id: UUID
    name: str = Field(min_length=2, max_length=60)
    numbers: str = Field(min_length=1, max_length=2000)


class ChangeDelegateGroup(Input):
    """Another name or other numbers; with other numbers what it chose no longer stands."""

    group_id: UUID
    cooperative_id: UUID
    name: str = Field(min_length=2, max_length=60)
    numbers: str = Field(min_length=1, max_length=2000)


class ChooseDelegates(Input):
    """What a group's own meeting said: how many came, and whom they send, by number."""

    group_id: UUID
    cooperative_id: UUID
    met_on: date
    place: str = Field(min_length=3, max_length=120)
    present: int = Field(ge=1, le=100_000)
    delegates: tuple[int, ...] = Field(min_length=1, max_length=200)
    led_by: str = Field(min_length=3, max_length=100)
    written_by: str = Field(min_length=3, max_length=100)
    notes: str = Field(default="", max_length=3000)


class DropDelegateGroup(Input):
    """Take a group back, with whom it chose; before anybody came to the meeting."""

    group_id: UUID
    cooperative_id: UUID
