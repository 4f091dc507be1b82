"""Write the workbook: the empty one that people download, and filled ones for tests.

Every text goes in as text, so that nothing a person typed is ever a live formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from desmigratif.cooperative.rules.opening_sheet.rows import SHEETS, Column

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False}
_MEANINGS = {
    "number": "Nomor anggota, angka bulat mulai dari 1.",
    "text": "Teks.",
    "nik": "16 angka, sebagai teks.",
    "sex": "L atau P.",
    "day": "Tanggal, misalnya 31-12-1990.",
    "rupiah": "Rupiah bulat, misalnya 250000.",
    "percent": "Persen setahun, misalnya 4,5. Kosongkan untuk memakai jasa produknya.",
    "count": "Angka bulat mulai dari 1.",
    "roll_over": "Cair, Pokok diperpanjang, atau Pokok dan jasa diperpanjang. Simpanan berjangka saja.",
}
_OWN_MEANINGS = {
    ("Anggota", "Wajib Lunas Sampai"): "Hari di bulan terakhir yang wajibnya lunas. Kosong: lunas sampai saldo awal.",
    ("Simpanan", "Simpanan"): "Nama simpanan seperti di Pengaturan koperasi.",
    ("Simpanan", "Mulai"): "Tanggal mulai simpanan berjangka yang sedang berjalan.",
    ("Pinjaman", "Pinjaman"): "Nama pinjaman seperti di halaman Pinjaman.",
    ("Pinjaman", "Jatuh Tempo Berikutnya"): "Angsuran tertua yang belum dibayar; boleh sudah lewat.",
    ("Neraca", "Kode Akun"): "Kode dari bagan akun. Jumlah simpanan dan pinjaman dicocokkan dengan rinciannya.",
    ("Neraca", "Saldo"): "Saldo pada sisi akunnya sendiri, misalnya Kas 1500000. Kosong: tidak ada.",
}  # fmt: skip


def workbook_bytes(filled: Mapping[str, Iterable[Sequence[object]]] | None = None) -> bytes:
    """A workbook with the four sheets, rows of cells in the order of the columns, and an explanation."""
    import xlsxwriter  # only who exports carries it

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        bold, as_text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        day_format = book.add_format({"num_format": "dd-mm-yyyy"})
        for name, columns in SHEETS.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for place, column in enumerate(columns):
                sheet.set_column(place, place, 20, as_text if column.kind in ("nik", "text") else None)
                sheet.write_string(0, place, column.header, bold)
            for number, row in enumerate((filled or {}).get(name, ()), 1):
                for place, value in enumerate(row):
                    _write(sheet, number, place, value, day_format)
        _explain(book, bold)
    return target.getvalue()


def _explain(book: Any, bold: Any) -> None:
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Penjelasan")
    sheet.set_column(0, 2, 24, wrapped)
    sheet.set_column(3, 3, 80, wrapped)
    for place, title in enumerate(("Lembar", "Kolom", "Wajib diisi", "Cara mengisi")):
        sheet.write_string(0, place, title, bold)
    lines = [(name, column) for name, columns in SHEETS.items() for column in columns]
    for number, (name, column) in enumerate(lines, 1):
        for place, text in enumerate((name, column.header, "ya" if column.required else "", _meaning(name, column))):
            sheet.write_string(number, place, text, wrapped)


def _meaning(sheet: str, column: Column) -> str:
    return _OWN_MEANINGS.get((sheet, column.header), _MEANINGS[column.kind])


def _write(sheet: Any, row: int, place: int, value: object, day_format: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date):
        sheet.write_datetime(row, place, datetime.combine(value, time()), day_format)
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value)
    else:
        sheet.write_string(row, place, str(value))
