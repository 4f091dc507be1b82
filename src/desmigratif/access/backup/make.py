"""Making a backup: a consistent picture of the database while people go on working, the files, and the keys."""

from __future__ import annotations

import hashlib
import io
import os
import secrets
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection, transaction

from desmigratif.access.backup import archive
from desmigratif.access.backup.archive import Member, bytes_member, digesting, file_member
from desmigratif.access.backup.manifest import (
    FORMAT,
    KEYS_MEMBER,
    MANIFEST,
    SQLITE_MEMBER,
    Manifest,
    TableFacts,
    app_version,
    keys_id,
    migrations_of,
    sums_of,
)
from desmigratif.access.backup.rows import EVENT_ORDER, EVENTS, LiveRows, Rows, SqliteRows, part_name
from desmigratif.access.backup.trouble import BackupTrouble, from_system
from desmigratif.access.keys import recovery
from desmigratif.shared.keyring import Keyring

KEPT_FILES = (recovery.FILE_NAME, "demo.json")  # of the data folder, besides `files/` and the keys
_PART = 8 << 20
_LEFTOVER_AFTER = timedelta(days=1)
_WORK_PREFIX = ".cadangan-"


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What was written. `fingerprint` names the recovery sheet that opens it ("" when not encrypted).

    `whole` says that the copy of the database passed the engine's own proof; `marks` are the last audit numbers of
    the chains inside.
    """

    path: Path
    size_bytes: int
    sha256: str
    encrypted: bool
    fingerprint: str
    keys_included: bool
    tables: int
    rows: int
    files: int
    whole: bool
    marks: Mapping[str, int]

    def sentences(self) -> list[str]:
        """For the terminal and the page."""
        said = [f"Cadangan tersimpan di {self.path}: {self.rows} baris data dan {self.files} berkas."]
        if not self.whole:
            said.append("Basis datanya sendiri rusak, jadi cadangan ini tidak akan pulih utuh. Hubungi koordinator.")
        if self.encrypted:
            return [*said, f"Disandi untuk lembar pemulihan {self.fingerprint}; kunci ikut di dalamnya."]
        return [
            *said,
            "Belum ada lembar pemulihan, jadi cadangan ini tidak disandi dan kuncinya tidak ikut: NIK, KK, HP dan "
            "catatan di dalamnya hanya terbaca bila keys.json disimpan terpisah. Buat lembar pemulihan lebih dulu.",
        ]


def backup_to(path: Path, *, now: datetime, data_dir: Path | None = None) -> BackupReport:
    """Write a backup of this installation to a file (or into a folder, named by the moment).

    Encrypted, with the keys inside, when a recovery sheet exists. The file appears whole or not at all, beside it
    `<file>.sha256` for checking copies without the sheet. Raises `BackupTrouble`.
    """
    data_dir = data_dir or settings.DATA_DIR
    keyring: Keyring = settings.KEYRING
    sheet = _recipient(data_dir)
    path = path / f"desmigratif-{now:%Y%m%d-%H%M%S}{'.age' if sheet else '.tar.gz'}" if path.is_dir() else path
    try:
        _refuse_to_overwrite_a_stranger(path)
        with _parts(data_dir, keyring if sheet else None) as parts:
            digest, manifest = _write(path, parts, sheet.recipient if sheet else None, keyring, now)
    except OSError as problem:
        raise from_system(problem) from problem
    return BackupReport(
        path=path,
        size_bytes=path.stat().st_size,
        sha256=digest,
        encrypted=sheet is not None,
        fingerprint=sheet.fingerprint if sheet else "",
        keys_included=manifest.keys_included,
        tables=len(manifest.tables),
        rows=sum(facts.rows for facts in manifest.tables.values()),
        files=sum(name.startswith("files/") for name in manifest.members),
        whole=parts.whole,
        marks={code: int(audit_no) for code, _changes, audit_no, _head in manifest.sums.get("chain_heads", ())},
    )


def _recipient(data_dir: Path) -> recovery.KeptRecipient | None:
    try:
        return recovery.kept(data_dir)
    except (ValueError, KeyError):
        raise BackupTrouble(
            "recipient_unreadable",
            f"Berkas {recovery.FILE_NAME} rusak, jadi cadangan tidak dapat disandi.",
            "Buat lembar pemulihan baru dari halaman pengelola.",
        ) from None


def _refuse_to_overwrite_a_stranger(path: Path) -> None:
    if path.exists() and path.stat().st_size:
        try:
            archive.is_encrypted(path)
        except BackupTrouble:
            raise BackupTrouble(
                "would_overwrite", f"{path} sudah ada dan bukan cadangan.", "Pilih nama berkas lain."
            ) from None


@dataclass(slots=True)
class _Parts:
    """What goes in: facts counted in the same picture of the database that is written, and whether it is whole."""

    engine: str
    rows: Rows
    tables: dict[str, TableFacts]
    members: Iterable[Member]
    whole: bool


@contextmanager
def _parts(data_dir: Path, keyring: Keyring | None) -> Iterator[_Parts]:
    picture = _sqlite_picture(data_dir) if connection.vendor == "sqlite" else _postgres_picture()
    with picture as parts:
        parts.members = _all_members(parts.members, data_dir, keyring)
        yield parts


def _all_members(database: Iterable[Member], data_dir: Path, keyring: Keyring | None) -> Iterator[Member]:
    if keyring is not None:
        yield bytes_member(KEYS_MEMBER, keyring.as_bytes())
    yield from database
    for name in KEPT_FILES:
        if (data_dir / name).is_file():
            yield bytes_member(name, (data_dir / name).read_bytes())
    files = data_dir / "files"
    for file in sorted(files.rglob("*")):
        if file.is_file() and not file.is_symlink():
            yield file_member(f"files/{file.relative_to(files).as_posix()}", file)


# --- SQLite ---------------------------------------------------------------------------------------


@contextmanager
def _sqlite_picture(data_dir: Path) -> Iterator[_Parts]:
    """SQLite's online backup in one step: readers and writers go on, the copy is of one moment."""
    _sweep_leftovers(data_dir)
    work = Path(tempfile.mkdtemp(prefix=_WORK_PREFIX, dir=data_dir))
    try:
        copy = work / SQLITE_MEMBER
        os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        source = sqlite3.connect(str(connection.settings_dict["NAME"]), timeout=20)
        with closing(source), closing(sqlite3.connect(copy)) as target:
            source.backup(target, pages=-1)
            target.execute("PRAGMA journal_mode=DELETE")
        rows = SqliteRows(copy)
        with closing(rows):
            tables = {table: TableFacts(rows=rows.count(table)) for table in rows.tables()}
            yield _Parts("sqlite", rows, tables, [file_member(SQLITE_MEMBER, copy)], whole=rows.is_whole())
    except sqlite3.Error as problem:
        raise BackupTrouble("database", "Basis data tidak dapat disalin.", "Periksa tempat di disk.") from problem
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _sweep_leftovers(data_dir: Path) -> None:
    """Copies left by a power cut."""
    for folder in data_dir.glob(f"{_WORK_PREFIX}*"):
        age = datetime.now().timestamp() - folder.stat().st_mtime  # noqa: DTZ005  compared with the file system's clock
        if age > _LEFTOVER_AFTER.total_seconds():
            shutil.rmtree(folder, ignore_errors=True)


