"""An empty machine with a backup and its sheet works again, and nothing in use is restored over."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection

from desmigratif.access.actor import Actor
from desmigratif.access.backup import BackupTrouble, restore, verify_backup
from desmigratif.access.backup import make as making
from desmigratif.access.backup.archive import unpack
from desmigratif.access.keys import recovery
from desmigratif.access.keys.recovery import SheetUnreadable
from desmigratif.access.models import SubjectKey
from desmigratif.access.tasks import automatic_backups, back_up_daily
from desmigratif.access.tests.backup.conftest import (
    KURIPAN,
    NIK,
    EmptyDatabase,
    Village,
    back_up,
    flip,
    on_sqlite,
    without_sheet,
)
from desmigratif.audit import unit
from desmigratif.audit.models import VillageClock
from desmigratif.audit.unit import Subject
from desmigratif.audit.verify import verify_chains
from desmigratif.shared import crypto
from desmigratif.shared.keyring import Keyring
from desmigratif.shared.triggers import missing_guards

pytestmark = pytest.mark.django_db(transaction=True)


def restored_key(target: Path, subject_id: UUID) -> bytes:
    """The wrapped key of one subject as it stands in what was restored."""
    if on_sqlite:
        with sqlite3.connect(target / "desmigratif.sqlite3") as db:
            ((wrapped,),) = db.execute("SELECT wrapped FROM access_subjectkey WHERE subject_id = ?", [subject_id.hex])
        db.close()
        return bytes(wrapped)
    return bytes(SubjectKey.objects.get(subject_id=subject_id).wrapped)


def sessions_in(target: Path) -> int:
    if on_sqlite:
        with sqlite3.connect(target / "desmigratif.sqlite3") as db:
            ((number,),) = db.execute("SELECT count(*) FROM access_desksession")
        db.close()
        return int(number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_desksession")
        return int(cursor.fetchone()[0])


def test_an_empty_machine_with_backup_and_sheet_reads_a_sealed_nik_again(
    village: Village, now: datetime, tmp_path: Path
) -> None:
    path = back_up(village, now)
    target = tmp_path / "baru"

    with EmptyDatabase():
        report = restore(path, target, " ".join(village.sheet.groups).lower())
        wrapped = restored_key(target, village.subject_id)
        left_sessions = sessions_in(target)

    ring = Keyring.from_bytes((target / "keys.json").read_bytes())
    key = crypto.unseal(ring.wrapping, wrapped, place=f"subject-key:{village.subject_id}")
    assert crypto.unseal(key, village.sealed_nik, place=f"people.resident.nik:{village.subject_id}") == NIK
    assert left_sessions == 0
    assert report.events == 3
    assert report.files == 1
    assert (target / "files/2026/surat.pdf").read_bytes() == (village.data_dir / "files/2026/surat.pdf").read_bytes()
    assert recovery.kept(target) == recovery.kept(village.data_dir)
    assert (target / "keys.json").stat().st_mode & 0o777 == 0o400
    expected = {"keys.json", "recovery.json", "files", "epoch"} | ({"desmigratif.sqlite3"} if on_sqlite else set())
    assert {entry.name for entry in target.iterdir()} == expected


def test_every_restore_begins_a_new_epoch(village: Village, now: datetime, tmp_path: Path) -> None:
    path = back_up(village, now)
    epochs = []

    for name in ("satu", "dua"):
        with EmptyDatabase():
            epochs.append(restore(path, tmp_path / name, village.sheet.secret).epoch)

    assert [(tmp_path / name / "epoch").read_text().strip() for name in ("satu", "dua")] == epochs
    assert len(set(epochs)) == 2
    assert all(len(epoch) == 32 for epoch in epochs)


def test_a_restored_database_goes_on_working(
    village: Village, now: datetime, tmp_path: Path, officer: Actor, working: Callable[..., object]
) -> None:
    path = back_up(village, now)
    target = tmp_path / "baru"

    with EmptyDatabase():
        restore(path, target, village.sheet.secret)
        if on_sqlite:
            connection.close()
            connection.settings_dict["NAME"] = str(target / "desmigratif.sqlite3")
        with working(officer):
            unit.record("resident.opened", village_code=KURIPAN, subjects=[Subject("resident", village.subject_id)])
        report = verify_chains()
        clock = VillageClock.objects.get(village_code=KURIPAN)
        unguarded = missing_guards()

    assert report.broken == ()
    assert unguarded == set()
    assert report.events == 4
    assert clock.audit_no == 4


def test_a_flipped_byte_or_a_cut_end_restores_nothing(village: Village, now: datetime, tmp_path: Path) -> None:
    path = back_up(village, now)
    size = path.stat().st_size
    broken, target = tmp_path / "rusak.age", tmp_path / "baru"
    chance = random.Random(5)
    codes = set()

    for _ in range(10):
        flip(path, broken, chance.randrange(200, size))
        with pytest.raises(BackupTrouble) as trouble:
            restore(broken, target, village.sheet.secret)
        codes.add(trouble.value.reasons[0].code)
        assert not target.exists()
    for length in (0, 1, 50, size // 2, size - 1):
        broken.write_bytes(path.read_bytes()[:length])
        with pytest.raises(BackupTrouble):
            restore(broken, target, village.sheet.secret)
        assert not verify_backup(broken, village.sheet.secret).is_sound
        assert not target.exists()

    assert codes == {"damaged"}


def test_another_sheet_is_told_apart_from_damage(village: Village, now: datetime, tmp_path: Path) -> None:
    path = back_up(village, now)
    other = recovery.new_sheet(date(2026, 11, 23))

    with pytest.raises(BackupTrouble) as trouble:
        restore(path, tmp_path / "baru", other.secret)

    assert trouble.value.reasons[0].code == "wrong_sheet"
    assert verify_backup(path, other.secret).problems[0].code == "wrong_sheet"
    assert not (tmp_path / "baru").exists()


def test_a_mistyped_sheet_is_asked_again(village: Village, now: datetime, tmp_path: Path) -> None:
    path = back_up(village, now)

    with pytest.raises(SheetUnreadable):
        restore(path, tmp_path / "baru", "ABCD EFGH")

    assert not (tmp_path / "baru").exists()
    assert verify_backup(path, "ABCD").problems[0].code == "sheet_unreadable"


def test_an_encrypted_backup_needs_its_sheet(village: Village, now: datetime, tmp_path: Path) -> None:
    path = back_up(village, now)

    with pytest.raises(BackupTrouble) as trouble:
        restore(path, tmp_path / "baru")

    assert trouble.value.reasons[0].code == "needs_sheet"


def test_missing_keys_stop_a_restore_unless_they_are_brought(village: Village, now: datetime, tmp_path: Path) -> None:
    without_sheet(village)
    path = back_up(village, now, "polos.tar.gz")

    with pytest.raises(BackupTrouble) as trouble:
        restore(path, tmp_path / "baru")
    with pytest.raises(BackupTrouble) as wrong:
        restore(path, tmp_path / "baru", keyring=Keyring(b"z" * 32))
    assert not (tmp_path / "baru").exists()
    with EmptyDatabase():
        restore(path, tmp_path / "baru", keyring=settings.KEYRING)

    assert trouble.value.reasons[0].code == wrong.value.reasons[0].code == "no_keys"
    assert Keyring.from_bytes((tmp_path / "baru" / "keys.json").read_bytes()) == settings.KEYRING


def test_a_folder_in_use_is_never_restored_over(village: Village, now: datetime) -> None:
    path = back_up(village, now)
    before = sorted(file.name for file in village.data_dir.rglob("*"))

    with pytest.raises(BackupTrouble) as trouble:
        restore(path, village.data_dir, village.sheet.secret)

    assert trouble.value.reasons[0].code == "not_empty"
    assert sorted(file.name for file in village.data_dir.rglob("*")) == before


def test_a_restore_that_was_cut_short_can_be_repeated(village: Village, now: datetime, tmp_path: Path) -> None:
    path = back_up(village, now)
    target = tmp_path / "baru"
    (target / ".memulihkan" / "files").mkdir(parents=True)

    with EmptyDatabase():
        restore(path, target, village.sheet.secret)

    assert (target / "keys.json").exists()
    assert not (target / ".memulihkan").exists()


def test_a_backup_of_a_newer_program_is_not_forced_into_this_one(
    village: Village, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "migrations_of", lambda rows: (("access", "0099_from_the_future"),))
    path = back_up(village, now)

    with pytest.raises(BackupTrouble) as trouble:
        restore(path, tmp_path / "baru", village.sheet.secret)

    assert trouble.value.reasons[0].code == "newer_version"


def test_a_backup_of_the_other_database_is_refused_with_the_setting_to_change(
    village: Village, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = back_up(village, now)
    monkeypatch.setattr(connection, "vendor", "postgresql" if on_sqlite else "sqlite")

    with pytest.raises(BackupTrouble) as trouble:
        restore(path, tmp_path / "baru", village.sheet.secret)

    assert "DATABASE_URL" in trouble.value.sentence


def restored_from(path: Path, target: Path, village: Village) -> Path:
    with EmptyDatabase():
        restore(path, target, village.sheet.secret)
    return target


def test_what_a_device_let_go_is_in_the_oldest_backup_and_a_restore_begins_anew(
    village: Village, officer: Actor, now: datetime, working: Callable[..., AbstractContextManager[Any]], tmp_path: Path
) -> None:
    (village.data_dir / "epoch").write_text("first\n")
    folder = village.data_dir / "backups"
    for days in range(2):
        back_up_daily(now + timedelta(days=days), data_dir=village.data_dir, folder=folder)
        with working(officer):
            unit.record("visit.recorded", village_code=KURIPAN)
    oldest = automatic_backups(folder)[-1]

    target = restored_from(oldest, tmp_path / "baru", village)

    safe = json.loads((village.data_dir / "safe_marks.json").read_text())
    assert safe == {"epoch": "first", "marks": {KURIPAN: 3}}
    assert audit_no_in(oldest, village, tmp_path) == 3
    assert (target / "epoch").read_text().strip() not in ("", "first")
    assert not (target / "safe_marks.json").exists()
    assert not (target / "backups_made.json").exists()


def audit_no_in(path: Path, village: Village, tmp_path: Path) -> int:
    folder = tmp_path / "terbuka"
    folder.mkdir()
    unpacked = unpack(path, folder, recovery.identity_from(village.sheet.secret))
    heads = json.loads((unpacked.folder / "manifest.json").read_bytes())["sums"]["chain_heads"]
    return {code: int(audit_no) for code, _changes, audit_no, _head in heads}[KURIPAN]
