"""Rows of roll-ups as they stand, and by which fold they stand so: one statement a level."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection

from desmigratif.indicators.models import FoldState, RollUp
from desmigratif.regions.rules import NATION

Row = tuple[Any, ...]
Arm = tuple[set[str], set[int]]  # codes, and the periods that they are read for
_FIELDS = "region_code, code, period, numerator, denominator, facts, villages, as_of"
N, D, FACTS, VILLAGES, AS_OF, LATE = range(3, 9)
NOTHING: Row = ("", "", 0, 0, 0, 0, 0, None, None)
# Hardly a row has anything late: one empty column is carried and read sooner than three zeros.
_SAID_LATE = "CASE WHEN late_facts > 0 THEN late_numerator || ' ' || late_denominator || ' ' || late_facts END"
_MANY = {1: 10, 2: 150}  # of a level: from here on reading all that lie between costs less than looking each up
_ROLLUPS, _STATE = RollUp._meta.db_table, FoldState._meta.db_table
_cursors: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()
_STAMPED = f"SELECT '', stamp, 0, 0, 0, 0, 0, NULL, NULL FROM {_STATE} WHERE id = 1"  # noqa: S608


def level_of(region_code: str) -> int:
    """0 nation, 1 province, 2 regency, 3 district, 4 village."""
    return 0 if region_code == NATION else region_code.count(".") + 1


def rows_of(regions: Sequence[str], arms: Sequence[Arm]) -> tuple[list[Row], str]:
    """All that was asked, and now and then a neighbour (`_where`); with the stamp of the fold that made them so, which
    is empty where nothing was folded or another fold came between two statements."""
    by_level: dict[int, list[str]] = defaultdict(list)
    for region in regions if any(codes for codes, _periods in arms) else ():
        by_level[level_of(region)].append(region)
    found: list[Row] = []
    stamps = set()
    for level, here in by_level.items():
        rows = _level(level, here, [arm for arm in arms if arm[0]])
        stamps.add(rows.pop()[1] if rows and not rows[-1][0] else "")
        found += rows
    return found, stamps.pop() if len(stamps) == 1 else ""


def late_of(row: Row) -> tuple[int, int, int]:
    """What of a row came late: of its numerator, of its denominator, in how many facts."""
    if row[LATE] is None:
        return 0, 0, 0
    above, below, facts = row[LATE].split()
    return int(above), int(below), int(facts)


def stamp_now() -> str:
    """By which fold figures stand as they stand now."""
    return "".join(stamp for (stamp,) in _ask(f"SELECT stamp FROM {_STATE} WHERE id = 1", []))  # noqa: S608


def _level(level: int, here: Sequence[str], arms: Sequence[Arm]) -> list[Row]:
    """The rows of one level, and as the last one the stamp."""
    statements: list[str] = []
    given: list[Any] = []
    for codes, periods in arms:
        given.append(level)
        conditions = [
            "level = %s", _among("code", sorted(codes), "text", given),
            _among("period", sorted(periods), "integer", given), _where(level, here, given),
        ]  # fmt: skip
        statements.append(
            f"SELECT {_FIELDS}, {_SAID_LATE} FROM {_ROLLUPS} WHERE {' AND '.join(conditions)}"  # noqa: S608
        )
    return _ask(" UNION ALL ".join([*statements, _STAMPED]), given)


def _where(level: int, here: Sequence[str], given: list[Any]) -> str:
    """A condition for these regions. Those side by side are one stretch of the index; one by one would be a search
    each, for each indicator and period. A stretch may hold a few more, whom nobody looks up."""
    if len(here) > 1 and _lie_side_by_side(level, here):
        given += [min(here), max(here)]
        return "region_code BETWEEN %s AND %s"
    return _among("region_code", here, "text", given)


def _lie_side_by_side(level: int, here: Sequence[str]) -> bool:
    """Parts of one region, or so many of all provinces or regencies that hardly any other lies between."""
    if level > 1 and len({region.rpartition(".")[0] for region in here}) == 1:
        return True
    return len(here) >= _MANY.get(level, len(here) + 1)


def _among(column: str, values: Sequence[Any], kind: str, given: list[Any]) -> str:
    """A condition, whose values are added to those `given`; on PostgreSQL they are one, however many."""
    if connection.vendor == "postgresql":
        given.append(f"{{{','.join(map(str, values))}}}")  # codes and numbers: nothing in them needs a quote
        return f"{column} = ANY(%s::{kind}[])"
    given += values
    return f"{column} IN ({', '.join(['%s'] * len(values))})"


def _ask(sql: str, given: Sequence[Any]) -> list[Row]:
    cursor = _cursor()
    cursor.execute(sql, given)
    rows: list[Row] = cursor.fetchall()
    return rows


def _cursor() -> Any:
    """On PostgreSQL the one kept for a connection, which sends values apart from the statement: it is then parsed once
    (`prepare_threshold`)."""
    if connection.vendor != "postgresql":
        return connection.cursor()
    connection.ensure_connection()
    driver: Any = connection.connection
    cursor: Any = _cursors.get(driver)
    if cursor is None:
        from django.db.backends.postgresql.base import ServerBindingCursor  # psycopg, which only a hub carries

        made: Any = ServerBindingCursor
        cursor = _cursors[driver] = made(driver)
    return connection.make_debug_cursor(cursor) if connection.queries_logged else connection.make_cursor(cursor)
