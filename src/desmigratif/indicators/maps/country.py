"""The shape of the country that this version brings along: outline, the point of each regency, tiles of the provinces.

Where they come from and under which licence stands in data/NOTICE.md.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from desmigratif.indicators.rules.maps.geometry import Point, placed

DATA = Path(__file__).parents[1] / "data"


@dataclass(frozen=True, slots=True)
class Tile:
    """A province in the grid of tiles: its place and three letters."""

    code: str
    column: int
    row: int
    label: str


@lru_cache(maxsize=1)
def outline() -> str:
    """The `d` of the country's coasts, in units of `rules.map`."""
    return (DATA / "outline.txt").read_text(encoding="ascii").strip()


@lru_cache(maxsize=1)
def points() -> dict[str, Point]:
    """Regency -> where it lies, in units of `rules.map`."""
    return {row["code"]: placed(float(row["lat"]), float(row["lng"])) for row in _rows("points.csv")}


@lru_cache(maxsize=1)
def tiles() -> tuple[Tile, ...]:
    """The 38 provinces, each on a place of its own."""
    return tuple(Tile(row["code"], int(row["column"]), int(row["row"]), row["label"]) for row in _rows("tiles.csv"))


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))
