"""Thin, typed use of pyrage (age files, X25519): the library ships no types that a checker can read."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol

MAGIC = b"age-encryption.org/v1\n"


@cache
def _age() -> Any:
    import pyrage  # only who seals for another carries it

    return pyrage


class NotForThisIdentity(ValueError):
    """The file is encrypted to somebody else."""


class CannotDecrypt(ValueError):
    """The file was changed or cut."""


class Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class Writable(Protocol):
    def write(self, chunk: bytes, /) -> int: ...

    def flush(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Identity:
    """The secret half ("AGE-SECRET-KEY-1…") and the public half ("age1…")."""

    secret: str = field(repr=False)
    recipient: str


def new_identity() -> Identity:
    made = _age().x25519.Identity.generate()
    return Identity(str(made).upper(), str(made.to_public()))


def read_identity(secret: str) -> Identity:
    """Raises `ValueError` when the check sum of the text does not fit."""
    try:
        read = _age().x25519.Identity.from_str(secret)
    except _age().IdentityError as problem:
        raise ValueError("not an identity") from problem
    return Identity(secret, str(read.to_public()))


def is_recipient(text: str) -> bool:
    try:
        _age().x25519.Recipient.from_str(text)
    except _age().RecipientError:
        return False
    return True


def encrypt(source: Readable, target: Writable, recipient: str) -> None:
    """Stream from one file to another. Raises `OSError` for whatever stops either of them."""
    try:
        _age().encrypt_io(source, target, [_age().x25519.Recipient.from_str(recipient)])
    except (_age().EncryptError, _age().RecipientError) as problem:
        raise OSError("cannot encrypt") from problem


def decrypt(source: Readable, target: Writable, identity: Identity) -> None:
    """Stream the plain bytes; what was written counts only when this returns.

    Raises `NotForThisIdentity` and `CannotDecrypt`.
    """
    try:
        _age().decrypt_io(source, target, [_age().x25519.Identity.from_str(identity.secret)])
    except _age().DecryptError as problem:
        kind = NotForThisIdentity if "No matching keys" in str(problem) else CannotDecrypt
        raise kind("cannot decrypt") from problem
    except OSError as problem:
        raise CannotDecrypt("cannot decrypt") from problem
