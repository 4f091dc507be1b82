"""Numbers of paper sheets: kind, running number, check digit. Plain Python.

`T-0012-7` is the twelfth sheet for visits of one village. The check digit (Damm) also covers the village's code and
the kind, so that one wrong figure, two that changed places, or a sheet of another village is noticed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from desmigratif.shared.dated import value_on
from desmigratif.shared.reasons import Reason

LETTERS = {"visit": "T", "intention": "R", "offer": "P", "talk": "K", "departure": "B"}
KINDS = {letter: kind for kind, letter in LETTERS.items()}
MOST_AT_ONCE = 50
_TABLE = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip
_SHAPE = re.compile(r"([TRPKB])(\d{4,6})(\d)")


@dataclass(frozen=True, slots=True)
class SheetNumber:
    kind: str
    running: int


def check_digit(digits: str) -> str:
    """Damm's digit: no single slip and no swap of neighbours keeps it."""
    interim = "0"
    for digit in digits:
        interim = _TABLE[int(interim)][int(digit)]
    return interim


def _digits(village_code: str, kind: str, running: int) -> str:
    place = str(list(LETTERS).index(kind) + 1)
    return village_code.replace(".", "") + place + f"{running:04d}"


def number_text(village_code: str, kind: str, running: int) -> str:
    """As it stands on the sheet: T-0012-7."""
    return f"{LETTERS[kind]}-{running:04d}-{check_digit(_digits(village_code, kind, running))}"


def read_number(village_code: str, typed: str) -> SheetNumber | Reason:
    """The number as somebody typed it, with or without hyphens; or the sentence that says what is wrong."""
    plain = re.sub(r"[\W_]", "", typed).upper()
    found = _SHAPE.fullmatch(plain[:1] + plain[1:].replace("O", "0"))
    if found is None:
        text = "Nomor lembar terdiri dari satu huruf dan paling sedikit lima angka, misalnya T-0012-7."
        return Reason("sheet_number_shape", text, field="number", way_out="Lihat sudut kanan atas lembarnya.")
    kind, running = KINDS[found[1]], int(found[2])
    if check_digit(_digits(village_code, kind, running)) != found[3]:
        text = "Nomor ini tidak cocok dengan angka pemeriksanya: ada angka yang keliru, atau lembar ini dari desa lain."
        return Reason("sheet_number_slip", text, field="number", way_out="Baca lagi nomornya, lalu ketik sekali lagi.")
    return SheetNumber(kind, running)


def unreturned_before(today: date) -> date:
    """Sheets printed before this day and still blank are looked for."""
    days: int = value_on("paper_sheets.unreturned_after_days", today)
    return today - timedelta(days=days)


def keep_days(today: date) -> int:
    """So many days a sheet is kept after it was entered; then it is destroyed."""
    days: int = value_on("paper_sheets.keep_after_entry_days", today)
    return days
