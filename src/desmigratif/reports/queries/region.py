"""The report of a region in a period: its own figures and those of the regions in it."""

from __future__ import annotations

from datetime import date

from desmigratif.access.actor import NATION, Actor
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.indicators.rules.definitions import indicators
from desmigratif.indicators.rules.periods import Period
from desmigratif.regions.queries import UnknownRegion, children_of, region_name, village
from desmigratif.regions.rules import NATION_NAME
from desmigratif.reports.queries.figures import figures_of
from desmigratif.reports.rules.table import RegionTable
from desmigratif.shared.reasons import NotFoundOrNotYours

_DOTS_OF_A_VILLAGE = 3


def region_table(by: Actor, region_code: str, period: Period, *, made_on: date) -> RegionTable:
    """Everything about a region that this person may see. Raises `NotFoundOrNotYours`."""
    require(by, Permission.FIGURES_SEE, region_code)
    names = names_in(region_code)
    codes = [one.code for one in indicators()]
    return RegionTable(region_code, period, made_on, names, tuple(figures_of(by, list(names), codes, period)))


def names_in(region_code: str) -> dict[str, str]:
    """The region and those in it, with their names. Raises `NotFoundOrNotYours` for none."""
    try:
        own = name_of(region_code)
    except UnknownRegion:
        raise NotFoundOrNotYours from None
    if region_code.count(".") == _DOTS_OF_A_VILLAGE:
        return {region_code: own}
    inside = children_of("" if region_code == NATION else region_code)
    return {region_code: own, **{one.code: f"{one.kind} {one.name}" for one in inside}}


def name_of(region_code: str) -> str:
    """Kabupaten Wonosobo; Indonesia for the whole. Raises `UnknownRegion`."""
    if region_code == NATION:
        return NATION_NAME
    return village(region_code).label if region_code.count(".") == _DOTS_OF_A_VILLAGE else region_name(region_code)
