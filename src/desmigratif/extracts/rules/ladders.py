"""How a value is written, from the finest rung to "not said": village, district, regency; month, quarter, year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from datetime import date
from typing import Any

from desmigratif.shared.deidentified import UNKNOWN, Column, Kind, Record

ALL = "tidak dirinci"
OTHER = "lainnya"
YOUNG, OLD = 20, 60  # whoever is younger or older is rare among those who leave, and written as one
SEEN_BY_ALL = 20  # a word that less than one in twenty has is written as "other" on the second rung

Rung = Callable[[Any], str]
RUNG_LABELS: dict[Kind, tuple[str, ...]] = {
    Kind.PLACE: ("per desa", "per kecamatan", "per kabupaten/kota", "per provinsi"),
    Kind.MONTH: ("per bulan", "per triwulan", "per tahun"),
    Kind.AGE: ("per 5 tahun", "per 10 tahun"),
    Kind.PLAIN: ("apa adanya", "yang jarang ditulis lainnya"),
}
_VILLAGE_PARTS = 4


def place_rung(parts: int) -> Rung:
    return lambda code: ".".join(code.split(".")[:parts])


def quarter(day: date) -> str:
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def age_rung(width: int) -> Rung:
    def written(age: int) -> str:
        if age < YOUNG:
            return f"di bawah {YOUNG}"
        if age >= OLD:
            return f"{OLD} ke atas"
        low = age // width * width
        return f"{low}-{low + width - 1}"

    return written


FIXED: dict[Kind, tuple[Rung, ...]] = {
    Kind.MONTH: (lambda day: f"{day:%Y-%m}", quarter, lambda day: str(day.year)),
    Kind.AGE: (age_rung(5), age_rung(10)),
}


def rungs_of(column: Column, records: Sequence[Record], region_code: str, group: int) -> tuple[Rung, ...]:
    """The ways to write a column, the finest first; the last says nothing. What is told is written in one way."""
    if column.kind is Kind.TOLD:
        return (_known(str),)
    if column.kind is Kind.PLACE:
        top = 0 if region_code == "ID" else region_code.count(".") + 1
        rungs: tuple[Rung, ...] = tuple(place_rung(parts) for parts in range(_VILLAGE_PARTS, top, -1))
    elif column.kind is Kind.PLAIN:
        rungs = (str, _often(column, records, group))
    else:
        rungs = FIXED[column.kind]
    return (*(_known(rung) for rung in rungs), lambda _value: ALL)


def rung_label(column: Column, level: int, rungs: int) -> str:
    """ "per kecamatan": how a column is written that stands on this one of so many rungs."""
    if column.kind is Kind.TOLD:
        return "apa adanya"
    return RUNG_LABELS[column.kind][level] if level < rungs - 1 else ALL


def _known(rung: Rung) -> Rung:
    return lambda value: UNKNOWN if value is None or value == "" else rung(value)


def _often(column: Column, records: Sequence[Record], group: int) -> Rung:
    """Words that many have, by whom they speak of; the others become one word."""
    units: dict[str, set[Hashable]] = defaultdict(set)
    for one in records:
        units[str(one.values.get(column.code))].add(one.unit)
    least = max(2 * group, len({one.unit for one in records}) // SEEN_BY_ALL)
    often = {word for word, have in units.items() if len(have) >= least}
    return lambda word: word if str(word) in often else OTHER
