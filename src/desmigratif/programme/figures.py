"""The published figures that this version brings along, each with its source. See data/NOTICE.md."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Figure:
    """One value from one source; `period` as the source has it, `what` a kind within the metric or empty."""

    metric: str
    region: str
    period: str
    what: str
    value: int
    source: str

    @property
    def year(self) -> int:
        """The year in which the period ends."""
        return int(self.period.split("..")[-1][:4])


@dataclass(frozen=True, slots=True)
class PublishedVillage:
    """A village that a report names as one of the programme; `year` 0 where none is said."""

    code: str
    name: str
    district: str
    regency: str
    year: int
    note: str
    source: str


@lru_cache(maxsize=1)
def published() -> tuple[Figure, ...]:
    """Every figure, in the order of the file."""
    return tuple(
        Figure(row["metric"], row["region"], row["period"], row["what"], int(row["value"]), row["source"])
        for row in _rows("figures.csv")
    )


@lru_cache(maxsize=1)
def villages() -> tuple[PublishedVillage, ...]:
    """Every village that the reports name, by code."""
    found = (
        PublishedVillage(
            row["code"], row["name"], row["district"], row["regency"], int(row["year"] or 0), row["note"], row["source"]
        )
        for row in _rows("villages.csv")
    )
    return tuple(sorted(found, key=lambda one: one.code))


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))
