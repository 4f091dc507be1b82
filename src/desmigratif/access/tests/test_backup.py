"""A backup that was never restored is none: every test here makes one and takes it apart."""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
import sqlite3
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, connections

from desmigratif.access import recovery
from desmigratif.access.actor import Actor
from desmigratif.access.backup import BackupTrouble, backup_to, restore, verify_backup
from desmigratif.access.backup import make as making
from desmigratif.access.backup.archive import bytes_member, unpack, write_archive
from desmigratif.access.backup.chain import walk_chains
from desmigratif.access.backup.manifest import Manifest
from desmigratif.access.backup.rows import CopyRows, SqliteRows, part_name
from desmigratif.access.models import SubjectKey
from desmigratif.access.recovery import Sheet, SheetUnreadable
from desmigratif.access.session_store import SessionStore
from desmigratif.access.subject_keys import make_keys
from desmigratif.access.tasks import automatic_backups, back_up_daily
from desmigratif.audit import unit
from desmigratif.audit.models import Event, VillageClock
from desmigratif.audit.unit import Subject
from desmigratif.audit.verify import verify_chains
from desmigratif.shared import crypto
from desmigratif.shared.ids import new_id
from desmigratif.shared.keyring import Keyring
from desmigratif.shared.triggers import create_guards, drop_guards, missing_guards

KURIPAN = "33.07.10.2004"
NIK = b"3307101505900001"
on_sqlite = connection.vendor == "sqlite"
pytestmark = pytest.mark.django_db(transaction=True)


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
        with self._elsewhere() as cursor:
            cursor.execute(f"DROP DATABASE {self.name} WITH (FORCE)")

    @staticmethod
    def _elsewhere() -> AbstractContextManager[Any]:
        return connection._nodb_cursor()


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


def test_our_walk_agrees_with_the_audit_of_the_running_program(village: Village, now: datetime, tmp_path: Path) -> None:
    path = back_up(village, now)
    folder = tmp_path / "isi"
    folder.mkdir()

    rows, manifest = rows_of(path, village, folder)
    sound = walk_chains(rows, settings.KEYRING.audit)
    with_other_keys = walk_chains(rows, b"x" * 32)

    assert sound.broken == ()
    assert sound.events == Event.objects.count() == 3
    assert with_other_keys.broken == ((KURIPAN, 1),)
    heads = {row[0]: row[3] for row in manifest.sums["chain_heads"]}
    assert heads == dict(VillageClock.objects.values_list("village_code", "audit_head"))


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


def test_verify_proves_counts_chains_and_attachments(village: Village, now: datetime, tmp_path: Path) -> None:
    path = back_up(village, now)

    report = verify_backup(path, village.sheet.secret, work_dir=tmp_path)

    assert report.is_sound
    assert report.encrypted
    assert (report.events, report.files, report.not_checked) == (3, 1, ())
    assert report.rows > 3
    assert report.made_at == now
    assert {entry.name for entry in tmp_path.iterdir()} == {"data", "usb"}, "nothing plain stays behind"


def put_a_copy_away(place: UUID) -> None:
    """A copy of a paper, as `documents` writes one."""
    attachments = apps.get_model("documents", "Attachment")
    kept = attachments(
        id=place, village_code=KURIPAN, resident_id=new_id(), paper="passport", media="image/jpeg", size_bytes=3,
        pages=1, added_on=date(2026, 11, 23),
    )  # fmt: skip
    kept.save(force_insert=True)
    contents = apps.get_model("documents", "AttachmentContent")
    said = hashlib.sha256(b"sealed").hexdigest()
    contents.objects.create(village_code=KURIPAN, attachment=kept, sealed=b"sealed", sealed_sha256=said)


def test_verify_compares_every_copy_of_a_paper(village: Village, now: datetime, tmp_path: Path) -> None:
    put_a_copy_away(new_id())
    sound = verify_backup(back_up(village, now), village.sheet.secret, work_dir=tmp_path)
    apps.get_model("documents", "AttachmentContent").objects.update(sealed=b"sealeD")
    changed = verify_backup(back_up(village, now), village.sheet.secret, work_dir=tmp_path)

    assert (sound.is_sound, sound.files) == (True, 2)
    assert [reason.code for reason in changed.problems] == ["attachment_changed"]


