"""What the public page tells of a complaint: where it stands, in plain words; no name, no kind, no place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desmigratif.cases.complaint_sealing import door_index
from desmigratif.cases.models import Complaint, ComplaintState
from desmigratif.cases.rules.trouble.complaints import status_words_on
from desmigratif.regions.rules import utc_offset_of
from desmigratif.shared.dates import format_date, format_moment


@dataclass(frozen=True, slots=True)
class DoorStatus:
    """An answer for whoever has the code and knows the birth date."""

    complaint_id: UUID
    village_code: str
    words: str
    received: str
    due: str
    may_answer: bool
    is_over: bool


def complaint_behind(code: str, born: date) -> Complaint | None:
    """The complaint of a code and a birth date, by their keyed index alone: a wrong one costs what a right one does."""
    return Complaint.objects.everywhere().filter(door_index=door_index(code, born)).exclude(door_index="").first()


def status_behind(code: str, born: date, today: date) -> DoorStatus | None:
    row = complaint_behind(code, born)
    if row is None:
        return None
    waits = row.state == ComplaintState.RECEIVED
    over = row.state == ComplaintState.CONFIRMED_BY_REPORTER
    return DoorStatus(
        complaint_id=row.id,
        village_code=row.village_code,
        words=status_words_on(today)[row.state],
        received=format_date(row.received_on),
        due=format_moment(row.triage_due_at, utc_offset_of(row.village_code)) if waits else "",
        may_answer=over or row.state == ComplaintState.RESOLVED,
        is_over=over,
    )
