"""The figures of a region and of the regions inside it, in one period: what every file of a report is made from.

Plain Python. Kept as a document, so that a file that was made on a day says the same ever after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from desmigratif.indicators.rules.periods import Month, Period
from desmigratif.reports.rules.figures import Figure, figure_from_row
from desmigratif.shared.dates import MONTHS

EVERY = {"M": "Setiap bulan", "Q": "Setiap triwulan", "Y": "Setiap tahun"}
_KINDS = {"M": "month", "Q": "quarter", "Y": "year"}
_ROMAN = ("I", "II", "III", "IV")


def period_words(period: Period) -> str:
    """Oktober 2026, triwulan III 2026, tahun 2026."""
    if period.every == "month":
        return f"{MONTHS[period.first.month - 1]} {period.first.year}"
    if period.every == "quarter":
        return f"triwulan {_ROMAN[period.first.month // 3]} {period.first.year}"
    return f"tahun {period.first.year}"


def opening(words: str) -> str:
    """The words as they begin a line: Triwulan III 2026."""
    return words[:1].upper() + words[1:]


def last_period(every: str, today: date) -> Period:
    """The newest month ("M"), quarter or year that is over."""
    period = Period.of(Month.of(today), _KINDS[every])
    return period if period.last.last < today else Period.of(period.first.previous(), _KINDS[every])


def recent_periods(today: date) -> list[Period]:
    """What a report may be asked for at one tap: the last two years, four quarters and six months that are over."""
    found = []
    for every, count in (("Y", 2), ("Q", 4), ("M", 6)):
        period = last_period(every, today)
        for _ in range(count):
            found.append(period)
            period = Period.of(period.first.previous(), _KINDS[every])
    return found


@dataclass(frozen=True, slots=True)
class RegionTable:
    """`names`: region code -> name, the region itself first, then what lies in it, in the order of the files."""

    region_code: str
    period: Period
    made_on: date
    names: Mapping[str, str]
    figures: tuple[Figure, ...] = field(repr=False)

    @property
    def name(self) -> str:
        return self.names[self.region_code]

    @property
    def own(self) -> list[Figure]:
        """The figures of the region itself."""
        return [one for one in self.figures if one.region_code == self.region_code]

    @property
    def inside(self) -> list[str]:
        """Codes of the regions in it."""
        return [code for code in self.names if code != self.region_code]

    def of(self, region_code: str) -> dict[str, Figure]:
        return {one.code: one for one in self.figures if one.region_code == region_code}

    @property
    def file_name(self) -> str:
        return f"desmigratif-{self.region_code}-{self.period.label}"

    def as_dict(self) -> dict[str, Any]:
        """For keeping it."""
        return {
            "region": self.region_code, "period": self.period.label, "made_on": self.made_on.isoformat(),
            "names": dict(self.names), "figures": [one.as_row() for one in self.figures],
        }  # fmt: skip


def table_from(row: Mapping[str, Any]) -> RegionTable:
    """What `as_dict` made."""
    return RegionTable(
        row["region"], Period.parse(row["period"]), date.fromisoformat(row["made_on"]), row["names"],
        tuple(figure_from_row(one) for one in row["figures"]),
    )  # fmt: skip
