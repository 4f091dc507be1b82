"""The oracle: every figure counted anew from all facts, to prove the roll-ups or to replace them.

In a village the database itself does it. A hub with the extra `[hub]` has DuckDB do it, beside the database: the facts
go out as a file, are added up there, and only the figures come back.
"""

from __future__ import annotations

import csv
import importlib.util
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Model

from desmigratif.audit.models import FactDelta
from desmigratif.indicators.models import LateStock, PublishedMonth, RollUp
from desmigratif.indicators.roll_ups import counting_apart, late_stocks
from desmigratif.indicators.roll_ups.folding import next_moment
from desmigratif.indicators.roll_ups.summing import (
    COLUMNS,
    DIALECTS,
    cells_sql,
    newer_codes,
    village_rows_sql,
    wider_sql,
)

ENGINES = ("sql", "duckdb")
MOST_TOLD = 20  # differences that are named; beyond that the figures are simply wrong
_ROLLUPS, _LATE = RollUp._meta.db_table, LateStock._meta.db_table
_TYPES = {
    "village_code": "VARCHAR", "code": "VARCHAR", "on": "DATE", "numerator": "BIGINT", "denominator": "BIGINT",
    "folded_at": "TIMESTAMP",
}  # fmt: skip
_MONTH_TYPES = {"month": "INTEGER", "frozen_at": "TIMESTAMP"}
_ROW_TYPES = {
    **dict.fromkeys(COLUMNS, "BIGINT"), "level": "INTEGER", "code": "VARCHAR", "period": "INTEGER",
    "region_code": "VARCHAR", "as_of": "DATE",
}  # fmt: skip
_LATE_TYPES = {**dict.fromkeys(late_stocks.COLUMNS, "BIGINT"), "region_code": "VARCHAR", "code": "VARCHAR"}
_TOLD = "region_code, code, period, numerator, denominator"


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
        for model in (RollUp, LateStock):
            model.objects.all()._raw_delete("default")
        if engine == "duckdb":
            _fill_from_duckdb()
        else:
            with connection.cursor() as cursor:
                columns, late = ", ".join(COLUMNS), ", ".join(late_stocks.COLUMNS)
                summed = all_rows_sql(connection.vendor)
                cursor.execute(f"INSERT INTO {_ROLLUPS} ({columns}) {summed} SELECT {columns} FROM summed")  # noqa: S608
                cursor.execute(f"INSERT INTO {_LATE} ({late}) {late_stocks.rows_sql(DIALECTS[connection.vendor])}")
    return RollUp.objects.count()


def all_rows_sql(vendor: str) -> str:
    """WITH clauses down to `summed`: every row of every level and period, out of all folded facts."""
    folded = f"(SELECT * FROM {FactDelta._meta.db_table} WHERE folded_at IS NOT NULL)"  # noqa: S608
    cells = cells_sql(DIALECTS[vendor], facts=folded, published=PublishedMonth._meta.db_table, newer=newer_codes())
    return f"""{cells}, counted AS (
    SELECT cell.*, CASE WHEN length(place) = 13 THEN 1 ELSE 0 END AS villages FROM cell
), {wider_sql("counted")}, summed AS (
    SELECT {", ".join(COLUMNS)} FROM wider UNION ALL SELECT {", ".join(COLUMNS)} FROM ({village_rows_sql()}) AS villages
)"""  # noqa: S608


def _compared_sql(stands: str, columns: Sequence[str] = COLUMNS, told: str = _TOLD) -> str:
    same = ", ".join(columns)
    return f"""
SELECT 'stands', {told} FROM (SELECT {same} FROM {stands} EXCEPT SELECT {same} FROM summed) AS too_much
UNION ALL
SELECT 'should', {told} FROM (SELECT {same} FROM summed EXCEPT SELECT {same} FROM {stands}) AS too_little
LIMIT {MOST_TOLD * 2}"""  # noqa: S608


def _late_compared_sql(stands: str, rows: str) -> str:
    """The same of what came late; its code is told with the month that had been published."""
    told = "region_code, code || ' sesudah ' || CAST(published AS VARCHAR(6)), month, numerator, denominator"
    return f"WITH summed AS ({rows}) {_compared_sql(stands, late_stocks.COLUMNS, told)}"


