"""The recovery sheet: the secret half of an age identity, on paper only.

The machine keeps the public half (`DATA/recovery.json`) and can encrypt backups to it, never read them back. The
sheet shows the secret in groups of four letters and as a QR; bech32's own check sum finds typing errors.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from desmigratif.access.keys import age
from desmigratif.shared.crypto import keyed_digest
from desmigratif.shared.keyring import Keyring
from desmigratif.shared.reasons import Reason, Refusal

FILE_NAME = "recovery.json"
PREFIX = "AGE-SECRET-KEY-1"
_LENGTH = 58  # bech32 letters after the prefix: 32 bytes and the check sum
_GROUP = 4
_ASKED = 2
_FULL_GROUPS = _LENGTH // _GROUP
_FINGERPRINT_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class SheetUnreadable(Refusal):
    """What was typed or scanned is no recovery sheet."""

    code = "sheet_unreadable"

    def __init__(self) -> None:
        super().__init__(
            Reason(
                "sheet_unreadable",
                "Kode lembar pemulihan tidak terbaca; mungkin ada huruf yang kurang atau tertukar.",
                field="identity",
                way_out="Ketik ulang semua kelompok huruf dari lembar, atau pindai QR-nya.",
            )
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed once: the secret, its public half, and a short name for both."""

    secret: str = field(repr=False)
    recipient: str
    fingerprint: str
    made_on: date

    @property
    def groups(self) -> tuple[str, ...]:
        """The secret without its prefix, in groups of four letters (the last has two)."""
        letters = self.secret.removeprefix(PREFIX)
        return tuple(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))

    @property
    def qr(self) -> QrPicture:
        return qr_picture(self.secret)


@dataclass(frozen=True, slots=True)
class QrPicture:
    """A QR as one SVG path over a square of `size` units (quiet zone included)."""

    size: int
    path: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Challenge:
    """Which groups are asked back (counted from 1) and a keyed proof of the right answer; holds no secret."""

    recipient: str
    made_on: date
    positions: tuple[int, ...]
    proof: str


@dataclass(frozen=True, slots=True)
class KeptRecipient:
    """The public half on the machine: to whom backups are encrypted."""

    recipient: str
    fingerprint: str
    made_on: date


def new_sheet(today: date) -> Sheet:
    """A fresh identity. Nothing is stored."""
    identity = age.new_identity()
    return Sheet(identity.secret, identity.recipient, fingerprint_of(identity.recipient), today)


def fingerprint_of(recipient: str) -> str:
    """Eight letters by which people match a sheet with a machine or a backup: `7F3K-92QD`."""
    number = int.from_bytes(hashlib.sha256(recipient.encode()).digest()[:8], "big")
    letters = []
    for _ in range(8):
        number, rest = divmod(number, len(_FINGERPRINT_LETTERS))
        letters.append(_FINGERPRINT_LETTERS[rest])
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"


def identity_from(text: str) -> age.Identity:
    """The identity typed or scanned from a sheet: any case, spaces, dashes, lines, with or without its prefix.

    Raises `SheetUnreadable`.
    """
    letters = re.sub(r"[^A-Z0-9]", "", text.upper()).removeprefix(re.sub("-", "", PREFIX))
    try:
        return age.read_identity(PREFIX + letters)
    except ValueError:
        raise SheetUnreadable from None


def ask_parts(sheet: Sheet, keyring: Keyring) -> Challenge:
    """Choose two groups of the sheet to be typed back."""
    chosen = secrets.SystemRandom().sample(range(1, _FULL_GROUPS + 1), _ASKED)
    positions = tuple(sorted(chosen))
    answers = [sheet.groups[position - 1] for position in positions]
    return Challenge(sheet.recipient, sheet.made_on, positions, _proof(keyring, sheet.recipient, positions, answers))


def confirm_parts(challenge: Challenge, answers: Sequence[str], keyring: Keyring) -> bool:
    """Whether the groups typed back are those of the sheet."""
    typed = [re.sub(r"[^A-Z0-9]", "", answer.upper()) for answer in answers]
    proof = _proof(keyring, challenge.recipient, challenge.positions, typed)
    return secrets.compare_digest(proof, challenge.proof)


def _proof(keyring: Keyring, recipient: str, positions: Sequence[int], answers: Sequence[str]) -> str:
    said = [recipient, *(str(position) for position in positions), *answers]
    return keyed_digest(keyring.key_for("recovery-challenge"), *(part.encode() for part in said))


def qr_picture(text: str) -> QrPicture:
    """The QR of a text as an SVG path, so that a template can draw it without trusting foreign markup."""
    import segno  # only who draws a QR carries it

    rows = list(segno.make_qr(text, error="m").matrix_iter(border=4))
    squares = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark]
    return QrPicture(len(rows), "".join(squares))


def keep(data_dir: Path, recipient: str, made_on: date) -> KeptRecipient:
    """Write the public half to `DATA/recovery.json`; what stood there moves to its list of earlier sheets."""
    standing = _read(data_dir)
    earlier = list(standing.get("earlier", []))
    if standing and standing["recipient"] != recipient:
        earlier.append({key: standing[key] for key in ("recipient", "fingerprint", "made_on")})
    fingerprint = fingerprint_of(recipient)
    document = {
        "version": 1,
        "recipient": recipient,
        "fingerprint": fingerprint,
        "made_on": made_on.isoformat(),
        "earlier": earlier,
    }
    write_whole(data_dir / FILE_NAME, json.dumps(document, indent=1).encode(), mode=0o600)
    return KeptRecipient(recipient, fingerprint, made_on)


def kept(data_dir: Path) -> KeptRecipient | None:
    """The public half that backups are encrypted to, or None while no sheet was made."""
    document = _read(data_dir)
    if not document:
        return None
    return KeptRecipient(document["recipient"], document["fingerprint"], date.fromisoformat(document["made_on"]))


def _read(data_dir: Path) -> dict[str, Any]:
    try:
        document = json.loads((data_dir / FILE_NAME).read_bytes())
    except FileNotFoundError:
        return {}
    return dict(document)


def write_whole(file: Path, content: bytes, *, mode: int) -> None:
    """Put a small file in place at once: a reader sees the old or the new one, never half of it."""
    waiting = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        waiting.replace(file)
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise
