"""How far devices may let go of what this server took: as far as the oldest backup that is kept holds it.

A device keeps what the server acknowledged until a backup holds it too, so that a restore loses nothing. Any of the
automatic backups may be the one that is restored, so the oldest of them counts, not the newest. Backups that a
person made, or that were copied elsewhere, count for nothing here: who restores one that is older than the oldest
automatic one may lose what devices have let go.

What is proven of an encrypted backup, which this server cannot read back: when it was made, the SHA-256 of the bytes
that were written was that of the file read back from the disk, and SQLite's own proof held for the copy that went in
(on PostgreSQL all tables came from one snapshot). Now, the SHA-256 of the oldest backup, read again, is still the
same. That it opens with the sheet and that its chains hold is proven only by `backup verify` with the sheet.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pydantic

from desmigratif.access.keys import recovery

SAFE_FILE = "safe_marks.json"  # what `sync` reads
MADE_FILE = "backups_made.json"
EPOCH_FILE = "epoch"


class Made(pydantic.BaseModel):
    """A backup that was proven when it was made: its SHA-256, the epoch it belongs to ("" before the first device
    asked for one), and the last audit number of each chain inside it."""

    model_config = pydantic.ConfigDict(frozen=True, extra="forbid")

    sha256: str
    epoch: str
    marks: dict[str, int]


_MADE = pydantic.TypeAdapter(dict[str, Made])


def remember(data_dir: Path, backup: Path, *, sha256: str, marks: Mapping[str, int], kept: Sequence[Path]) -> None:
    """Note a proven backup, and forget those that are kept no longer. Raises `OSError`."""
    names = {file.name for file in kept}
    made = {name: row for name, row in _made(data_dir).items() if name in names}
    made[backup.name] = Made(sha256=sha256, epoch=_epoch(data_dir), marks=dict(marks))
    recovery.write_whole(data_dir / MADE_FILE, _MADE.dump_json(made), mode=0o600)


def tell_safe(data_dir: Path, kept: Sequence[Path]) -> bool:
    """Write what the oldest of the kept backups (newest first) holds, for devices to know.

    False, and nothing is written, when that backup was never proven, is damaged now, or belongs to another life of
    this server: what was told before stays true. Raises `OSError`.
    """
    epoch = _epoch(data_dir)
    if not kept or not epoch:
        return False
    made = _made(data_dir).get(kept[-1].name)
    if made is None or made.epoch not in ("", epoch) or _sha256(kept[-1]) != made.sha256:
        return False
    told = json.dumps({"epoch": epoch, "marks": made.marks}, sort_keys=True)
    recovery.write_whole(data_dir / SAFE_FILE, told.encode(), mode=0o600)
    return True


def _made(data_dir: Path) -> dict[str, Made]:
    """Nothing when there is no such file or it cannot be read: then nothing is told until new backups are made."""
    try:
        return _MADE.validate_json((data_dir / MADE_FILE).read_bytes())
    except (FileNotFoundError, pydantic.ValidationError):
        return {}


def _epoch(data_dir: Path) -> str:
    """The name of this life of the server. A restore begins a new one in a folder that knows of no backup yet, so
    what was noted before there was a name belongs to the same life."""
    try:
        return (data_dir / EPOCH_FILE).read_text("ascii").strip()
    except FileNotFoundError:
        return ""


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
