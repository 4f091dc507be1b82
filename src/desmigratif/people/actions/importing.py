"""A village register from a sheet, in one act: everything of it is written or nothing.

Ids of residents, persons and households are made here (the sheet has none); every resident gets a key of their
own, and each row keeps what it changed, sealed, so that the batch can be taken back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db import connection

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.keys.subject_keys import make_keys
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.people import sealing
from desmigratif.people.actions.common import checked_day, refuse_taken_ids
from desmigratif.people.actions.new_rows import NewResident, insert_households, insert_imported, insert_residents
from desmigratif.people.actions.records import (
    CHANGEABLE,
    HOUSEHOLD_CHANGEABLE,
    change_household,
    change_resident,
)
from desmigratif.people.fields import HOUSEHOLD_FIELDS, KK
from desmigratif.people.inputs import ImportRegister, SheetRow
from desmigratif.people.models import Household, ImportBatch, ImportedRow, Resident
from desmigratif.people.queries.register import Register, homes_by_kk, load_register, planned
from desmigratif.people.rules.families import address_said_by, families_without_kk
from desmigratif.people.rules.register_sheet.plan import Change, Plan
from desmigratif.people.rules.register_sheet.row import RegisterRow
from desmigratif.shared import bulk
from desmigratif.shared.ids import new_id

SOURCE = "Register desa"
TIMELINE_KIND = "register.imported"
_fields_of = itemgetter(*RegisterRow._fields)


def as_register_rows(rows: Iterable[SheetRow]) -> list[RegisterRow]:
    return [RegisterRow._make(_fields_of(row.__dict__)) for row in rows]


@action("people.import_register", Permission.RESIDENT_IMPORT)
def import_register(*, by: Actor, given: ImportRegister, now: datetime) -> dict[str, Any]:
    """Write a checked register sheet: new residents in their families, changes to known ones."""
    require(by, Permission.RESIDENT_IMPORT, given.village_code)
    checked_day(given.on, given.village_code, now)
    refuse_taken_ids(ImportBatch, [given.batch_id])
    _one_import_at_a_time(given.village_code)
    register = load_register(given.village_code)
    plan = planned(register, as_register_rows(given.rows))
    work = _Work(given, register, homes_by_kk(register))
    work.place_new(plan.new)
    work.place_changes(plan.changed)
    work.make_missing_keys()
    work.fill_new(plan.new)
    work.fill_changes(plan.changed)
    _write(work, plan)
    _note(work, plan)
    counts = {"new": len(plan.new), "changed": len(plan.changed), "unchanged": len(plan.unchanged)}
    return {"batch": str(given.batch_id), **counts}


def _one_import_at_a_time(village_code: str) -> None:
    """Two imports of one village at once would not see each other's new people. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"people.import:{village_code}"])


