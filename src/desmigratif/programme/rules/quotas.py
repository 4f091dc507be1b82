"""Quotas of a year against where villages came to be, and which needy regions were left out. Plain Python."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from desmigratif.shared.dated import value_on


class Needy(Protocol):
    """A region with its index of need."""

    @property
    def region(self) -> str: ...
    @property
    def score(self) -> float: ...


class Placed(Protocol):
    """A village that is known by name, and its year."""

    @property
    def code(self) -> str: ...
    @property
    def year(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Quota:
    """How many villages a region was to get in a year; `regencies`: those that were chosen, where they are known."""

    year: int
    region: str
    villages: int
    regency_count: int
    regencies: tuple[str, ...]
    named: int  # villages of it that are known by name


def quotas_on(day: date, placed: Iterable[Placed]) -> list[Quota]:
    """Every quota with how many of its villages are known by name, regions with a quota of their own counted there."""
    rows: list[Mapping[str, Any]] = value_on("programme.quotas", day)
    known = list(placed)
    return [
        Quota(
            row["year"], row["region"], row["villages"], row["regency_count"], tuple(row["regencies"]),
            sum(1 for one in known if one.year == row["year"] and _counts(one.code, row, rows)),
        )
        for row in rows
    ]  # fmt: skip


def _counts(code: str, row: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> bool:
    """The nation's quota is for what no region's own quota takes."""
    own = [one["region"] for one in rows if one["year"] == row["year"] and one["region"] != "ID"]
    if row["region"] == "ID":
        return not any(code.startswith(f"{region}.") for region in own)
    return code.startswith(f"{row['region']}.")


def left_out(needs: Iterable[Needy], quota: Quota, least: float) -> list[str]:
    """Regions of the quota's province that need the programme (index at least `least`) and were not chosen.

    Empty where the chosen regencies are not known: then nobody can say who was left out.
    """
    if not quota.regencies:
        return []
    chosen: Collection[str] = quota.regencies
    return [
        one.region
        for one in needs
        if one.region.startswith(f"{quota.region}.") and one.region not in chosen and one.score >= least
    ]
