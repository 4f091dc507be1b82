"""The code of a journey: made from its row's id and a key of this machine, kept nowhere; found by a keyed print."""

from __future__ import annotations

from uuid import UUID

from desmigratif.shared import crypto
from desmigratif.shared.door_codes import code_of, typed_code


def status_code(code_id: UUID) -> str:
    """The code that the family writes down: `7F3K-92QD-M4TX`."""
    return code_of("status-code", code_id)


def code_index(code: str) -> str:
    """How a code is found again, typed in any case, with or without dashes."""
    return crypto.blind_index("status-code", typed_code(code))
