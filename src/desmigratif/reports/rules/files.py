"""A report as files for people: comma-separated text with its dictionary, and a workbook. Plain Python.

No text can run as a formula where the file is opened: names of regions come from a list, and still every text is
written as text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from desmigratif.indicators.rules.definitions import indicators
from desmigratif.people.rules.register_sheet.give import not_live
from desmigratif.reports.rules.figures import Figure
from desmigratif.reports.rules.table import RegionTable, period_words
from desmigratif.shared.dates import format_date

COLUMNS = (
    ("kode_wilayah", "Kode Kemendagri wilayah; ID untuk seluruh Indonesia"),
    ("wilayah", "Nama wilayah"),
    ("masa", "2026-10 satu bulan, 2026-Q3 satu triwulan, 2026 satu tahun"),
    ("kode_ukuran", "Kode ukuran, A1 sampai F12; artinya di kamus ukuran"),
    ("ukuran", "Nama ukuran"),
    ("bagian", "Pembilang; kosong berarti tidak diketahui, bukan nol"),
    ("dari", "Penyebut; kosong bila ukuran ini hanya hitungan atau tidak diketahui"),
    ("hasil", "Bagian dibagi dari, dalam satuan ukuran; titik sebagai tanda desimal; kosong bila tidak ada"),
    ("satuan", "percent, count, days, rupiah, per_100, per_1000 atau points"),
    ("desa_tanpa_data", "Desa di wilayah ini yang memakai pencatatannya tetapi belum punya catatan"),
    ("data_per", "Tanggal catatan terakhir yang ikut dihitung"),
    ("versi_ukuran", "Versi cara menghitung ukuran"),
    ("ditutup", "1 bila angkanya terlalu kecil untuk dibuka, sehingga kosong"),
)
DICTIONARY = ("kode_ukuran", "ukuran", "satuan", "bagian", "dari", "jenis", "masa", "arah_baik", "versi", "sumber",
              "catatan")  # fmt: skip
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def number(figure: Figure) -> str:
    """The value with a point, six digits at most; empty where there is none."""
    if figure.value is None:
        return ""
    text = f"{float(figure.value):.6f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def rows_of(table: RegionTable) -> list[list[object]]:
    """One row for each region and indicator, in the order of `COLUMNS`; None = unknown or closed."""
    return [_row(table, one) for one in table.figures]


def _row(table: RegionTable, one: Figure) -> list[object]:
    shown = (None, None) if one.hidden else (one.numerator, one.denominator)
    return [
        one.region_code, table.names[one.region_code], table.period.label, one.code, one.name, *shown,
        float(number(one)) if number(one) else None, one.definition.unit if one.definition else "", one.missing,
        one.as_of.isoformat() if one.as_of else None, one.version, int(one.hidden),
    ]  # fmt: skip


def as_csv(table: RegionTable) -> bytes:
    """UTF-8 with `,` between cells and `.` in numbers, as programs read it."""
    rows = ([*row[:7], number(one), *row[8:]] for row, one in zip(rows_of(table), table.figures, strict=True))
    return csv_of([name for name, _ in COLUMNS], rows)


def csv_of(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([not_live(cell) if isinstance(cell, str) else "" if cell is None else cell for cell in row])
    return target.getvalue().encode()


def dictionary_rows() -> list[list[object]]:
    """What each indicator counts."""
    return [
        [one.code, one.name, one.unit, one.numerator, one.denominator or None, one.kind, one.period, one.better,
         one.version, one.source, one.note or None]
        for one in indicators()
    ]  # fmt: skip


def dictionary_csv(licence: str) -> bytes:
    """The data dictionary: columns of the file, then the indicators, then under what terms one may use them."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(["kolom", "arti"])
    writer.writerows(COLUMNS)
    writer.writerow(["lisensi", licence])
    writer.writerow([])
    writer.writerow(DICTIONARY)
    writer.writerows(["" if cell is None else cell for cell in row] for row in dictionary_rows())
    return target.getvalue().encode()


def as_xlsx(table: RegionTable) -> bytes:
    """A workbook: the region, what lies in it side by side, every row, and the dictionary."""
    import xlsxwriter  # only who asks for a workbook carries it

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, _OPTIONS)
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    _own_sheet(book.add_worksheet("Laporan"), table, bold, wrap)
    _side_by_side(book.add_worksheet("Wilayah di dalamnya"), table, bold)
    plain_sheet(book.add_worksheet("Semua baris"), [name for name, _ in COLUMNS], rows_of(table), bold)
    plain_sheet(book.add_worksheet("Kamus"), list(DICTIONARY), dictionary_rows(), bold)
    book.close()
    return target.getvalue()


def _own_sheet(sheet: Any, table: RegionTable, bold: Any, wrap: Any) -> None:
    sheet.write_string(0, 0, f"{table.name}, {period_words(table.period)}", bold)
    sheet.write_string(1, 0, f"Dibuat {format_date(table.made_on)}. Kosong berarti belum ada data, bukan nol.")
    for column, title in enumerate(("Kode", "Ukuran", "Bagian", "Dari", "Hasil", "Desa tanpa data", "Data per")):
        sheet.write_string(3, column, title, bold)
    for line, one in enumerate(table.own, start=4):
        shown = (None, None) if one.hidden else (one.numerator, one.denominator)
        cells = (one.code, one.name, *shown, one.said, one.missing, one.as_of.isoformat() if one.as_of else None)
        for column, cell in enumerate(cells):
            write_cell(sheet, line, column, cell, wrap)
    sheet.set_column(1, 1, 48)
    sheet.set_column(4, 6, 18)
    sheet.freeze_panes(4, 2)


def _side_by_side(sheet: Any, table: RegionTable, bold: Any) -> None:
    codes = [one.code for one in table.own]
    for column, title in enumerate(("Kode", "Wilayah", *codes)):
        sheet.write_string(0, column, title, bold)
    for line, region in enumerate((table.region_code, *table.inside), start=1):
        here = table.of(region)
        for column, cell in enumerate((region, table.names[region], *(here[code].said for code in codes))):
            write_cell(sheet, line, column, cell)
    sheet.set_column(1, 1, 30)
    sheet.freeze_panes(1, 2)


def plain_sheet(sheet: Any, head: Iterable[str], rows: Iterable[Sequence[object]], bold: Any) -> None:
    """A head and its rows, as whoever reads them by machine wants them."""
    for column, title in enumerate(head):
        sheet.write_string(0, column, title, bold)
    for line, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            write_cell(sheet, line, column, cell)
    sheet.freeze_panes(1, 0)


def write_cell(sheet: Any, line: int, column: int, cell: object, form: Any = None) -> None:
    """A text goes in as text, a number as a number, nothing as nothing."""
    if isinstance(cell, str):
        sheet.write_string(line, column, cell, form)
    elif isinstance(cell, int | float):
        sheet.write_number(line, column, cell, form)
