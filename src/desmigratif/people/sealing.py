"""Sealing and opening what identifies or is nobody's business, with the key of the resident or household.

Whose key gone is, whose numbers and details cannot be opened any more: they read as unknown. The blind indexes
find a full NIK, KK or phone; the last four digits of a NIK can be compared within one village only.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from pydantic_core import to_json

from desmigratif.access.keys.subject_keys import key_of, load_keys
from desmigratif.people.fields import DATE_FIELDS
from desmigratif.people.models import Household, Phone, Resident
from desmigratif.shared import crypto

Key = bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """What was sealed on a resident: the NIK and the register's details (None or absent = unknown)."""

    nik: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


def seal_text(key: Key, text: str, place: str) -> bytes:
    return crypto.seal(key, text.encode(), place=place)


def open_text(key: Key | None, sealed: bytes | memoryview | None, place: str) -> str | None:
    """The text, or None when there is none or its key is gone. Raises `CannotOpen` for what was tampered with."""
    if key is None or sealed is None:
        return None
    return crypto.unseal(key, bytes(sealed), place=place).decode()


# --- NIK and details of a resident -----------------------------------------------------------------


def _nik_place(resident_id: uuid.UUID) -> str:
    return f"people.resident.nik:{resident_id}"


def _details_place(resident_id: uuid.UUID) -> str:
    return f"people.resident.details:{resident_id}"


def nik_index(nik: str) -> str:
    return crypto.blind_index("nik", nik)


def last4_index(last4: str, village_code: str) -> str:
    return crypto.blind_index("nik-last4", last4, scope=village_code)


def passport_index(number: str | None) -> str:
    """A passport is found again however it was written: capitals, spaces and dots do not count."""
    letters = "".join(sign for sign in (number or "").upper() if sign.isalnum())
    return crypto.blind_index("passport", letters) if letters else ""


def put_nik(resident: Resident, key: Key, nik: str | None) -> None:
    """Set the three columns of a NIK; None makes it unknown."""
    if nik is None:
        resident.nik_sealed, resident.nik_index, resident.nik_last4_index = None, "", ""
        return
    resident.nik_sealed = seal_text(key, nik, _nik_place(resident.id))
    resident.nik_index = nik_index(nik)
    resident.nik_last4_index = last4_index(nik[-4:], resident.village_code)


def _written_details(details: Mapping[str, Any]) -> bytes:
    """The known details as one JSON object; empty when there are none."""
    known = {name: value for name, value in details.items() if value is not None and value != ""}
    return to_json(known) if known else b""


def put_details(resident: Resident, key: Key, details: Mapping[str, Any]) -> None:
    """Seal the details; unknown ones are left out."""
    resident.passport_index = passport_index(details.get("passport_number"))
    text = _written_details(details)
    resident.details_sealed = crypto.seal(key, text, place=_details_place(resident.id)) if text else None


class SealedColumns(NamedTuple):
    """What `put_nik` and `put_details` set, for many residents at once."""

    nik_sealed: list[bytes | None]
    nik_index: list[str]
    nik_last4_index: list[str]
    details_sealed: list[bytes | None]
    passport_index: list[str]


def seal_residents(
    ids: Sequence[uuid.UUID],
    keys: Sequence[Key],
    niks: Sequence[str | None],
    details: Iterable[Mapping[str, Any]],
    village_code: str,
) -> SealedColumns:
    """Seal NIK and details of many residents of one village, in their order."""
    details = list(details)
    known = [nik for nik in niks if nik is not None]
    return SealedColumns(
        nik_sealed=_sealed_column(keys, [nik.encode() if nik else b"" for nik in niks], map(_nik_place, ids)),
        nik_index=_spread(crypto.blind_indexes("nik", known), niks),
        nik_last4_index=_spread(
            crypto.blind_indexes("nik-last4", [nik[-4:] for nik in known], scope=village_code), niks
        ),
        details_sealed=_sealed_column(keys, list(map(_written_details, details)), map(_details_place, ids)),
        passport_index=[passport_index(one.get("passport_number")) for one in details],
    )


def _sealed_column(keys: Sequence[Key], plains: Sequence[bytes], places: Iterable[str]) -> list[bytes | None]:
    """Each under its own key; nothing where there is nothing to seal."""
    sealed = crypto.seal_all(keys, plains, places=list(places))
    return [one if plain else None for one, plain in zip(sealed, plains, strict=True)]


def _spread(indexes: Iterable[str], niks: Sequence[str | None]) -> list[str]:
    """The indexes of the known ones at their places, empty elsewhere."""
    left = iter(indexes)
    return ["" if nik is None else next(left) for nik in niks]


