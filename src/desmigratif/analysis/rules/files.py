"""A pivot as files: the table, every cell with its parts, what the figures mean, and where it came from."""

from __future__ import annotations

import io
from typing import Any, NamedTuple

from desmigratif.analysis.rules import state
from desmigratif.analysis.rules.table import Head, Table
from desmigratif.indicators.rules.definitions import Indicator, indicator
from desmigratif.reports.rules.files import csv_of, plain_sheet, write_cell
from desmigratif.shared.dates import format_date

COLUMNS = (
    "kode_baris", "baris", "kode_kolom", "kolom", "kode_ukuran", "ukuran", "versi_ukuran", "isi", "angka", "satuan",
    "bagian", "dari", "desa_tanpa_data", "data_per", "ditutup", "dibuat", "sumber", "alamat",
)  # fmt: skip
SOURCE = "Desmigratif, dari catatan desa"
MEANINGS = ("kode", "ukuran", "satuan", "bagian", "dari", "cara_menghitung", "versi", "sumber")
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class Origin(NamedTuple):
    """Where the file came from: the address that makes it again."""

    address: str


def rows_of(table: Table, origin: Origin) -> list[list[object]]:
    """One row for each cell, totals too; None = unknown or closed."""
    lines = (*table.lines, *([table.foot] if table.foot else []))
    return [
        _row(table, line.head, column, said, origin)
        for line in lines
        for column, said in zip(table.columns, line.cells, strict=True)
    ]


def _row(table: Table, row: Head, column: Head, said: Any, origin: Origin) -> list[object]:
    one, cell = _of(table, row, column), said.cell
    return [
        row.key or "semua", row.label, column.key or "semua", column.label, one.code, one.name, one.version,
        state.VALUES[table.pivot.value], None if said.number is None else round(float(said.number), 6), one.unit,
        cell.numerator, cell.denominator, cell.missing, cell.as_of.isoformat() if cell.as_of else None,
        int(cell.closed), table.made_on.isoformat(), SOURCE, origin.address,
    ]  # fmt: skip


def _of(table: Table, row: Head, column: Head) -> Indicator:
    """The indicator that a cell is about."""
    pivot = table.pivot
    heads = {pivot.rows: row.key, pivot.columns: column.key}
    return indicator(heads[state.INDICATOR]) if state.INDICATOR in heads else pivot.indicators[0]


def as_csv(table: Table, origin: Origin) -> bytes:
    """UTF-8 with `,` between cells and `.` in numbers, as programs read it."""
    return csv_of(COLUMNS, rows_of(table, origin))


def meanings(table: Table) -> list[list[object]]:
    return [
        [
            one.code,
            one.name,
            one.unit,
            one.numerator,
            one.denominator or None,
            one.note or None,
            one.version,
            one.source,
        ]
        for one in table.pivot.indicators
    ]


def as_xlsx(table: Table, origin: Origin) -> bytes:
    """A workbook: the table, every cell with its parts, what the figures mean."""
    import xlsxwriter  # only who asks for a workbook carries it

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, _OPTIONS)
    bold = book.add_format({"bold": True})
    _table_sheet(book.add_worksheet("Tabel silang"), table, origin, bold)
    plain_sheet(book.add_worksheet("Semua sel"), COLUMNS, rows_of(table, origin), bold)
    plain_sheet(book.add_worksheet("Arti ukuran"), MEANINGS, meanings(table), bold)
    book.close()
    return target.getvalue()


def _table_sheet(sheet: Any, table: Table, origin: Origin, bold: Any) -> None:
    as_of = format_date(table.as_of) if table.as_of else "tidak diketahui"
    closed = " ditutup = terlalu sedikit orang." if table.has_closed else ""
    notes = (
        table.title,
        f"{state.VALUES[table.pivot.value]}. Kosong berarti belum ada data, bukan nol.{closed}",
        f"Dibuat {format_date(table.made_on)}, data sampai {as_of}. Sumber: {SOURCE}.",
        f"Ukuran: {', '.join(table.versions)}.",
        origin.address,
    )
    for place, text in enumerate(notes):
        sheet.write_string(place, 0, text, bold if place == 0 else None)
    top = len(notes) + 1
    for column, head in enumerate((state.DIMENSIONS[table.pivot.rows], *(one.label for one in table.columns))):
        sheet.write_string(top, column, head, bold)
    for number, line in enumerate((*table.lines, *([table.foot] if table.foot else [])), start=top + 1):
        sheet.write_string(number, 0, line.head.label, bold if line is table.foot else None)
        for column, said in enumerate(line.cells, start=1):
            write_cell(
                sheet,
                number,
                column,
                "ditutup" if said.cell.closed else None if said.number is None else float(said.number),
            )
    sheet.set_column(0, 0, 40)
    sheet.freeze_panes(top + 1, 1)
