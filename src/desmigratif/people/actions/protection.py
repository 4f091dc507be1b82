"""A safe address: kept where the village cannot see it, while the ordinary one leaves the register.

The ordinary address is not masked but moved: it is sealed with the safe one, and the register says "unknown" as it
says of many others. So no page, letter, file or device can show what is no longer there. Nothing tells that it
happened: no line in the history, no event in the village's chain, no subject of an event, no receipt of the village.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit import unit
from desmigratif.people import safety, sealing
from desmigratif.people.actions.common import checked_day, refuse_taken_ids, resident_to_change
from desmigratif.people.actions.records import (
    CHANGEABLE,
    HOUSEHOLD_CHANGEABLE,
    change_household,
    change_resident,
    fact_value,
    new_fact,
)
from desmigratif.people.fields import HOUSEHOLD_FIELDS, PLACE_FIELDS
from desmigratif.people.inputs import EndSafeAddress, KeepSafeAddress
from desmigratif.people.models import Fact, Household, Resident, SafeAddress
from desmigratif.people.queries.protection import Kept, records_of_human, safe_address_of
from desmigratif.shared.reasons import Reason, Refusal


class NothingToKeep(Refusal):
    code = "nothing_to_keep"


@dataclass(slots=True)
class _Hidden:
    """What was taken out of the register, as it is sealed."""

    homes: dict[str, dict[str, Any]] = field(default_factory=dict)
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    facts: list[Mapping[str, Any]] = field(default_factory=list)

    @staticmethod
    def of(kept: Kept | None) -> _Hidden:
        if kept is None:
            return _Hidden()
        homes = {one: dict(said) for one, said in kept.homes.items()}
        people = {one: dict(said) for one, said in kept.people.items()}
        return _Hidden(homes, people, list(kept.facts))


@action("people.keep_safe_address", Permission.PROTECTIVE_RECORD)
def keep_safe_address(*, by: Actor, given: KeepSafeAddress, now: datetime) -> dict[str, Any]:
    """Keep or renew where somebody in hiding can be reached, and take their whereabouts out of the register."""
    resident = _to_protect(by, given.resident_id)
    checked_day(given.on, resident.village_code, now)
    if not (given.address or given.contact):
        raise NothingToKeep(
            Reason("nothing_to_keep", "Tulis alamat amannya, atau lewat siapa ia bisa dihubungi.", field="address")
        )
    _wipe_what_is_overwritten()
    records = records_of_human(by, resident)
    kept = safe_address_of(by, records)
    hidden = _Hidden.of(kept)
    _take_whereabouts(records, hidden)
    if given.hide_home:
        _take_home(resident.household, hidden)
    else:
        _give_homes_back(hidden)
    said = {"address": given.address or "", "contact": given.contact or "", "note": given.note or ""}
    _seal(resident, kept, given.record_id, said, hidden)
    safety.note_protection("protective.kept", resident)
    return {}


@action("people.end_safe_address", Permission.PROTECTIVE_RECORD)
def end_safe_address(*, by: Actor, given: EndSafeAddress, now: datetime) -> dict[str, Any]:
    """Put back what was hidden, unless something else was written meanwhile, and forget the safe address."""
    resident = _to_protect(by, given.resident_id)
    checked_day(given.on, resident.village_code, now)
    records = records_of_human(by, resident)
    kept = safe_address_of(by, records)
    if kept is None:
        raise NothingToKeep(Reason("nothing_kept", "Tidak ada alamat aman yang tersimpan untuk warga ini."))
    _wipe_what_is_overwritten()
    hidden = _Hidden.of(kept)
    _give_homes_back(hidden)
    _give_whereabouts_back({str(row.id): row for row in records}, hidden)
    kept.row.delete()
    safety.note_protection("protective.ended", resident)
    return {}


def _to_protect(by: Actor, resident_id: UUID) -> Resident:
    """Raises `NotFoundOrNotYours` and `MergedAway`."""
    seen = get_or_refuse(Resident.objects.visible_to(by), "resident_id", id=resident_id)
    return resident_to_change(by, resident_id, seen.village_code, Permission.PROTECTIVE_RECORD)


def _wipe_what_is_overwritten() -> None:
    """SQLite leaves what a row said before in its page until it needs the room; from now on it writes zeros."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def _seal(resident: Resident, kept: Kept | None, record_id: UUID, said: Mapping[str, str], hidden: _Hidden) -> None:
    key = _key(resident)
    if kept is not None:
        row = kept.row
    else:
        index = safety.person_index(resident.person_id)
        SafeAddress.objects.filter(subject_index=index).delete()  # one whose key is gone
        refuse_taken_ids(SafeAddress, [record_id])
        row = SafeAddress(id=record_id, village_code=resident.village_code)
    content = {**said, "homes": hidden.homes, "people": hidden.people, "facts": hidden.facts}
    row.subject_index = safety.person_index(resident.person_id)
    row.home_index = safety.home_index(resident.household_id) if hidden.homes else ""
    row.sealed = sealing.seal_text(key, sealing.write_values(content), safety.safe_address_place(row.id))
    row.save()


