"""NIK and KK numbers: what their digits say, and when to ask again.

NIK = region of first registration (6) + birth date DDMMYY, women day + 40 (6) + serial (4). It is kept
for life, through moves and corrections of the birth date; there is no check digit. So a NIK that does
not fit is a question to ask, never a rejection. KK = region of issue (6) + date of recording (6) +
serial (4); it changes when a family moves or splits. (Permendagri 109/2019; practice of Dukcapil.)
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from desmigratif.shared.reasons import Reason

DIGITS = 16
WOMEN_ADD = 40  # to the day of birth
NOT_YET_KNOWN = "0"
_EARLIEST_YEAR = 1900
_NOT_DIGITS = re.compile(r"[^0-9]")
_ONLY_ZEROS = re.compile(r"0+")
_SCIENTIFIC = re.compile(r"^[0-9]+(?:[.,][0-9]+)?E\+?[0-9]{1,2}$", re.IGNORECASE)
_SURE_DIGITS = 15  # a spreadsheet number keeps no more
# Province codes, Kepmendagri 300.2.2-2138/2025; the only region check when no list of districts is given.
PROVINCES = frozenset({
    "11", "12", "13", "14", "15", "16", "17", "18", "19", "21", "31", "32", "33", "34", "35", "36", "51",
    "52", "53", "61", "62", "63", "64", "65", "71", "72", "73", "74", "75", "76", "81", "82", "91", "92",
    "93", "94", "95", "96",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class ParsedNik:
    """What the digits of a NIK say. `birth_dates` holds each century that is possible, latest first."""

    region: str  # six digits: province, regency, district of first registration
    birth_dates: tuple[date, ...]
    sex: str | None  # M | F; None when the day is impossible
    serial: str


def is_sixteen_digits(number: str) -> bool:
    """Sixteen plain digits, as NIK and KK must be."""
    return len(number) == DIGITS and number.isascii() and number.isdigit()


def is_unknown(number: str) -> bool:
    """`0` in a register means: has a number, not yet known."""
    return number == "" or _ONLY_ZEROS.fullmatch(number) is not None


def parse_nik(nik: str, today: date) -> ParsedNik:
    """Take a NIK apart. Raises `ValueError` when it is not 16 digits."""
    if not is_sixteen_digits(nik):
        raise ValueError("a NIK has 16 digits")
    day, month, year = int(nik[6:8]), int(nik[8:10]), int(nik[10:12])
    sex = "M"
    if day > WOMEN_ADD:
        sex, day = "F", day - WOMEN_ADD
    births = tuple(
        born for century in (2000, 1900) if (born := _date_or_none(century + year, month, day)) and born <= today
    )
    return ParsedNik(nik[:6], births, sex if births else None, nik[12:])


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def date_digits(birth_date: date, sex: str) -> str:
    """DDMMYY as it stands in the NIK of a man ("M") or woman ("F") born that day."""
    day = birth_date.day + (WOMEN_ADD if sex == "F" else 0)
    return f"{day:02d}{birth_date.month:02d}{birth_date.year % 100:02d}"


def doubts_about_nik(
    nik: str,
    birth_date: date | None,
    sex: str | None,
    known_region_prefixes: Collection[str] | None,
    today: date,
) -> list[Reason]:
    """What to ask again about a NIK; an empty list means it fits. Warnings, never a rejection.

    `known_region_prefixes`: six-digit district codes, old ones included; without it only the province
    is checked. Unknown birth date or sex is not compared.
    """
    if is_unknown(nik):
        return []
    if not is_sixteen_digits(nik):
        return [Reason("nik_length", f"NIK harus 16 angka; yang tertulis {len(nik)}.", field="nik")]
    parsed = parse_nik(nik, today)
    doubts = []
    if not parsed.birth_dates:
        doubts.append(_doubt("nik_impossible_date", "Angka tanggal lahir di dalam NIK tidak mungkin."))
    elif birth_date is not None and birth_date not in parsed.birth_dates:
        inside = parsed.birth_dates[-1]
        doubts.append(
            _doubt(
                "nik_birth_date",
                f"Tanggal lahir di dalam NIK ({inside:%d-%m}-{nik[10:12]}) berbeda dari yang tertulis "
                f"({birth_date:%d-%m-%Y}).",
            )
        )
    if parsed.sex and sex and parsed.sex != sex:
        said = {"M": "laki-laki", "F": "perempuan"}
        doubts.append(_doubt("nik_sex", f"Menurut NIK {said[parsed.sex]}, tetapi tertulis {said.get(sex, 'lain')}."))
    if not _region_is_known(parsed.region, known_region_prefixes):
        doubts.append(_doubt("nik_region", f"Kode wilayah {parsed.region} di awal NIK tidak dikenal."))
    if parsed.serial == "0000":
        doubts.append(_doubt("nik_serial", "Empat angka terakhir NIK tidak pernah 0000."))
    return doubts


def _doubt(code: str, text: str) -> Reason:
    return Reason(code, text, field="nik", way_out="Cocokkan dengan KTP atau KK.")


def _region_is_known(region: str, known: Collection[str] | None) -> bool:
    return region[:2] in PROVINCES if known is None else region in known


def reasons_against_kk(number: str) -> list[Reason]:
    """Why this cannot be a KK number; an empty list means it can."""
    if is_sixteen_digits(number) and not is_unknown(number):
        return []
    if is_sixteen_digits(number):
        return [Reason("kk_zeros", "Nomor KK tidak boleh nol semua.", field="kk_number")]
    return [Reason("kk_length", f"Nomor KK harus 16 angka; yang tertulis {len(number)}.", field="kk_number")]


def repair_number(raw: str | float) -> tuple[str, bool]:
    """(digits, repaired): the number that a cell was meant to hold, and whether it had to be repaired.

    Repaired are number cells (3.5231e15), dotted or spaced digits (35.2318.0000...) and text in
    scientific form with all its digits; a leading apostrophe is how spreadsheets mark text and counts as
    untouched. Where digits are lost for good ("3,5E+15") only those that are left come back, so the
    caller's length check refuses it.
    """
    if isinstance(raw, (int, float)):
        return _from_number(raw)
    text = raw.strip().lstrip("'’").strip()
    if text.isascii() and text.isdigit():
        return text, False
    if _SCIENTIFIC.match(text.replace(" ", "")):
        return _from_scientific(text.replace(" ", "").replace(",", "."))
    whole = re.sub(r"(?<=[0-9]{16})[.,]0+$", "", text)  # 3523180101900001.00
    return _NOT_DIGITS.sub("", whole), True


def _from_number(raw: float) -> tuple[str, bool]:
    if raw == 0:
        return NOT_YET_KNOWN, False
    if raw != raw or raw in (float("inf"), float("-inf")) or raw < 0 or raw != int(raw):
        return "", True
    return str(int(raw)), True


def _from_scientific(text: str) -> tuple[str, bool]:
    mantissa = _NOT_DIGITS.sub("", text.upper().split("E")[0])
    if len(mantissa) < _SURE_DIGITS:
        return mantissa, True
    try:
        return str(int(Decimal(text))), True
    except (InvalidOperation, ValueError):
        return mantissa, True


def mask(nik: str) -> str:
    """••••••••••••1234: enough to recognise one's own, too little to copy."""
    return "•" * max(len(nik) - 4, 0) + nik[-4:] if len(nik) > 4 else "•" * len(nik)
