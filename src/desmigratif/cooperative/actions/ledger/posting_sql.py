"""The few statements by which the books are written, for SQLite and PostgreSQL. Decides nothing."""

from __future__ import annotations

# ruff: noqa: S608  our own names put together; values are always parameters
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from itertools import chain, islice
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connection, connections

from desmigratif.cooperative.rules.ledger import NewEntry, entry_line

_SEAL_COLUMNS = (
    "id, village_code, cooperative_id, number, recorded_at, actor_id, act_id, entry_count, leg_count, prev_hash,"
    " hash, sealed"
)
_ENTRY_COLUMNS = 'id, village_code, cooperative_id, seal_id, "on", kind, memo, reverses_id'
_LEG_COLUMNS = "village_code, entry_id, account_id, holder_id, amount_rupiah"
_INSERT_SEAL = f"INSERT INTO cooperative_seal ({_SEAL_COLUMNS}) VALUES ({', '.join(['%s'] * 11)}, TRUE)"
_ENTRY_MARKS = f"({', '.join(['%s'] * 8)})"
_INSERT_ENTRIES = f"INSERT INTO cooperative_entry ({_ENTRY_COLUMNS}) VALUES "
_INSERT_ENTRY = _INSERT_ENTRIES + _ENTRY_MARKS
_INSERT_LEGS = f"INSERT INTO cooperative_leg ({_LEG_COLUMNS}) VALUES "
_LEG_MARKS = f"({', '.join(['%s'] * 5)})"
_POST_ONE = f"SELECT * FROM desmigratif_post_one({', '.join(['%s'] * 17)})"
# A table with a guard makes SQLite keep, for every statement, what its pages held before; so a statement takes many
# rows. More than this gains nothing more.
_ROWS_AT_ONCE = 200
_LEGS_IN_A_MEGABYTE = 4_000
_cursors: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class BookRow:
    last_number: int
    head_hash: str
    entry_exists: bool


@dataclass(frozen=True, slots=True)
class SealRow:
    id: UUID
    village_code: str
    cooperative_id: UUID
    number: int
    recorded_at: datetime
    actor_id: str
    act_id: UUID | None
    entry_count: int
    leg_count: int
    prev_hash: str
    hash: str


def key(id: UUID | None) -> str | None:
    """An id as both databases take it in a parameter."""
    return None if id is None else id.hex


def lock_book(cooperative_id: UUID, entry_id: UUID | None = None) -> BookRow:
    """The end of the chain; whoever else posts to this cooperative waits for our transaction."""
    database = connections[DEFAULT_DB_ALIAS]
    if database.vendor == "postgresql":
        with database.cursor() as cursor:
            cursor.execute("SELECT * FROM desmigratif_lock_book(%s, %s)", [cooperative_id.hex, key(entry_id)])
            return BookRow(*cursor.fetchone())
    exists = "EXISTS (SELECT 1 FROM cooperative_entry WHERE id = ?)" if entry_id else "1 = 0"
    with database.wrap_database_errors:
        found = database.connection.execute(
            f"SELECT last_number, head_hash, {exists} FROM cooperative_book WHERE cooperative_id = ?",
            [*([entry_id.hex] if entry_id else []), cooperative_id.hex],
        )
        number, head, exists_already = found.fetchone()
    return BookRow(number, head, bool(exists_already))


lock_book_of = lock_book  # for work on a cooperative's books that posts nothing itself


def write_one(seal: SealRow, entry: NewEntry) -> BookRow | None:
    """Entry, legs and their seal. Says how the book really ends, and writes nothing, when not as the seal believes.

    On SQLite `lock_book` must have said how it ends; PostgreSQL locks and looks in the one question that writes.
    """
    database = connections[DEFAULT_DB_ALIAS]
    if database.vendor == "postgresql":
        with database.wrap_database_errors:
            asked = _cursor_of(database.connection).execute(_POST_ONE, _post_one_values(seal, entry))
            written, *found = asked.fetchone()
        return None if written else BookRow(*found)
    legs = list(chain.from_iterable(_leg_values(seal, (entry,))))
    marks = _INSERT_LEGS + ", ".join([_LEG_MARKS] * len(entry.legs))
    with database.wrap_database_errors:
        ask = database.connection.execute
        ask(_in_sqlite(_INSERT_ENTRY), _entry_values(seal, entry))
        ask(_in_sqlite(marks), legs)
        ask(_in_sqlite(_INSERT_SEAL), _seal_values(seal))
    return None


