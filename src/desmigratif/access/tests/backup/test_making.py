"""A backup that was never restored is none: how one is made, and what stops it."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from desmigratif.access.actor import Actor
from desmigratif.access.backup import BackupTrouble, backup_to, verify_backup
from desmigratif.access.backup import make as making
from desmigratif.access.backup.rows import SqliteRows
from desmigratif.access.tests.backup.conftest import KURIPAN, Village, back_up, without_sheet
from desmigratif.audit import unit
from desmigratif.audit.models import VillageClock

pytestmark = pytest.mark.django_db(transaction=True)


def test_without_a_sheet_the_keys_stay_at_home_and_the_report_says_so(village: Village, now: datetime) -> None:
    without_sheet(village)

    report = backup_to(village.usb / "polos.tar.gz", now=now, data_dir=village.data_dir)

    assert not report.encrypted
    assert not report.keys_included
    assert "kuncinya tidak ikut" in report.sentences()[1]
    assert "master" not in report.path.read_bytes().decode("latin-1")
    found = verify_backup(report.path)
    assert found.is_sound
    assert found.not_checked == ("tanda pada mata rantai jejak (kunci tidak ada)",)
    assert verify_backup(report.path, keyring=settings.KEYRING).not_checked == ()


def test_the_same_path_is_replaced_whole_and_nothing_waits_beside_it(village: Village, now: datetime) -> None:
    back_up(village, now)
    (village.data_dir / "files" / "baru.txt").write_text("lampiran kedua")

    path = back_up(village, now)

    assert verify_backup(path, village.sheet.secret).files == 2
    assert sorted(file.name for file in village.usb.iterdir()) == ["kuripan.age", "kuripan.age.sha256"]
    assert path.stat().st_mode & 0o777 == 0o600
    assert not list(village.data_dir.glob(".cadangan-*"))


def test_a_file_that_is_no_backup_is_not_overwritten(village: Village, now: datetime) -> None:
    letter = village.usb / "skripsi.docx"
    letter.write_bytes(b"PK jangan hilang")

    with pytest.raises(BackupTrouble) as trouble:
        backup_to(letter, now=now, data_dir=village.data_dir)

    assert trouble.value.reasons[0].code == "would_overwrite"
    assert letter.read_bytes() == b"PK jangan hilang"


def test_a_folder_gets_a_file_named_by_the_moment(village: Village, now: datetime) -> None:
    report = backup_to(village.usb, now=now, data_dir=village.data_dir)

    assert report.path.name == "desmigratif-20261123-031500.age"
    assert report.size_bytes == report.path.stat().st_size


def test_a_stick_that_is_not_there_is_told_in_words(village: Village, now: datetime) -> None:
    with pytest.raises(BackupTrouble) as trouble:
        backup_to(village.usb / "tidak" / "ada.age", now=now, data_dir=village.data_dir)

    assert trouble.value.sentence == "Berkas atau folder itu tidak ada. Periksa alamatnya, lalu ulangi."


def test_a_full_disk_leaves_the_old_backup_and_says_so(
    village: Village, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = back_up(village, now)
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(making.os, "fsync", full)
    with pytest.raises(BackupTrouble) as trouble:
        back_up(village, now)

    assert trouble.value.reasons[0].code == "disk_full"
    assert path.read_bytes() == before
    assert sorted(file.name for file in village.usb.iterdir()) == ["kuripan.age", "kuripan.age.sha256"]


def test_a_backup_made_while_people_work_is_of_one_moment(
    village: Village, now: datetime, officer: Actor, working: Callable[..., object]
) -> None:
    stop = threading.Event()
    written = []

    def write_on() -> None:
        try:
            while not stop.is_set():
                with working(officer):
                    unit.record("visit.recorded", village_code=KURIPAN)
                written.append(1)
        finally:
            connections.close_all()

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        while len(written) < 5:
            assert writer.is_alive()
        reports = [verify_backup(back_up(village, now, f"{n}.age"), village.sheet.secret) for n in range(4)]
    finally:
        stop.set()
        writer.join()

    assert [report.problems for report in reports] == [()] * 4
    assert reports[0].events >= 8
    assert reports[-1].events > reports[0].events


def test_the_marks_are_the_audit_numbers_inside_the_backup(
    village: Village, officer: Actor, now: datetime, working: Callable[..., AbstractContextManager[Any]]
) -> None:
    report = backup_to(village.usb / "a.age", now=now, data_dir=village.data_dir)
    with working(officer):
        unit.record("visit.recorded", village_code=KURIPAN)

    heads = dict(VillageClock.objects.values_list("village_code", "audit_no"))
    assert report.whole
    assert report.marks == {KURIPAN: 3}
    assert heads == {KURIPAN: 4}


def test_a_disk_that_keeps_something_else_makes_no_backup(
    village: Village, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def another(target: io.BufferedRandom) -> str:
        target.seek(100)
        target.write(b"\0")
        return read_back(target)

    read_back = making._read_back
    monkeypatch.setattr(making, "_read_back", another)

    with pytest.raises(BackupTrouble) as trouble:
        back_up(village, now)

    assert trouble.value.reasons[0].code == "written_wrong"
    assert list(village.usb.iterdir()) == []


@pytest.mark.sqlite
def test_a_database_that_is_damaged_is_said_to_be(
    village: Village, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SqliteRows, "is_whole", lambda rows: False)

    report = backup_to(village.usb / "rusak.age", now=now, data_dir=village.data_dir)

    assert not report.whole
    assert "rusak" in report.sentences()[1]
