"""Sealing for a regency's coordinator: the village writes it and cannot read it again.

No actions of their own: an act that happens anyway (a talk with a family, a checked offer) leaves one envelope, full or
empty. Nothing else remembers it: no event, no change, no line in a history, no part of a receipt.
"""

from __future__ import annotations

import io
from datetime import date

from desmigratif.access.keys import age
from desmigratif.people.models import Envelope, ProtectiveKey
from desmigratif.people.rules.envelopes import LENGTH, Note, as_bytes
from desmigratif.shared.reasons import Reason, Refusal

MOST_BYTES = LENGTH + 4096  # what age adds, a stanza of random length included


class NoEnvelope(Refusal):
    code = "no_envelope"


def regency_of(village_code: str) -> str:
    return ".".join(village_code.split(".")[:2])


def key_for(village_code: str) -> ProtectiveKey | None:
    """The key to which a village seals today; None while its coordinator has not made one."""
    return ProtectiveKey.objects.filter(region_code=regency_of(village_code), ended_on__isnull=True).first()


def sealed(key: ProtectiveKey, note: Note | None) -> bytes:
    """An envelope, full or empty."""
    target = io.BytesIO()
    age.encrypt(io.BytesIO(as_bytes(note)), target, key.recipient)
    return target.getvalue()


def put_in(village_code: str, on: date, note: Note | None, *, closed: bytes | None = None) -> None:
    """Leave one envelope for the coordinator: `closed` when it was sealed already, else one with this note.

    Raises `NoEnvelope` for bytes that cannot be one.
    """
    key = key_for(village_code)
    if key is None:
        return
    if closed is not None and not (closed.startswith(age.MAGIC) and LENGTH < len(closed) <= MOST_BYTES):
        raise NoEnvelope(Reason("no_envelope", "Titipan untuk koordinator tidak terbaca.", field="envelope"))
    Envelope.objects.create(key=key, on=on, sealed=closed if closed is not None else sealed(key, note))