@cache
def _in_sqlite(statement: str) -> str:
    """As the driver itself takes it. Django's way to it takes as long as SQLite's answer."""
    return statement.replace("%s", "?")


def _cursor_of(driver: Any) -> Any:
    """The cursor kept for a connection, whose statements PostgreSQL parses and plans once (`prepare_threshold`)."""
    cursor = _cursors.get(driver)
    if cursor is None:
        from psycopg import Cursor  # only a hub carries its 13 MB

        cursor = _cursors[driver] = Cursor(driver)
    return cursor


def _post_one_values(seal: SealRow, entry: NewEntry) -> list[Any]:
    legs = entry.legs
    return [
        seal.id.hex, seal.village_code, seal.cooperative_id.hex, str(seal.number), seal.recorded_at.isoformat(),
        seal.actor_id, key(seal.act_id), seal.prev_hash, seal.hash, entry.id.hex, entry.on.isoformat(), entry.kind,
        entry.memo, key(entry.reverses_id), _array(leg.account_id.hex for leg in legs),
        _array(leg.holder_id.hex if leg.holder_id else "NULL" for leg in legs),
        _array(str(leg.amount_rupiah) for leg in legs),
    ]  # fmt: skip


def _array(values: Iterable[str]) -> str:
    """As PostgreSQL writes an array of ids or numbers."""
    return "{" + ",".join(values) + "}"


def write_many(cursor: Any, seal: SealRow, entries: Sequence[NewEntry], hash_of: Callable[[str], str]) -> str:
    """Many entries under their seal, with the hash that `hash_of` makes of their lines (see `rules.ledger`).

    The lines are put together on the way: on PostgreSQL the server is busy with what it has got meanwhile.
    """
    ordered = sorted(entries, key=lambda entry: entry.id.int)
    writing = _Writing(seal)
    if connection.vendor == "postgresql":
        _copy(cursor, f"COPY cooperative_entry ({_ENTRY_COLUMNS}) FROM STDIN", writing.entries(ordered))
        _copy(cursor, f"COPY cooperative_leg ({_LEG_COLUMNS}) FROM STDIN", writing.legs(ordered, hash_of))
    else:
        _insert_many(cursor, _INSERT_ENTRIES, _ENTRY_MARKS, writing.entries(ordered))
        _insert_many(cursor, _INSERT_LEGS, _LEG_MARKS, writing.legs(ordered, hash_of))
    cursor.execute(_INSERT_SEAL, _seal_values(replace(seal, hash=writing.hash)))
    return writing.hash


class _Writing:
    """The rows of many entries, and with the last leg the hash of them all. Each id is spelt out once."""

    def __init__(self, seal: SealRow) -> None:
        self.seal, self.hash = seal, ""
        self.ids: list[str] = []
        self.days: dict[date, str] = {}
        self.names: dict[int, str] = {}

    def entries(self, entries: Sequence[NewEntry]) -> Iterator[tuple[Any, ...]]:
        days, spelt = self.days, self.ids.append
        village, cooperative, seal = self.seal.village_code, self.seal.cooperative_id.hex, self.seal.id.hex
        for entry in entries:
            on = days.get(entry.on) or days.setdefault(entry.on, entry.on.isoformat())
            spelt(id := f"{entry.id.int:032x}")
            yield id, village, cooperative, seal, on, entry.kind, entry.memo, key(entry.reverses_id)

    def legs(self, entries: Sequence[NewEntry], hash_of: Callable[[str], str]) -> Iterator[tuple[Any, ...]]:
        village, names, days, lines = self.seal.village_code, self.names, self.days, list[str]()
        line = lines.append
        for entry, id in zip(entries, self.ids, strict=True):
            line(entry_line(id, days[entry.on], entry.kind, key(entry.reverses_id) or "", entry.memo))
            for leg in entry.legs:
                of, holder, amount = leg.account_id.int, leg.holder_id, leg.amount_rupiah
                account = names.get(of) or names.setdefault(of, f"{of:032x}")
                if holder is None:
                    line(f"{account}||{amount}")
                    yield village, id, account, None, amount
                else:
                    of = holder.int
                    held = names.get(of) or names.setdefault(of, f"{of:032x}")
                    line(f"{account}|{held}|{amount}")
                    yield village, id, account, held, amount
        self.hash = hash_of("\n".join(lines))


