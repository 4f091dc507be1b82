"""What a backup proves without being restored: counts, chains, attachments, every byte."""

from __future__ import annotations

import hashlib
import random
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from desmigratif.access.backup import BackupTrouble, verify_backup
from desmigratif.access.backup.archive import bytes_member, unpack, write_archive
from desmigratif.access.backup.chain import walk_chains
from desmigratif.access.backup.rows import CopyRows, part_name
from desmigratif.access.tests.backup.conftest import KURIPAN, Village, back_up, flip, rows_of, without_sheet
from desmigratif.audit.models import Event, VillageClock
from desmigratif.shared.ids import new_id
from desmigratif.shared.triggers import create_guards, drop_guards

pytestmark = pytest.mark.django_db(transaction=True)


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


def test_bytes_added_at_the_end_are_noticed(village: Village, now: datetime) -> None:
    for sheet in (True, False):
        if not sheet:
            without_sheet(village)
        path = back_up(village, now, f"{sheet}.age")
        path.write_bytes(path.read_bytes() + b"x")

        assert not verify_backup(path, village.sheet.secret).is_sound


def test_a_row_changed_before_the_backup_shows_in_the_chain(village: Village, now: datetime) -> None:
    drop_guards()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET event = 'visit.forged' WHERE event = 'resident.opened'")
    create_guards()
    path = back_up(village, now)

    report = verify_backup(path, village.sheet.secret)

    assert report.problems[0].code == "chain_broken"
    assert "nomor 2" in report.problems[0].text


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
