"""A pivot as its address says it: which figures, by what, of when. Copying the address is sharing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlencode

from desmigratif.indicators.rules.definitions import CODES, PILLARS, Indicator, indicator
from desmigratif.indicators.rules.periods import FIRST_YEAR, Month, Period, periods_between
from desmigratif.shared.dates import MONTHS
from desmigratif.shared.reasons import Reason

REGION, PERIOD, INDICATOR, PROGRAMME, SUPPORT, ALIKE = "wilayah", "masa", "ukuran", "program", "dampingan", "serupa"
GROUPS = (PROGRAMME, SUPPORT, ALIKE)  # of villages
PLACES = (REGION, *GROUPS)
DIMENSIONS = {
    REGION: "Wilayah di bawahnya", PERIOD: "Masa", INDICATOR: "Ukuran", PROGRAMME: "Jenis program desa",
    SUPPORT: "Lama desa ikut program", ALIKE: "Desa yang serupa",
}  # fmt: skip
FIGURE, PART, WHOLE, MISSING, CHANGE, AIM = "hasil", "bagian", "dari", "kosong", "beda", "target"
VALUES = {
    FIGURE: "Hasil", PART: "Bagian", WHOLE: "Dari", MISSING: "Desa tanpa data",
    CHANGE: "Beda dengan masa sebelumnya", AIM: "Hasil dibanding target",
}  # fmt: skip
EVERY = {"bulan": "month", "triwulan": "quarter", "tahun": "year"}
PICTURES = {"": "tabel saja", "batang": "tabel dan gambar batang"}
EVERY_LABELS = {"bulan": "Tiap bulan", "triwulan": "Tiap triwulan", "tahun": "Tiap tahun"}
COLUMNS, PERIODS, TOGETHER = 14, 60, 24  # at most: columns, periods as rows, codes x periods that no cell shows
DEFAULT_CODE = "A5"
# What is shown before anybody chose: something of each pillar, and of the programme what is nobody's secret
START_CODES = ("A1", "A5", "A7", "C1", "D2", "E4", "F1", "F2", "F5", "F8", "F9")
KEYS = (INDICATOR, REGION, "baris", "kolom", "jenjang", "dari", "sampai", "tiap", "nilai", PROGRAMME, "gambar")
LONGEST = 600  # signs of an address that is kept


@dataclass(frozen=True, slots=True)
class Pivot:
    """`codes` as they were chosen, a pillar's letter for all of its indicators; `level` 0: the next one down;
    `programme` "": villages whether or not they are in one; `columns` "": one column; `picture` "": none."""

    codes: tuple[str, ...]
    region: str
    rows: str
    columns: str
    level: int
    first: Month
    last: Month
    every: str
    value: str
    programme: str
    picture: str = ""

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Each once, in the order of the list."""
        asked = [code for code in CODES if code in self.codes or code[0] in self.codes]
        return tuple(indicator(code) for code in asked)

    @property
    def dimensions(self) -> tuple[str, ...]:
        return tuple(one for one in (self.rows, self.columns) if one)

    @property
    def place(self) -> str:
        """The dimension that is about places; empty where there is one place only."""
        return next((one for one in self.dimensions if one in PLACES), "")

    @property
    def periods(self) -> list[Period]:
        return periods_between(self.first, self.last, EVERY[self.every])

    def query(self, **changes: Any) -> str:
        """The part of the address after the question mark, always in one order."""
        one = replace(self, **changes) if changes else self
        pairs = [(INDICATOR, ",".join(one.codes))]
        pairs += [(REGION, one.region), ("baris", one.rows), ("kolom", one.columns)]
        pairs += [("jenjang", str(one.level))] if one.level else []
        pairs += [("dari", str(one.first)), ("sampai", str(one.last)), ("tiap", one.every), ("nilai", one.value)]
        pairs += [(PROGRAMME, one.programme)] if one.programme else []
        pairs += [("gambar", one.picture)] if one.picture else []
        return urlencode(pairs, safe=",")


def first_pivot(region: str, today: date) -> Pivot:
    """What is shown before anybody chose: the programme at a glance over three years. One small indicator by region
    would be a table of closed cells to a ministry; each line leads to its regions instead."""
    last = Month.of(today).previous()
    return Pivot(START_CODES, region, INDICATOR, PERIOD, 0, Month(last.year - 2, 1), last, "tahun", FIGURE, "")


def _what_is_unsaid(region: str, today: date) -> Pivot:
    """What an address means that says only a part: one indicator by region."""
    rows = INDICATOR if region.count(".") == 3 else REGION
    return replace(first_pivot(region, today), codes=(DEFAULT_CODE,), rows=rows)


def pivot_from(query: str, *, home: str, today: date, programmes: Sequence[str]) -> tuple[Pivot, list[Reason]]:
    """`read` of what stands after the question mark."""
    return read(parse_qs(query, keep_blank_values=True), home=home, today=today, programmes=programmes)


def read(
    asked: Mapping[str, Sequence[str]], *, home: str, today: date, programmes: Sequence[str]
) -> tuple[Pivot, list[Reason]]:
    """(the pivot that was asked for, why not): what cannot be read is what is shown before anybody chose."""
    start, found = (_what_is_unsaid if asked else first_pivot)(home, today), list[Reason]()
    codes = _codes(asked.get(INDICATOR, ()), found) or start.codes
    region = _one(asked, REGION) or start.region
    rows = _choice(asked, "baris", DIMENSIONS, start.rows, found)
    columns = _choice(asked, "kolom", DIMENSIONS, "" if "kolom" in asked else start.columns, found)
    every = _choice(asked, "tiap", EVERY, start.every, found)
    value = _choice(asked, "nilai", VALUES, start.value, found)
    programme = _choice(asked, PROGRAMME, dict.fromkeys(programmes, ""), "", found)
    level = _choice(asked, "jenjang", dict.fromkeys("1234", ""), "", found)
    picture = _choice(asked, "gambar", PICTURES, "", found)
    first, last = _month(asked, "dari", start.first, found), _month(asked, "sampai", start.last, found)
    pivot = Pivot(
        codes, region, rows, columns, int(level or 0), first, last, every, value, programme, picture
    )  # fmt: skip
    return pivot, found or reasons_not_to_show(pivot, today)


