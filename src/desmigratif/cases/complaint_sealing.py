"""What was said in a complaint, sealed with the complaint's own key; and its receipt code, which is kept nowhere.

The code is made from the complaint's id and a key of this machine, so that a form sent twice shows it twice and an
officer can read it out again. What is kept is one keyed index over code and birth date together.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from desmigratif.access.keys.subject_keys import key_of
from desmigratif.cases.models import Complaint, ComplaintMove
from desmigratif.cases.sealing import opened_text, sealed_text
from desmigratif.shared import crypto
from desmigratif.shared.door_codes import code_of, typed_code


@dataclass(frozen=True, slots=True)
class Said:
    """The minimum intake. Everything may be unknown; `kind`, `resident_id` and `case_id` only of a protective one."""

    village_code: str = ""
    kind: str = ""
    resident_id: str = ""
    case_id: str = ""
    about_name: str = field(default="", repr=False)
    about_birth_place: str = field(default="", repr=False)
    about_birth_date: str = field(default="", repr=False)
    about_address: str = field(default="", repr=False)
    passport_number: str = field(default="", repr=False)
    employer: str = field(default="", repr=False)
    agency: str = field(default="", repr=False)
    country: str = ""
    happened: str = field(default="", repr=False)
    story: str = field(default="", repr=False)
    wish: str = field(default="", repr=False)
    callback: str = field(default="", repr=False)
    reporter_name: str = field(default="", repr=False)
    benefit: str = ""
    benefit_on: str = ""


def _said_place(complaint_id: UUID) -> str:
    return f"cases.complaint.said:{complaint_id}"


def _why_place(move_id: UUID) -> str:
    return f"cases.complaintmove.why:{move_id}"


def sealed_said(complaint_id: UUID, said: Said) -> bytes:
    known = {name: value for name, value in asdict(said).items() if value}
    return sealed_text(complaint_id, json.dumps(known, ensure_ascii=False), place=_said_place(complaint_id)) or b""


def said_of(complaint: Complaint) -> Said:
    """What was said, for a look that was recorded; nothing when the complaint's key was erased."""
    text = opened_text(key_of(complaint.id), complaint.said_sealed, place=_said_place(complaint.id))
    known: dict[str, Any] = json.loads(text) if text else {}
    return Said(**known)


def sealed_why(complaint_id: UUID, move_id: UUID, why: str) -> bytes | None:
    return sealed_text(complaint_id, why, place=_why_place(move_id))


def whys_of(complaint: Complaint, moves: list[ComplaintMove]) -> dict[UUID, str]:
    key = key_of(complaint.id)
    return {move.id: opened_text(key, move.why_sealed, place=_why_place(move.id)) for move in moves}


def receipt_code(complaint_id: UUID) -> str:
    """The code that the reporter writes down: `7F3K-92QD-M4TX`."""
    return code_of("complaint-code", complaint_id)


def door_index(code: str, born: date) -> str:
    """How a complaint is found again from its code, typed in any case, with or without dashes, and the birth date."""
    typed = typed_code(code)
    return crypto.blind_index("complaint-door", f"{typed}:{born.isoformat()}")
