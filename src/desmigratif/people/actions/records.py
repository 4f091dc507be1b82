"""Making and changing the record of a resident in memory, and remembering what a value was before.

Used by every action that writes about people; the caller saves, notes the event and the change.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from desmigratif.people import sealing
from desmigratif.people.fields import DETAIL_FIELDS, HOUSEHOLD_FIELDS, KK, NIK, OPEN_FIELDS, PASSPORT_NAME
from desmigratif.people.models import Fact, Household, Resident
from desmigratif.people.rules.names import fold_name, later_words
from desmigratif.shared.ids import new_id

NAME_KEY_LENGTH = 120
UNKNOWN_SOURCE = "Catatan desa"
CHANGEABLE = (
    "household", "name", "name_key", "name_key_2", "name_key_3", "passport_name", "sex", "birth_place", "birth_date",
    "relation",
    "marital_status", "occupation", "life_status", "nik_sealed", "nik_index", "nik_last4_index",
    "details_sealed", "passport_index", "source", "source_on", "version", "field_versions",
)  # fmt: skip
HOUSEHOLD_CHANGEABLE = ("kk_sealed", "kk_index", "hamlet", "rw", "rt", "address", "version")


def new_resident(
    values: Mapping[str, Any],
    *,
    ids: tuple[uuid.UUID, uuid.UUID, uuid.UUID],
    village_code: str,
    key: bytes,
    source: str,
    on: date,
) -> Resident:
    """An unsaved resident from values by field name; `ids` are those of resident, person and household."""
    resident_id, person_id, household_id = ids
    resident = Resident(
        id=resident_id,
        village_code=village_code,
        household_id=household_id,
        person_id=person_id,
        source=source,
        source_on=on,
    )
    _set_open(resident, values)
    if values.get(NIK):
        sealing.put_nik(resident, key, values[NIK])
    sealing.put_details(resident, key, {name: values[name] for name in DETAIL_FIELDS if values.get(name) is not None})
    return resident


def change_resident(
    resident: Resident,
    key: bytes,
    changes: Mapping[str, Any],
    *,
    source: str,
    on: date | None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Set the changed fields (None = unknown) and raise the version; unsaved.

    `details` are the details as they stand, when the caller has opened them already.
    """
    _set_open(resident, changes)
    if NIK in changes:
        sealing.put_nik(resident, key, changes[NIK])
    changed_details = {name: changes[name] for name in DETAIL_FIELDS if name in changes}
    if changed_details:
        standing = sealing.open_resident(resident, key).details if details is None else details
        sealing.put_details(resident, key, {**standing, **changed_details})
    resident.version += 1
    resident.field_versions = {**resident.field_versions, **dict.fromkeys(changes, resident.version)}
    resident.source, resident.source_on = source, on


def _set_open(resident: Resident, values: Mapping[str, Any]) -> None:
    for name in (*OPEN_FIELDS, PASSPORT_NAME):
        if name in values:
            value = values[name]
            setattr(resident, name, value if value is not None or name == "birth_date" else "")
    if not resident.life_status:
        resident.life_status = "alive"
    if "name" in values:
        resident.name_key = fold_name(resident.name)[:NAME_KEY_LENGTH]
        resident.name_key_2, resident.name_key_3 = later_words(resident.name_key)


def new_household(
    values: Mapping[str, Any], *, household_id: uuid.UUID, village_code: str, key: bytes | None
) -> Household:
    """An unsaved household; the key is only needed when a KK number is known."""
    household = Household(
        id=household_id,
        village_code=village_code,
        **{name: values.get(name) or "" for name in HOUSEHOLD_FIELDS},
    )
    sealing.put_kk(household, key, values.get(KK))
    return household


def change_household(household: Household, key: bytes | None, changes: Mapping[str, Any]) -> None:
    """Set the changed fields and raise the version; unsaved."""
    for name in HOUSEHOLD_FIELDS:
        if name in changes:
            setattr(household, name, changes[name] or "")
    if KK in changes:
        sealing.put_kk(household, key, changes[KK])
    household.version += 1


def new_fact(
    resident: Resident,
    key: bytes,
    field: str,
    value: Any,
    *,
    source: str,
    as_of: date | None,
    chosen: bool,
    reason: str | None = None,
    fact_id: uuid.UUID | None = None,
) -> Fact:
    """An unsaved fact: what a source says about one field."""
    fact_id = fact_id or new_id()
    text = sealing.write_values({field: value})
    return Fact(
        id=fact_id,
        village_code=resident.village_code,
        resident=resident,
        field=field,
        value_sealed=sealing.seal_text(key, text, sealing.fact_place(fact_id)),
        source=source,
        as_of=as_of,
        chosen=chosen,
        reason_sealed=sealing.seal_text(key, reason, sealing.fact_reason_place(fact_id)) if reason else None,
    )


def fact_value(fact: Fact, key: bytes | None) -> Any:
    """What the fact states; None when it states "unknown" or its key is gone."""
    text = sealing.open_text(key, fact.value_sealed, sealing.fact_place(fact.id))
    return sealing.read_values(text).get(fact.field) if text else None


def remember(
    resident: Resident,
    key: bytes,
    before: Mapping[str, Any],
    changes: Mapping[str, Any],
    *,
    source: str,
    as_of: date,
    reason: str,
) -> None:
    """Keep, per changed field, what stood before with its source, and what stands now with source and reason.

    Must run before `change_resident`, while the resident still carries the earlier source.
    """
    fields = list(changes)
    standing = set(
        Fact.objects.filter(resident=resident, field__in=fields, chosen=True).values_list("field", flat=True)
    )
    Fact.objects.filter(resident=resident, field__in=fields, chosen=True).update(chosen=False)
    facts = []
    for field in fields:
        if field not in standing and before.get(field) is not None:
            facts.append(
                new_fact(
                    resident,
                    key,
                    field,
                    before[field],
                    source=resident.source or UNKNOWN_SOURCE,
                    as_of=resident.source_on,
                    chosen=False,
                )
            )
        facts.append(
            new_fact(resident, key, field, changes[field], source=source, as_of=as_of, chosen=True, reason=reason)
        )
    Fact.objects.bulk_create(facts)
