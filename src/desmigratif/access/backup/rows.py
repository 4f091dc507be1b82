"""Reading the tables of a backup, or of a live database, in one way."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from django.db import connection

EVENTS = "audit_event"
EVENT_ORDER = "village_code, audit_no"
_ESCAPE = re.compile(rb"\\(.)")
_ESCAPED = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v", b"\\": b"\\"}


class Rows(Protocol):
    """Tables by name. The rows of `audit_event` come in the order of the chains, others in any order."""

    def tables(self) -> list[str]: ...

    def count(self, table: str) -> int: ...

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]: ...


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _select(table: str, columns: Sequence[str]) -> str:
    order = f" ORDER BY {EVENT_ORDER}" if table == EVENTS else ""
    return f"SELECT {', '.join(map(_quoted, columns))} FROM {_quoted(table)}{order}"  # noqa: S608  names of tables


class SqliteRows:
    """A SQLite file that nobody writes to."""

    def __init__(self, file: Path) -> None:
        self._db = sqlite3.connect(f"file:{quote(str(file))}?mode=ro&immutable=1", uri=True)

    def close(self) -> None:
        self._db.close()

    def tables(self) -> list[str]:
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
        return [name for (name,) in self._db.execute(query)]

    def count(self, table: str) -> int:
        ((number,),) = self._db.execute(f"SELECT count(*) FROM {_quoted(table)}")  # noqa: S608  name of a table
        return int(number)

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        with closing(self._db.execute(_select(table, columns))) as cursor:
            yield from cursor

    def is_whole(self) -> bool:
        """SQLite's own proof over pages and indexes."""
        return list(self._db.execute("PRAGMA integrity_check(1)")) == [("ok",)]


class LiveRows:
    """The PostgreSQL database of this process, inside a transaction that its caller opened."""

    def tables(self) -> list[str]:
        with connection.cursor() as cursor:
            return sorted(connection.introspection.table_names(cursor))

    def count(self, table: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {_quoted(table)}")  # noqa: S608  name of a table
            return int(cursor.fetchone()[0])

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        with connection.chunked_cursor() as cursor:
            cursor.execute(_select(table, columns))
            while batch := cursor.fetchmany(2000):
                yield from batch


class CopyRows:
    """PostgreSQL's COPY text, cut into parts `tables/<table>/<number>`, as unpacked from an archive."""

    def __init__(self, folder: Path, columns: Mapping[str, Sequence[str]], parts: Mapping[str, int]) -> None:
        self._folder, self._columns, self._parts = folder, columns, parts

    def tables(self) -> list[str]:
        return sorted(self._columns)

    def count(self, table: str) -> int:
        return sum(1 for _ in self._lines(table))

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        places = [self._columns[table].index(column) for column in columns]
        for line in self._lines(table):
            values = line.rstrip(b"\n").split(b"\t")
            yield tuple(_copy_value(values[place]) for place in places)

    def blocks(self, table: str) -> Iterator[bytes]:
        """The COPY text of a table, for feeding it back."""
        for number in range(1, self._parts[table] + 1):
            with (self._folder / part_name(table, number)).open("rb") as stream:
                while block := stream.read(1 << 20):
                    yield block

    def _lines(self, table: str) -> Iterator[bytes]:
        rest = b""
        for block in self.blocks(table):
            *whole, rest = (rest + block).splitlines(keepends=True) if b"\n" in block else (rest + block,)
            if rest.endswith(b"\n"):
                whole, rest = [*whole, rest], b""
            yield from whole


def part_name(table: str, number: int) -> str:
    return f"tables/{table}/{number:05d}"


def _copy_value(field: bytes) -> str | None:
    """One value of COPY's text form. Other escapes than those of one letter are never written by COPY TO."""
    if field == rb"\N":
        return None
    return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]), field).decode()