def open_resident(resident: Resident, key: Key | None) -> Opened:
    """NIK and details of one resident, given their key."""
    details = open_text(key, resident.details_sealed, _details_place(resident.id))
    return Opened(
        nik=open_text(key, resident.nik_sealed, _nik_place(resident.id)),
        details=read_values(details) if details else {},
    )


def open_nik(resident: Resident) -> str | None:
    """The full NIK, for a letter or an unmasking that has been recorded; None when unknown."""
    return open_text(key_of(resident.id), resident.nik_sealed, _nik_place(resident.id))


def niks_of(residents: Iterable[Resident], keys: Mapping[uuid.UUID, Key] | None = None) -> dict[uuid.UUID, str]:
    """The known NIKs of several residents by their id, in one look-up of keys."""
    with_nik = [resident for resident in residents if resident.nik_sealed is not None]
    found = load_keys(resident.id for resident in with_nik) if keys is None else keys
    niks = {r.id: open_text(found.get(r.id), r.nik_sealed, _nik_place(r.id)) for r in with_nik}
    return {resident_id: nik for resident_id, nik in niks.items() if nik is not None}


def nik_ends_of(sealed: Iterable[tuple[uuid.UUID, bytes | memoryview | None]]) -> dict[uuid.UUID, str]:
    """The last four digits of the known NIKs among (resident id, sealed NIK), in one look-up of keys."""
    known = {one: nik for one, nik in sealed if nik is not None}
    keys = load_keys(known)
    niks = ((one, open_text(keys.get(one), nik, _nik_place(one))) for one, nik in known.items())
    return {one: nik[-4:] for one, nik in niks if nik is not None}


def write_values(values: Mapping[str, Any]) -> str:
    """Field values as JSON text; dates become ISO text."""
    return to_json(dict(values)).decode()


def read_values(text: str) -> dict[str, Any]:
    """Field values back from JSON text; the fields that are dates become dates again."""
    values: dict[str, Any] = json.loads(text)
    for name in DATE_FIELDS & values.keys():
        if isinstance(values[name], str):
            values[name] = date.fromisoformat(values[name])
    return values


# --- KK of a household -----------------------------------------------------------------------------


def _kk_place(household_id: uuid.UUID) -> str:
    return f"people.household.kk:{household_id}"


def kk_index(kk_number: str) -> str:
    return crypto.blind_index("kk", kk_number)


def kk_columns(household_id: uuid.UUID, key: Key | None, kk_number: str | None) -> tuple[bytes | None, str]:
    """Both columns of a KK number, sealed and its index; an unknown one needs no key."""
    if kk_number is None or key is None:
        return None, ""
    return seal_text(key, kk_number, _kk_place(household_id)), kk_index(kk_number)


def put_kk(household: Household, key: Key | None, kk_number: str | None) -> None:
    """Set both columns of a KK number; None makes it unknown."""
    household.kk_sealed, household.kk_index = kk_columns(household.id, key, kk_number)


def open_kk(household: Household, key: Key | None = None) -> str | None:
    """The full KK number, or None when unknown; looks the key up when it is not given."""
    if household.kk_sealed is None:
        return None
    return open_text(key or key_of(household.id), household.kk_sealed, _kk_place(household.id))


# --- telephone, wish, fact, earlier state ----------------------------------------------------------


def household_before_place(change_id: uuid.UUID) -> str:
    return f"people.householdchange.before:{change_id}"


def household_reason_place(change_id: uuid.UUID) -> str:
    return f"people.householdchange.reason:{change_id}"


def phone_index(number: str) -> str:
    return crypto.blind_index("phone", number)


def phone_place(phone_id: uuid.UUID) -> str:
    return f"people.phone.number:{phone_id}"


def phone_note_place(phone_id: uuid.UUID) -> str:
    return f"people.phone.note:{phone_id}"


def wish_place(wish_id: uuid.UUID) -> str:
    return f"people.contactwish.wish:{wish_id}"


def fact_place(fact_id: uuid.UUID) -> str:
    return f"people.fact.value:{fact_id}"


def before_place(row_id: uuid.UUID) -> str:
    return f"people.importedrow.before:{row_id}"


def open_phone(phone: Phone, key: Key | None) -> str | None:
    """The number as E.164, or None when the resident's key is gone."""
    return open_text(key, phone.number_sealed, phone_place(phone.id))


def caregiver_place(hand_over_id: uuid.UUID) -> str:
    return f"people.handover.carer:{hand_over_id}"


def fact_reason_place(fact_id: uuid.UUID) -> str:
    return f"people.fact.reason:{fact_id}"
