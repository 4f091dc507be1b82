"""One cell at a time: text of the sheet -> a typed value, or a sentence about what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import NamedTuple

from desmigratif.people.rules import codes, nik
from desmigratif.people.rules.register_sheet.row import Column
from desmigratif.shared.dates import parse_date

Cell = str | float
Value = str | float | date | None


class Said(NamedTuple):
    """What there is to say about a cell: an error keeps its row out, a warning makes a task."""

    code: str
    message: str
    is_error: bool = True


class Read(NamedTuple):
    """The value of a cell (None = changes nothing) and what there is to say about it."""

    value: Value
    said: Said | None = None


Reader = Callable[[Cell], Read]
NOTHING = Read(None)
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028\u2029\ufeff]+")
_NAME = re.compile(r"(?:[^\W\d_]|[ .,'\-])+")
_QUOTES = str.maketrans("’‘`´ʼ", "'''''")
_ZERO_DATE = re.compile(r"0{1,4}[-/.]0{1,2}[-/.]0{1,4}$")
_EARLIEST_YEAR = 1900
_LATEST_YEARS_AHEAD = 50
_SHOWN = 30  # characters of a wrong value repeated in a message
_NUMBER = re.compile(r"-?\d{1,3}(?:[.,]\d+)?")


def text_of(cell: Cell) -> str:
    """A cell as tidy text: 3.0 as "3", unseen characters and double spaces away."""
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else repr(cell)
    return " ".join((cell if cell.isprintable() else _UNSEEN.sub(" ", cell)).split())


def _unmarked(cell: Cell) -> str:
    """Text without the leading apostrophe by which spreadsheets mark text."""
    return text_of(cell).lstrip("'’").strip()


def _error(code: str, message: str) -> Read:
    return Read(None, Said(code, message))


def _too_long(column: Column, length: int) -> Read:
    message = f"{column.label} terlalu panjang: {length} huruf, paling banyak {column.longest}."
    return _error("too_long", message)


def name_reader(column: Column) -> Reader:
    """Letters, space, dot, comma, apostrophe, hyphen (Permendagri 73/2022 is stricter; old names are not)."""

    def read(cell: Cell) -> Read:
        name = unicodedata.normalize("NFC", text_of(cell)).translate(_QUOTES)
        if not name or name == "-":
            return NOTHING
        if len(name) > column.longest:
            return _too_long(column, len(name))
        if not _NAME.fullmatch(name) or not any(letter.isalpha() for letter in name):
            return _error("name_characters", "Nama hanya boleh berisi huruf, spasi, titik, koma, petik, dan garis.")
        return Read(name)

    return read


def text_reader(column: Column) -> Reader:
    """Free text; a lone hyphen is how registers write "none"."""

    def read(cell: Cell) -> Read:
        text = _unmarked(cell)
        if text in ("", "-"):
            return NOTHING
        return _too_long(column, len(text)) if len(text) > column.longest else Read(text)

    return read


def area_reader(column: Column) -> Reader:
    """Hamlet, RW, RT. "-" means there is none and is kept; RT and RW get three digits, as on the KTP."""
    numbered = column.field in ("rw", "rt")

    def read(cell: Cell) -> Read:
        text = _unmarked(cell)
        if not text:
            return NOTHING
        if numbered and text.isascii() and text.isdigit():
            text = f"{int(text):03d}" if int(text) else "-"
        return _too_long(column, len(text)) if len(text) > column.longest else Read(text)

    return read


def code_reader(column: Column) -> Reader:
    """A number or word of the column's list, in any usual spelling."""

    def read(cell: Cell) -> Read:
        text = _unmarked(cell)
        if text in ("", "-"):
            return NOTHING
        try:
            return Read(codes.code_of(column.field, text))
        except codes.UnknownCode:
            message = f"{column.label} “{text[:_SHOWN]}” tidak ada dalam daftar; isi dengan {_examples(column.field)}."
            return _error("code_unknown", message)

    return read


@cache
def _examples(list_name: str) -> str:
    """The list in a phrase: all of a short one, the ends of a long one."""
    lines = [f"{codes.number_of(list_name, code)} ({label})" for code, label in codes.choices(list_name)]
    if len(lines) <= 4:
        return f"{', '.join(lines[:-1])} atau {lines[-1]}"
    return f"nomor atau kata dari daftarnya, dari {lines[0]} sampai {lines[-1]}"


