"""Facts become figures: what was appended since the last time is added to the roll-ups, outside of any act.

One fold at a time: whoever folds holds the one row of `FoldState`. A batch gets a moment of its own (`folded_at`), is
added up by that moment and is committed together with it, so that no fact counts twice and none is left out.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction

from desmigratif.audit.models import FactDelta
from desmigratif.indicators.models import FoldState, PublishedMonth, RollUp
from desmigratif.indicators.summing import (
    COLUMNS,
    DIALECTS,
    SUMS,
    cells_sql,
    newer_codes,
    village_rows_sql,
    wider_rows_sql,
)

BATCH = 5000
_TICK = timedelta(microseconds=1)
_FACTS, _ROLLUPS, _MONTHS = (model._meta.db_table for model in (FactDelta, RollUp, PublishedMonth))


def fold(now: datetime) -> int:
    """Add up everything that was not yet; returns how many facts that were."""
    total = 0
    while count := fold_batch(now):
        total += count
    return total


def fold_batch(now: datetime, size: int = BATCH) -> int:
    """Fold at most so many facts; returns how many."""
    with transaction.atomic():
        if not FactDelta.objects.filter(folded_at=None).exists():
            return 0
        moment = next_moment(now)
        count = _claim(moment, size)
        if count:
            _add(moment)
    return count


def next_moment(now: datetime) -> datetime:
    """A moment after every earlier one; from here to the end of the transaction nobody else folds."""
    FoldState.objects.bulk_create([FoldState(id=1)], ignore_conflicts=True)
    state = FoldState.objects.select_for_update().get(id=1)
    state.last_at = max(now, state.last_at + _TICK) if state.last_at else now
    state.save(update_fields=["last_at"])
    return state.last_at


def _claim(moment: datetime, size: int) -> int:
    waiting = FactDelta.objects.filter(folded_at=None).order_by("village_code").values("id")[:size]
    return FactDelta.objects.filter(id__in=waiting).update(folded_at=moment)


def _add(moment: datetime) -> None:
    """Villages come last: what is wider asks which of them had nothing in this period until now."""
    cells = cells_sql(
        DIALECTS[connection.vendor],
        facts=f"(SELECT * FROM {_FACTS} WHERE folded_at = %s)",  # noqa: S608
        published=_MONTHS, newer=newer_codes(),
    )  # fmt: skip
    fresh = f"""{cells}, counted AS (
        SELECT cell.*, CASE WHEN length(place) = 13 AND NOT EXISTS (
            SELECT 1 FROM {_ROLLUPS} AS r WHERE r.level = 4 AND r.code = cell.code AND r.period = cell.period
            AND r.region_code = cell.place) THEN 1 ELSE 0 END AS villages
        FROM cell)"""  # noqa: S608
    given = [connection.ops.adapt_datetimefield_value(moment)]
    with connection.cursor() as cursor:
        cursor.execute(_upsert(fresh, wider_rows_sql("counted")), given)
        cursor.execute(_upsert(cells, village_rows_sql()), given)


def _upsert(prepared: str, rows: str) -> str:
    """Rows are added to those that stand; the villages of a village stay one."""
    later = "max" if connection.vendor == "sqlite" else "GREATEST"
    added = ", ".join(f"{name} = {_ROLLUPS}.{name} + excluded.{name}" for name in SUMS if name != "villages")
    return f"""
INSERT INTO {_ROLLUPS} ({", ".join(COLUMNS)})
{prepared} SELECT {", ".join(COLUMNS)} FROM ({rows}) AS summed WHERE true
ORDER BY level, code, period, region_code
ON CONFLICT (level, code, period, region_code) DO UPDATE SET {added},
    villages = CASE WHEN {_ROLLUPS}.level = 4 THEN 1 ELSE {_ROLLUPS}.villages + excluded.villages END,
    as_of = {later}({_ROLLUPS}.as_of, excluded.as_of)"""  # noqa: S608
