"""A report for other systems: SDMX-CSV 2.0 (SDMX 3.0) and DHIS2 `dataValueSets` (Web API 2.40 and later).

Both carry the parts beside the value, and neither carries what is unknown as a number. Plain Python.

SDMX-CSV was compared with the field guide of version 2.0 (columns, actions, media type) and read without a fault by
pysdmx 1.21 and by sdmx1 2.28 with a structure of these columns; months, quarters and years, closed and unknown cells.
Data values were compared with the developer pages of DHIS2 (names, periods, values as text); no server read them yet.
"""

from __future__ import annotations

import csv
import io
import json

from desmigratif.indicators.rules.periods import Period
from desmigratif.reports.rules.figures import Figure
from desmigratif.reports.rules.files import number
from desmigratif.reports.rules.table import RegionTable

STRUCTURE_ID = "DESMIGRATIF:INDICATORS(1.0.0)"
# Structure, dimensions, measure, attributes; ACTION "I" is information: nobody is asked to change anything.
SDMX_COLUMNS = (
    "STRUCTURE", "STRUCTURE_ID", "ACTION", "REF_AREA", "INDICATOR", "FREQ", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS",
    "UNIT_MEASURE", "NUMERATOR", "DENOMINATOR", "MISSING_VILLAGES", "DATA_AS_OF", "DEFINITION_VERSION",
)  # fmt: skip
NORMAL, MISSING, SUPPRESSED = "A", "O", "Q"  # of the code list CL_OBS_STATUS
_FREQUENCIES = {"month": "M", "quarter": "Q", "year": "A"}
DHIS2_PREFIX = "DESMIGRATIF_"


def as_sdmx_csv(table: RegionTable) -> bytes:
    """One observation for each region and indicator; a code of SDMX may hold no dot, so 33.07 is 33_07."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(SDMX_COLUMNS)
    frequency = _FREQUENCIES[table.period.every]
    for one in table.figures:
        parts = ("", "") if one.hidden else tuple("" if part is None else part for part in _parts(one))
        writer.writerow([
            "dataflow", STRUCTURE_ID, "I", one.region_code.replace(".", "_"), one.code, frequency, table.period.label,
            number(one), _status(one), one.definition.unit.upper() if one.definition else "", *parts, one.missing,
            one.as_of.isoformat() if one.as_of else "", one.version,
        ])  # fmt: skip
    return target.getvalue().encode()


def _parts(one: Figure) -> tuple[int | None, int | None]:
    return one.numerator, one.denominator


def _status(one: Figure) -> str:
    if one.hidden:
        return SUPPRESSED
    return MISSING if one.value is None else NORMAL


def dhis2_period(period: Period) -> str:
    """202610, 2026Q3, 2026."""
    return period.label.replace("-", "")


def as_dhis2(table: RegionTable) -> bytes:
    """Data values by codes: import with `dataElementIdScheme=CODE` and `orgUnitIdScheme=CODE`.

    DHIS2 adds values up over regions, and ratios do not add up: numerator and denominator go as two data elements.
    """
    period, values = dhis2_period(table.period), []
    for one in table.figures:
        for part, value in zip(("N", "D"), _parts(one), strict=True):
            if value is None or one.hidden:
                continue
            values.append({
                "dataElement": f"{DHIS2_PREFIX}{one.code}_{part}", "period": period, "orgUnit": one.region_code,
                "value": str(value),
            })  # fmt: skip
    return json.dumps({"dataValues": values}, indent=1).encode()
