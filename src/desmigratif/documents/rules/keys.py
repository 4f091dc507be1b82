"""Whose signatures are believed, and which letters were taken back.

It travels as JSON: the file of `--keys`, and `/v/kunci.json`, which the check page keeps for use offline.

The file::

    {"format": "desmigratif-keys/1",
     "hub": {"name": "Kabupaten Wonosobo", "public_key": "<base64url, 32 bytes>", "fingerprint": "..."},
     "villages": [{"kid": "<16 hex digits>", "village": "33.07.10.2004", "name": "Kuripan",
                   "public_key": "<base64url>", "fingerprint": "...", "valid_from": "2026-01-01",
                   "valid_until": null, "certificate": "<base64url CWT>"}],
     "revocations": {"as_of": "2026-11-17",
                     "letters": [{"village": "33.07.10.2004", "number": "474/012/DS-KRP/XI/2026",
                                  "replaced_by": "474/015/DS-KRP/XI/2026"}]}}

`replaced_by` stands only where another letter was written in the place of the one taken back.

`hub`, `valid_until`, `certificate` and `revocations` may be null. With a hub key only village keys with a
certificate of that hub are believed. A lone village has no hub: its key is believed because whoever checks
got it from the village and compared the fingerprint.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desmigratif.documents.rules import cose

FORMAT = "desmigratif-keys/1"
KEY_LENGTH = 32
_CERTIFICATE = -65538  # private-use claim of a village key's certificate; a letter uses another


class KeysUnreadable(ValueError):
    """The key file is damaged or of another kind. The message is one Indonesian sentence."""


@dataclass(frozen=True, slots=True)
class VillageKey:
    """One public key of one village. `valid_until` is its last day; None = still in use.

    `village_name` is what people read: "Kuripan" or "Desa Kuripan, Kec. Watumalang, Kab. Wonosobo". What stands
    before the first comma must stand in the letter too.
    """

    village_code: str
    village_name: str
    public_key: bytes
    valid_from: date
    valid_until: date | None = None
    certificate: bytes | None = None

    @property
    def kid(self) -> bytes:
        return cose.key_id(self.public_key)

    def may_sign_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True)
class HubKey:
    """The public key of a regency's or the nation's hub; it certifies village keys."""

    name: str
    public_key: bytes


@dataclass(frozen=True, slots=True)
class Revocations:
    """Letters taken back, as (village code, number), complete up to and including a day; and by which number each was
    replaced, where it was."""

    as_of: date
    letters: frozenset[tuple[str, str]] = frozenset()
    replaced_by: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True)
class KeySet:
    """Everything that is needed to check a letter without a network."""

    villages: tuple[VillageKey, ...]
    hub: HubKey | None = None
    revocations: Revocations | None = None
    _believed: dict[VillageKey, bool] = field(default_factory=dict, init=False, repr=False, compare=False)

    def keys_called(self, kid: bytes) -> list[VillageKey]:
        return [key for key in self.villages if key.kid == kid]

    def believes(self, key: VillageKey) -> bool:
        """Whether the hub, when there is one, certified exactly this key for exactly this village and
        time."""
        if self.hub is None:
            return True
        if key not in self._believed:
            self._believed[key] = is_certified(key, self.hub.public_key)
        return self._believed[key]

    def to_json(self) -> str:
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=1)

    def as_dict(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "hub": _hub_row(self.hub) if self.hub else None,
            "villages": [_village_row(key) for key in self.villages],
            "revocations": _revocations_row(self.revocations) if self.revocations else None,
        }

    @staticmethod
    def from_json(text: str | bytes) -> KeySet:
        """Read a key file. Raises `KeysUnreadable`."""
        try:
            document = json.loads(text)
            if not isinstance(document, dict) or document.get("format") != FORMAT:
                raise KeysUnreadable("Berkas kunci tidak dikenali; minta berkas baru dari kantor desa.")
            return _key_set(document)
        except KeysUnreadable:
            raise
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
            raise KeysUnreadable("Berkas kunci rusak; minta berkas baru dari kantor desa.") from problem


def fingerprint(public_key: bytes) -> str:
    """Six groups of five digits (about 99 bits) that two people can compare by telephone or on paper."""
    value = int.from_bytes(hashlib.sha256(b"desmigratif-fingerprint/1" + public_key).digest(), "big")
    digits = f"{value % 10**30:030d}"
    return " ".join(digits[start : start + 5] for start in range(0, 30, 5))


def certify(key: VillageKey, hub_key: Ed25519PrivateKey) -> bytes:
    """The hub's certificate (a CWT with the key as confirmation claim, RFC 8747) for one village key."""
    return cose.sign(_certificate_claims(key), hub_key)


