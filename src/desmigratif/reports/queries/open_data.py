"""Open data: the nation by provinces, or a province by its regencies; one quarter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from desmigratif.access.actor import NATION
from desmigratif.indicators.queries import readings
from desmigratif.indicators.rules.definitions import indicators
from desmigratif.indicators.rules.periods import Period
from desmigratif.reports.queries.figures import figure_of
from desmigratif.reports.queries.region import names_in
from desmigratif.reports.rules.figures import Figure
from desmigratif.reports.rules.open_data import judged, opened
from desmigratif.reports.rules.table import RegionTable
from desmigratif.shared.reasons import NotFoundOrNotYours


def open_table(region_code: str, period: Period, *, made_on: date) -> RegionTable:
    """What the public may see of the nation or of a province. Raises `NotFoundOrNotYours` for anything smaller."""
    if region_code.count(".") or period.every != "quarter" or period.last.last >= made_on:
        raise NotFoundOrNotYours
    provinces = names_in(NATION)
    if region_code not in provinces:
        raise NotFoundOrNotYours
    nation = _figures([NATION], period)
    whole = [judged(one) for one in nation]
    by_province = opened(whole, _figures([code for code in provinces if code != NATION], period))
    if region_code == NATION:
        return RegionTable(NATION, period, made_on, provinces, (*whole, *_in_order(by_province, provinces)))
    own = [one for one in by_province if one.region_code == region_code]
    names = names_in(region_code)
    inside = opened(own, _figures([code for code in names if code != region_code], period))
    return RegionTable(region_code, period, made_on, names, (*own, *_in_order(inside, names)))


def _figures(regions: Iterable[str], period: Period) -> list[Figure]:
    codes = [one.code for one in indicators()]
    here = list(regions)
    found = readings(None, regions=here, codes=codes, period=period)
    return [figure_of(found[region, code]) for region in here for code in codes]


def _in_order(figures: list[Figure], names: dict[str, str]) -> list[Figure]:
    """Region after region, as the names stand."""
    place = {code: number for number, code in enumerate(names)}
    return sorted(figures, key=lambda one: place[one.region_code])
