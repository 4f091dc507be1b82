"""What runs by itself: sessions end, and the day's backup is made once."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from desmigratif.access import tasks
from desmigratif.access.backup import BackupReport
from desmigratif.access.backup.make import sidecar
from desmigratif.access.backup.marks import MADE_FILE
from desmigratif.access.keys import recovery
from desmigratif.access.models import DeskSession
from desmigratif.access.tasks import automatic_backups, back_up_daily, purge_expired_sessions

KURIPAN = "33.07.10.2004"
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # 12.00 WIB


@pytest.mark.django_db
def test_only_sessions_whose_time_is_over_end() -> None:
    for name, ends in (("old", NOON), ("live", NOON + timedelta(seconds=1))):
        DeskSession.objects.create(session_key=name, session_data="", expire_date=ends)

    assert purge_expired_sessions(NOON) == 1
    assert [session.session_key for session in DeskSession.objects.all()] == ["live"]


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with a recovery sheet; backups are files with a word in them."""

    def write(path: Path, *, now: datetime, data_dir: Path) -> BackupReport:
        path.write_text("cadangan")
        sidecar(path).write_text("sha256")
        digest = hashlib.sha256(b"cadangan").hexdigest()
        marks = {KURIPAN: int(now.timestamp())}
        return BackupReport(path, 8, digest, True, "", True, 0, 0, 0, whole=True, marks=marks)

    monkeypatch.setattr(tasks, "backup_to", write)
    sheet = recovery.new_sheet(date(2026, 11, 1))
    recovery.keep(tmp_path, sheet.recipient, date(2026, 11, 1))
    return tmp_path


def daily(now: datetime, data_dir: Path) -> bool:
    return back_up_daily(now, data_dir=data_dir, folder=data_dir / "backups") is not None


def test_without_a_recovery_sheet_no_backup_lies_about(tmp_path: Path) -> None:
    assert not daily(NOON, tmp_path)
    assert not (tmp_path / "backups").exists()


def test_the_first_backup_is_made_at_once_and_the_next_after_a_day(data_dir: Path) -> None:
    made = [daily(NOON + timedelta(hours=hours), data_dir) for hours in (0, 1, 8, 24, 25)]

    assert made == [True, False, False, True, False]


def test_at_night_the_backup_comes_early_but_not_twice(data_dir: Path) -> None:
    made = {hours: daily(NOON + timedelta(hours=hours), data_dir) for hours in (0, 11, 12, 13, 24)}

    assert made == {0: True, 11: False, 12: True, 13: False, 24: False}, "at noon, 23.00, midnight, 01.00, noon"


def test_the_last_seven_stay_with_their_check_sums_and_others_are_not_touched(data_dir: Path) -> None:
    folder = data_dir / "backups"
    folder.mkdir()
    (folder / "desmigratif-20200101-000000.age").write_text("made by a person")

    for days in range(9):
        daily(NOON + timedelta(days=days), data_dir)

    names = [file.name for file in automatic_backups(folder)]
    assert (len(names), names[0], names[-1]) == (7, "otomatis-20261201-050000.age", "otomatis-20261125-050000.age")
    assert len(list(folder.glob("*.sha256"))) == 7
    assert (folder / "desmigratif-20200101-000000.age").exists()


def test_what_an_interrupted_backup_left_is_swept_by_the_next(data_dir: Path) -> None:
    folder = data_dir / "backups"
    folder.mkdir()
    (folder / ".otomatis-20261120-050000.age.0a1b2c3d").write_text("half a backup")
    (folder / ".desmigratif-20261120-050000.age.0a1b2c3d").write_text("somebody else's")

    daily(NOON, data_dir)

    assert [file.name for file in folder.glob(".*")] == [".desmigratif-20261120-050000.age.0a1b2c3d"]


# --- what devices are told ---


def told(data_dir: Path) -> datetime | None:
    """The moment of the backup whose marks devices are told; None when they are told nothing."""
    file = data_dir / "safe_marks.json"
    if not file.exists():
        return None
    safe = json.loads(file.read_text())
    assert safe["epoch"] == (data_dir / "epoch").read_text().strip()
    return datetime.fromtimestamp(safe["marks"][KURIPAN], UTC)


@pytest.fixture
def in_use(data_dir: Path) -> Path:
    """Devices have asked this server already."""
    (data_dir / "epoch").write_text("first\n")
    return data_dir


def test_devices_are_told_what_the_oldest_kept_backup_holds(in_use: Path) -> None:
    moments = [NOON + timedelta(days=days) for days in range(9)]

    oldest = [daily(moment, in_use) and told(in_use) for moment in moments]

    assert oldest == [moments[0]] * 7 + [moments[1], moments[2]]
    assert len(json.loads((in_use / MADE_FILE).read_bytes())) == 7


def test_until_a_device_asks_nothing_is_told_and_then_what_was_made_before_counts(data_dir: Path) -> None:
    daily(NOON, data_dir)
    before = told(data_dir)
    (data_dir / "epoch").write_text("first\n")

    daily(NOON + timedelta(days=1), data_dir)

    assert (before, told(data_dir)) == (None, NOON)


def test_a_backup_of_another_life_promises_nothing(in_use: Path) -> None:
    daily(NOON, in_use)
    (in_use / "safe_marks.json").unlink()
    (in_use / "epoch").write_text("second\n")

    for days in range(1, 7):
        daily(NOON + timedelta(days=days), in_use)
        assert told(in_use) is None
    daily(NOON + timedelta(days=7), in_use)

    assert told(in_use) == NOON + timedelta(days=1)


def test_a_backup_that_is_damaged_or_was_never_proven_promises_nothing(in_use: Path) -> None:
    folder = in_use / "backups"
    folder.mkdir()
    (folder / "otomatis-20261122-050000.age").write_text("by an older version")
    daily(NOON, in_use)
    assert told(in_use) is None

    (folder / "otomatis-20261122-050000.age").unlink()
    (folder / "otomatis-20261123-050000.age").write_text("cadangaN")
    daily(NOON + timedelta(days=1), in_use)

    assert told(in_use) is None


def test_what_was_told_before_stays_when_nothing_can_be_told_now(in_use: Path) -> None:
    daily(NOON, in_use)
    (in_use / "backups" / "otomatis-20261123-050000.age").write_text("cadangaN")

    daily(NOON + timedelta(days=1), in_use)

    assert told(in_use) == NOON


def test_the_backup_of_a_damaged_database_is_not_counted(
    in_use: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    write = tasks.backup_to

    def of_a_broken_database(*args: Any, **kwargs: Any) -> BackupReport:
        return replace(write(*args, **kwargs), whole=False)

    monkeypatch.setattr(tasks, "backup_to", of_a_broken_database)

    assert daily(NOON, in_use)
    assert told(in_use) is None
    assert "the database is damaged" in caplog.text


def test_a_record_that_cannot_be_read_is_begun_again(in_use: Path) -> None:
    (in_use / MADE_FILE).write_text("{")

    daily(NOON, in_use)

    assert told(in_use) == NOON


@pytest.mark.django_db(transaction=True)
def test_a_real_backup_is_made_and_encrypted(tmp_path: Path) -> None:
    sheet = recovery.new_sheet(date(2026, 11, 1))
    recovery.keep(tmp_path, sheet.recipient, date(2026, 11, 1))

    report = back_up_daily(NOON, data_dir=tmp_path, folder=tmp_path / "backups")

    assert report is not None and report.encrypted
    assert automatic_backups(tmp_path / "backups") == [report.path]
