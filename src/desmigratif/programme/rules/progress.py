"""Target against what was reached, by year; every other value that was reported stays beside. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from desmigratif.shared.dated import value_on


class Reported(Protocol):
    """A value of one source."""

    @property
    def metric(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def year(self) -> int: ...
    @property
    def value(self) -> int: ...
    @property
    def source(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Year:
    """One year of the programme. The first report of a year counts; `others` are values that contradict it."""

    year: int
    target: int | None  # villages that were to be added
    target_total: int | None  # villages that were to stand at the end
    lowered: int | None  # the same after the target was cut
    new: int | None
    total: int | None
    source: str
    others: tuple[Reported, ...]

    @property
    def short(self) -> int:
        """Villages missing of what was to stand; 0 where nothing was asked or it was reached."""
        return max((self.target_total or 0) - (self.total or 0), 0) if self.total is not None else 0


def targets_on(day: date) -> Mapping[int, Mapping[str, int]]:
    """Year -> `new` and `total` that were asked for."""
    targets: Mapping[int, Mapping[str, int]] = value_on("programme.targets", day)
    return targets


def years(figures: Iterable[Reported], region: str, on: date) -> list[Year]:
    """Every year with a target or a report, the first one first.

    >>> from desmigratif.programme.figures import published
    >>> [(one.year, one.total) for one in years(published(), "ID", date(2026, 11, 26))][-1]
    (2022, 503)
    """
    mine = [figure for figure in figures if figure.region == region]
    targets = targets_on(on) if region == "ID" else {}
    spoken = {one.year for one in mine if one.metric in ("villages_new", "villages_total")}
    return [_year(year, mine, targets.get(year, {})) for year in sorted(spoken | set(targets))]


def _year(year: int, figures: Iterable[Reported], target: Mapping[str, int]) -> Year:
    of_year = [figure for figure in figures if figure.year == year]
    new = [figure for figure in of_year if figure.metric == "villages_new"]
    total = [figure for figure in of_year if figure.metric == "villages_total"]
    return Year(
        year,
        target.get("new"),
        target.get("total"),
        target.get("lowered"),
        new[0].value if new else None,
        total[0].value if total else None,
        (total or new)[0].source if total or new else "",
        (*new[1:], *total[1:]),
    )
