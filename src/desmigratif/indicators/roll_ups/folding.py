"""Facts become figures: what was appended since the last time is added to the roll-ups, outside of any act.

One fold at a time: whoever folds holds the one row of `FoldState`. A batch gets a moment of its own (`folded_at`), is
added up by that moment and is committed together with it, so that no fact counts twice and none is left out.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import connection, transaction

from desmigratif.audit.models import FactDelta
from desmigratif.indicators.models import FoldState, PublishedMonth, RollUp
from desmigratif.indicators.roll_ups import late_stocks
from desmigratif.indicators.roll_ups.summing import (
    COLUMNS,
    DIALECTS,
    SUMS,
    cells_sql,
    newer_codes,
    village_rows_sql,
    wider_sql,
)

BATCH = 10_000
_TICK = timedelta(microseconds=1)
_FACTS, _ROLLUPS, _MONTHS = (model._meta.db_table for model in (FactDelta, RollUp, PublishedMonth))
_WAITING = f"SELECT id FROM {_FACTS} WHERE folded_at IS NULL ORDER BY village_code, id LIMIT %s"  # noqa: S608


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
        said = connection.ops.adapt_datetimefield_value(moment)
        count = _add_at_once(said, size) if connection.vendor == "postgresql" else _add(said, size)
        late_stocks.add(moment)
    return count


def next_moment(now: datetime) -> datetime:
    """A moment after every earlier one; from here to the end of the transaction nobody else folds."""
    FoldState.objects.bulk_create([FoldState(id=1)], ignore_conflicts=True)
    state = FoldState.objects.select_for_update().get(id=1)
    state.last_at = max(now, state.last_at + _TICK) if state.last_at else now
    state.stamp = uuid4().hex
    state.save(update_fields=["last_at", "stamp"])
    return state.last_at


def _add_at_once(moment: Any, size: int) -> int:
    """PostgreSQL, where others write meanwhile: what is claimed is what is added, in one statement."""
    claimed = f"""claimed AS (UPDATE {_FACTS} SET folded_at = %s WHERE id IN ({_WAITING}) RETURNING *)"""  # noqa: S608
    cells = _fresh("claimed").lstrip().removeprefix("WITH ")
    sql = f"""
WITH {claimed}, {cells}, {wider_sql("counted")},
narrow_done AS ({_upsert(village_rows_sql())}), wide_done AS ({_upsert("SELECT * FROM wider")})
SELECT COUNT(*) FROM claimed"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64MB'")
        cursor.execute(sql, [moment, size])
        count: int = cursor.fetchone()[0]
    return count


def _add(moment: Any, size: int) -> int:
    """SQLite, where nobody else writes meanwhile: the same facts are found again until they are claimed.

    Villages come last: what is wider asks which of them had nothing in this period until now.
    """
    told = 'village_code, code, "on", numerator, denominator'
    fresh = _fresh(f"(SELECT {told}, %s AS folded_at FROM {_FACTS} WHERE id IN ({_WAITING}))")  # noqa: S608
    with connection.cursor() as cursor:
        for rows in (_upsert("SELECT * FROM wider"), _upsert(village_rows_sql())):
            cursor.execute(f"{fresh}, {wider_sql('counted')} {rows}", [moment, size])
        cursor.execute(f"UPDATE {_FACTS} SET folded_at = %s WHERE id IN ({_WAITING})", [moment, size])  # noqa: S608
        count: int = cursor.rowcount
    return count


def _fresh(facts: str) -> str:
    """WITH clauses down to `counted`: cells, and whether each is a village that had nothing in this period before."""
    cells = cells_sql(DIALECTS[connection.vendor], facts=facts, published=_MONTHS, newer=newer_codes())
    return f"""{cells}, counted AS (
    SELECT cell.*, CASE WHEN length(place) = 13 AND (
        SELECT 1 FROM {_ROLLUPS} AS r WHERE r.level = 4 AND r.code = cell.code AND r.period = cell.period
        AND r.region_code = cell.place) IS NULL THEN 1 ELSE 0 END AS villages
    FROM cell)"""  # noqa: S608


def _upsert(rows: str) -> str:
    """Rows are added to those that stand; the villages of a village stay one."""
    later, plainly = ("max", "") if connection.vendor == "sqlite" else ("GREATEST", ' COLLATE "C"')
    added = ", ".join(f"{name} = {_ROLLUPS}.{name} + excluded.{name}" for name in SUMS if name != "villages")
    columns = ", ".join(COLUMNS)
    return f"""
INSERT INTO {_ROLLUPS} ({columns}) SELECT {columns} FROM ({rows}) AS summed WHERE true
ORDER BY level, code{plainly}, period, region_code{plainly}
ON CONFLICT (level, code, period, region_code) DO UPDATE SET {added},
    villages = CASE WHEN {_ROLLUPS}.level = 4 THEN 1 ELSE {_ROLLUPS}.villages + excluded.villages END,
    as_of = {later}({_ROLLUPS}.as_of, excluded.as_of)"""  # noqa: S608
