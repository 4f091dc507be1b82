"""The code of a member: made from its row's id and a key of this machine; found only together with the birth date."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from desmigratif.shared import crypto
from desmigratif.shared.door_codes import code_of, typed_code


def member_code(code_id: UUID) -> str:
    """The code that a member writes down: `7F3K-92QD-M4TX`."""
    return code_of("member-code", code_id)


def member_index(code: str, born: date) -> str:
    """How code and birth date are found again together."""
    return crypto.blind_index("member-code", f"{typed_code(code)}:{born.isoformat()}")