# --- PostgreSQL -----------------------------------------------------------------------------------


@contextmanager
def _postgres_picture() -> Iterator[_Parts]:
    """Every table by COPY inside one REPEATABLE READ transaction: needs no tool and loads into any version."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL row_security = off")  # rather an error than rows that are left out
        rows = LiveRows()
        tables = {name: TableFacts(rows=rows.count(name), columns=_columns(name)) for name in rows.tables()}
        yield _Parts("postgresql", rows, tables, _copied_tables(tables), whole=True)


def _columns(table: str) -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped "
            "AND attgenerated = '' ORDER BY attnum",
            [f'"{table}"'],
        )
        return tuple(name for (name,) in cursor.fetchall())


def _copied_tables(tables: dict[str, TableFacts]) -> Iterator[Member]:
    for table, facts in tables.items():
        number = 0
        for number, content in enumerate(_cut(_copy_blocks(table, facts.columns)), start=1):
            yield bytes_member(part_name(table, number), content)
        tables[table] = facts.model_copy(update={"parts": number})


def _copy_blocks(table: str, columns: tuple[str, ...]) -> Iterator[bytes]:
    order = f" ORDER BY {EVENT_ORDER}" if table == EVENTS else ""
    names = ", ".join(f'"{column}"' for column in columns)
    query = f'COPY (SELECT {names} FROM "{table}"{order}) TO STDOUT'  # noqa: S608  names from the catalogue
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        for block in copy:
            yield bytes(block)


def _cut(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Blocks gathered into parts of about 8 MB."""
    gathered, size = [], 0
    for block in blocks:
        gathered.append(block)
        size += len(block)
        if size >= _PART:
            yield b"".join(gathered)
            gathered, size = [], 0
    if gathered:
        yield b"".join(gathered)


