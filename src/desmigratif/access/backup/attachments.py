"""Copies of papers in a backup: each is what was put away, byte by byte."""

from __future__ import annotations

import hashlib
from typing import Any

from desmigratif.access.backup.rows import Rows
from desmigratif.access.backup.trouble import BackupTrouble

TABLE = "documents_attachmentcontent"


def prove_attachments(rows: Rows) -> int:
    """Compare every copy with the SHA-256 that was written with it. Returns how many; raises `BackupTrouble`."""
    proven = 0
    if TABLE not in rows.tables():
        return proven
    for sealed, said in rows.rows(TABLE, ("sealed", "sealed_sha256")):
        if hashlib.sha256(_bytes_of(sealed)).hexdigest() != said:
            raise BackupTrouble(
                "attachment_changed",
                "Ada salinan dokumen yang isinya bukan lagi yang disimpan.",
                "Pakai cadangan yang lebih tua, dan periksa disk komputer ini.",
            )
        proven += 1
    return proven


def _bytes_of(value: Any) -> bytes:
    """A column of bytes as a database gives it, or as COPY writes it (`\\x…`)."""
    if isinstance(value, str):
        return bytes.fromhex(value.removeprefix("\\x"))
    return bytes(value)
