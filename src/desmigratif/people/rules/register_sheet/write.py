"""Write a register sheet: for export, for the template people download, for the demo world.

Every text goes in as text, so that nothing a person typed is ever a live formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, BinaryIO

from desmigratif.people.rules import codes
from desmigratif.people.rules.register_sheet.row import COLUMNS, HEADER_OF, MANDATORY, Column

_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_KEPT_AS_TEXT = ("nik", "parent_nik", "kk", "area", "text", "name")
_MEANINGS = {
    "code": "Nomor atau kata: ",
    "nik": "16 angka; tulis 0 bila NIK belum diketahui.",
    "parent_nik": "16 angka, boleh kosong.",
    "kk": "16 angka.",
    "birth_date": "Tanggal, misalnya 31-12-1990.",
    "past_date": "Tanggal, misalnya 31-12-1990; boleh kosong.",
    "date": "Tanggal, misalnya 31-12-2030; boleh kosong.",
    "degrees": "Derajat, misalnya -7,35; boleh kosong.",
    "name": "Huruf, spasi, titik, koma, petik, dan garis.",
    "text": "Teks, boleh kosong.",
    "area": "Tulis - bila tidak ada.",
}


def sheet_row(fields: Mapping[str, object]) -> dict[str, object]:
    """Our field names and codes -> headers and numbers of the sheet. None and unknown names are left out.

    Raises `KeyError` for a code outside its list.
    """
    kinds = {column.field: column.kind for column in COLUMNS}
    row: dict[str, object] = {}
    for name, value in fields.items():
        if value is None or name not in kinds:
            continue
        row[HEADER_OF[name]] = codes.number_of(name, str(value)) if kinds[name] == "code" else value
    return row


def write_sheet(rows: Iterable[Mapping[str, object]], target: str | Path | BinaryIO) -> int:
    """Write rows keyed by header (`sheet_row` makes them); returns how many. A missing key is an empty cell."""
    count = 0
    with _workbook(target) as book:
        sheet, day_format = _first_sheet(book)
        for count, row in enumerate(rows, 1):
            for place, column in enumerate(COLUMNS):
                _write_cell(sheet, count, place, row.get(column.header), day_format)
    return count


def template_bytes() -> bytes:
    """An empty register sheet with a second sheet that explains its columns."""
    target = io.BytesIO()
    with _workbook(target) as book:
        _first_sheet(book)
        explained = book.add_worksheet("Penjelasan")
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        explained.set_column(0, 2, 24, wrapped)
        explained.set_column(3, 3, 90, wrapped)
        for place, title in enumerate(("Kolom", "Arti", "Judul kolom wajib", "Cara mengisi")):
            explained.write_string(0, place, title, bold)
        for number, column in enumerate(COLUMNS, 1):
            required = "ya" if column.header in MANDATORY else "tidak"
            for place, text in enumerate((column.header, column.label, required, _meaning(column))):
                explained.write_string(number, place, text, wrapped)
    return target.getvalue()


def _meaning(column: Column) -> str:
    if column.kind != "code":
        return _MEANINGS[column.kind]
    listed = (f"{codes.number_of(column.field, code)} {label}" for code, label in codes.choices(column.field))
    return _MEANINGS["code"] + "; ".join(listed) + ". Boleh kosong."


def _workbook(target: str | Path | BinaryIO) -> Any:
    import xlsxwriter  # only who exports carries it

    return xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, _OPTIONS)


def _first_sheet(book: Any) -> tuple[Any, Any]:
    """The register sheet with its header; columns of numbers-as-text are marked as text for who fills it in."""
    sheet = book.add_worksheet("Data Penduduk")
    as_text, day_format = book.add_format({"num_format": "@"}), book.add_format({"num_format": "dd-mm-yyyy"})
    bold = book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(COLUMNS):
        in_column = as_text if column.kind in _KEPT_AS_TEXT else None
        sheet.set_column(place, place, 20 if column.kind in ("nik", "kk", "parent_nik", "name") else 14, in_column)
    for place, column in enumerate(COLUMNS):
        sheet.write_string(0, place, column.header, bold)
    return sheet, day_format


def _write_cell(sheet: Any, row: int, place: int, value: object, day_format: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date):
        sheet.write_datetime(row, place, datetime.combine(value, time()), day_format)
    elif isinstance(value, float):
        sheet.write_number(row, place, value)
    else:
        sheet.write_string(row, place, str(value))
