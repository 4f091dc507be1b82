"""What an envelope for the coordinator holds, as bytes of one length: full or empty, nobody can tell from outside."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

LENGTH = 8192  # of every plain text: the longest note in four-byte letters fits
NOTE_LETTERS = 1500
_HEAD = 4  # bytes that say how much of the rest counts

SIGNS = {
    "trafficking": "Tanda perdagangan orang",
    "minor": "Masih di bawah umur",
    "pressure": "Dipaksa, diancam, atau ditipu",
    "violence": "Kekerasan di rumah atau oleh perekrut",
}

FLAGS = {  # of regulations/protective_signs.yaml
    "UNDERAGE_OR_IDENTITY_MISMATCH": "Di bawah umur, atau data dirinya tidak cocok",
    "DEBT_ADVANCE": "Uang muka atau utang yang harus dilunasi dengan bekerja",
    "PAPERS_HELD": "Dokumennya dipegang perekrut",
    "HURRIED_OR_SECRET": "Berangkat buru-buru, malam hari, atau diam-diam",
    "ALARM_AFTER_DEPARTURE": "Tanda bahaya setelah berangkat",
}


@dataclass(frozen=True, slots=True)
class Note:
    """Somebody may be in danger: who, where, what points to it (codes of `SIGNS` and of red flags), in whose words."""

    on: str
    village_code: str
    case_id: str
    resident_id: str
    name: str = field(repr=False)
    signs: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    text: str = field(default="", repr=False)

    @property
    def says_something(self) -> bool:
        return bool(self.signs or self.flags or self.text)


def as_bytes(note: Note | None) -> bytes:
    """Always `LENGTH` bytes. Raises `ValueError` for a note that is too long."""
    said = json.dumps(asdict(note), ensure_ascii=False).encode() if note is not None and note.says_something else b""
    if len(said) > LENGTH - _HEAD:
        raise ValueError("the note is too long for its envelope")
    return len(said).to_bytes(_HEAD, "big") + said + bytes(LENGTH - _HEAD - len(said))


def note_from(plain: bytes) -> Note | None:
    """The note in an opened envelope; None for an empty one. Raises `ValueError` for what is none of ours."""
    length = int.from_bytes(plain[:_HEAD], "big")
    if len(plain) != LENGTH or length > LENGTH - _HEAD:
        raise ValueError("no envelope of ours")
    if not length:
        return None
    said = json.loads(plain[_HEAD : _HEAD + length])
    return Note(**{**said, "signs": tuple(said["signs"]), "flags": tuple(said["flags"])})