@dataclass(slots=True)
class _Work:
    """What one import is about to write, collected before a single row is written."""

    given: ImportRegister
    register: Register
    home_by_kk: dict[str, UUID]
    home_of_row: dict[int, UUID] = field(default_factory=dict)
    families: dict[UUID, list[RegisterRow]] = field(default_factory=dict)
    home_changes: dict[UUID, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    resident_of_row: dict[int, UUID] = field(default_factory=dict)
    new_residents: list[NewResident] = field(default_factory=list)
    new_households: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    changed_residents: list[Resident] = field(default_factory=list)
    changed_households: dict[UUID, Household] = field(default_factory=dict)
    imported: list[ImportedRow] = field(default_factory=list)
    touched_homes: dict[UUID, dict[str, int]] = field(default_factory=dict)

    # --- who lives where ---

    def place_new(self, rows: Iterable[RegisterRow]) -> None:
        """A household for every new resident: that of the KK, or a new one."""
        rows = list(rows)
        for row in rows:
            self.resident_of_row[row.row] = new_id()
            if row.kk_number is not None:
                self._join(self._home_for_kk(row.kk_number), row)
        for family in families_without_kk([row for row in rows if row.kk_number is None]):
            home = new_id()
            for row in family:
                self._join(home, row)

    def place_changes(self, changes: Iterable[Change[UUID]]) -> None:
        """Where a changed resident lives from now on: a new KK number moves them, or names a family without one."""
        for change in changes:
            resident = self.register.residents[change.resident]
            home = resident.household_id
            kk_number = change.fields.get(KK)
            if kk_number is not None:
                home = self._home_after_kk(home, str(kk_number), change.row)
            self.home_of_row[change.row.row] = home
            if home in self.register.households:
                address = {name: change.fields[name] for name in HOUSEHOLD_FIELDS if name in change.fields}
                if home == resident.household_id:
                    self.home_changes[home].update(address)

    def _home_after_kk(self, home: UUID, kk_number: str, row: RegisterRow) -> UUID:
        known = self.home_by_kk.get(kk_number)
        if known is None and self.register.kk_numbers.get(home) is None and KK not in self.home_changes[home]:
            self.home_by_kk[kk_number] = home
            self.home_changes[home][KK] = kk_number
            return home
        if known is not None:
            return known
        moved_to = self._home_for_kk(kk_number)
        self._join(moved_to, row)
        return moved_to

    def _home_for_kk(self, kk_number: str) -> UUID:
        if kk_number not in self.home_by_kk:
            self.home_by_kk[kk_number] = new_id()
        return self.home_by_kk[kk_number]

    def _join(self, home: UUID, row: RegisterRow) -> None:
        self.home_of_row[row.row] = home
        self.families.setdefault(home, []).append(row)

    # --- keys ---

    def make_missing_keys(self) -> None:
        """A key for every new resident, and for every family card that has none yet."""
        keys = self.register.keys
        wanted = [home for home, rows in self.families.items() if home not in keys and any(r.kk_number for r in rows)]
        wanted += [home for home, fields in self.home_changes.items() if KK in fields and home not in keys]
        wanted += self.resident_of_row.values()
        keys.update(make_keys(dict.fromkeys(wanted)))

    # --- records ---

    def fill_new(self, rows: Iterable[RegisterRow]) -> None:
        """Records of new households and new residents."""
        for home, family in self.families.items():
            self._open_home(home, family)
        keys = self.register.keys
        for row in rows:
            resident_id, home = self.resident_of_row[row.row], self.home_of_row[row.row]
            self.new_residents.append(NewResident(row, resident_id, home, keys[resident_id]))
            self._touch(home, "new")

    def _open_home(self, home: UUID, family: list[RegisterRow]) -> None:
        """A new household, or what a known one did not know of its own address."""
        address = address_said_by(family)
        known = self.register.households.get(home)
        if known is not None:
            gaps = {name: value for name, value in address.items() if not getattr(known, name)}
            for name, value in gaps.items():
                self.home_changes[home].setdefault(name, value)
            return
        number = next((row.kk_number for row in family if row.kk_number), None)
        self.new_households[home] = {**address, KK: number}

    def fill_changes(self, changes: Iterable[Change[UUID]]) -> None:
        """Changed residents with what they were before, and changed households."""
        before_of_homes = {home: self._home_values(home, fields) for home, fields in self.home_changes.items()}
        for home, fields in self.home_changes.items():
            if fields:
                household = self.register.households[home]
                change_household(household, self.register.keys.get(home), fields)
                self.changed_households[home] = household
        for change in changes:
            self._change(change, before_of_homes)

    def _home_values(self, home: UUID, fields: Mapping[str, Any]) -> dict[str, Any]:
        household = self.register.households[home]
        return {
            name: self.register.kk_numbers[home] if name == KK else getattr(household, name) or None for name in fields
        }

    def _change(self, change: Change[UUID], before_of_homes: Mapping[UUID, Mapping[str, Any]]) -> None:
        resident = self.register.residents[change.resident]
        current = self.register.values_of(resident.id)
        own = {n: v for n, v in change.fields.items() if n not in HOUSEHOLD_FIELDS and n != KK}
        before: dict[str, Any] = {"fields": {name: current.get(name) for name in own}}
        before["source"] = [resident.source, resident.source_on.isoformat() if resident.source_on else None]
        home = self.home_of_row[change.row.row]
        if home != resident.household_id:
            before["household"] = str(resident.household_id)
        elif home in self.changed_households:
            before["home"] = before_of_homes[home]
            before["home_version"] = self.changed_households[home].version
        key = self.register.keys.get(resident.id) or make_keys([resident.id])[resident.id]
        resident.household_id = home
        change_resident(
            resident, key, own, source=SOURCE, on=self.given.on, details=self.register.opened[resident.id].details
        )
        self.changed_residents.append(resident)
        self.resident_of_row[change.row.row] = resident.id
        self._keep(change.row, resident, before, key)
        self._touch(home, "changed")

    def _keep(self, row: RegisterRow, resident: Resident, before: Mapping[str, Any], key: bytes) -> None:
        kept = ImportedRow(
            id=new_id(),
            village_code=self.given.village_code,
            batch_id=self.given.batch_id,
            sheet_row=row.row,
            resident_id=resident.id,
            is_new=False,
            version_after=resident.version,
        )
        kept.before_sealed = sealing.seal_text(key, sealing.write_values(before), sealing.before_place(kept.id))
        self.imported.append(kept)

    def _touch(self, home: UUID, what: str) -> None:
        counts = self.touched_homes.setdefault(home, {"new": 0, "changed": 0})
        counts[what] += 1


def _write(work: _Work, plan: Plan[UUID]) -> None:
    given = work.given
    batch = ImportBatch(
        id=given.batch_id,
        village_code=given.village_code,
        file_name=given.file_name,
        file_digest=given.file_digest,
        imported_on=given.on,
        row_count=len(given.rows),
        new_count=len(plan.new),
        changed_count=len(plan.changed),
        unchanged_count=len(plan.unchanged),
        warning_count=given.warning_count,
    )
    batch.save(force_insert=True)
    new = {"village_code": given.village_code}
    insert_households(work.new_households, keys=work.register.keys, **new)
    bulk.update(list(work.changed_households.values()), HOUSEHOLD_CHANGEABLE)
    insert_residents(work.new_residents, source=SOURCE, on=given.on, **new)
    bulk.update(work.changed_residents, CHANGEABLE)
    insert_imported(work.new_residents, batch_id=given.batch_id, **new)
    bulk.insert(work.imported)
    _tell_homes(work)
    _raise_doubts(work)


def _tell_homes(work: _Work) -> None:
    batch = str(work.given.batch_id)
    memory.add_timelines(
        TIMELINE_KIND,
        village_code=work.given.village_code,
        on=work.given.on,
        params_of={home: {"batch": batch, **counts} for home, counts in work.touched_homes.items()},
    )


def _raise_doubts(work: _Work) -> None:
    """One standing signal per person and kind for the rows that somebody should look at again."""
    homes = {resident.id: resident.household_id for resident in work.register.residents.values()}
    homes.update({resident.id: resident.household_id for resident in work.new_residents})
    doubted: dict[str, set[UUID]] = defaultdict(set)
    for doubt in work.given.doubts:
        if doubt.row in work.resident_of_row:
            doubted[doubt.kind].add(work.resident_of_row[doubt.row])
    for kind, ids in doubted.items():
        memory.set_signals(
            kind, village_code=work.given.village_code, since=work.given.on, home_of={one: homes[one] for one in ids}
        )


def _note(work: _Work, plan: Plan[UUID]) -> None:
    village_code = work.given.village_code
    for home in (*work.new_households, *work.changed_households):
        unit.changed("people.household", village_code, home)
    for resident_id in (*(new.id for new in work.new_residents), *(row.id for row in work.changed_residents)):
        unit.changed("people.resident", village_code, resident_id)
    unit.record(
        "register.imported",
        village_code=village_code,
        subjects=[Subject("import_batch", work.given.batch_id)],
        file_digest=work.given.file_digest,
        rows=len(work.given.rows),
        new=len(plan.new),
        changed=len(plan.changed),
        unchanged=len(plan.unchanged),
    )