def is_certified(key: VillageKey, hub_public_key: bytes) -> bool:
    """Whether the certificate is the hub's and says exactly what the key's row says."""
    envelope = cose.open_envelope(key.certificate or b"")
    if envelope is None or not cose.is_signed_by(envelope, hub_public_key):
        return False
    return cose.claims_of(envelope) == _certificate_claims(key)


def _certificate_claims(key: VillageKey) -> dict[int, object]:
    until = key.valid_until.isoformat() if key.valid_until else None
    return {
        2: key.village_code,  # sub
        8: {1: {1: 1, -1: 6, -2: key.public_key}},  # cnf: COSE_Key
        _CERTIFICATE: {1: key.village_name, 2: key.valid_from.isoformat(), 3: until},
    }


def _hub_row(hub: HubKey) -> dict[str, str]:
    return {
        "name": hub.name,
        "public_key": cose.to_base64url(hub.public_key),
        "fingerprint": fingerprint(hub.public_key),
    }


def _village_row(key: VillageKey) -> dict[str, str | None]:
    return {
        "kid": key.kid.hex(),
        "village": key.village_code,
        "name": key.village_name,
        "public_key": cose.to_base64url(key.public_key),
        "fingerprint": fingerprint(key.public_key),
        "valid_from": key.valid_from.isoformat(),
        "valid_until": key.valid_until.isoformat() if key.valid_until else None,
        "certificate": cose.to_base64url(key.certificate) if key.certificate else None,
    }


def _revocations_row(revocations: Revocations) -> dict[str, object]:
    replaced = revocations.replaced_by
    letters = [
        {"village": one[0], "number": one[1], **({"replaced_by": replaced[one]} if one in replaced else {})}
        for one in sorted(revocations.letters)
    ]
    return {"as_of": revocations.as_of.isoformat(), "letters": letters}


def _key_set(document: Mapping[str, Any]) -> KeySet:
    hub, revocations = document.get("hub"), document.get("revocations")
    return KeySet(
        villages=tuple(_village_key(row) for row in document["villages"]),
        hub=HubKey(str(hub["name"]), _public_key(hub["public_key"])) if hub else None,
        revocations=_revocations(revocations) if revocations else None,
    )


def _village_key(row: Mapping[str, Any]) -> VillageKey:
    key = VillageKey(
        village_code=str(row["village"]),
        village_name=str(row["name"]),
        public_key=_public_key(row["public_key"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_until=date.fromisoformat(row["valid_until"]) if row.get("valid_until") else None,
        certificate=cose.from_base64url(row["certificate"]) if row.get("certificate") else None,
    )
    if row.get("kid", key.kid.hex()) != key.kid.hex():
        raise KeysUnreadable("Nomor kunci di berkas tidak cocok dengan kuncinya; minta berkas baru.")
    return key


def _public_key(text: str) -> bytes:
    key = cose.from_base64url(text)
    if len(key) != KEY_LENGTH:
        raise ValueError("not an Ed25519 public key")
    return key


def _revocations(row: Mapping[str, Any]) -> Revocations:
    rows = {(str(letter["village"]), str(letter["number"])): letter.get("replaced_by") for letter in row["letters"]}
    replaced = {letter: str(number) for letter, number in rows.items() if number}
    return Revocations(date.fromisoformat(row["as_of"]), frozenset(rows), replaced)
