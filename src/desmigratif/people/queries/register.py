"""A village's whole register in memory, as an import compares it with a sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from desmigratif.access.keys.subject_keys import erased_among, load_keys
from desmigratif.people import sealing
from desmigratif.people.fields import HOUSEHOLD_FIELDS, KK, NIK, PLACE_FIELDS
from desmigratif.people.models import Household, LifeStatus, Resident
from desmigratif.people.queries.protection import Held, held_in
from desmigratif.people.queries.values import household_values, resident_values
from desmigratif.people.rules.families import settle_addresses
from desmigratif.people.rules.register_sheet.plan import BirthKey, Change, ExistingIndex, Plan, birth_key, plan_import
from desmigratif.people.rules.register_sheet.row import CellMessage, RegisterRow
from desmigratif.people.sealing import Opened

_HERE = 2  # how `_standing` ranks who is neither moved nor invalid


@dataclass(slots=True)
class Register:
    """Households and residents of one village with their keys and what those open."""

    village_code: str
    households: dict[UUID, Household] = field(default_factory=dict)
    residents: dict[UUID, Resident] = field(default_factory=dict)
    keys: dict[UUID, bytes] = field(default_factory=dict)
    opened: dict[UUID, Opened] = field(default_factory=dict)
    kk_numbers: dict[UUID, str | None] = field(default_factory=dict)

    def values_of(self, resident_id: UUID) -> dict[str, Any]:
        """Everything known of a resident and where they live, by the register's field names."""
        resident = self.residents[resident_id]
        household = self.households[resident.household_id]
        home = household_values(household, self.kk_numbers[household.id])
        return {**home, **resident_values(resident, self.opened[resident_id])}


def load_register(village_code: str) -> Register:
    """Read it all; the caller has asked for the right to do so. Sealed values are opened once."""
    households = {row.id: row for row in Household.objects.in_village(village_code)}
    residents = {row.id: row for row in Resident.objects.in_village(village_code)}
    keys = load_keys([*households, *residents]) if residents else {}
    return Register(
        village_code=village_code,
        households=households,
        residents=residents,
        keys=keys,
        opened={row.id: sealing.open_resident(row, keys.get(row.id)) for row in residents.values()},
        kk_numbers={
            row.id: sealing.open_kk(row, keys[row.id]) if row.id in keys else None for row in households.values()
        },
    )


def _standing(row: Resident) -> int:
    """Who is found first: somebody who lives here before somebody who moved, an invalid record last."""
    return {LifeStatus.INVALID: 0, LifeStatus.MOVED: 1}.get(LifeStatus(row.life_status), _HERE)


def _niks_of_merged(register: Register) -> dict[Hashable, UUID]:
    """NIKs that only stand on merged records -> the record that stands for them."""
    merged = (row for row in register.residents.values() if row.merged_into_id is not None)
    return {nik: row.merged_into_id for row in merged if (nik := register.opened[row.id].nik) and row.merged_into_id}


def existing_index(register: Register) -> ExistingIndex[UUID]:
    """What the plan of an import asks of the register. People marked invalid are found only when nobody else fits."""
    by_birth: dict[BirthKey, list[UUID]] = defaultdict(list)
    by_nik: dict[Hashable, UUID] = _niks_of_merged(register)
    here = {row.person_id for row in register.residents.values() if _standing(row) == _HERE}
    ordered = sorted(register.residents.values(), key=lambda row: (_standing(row), row.id))
    for row in ordered:
        if row.merged_into_id is not None:
            continue
        opened = register.opened[row.id]
        if opened.nik:
            by_nik[opened.nik] = row.id
        moved_inside = row.life_status == LifeStatus.MOVED and row.person_id in here
        if row.life_status != LifeStatus.INVALID and not moved_inside:
            by_birth[birth_key(row.name, row.birth_place, row.birth_date)].append(row.id)
    values: Mapping[UUID, Mapping[str, Any]] = {row_id: register.values_of(row_id) for row_id in register.residents}
    return ExistingIndex(
        by_nik=by_nik,
        by_birth=by_birth,
        values=values,
        without_nik={row.id for row in ordered if row.nik_sealed is None and row.merged_into_id is None},
    )


