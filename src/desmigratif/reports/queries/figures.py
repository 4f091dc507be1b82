"""Figures for reports, taken from the roll-ups."""

from __future__ import annotations

from collections.abc import Sequence

from desmigratif.access.actor import Actor
from desmigratif.indicators.queries.figures import Reading, readings
from desmigratif.indicators.rules.periods import Month, Period
from desmigratif.reports.rules.figures import Figure
from desmigratif.reports.rules.monthly import last_day, monthly_figures


def figures_of_month(by: Actor, village_code: str, year: int, month: int) -> list[Figure]:
    """The figures of a village's monthly report as they stand now."""
    codes = monthly_figures(last_day(year, month))
    return figures_of(by, [village_code], codes, Period.parse(str(Month(year, month))))


def figures_of(by: Actor, regions: Sequence[str], codes: Sequence[str], period: Period) -> list[Figure]:
    """Region after region, each with its figures in the order of the codes."""
    found = readings(by, regions=regions, codes=codes, period=period)
    return [figure_of(found[region, code]) for region in regions for code in codes]


def figure_of(one: Reading) -> Figure:
    """A reading as it is taken down."""
    return Figure(
        one.code, one.region_code, one.numerator, one.denominator, one.missing, one.as_of, one.version, one.hidden,
        one.restated,
    )  # fmt: skip
