"""Taking an import back.

People whom the batch made are removed with their keys when nothing has been written about them since: a register
imported into the wrong village must not leave thousands of "invalid" people behind. Who was used since (a visit, a
case, a phone, a correction, a later import ...) stays as they are and is named. What the batch changed goes back to
what it was, unless it was changed again since.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import ForeignObjectRel

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.keys.subject_keys import load_keys
from desmigratif.access.models import SubjectKey
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import memory, unit
from desmigratif.audit.models import Signal, TimelineEntry
from desmigratif.audit.unit import Subject
from desmigratif.people import sealing
from desmigratif.people.actions.common import checked_day
from desmigratif.people.actions.importing import TIMELINE_KIND
from desmigratif.people.actions.records import CHANGEABLE, HOUSEHOLD_CHANGEABLE, change_household, change_resident
from desmigratif.people.inputs import UndoImport
from desmigratif.people.models import Household, ImportBatch, ImportedRow, Person, Resident
from desmigratif.people.queries.protection import held_in
from desmigratif.shared import bulk
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason, Refusal

CHANGED_SINCE, USED_SINCE, HOME_CHANGED_SINCE = "changed_since", "used_since", "home_changed_since"
_OWN_KINDS = ("nik_doubt", "two_heads")
_CHUNK = 5_000


class CannotUndo(Refusal):
    code = "cannot_undo"


@dataclass(slots=True)
class _Undoing:
    """One batch on its way back."""

    batch: ImportBatch
    on: date
    residents: dict[UUID, Resident]
    kept: list[dict[str, Any]] = field(default_factory=list)
    removed: list[Resident] = field(default_factory=list)
    restored: list[Resident] = field(default_factory=list)
    homes: dict[UUID, Household] = field(default_factory=dict)

    def keep(self, row: ImportedRow, code: str) -> None:
        self.kept.append({"row": row.sheet_row, "resident_id": str(row.resident_id), "code": code})


@action("people.undo_import", Permission.RESIDENT_IMPORT)
def undo_import(*, by: Actor, given: UndoImport, now: datetime) -> dict[str, Any]:
    """Take a batch back, except what was used since."""
    require(by, Permission.RESIDENT_IMPORT, given.village_code)
    checked_day(given.on, given.village_code, now)
    batches = ImportBatch.objects.select_for_update().filter(village_code=given.village_code)
    batch = get_or_refuse(batches, "batch_id", id=given.batch_id)
    if batch.undone_on is not None:
        text = f"Impor ini sudah dibatalkan pada {format_date(batch.undone_on)}."
        raise CannotUndo(Reason("already_undone", text, field="batch_id"))
    rows = list(batch.rows.order_by("sheet_row"))
    ids = [row.resident_id for row in rows]
    work = _Undoing(batch, given.on, {row.id: row for row in _by_id(Resident, ids)})
    _take_back_changes(work, [row for row in rows if not row.is_new])
    _take_back_people(work, [row for row in rows if row.is_new])
    batch.undone_on = given.on
    batch.save(update_fields=["undone_on"])
    unit.record(
        "register.import_undone",
        village_code=given.village_code,
        subjects=[Subject("import_batch", batch.id)],
        removed=len(work.removed),
        restored=len(work.restored),
        kept=len(work.kept),
    )
    kept = sorted(work.kept, key=lambda line: line["row"])
    return {"batch": str(batch.id), "removed": len(work.removed), "restored": len(work.restored), "kept": kept}


def _chunks(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    wanted = list(ids)
    for start in range(0, len(wanted), _CHUNK):
        yield wanted[start : start + _CHUNK]


def _by_id(model: type[Any], ids: Iterable[UUID]) -> Iterator[Any]:
    for chunk in _chunks(ids):
        yield from model._base_manager.filter(id__in=chunk)


# --- what the batch changed --------------------------------------------------------------------------


def _take_back_changes(work: _Undoing, rows: Sequence[ImportedRow]) -> None:
    keys = load_keys(row.resident_id for row in rows)
    homes: dict[UUID, Mapping[str, Any]] = {}
    for row in rows:
        resident = work.residents.get(row.resident_id)
        key = keys.get(row.resident_id)
        text = sealing.open_text(key, row.before_sealed, sealing.before_place(row.id))
        if resident is None or key is None or text is None:
            work.keep(row, USED_SINCE)
        elif resident.version != row.version_after:
            work.keep(row, CHANGED_SINCE)
        else:
            before = sealing.read_values(text)
            _restore_resident(resident, key, before)
            work.restored.append(resident)
            if before.get("home"):
                homes[resident.household_id] = {**before, "row": row}
    _restore_homes(work, homes)
    bulk.update(work.restored, CHANGEABLE)
    for resident in work.restored:
        unit.changed("people.resident", resident.village_code, resident.id)


def _restore_resident(resident: Resident, key: bytes, before: Mapping[str, Any]) -> None:
    source, source_on = before["source"]
    fields = sealing.read_values(sealing.write_values(before["fields"]))
    change_resident(resident, key, fields, source=source, on=resident.source_on or date.min)
    resident.source_on = date.fromisoformat(source_on) if source_on else None
    if "household" in before:
        resident.household_id = UUID(before["household"])


def _restore_homes(work: _Undoing, homes: Mapping[UUID, Mapping[str, Any]]) -> None:
    keys = load_keys(homes)
    restored = []
    for household in _by_id(Household, homes):
        before = homes[household.id]
        if household.version != before["home_version"]:
            work.keep(before["row"], HOME_CHANGED_SINCE)
            continue
        change_household(household, keys.get(household.id), before["home"])
        restored.append(household)
        unit.changed("people.household", household.village_code, household.id)
    bulk.update(restored, HOUSEHOLD_CHANGEABLE)


# --- whom the batch made ---------------------------------------------------------------------------


def _take_back_people(work: _Undoing, rows: Sequence[ImportedRow]) -> None:
    present = [row for row in rows if row.resident_id in work.residents]
    used = _used_since([row.resident_id for row in present], work)
    for row in present:
        resident = work.residents[row.resident_id]
        if resident.version != row.version_after:
            work.keep(row, CHANGED_SINCE)
        elif resident.id in used:
            work.keep(row, USED_SINCE)
        else:
            work.removed.append(resident)
    _remove_people(work.removed)
    homes = {resident.household_id for resident in work.removed}
    _remove_empty_homes(work, homes | _homes_left(work))
    _tell_homes(work)


def _homes_left(work: _Undoing) -> set[UUID]:
    """Households that the batch made for people who have gone back to where they lived before."""
    touched = TimelineEntry.objects.filter(
        village_code=work.batch.village_code, kind=TIMELINE_KIND, params__batch=str(work.batch.id)
    )
    return set(touched.values_list("household_id", flat=True))


def _used_since(ids: Collection[UUID], work: _Undoing) -> set[UUID]:
    """Who of these has anything written about them, in any app, beyond the import itself."""
    used: set[UUID] = set()
    for chunk in _chunks(ids):
        for relation in _pointing_at_residents():
            name = relation.field.name
            rows = relation.related_model._base_manager.filter(**{f"{name}__in": chunk})
            used.update(rows.values_list(f"{name}_id", flat=True))
        entries = TimelineEntry.objects.filter(resident_id__in=chunk)
        used.update(found for found in entries.values_list("resident_id", flat=True) if found)
        signals = Signal.objects.filter(resident_id__in=chunk).exclude(kind__in=_OWN_KINDS)
        used.update(found for found in signals.values_list("resident_id", flat=True) if found)
    persons = {resident_id: work.residents[resident_id].person_id for resident_id in ids}
    held = held_in(work.batch.village_code, persons.values(), ()).persons
    used.update(resident_id for resident_id, person_id in persons.items() if person_id in held)
    return used | _living_in_used_homes(ids, work)


def _pointing_at_residents() -> list[ForeignObjectRel]:
    """Every foreign key to a resident in any app, also those without a name on this side (`related_name="+"`)."""
    fields = Resident._meta.get_fields(include_hidden=True)
    return [field for field in fields if isinstance(field, ForeignObjectRel) and field.auto_created]


def _living_in_used_homes(ids: Collection[UUID], work: _Undoing) -> set[UUID]:
    """Members of households about which something was written as a whole."""
    homes = {work.residents[resident_id].household_id for resident_id in ids}
    used_homes: set[UUID] = set()
    for chunk in _chunks(homes):
        entries = TimelineEntry.objects.filter(household_id__in=chunk, resident_id__isnull=True)
        used_homes.update(entries.exclude(kind__startswith="register.").values_list("household_id", flat=True))
    return {resident_id for resident_id in ids if work.residents[resident_id].household_id in used_homes}


def _remove_people(residents: Sequence[Resident]) -> None:
    for chunk in _chunks(resident.id for resident in residents):
        Signal.objects.filter(resident_id__in=chunk, kind__in=_OWN_KINDS).delete()
        Resident._base_manager.filter(id__in=chunk).delete()
        SubjectKey.objects.filter(subject_id__in=chunk).delete()
    for chunk in _chunks(resident.person_id for resident in residents):
        Person.objects.filter(id__in=chunk, residents__isnull=True).delete()
    for resident in residents:
        unit.changed("people.resident", resident.village_code, resident.id, gone=True)


def _remove_empty_homes(work: _Undoing, homes: Collection[UUID]) -> None:
    """Remove households that nobody lives in any more and that have no history but this import."""
    for chunk in _chunks(homes):
        lived_in = set(Resident._base_manager.filter(household_id__in=chunk).values_list("household_id", flat=True))
        entries = TimelineEntry.objects.filter(household_id__in=chunk).exclude(
            kind=TIMELINE_KIND, params__batch=str(work.batch.id)
        )
        with_history = set(entries.values_list("household_id", flat=True))
        gone = [home for home in chunk if home not in lived_in and home not in with_history]
        TimelineEntry.objects.filter(household_id__in=gone).delete()
        Household._base_manager.filter(id__in=gone).delete()
        SubjectKey.objects.filter(subject_id__in=gone).delete()
        for home in gone:
            unit.changed("people.household", work.batch.village_code, home, gone=True)


def _tell_homes(work: _Undoing) -> None:
    """One line in the history of each household that stays."""
    told = {"batch": str(work.batch.id)}
    memory.add_timelines(
        "register.import_undone",
        village_code=work.batch.village_code,
        on=work.on,
        params_of=dict.fromkeys(sorted(_homes_left(work)), told),
    )
