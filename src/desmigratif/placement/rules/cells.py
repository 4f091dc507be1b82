"""Cells of the national lists: what is written -> a value, or one sentence about what is wrong. Plain Python."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from desmigratif.placement.rules.bodies import body_kinds
from desmigratif.placement.rules.columns import Column, plain
from desmigratif.regulations.countries import (
    countries_called,
    countries_spelled_like,
    country_name,
    country_names,
)
from desmigratif.regulations.jobs import JOBS
from desmigratif.shared.dates import parse_date

Cell = str | float
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028\u2029\ufeff]+")
_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d+")
_CURRENCY = re.compile(r"[A-Za-z]{3}")
_REGION = re.compile(r"ID|\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?")
_SHOWN = 40  # characters of a wrong value repeated in a message
_MOST = 10**12

_STATUS = {
    "aktif": "active", "active": "active", "berlaku": "active",
    "ditangguhkan": "suspended", "tangguh": "suspended", "skorsing": "suspended", "suspended": "suspended",
    "tunda layan": "suspended", "dicabut": "revoked", "cabut": "revoked", "revoked": "revoked", "pencabutan": "revoked",
}  # fmt: skip
_EMPLOYERS = {
    "rumah tangga": "household", "perseorangan": "household", "household": "household", "informal": "household",
    "perusahaan": "company", "badan usaha": "company", "berbadan hukum": "company", "company": "company",
    "formal": "company",
}  # fmt: skip
_SEXES = {
    "p": "F", "perempuan": "F", "wanita": "F", "f": "F", "l": "M", "laki laki": "M", "pria": "M", "m": "M",
    "l p": "", "p l": "", "bebas": "", "semua": "", "laki laki perempuan": "", "pria wanita": "",
}  # fmt: skip
_OPEN = {
    "buka": True, "terbuka": True, "ya": True, "dibuka": True, "tutup": False, "ditutup": False, "tertutup": False,
    "tidak": False,
}  # fmt: skip
_OTHER_TITLES = {
    "plrt": "domestic_worker", "house maid": "domestic_worker", "housemaid": "domestic_worker",
    "house manager": "domestic_worker", "pekerja rumah tangga": "domestic_worker",
    "domestic worker": "domestic_worker", "caregiver": "elderly_carer", "perawat orang lansia": "elderly_carer",
    "perawat orang lanjut usia": "elderly_carer", "perawat lanjut usia": "elderly_carer",
    "baby sitter": "baby_sitter", "operator produksi": "factory_worker", "operator pabrik": "factory_worker",
    "buruh pabrik": "factory_worker", "factory worker": "factory_worker", "pekerja konstruksi": "construction_worker",
    "pekerja ladang sawit": "plantation_worker", "pekerja kebun sawit": "plantation_worker",
    "abk perikanan": "fishing_crew", "awak kapal ikan": "fishing_crew", "pelaut": "seafarer",
    "cleaning service": "cleaner", "tukang masak": "cook", "sopir": "family_driver",
}  # fmt: skip
_TITLES = {plain(label): code for code, label in JOBS.items()} | _OTHER_TITLES | {plain(c): c for c in JOBS}


class Wrong(ValueError):
    """A cell that cannot be so; the message is one sentence."""


def text_of(cell: Cell) -> str:
    """A cell as tidy text; a lone hyphen says nothing."""
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else repr(cell)
    text = " ".join(_UNSEEN.sub(" ", cell).split()).lstrip("'’").strip()
    return "" if text == "-" else text


def job_of(title: str) -> str:
    """The job that a title means; "other" for one that we do not know."""
    return _TITLES.get(plain(title), "other")


def value_of(column: Column, cell: Cell) -> Any:
    """What a cell says; None when it is empty. Raises `Wrong`."""
    text = text_of(cell)
    if not text:
        if column.required:
            raise Wrong(f"{column.header.capitalize()} belum diisi.")
        return None
    if len(text) > column.longest:
        raise Wrong(f"{column.header.capitalize()} terlalu panjang, paling banyak {column.longest} huruf.")
    return _READERS[column.kind](column, text)


def _text(column: Column, text: str) -> str:
    return text


def _company(column: Column, text: str) -> str:
    if not any(letter.isalpha() for letter in text):
        raise Wrong(f"“{text[:_SHOWN]}” bukan nama perusahaan.")
    return text


def _nik(column: Column, text: str) -> str:
    """What was written is not said again: a list of findings is read by more people than the list."""
    digits = re.sub(r"[ .\-]", "", text)
    if not re.fullmatch(r"\d{16}", digits):
        count = sum(sign.isdigit() for sign in text)
        raise Wrong(f"NIK harus 16 angka; yang tertulis {count}. Simpan kolomnya sebagai teks.")
    return digits


def _word(words: dict[str, Any], examples: str) -> Callable[[Column, str], Any]:
    def read(column: Column, text: str) -> Any:
        if plain(text) not in words:
            raise Wrong(f"{column.header.capitalize()} “{text[:_SHOWN]}” tidak dikenal; tulis {examples}.")
        return words[plain(text)]

    return read


def _country(column: Column, text: str) -> str:
    code = text.upper()
    if code in country_names() and code != "IDN":
        return code
    called = countries_called(text)
    if len(called) == 1:
        return called[0]
    similar = called or countries_spelled_like(text)
    names = ", ".join(country_name(one) for one in similar[:3])
    raise Wrong(f"Negara “{text[:_SHOWN]}” tidak dikenal{f'; mungkin {names}' if names else ''}.")


def _day(column: Column, text: str) -> date:
    try:
        day = parse_date(text[:10] if text[10:11] == "T" else text)  # date cells come as ISO text
    except ValueError:
        raise Wrong(f"“{text[:_SHOWN]}” bukan tanggal; tulis seperti 31-12-2027.") from None
    if not date(2000, 1, 1) <= day <= date(2199, 12, 31):
        raise Wrong(f"Tanggal {day:%d-%m-%Y} tidak mungkin; periksa tahunnya.")
    return day


def _count(column: Column, text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise Wrong(f"{column.header.capitalize()} “{text[:_SHOWN]}” bukan angka bulat.")
    number = int(re.sub(r"[.,]", "", text))
    if number > _MOST:
        raise Wrong(f"{column.header.capitalize()} terlalu besar.")
    return number


def _currency(column: Column, text: str) -> str:
    if not _CURRENCY.fullmatch(text):
        raise Wrong("Mata uang ditulis dengan tiga huruf, misalnya HKD.")
    return text.upper()


def _body(column: Column, text: str) -> str:
    kinds = body_kinds()
    called = {plain(label): code for code, label in kinds.items()} | {plain(code): code for code in kinds}
    if plain(text) not in called:
        raise Wrong(f"Jenis “{text[:_SHOWN]}” tidak dikenal; tulis salah satu: {', '.join(kinds.values())}.")
    return called[plain(text)]


def _region(column: Column, text: str) -> str:
    code = "ID" if plain(text) in ("id", "indonesia", "nasional") else text
    if not _REGION.fullmatch(code):
        raise Wrong(f"Kode wilayah “{text[:_SHOWN]}” tidak dikenal; tulis ID, atau kode seperti 33.07.")
    return code


_READERS: dict[str, Callable[[Column, str], Any]] = {
    "text": _text,
    "body": _body,
    "region": _region,
    "nik": _nik,
    "company": _company,
    "job": _text,
    "country": _country,
    "day": _day,
    "count": _count,
    "currency": _currency,
    "status": _word(_STATUS, "aktif, ditangguhkan, atau dicabut"),
    "employer": _word(_EMPLOYERS, "rumah tangga atau perusahaan"),
    "sex": _word(_SEXES, "perempuan, laki-laki, atau bebas"),
    "open": _word(_OPEN, "buka atau tutup"),
}
