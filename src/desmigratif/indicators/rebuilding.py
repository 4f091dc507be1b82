"""The oracle: every figure counted anew from all facts, to prove the roll-ups or to replace them.

In a village the database itself does it. A hub with the extra `[hub]` has DuckDB do it, beside the database: the facts
go out as a file, are added up there, and only the figures come back.
"""

from __future__ import annotations

import csv
import importlib.util
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Model

from desmigratif.audit.models import FactDelta
from desmigratif.indicators.folding import next_moment
from desmigratif.indicators.models import PublishedMonth, RollUp
from desmigratif.indicators.summing import (
    COLUMNS,
    DIALECTS,
    cells_sql,
    newer_codes,
    village_rows_sql,
    wider_rows_sql,
)

ENGINES = ("sql", "duckdb")
MOST_TOLD = 20  # differences that are named; beyond that the figures are simply wrong
_ROLLUPS = RollUp._meta.db_table
_TYPES = {
    "village_code": "VARCHAR", "code": "VARCHAR", "on": "DATE", "numerator": "BIGINT", "denominator": "BIGINT",
    "folded_at": "TIMESTAMP",
}  # fmt: skip
_MONTH_TYPES = {"month": "INTEGER", "frozen_at": "TIMESTAMP"}
_ROW_TYPES = {
    **dict.fromkeys(COLUMNS, "BIGINT"), "level": "INTEGER", "code": "VARCHAR", "period": "INTEGER",
    "region_code": "VARCHAR", "as_of": "DATE",
}  # fmt: skip


class Difference(NamedTuple):
    """One figure that stands otherwise than the facts say; `None` where there is no such row."""

    region_code: str
    code: str
    period: int
    stands: tuple[int, int] | None
    should_be: tuple[int, int] | None


def default_engine() -> str:
    """DuckDB where a hub installed it; else the database itself."""
    at_hub = connection.vendor == "postgresql" and importlib.util.find_spec("duckdb") is not None
    return "duckdb" if at_hub else "sql"


def differences(engine: str = "sql") -> list[Difference]:
    """What stands otherwise than all folded facts say; at most the first few. Changes nothing."""
    with transaction.atomic():
        rows = _compared_in_duckdb() if engine == "duckdb" else _compared_in_sql()
    stands: dict[tuple[str, str, int], tuple[int, int]] = {}
    should: dict[tuple[str, str, int], tuple[int, int]] = {}
    for side, region, code, period, numerator, denominator in rows:
        (stands if side == "stands" else should)[region, code, period] = int(numerator), int(denominator)
    return [Difference(*key, stands.get(key), should.get(key)) for key in sorted({*stands, *should})][:MOST_TOLD]


def rebuild(now: datetime, engine: str = "sql") -> int:
    """Replace all roll-ups by what the facts say, those not folded yet among them; returns how many rows."""
    with transaction.atomic():
        moment = next_moment(now)
        FactDelta.objects.filter(folded_at=None).update(folded_at=moment)
        RollUp.objects.all()._raw_delete("default")
        if engine == "duckdb":
            _fill_from_duckdb()
        else:
            with connection.cursor() as cursor:
                columns = ", ".join(COLUMNS)
                summed = all_rows_sql(connection.vendor)
                cursor.execute(f"INSERT INTO {_ROLLUPS} ({columns}) {summed} SELECT {columns} FROM summed")  # noqa: S608
    return RollUp.objects.count()


def all_rows_sql(
    vendor: str, *, facts: str = FactDelta._meta.db_table, published: str = PublishedMonth._meta.db_table
) -> str:
    """WITH clauses down to `summed`: every row of every level and period, out of all folded facts."""
    folded = f"(SELECT * FROM {facts} WHERE folded_at IS NOT NULL)"  # noqa: S608
    cells = cells_sql(DIALECTS[vendor], facts=folded, published=published, newer=newer_codes())
    return f"""{cells}, counted AS (
    SELECT cell.*, CASE WHEN length(place) = 13 THEN 1 ELSE 0 END AS villages FROM cell
), wider AS ({wider_rows_sql("counted")}
), summed AS (
    SELECT {", ".join(COLUMNS)} FROM wider UNION ALL SELECT {", ".join(COLUMNS)} FROM ({village_rows_sql()}) AS villages
)"""  # noqa: S608


