"""What stood at the publication of a month, told as a difference: what came later, and which months it belongs to.

What flows is late in its own month, and its roll-up says so. What stands over (a copy on file, a member) changes every
later month too, published or not; so what is late is kept by the month it belongs to and by the month that had been
published last. From these few rows the value of any published month is told, in whatever order months are published.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import connection

from desmigratif.audit.models import FactDelta
from desmigratif.indicators.models import LateStock, PublishedMonth
from desmigratif.indicators.roll_ups.summing import DIALECTS, FIRST, Dialect, newer_codes, place_sql
from desmigratif.indicators.rules.definitions import indicators
from desmigratif.regions.rules import NATION

COLUMNS = ("region_code", "code", "published", "month", "numerator", "denominator", "facts")
Late = Mapping[tuple[str, str, int], tuple[int, int, int]]  # (region, code, month) -> numerator, denominator, facts
_TABLE, _FACTS, _MONTHS = (model._meta.db_table for model in (LateStock, FactDelta, PublishedMonth))


def stock_codes() -> set[str]:
    """Indicators of which a part stands: their facts change every month after their own."""
    return {code for one in indicators() for code, _part, kind in one.parts if kind == "stock"}


def published_in_order() -> dict[int, int]:
    """Published months -> their place in the order in which they were published."""
    months = PublishedMonth.objects.order_by("frozen_at").values_list("month", flat=True)
    return {month: place for place, month in enumerate(months)}


def late_for(
    regions: Collection[str], codes: Collection[str], months: Collection[int], order: Mapping[int, int]
) -> Late:
    """What came after each of these months was published and counts in it. One statement, none where nothing is asked.

    `order`: `published_in_order()`, in which all of `months` stand.
    """
    if not codes or not months:
        return {}
    rows = LateStock.objects.filter(region_code__in=set(regions), code__in=set(codes), month__lte=max(months))
    found: dict[tuple[str, str, int], tuple[int, int, int]] = {}
    for region, code, published, of, *parts in rows.values_list(*COLUMNS):
        for month in months:
            if of <= month and order[published] >= order[month]:
                above, below, facts = found.get((region, code, month), (0, 0, 0))
                found[region, code, month] = (above + parts[0], below + parts[1], facts + parts[2])
    return found


def add(moment: datetime) -> None:
    """Add the late ones of a batch that was just folded, in the transaction of the fold."""
    if not PublishedMonth.objects.exists():
        return
    sums = ("numerator", "denominator", "facts")
    added = ", ".join(f"{name} = {_TABLE}.{name} + excluded.{name}" for name in sums)
    rows = rows_sql(DIALECTS[connection.vendor], facts=f"(SELECT * FROM {_FACTS} WHERE folded_at = %s)")  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO {_TABLE} ({", ".join(COLUMNS)}) SELECT {", ".join(COLUMNS)} FROM ({rows}) AS late
            WHERE true ORDER BY region_code, code, published, month
            ON CONFLICT (region_code, code, published, month) DO UPDATE SET {added}""",  # noqa: S608
            [connection.ops.adapt_datetimefield_value(moment)],
        )


def rows_sql(dialect: Dialect, *, facts: str = _FACTS, published: str = _MONTHS) -> str:
    """All that is late, by region: `facts` is a table of facts, `published` one of months and their `frozen_at`."""
    codes = ", ".join(f"'{code}'" for code in sorted(stock_codes()))
    same = "code, published, month, numerator, denominator, facts"
    month = dialect.month
    return f"""
WITH stretch AS (
    SELECT month, frozen_at, LEAD(frozen_at) OVER (ORDER BY frozen_at) AS until,
           MAX(month) OVER (ORDER BY frozen_at) AS latest
    FROM {published} AS told_months
), fact AS (
    SELECT {place_sql(newer_codes())} AS place, code, numerator, denominator, folded_at,
           CASE WHEN {month} < {FIRST} THEN {FIRST} ELSE {month} END AS ym
    FROM {facts} AS told WHERE folded_at IS NOT NULL AND code IN ({codes})
), late AS (
    SELECT fact.place, fact.code, stretch.month AS published, fact.ym AS month, SUM(fact.numerator) AS numerator,
           SUM(fact.denominator) AS denominator, COUNT(*) AS facts
    FROM fact JOIN stretch ON fact.folded_at > stretch.frozen_at AND fact.ym <= stretch.latest
         AND (stretch.until IS NULL OR fact.folded_at <= stretch.until)
    GROUP BY fact.place, fact.code, stretch.month, fact.ym
)
SELECT region_code, code, published, month, SUM(numerator) AS numerator, SUM(denominator) AS denominator,
       SUM(facts) AS facts
FROM (
    SELECT '{NATION}' AS region_code, {same} FROM late
    UNION ALL SELECT substr(place, 1, 2), {same} FROM late WHERE place <> '{NATION}'
    UNION ALL SELECT substr(place, 1, 5), {same} FROM late WHERE length(place) >= 5
    UNION ALL SELECT substr(place, 1, 8), {same} FROM late WHERE length(place) >= 8
    UNION ALL SELECT place, {same} FROM late WHERE length(place) = 13
) AS every_level GROUP BY region_code, code, published, month"""  # noqa: S608  codes of ours and names of tables
