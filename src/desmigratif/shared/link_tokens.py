"""Tokens of links that open one thing without an account: worked out from the link's id and a key of the server, so
that only a digest is kept.

Sixteen signs of Crockford's base 32 (80 bits), to be typed from paper: O is 0, I and L are 1.
"""

from __future__ import annotations

import re
from uuid import UUID

from desmigratif.shared import crypto

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SIGNS = 16
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SHAPE = re.compile(f"[{ALPHABET}]{{{_SIGNS}}}")


def token_of(purpose: str, link_id: UUID) -> str:
    """The token of a link, "7KQ2-M9XD-4T0B-81CE"; another for each purpose."""
    digest = crypto.keyed_digest(crypto.keyring().digest, f"{purpose}-link".encode(), link_id.bytes)
    value = int(digest[:20], 16)
    signs = "".join(ALPHABET[(value >> shift) & 31] for shift in range(5 * (_SIGNS - 1), -5, -5))
    return "-".join(signs[start : start + 4] for start in range(0, _SIGNS, 4))


def digest_of(purpose: str, token: str) -> str:
    """What is kept of a token, however it was typed; empty for what cannot be one."""
    signs = re.sub(r"[\s.\-_]", "", token).upper().translate(_ALIKE)
    if not _SHAPE.fullmatch(signs):
        return ""
    return crypto.keyed_digest(crypto.keyring().digest, f"{purpose}-token".encode(), signs.encode())
