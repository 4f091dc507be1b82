"""The short code printed on a letter, for people without a camera or without JavaScript.

Twelve signs of Crockford's base 32 (60 bits), derived by HMAC-SHA256 from a key that stays on the server,
so that nobody can guess the code of a letter from its number. O and 0, I, L and 1 are one sign each; U does
not occur.
"""

from __future__ import annotations

import hashlib
import hmac
import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SHAPE = re.compile(f"[{ALPHABET}]{{12}}")


def short_code(key: bytes, *, village_code: str, number: str) -> str:
    """The code of one letter, "7KQ2-M9XD-4T0B". The same letter always has the same code."""
    mac = hmac.new(key, digestmod=hashlib.sha256)
    for part in (village_code.encode(), number.encode()):
        mac.update(len(part).to_bytes(4, "big") + part)
    value = int.from_bytes(mac.digest()[:8], "big") >> 4
    signs = "".join(ALPHABET[(value >> shift) & 31] for shift in range(55, -5, -5))
    return _grouped(signs)


def normalise_short_code(text: str) -> str:
    """What somebody typed, as it is stored. Raises `ValueError` with an Indonesian sentence."""
    signs = re.sub(r"[\s.\-‐-―_/]", "", text).upper().translate(_ALIKE)
    if not _SHAPE.fullmatch(signs):
        raise ValueError("Kode surat terdiri dari 12 huruf dan angka, misalnya 7KQ2-M9XD-4T0B.")
    return _grouped(signs)


def _grouped(signs: str) -> str:
    return "-".join((signs[:4], signs[4:8], signs[8:]))
