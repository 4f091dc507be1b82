"""The register as files that other programs open: a sheet, comma-separated text, and OpenSID's supplementary list.

Nothing that a person typed may run as a formula where the file is opened: in sheets every text is written as text,
in CSV a text that begins like a formula gets a leading apostrophe (which our own reader takes away again).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date

from desmigratif.people.rules.register_sheet.row import COLUMNS
from desmigratif.people.rules.register_sheet.write import write_sheet
from desmigratif.shared.content_types import XLSX

FORMATS = {"xlsx": "Lembar Excel (bisa dimasukkan lagi)", "csv": "CSV", "suplemen": "Suplemen OpenSID"}
REASONS = {
    "opensid": "Menyamakan data dengan OpenSID",
    "district_report": "Laporan ke kecamatan atau kabupaten",
    "check_with_rt": "Mencocokkan data dengan RT/RW",
    "hand_over": "Serah terima petugas",
}
CONTENT_TYPES = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8", "suplemen": XLSX}
FORMULA_STARTS = ("=", "+", "-", "@", "|", "%", "\t", "\r", "\n")
END_OF_LIST = "###"
_BOM = "\ufeff"
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def not_live(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet could take for a formula.

    Spaces before the sign do not hide it: some programs trim them.
    """
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def as_sheet(rows: Iterable[Mapping[str, object]]) -> bytes:
    """Rows keyed by header as the register sheet that the import reads."""
    target = io.BytesIO()
    write_sheet(rows, target)
    return target.getvalue()


def as_csv(rows: Iterable[Mapping[str, object]]) -> bytes:
    """Rows keyed by header as UTF-8 with byte-order mark, `;` between cells, every cell quoted, dates dd-mm-yyyy."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([column.header for column in COLUMNS])
    for row in rows:
        writer.writerow([_csv_cell(row.get(column.header)) for column in COLUMNS])
    return (_BOM + target.getvalue()).encode()


def _csv_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    if isinstance(value, float):
        return repr(value)  # a number of ours, not a text that somebody typed
    return not_live(str(value))


def as_supplement(members: Iterable[tuple[str, str]]) -> bytes:
    """(NIK, remark) as the sheet `Peserta` of OpenSID's supplementary list; a row of ### ends it."""
    import xlsxwriter  # only who exports carries it

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        sheet = book.add_worksheet("Peserta")
        as_text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True})
        sheet.set_column(0, 0, 20, as_text)
        sheet.set_column(1, 1, 60, as_text)
        for number, cells in enumerate([("peserta", "keterangan"), *members, (END_OF_LIST, END_OF_LIST)]):
            for place, text in enumerate(cells):
                sheet.write_string(number, place, text, bold if number == 0 else as_text)
    return target.getvalue()
