"""A data folder in use with its recovery sheet, for the tests that back it up and take the backup apart."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from desmigratif.access.actor import Actor
from desmigratif.access.backup import backup_to
from desmigratif.access.backup.archive import unpack
from desmigratif.access.backup.manifest import Manifest
from desmigratif.access.backup.rows import CopyRows, SqliteRows
from desmigratif.access.keys import recovery
from desmigratif.access.keys.recovery import Sheet
from desmigratif.access.keys.subject_keys import make_keys
from desmigratif.access.signin.session_store import SessionStore
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.shared import crypto
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"
NIK = b"3307101505900001"
on_sqlite = connection.vendor == "sqlite"


@dataclass
class Village:
    """A data folder in use, the sheet that belongs to it, and one sealed NIK."""

    data_dir: Path
    sheet: Sheet
    subject_id: UUID
    sealed_nik: bytes
    usb: Path


@pytest.fixture
def village(tmp_path: Path, officer: Actor, now: datetime, working: Callable[..., object]) -> Village:
    data_dir, usb = tmp_path / "data", tmp_path / "usb"
    (data_dir / "files" / "2026").mkdir(parents=True)
    usb.mkdir()
    (data_dir / "files" / "2026" / "surat.pdf").write_bytes(random.Random(7).randbytes(70_000))
    sheet = recovery.new_sheet(date(2026, 11, 23))
    recovery.keep(data_dir, sheet.recipient, sheet.made_on)
    subject_id = new_id()
    with working(officer):
        key = make_keys([subject_id])[subject_id]
        unit.record("resident.registered", village_code=KURIPAN, subjects=[Subject("resident", subject_id)], kind="tes")
        unit.record("resident.opened", village_code=KURIPAN, subjects=[Subject("resident", subject_id)])
        unit.changed("people.resident", KURIPAN, subject_id)
    with working(officer):
        unit.record("visit.recorded", topic="hong\tkong\n\\N", count=3)
    session = SessionStore()
    session["_auth_user_id"] = "x"
    session.save()
    sealed = crypto.seal(key, NIK, place=f"people.resident.nik:{subject_id}")
    return Village(data_dir, sheet, subject_id, sealed, usb)


def back_up(village: Village, now: datetime, name: str = "kuripan.age") -> Path:
    return backup_to(village.usb / name, now=now, data_dir=village.data_dir).path


def without_sheet(village: Village) -> None:
    (village.data_dir / "recovery.json").unlink()


class EmptyDatabase:
    """The default connection on an empty database for a while, as on a new machine."""

    name = f"desmigratif_restore_{os.getpid()}"

    def __enter__(self) -> None:
        self._before = dict(connection.settings_dict)
        if on_sqlite:
            return
        connection.close()
        with self._elsewhere() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {self.name}")
            cursor.execute(f"CREATE DATABASE {self.name}")
        connection.settings_dict["NAME"] = self.name

    def __exit__(self, *problem: object) -> None:
        connection.close()
        connection.settings_dict.update(self._before)
        if on_sqlite:
            return
        with self._elsewhere() as cursor:  # without FORCE: only so may we send the server's own autovacuum away
            cursor.execute(f"DROP DATABASE {self.name}")

    @staticmethod
    def _elsewhere() -> AbstractContextManager[Any]:
        return connection._nodb_cursor()


def rows_of(path: Path, village: Village, folder: Path) -> tuple[SqliteRows | CopyRows, Manifest]:
    unpack(path, folder, recovery.identity_from(village.sheet.secret))
    manifest = Manifest.model_validate_json((folder / "manifest.json").read_bytes())
    if on_sqlite:
        return SqliteRows(folder / "database.sqlite3"), manifest
    return CopyRows(
        folder,
        {table: facts.columns for table, facts in manifest.tables.items()},
        {table: facts.parts for table, facts in manifest.tables.items()},
    ), manifest


def flip(source: Path, target: Path, place: int, bit: int = 3) -> None:
    content = bytearray(source.read_bytes())
    content[place] ^= 1 << bit
    target.write_bytes(content)
