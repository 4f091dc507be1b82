"""The installation's keys, kept in one file outside the database (mode 0400).

From one master key separate keys are derived by purpose (HKDF-SHA256), so that none is used for two things.
Losing this file makes the encrypted fields unreadable: the recovery sheet is printed for that day.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FILE_NAME = "keys.json"


class KeysUnreadable(RuntimeError):
    """The key file is missing or damaged although the data folder is in use."""


@dataclass(frozen=True)
class Keyring:
    """The master key (32 bytes) and the keys derived from it by purpose."""

    master: bytes = field(repr=False)

    def key_for(self, purpose: str) -> bytes:
        """32 bytes that belong to one purpose alone."""
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"desmigratif/{purpose}/1".encode()).derive(
            self.master
        )

    @cached_property
    def wrapping(self) -> bytes:
        return self.key_for("wrap-subject-keys")

    @cached_property
    def index(self) -> bytes:
        return self.key_for("blind-index")

    @cached_property
    def audit(self) -> bytes:
        return self.key_for("audit-chain")

    @cached_property
    def ledger(self) -> bytes:
        return self.key_for("ledger-chain")

    @cached_property
    def digest(self) -> bytes:
        return self.key_for("payload-digest")

    @cached_property
    def review(self) -> bytes:
        return self.key_for("review-payload")

    @cached_property
    def short_codes(self) -> bytes:
        return self.key_for("letter-short-code")

    @cached_property
    def signing(self) -> bytes:
        return self.key_for("wrap-signing-keys")

    @cached_property
    def django_secret(self) -> str:
        return base64.urlsafe_b64encode(self.key_for("django-secret")).decode()

    def as_bytes(self) -> bytes:
        return json.dumps({"version": 1, "master": base64.b64encode(self.master).decode()}).encode()

    @staticmethod
    def from_bytes(content: bytes) -> Keyring:
        try:
            document = json.loads(content)
            master = base64.b64decode(document["master"], validate=True)
        except (ValueError, KeyError, TypeError) as problem:
            raise KeysUnreadable("key file is damaged") from problem
        if len(master) != 32:
            raise KeysUnreadable("key file is damaged")
        return Keyring(master)


def load_or_create(data_dir: Path) -> Keyring:
    """The keyring of a data folder; an empty folder gets a fresh one.

    Raises `KeysUnreadable` when the folder already holds a database but no key file.
    """
    file = data_dir / FILE_NAME
    if file.exists():
        return Keyring.from_bytes(file.read_bytes())
    if (data_dir / "desmigratif.sqlite3").exists():
        raise KeysUnreadable(f"{file} is missing")
    return write_keyring(data_dir, Keyring(secrets.token_bytes(32)))


def write_keyring(data_dir: Path, keyring: Keyring) -> Keyring:
    """Put a keyring in place, readable by its owner only; never overwrites. Returns the one that stands."""
    data_dir.mkdir(parents=True, exist_ok=True)
    file = data_dir / FILE_NAME
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    except FileExistsError:
        return Keyring.from_bytes(file.read_bytes())
    with os.fdopen(handle, "wb") as stream:
        stream.write(keyring.as_bytes())
        stream.flush()
        os.fsync(stream.fileno())
    return keyring
