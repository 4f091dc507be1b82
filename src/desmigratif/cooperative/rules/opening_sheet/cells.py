"""Cells of the workbook to typed rows, with a sentence about each that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from desmigratif.cooperative.rules.opening_sheet.rows import (
    BALANCES,
    LOANS,
    MEMBERS,
    ROW_OF,
    SAVINGS,
    SHEETS,
    Column,
    Message,
    Opening,
)
from desmigratif.shared.dates import parse_date
from desmigratif.shared.rupiah import parse_rupiah

Cell = str | float
Cells = tuple[Sequence[int], Sequence[Sequence[Cell]]]
_SHOWN = 30
_HEADER_ROW = 1
_SEX = {"l": "M", "laki-laki": "M", "p": "F", "perempuan": "F"}
_ROLL_OVER = {"cair": "none", "pokok diperpanjang": "principal", "pokok dan jasa diperpanjang": "all"}
_NIK_AS_NUMBER = (
    "NIK tersimpan sebagai angka, jadi angka terakhirnya mungkin berubah. Ubah kolomnya menjadi teks, lalu tulis lagi."
)
_SIGNS = re.compile(r"[\s.\-']")


class _Unreadable(ValueError):
    """A cell that says nothing we can take; the text is for people."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def text_of(cell: Cell) -> str:
    """A cell as tidy text: 3.0 as "3"."""
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else repr(cell)
    return " ".join(cell.split()).lstrip("'")


def read_opening(sheets: Mapping[str, Cells]) -> tuple[Opening, list[Message]]:
    """Every sheet of the workbook, and what cannot be read of it."""
    messages: list[Message] = []
    rows = {name: _read_sheet(name, sheets.get(name, ((), ())), messages) for name in SHEETS}
    return Opening(*(tuple(rows[name]) for name in (MEMBERS, SAVINGS, LOANS, BALANCES))), messages


def _read_sheet(name: str, cells: Cells, messages: list[Message]) -> list[Any]:
    numbers, lines = cells
    if name == MEMBERS and len(numbers) < 2:
        text = "Lembar Anggota tidak ada atau kosong. Isi mulai baris kedua, menurut contoh lembar."
        messages.append(Message(name, _HEADER_ROW, "", "no_members", text))
    if not numbers:
        return []
    places = _header(name, lines[0], messages)
    if places is None:
        return []
    found = []
    for number, line in zip(numbers[1:], lines[1:], strict=True):
        row = _read_row(name, number, line, places, messages)
        if row is not None:
            found.append(row)
    return found


def _header(name: str, titles: Sequence[Cell], messages: list[Message]) -> dict[str, int] | None:
    """Where each column stands; None when the sheet cannot be read without what is missing."""
    known = {column.header.casefold(): column for column in SHEETS[name]}
    places: dict[str, int] = {}
    for place, cell in enumerate(titles):
        title = text_of(cell)
        column = known.get(title.casefold())
        if column is None:
            if title:
                text = f"Judul kolom “{title[:_SHOWN]}” tidak dikenal; pakai judul seperti pada contoh lembar."
                messages.append(Message(name, _HEADER_ROW, title[:_SHOWN], "header_unknown", text))
        elif column.field in places:
            text = f"Judul kolom “{title}” ada dua kali; hapus salah satunya."
            messages.append(Message(name, _HEADER_ROW, title, "header_double", text))
        else:
            places[column.field] = place
    missing = [column for column in SHEETS[name] if column.required and column.field not in places]
    for column in missing:
        text = f"Kolom “{column.header}” tidak ada di baris pertama; tambahkan judulnya."
        messages.append(Message(name, _HEADER_ROW, column.header, "header_missing", text))
    return None if missing else places


