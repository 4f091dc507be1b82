"""Registering families and people, and putting right what is written about them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.keys.subject_keys import key_of, make_keys
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.people import sealing
from desmigratif.people.actions.common import (
    checked_day,
    household_to_change,
    refuse_taken_ids,
    resident_to_change,
)
from desmigratif.people.actions.records import (
    CHANGEABLE,
    HOUSEHOLD_CHANGEABLE,
    change_household,
    change_resident,
    new_household,
    new_resident,
    remember,
)
from desmigratif.people.actions.telling_apart import remember_apart
from desmigratif.people.fields import LABELS, NIK, SPECIFIC_FIELDS
from desmigratif.people.inputs import (
    CorrectHousehold,
    CorrectResident,
    NewMember,
    RegisterHousehold,
    RegisterResident,
    SettleDoubt,
)
from desmigratif.people.models import Household, HouseholdChange, Person, Resident
from desmigratif.people.queries.alike import alike
from desmigratif.people.queries.meanwhile import household_changed_since
from desmigratif.people.queries.values import differing, household_values, resident_values
from desmigratif.people.rules.nik import doubts_about_nik
from desmigratif.shared.ids import new_id
from desmigratif.shared.privacy import PrivacyClass
from desmigratif.shared.reasons import NeedsReview, Reason, Refusal

_NOT_FACTS = {"resident_id", "person_id"}


class CannotRegister(Refusal):
    code = "cannot_register"


class CannotCorrect(Refusal):
    code = "cannot_correct"


@action("people.register_household", Permission.RESIDENT_REGISTER)
def register_household(*, by: Actor, given: RegisterHousehold, now: datetime) -> Household:
    """Register a family with its members."""
    require(by, Permission.RESIDENT_REGISTER, given.village_code)
    today = checked_day(given.on, given.village_code, now)
    refuse_taken_ids(Household, [given.household_id])
    reasons = _reasons_not_to_add(given.members, given.village_code, today, given.known_to_differ, path="members.{}.")
    if given.kk_number and _kk_is_taken(given.village_code, given.kk_number):
        reasons.append(_KK_TAKEN)
    if reasons:
        raise CannotRegister(reasons)
    key = make_keys([given.household_id])[given.household_id] if given.kk_number else None
    household = new_household(
        given.model_dump(exclude={"members"}),
        household_id=given.household_id,
        village_code=given.village_code,
        key=key,
    )
    household.save(force_insert=True)
    unit.changed("people.household", given.village_code, household.id)
    differ = _who_differs(given)
    _add_members(household, given.members, given.source, given.on)
    remember_apart(by, given.village_code, differ, given.on)
    unit.record(
        "household.registered",
        village_code=given.village_code,
        subjects=[Subject("household", household.id), *(Subject("resident", m.resident_id) for m in given.members)],
        members=len(given.members),
    )
    return household


@action("people.register_resident", Permission.RESIDENT_REGISTER)
def register_resident(*, by: Actor, given: RegisterResident, now: datetime) -> Resident:
    """Register one more member of a family."""
    household = household_to_change(by, given.household_id, given.village_code)
    today = checked_day(given.on, given.village_code, now)
    reasons = _reasons_not_to_add([given.member], given.village_code, today, given.known_to_differ, path="member.")
    if reasons:
        raise CannotRegister(reasons)
    differ = _who_differs(given)
    (resident,) = _add_members(household, [given.member], given.source, given.on)
    remember_apart(by, given.village_code, differ, given.on)
    unit.record(
        "resident.registered",
        village_code=given.village_code,
        subjects=[Subject("resident", resident.id), Subject("household", household.id)],
    )
    return resident


_KK_TAKEN = Reason(
    "kk_in_village",
    "Nomor KK ini sudah dipakai keluarga lain di desa ini.",
    field="kk_number",
    way_out="Cari keluarga itu dengan nomor KK, lalu tambahkan anggotanya di sana.",
)


def _kk_is_taken(village_code: str, kk_number: str, *, but: UUID | None = None) -> bool:
    rows = Household.objects.in_village(village_code).filter(kk_index=sealing.kk_index(kk_number))
    return any(home != but for home in rows.values_list("id", flat=True))


def _reasons_not_to_add(
    members: Sequence[NewMember], village_code: str, today: date, known_to_differ: bool, *, path: str
) -> list[Reason]:
    """Why these people cannot be registered: born in the future, twice here, or perhaps known already."""
    refuse_taken_ids(Resident, [member.resident_id for member in members])
    reasons: list[Reason] = []
    seen: set[str] = set()
    for place, member in enumerate(members):
        prefix = path.format(place)
        if member.birth_date and member.birth_date > today:
            reasons.append(_born_later(f"{prefix}birth_date"))
        if member.nik and member.nik in seen:
            reasons.append(Reason("nik_double", "NIK ini tertulis pada dua anggota.", field=f"{prefix}nik"))
        seen.add(member.nik or "")
        if not known_to_differ:
            reasons += _looks_known(member, village_code, prefix)
    return reasons


def _born_later(field: str) -> Reason:
    return Reason("born_in_future", "Tanggal lahir masih di masa depan; periksa tahunnya.", field=field)


def _who_differs(given: RegisterHousehold | RegisterResident) -> list[tuple[UUID, UUID]]:
    """New records beside those alike, of which the officer says that they are others."""
    members = given.members if isinstance(given, RegisterHousehold) else [given.member]
    return [
        (member.resident_id, known.id)
        for member in members
        if given.known_to_differ
        for known in alike(given.village_code, name=member.name, birth_date=member.birth_date, nik=member.nik)
    ]


def _looks_known(member: NewMember, village_code: str, prefix: str) -> list[Reason]:
    found = alike(village_code, name=member.name, birth_date=member.birth_date, nik=member.nik)
    if not found:
        return []
    same_nik = member.nik and any(row.nik_index == sealing.nik_index(member.nik) for row in found)
    text = (
        "NIK ini sudah tercatat pada warga lain di desa ini."
        if same_nik
        else "Warga dengan nama dan tanggal lahir ini sudah tercatat di desa ini."
    )
    way_out = "Buka berkas yang sudah ada, atau tandai bahwa ini memang orang lain."
    return [Reason("looks_known", text, field=f"{prefix}{'nik' if same_nik else 'name'}", way_out=way_out)]


def _add_members(household: Household, members: Sequence[NewMember], source: str, on: date) -> list[Resident]:
    keys = make_keys(member.resident_id for member in members)
    known = set(Person.objects.filter(id__in=[m.person_id for m in members]).values_list("id", flat=True))
    Person.objects.bulk_create([Person(id=m.person_id) for m in members if m.person_id not in known])
    residents = [
        new_resident(
            member.model_dump(exclude=_NOT_FACTS),
            ids=(member.resident_id, member.person_id, household.id),
            village_code=household.village_code,
            key=keys[member.resident_id],
            source=source,
            on=on,
        )
        for member in members
    ]
    Resident.objects.bulk_create(residents)
    for resident in residents:
        unit.changed("people.resident", household.village_code, resident.id)
        memory.add_timeline(
            village_code=household.village_code,
            household_id=household.id,
            resident_id=resident.id,
            kind="resident.registered",
            on=on,
        )
    return residents


@action("people.correct_resident", Permission.RESIDENT_REGISTER)
def correct_resident(*, by: Actor, given: CorrectResident, now: datetime) -> dict[str, Any]:
    """Put right some fields of a resident.

    Others may have written meanwhile: another field merges, the same field goes to a person (`NeedsReview`).
    """
    resident = resident_to_change(by, given.resident_id, given.village_code)
    today = checked_day(given.on, given.village_code, now)
    wanted = {name: getattr(given.changes, name) for name in given.changes.model_fields_set}
    changed = apply_correction(
        resident,
        wanted,
        seen_version=given.seen_version,
        today=today,
        source=given.source,
        on=given.on,
        reason=given.reason,
    )
    return {"id": str(resident.id), "version": resident.version, "changed": changed}


def apply_correction(
    resident: Resident,
    wanted: Mapping[str, Any],
    *,
    seen_version: int,
    today: date,
    source: str,
    on: date,
    reason: str,
) -> list[str]:
    """Write what differs, with its memory, event and timeline. Returns the names of the fields that changed."""
    key = key_of(resident.id, make=True)
    assert key is not None  # noqa: S101  made just now if it was missing
    opened = sealing.open_resident(resident, key)
    before = resident_values(resident, opened)
    changes = differing(wanted, before)
    if not changes:
        return []
    _refuse_impossible(changes, today)
    _refuse_clash(resident, changes, seen_version)
    remember(resident, key, before, changes, source=source, as_of=on, reason=reason)
    # What was put right carries its own source (above); the rest is still what the earlier source said.
    change_resident(resident, key, changes, source=resident.source, on=resident.source_on, details=opened.details)
    resident.save(update_fields=CHANGEABLE)
    _note_correction(resident, sorted(changes), on)
    _look_at_doubts_again(resident, {**before, **changes}, changes, on, today)
    return sorted(changes)


def _refuse_impossible(changes: Mapping[str, Any], today: date) -> None:
    if "name" in changes and changes["name"] is None:
        raise CannotCorrect(Reason("name_missing", "Nama tidak boleh kosong.", field="changes.name"))
    if "birth_date" in changes and changes["birth_date"] and changes["birth_date"] > today:
        raise CannotCorrect(_born_later("changes.birth_date"))


def _refuse_clash(resident: Resident, changes: Mapping[str, Any], seen_version: int) -> None:
    if seen_version > resident.version:
        raise CannotCorrect(Reason("version_unknown", "Versi berkas ini tidak dikenal. Buka berkasnya sekali lagi."))
    clashes = [name for name in changes if resident.field_versions.get(name, 1) > seen_version]
    if clashes:
        raise NeedsReview([_changed_meanwhile(name) for name in clashes])


def _changed_meanwhile(name: str) -> Reason:
    text = f"{LABELS[name]} sudah diubah orang lain sejak berkas ini dibuka. Bandingkan keduanya dulu."
    return Reason("changed_meanwhile", text, field=f"changes.{name}")


def _note_correction(resident: Resident, fields: Collection[str], on: date) -> None:
    unit.changed("people.resident", resident.village_code, resident.id)
    unit.record(
        "resident.corrected",
        village_code=resident.village_code,
        subjects=[Subject("resident", resident.id)],
        fields=list(fields),
        version=resident.version,
    )
    specific = set(fields) <= SPECIFIC_FIELDS
    memory.add_timeline(
        village_code=resident.village_code,
        household_id=resident.household_id,
        resident_id=resident.id,
        kind="resident.corrected",
        on=on,
        privacy=PrivacyClass.SPECIFIC if specific else PrivacyClass.PERSONAL,
        fields=list(fields),
    )


def _look_at_doubts_again(
    resident: Resident, values: Mapping[str, Any], changes: Mapping[str, Any], on: date, today: date
) -> None:
    """A doubt about the NIK or about two heads ends when the correction answers it."""
    if {NIK, "birth_date", "sex"} & changes.keys() and not doubts_about_nik(
        values[NIK] or "", values["birth_date"], values["sex"], None, today
    ):
        memory.end_signal("nik_doubt", household_id=resident.household_id, resident_id=resident.id, on=on)
    if "relation" in changes:
        memory.end_signal("two_heads", household_id=resident.household_id, resident_id=resident.id, on=on)


@action("people.correct_household", Permission.RESIDENT_REGISTER)
def correct_household(*, by: Actor, given: CorrectHousehold, now: datetime) -> dict[str, Any]:
    """Put right a family's address or KK number.

    Others may have written meanwhile: another field merges, the same field goes to a person (`NeedsReview`).
    """
    household = household_to_change(by, given.household_id, given.village_code)
    checked_day(given.on, given.village_code, now)
    key = key_of(household.id, make=bool(given.changes.kk_number))
    wanted = {name: getattr(given.changes, name) for name in given.changes.model_fields_set}
    before = household_values(household, sealing.open_kk(household, key))
    changes = differing(wanted, before)
    if changes:
        _refuse_household_changes(household, changes, given.seen_version)
        change_household(household, key, changes)
        household.save(update_fields=HOUSEHOLD_CHANGEABLE)
        _remember_household(household, given, {name: before[name] for name in changes})
        unit.changed("people.household", household.village_code, household.id)
        unit.record(
            "household.corrected",
            village_code=household.village_code,
            subjects=[Subject("household", household.id)],
            fields=sorted(changes),
            version=household.version,
        )
        memory.add_timeline(
            village_code=household.village_code,
            household_id=household.id,
            kind="household.corrected",
            on=given.on,
            fields=sorted(changes),
        )
    return {"id": str(household.id), "version": household.version, "changed": sorted(changes)}


def _remember_household(household: Household, given: CorrectHousehold, before: Mapping[str, Any]) -> None:
    """What stood before, and by what and why it was changed."""
    key = key_of(household.id, make=True)
    assert key is not None  # noqa: S101  made just now if it was missing
    change_id = new_id()
    HouseholdChange.objects.create(
        id=change_id,
        village_code=household.village_code,
        household=household,
        version=household.version,
        on=given.on,
        source=given.source,
        before_sealed=sealing.seal_text(key, sealing.write_values(before), sealing.household_before_place(change_id)),
        reason_sealed=sealing.seal_text(key, given.reason, sealing.household_reason_place(change_id)),
    )


def _refuse_household_changes(household: Household, changes: Mapping[str, Any], seen_version: int) -> None:
    meanwhile = household_changed_since(household, seen_version)
    if meanwhile is None:
        raise NeedsReview(
            Reason("changed_meanwhile", "Data keluarga ini sudah diubah orang lain sejak dibuka. Bandingkan dulu.")
        )
    if clashes := [name for name in changes if name in meanwhile]:
        raise NeedsReview([_changed_meanwhile(name) for name in clashes])
    kk_number = changes.get("kk_number")
    if kk_number and _kk_is_taken(household.village_code, kk_number, but=household.id):
        raise CannotCorrect(_KK_TAKEN)


@action("people.settle_doubt", Permission.RESIDENT_REGISTER)
def settle_doubt(*, by: Actor, given: SettleDoubt, now: datetime) -> dict[str, Any]:
    """The officer compared the register with the card, and nothing was wrong."""
    household = household_to_change(by, given.household_id, given.village_code)
    checked_day(given.on, given.village_code, now)
    if given.resident_id is not None:
        get_or_refuse(household.members.in_village(given.village_code), "resident_id", id=given.resident_id)
    ended = memory.end_signal(given.kind, household_id=household.id, resident_id=given.resident_id, on=given.on)
    unit.changed("people.household", household.village_code, household.id)
    unit.record(
        "doubt.settled",
        village_code=household.village_code,
        subjects=[Subject("resident", given.resident_id)] if given.resident_id else [],
        kind=given.kind,
        ended=ended,
    )
    return {"ended": ended}
