"""Open data: the nation by provinces, or a province by its regencies; one year that is over.

What is too small, and what would give it away, the indicators themselves keep from the public (by=None).
"""

from __future__ import annotations

from datetime import date

from desmigratif.access.actor import NATION
from desmigratif.indicators.queries.figures import readings
from desmigratif.indicators.rules.definitions import indicators
from desmigratif.indicators.rules.periods import Period
from desmigratif.reports.queries.figures import figure_of
from desmigratif.reports.queries.region import names_in
from desmigratif.reports.rules.table import RegionTable
from desmigratif.shared.reasons import NotFoundOrNotYours


def open_table(region_code: str, period: Period, *, made_on: date) -> RegionTable:
    """What the public may see. Raises `NotFoundOrNotYours` for smaller regions and for other periods."""
    wrong_period = period.every != "year" or period.last.last >= made_on
    if wrong_period or region_code.count(".") or region_code not in names_in(NATION):
        raise NotFoundOrNotYours
    names, codes = names_in(region_code), [one.code for one in indicators()]
    found = readings(None, regions=list(names), codes=codes, period=period)
    figures = tuple(figure_of(found[region, code]) for region in names for code in codes)
    return RegionTable(region_code, period, made_on, names, figures)
