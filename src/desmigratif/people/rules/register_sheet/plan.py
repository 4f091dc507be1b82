"""Decide, for each checked row, whether it is a new resident, a change or nothing. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from desmigratif.people.rules.names import fold_name, fold_place
from desmigratif.people.rules.register_sheet.row import FIELDS, CellMessage, RegisterRow

Id = TypeVar("Id", bound=Hashable)
BirthKey = tuple[str, str, date | None]


def birth_key(name: str, birth_place: str | None, birth_date: date | None) -> BirthKey:
    """What finds a resident again whose NIK is not yet known: folded name, folded birthplace, birth date."""
    return fold_name(name), fold_place(birth_place or ""), birth_date


def _as_written(nik: str) -> Hashable:
    return nik


@dataclass(frozen=True, slots=True)
class ExistingIndex(Generic[Id]):
    """The residents a village already has, as plain maps.

    `by_nik` is keyed by `nik_key(nik)`: the NIK itself, or its keyed blind index when the records layer
    stores only that. `by_birth` is keyed by `birth_key(...)` and lists every resident with that key.
    `values` holds current field values by RegisterRow's field names (a field left out counts as empty).
    `without_nik` are the ids whose NIK is not known: a row that brings a new NIK may be one of them.
    """

    by_nik: Mapping[Hashable, Id] = field(default_factory=dict)
    by_birth: Mapping[BirthKey, Sequence[Id]] = field(default_factory=dict)
    values: Mapping[Id, Mapping[str, object]] = field(default_factory=dict)
    without_nik: Collection[Id] = frozenset()
    nik_key: Callable[[str], Hashable] = _as_written


@dataclass(frozen=True, slots=True)
class Change(Generic[Id]):
    """An existing resident and the fields that this row changes: name -> new value."""

    row: RegisterRow
    resident: Id
    fields: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Plan(Generic[Id]):
    """What an import would do. `unclear` rows are left alone; a warning says why."""

    new: Sequence[RegisterRow]
    changed: Sequence[Change[Id]]
    unchanged: Sequence[tuple[RegisterRow, Id]]
    unclear: Sequence[RegisterRow] = ()
    warnings: Sequence[CellMessage] = ()


def plan_import(rows: Iterable[RegisterRow], existing: ExistingIndex[Id]) -> Plan[Id]:
    """New, changed or unchanged, row by row: found by NIK, else by name + birthplace + birth date.

    An empty cell (None) changes nothing. A row that fits several residents, or a resident whom an
    earlier row already took, is never guessed: it goes to `unclear` with a warning.
    """
    planner = _Planner(existing)
    for row in rows:
        planner.place(row)
    return Plan(planner.new, planner.changed, planner.unchanged, planner.unclear, planner.warnings)


class _Planner(Generic[Id]):
    """Collects the decisions; remembers which residents and which new people rows have taken."""

    def __init__(self, existing: ExistingIndex[Id]) -> None:
        self.existing = existing
        self.taken: dict[Id, int] = {}
        self.new_without_nik: dict[BirthKey, int] = {}
        self.new: list[RegisterRow] = []
        self.changed: list[Change[Id]] = []
        self.unchanged: list[tuple[RegisterRow, Id]] = []
        self.unclear: list[RegisterRow] = []
        self.warnings: list[CellMessage] = []

    def place(self, row: RegisterRow) -> None:
        found = self._residents_for(row)
        if len(found) > 1:
            self._leave(row, "several_match", f"Nama, tempat dan tanggal lahir {row.name} cocok dengan "
                        f"{len(found)} warga; isi NIK agar jelas siapa yang dimaksud.")  # fmt: skip
        elif found:
            self._meet(row, found[0])
        else:
            self._add(row)

    def _residents_for(self, row: RegisterRow) -> Sequence[Id]:
        if row.nik is not None:
            known = self.existing.by_nik.get(self.existing.nik_key(row.nik))
            if known is not None:
                return (known,)
            if not self.existing.without_nik:
                return ()
        same = self.existing.by_birth.get(birth_key(row.name, row.birth_place, row.birth_date), ())
        if row.nik is None:
            return same
        return [resident for resident in same if resident in self.existing.without_nik]

    def _meet(self, row: RegisterRow, resident: Id) -> None:
        if resident in self.taken:
            self._leave_double(row, self.taken[resident])
            return
        self.taken[resident] = row.row
        fields = changes(row, self.existing.values.get(resident, {}))
        if fields:
            self.changed.append(Change(row, resident, fields))
        else:
            self.unchanged.append((row, resident))

    def _add(self, row: RegisterRow) -> None:
        if row.nik is None:
            key = birth_key(row.name, row.birth_place, row.birth_date)
            if key in self.new_without_nik:
                self._leave_double(row, self.new_without_nik[key])
                return
            self.new_without_nik[key] = row.row
        self.new.append(row)

    def _leave_double(self, row: RegisterRow, first: int) -> None:
        self._leave(row, "same_person_twice", f"Baris ini tampaknya orang yang sama dengan baris {first}; "
                    "baris ini dilewati. Isi NIK bila memang dua orang.")  # fmt: skip

    def _leave(self, row: RegisterRow, code: str, message: str) -> None:
        self.unclear.append(row)
        self.warnings.append(CellMessage(row.row, "nik", code, message))


def changes(row: RegisterRow, current: Mapping[str, object]) -> dict[str, object]:
    """Fields of the row that differ from what is known; an empty cell never differs."""
    return {
        name: value
        for name, value in zip(FIELDS, row[1:], strict=True)
        if value is not None and current.get(name) != value
    }