def planned(register: Register, rows: Sequence[RegisterRow]) -> Plan[UUID]:
    """What a sheet would do to the register: new, changed, unchanged, unclear; one row speaks for an address."""
    by_kk = homes_by_kk(register)
    plan = _leaving_alone(plan_import(rows, existing_index(register)), register, by_kk)
    plan = _without_erased(plan, register)
    merged = _niks_of_merged(register)
    changed = [replace(one, fields=_but_nik(one.fields)) if one.row.nik in merged else one for one in plan.changed]
    return settle_addresses(
        replace(plan, changed=changed),
        home_of={row.id: row.household_id for row in register.residents.values()},
        home_of_kk=by_kk.get,
    )


def _without_erased(plan: Plan[UUID], register: Register) -> Plan[UUID]:
    """Rows about people or families whose data was erased are left alone, with a warning."""
    homes = {change.resident: register.residents[change.resident].household_id for change in plan.changed}
    wanted = {*homes, *homes.values()} - register.keys.keys()
    erased = erased_among(wanted) if wanted else set()
    if not erased:
        return plan

    def forgotten(change: Change[UUID]) -> bool:
        return change.resident in erased or (KK in change.fields and homes[change.resident] in erased)

    left = [change.row for change in plan.changed if forgotten(change)]
    said = "Data warga ini sudah dihapus, jadi baris ini dilewati."
    return replace(
        plan,
        changed=[change for change in plan.changed if not forgotten(change)],
        unclear=[*plan.unclear, *left],
        warnings=[*plan.warnings, *(CellMessage(row.row, "nama", "data_erased", said) for row in left)],
    )


def _held(register: Register) -> Held:
    """Whose address this sheet may not put back; a merged record's person is who it was merged into."""
    persons = {row.person_id for row in register.residents.values()}
    held = held_in(register.village_code, persons, register.households)
    merged = (row for row in register.residents.values() if row.merged_into_id and row.person_id in held.persons)
    stands = {register.residents[row.merged_into_id].person_id for row in merged if row.merged_into_id}
    return replace(held, persons=held.persons | stands)


def _leaving_alone(plan: Plan[UUID], register: Register, by_kk: Mapping[str, UUID]) -> Plan[UUID]:
    """The plan without what would tell again where somebody in hiding lives: as if the sheet were silent about it."""
    held = _held(register)
    if not held:
        return plan

    def of_held_home(row: RegisterRow, home: UUID | None) -> bool:
        return home in held.homes or (row.kk_number is not None and by_kk.get(row.kk_number) in held.homes)

    def silent(change: Change[UUID]) -> Change[UUID]:
        resident = register.residents[change.resident]
        untold = set(PLACE_FIELDS) if resident.person_id in held.persons else set()
        at_home = of_held_home(change.row, resident.household_id)
        untold |= set(HOUSEHOLD_FIELDS) if at_home else set()
        fields = {name: value for name, value in change.fields.items() if name not in untold}
        return replace(change, row=_without_address(change.row) if at_home else change.row, fields=fields)

    changes = [silent(change) for change in plan.changed]
    return replace(
        plan,
        new=[_without_address(row) if of_held_home(row, None) else row for row in plan.new],
        changed=[change for change in changes if change.fields],
        unchanged=[*plan.unchanged, *((change.row, change.resident) for change in changes if not change.fields)],
    )


def _without_address(row: RegisterRow) -> RegisterRow:
    return row._replace(**dict.fromkeys(HOUSEHOLD_FIELDS))  # type: ignore[arg-type]


def _but_nik(fields: Mapping[str, object]) -> dict[str, object]:
    """A merged record's NIK does not become that of the record that stands: somebody chose between them."""
    return {name: value for name, value in fields.items() if name != NIK}


def homes_by_kk(register: Register) -> dict[str, UUID]:
    """KK number -> household; of two households with one number the older."""
    newest_first = sorted(register.kk_numbers, reverse=True)
    return {number: home for home in newest_first if (number := register.kk_numbers[home])}
