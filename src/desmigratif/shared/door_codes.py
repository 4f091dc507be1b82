"""Codes that people carry to a public door: made of a record's id and a key of this machine, kept nowhere."""

from __future__ import annotations

import re
from uuid import UUID

from desmigratif.shared import crypto

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH, _GROUP = 12, 4  # 30 letters: 58 bits


def code_of(purpose: str, record_id: UUID) -> str:
    """Twelve letters and figures that only this machine makes of an id, in groups of four."""
    digest = crypto.keyed_digest(crypto.keyring().key_for(purpose), record_id.bytes)
    number, letters = int(digest, 16), []
    for _ in range(_LENGTH):
        number, rest = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[rest])
    text = "".join(letters)
    return "-".join(text[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def typed_code(code: str) -> str:
    """A code as it is compared: no dashes or spaces, no small letters."""
    return re.sub(r"[^A-Z0-9]", "", code.upper())
