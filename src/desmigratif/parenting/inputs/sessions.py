"""Inputs about timetable, sessions and who came. `None` is unknown."""

from __future__ import annotations

from datetime import date, time
from typing import Literal
from uuid import UUID

from pydantic import Field

from desmigratif.parenting.inputs.common import Code, VillageCode
from desmigratif.shared.inputs import Input

Minutes = Field(ge=15, le=480)
Weekday = Field(ge=0, le=6)
Theme = Field(default=None, pattern=r"^[a-z_]{2,30}$")
MOST_ON_ROLL = 300


class AddSlot(Input):
    """One more line of the timetable."""

    slot_id: UUID
    centre_id: UUID
    village_code: str = VillageCode
    weekday: int = Weekday
    at: time
    minutes: int = Minutes
    kind: str = Code
    leader_id: UUID | None = None
    on: date


class EndSlot(Input):
    """A line of the timetable ends; what is planned from then on goes with it."""

    slot_id: UUID
    village_code: str = VillageCode
    on: date


class PlanMonth(Input):
    """Sessions of one month, out of the timetable; `month` is its first day."""

    centre_id: UUID
    village_code: str = VillageCode
    month: date


class PlanSession(Input):
    """One session beside the timetable."""

    session_id: UUID
    centre_id: UUID
    village_code: str = VillageCode
    on: date
    at: time
    minutes: int = Minutes
    kind: str = Code
    theme: str | None = Theme
    own_theme_id: UUID | None = None
    leader_id: UUID | None = None


class Mark(Input):
    """One child on a roll."""

    child_id: UUID
    mark: Literal["present", "excused", "absent"]


class CallRoll(Input):
    """The session was held; who came. `seen` is the version of the session that was looked at; no theme said leaves
    the planned one."""

    session_id: UUID
    village_code: str = VillageCode
    marks: tuple[Mark, ...] = Field(max_length=MOST_ON_ROLL)
    theme: str | None = Theme
    own_theme_id: UUID | None = None
    seen: int = Field(ge=1)


class Scored(Input):
    """One caregiver in a class. How high a score may be is the rules' matter: it has its own words."""

    caregiver_id: UUID
    before: int | None = None
    after: int | None = None


class ScoreClass(Input):
    """The caregivers' class was held; who came and what they knew before and after."""

    session_id: UUID
    village_code: str = VillageCode
    scores: tuple[Scored, ...] = Field(max_length=MOST_ON_ROLL)
    seen: int = Field(ge=1)


class CancelSession(Input):
    """A planned session is not held, and why."""

    session_id: UUID
    village_code: str = VillageCode
    because: str = Code
    on: date
