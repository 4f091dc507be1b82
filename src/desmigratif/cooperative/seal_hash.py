"""The keyed hash that chains a cooperative's seals. The key lies outside the database."""

from __future__ import annotations

from desmigratif.shared.crypto import keyed_digest, keyring


def hash_of_seal(prev_hash: str, head: str, body: str, key: bytes | None = None) -> str:
    """HMAC over the seal before and all that this one closes; by the key of this process unless one is given."""
    return keyed_digest(key or keyring().ledger, prev_hash.encode(), head.encode(), body.encode())
