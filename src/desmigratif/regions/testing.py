"""For tests: the ancestors of a few villages instead of all 91,599 regions."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from desmigratif.regions import actions, dataset, queries, rules
from desmigratif.regions.dataset import RegionRow

SAMPLE = ("33.07.10.2004", "33.07.12.2007", "32.12.16.2004", "53.08.12.2014")


@lru_cache
def _rows_of(codes: frozenset[str]) -> tuple[RegionRow, ...]:
    rows = tuple(dataset.read_regions(only=codes))
    if len(rows) < len(codes):
        raise KeyError(sorted(codes - {row.code for row in rows}))
    return rows


def load_sample(codes: Iterable[str] = SAMPLE, using: str = "default") -> int:
    """Put the regions with these codes and everything above them into the database; returns how many."""
    wanted = frozenset(part for code in codes for part in rules.path_of(code))
    queries.forget()
    return actions.put_regions(_rows_of(wanted), using)
