"""A data key per resident and household, wrapped by the master key; erasing the key erases the person's secrets."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from desmigratif.access.models import SubjectKey
from desmigratif.shared import bulk, crypto
from desmigratif.shared.reasons import Reason, Refusal


class KeyErased(Refusal):
    """Somebody's data was erased; nothing is sealed for them any more."""

    code = "key_erased"

    def __init__(self) -> None:
        super().__init__(
            Reason(
                "key_erased",
                "Data ini sudah dihapus, jadi tidak bisa ditulis lagi.",
                way_out="Catat sebagai warga baru bila orangnya datang dan menyetujuinya.",
            )
        )


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
            if key := crypto.unseal(wrapping, row.wrapped, place=_place(row.subject_id)):
                keys[row.subject_id] = key
    return keys


def key_of(subject_id: uuid.UUID, *, make: bool = False) -> bytes | None:
    """The key of one subject; None when it was erased or never made.

    `make` makes one that was never made, for writing. Raises `KeyErased` when it was erased: who was forgotten is
    not written about again.
    """
    found = load_keys([subject_id]).get(subject_id)
    if found is None and make:
        if erased_among([subject_id]):
            raise KeyErased
        return make_keys([subject_id])[subject_id]
    return found


def erased_among(subject_ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Those of these subjects whose key was erased. The caller has found that they have no key."""
    return set(SubjectKey.objects.filter(subject_id__in=list(subject_ids)).values_list("subject_id", flat=True))


def erase_key(subject_id: uuid.UUID) -> bool:
    """Destroy a subject's key: what it sealed can never be opened again. True if there was one.

    A sealed nothing stays in its place, to tell an erased key from one that was never made.
    """
    if subject_id not in load_keys([subject_id]):
        return False
    nothing = crypto.seal(crypto.keyring().wrapping, b"", place=_place(subject_id))
    return bool(SubjectKey.objects.filter(subject_id=subject_id).update(wrapped=nothing))
