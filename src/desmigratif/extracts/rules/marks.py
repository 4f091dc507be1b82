"""The mark that stands in each row of a file, and by which a found file names its extract. Plain Python.

A mark is one block of AES under a key of its own: the number of the extract and of the row, with zeros that prove it.
It says nothing of a record and opens no file; without the key it is noise. One block is a permutation, so that each
row has another mark; it needs no chaining.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
from collections.abc import Iterable, Sequence

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

COLUMN = "baris"
_SHAPE = struct.Struct(">IIQ")
MARK = re.compile(r"(?<![A-Z2-7])[A-Z2-7]{26}(?![A-Z2-7])")


def marks_of(key: bytes, extract_number: int, count: int) -> list[str]:
    """The marks of so many rows of one extract."""
    encryptor = Cipher(AES(key), ECB()).encryptor()  # noqa: S305  one block, see above
    blocks = encryptor.update(b"".join(_SHAPE.pack(extract_number, row, 0) for row in range(count)))
    return [base64.b32encode(blocks[at : at + 16]).decode().rstrip("=") for at in range(0, len(blocks), 16)]


def extracts_marked(key: bytes, text: str) -> dict[int, int]:
    """Which extracts' marks stand in a text: number of the extract -> how many different rows."""
    found: dict[int, set[int]] = {}
    decryptor = Cipher(AES(key), ECB()).decryptor()  # noqa: S305
    for mark in set(MARK.findall(text)):
        block = decryptor.update(base64.b32decode(mark + "======"))
        number, row, zeros = _SHAPE.unpack(block)
        if zeros == 0:
            found.setdefault(number, set()).add(row)
    return {number: len(rows) for number, rows in found.items()}


def in_keyed_order(key: bytes, extract_number: int, rows: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The rows in an order that only the key explains: neither that of the database nor one to sort by."""
    plain = sorted(rows)
    start = struct.pack(">I", extract_number)
    order = sorted(
        range(len(plain)), key=lambda at: hmac.digest(key, b"order" + start + struct.pack(">I", at), "sha256")
    )
    return [plain[at] for at in order]


def print_of(key: bytes, rows: Iterable[Sequence[str]]) -> str:
    """The print of rows in their order, without their marks: for a file whose marks somebody took out."""
    digest = hmac.new(key, b"rows", hashlib.sha256)
    for row in rows:
        digest.update("\x1f".join(cell.strip() for cell in row).encode() + b"\x1e")
    return digest.hexdigest()