def _compared_in_sql() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(all_rows_sql(connection.vendor) + _compared_sql(_ROLLUPS))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        cursor.execute(_late_compared_sql(_LATE, late_stocks.rows_sql(DIALECTS[connection.vendor])))
        rows += cursor.fetchall()
    return rows


def _compared_in_duckdb() -> list[tuple[Any, ...]]:
    with _duckdb() as (duck, folder):
        _carry(duck, folder, "stands", _select(RollUp, _ROW_TYPES), _ROW_TYPES)
        _carry(duck, folder, "late", _select(LateStock, _LATE_TYPES), _LATE_TYPES)
        rows: list[tuple[Any, ...]] = duck.execute(_compared_sql("stands")).fetchall()
        rows += duck.execute(_late_compared_sql("late", _late_in_duckdb())).fetchall()
    return rows


def _late_in_duckdb() -> str:
    return late_stocks.rows_sql(DIALECTS["duckdb"], facts="carried", published="months")


def _fill_from_duckdb() -> None:
    with _duckdb() as (duck, folder):
        write_back(duck, folder)
        _carry_back(duck, folder / "late.csv", _late_in_duckdb(), _LATE, late_stocks.COLUMNS)


def write_back(duck: Any, folder: Path) -> None:
    """What DuckDB has as `summed` becomes our rows, in the order of their index."""
    rows = f"SELECT {', '.join(COLUMNS)} FROM summed ORDER BY level, code, period, region_code"  # noqa: S608
    _carry_back(duck, folder / "summed.csv", rows, _ROLLUPS, COLUMNS)


def _carry_back(duck: Any, file: Path, rows: str, table: str, names: Sequence[str]) -> None:
    """What DuckDB added up into a table of our database, through a file that goes away."""
    columns = ", ".join(names)
    duck.execute(f"COPY ({rows}) TO '{file}' (HEADER false)")
    with file.open(encoding="utf-8", newline="") as stream, connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN (FORMAT csv)") as copy:
                while block := stream.read(1 << 20):
                    copy.write(block)
        else:
            insert = f"INSERT INTO {table} ({columns}) VALUES ({', '.join(['%s'] * len(names))})"  # noqa: S608
            told = csv.reader(stream)
            while some := list(islice(told, 50_000)):
                cursor.executemany(insert, some)
    file.unlink()


@contextmanager
def _duckdb() -> Iterator[tuple[Any, Path]]:
    """DuckDB with all figures in it, as `summed`, and a folder that goes away with it."""
    import duckdb  # an extra, and heavy: loaded by whoever needs it

    with tempfile.TemporaryDirectory(prefix="desmigratif-figures-") as name:
        folder = Path(name)
        # Nothing comes from outside; what does not fit into memory lies in the same folder.
        duck = duckdb.connect(config={"autoinstall_known_extensions": False, "temp_directory": name})
        try:
            _carry(duck, folder, "carried", f"{_select(FactDelta, _TYPES)} WHERE folded_at IS NOT NULL", _TYPES)
            _carry(duck, folder, "months", _select(PublishedMonth, _MONTH_TYPES), _MONTH_TYPES)
            counting_apart.number_facts(duck, "carried", newer_codes())
            counting_apart.count_all(duck)
            yield duck, folder
        finally:
            duck.close()


def _select(model: type[Model], names: dict[str, str]) -> str:
    """Columns of a table; PostgreSQL's moments without their zone, as SQLite keeps them."""
    zone = " AT TIME ZONE 'UTC'" if connection.vendor == "postgresql" else ""
    columns = (f'"{name}"{zone if name.endswith("_at") else ""}' for name in names)
    return f"SELECT {', '.join(columns)} FROM {model._meta.db_table}"  # noqa: S608


def _carry(duck: Any, folder: Path, table: str, query: str, types: dict[str, str]) -> None:
    """Rows of our database into a table of DuckDB, through a file that goes away."""
    file = folder / f"{table}.csv"
    with file.open("wb") as stream:
        _write(query, stream)
    said = ", ".join(f"'{name}': '{kind}'" for name, kind in types.items())
    duck.execute(
        f"""CREATE TABLE {table} AS SELECT * FROM read_csv('{file}', auto_detect = false, header = false,
        delim = ',', quote = '"', escape = '"', nullstr = '', columns = {{{said}}})"""  # noqa: S608
    )
    file.unlink()


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