def _key(resident: Resident) -> bytes:
    key = key_of(resident.id, make=True)
    assert key is not None  # noqa: S101  made just now if it was missing
    return key


# --- out of the register ---


def _take_whereabouts(records: Sequence[Resident], hidden: _Hidden) -> None:
    """Where the person lives now, by the register and by every other source."""
    for row in records:
        key = key_of(row.id)
        if key is None:
            continue
        details = sealing.open_resident(row, key).details
        taken = {name: details[name] for name in PLACE_FIELDS if details.get(name) is not None}
        if taken:
            hidden.people.setdefault(str(row.id), {}).update(taken)
            _change(row, key, dict.fromkeys(taken), details)
        for fact in Fact.objects.filter(resident=row, field__in=PLACE_FIELDS):
            hidden.facts.append(_as_kept(fact, key))
            unit.changed("people.fact", fact.village_code, fact.id, gone=True)
            fact.delete()


def _as_kept(fact: Fact, key: bytes) -> dict[str, Any]:
    return {
        "id": str(fact.id),
        "resident": str(fact.resident_id),
        "field": fact.field,
        "value": fact_value(fact, key),
        "source": fact.source,
        "as_of": fact.as_of.isoformat() if fact.as_of else None,
        "chosen": fact.chosen,
        "reason": sealing.open_text(key, fact.reason_sealed, sealing.fact_reason_place(fact.id)),
    }


def _change(row: Resident, key: bytes, changes: Mapping[str, Any], details: Mapping[str, Any] | None = None) -> None:
    change_resident(row, key, changes, source=row.source, on=row.source_on, details=details)
    row.save(update_fields=CHANGEABLE)
    unit.changed("people.resident", row.village_code, row.id)


def _take_home(home: Household, hidden: _Hidden) -> None:
    """The household's address; what was written again since the last time wins over what was hidden then."""
    home = Household.objects.in_village(home.village_code).select_for_update().get(id=home.id)
    taken = {name: getattr(home, name) for name in HOUSEHOLD_FIELDS if getattr(home, name)}
    _give_homes_back(hidden, but=str(home.id))
    hidden.homes.setdefault(str(home.id), {}).update(taken)
    if taken:
        _change_home(home, dict.fromkeys(taken))


def _change_home(home: Household, changes: Mapping[str, Any]) -> None:
    change_household(home, None, changes)
    home.save(update_fields=HOUSEHOLD_CHANGEABLE)
    unit.changed("people.household", home.village_code, home.id)


# --- and back ---


def _give_homes_back(hidden: _Hidden, but: str = "") -> None:
    """Addresses of households where nothing else was written meanwhile."""
    for household_id in [one for one in hidden.homes if one != but]:
        said = hidden.homes.pop(household_id)
        for home in Household.objects.everywhere().select_for_update().filter(id=household_id):
            gaps = {name: value for name, value in said.items() if not getattr(home, name)}
            if gaps:
                _change_home(home, gaps)


def _give_whereabouts_back(records: Mapping[str, Resident], hidden: _Hidden) -> None:
    for resident_id, said in hidden.people.items():
        row = records.get(resident_id)
        key = key_of(row.id) if row else None
        if row is None or key is None:
            continue
        details = sealing.open_resident(row, key).details
        gaps = {name: value for name, value in said.items() if details.get(name) is None}
        if gaps:
            _change(row, key, gaps, details)
    _restore_facts(records, hidden.facts)


def _restore_facts(records: Mapping[str, Resident], facts: Iterable[Mapping[str, Any]]) -> None:
    for said in facts:
        row = records.get(said["resident"])
        key = key_of(row.id) if row else None
        if row is None or key is None:
            continue
        chosen = said["chosen"] and not Fact.objects.filter(resident=row, field=said["field"], chosen=True).exists()
        as_of = date.fromisoformat(said["as_of"]) if said["as_of"] else None
        fact = new_fact(
            row, key, said["field"], said["value"], source=said["source"], as_of=as_of, chosen=chosen,
            reason=said["reason"], fact_id=UUID(said["id"]),
        )  # fmt: skip
        fact.save(force_insert=True)
        unit.changed("people.fact", fact.village_code, fact.id)
