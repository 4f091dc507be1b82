"""A data key per resident and household, wrapped by the master key; erasing the key erases the person's secrets."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from desmigratif.access.models import SubjectKey
from desmigratif.shared import bulk, crypto


def _place(subject_id: uuid.UUID) -> str:
    return f"subject-key:{subject_id}"


def make_keys(subject_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, bytes]:
    """Make and store a fresh key for each id. Returns id -> 32 bytes."""
    ids = list(subject_ids)
    keys = [crypto.new_key() for _ in ids]
    wrapping = [crypto.keyring().wrapping] * len(ids)
    wrapped = crypto.seal_all(wrapping, keys, places=[_place(one) for one in ids])
    bulk.insert_columns(SubjectKey, {"subject_id": ids, "wrapped": wrapped}, {})
    return dict(zip(ids, keys, strict=True))


def load_keys(subject_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, bytes]:
    """The keys that (still) exist among these ids."""
    wrapping = crypto.keyring().wrapping
    ids = list(subject_ids)
    keys: dict[uuid.UUID, bytes] = {}
    for start in range(0, len(ids), 500):
        for row in SubjectKey.objects.filter(subject_id__in=ids[start : start + 500]):
            keys[row.subject_id] = crypto.unseal(wrapping, row.wrapped, place=_place(row.subject_id))
    return keys


def key_of(subject_id: uuid.UUID, *, make: bool = False) -> bytes | None:
    """The key of one subject; None when it was erased or never made (`make` makes one then)."""
    found = load_keys([subject_id]).get(subject_id)
    if found is None and make:
        return make_keys([subject_id])[subject_id]
    return found


def erase_key(subject_id: uuid.UUID) -> bool:
    """Destroy a subject's key: what it sealed can never be opened again. True if there was one."""
    return bool(SubjectKey.objects.filter(subject_id=subject_id).delete()[0])
