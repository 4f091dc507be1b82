"""COSE_Sign1 with Ed25519 in one exact form; signing and checking by the `cwt` library.

Of the many ways to write the same message only one is accepted: tag 18, protected header {alg: EdDSA, kid:
8 bytes}, empty unprotected header, shortest lengths. So no changed byte is ever "the same letter", and
nothing that a stranger sends reaches a CBOR parser before its signature was found good.
"""

from __future__ import annotations

import base64
import hashlib
import re
import warnings
from dataclasses import dataclass
from functools import cache
from types import ModuleType

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ALGORITHM, KEY_ID = 1, 4  # labels of the protected header, RFC 9052
EDDSA = -8
KID_LENGTH = 8
_HEAD = bytes.fromhex("d2844da201270448")
_SIGNATURE_HEAD = bytes.fromhex("5840")
_BASE64URL = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message in our exact form, not yet checked."""

    kid: bytes
    payload: bytes
    signature: bytes
    data: bytes


@cache
def _cwt() -> ModuleType:
    with warnings.catch_warnings():  # cwt imports names that cryptography is retiring; we use none of them
        warnings.simplefilter("ignore")
        import cwt  # only who signs or checks a letter carries it

    return cwt


def key_id(public_key: bytes) -> bytes:
    """Eight bytes that follow from a raw Ed25519 public key (32 bytes)."""
    return hashlib.sha256(public_key).digest()[:KID_LENGTH]


def sign(claims: dict[int, object], private_key: Ed25519PrivateKey) -> bytes:
    """A signed CWT. The claims are written in CBOR's canonical form."""
    public = private_key.public_key().public_bytes_raw()
    kid = key_id(public)
    key = _cwt().COSEKey.new({1: 1, 2: kid, 3: EDDSA, -1: 6, -2: public, -4: private_key.private_bytes_raw()})
    payload = cbor2.dumps(claims, canonical=True)
    signed: bytes = _cwt().COSE.new().encode_and_sign(payload, key, protected={ALGORITHM: EDDSA, KEY_ID: kid})
    return signed


def open_envelope(data: bytes) -> Envelope | None:
    """The parts of a message, or None when it is not in our exact form."""
    start = len(_HEAD) + KID_LENGTH
    kid, rest = data[len(_HEAD) : start], data[start:]
    if not data.startswith(_HEAD) or len(rest) < 68 or rest[0] != 0xA0:
        return None
    body, signature = rest[1:-66], rest[-64:]
    payload = next((body[size:] for size in (1, 2, 3) if body[:size] == _bytes_head(len(body) - size)), None)
    if payload is None or rest[-66:-64] != _SIGNATURE_HEAD:
        return None
    return Envelope(kid, payload, signature, data)


def _bytes_head(length: int) -> bytes:
    """The shortest CBOR head of a byte string."""
    if length < 24:
        return bytes([0x40 + max(length, 0)])
    return bytes([0x58, length]) if length < 256 else b"\x59" + length.to_bytes(2, "big")


def is_signed_by(envelope: Envelope, public_key: bytes) -> bool:
    """Whether the message was signed by the holder of this raw public key."""
    if key_id(public_key) != envelope.kid:
        return False
    cwt = _cwt()
    try:
        key = cwt.COSEKey.new({1: 1, 2: envelope.kid, 3: EDDSA, -1: 6, -2: public_key})
        signed: bytes = cwt.COSE.new().decode(envelope.data, key)
    except (cwt.CWTError, ValueError):
        return False
    return signed == envelope.payload


def claims_of(envelope: Envelope) -> dict[int, object]:
    """The claims of a message whose signature was found good. Raises `ValueError`."""
    try:
        claims = cbor2.loads(envelope.payload)
    except cbor2.CBORDecodeError as problem:
        raise ValueError("claims are not CBOR") from problem
    if not isinstance(claims, dict):
        raise ValueError("claims are not a map")
    return claims


def to_base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """Read base64url without padding, in its one canonical spelling. Raises `ValueError`."""
    if not _BASE64URL.fullmatch(text):
        raise ValueError("not base64url")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if to_base64url(data) != text:
        raise ValueError("not canonical base64url")
    return data
