"""A sheet between trying it and writing it: kept encrypted for an hour at most, for the person who uploaded it.

One file per upload in the data folder, sealed with a key of its own purpose; the associated data binds it to its
id, its owner and its village, so that nobody else's id opens it.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from desmigratif.shared import crypto

LASTS = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Upload:
    """The sheet, how it is called, and what trying it said."""

    content: bytes
    file_name: str
    report: dict[str, Any]


def _folder() -> Path:
    folder = Path(settings.DATA_DIR) / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _file(upload_id: UUID) -> Path:
    return _folder() / f"{upload_id}.sealed"


def _place(upload_id: UUID, owner_id: UUID, village_code: str) -> str:
    return f"people.upload:{upload_id}:{owner_id}:{village_code}"


def _key() -> bytes:
    return crypto.keyring().key_for("uploads")


def keep(upload_id: UUID, upload: Upload, *, owner_id: UUID, village_code: str, now: datetime) -> None:
    """Keep a sheet, and forget those whose hour is over. Raises `OSError` when the disk is full."""
    forget_old(now)
    head = json.dumps({"at": now.isoformat(), "file_name": upload.file_name, "report": upload.report}).encode()
    plain = len(head).to_bytes(4, "big") + head + upload.content
    sealed = crypto.seal(_key(), plain, place=_place(upload_id, owner_id, village_code))
    handle = os.open(_file(upload_id), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(sealed)
    os.utime(_file(upload_id), (now.timestamp(), now.timestamp()))


def fetch(upload_id: UUID, *, owner_id: UUID, village_code: str, now: datetime) -> Upload | None:
    """The kept sheet; None when there is none, it is somebody else's, or its hour is over."""
    try:
        sealed = _file(upload_id).read_bytes()
        plain = crypto.unseal(_key(), sealed, place=_place(upload_id, owner_id, village_code))
    except (FileNotFoundError, crypto.CannotOpen):
        return None
    length = int.from_bytes(plain[:4], "big")
    head = json.loads(plain[4 : 4 + length])
    if now - datetime.fromisoformat(head["at"]) > LASTS:
        drop(upload_id)
        return None
    return Upload(plain[4 + length :], head["file_name"], head["report"])


def drop(upload_id: UUID) -> None:
    _file(upload_id).unlink(missing_ok=True)


def forget_old(now: datetime) -> int:
    """Remove sheets whose hour is over; returns how many."""
    old = [file for file in _folder().glob("*.sealed") if file.stat().st_mtime < (now - LASTS).timestamp()]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)
