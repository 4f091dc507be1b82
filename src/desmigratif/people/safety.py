"""How a safe address is found, sealed and noted: by keyed indexes, so that a copy of the database tells of nobody."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from desmigratif.audit import unit
from desmigratif.people.models import Resident, SafeAddress
from desmigratif.shared import crypto


def safe_address_place(record_id: uuid.UUID) -> str:
    return f"people.safeaddress:{record_id}"


def person_index(person_id: uuid.UUID) -> str:
    return crypto.blind_index("safe-address", str(person_id))


def home_index(household_id: uuid.UUID) -> str:
    return crypto.blind_index("safe-address-home", str(household_id))


def note_protection(event: str, resident: Resident) -> None:
    """Note an event in the regency's chain, not the village's, about nobody in clear.

    Whoever has the keys can prove later of whom it speaks: the index is in its details.
    """
    regency = ".".join(resident.village_code.split(".")[:2])
    unit.record(event, village_code=regency, about=person_index(resident.person_id))


def in_hiding_among(person_ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Those of these people who have a safe address, for work that leaves them out without saying so."""
    hidden = set(SafeAddress.objects.values_list("subject_index", flat=True))
    if not hidden:
        return set()
    ids = list(person_ids)
    indexes = crypto.blind_indexes("safe-address", map(str, ids))
    return {one for one, index in zip(ids, indexes, strict=True) if index in hidden}