def _one(asked: Mapping[str, Sequence[str]], key: str) -> str:
    values = asked.get(key) or ("",)
    return values[-1].strip()[:20]


def _codes(asked: Sequence[str], found: list[Reason]) -> tuple[str, ...]:
    said = list(dict.fromkeys(code.strip() for text in asked for code in text.split(",") if code.strip()))
    known = [one for one in said if one in CODES or one in tuple(PILLARS)]
    if len(known) < len(said):
        text = "Ada kode ukuran yang tidak dikenal."
        found.append(Reason("unknown_indicator", text, field=INDICATOR, way_out="Pilih dari daftar ukuran."))
    return tuple(known)


def _choice(
    asked: Mapping[str, Sequence[str]], key: str, choices: Mapping[str, object], otherwise: str, found: list[Reason]
) -> str:
    said = _one(asked, key)
    if said and said not in choices:
        found.append(Reason("unknown_choice", "Pilihan ini tidak dikenal. Pilih dari daftar.", field=key))
    return said if said in choices else otherwise


def _month(asked: Mapping[str, Sequence[str]], key: str, otherwise: Month, found: list[Reason]) -> Month:
    said = _one(asked, key)
    try:
        return Month.parse(said) if said else otherwise
    except ValueError:
        text = f"Bulan ditulis seperti 2026-10, mulai tahun {FIRST_YEAR}."
        found.append(Reason("not_a_month", text, field=key))
        return otherwise


def reasons_not_to_show(pivot: Pivot, today: date) -> list[Reason]:
    """Why this pivot makes no sense, whoever asks; an empty list means it does."""
    found = [*_wrong_months(pivot, today), *_wrong_shape(pivot)]
    return found or _too_much(pivot)


def _wrong_months(pivot: Pivot, today: date) -> list[Reason]:
    if pivot.last.last >= today:
        newest = Month.of(today).previous()
        text = f"{_name(pivot.last)} belum selesai, jadi angkanya belum lengkap."
        return [Reason("month_not_over", text, field="sampai", way_out=f"Pilih paling akhir {_name(newest)}.")]
    if pivot.first > pivot.last:
        text = f"Bulan awal, {_name(pivot.first)}, sesudah bulan akhir, {_name(pivot.last)}."
        return [Reason("from_after_until", text, field="dari", way_out="Tukar keduanya.")]
    return []


def _wrong_shape(pivot: Pivot) -> list[Reason]:
    places = [one for one in pivot.dimensions if one in PLACES]
    if pivot.rows == pivot.columns:
        return [Reason("same_twice", "Baris dan kolom harus berbeda.", field="kolom")]
    if len(places) > 1:
        text = "Wilayah dan kelompok desa tidak bisa disilangkan: satu desa akan terhitung di banyak tempat."
        return [
            Reason("two_places", text, field="kolom", way_out="Pilih salah satu, yang lain jadikan masa atau ukuran.")
        ]
    if pivot.programme and pivot.place in GROUPS:
        text = "Saringan program dipakai bersama wilayah, bukan bersama kelompok desa."
        return [Reason("filtered_groups", text, field=PROGRAMME, way_out="Kosongkan saringan programnya.")]
    if INDICATOR not in pivot.dimensions and len(pivot.indicators) > 1:
        text = "Ukuran yang berbeda tidak bisa dijumlah."
        return [
            Reason(
                "many_indicators", text, field=INDICATOR, way_out="Pilih satu, atau jadikan ukuran baris atau kolom."
            )
        ]
    if pivot.value == AIM and (pivot.programme or pivot.place in GROUPS):
        text = "Target ditetapkan untuk wilayah, bukan untuk sekelompok desa."
        return [Reason("aim_of_a_region", text, field="nilai", way_out="Pilih isi tabel yang lain.")]
    if pivot.value == AIM and pivot.every != "tahun":
        text = "Target ditetapkan untuk satu tahun."
        return [Reason("aim_of_a_year", text, field="tiap", way_out="Pilih tiap tahun.")]
    return []


def _too_much(pivot: Pivot) -> list[Reason]:
    periods, codes = len(pivot.periods), len(pivot.indicators)
    columns = {PERIOD: periods, INDICATOR: codes}.get(pivot.columns, 1)
    if columns > COLUMNS:
        text = f"Kolomnya {columns}, paling banyak {COLUMNS}."
        way_out = (
            "Pilih masa yang lebih pendek, triwulan, atau tahun."
            if pivot.columns == PERIOD
            else "Jadikan ukuran sebagai baris."
        )
        return [Reason("too_many_columns", text, field="kolom", way_out=way_out)]
    hidden = 1 if PERIOD in pivot.dimensions else periods
    if periods > PERIODS or (hidden > 1 and hidden * (codes if pivot.place else 1) > TOGETHER):
        text = f"Masanya {periods}, terlalu banyak untuk satu tabel."
        return [
            Reason(
                "too_many_periods", text, field="dari", way_out="Pilih masa yang lebih pendek, triwulan, atau tahun."
            )
        ]
    return []


def _name(month: Month) -> str:
    return f"{MONTHS[month.month - 1]} {month.year}"
