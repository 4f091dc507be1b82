"""Restoring onto an empty machine: unpack aside, prove, then move into place; the keys last."""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from desmigratif.access.backup.archive import Unpacked, is_encrypted, unpack
from desmigratif.access.backup.check import (
    copy_rows,
    keys_of,
    newer_version,
    prove,
    prove_rows,
    read_manifest,
)
from desmigratif.access.backup.make import KEPT_FILES
from desmigratif.access.backup.manifest import SQLITE_MEMBER, Manifest
from desmigratif.access.backup.rows import LiveRows
from desmigratif.access.backup.trouble import BackupTrouble, from_system
from desmigratif.access.keys import recovery
from desmigratif.shared.keyring import FILE_NAME, Keyring, write_keyring
from desmigratif.shared.triggers import create_guards, drop_guards

EPOCH_FILE = "epoch"
_STAGE = ".memulihkan"
_DATABASE = "desmigratif.sqlite3"
_END_SESSIONS = {  # by table; the second one in backups of an earlier version
    "access_desksession": "DELETE FROM access_desksession",
    "django_session": "DELETE FROM django_session",
}
_PLACED = (*KEPT_FILES, "files", EPOCH_FILE)


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What stands now. `epoch` is new: devices offer again what the backup had not seen."""

    data_dir: Path
    epoch: str
    tables: int
    rows: int
    events: int
    files: int
    made_at: str

    def sentences(self) -> list[str]:
        return [
            f"Pulih di {self.data_dir}: {self.rows} baris, {self.files} lampiran, {self.events} mata rantai jejak, "
            "semua terbukti utuh.",
            "Semua orang masuk kembali dengan kata sandi dan kode pengamannya masing-masing.",
        ]


def restore(
    path: Path, data_dir: Path, identity: str | None = None, *, keyring: Keyring | None = None
) -> RestoreReport:
    """Put a backup back into an empty data folder (and, for PostgreSQL, an empty database).

    `identity` is what stands on the recovery sheet. `keyring` is for backups that carry no keys. Everything is
    proven before anything is put in place. Raises `BackupTrouble` or `SheetUnreadable`; then nothing stays behind.
    The process must not have its settings on `data_dir`: they would put fresh keys into it.
    """
    try:
        with _stage(data_dir) as stage:
            key_of_sheet = recovery.identity_from(identity) if identity and is_encrypted(path) else None
            unpacked = unpack(path, stage, key_of_sheet)
            manifest = read_manifest(unpacked)
            _refuse_other_engine(manifest)
            _refuse_newer(manifest)
            ring = keys_of(unpacked, manifest, keyring)
            if ring is None:
                raise _no_keys()
            events = prove(unpacked, manifest, ring)
            epoch = _put_in_place(unpacked, manifest, ring, data_dir)
    except OSError as problem:
        raise from_system(problem) from problem
    return RestoreReport(
        data_dir=data_dir,
        epoch=epoch,
        tables=len(manifest.tables),
        rows=sum(facts.rows for facts in manifest.tables.values()),
        events=events,
        files=sum(name.startswith("files/") for name in manifest.members),
        made_at=manifest.made_at.isoformat(),
    )


@contextmanager
def _stage(data_dir: Path) -> Iterator[Path]:
    """A folder inside the empty data folder (so that moving is renaming), gone afterwards."""
    is_new = not data_dir.exists()
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    if any(entry.name != _STAGE for entry in data_dir.iterdir()):
        raise BackupTrouble(
            "not_empty", f"Folder {data_dir} tidak kosong; tidak ada yang diubah.", "Pilih folder baru yang kosong."
        )
    stage = data_dir / _STAGE
    shutil.rmtree(stage, ignore_errors=True)  # of an attempt cut short
    stage.mkdir(mode=0o700)
    try:
        yield stage
    except BaseException:
        for name in (_STAGE, _DATABASE, *_PLACED, FILE_NAME):  # nothing else was here, so all of it is ours
            _remove(data_dir / name)
        if is_new:
            data_dir.rmdir()
        raise
    shutil.rmtree(stage, ignore_errors=True)


def _remove(place: Path) -> None:
    if place.is_dir():
        shutil.rmtree(place, ignore_errors=True)
    else:
        place.unlink(missing_ok=True)


def _no_keys() -> BackupTrouble:
    return BackupTrouble(
        "no_keys",
        "Cadangan ini tidak membawa kunci, jadi isinya yang disandi tidak akan terbaca.",
        "Sertakan keys.json dari komputer lama, atau pakai cadangan yang dibuat setelah ada lembar pemulihan.",
    )


def _refuse_other_engine(manifest: Manifest) -> None:
    if manifest.engine == connection.vendor:
        return
    wanted = "PostgreSQL" if manifest.engine == "postgresql" else "SQLite"
    way_out = (
        "Isi DATABASE_URL dengan basis data PostgreSQL yang kosong."
        if manifest.engine == "postgresql"
        else "Kosongkan DATABASE_URL."
    )
    raise BackupTrouble("other_engine", f"Cadangan ini berasal dari {wanted}.", way_out)


def _refuse_newer(manifest: Manifest) -> None:
    """A migration that this version does not know means that a newer program made the backup."""
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    if any(tuple(migration) not in known for migration in manifest.migrations):
        raise newer_version()


def _put_in_place(unpacked: Unpacked, manifest: Manifest, ring: Keyring, data_dir: Path) -> str:
    epoch = secrets.token_hex(16)
    recovery.write_whole(unpacked.folder / EPOCH_FILE, f"{epoch}\n".encode(), mode=0o600)
    if manifest.engine == "sqlite":
        _end_sessions(unpacked.folder / SQLITE_MEMBER)
        (unpacked.folder / SQLITE_MEMBER).rename(unpacked.folder / _DATABASE)
        _move(unpacked.folder, data_dir, (_DATABASE, *_PLACED), ring)
        return epoch
    with transaction.atomic(durable=True):
        _load_postgres(unpacked, manifest, ring)
        _move(unpacked.folder, data_dir, _PLACED, ring)
    return epoch


def _move(stage: Path, data_dir: Path, names: tuple[str, ...], ring: Keyring) -> None:
    """Into place; the keys last, because a database without its keys refuses to start."""
    for name in names:
        if (stage / name).exists():
            (stage / name).rename(data_dir / name)
    write_keyring(data_dir, ring)


def _end_sessions(database: Path) -> None:
    """Who was signed in when the backup was made signs in again."""
    with closing(sqlite3.connect(database)) as db:
        db.execute("PRAGMA secure_delete=ON")
        present = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in present & _END_SESSIONS.keys():
            db.execute(_END_SESSIONS[table])
        db.commit()
    with database.open("rb") as stream:
        os.fsync(stream.fileno())


def _load_postgres(unpacked: Unpacked, manifest: Manifest, ring: Keyring) -> None:
    """Schema as it was, rows as they were, proven again in the database; all in the caller's transaction."""
    with connection.cursor() as cursor:
        if connection.introspection.table_names(cursor):
            raise BackupTrouble(
                "database_not_empty",
                "Basis data di DATABASE_URL tidak kosong; tidak ada yang diubah.",
                "Buat basis data baru yang kosong.",
            )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # migrations may not leave checks pending
    _make_schema(manifest)
    drop_guards()  # they would refuse what is put back; the proof below takes their place, and they stand again after
    rows = copy_rows(unpacked, manifest)
    present = set(LiveRows().tables())
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(f"TRUNCATE {', '.join(sorted(connection.ops.quote_name(name) for name in present))}")
        for table, facts in manifest.tables.items():
            names = ", ".join(connection.ops.quote_name(column) for column in facts.columns)
            with cursor.copy(f"COPY {connection.ops.quote_name(table)} ({names}) FROM STDIN") as copy:
                for block in rows.blocks(table):
                    copy.write(block)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models(include_auto_created=True)):
            cursor.execute(statement)
    prove_rows(LiveRows(), manifest, ring)
    with connection.cursor() as cursor:
        for table in present & _END_SESSIONS.keys():
            cursor.execute(_END_SESSIONS[table])
    create_guards()


def _make_schema(manifest: Manifest) -> None:
    """Migrate to the state the backup was made in. One plan for all apps: each plan costs as much as the whole."""
    latest: dict[str, str] = {}
    for app, name in manifest.migrations:
        latest[app] = max(latest.get(app, ""), name)
    MigrationExecutor(connection).migrate(sorted(latest.items()))
