"""Check a whole sheet: each cell by its column, then what only shows across rows.

Errors keep a row out; warnings let it in and become a task. Works column by column: registers repeat
the same few values thousands of times, so each distinct cell is read once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path

from desmigratif.people.rules import nik as niks
from desmigratif.people.rules.register_sheet.cells import Cell, Reader, Value, reader_for
from desmigratif.people.rules.register_sheet.guard import WEB, Limits, SheetRefused
from desmigratif.people.rules.register_sheet.read import Sheet, read_sheet
from desmigratif.people.rules.register_sheet.row import COLUMNS, CellMessage, Checked, Column, RegisterRow

_ORDER = {column.header: place for place, column in enumerate(COLUMNS)}
_LIVING = (None, "alive", "away")  # who can be head of a family


def check_file(
    source: bytes | Path,
    *,
    today: date,
    limits: Limits = WEB,
    known_region_prefixes: Collection[str] | None = None,
) -> Checked:
    """Guard, read and check in one. A refused file comes back as one error without a row.

    Raises `OSError` only for a path that cannot be opened.
    """
    try:
        sheet = read_sheet(source, limits=limits)
    except SheetRefused as refusal:
        return Checked(errors=[CellMessage(None, "", reason.code, reason.text) for reason in refusal.reasons])
    return check_rows(sheet, today=today, known_region_prefixes=known_region_prefixes)


def check_rows(sheet: Sheet, *, today: date, known_region_prefixes: Collection[str] | None = None) -> Checked:
    """Every cell read and every finding listed, in the order of the sheet."""
    if sheet.errors:
        return Checked(errors=sheet.errors)
    errors: list[CellMessage] = []
    warnings: list[CellMessage] = []
    values: list[Sequence[Value]] = []
    cells_by_place = list(zip(*sheet.cells, strict=False))
    for column in COLUMNS:
        place = sheet.columns.get(column.header)
        if place is None or not cells_by_place:
            values.append((None,) * len(sheet.cells))
            continue
        reader = reader_for(column, today)
        values.append(_read_column(column, reader, sheet.numbers, cells_by_place[place], errors, warnings))
    rows: list[RegisterRow] = list(map(RegisterRow._make, zip(sheet.numbers, *values, strict=True)))
    errors += _missing_names(rows, errors)
    errors += _doubled_niks(rows)
    warnings += _doubted_niks(rows, known_region_prefixes, today)
    warnings += _second_heads(rows)
    wrong = frozenset(error.row for error in errors if error.row is not None)
    return Checked(
        rows=[row for row in rows if row.row not in wrong],
        errors=sorted(errors, key=_place_in_sheet),
        warnings=sorted(warnings, key=_place_in_sheet),
        count=len(rows),
        row_numbers_with_errors=wrong,
    )


def _place_in_sheet(message: CellMessage) -> tuple[int, int]:
    return message.row or 0, _ORDER.get(message.column, -1)


def _read_column(
    column: Column,
    reader: Reader,
    numbers: Sequence[int],
    cells: Sequence[Cell],
    errors: list[CellMessage],
    warnings: list[CellMessage],
) -> list[Value]:
    table = {cell: reader(cell) for cell in dict.fromkeys(cells)}
    spoken = {cell: read.said for cell, read in table.items() if read.said is not None}
    for number, cell in zip(numbers, cells, strict=True) if spoken else ():
        if said := spoken.get(cell):
            listed = errors if said.is_error else warnings
            listed.append(CellMessage(number, column.header, said.code, said.message))
    values = {cell: read.value for cell, read in table.items()}
    return [values[cell] for cell in cells]


def _missing_names(rows: Sequence[RegisterRow], errors: Sequence[CellMessage]) -> list[CellMessage]:
    """Rows without a name, except where the name has its own error already."""
    spoken_of = {error.row for error in errors if error.column == "nama"}
    return [
        CellMessage(row.row, "nama", "name_missing", "Nama belum diisi.")
        for row in rows
        if row.name is None and row.row not in spoken_of
    ]


def _doubled_niks(rows: Sequence[RegisterRow]) -> Iterator[CellMessage]:
    first: dict[str, int] = {}
    for row in rows:
        nik = row.nik
        if nik is None:
            continue
        earlier = first.setdefault(nik, row.row)
        if earlier != row.row:
            message = f"NIK ini sudah ada di baris {earlier}; setiap orang cukup satu baris."
            yield CellMessage(row.row, "nik", "nik_double", message)


def _doubted_niks(
    rows: Sequence[RegisterRow], known_region_prefixes: Collection[str] | None, today: date
) -> Iterator[CellMessage]:
    regions = known_region_prefixes
    if regions is not None and not isinstance(regions, (set, frozenset, dict)):
        regions = frozenset(regions)
    for row in rows:
        nik = row.nik
        if nik is None:
            continue
        for doubt in niks.doubts_about_nik(nik, row.birth_date, row.sex, regions, today):
            yield CellMessage(row.row, "nik", doubt.code, f"{doubt.text.rstrip('.')}; cocokkan dengan KTP atau KK.")


def _second_heads(rows: Sequence[RegisterRow]) -> Iterator[CellMessage]:
    heads: dict[str, int] = {}
    for row in rows:
        kk_number = row.kk_number
        if row.relation != "head" or kk_number is None or row.life_status not in _LIVING:
            continue
        earlier = heads.setdefault(kk_number, row.row)
        if earlier != row.row:
            message = f"KK ini sudah punya kepala keluarga di baris {earlier}; tanyakan siapa yang benar."
            yield CellMessage(row.row, "kk_level", "two_heads", message)
