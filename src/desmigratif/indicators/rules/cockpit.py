"""What the cockpit shows, as dated data: which indicators stand behind each dial, each list and each comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from desmigratif.shared.dated import value_on

DIAL_LABELS = {"aman": "Aman", "cepat": "Cepat", "mudah": "Mudah", "murah": "Murah"}
PART_LABELS = {
    "service": "Pusat layanan migrasi",
    "enterprise": "Usaha produktif",
    "parenting": "Pengasuhan anak bersama",
    "cooperative": "Koperasi",
    "programme": "Jalannya program",
}
# Measures of single cases that are no indicator of the list: their name, what counts, of what.
CASE_MEASURES = {
    "AMAN": ("Pengaman saat berangkat", "Pengaman yang sudah ada", "Pengaman yang seharusnya ada"),
    "CEPAT": ("Langkah tepat waktu", "Langkah selesai tepat waktu", "Langkah selesai yang punya batas waktu"),
    "MUDAH": ("Langkah sekali jalan", "Langkah selesai sekali jalan", "Langkah selesai yang jumlah jalannya dicatat"),
    "MURAH": ("Langkah tanpa pungutan", "Langkah selesai tanpa pungutan", "Langkah gratis yang bayarannya dicatat"),
}
VISITS, ABROAD = "A1", "A18"


@dataclass(frozen=True, slots=True)
class Dial:
    """One of the four words: the measure that moves the needle and what stands beside it."""

    code: str
    main: str
    beside: tuple[str, ...]

    @property
    def label(self) -> str:
        return DIAL_LABELS[self.code]


def dials_on(day: date) -> list[Dial]:
    """The four dials, in the order of the founding text."""
    rows: Mapping[str, Mapping[str, Any]] = value_on("cockpit.dials", day)
    return [Dial(code, rows[code]["main"], tuple(rows[code]["beside"])) for code in DIAL_LABELS]


def numbers_on(day: date) -> Mapping[str, Sequence[str]]:
    """Part of the programme -> codes of indicators."""
    parts: Mapping[str, Sequence[str]] = value_on("cockpit.numbers", day)
    return {part: parts[part] for part in PART_LABELS}


def alike_on(day: date) -> tuple[tuple[int, ...], int]:
    """The bounds of the classes of size, and how many years of support tell villages apart."""
    rule: Mapping[str, Any] = value_on("cockpit.alike", day)
    return tuple(rule["sizes"]), rule["years"]


def quarters_on(day: date) -> Sequence[str]:
    """The indicators in which villages are set beside villages like them."""
    codes: Sequence[str] = value_on("cockpit.quarters", day)
    return codes


def codes_on(day: date) -> list[str]:
    """Everything that a page reads, each once."""
    dials = [code for dial in dials_on(day) for code in (dial.main, *dial.beside)]
    numbers = [code for codes in numbers_on(day).values() for code in codes]
    return list(dict.fromkeys([*dials, *numbers]))


CLOSED = "ditutup"  # instead of a figure that would tell of single people


def written(shown: Fraction | None, unit: str) -> str:
    """A figure as screens write it: 98%, Rp25.000.000, 12,5 hari; unknown is a dash.

    >>> written(Fraction(2, 3) * 100, "percent"), written(None, "count"), written(Fraction(7, 2), "days")
    ('67%', '–', '3,5 hari')
    """
    if shown is None:
        return "–"
    if unit == "percent":
        return f"{_number(shown, 0)}%"
    if unit == "rupiah":
        return f"Rp{_number(shown, 0)}".replace("Rp-", "-Rp")
    whole = shown.denominator == 1
    text = _number(shown, 0 if whole else 1)
    return f"{text} hari" if unit == "days" else text


def _number(value: Fraction, places: int) -> str:
    return f"{float(value):,.{places}f}".translate(str.maketrans(",.", ".,"))
