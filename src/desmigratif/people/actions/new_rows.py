"""What an import adds, written column by column: families, residents, and which row of the sheet made whom.

The records are those that `records.new_household` and `records.new_resident` make one by one (a test compares
them). A village has thousands, and an object for each would cost more than sealing them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any
from uuid import UUID

from desmigratif.people import sealing
from desmigratif.people.actions.records import NAME_KEY_LENGTH
from desmigratif.people.fields import DETAIL_FIELDS, HOUSEHOLD_FIELDS, KK, OPEN_FIELDS
from desmigratif.people.models import Household, ImportedRow, LifeStatus, Person, Resident
from desmigratif.people.rules.names import fold_name, later_words
from desmigratif.people.rules.register_sheet.row import RegisterRow
from desmigratif.shared import bulk
from desmigratif.shared.ids import new_id

_details_of = itemgetter(*(RegisterRow._fields.index(name) for name in DETAIL_FIELDS))
_FIRST_VERSION = 1


@dataclass(frozen=True, slots=True)
class NewResident:
    """A row of the sheet that becomes a resident: under which id, in which household, sealed with which key."""

    row: RegisterRow
    id: UUID
    household_id: UUID
    key: bytes


def insert_households(
    values_of: Mapping[UUID, Mapping[str, Any]], *, village_code: str, keys: Mapping[UUID, bytes]
) -> None:
    """Write new households: id -> address and KK number, `None` where unknown."""
    homes = list(values_of.items())
    kk = [sealing.kk_columns(home, keys.get(home), values.get(KK)) for home, values in homes]
    bulk.insert_columns(
        Household,
        {
            "id": [home for home, _ in homes],
            "kk_sealed": [sealed for sealed, _ in kk],
            "kk_index": [index for _, index in kk],
            **{name: [values.get(name) or "" for _, values in homes] for name in HOUSEHOLD_FIELDS},
        },
        {"village_code": village_code, "version": _FIRST_VERSION},
    )


def insert_residents(new: Sequence[NewResident], *, village_code: str, source: str, on: date) -> None:
    """Write new residents, each a person of their own."""
    persons = [new_id() for _ in new]
    bulk.insert_columns(Person, {"id": persons}, {})
    ids = [one.id for one in new]
    keys = [fold_name(one.row.name)[:NAME_KEY_LENGTH] for one in new]
    later = [later_words(key) for key in keys]
    sealed = sealing.seal_residents(
        ids, [one.key for one in new], [one.row.nik for one in new], [_details(one.row) for one in new], village_code
    )
    bulk.insert_columns(
        Resident,
        {
            "id": ids,
            "household_id": [one.household_id for one in new],
            "person_id": persons,
            "name_key": keys,
            "name_key_2": [second for second, _ in later],
            "name_key_3": [third for _, third in later],
            **{name: _open_column(new, name) for name in OPEN_FIELDS},
            **sealed._asdict(),
        },
        {"village_code": village_code, "source": source, "source_on": on, "version": _FIRST_VERSION},
    )


def _open_column(new: Sequence[NewResident], name: str) -> list[Any]:
    place = RegisterRow._fields.index(name)
    if name == "birth_date":
        return [one.row[place] for one in new]
    unknown = LifeStatus.ALIVE.value if name == "life_status" else ""
    return [one.row[place] or unknown for one in new]


def _details(row: RegisterRow) -> dict[str, Any]:
    return dict(zip(DETAIL_FIELDS, _details_of(row), strict=True))


def insert_imported(new: Sequence[NewResident], *, village_code: str, batch_id: UUID) -> None:
    """Write which row of the sheet made which resident."""
    bulk.insert_columns(
        ImportedRow,
        {
            "id": [new_id() for _ in new],
            "sheet_row": [one.row.row for one in new],
            "resident_id": [one.id for one in new],
        },
        {"village_code": village_code, "batch_id": batch_id, "is_new": True, "version_after": _FIRST_VERSION},
    )
