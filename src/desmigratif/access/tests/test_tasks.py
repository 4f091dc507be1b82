"""What runs by itself: sessions end, and the day's backup is made once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session

from desmigratif.access import recovery, tasks
from desmigratif.access.backup.make import sidecar
from desmigratif.access.tasks import automatic_backups, back_up_daily, purge_expired_sessions

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # 12.00 WIB


@pytest.mark.django_db
def test_only_sessions_whose_time_is_over_end() -> None:
    for name, ends in (("old", NOON), ("live", NOON + timedelta(seconds=1))):
        Session.objects.create(session_key=name, session_data="", expire_date=ends)

    assert purge_expired_sessions(NOON) == 1
    assert [session.session_key for session in Session.objects.all()] == ["live"]


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with a recovery sheet; backups are files with a word in them."""

    def write(path: Path, *, now: datetime, data_dir: Path) -> str:
        path.write_text("cadangan")
        sidecar(path).write_text("sha256")
        return path.name

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


@pytest.mark.django_db(transaction=True)
def test_a_real_backup_is_made_and_encrypted(tmp_path: Path) -> None:
    sheet = recovery.new_sheet(date(2026, 11, 1))
    recovery.keep(tmp_path, sheet.recipient, date(2026, 11, 1))

    report = back_up_daily(NOON, data_dir=tmp_path, folder=tmp_path / "backups")

    assert report is not None and report.encrypted
    assert automatic_backups(tmp_path / "backups") == [report.path]
