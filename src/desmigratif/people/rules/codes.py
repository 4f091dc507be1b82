"""Code lists of the register: number in the sheet <-> our identifier <-> Indonesian label."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

_NOT_SAID = re.compile(r"[^A-Z0-9+\-/]+")
_BETWEEN = re.compile(r"[\s\-]+")
_WHOLE = re.compile(r"^0*(\d+)(?:[.,]0+)?$")
# Short forms that registers use inside any list.
_WRITTEN_OUT = {
    "TDK": "TIDAK", "TAK": "TIDAK", "TH": "TAHU", "BLM": "BELUM", "BLUM": "BELUM", "SDH": "SUDAH",
    "SDG": "SEDANG", "SDRJT": "SEDERAJAT", "SEDERJT": "SEDERAJAT", "KEP": "KEPALA", "KEL": "KELUARGA",
    "ORTU": "ORANGTUA", "LAIN2": "LAINNYA", "LAIN": "LAINNYA", "DLL": "LAINNYA", "ISTERI": "ISTRI",
    "KAWEN": "KAWIN", "KRYWN": "KARYAWAN", "THD": "TERHADAP", "HR": "HARIAN", "RT": "RUMAHTANGGA",
}  # fmt: skip


class UnknownCode(ValueError):
    """The cell's value stands in no line of its list."""


@dataclass(frozen=True, slots=True)
class CodeList:
    """One list: labels and numbers by identifier, in the sheet's order, and every spelling's identifier."""

    labels: dict[str, str]
    numbers: dict[str, str]
    spellings: dict[str, str]


@cache
def code_lists() -> dict[str, CodeList]:
    """Every list of `regulations/resident_codes.yaml`, read once."""
    text = files("desmigratif.regulations").joinpath("resident_codes.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return {name: _code_list(lines) for name, lines in yaml.load(text, Loader=loader).items()}  # noqa: S506  safe loaders


def _code_list(lines: dict[str, list[str]]) -> CodeList:
    known = CodeList({}, {}, {})
    for number, (label, identifier, *others) in lines.items():
        code = number if identifier == "=" else identifier
        known.labels[code] = label
        known.numbers[code] = number
        for spelling in (label, *others):
            known.spellings[_folded(spelling)] = code
        known.spellings[number] = code
    for spelling, code in list(known.spellings.items()):  # "belum tidak bekerja"; "I/II" stays apart from "III"
        known.spellings.setdefault(spelling.replace("/", ""), code)
    return known


def _folded(word: str) -> str:
    """Spelling without case, dots and spaces; / + and a closing - stay, since A+ is not A-."""
    spaced = _NOT_SAID.sub(" ", word.upper()).replace("/", " / ").strip()
    sign = "-" if spaced.endswith("-") else ""
    parts = [_WRITTEN_OUT.get(part, part) for part in _BETWEEN.split(spaced) if part]
    return "".join(parts) + sign


def label(list_name: str, code: str) -> str:
    """The Indonesian label of a code. Raises `KeyError` for a code or list that does not exist."""
    return code_lists()[list_name].labels[code]


def choices(list_name: str) -> tuple[tuple[str, str], ...]:
    """(code, label) in the order of the register, for a form."""
    return tuple(code_lists()[list_name].labels.items())


def number_of(list_name: str, code: str) -> str:
    """The number that the sheet uses for one of our codes. Raises `KeyError`."""
    return code_lists()[list_name].numbers[code]


def code_of(list_name: str, cell: str | float) -> str:
    """Our code for a cell that holds a number or a word, in any usual spelling. Raises `UnknownCode`."""
    spellings = code_lists()[list_name].spellings
    said = f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else str(cell)
    number = _WHOLE.match(said.strip())
    word = _folded(said)
    found = spellings.get(number.group(1)) if number else spellings.get(word, spellings.get(word.replace("/", "")))
    if found is None:
        raise UnknownCode(said)
    return found