def _compared_sql(stands: str) -> str:
    columns, told = ", ".join(COLUMNS), "region_code, code, period, numerator, denominator"
    return f"""
SELECT 'stands', {told} FROM (SELECT {columns} FROM {stands} EXCEPT SELECT {columns} FROM summed) AS too_much
UNION ALL
SELECT 'should', {told} FROM (SELECT {columns} FROM summed EXCEPT SELECT {columns} FROM {stands}) AS too_little
LIMIT {MOST_TOLD * 2}"""  # noqa: S608


def _compared_in_sql() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(all_rows_sql(connection.vendor) + _compared_sql(_ROLLUPS))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _compared_in_duckdb() -> list[tuple[Any, ...]]:
    with _duckdb() as (duck, folder):
        _carry(duck, folder, "stands", _select(RollUp, dict.fromkeys(COLUMNS, "")), _ROW_TYPES)
        sql = all_rows_sql("duckdb", facts="told_facts", published="months") + _compared_sql("stands")
        rows: list[tuple[Any, ...]] = duck.execute(sql).fetchall()
    return rows


def _fill_from_duckdb() -> None:
    columns = ", ".join(COLUMNS)
    with _duckdb() as (duck, folder):
        file = folder / "summed.csv"
        summed = all_rows_sql("duckdb", facts="told_facts", published="months")
        rows = f"{summed} SELECT {columns} FROM summed ORDER BY level, code, period, region_code"  # noqa: S608
        duck.execute(f"COPY ({rows}) TO '{file}' (HEADER false)")
        with file.open(encoding="utf-8", newline="") as stream, connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {_ROLLUPS} ({columns}) FROM STDIN (FORMAT csv)") as copy:
                    while block := stream.read(1 << 20):
                        copy.write(block)
            else:
                marks = ", ".join(["%s"] * len(COLUMNS))
                cursor.executemany(
                    f"INSERT INTO {_ROLLUPS} ({columns}) VALUES ({marks})", list(csv.reader(stream))  # noqa: S608
                )  # fmt: skip


@contextmanager
def _duckdb() -> Iterator[tuple[Any, Path]]:
    """DuckDB with all facts and published months in it, and a folder that goes away with it."""
    import duckdb  # an extra, and heavy: loaded by whoever needs it

    with tempfile.TemporaryDirectory(prefix="desmigratif-figures-") as name:
        folder = Path(name)
        duck = duckdb.connect(config={"autoinstall_known_extensions": False})  # nothing comes from outside
        try:
            _carry(duck, folder, "told_facts", _select(FactDelta, _TYPES), _TYPES)
            _carry(duck, folder, "months", _select(PublishedMonth, _MONTH_TYPES), _MONTH_TYPES)
            yield duck, folder
        finally:
            duck.close()


def _select(model: type[Model], names: dict[str, str]) -> str:
    """Columns of a table; PostgreSQL's moments without their zone, as SQLite keeps them."""
    zone = " AT TIME ZONE 'UTC'" if connection.vendor == "postgresql" else ""
    columns = (f'"{name}"{zone if name.endswith("_at") else ""}' for name in names)
    return f"SELECT {', '.join(columns)} FROM {model._meta.db_table}"  # noqa: S608


def _carry(duck: Any, folder: Path, table: str, query: str, types: dict[str, str]) -> None:
    """Rows of our database into a table of DuckDB, through a file."""
    file = folder / f"{table}.csv"
    with file.open("wb") as stream:
        _write(query, stream)
    said = ", ".join(f"'{name}': '{kind}'" for name, kind in types.items())
    duck.execute(
        f"""CREATE TABLE {table} AS SELECT * FROM read_csv('{file}', auto_detect = false, header = false,
        delim = ',', quote = '"', escape = '"', nullstr = '', columns = {{{said}}})"""  # noqa: S608
    )


def _write(query: str, stream: IO[bytes]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv)") as copy:
                for block in copy:
                    stream.write(block)
            return
        cursor.execute(query)
        while rows := cursor.fetchmany(10_000):
            stream.writelines(",".join("" if v is None else str(v) for v in row).encode() + b"\n" for row in rows)