def _read_row(name: str, number: int, line: Sequence[Cell], places: Mapping[str, int], messages: list[Message]) -> Any:
    """One typed row; None when a cell of it is wrong, or an account of the chart was left open."""
    values: dict[str, Any] = {"row": number}
    wrong = False
    for column in SHEETS[name]:
        place = places.get(column.field)
        text = text_of(line[place]) if place is not None and place < len(line) else ""
        if text in ("", "-"):
            if name == BALANCES and column.field == "balance_rupiah":
                return None
            if column.required:
                wrong = True
                said = f"{column.header} belum diisi."
                messages.append(Message(name, number, column.header, "missing", said))
            continue
        try:
            if column.kind == "nik" and place is not None and isinstance(line[place], float) and text.endswith("0"):
                raise _Unreadable("nik_as_number", _NIK_AS_NUMBER)
            values[column.field] = _READERS[column.kind](text, column)
        except _Unreadable as problem:
            wrong = True
            messages.append(Message(name, number, column.header, problem.code, str(problem)))
    return None if wrong else ROW_OF[name](**values)


# --- one kind of cell each ---


def _text(text: str, column: Column) -> str:
    if len(text) > column.longest:
        raise _Unreadable("too_long", f"{column.header} terlalu panjang: paling banyak {column.longest} huruf.")
    if column.field == "name" and column.required and len(text) < 2:
        raise _Unreadable("too_short", "Nama paling sedikit dua huruf.")
    return text


def _whole(text: str, column: Column, most: int) -> int:
    digits = text.removesuffix(".0")
    if not (digits.isascii() and digits.isdigit()) or not 1 <= int(digits) <= most:
        raise _Unreadable(
            "not_a_number", f"{column.header} harus angka bulat mulai dari 1; tertulis “{text[:_SHOWN]}”."
        )
    return int(digits)


def _number(text: str, column: Column) -> int:
    return _whole(text, column, 10**8)


def _count(text: str, column: Column) -> int:
    return _whole(text, column, 240)


def _nik(text: str, column: Column) -> str:
    digits = _SIGNS.sub("", text)
    if not (digits.isascii() and digits.isdigit() and len(digits) == 16):
        raise _Unreadable("nik_length", f"NIK harus 16 angka; yang terbaca {len(digits)}.")
    return digits


def _sex(text: str, column: Column) -> str:
    if (found := _SEX.get(text.casefold())) is None:
        raise _Unreadable("code_unknown", "L/P diisi L atau P.")
    return found


def _roll_over(text: str, column: Column) -> str:
    if (found := _ROLL_OVER.get(text.casefold())) is None:
        choices = ", ".join(word.capitalize() for word in _ROLL_OVER)
        raise _Unreadable("code_unknown", f"{column.header} diisi salah satu dari: {choices}.")
    return found


def _day(text: str, column: Column) -> date:
    try:
        day = parse_date(text[:10] if text[10:11] == "T" else text)
    except ValueError:
        said = f"{column.header} “{text[:_SHOWN]}” bukan tanggal yang mungkin; tulis seperti 31-12-1990."
        raise _Unreadable("date_impossible", said) from None
    if not 1900 <= day.year <= 2100:
        raise _Unreadable("date_impossible", f"{column.header} {day:%d-%m-%Y} tidak mungkin; periksa tahunnya.")
    return day


def _rupiah(text: str, column: Column) -> int:
    try:
        amount = parse_rupiah(text)
    except ValueError:
        said = f"{column.header} “{text[:_SHOWN]}” bukan jumlah rupiah bulat; tulis seperti 250000 atau 250.000."
        raise _Unreadable("not_rupiah", said) from None
    if amount > 10**12:
        raise _Unreadable("too_large", f"{column.header} terlalu besar.")
    return amount


def _percent(text: str, column: Column) -> Decimal:
    try:
        percent = Decimal(text.replace(",", ".").rstrip("% "))
    except InvalidOperation:
        percent = Decimal(-1)
    if not percent.is_finite() or not 0 <= percent <= 100 or percent != round(percent, 2):
        raise _Unreadable("not_percent", f"{column.header} antara 0 dan 100, misalnya 4,5.")
    return percent


_READERS: dict[str, Callable[[str, Column], Any]] = {
    "number": _number, "text": _text, "nik": _nik, "sex": _sex, "day": _day, "rupiah": _rupiah, "percent": _percent,
    "count": _count, "roll_over": _roll_over,
}  # fmt: skip
