"""Figures, read from roll-ups only: the same few statements for a village and for the nation.

What is closed to whom stands in `sight`. The public (`by` is `None`) sees what is not too small and cannot be found by
subtraction (`rules.suppression`), and whole years only, for the months of a year would give away what the year hides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from desmigratif.access.actor import NATION, Actor
from desmigratif.indicators.models import RollUp
from desmigratif.indicators.queries.grid import whole_grid
from desmigratif.indicators.queries.reading import Reading, definition_of
from desmigratif.indicators.queries.remembered import Grid
from desmigratif.indicators.queries.rows import level_of
from desmigratif.indicators.queries.sight import Sight
from desmigratif.indicators.rules.definitions import PILLARS
from desmigratif.indicators.rules.periods import EVER, Month, Period, periods_between
from desmigratif.indicators.rules.suppression import shown_regions


def readings(
    by: Actor | None, *, regions: Sequence[str], codes: Sequence[str], period: Period, today: date | None = None
) -> dict[tuple[str, str], Reading]:
    """(region, code) -> its figure in a period, for every region and code that was asked.

    `today` is needed where the period may still run.
    """
    return {key: rows[0] for key, rows in _seen(by, regions, codes, [period], today).items()}


def series(
    by: Actor | None, *, region: str, codes: Sequence[str], first: Month, last: Month, every: str = "month"
) -> list[Reading]:
    """The figures of one region, period after period ("month", "quarter" or "year"), in the order of the codes."""
    found = _seen(by, [region], codes, periods_between(first, last, every), None)
    return [one for code in codes for one in found[region, code]]


def grid(
    by: Actor | None, *, regions: Sequence[str], codes: Sequence[str], first: Month, last: Month, every: str = "month"
) -> Grid:
    """(region, code) -> its figures, period after period."""
    return _seen(by, regions, codes, periods_between(first, last, every), None)


def _seen(
    by: Actor | None, regions: Sequence[str], codes: Sequence[str], periods: Sequence[Period], today: date | None
) -> Grid:
    """What this person, or the public, may see of the figures."""
    if by is not None:
        return Sight(by, codes, periods, today).grid(regions)
    found = whole_grid(regions, codes, periods)
    return {**found, **_suppressed(found, regions, periods)}


def _suppressed(found: Grid, regions: Sequence[str], periods: Sequence[Period]) -> Grid:
    if any(period.every != "year" for period in periods):
        raise ValueError("the public sees whole years; months would give away what a year hides")
    parts = _parts_above(regions)
    codes = sorted({code for _region, code in found})
    family = whole_grid([NATION, *(part for row in parts.values() for part in row)], codes, periods)
    seen: dict[tuple[str, str], tuple[Reading, ...]] = {}
    for code in codes:
        shown = [_shown(family, parts, code, place) for place in range(len(periods))]
        for region in regions:
            rows = found[region, code]
            seen[region, code] = tuple(
                one if region in here or one.size == 0 else one.without_figures()
                for one, here in zip(rows, shown, strict=True)
            )
    return seen


def _shown(family: Grid, parts: Mapping[str, Sequence[str]], code: str, place: int) -> set[str]:
    sizes = {region: rows[place].size for (region, of), rows in family.items() if of == code}
    tree = {region: {part: sizes[part] for part in row} for region, row in parts.items()}
    return shown_regions(tree, sizes, definition_of(code).small, NATION)


def _parts_above(regions: Iterable[str]) -> dict[str, list[str]]:
    """Region -> its parts that hold any figure, for all that lie above these regions, the nation first."""
    above = {parent for region in regions for parent in _above(region)}
    found: dict[str, list[str]] = {}
    for parent in sorted(above, key=level_of):
        rows = RollUp.objects.filter(level=level_of(parent) + 1, period=EVER, code__in=PILLARS)
        if parent != NATION:
            rows = rows.filter(region_code__startswith=f"{parent}.")
        found[parent] = sorted(set(rows.values_list("region_code", flat=True)))
    return found


def _above(region: str) -> list[str]:
    """The regions that a region lies in; the nation for itself, so that its size counts too."""
    if region == NATION:
        return [NATION]
    parts = region.split(".")
    return [NATION, *(".".join(parts[:number]) for number in range(1, len(parts)))]


__all__ = ["Reading", "definition_of", "grid", "level_of", "readings", "series"]
