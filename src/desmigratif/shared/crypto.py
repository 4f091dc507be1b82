"""Sealing fields, blind indexes and digests; thin use of `cryptography`.

A sealed value is `1 byte version || 12 bytes nonce || AES-256-GCM ciphertext`. The associated data names the
field and the row it belongs to, so that a sealed value cannot be moved to another place.
"""

from __future__ import annotations

import hmac
import json
import os
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.conf import settings

from desmigratif.shared.keyring import Keyring

VERSION = b"\x01"
LOCKED = b"desmigratif-lock-1\n"  # before what a passphrase locks: names its work, so that it can be raised one day
_NONCE = 12  # bytes, as GCM wants them
_INDEX = 32  # hex digits of a blind index
_SALT = 16  # bytes
_WORK = {"n": 1 << 17, "r": 8, "p": 1}  # of scrypt in the first format: 128 MB, half a second or two. Never changed


class CannotOpen(ValueError):
    """A sealed value was changed, moved, or its key is gone."""


def keyring() -> Keyring:
    """The keyring this process runs with."""
    ring: Keyring = settings.KEYRING
    return ring


def seal(key: bytes, plain: bytes, *, place: str) -> bytes:
    """Encrypt bytes for one place ("people.resident.nik:<id>")."""
    nonce = os.urandom(_NONCE)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, plain, place.encode())


def seal_all(keys: Sequence[bytes], plains: Sequence[bytes], *, places: Sequence[str]) -> list[bytes]:
    """`seal` for many values, each under its own key; the nonces come from one draw."""
    noise = os.urandom(_NONCE * len(plains))
    sealed = []
    for number, (key, plain, place) in enumerate(zip(keys, plains, places, strict=True)):
        nonce = noise[_NONCE * number : _NONCE * (number + 1)]
        sealed.append(VERSION + nonce + AESGCM(key).encrypt(nonce, plain, place.encode()))
    return sealed


def unseal(key: bytes, sealed: bytes | memoryview, *, place: str) -> bytes:
    """Decrypt bytes of one place. Raises `CannotOpen`."""
    sealed = bytes(sealed)
    if sealed[:1] != VERSION:
        raise CannotOpen(place)
    try:
        return AESGCM(key).decrypt(sealed[1:13], sealed[13:], place.encode())
    except InvalidTag as problem:
        raise CannotOpen(place) from problem


def new_key() -> bytes:
    return AESGCM.generate_key(256)


def lock(plain: bytes, passphrase: str) -> bytes:
    """Seal with a passphrase: `LOCKED || 16 bytes salt || sealed value`.

    The work is the same on every machine and at every moment, so a slow one opens what a fast one locked, only later
    (age's passphrase files measure the machine, and refuse what seems to need sixteen seconds on a slow or busy one).
    """
    salt = os.urandom(_SALT)
    return LOCKED + salt + seal(_stretched(passphrase, salt), plain, place="lock")


def unlock(locked: bytes | memoryview, passphrase: str) -> bytes:
    """Open with a passphrase. Raises `CannotOpen` for another one, or when a byte was changed."""
    locked = bytes(locked)
    rest = locked.removeprefix(LOCKED)
    if rest == locked:
        raise CannotOpen("lock")
    return unseal(_stretched(passphrase, rest[:_SALT]), rest[_SALT:], place="lock")


def _stretched(passphrase: str, salt: bytes) -> bytes:
    written = unicodedata.normalize("NFC", passphrase).encode()
    return Scrypt(salt=salt, length=32, **_WORK).derive(written)


def canonical(value: Any) -> bytes:
    """One byte form for equal JSON values: sorted keys, no spaces."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def keyed_digest(key: bytes, *parts: bytes) -> str:
    """HMAC-SHA256 in hex; parts are length-prefixed so that they cannot run into each other."""
    digest = _keyed(key).copy()
    digest.update(b"".join(map(_framed, parts)))
    return digest.hexdigest()


@lru_cache(maxsize=32)
def _keyed(key: bytes) -> hmac.HMAC:
    """The start of every digest with this key, made once: OpenSSL takes longer for it than for what follows."""
    return hmac.new(key, digestmod="sha256")


def _framed(part: bytes) -> bytes:
    return len(part).to_bytes(4, "big") + part


def blind_index(kind: str, value: str, *, scope: str = "") -> str:
    """A keyed index (32 hex digits) by which an encrypted value can be found but not read.

    `kind` parts the indexes of different things; `scope` (a village code) parts those that are only
    meant to be compared within one village. The key is outside the database.
    """
    return blind_indexes(kind, [value], scope=scope)[0]


def blind_indexes(kind: str, values: Iterable[str], *, scope: str = "") -> list[str]:
    """`blind_index` of many values."""
    key, opening = keyring().index, _framed(kind.encode()) + _framed(scope.encode())
    return [hmac.digest(key, opening + _framed(value.encode()), "sha256").hex()[:_INDEX] for value in values]