def write_selected(cursor: Any, seal: SealRow, entry: NewEntry, select: str, params: Sequence[Any]) -> None:
    """One entry whose legs come from a question; the leg against them and its seal are not there yet."""
    if connection.vendor == "postgresql":
        cursor.execute("SET LOCAL work_mem = '64MB'")
    cursor.execute(_INSERT_ENTRY, _entry_values(seal, entry))
    id = "%s" if connection.vendor == "sqlite" else "%s::uuid"
    cursor.execute(
        f"INSERT INTO cooperative_leg ({_LEG_COLUMNS}) SELECT %s, {id}, chosen.* FROM ({select}) AS chosen",
        [seal.village_code, entry.id.hex, *params],
    )
    if connection.vendor == "postgresql":  # its holders are added up and its lines sorted in memory, not on the disk
        cursor.execute(f"SET LOCAL work_mem = '{max(64, cursor.rowcount // _LEGS_IN_A_MEGABYTE)}MB'")


def write_legs(cursor: Any, seal: SealRow, entry: NewEntry) -> None:
    """The legs that are named, after those that stand."""
    for values in _leg_values(seal, (entry,)):
        cursor.execute(_INSERT_LEGS + _LEG_MARKS, values)


def legs_text(cursor: Any, entry_id: UUID) -> tuple[int, int, str]:
    """How many legs an entry has, their sum, and their lines for the hash, put together where they lie: one reading."""
    if connection.vendor == "sqlite":
        line = "account_id || '|' || coalesce(holder_id, '') || '|' || amount_rupiah"
        text = f"group_concat(line, char(10)) FROM (SELECT amount_rupiah, {line} AS line"
        found = f"{text} FROM cooperative_leg WHERE entry_id = %s ORDER BY id) AS lines"
    else:
        line = (
            "encode(uuid_send(account_id), 'hex') || '|' || coalesce(encode(uuid_send(holder_id), 'hex'), '')"
            " || '|' || amount_rupiah"
        )
        found = f"string_agg({line}, E'\\n' ORDER BY id) FROM cooperative_leg WHERE entry_id = %s"
    cursor.execute(f"SELECT count(*), coalesce(sum(amount_rupiah), 0), {found}", [entry_id.hex])
    count, total, text = cursor.fetchone()
    return count, int(total), text or ""


def write_seal(cursor: Any, seal: SealRow) -> None:
    cursor.execute(_INSERT_SEAL, _seal_values(seal))


def _seal_values(seal: SealRow) -> list[Any]:
    moment = seal.recorded_at.replace(tzinfo=None) if connection.vendor == "sqlite" else seal.recorded_at
    return [
        seal.id.hex, seal.village_code, seal.cooperative_id.hex, seal.number, str(moment), seal.actor_id,
        key(seal.act_id), seal.entry_count, seal.leg_count, seal.prev_hash, seal.hash,
    ]  # fmt: skip


def _entry_values(seal: SealRow, entry: NewEntry) -> tuple[Any, ...]:
    return (
        entry.id.hex, seal.village_code, seal.cooperative_id.hex, seal.id.hex, entry.on.isoformat(), entry.kind,
        entry.memo, key(entry.reverses_id),
    )  # fmt: skip


def _leg_values(seal: SealRow, entries: Iterable[NewEntry]) -> Iterable[tuple[Any, ...]]:
    village, names = seal.village_code, dict[UUID, str]()
    for entry in entries:
        id = entry.id.hex
        for leg in entry.legs:
            account = names.get(leg.account_id) or names.setdefault(leg.account_id, leg.account_id.hex)
            yield village, id, account, key(leg.holder_id), leg.amount_rupiah


def _insert_many(cursor: Any, insert: str, marks: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Rows in their order, many to a statement."""
    rest: list[tuple[Any, ...]] = []

    def full() -> Iterator[list[Any]]:
        for chunk in _chunks(rows, _ROWS_AT_ONCE):
            if len(chunk) == _ROWS_AT_ONCE:
                yield list(chain.from_iterable(chunk))
            else:
                rest.extend(chunk)

    cursor.executemany(insert + ", ".join([marks] * _ROWS_AT_ONCE), full())
    if rest:
        cursor.execute(insert + ", ".join([marks] * len(rest)), list(chain.from_iterable(rest)))


def _chunks(rows: Iterable[tuple[Any, ...]], size: int) -> Iterator[list[tuple[Any, ...]]]:
    more = iter(rows)
    while chunk := list(islice(more, size)):
        yield chunk


def _copy(cursor: Any, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """The driver sends them in parts, so that the server writes while the next part is put together."""
    with connection.wrap_database_errors, cursor.copy(statement) as copy:
        write = copy.write_row
        for row in rows:
            write(row)