def nik_reader(_column: Column) -> Reader:
    """16 digits; empty or 0 = not yet known. Numbers and dots are repaired with a warning."""

    def read(cell: Cell) -> Read:
        if _is_nothing(cell):
            return NOTHING
        digits, repaired = nik.repair_number(cell)
        if digits and nik.is_unknown(digits):
            return NOTHING
        if not nik.is_sixteen_digits(digits):
            return _error("nik_length", f"NIK harus 16 angka; yang terbaca {len(digits)}.")
        return Read(digits, _repaired_nik(cell, digits) if repaired else None)

    return read


def _repaired_nik(cell: Cell, digits: str) -> Said:
    if isinstance(cell, float) and digits.endswith("0"):
        message = _last_digit_unsure("NIK", "KTP")
    else:
        message = "NIK tertulis dengan titik, spasi, atau sebagai angka, dan sudah dirapikan; cocokkan dengan KTP."
    return Said("nik_repaired", message, is_error=False)


def _last_digit_unsure(what: str, paper: str) -> str:
    """Spreadsheets keep 15 digits of a number and write 0 for the sixteenth."""
    return f"{what} tersimpan sebagai angka, jadi angka terakhirnya mungkin berubah; cocokkan dengan {paper}."


def parent_nik_reader(column: Column) -> Reader:
    """As NIK, but a number that cannot be one is left out with a warning: the child's row still counts."""

    def read(cell: Cell) -> Read:
        if _is_nothing(cell):
            return NOTHING
        digits, _ = nik.repair_number(cell)
        if digits and nik.is_unknown(digits):
            return NOTHING
        if nik.is_sixteen_digits(digits):
            return Read(digits)
        message = f"{column.label} bukan 16 angka; tidak dipakai."
        return Read(None, Said("parent_nik_length", message, is_error=False))

    return read


def kk_reader(_column: Column) -> Reader:
    """16 digits once other signs are away (exports of the civil registry carry them)."""

    def read(cell: Cell) -> Read:
        if _is_nothing(cell):
            return NOTHING
        digits, _ = nik.repair_number(cell)
        for reason in nik.reasons_against_kk(digits):
            return _error(reason.code, reason.text)
        if isinstance(cell, float) and digits.endswith("0"):
            return Read(digits, Said("kk_repaired", _last_digit_unsure("Nomor KK", "KK"), is_error=False))
        return Read(digits)

    return read


def _is_nothing(cell: Cell) -> bool:
    return isinstance(cell, str) and _unmarked(cell) in ("", "-")


def date_reader(column: Column, today: date) -> Reader:
    """Excel dates and dd-mm-yyyy, dd/mm/yyyy. Births and marriages are not in the future."""

    def read(cell: Cell) -> Read:
        text = _unmarked(cell)
        if text in ("", "-") or (_ZERO_DATE.match(text) and column.kind != "birth_date"):
            return NOTHING
        day = _day_or_none(text) if isinstance(cell, str) else None
        if day is None:
            message = f"{column.label} “{text[:_SHOWN]}” bukan tanggal yang mungkin; tulis seperti 31-12-1990."
            return _error("date_impossible", message)
        if day > today and column.kind != "date":
            return _error("date_future", f"{column.label} {day:%d-%m-%Y} masih di masa depan; periksa tahunnya.")
        if not _EARLIEST_YEAR <= day.year <= today.year + _LATEST_YEARS_AHEAD:
            return _error("date_impossible", f"{column.label} {day:%d-%m-%Y} tidak mungkin; periksa tahunnya.")
        return Read(day)

    return read


def _day_or_none(text: str) -> date | None:
    try:
        return parse_date(text[:10] if text[10:11] == "T" else text)  # date cells come as ISO text
    except ValueError:
        return None


def degrees_reader(column: Column) -> Reader:
    """A coordinate in degrees, with dot or comma. What cannot be one is left out with a warning."""
    most = 90 if column.field == "latitude" else 180

    def read(cell: Cell) -> Read:
        text = _unmarked(cell)
        if text in ("", "-"):
            return NOTHING
        if isinstance(cell, float) or _NUMBER.fullmatch(text):
            degrees = float(text.replace(",", "."))
            if -most <= degrees <= most:
                return Read(degrees)
        return Read(None, Said("coordinate", f"{column.label} “{text[:_SHOWN]}” tidak terbaca; tidak dipakai.", False))

    return read


_READERS: dict[str, Callable[[Column], Reader]] = {
    "name": name_reader,
    "text": text_reader,
    "area": area_reader,
    "code": code_reader,
    "nik": nik_reader,
    "parent_nik": parent_nik_reader,
    "kk": kk_reader,
    "degrees": degrees_reader,
}


def reader_for(column: Column, today: date) -> Reader:
    """How the cells of a column are read."""
    if column.kind in ("birth_date", "past_date", "date"):
        return date_reader(column, today)
    return _READERS[column.kind](column)
