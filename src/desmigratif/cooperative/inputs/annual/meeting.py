"""Inputs of the members' meeting."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from desmigratif.shared.inputs import Input

HEADS = Field(default=0, ge=0, le=100_000)
CLOCK = Field(pattern=r"^([01]\d|2[0-3])\.[0-5]\d$")


class CallMeeting(Input):
    """Invite the members. `book_year` for the annual meeting; `follows` after one without a quorum.

    `notice_days`, `quorum_percent` (more than so many) and `second_percent` (at least so many, the second time) are
    those of the articles; None where they say nothing of their own. `delegates_each`: for so many members one delegate
    comes, where the articles say so.
    """

    meeting_id: UUID
    cooperative_id: UUID
    kind: Literal["annual", "extraordinary"]
    book_year: int | None = Field(default=None, ge=1990, le=2200)
    follows_id: UUID | None = None
    invited_on: date
    on: date
    at: str = CLOCK
    place: str = Field(min_length=3, max_length=120)
    matters: tuple[str, ...] = Field(default=(), max_length=12)
    has_election: bool = False
    proxies_each: int = Field(default=0, ge=0, le=50)
    delegates_each: int | None = Field(default=None, ge=2, le=1000)
    notice_days: int | None = Field(default=None, ge=1, le=60)
    quorum_percent: int | None = Field(default=None, ge=1, le=99)
    second_percent: int | None = Field(default=None, ge=1, le=100)


class Seat(Input):
    """One member and how they are there; `absent` takes a wrong tick back."""

    member_id: UUID
    way: Literal["in_person", "online", "absent"]


class RecordAttendance(Input):
    """Who is there, of one sheet of the list."""

    cooperative_id: UUID
    meeting_id: UUID
    seats: tuple[Seat, ...] = Field(min_length=1, max_length=200)


class RecordProxy(Input):
    """One member speaks for another, by their numbers in the register."""

    attendance_id: UUID
    cooperative_id: UUID
    meeting_id: UUID
    number: int = Field(ge=1, le=10**6)
    holder_number: int = Field(ge=1, le=10**6)


class OpenMeeting(Input):
    """Begin: there are enough."""

    cooperative_id: UUID
    meeting_id: UUID


class AdjournMeeting(Input):
    """There are not enough: put it off, and invite to the second one at once."""

    cooperative_id: UUID
    meeting_id: UUID
    next_id: UUID
    on: date
    at: str = CLOCK
    place: str = Field(min_length=3, max_length=120)


class CancelMeeting(Input):
    """Call a meeting off before it began."""

    cooperative_id: UUID
    meeting_id: UUID
    reason: str = Field(min_length=3, max_length=160)


class Decide(Input):
    """What the members said; without a vote when all agreed."""

    decision_id: UUID
    cooperative_id: UUID
    meeting_id: UUID
    kind: Literal["accounts", "supervision", "surplus", "plan", "other"]
    text: str = Field(min_length=3, max_length=600)
    is_unanimous: bool
    votes_for: int = HEADS
    votes_against: int = HEADS
    abstained: int = HEADS


class Elect(Input):
    """Somebody was chosen, by the number in the register; `votes` when they were counted."""

    term_id: UUID
    cooperative_id: UUID
    meeting_id: UUID
    number: int = Field(ge=1, le=10**6)
    office: Literal["chair", "vice_chair", "secretary", "treasurer", "head_supervisor", "supervisor"]
    votes: int | None = Field(default=None, ge=0, le=100_000)
    since: date
    until: date


class CloseMeeting(Input):
    """End, with who led it, who wrote, and what else was said."""

    cooperative_id: UUID
    meeting_id: UUID
    led_by: str = Field(min_length=3, max_length=100)
    written_by: str = Field(min_length=3, max_length=100)
    notes: str = Field(default="", max_length=6000)


class ReportMeeting(Input):
    """Its outcome went to the cooperative office; `proof` is the receipt or the number in ODS."""

    cooperative_id: UUID
    meeting_id: UUID
    on: date
    proof: str = Field(min_length=3, max_length=120)


class WriteReport(Input):
    """What the board or the supervisors say to the members; who writes decides which of the two.

    `of_auditor`: what a public accountant found, as the board hands it on.
    """

    report_id: UUID
    cooperative_id: UUID
    meeting_id: UUID
    text: str = Field(min_length=20, max_length=12_000)
    of_auditor: bool = False