# --- writing --------------------------------------------------------------------------------------


def _write(path: Path, parts: _Parts, recipient: str | None, keyring: Keyring, now: datetime) -> tuple[str, Manifest]:
    """(SHA-256 of the file, its manifest). Temporary file, flushed to the disk, read back, then renamed."""
    waiting = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    made: list[Manifest] = []
    try:
        with os.fdopen(os.open(waiting, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as target:
            summed = _Summed(target)
            archive.write_archive(_with_manifest(parts, recipient, keyring, now, made), summed, recipient)
            digest = _read_back(target)
            if digest != summed.hexdigest():
                raise _written_wrong()
        waiting.replace(path)
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise
    recovery.write_whole(sidecar(path), f"{digest}  {path.name}\n".encode(), mode=0o600)
    _sync_folder(path.parent)
    return digest, made[0]


class _Summed:
    """A file that is written, and the SHA-256 of what was given to it."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target, self._sum = target, hashlib.sha256()

    def write(self, chunk: bytes) -> int:
        self._sum.update(chunk)
        return self._target.write(chunk)

    def flush(self) -> None:
        self._target.flush()

    def hexdigest(self) -> str:
        return self._sum.hexdigest()


def _read_back(target: io.BufferedRandom) -> str:
    """The SHA-256 of a file that was just written, from the disk rather than from memory where the system can."""
    target.flush()
    os.fsync(target.fileno())
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(target.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    target.seek(0)
    return hashlib.file_digest(target, "sha256").hexdigest()


def _written_wrong() -> BackupTrouble:
    return BackupTrouble(
        "written_wrong", "Disk menyimpan isi yang berbeda dari yang ditulis.", "Pakai disk atau USB lain."
    )


def sidecar(path: Path) -> Path:
    """The file beside a backup that `sha256sum -c` understands."""
    return path.with_name(path.name + ".sha256")


def _with_manifest(
    parts: _Parts, recipient: str | None, keyring: Keyring, now: datetime, made: list[Manifest]
) -> Iterator[Member]:
    digests: dict[str, str] = {}
    for member in parts.members:
        yield digesting(member, digests)
    manifest = Manifest(
        format=FORMAT,
        app_version=app_version(),
        made_at=now,
        engine=parts.engine,
        migrations=migrations_of(parts.rows),
        tables=parts.tables,
        sums=sums_of(parts.rows),
        members=digests,
        keys_id=keys_id(keyring),
        keys_included=recipient is not None,
    )
    made.append(manifest)
    yield bytes_member(MANIFEST, manifest.model_dump_json().encode())


def _sync_folder(folder: Path) -> None:
    """Make the rename survive a power cut, where the system can (not on Windows)."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)
