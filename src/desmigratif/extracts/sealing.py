"""The file of an extract at rest, and the keys of its marks."""

from __future__ import annotations

import json
import zlib
from uuid import UUID

from django.db import connection

from desmigratif.access.keys.subject_keys import erase_key, key_of
from desmigratif.extracts.models import Extract, ExtractFile
from desmigratif.extracts.rules.files import Sheet, sheet_from
from desmigratif.shared import crypto


def _place(extract_id: UUID) -> str:
    return f"extracts.extractfile:{extract_id}"


def mark_key() -> bytes:
    """By which a row's mark is made and read."""
    return crypto.keyring().key_for("extract-marks")


def order_key() -> bytes:
    """By which rows are put in order, and their print is made."""
    return crypto.keyring().key_for("extract-order")


def put_away(extract: Extract, sheet: Sheet) -> None:
    """Keep a table sealed with a key that belongs to this extract alone."""
    key = key_of(extract.id, make=True) or b""
    plain = zlib.compress(json.dumps(sheet.as_dict(), ensure_ascii=False).encode())
    ExtractFile.objects.create(extract=extract, sealed=crypto.seal(key, plain, place=_place(extract.id)))


def sheet_of(extract: Extract) -> Sheet | None:
    """The table in clear; None when it was destroyed. Raises `CannotOpen` for what was tampered with."""
    kept, key = ExtractFile.objects.filter(extract=extract).first(), key_of(extract.id)
    if kept is None or key is None:
        return None
    return sheet_from(json.loads(zlib.decompress(crypto.unseal(key, kept.sealed, place=_place(extract.id)))))


def destroy(extract: Extract) -> None:
    """The bytes and the key that opened them; a copy of the database that was made before opens no more of it here."""
    if connection.vendor == "sqlite":  # or its pages would keep the bytes until they are needed again
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
    ExtractFile.objects.filter(extract=extract).delete()
    erase_key(extract.id)