def test_verify_without_the_sheet_says_what_it_could_not_check(village: Village, now: datetime) -> None:
    path = back_up(village, now)

    report = verify_backup(path)

    assert report.is_sound
    assert report.checked == ("keutuhan berkas",)
    assert "lampiran" in report.not_checked
    assert "Belum diperiksa" in report.sentences()[-1]
    assert not report.proves_nothing
    assert "isinya belum dibuka" in report.sentences()[0]


def test_verify_without_the_sheet_still_sees_a_changed_byte(village: Village, now: datetime) -> None:
    path = back_up(village, now)
    flip(path, path, 4000)

    assert verify_backup(path).problems[0].code == "damaged"


def test_verify_with_neither_sheet_nor_note_claims_nothing(village: Village, now: datetime) -> None:
    path = back_up(village, now)
    path.with_name(path.name + ".sha256").unlink()

    report = verify_backup(path)

    assert report.checked == ()
    assert "keutuhan berkas" in report.not_checked
    assert report.proves_nothing
    assert report.sentences()[0].startswith("Belum ada yang terbukti")
    assert "utuh" not in " ".join(report.sentences())


def flip(source: Path, target: Path, place: int, bit: int = 3) -> None:
    content = bytearray(source.read_bytes())
    content[place] ^= 1 << bit
    target.write_bytes(content)


@pytest.mark.parametrize("encrypted", [True, False])
def test_two_hundred_random_bits_flipped_are_two_hundred_found(
    village: Village, now: datetime, tmp_path: Path, encrypted: bool
) -> None:
    if not encrypted:
        without_sheet(village)
    path = back_up(village, now)
    size = path.stat().st_size
    chance = random.Random(20261123)
    broken = tmp_path / "rusak.age"
    missed = []

    for _ in range(200):
        place, bit = chance.randrange(size), chance.randrange(8)
        flip(path, broken, place, bit)
        if verify_backup(broken, village.sheet.secret, work_dir=tmp_path).is_sound:
            missed.append((place, bit))

    assert missed == []


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


def test_bytes_added_at_the_end_are_noticed(village: Village, now: datetime) -> None:
    for sheet in (True, False):
        if not sheet:
            without_sheet(village)
        path = back_up(village, now, f"{sheet}.age")
        path.write_bytes(path.read_bytes() + b"x")

        assert not verify_backup(path, village.sheet.secret).is_sound


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


def test_a_row_changed_before_the_backup_shows_in_the_chain(village: Village, now: datetime) -> None:
    drop_guards()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET event = 'visit.forged' WHERE event = 'resident.opened'")
    create_guards()
    path = back_up(village, now)

    report = verify_backup(path, village.sheet.secret)

    assert report.problems[0].code == "chain_broken"
    assert "nomor 2" in report.problems[0].text


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


def test_copy_text_is_read_back_whole_across_part_borders(tmp_path: Path) -> None:
    (tmp_path / "tables" / "t").mkdir(parents=True)
    lines = b"1\ta\\tb\\\\N\n2\t\\N\n3\t\xc3\xa9\\n\n"
    for cut in range(1, len(lines)):
        for number, part in enumerate((lines[:cut], lines[cut:]), start=1):
            (tmp_path / part_name("t", number)).write_bytes(part)
        rows = CopyRows(tmp_path, {"t": ("id", "text")}, {"t": 2})

        assert list(rows.rows("t", ("text", "id"))) == [("a\tb\\N", "1"), (None, "2"), ("é\n", "3")]
        assert rows.count("t") == 3


def test_an_archive_cannot_write_outside_its_folder(village: Village, now: datetime, tmp_path: Path) -> None:
    without_sheet(village)
    folder = tmp_path / "isi"
    folder.mkdir()
    evil = tmp_path / "jahat.tar.gz"
    with evil.open("wb") as target:
        write_archive([bytes_member("../di-luar.txt", b"x")], target, None)

    with pytest.raises(BackupTrouble):
        unpack(evil, folder, None)
    assert not (tmp_path / "di-luar.txt").exists()


# --- what devices are told of it ---


def restored_from(path: Path, target: Path, village: Village) -> Path:
    with EmptyDatabase():
        restore(path, target, village.sheet.secret)
    return target


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
