"""What runs by itself: old sessions go, and once a day a backup is made."""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.utils import timezone

from desmigratif.access.backup import BackupReport, backup_to, marks
from desmigratif.access.backup.make import sidecar
from desmigratif.access.keys import recovery
from desmigratif.access.models import DeskSession, EnrolledBrowser

log = logging.getLogger("desmigratif.access")
KEPT_BACKUPS = 7
NIGHT_ENDS_AT = 5  # local hour; before it a backup may be made early
_DAY = timedelta(hours=24)
_NIGHT_APART = timedelta(hours=12)
_OURS = re.compile(r"otomatis-(\d{8}-\d{6})\.age")


def purge_expired_sessions(now: datetime) -> int:
    """Delete sessions whose time is over, and browsers remembered long enough; returns how many sessions."""
    deleted, _ = DeskSession.objects.filter(expire_date__lte=now).delete()
    EnrolledBrowser.objects.filter(until__lte=now).delete()
    return deleted


def back_up_daily(now: datetime, *, data_dir: Path, folder: Path) -> BackupReport | None:
    """Make the day's backup when it is due, and keep the last seven.

    Only with a recovery sheet: without one a backup would lie about unencrypted and without its keys. Due at
    night, or by day when the last one is a day old (the computer of a village hall is off at night). Raises
    `BackupTrouble`; then it is due again. Devices are told what the oldest kept backup holds.
    """
    if recovery.kept(data_dir) is None or not _is_due(now, automatic_backups(folder)):
        return None
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(".otomatis-*.age.*"):  # of a backup that ended with the power or the process
        left.unlink(missing_ok=True)
    report = backup_to(folder / f"otomatis-{now.astimezone(UTC):%Y%m%d-%H%M%S}.age", now=now, data_dir=data_dir)
    for old in automatic_backups(folder)[KEPT_BACKUPS:]:
        old.unlink(missing_ok=True)
        sidecar(old).unlink(missing_ok=True)
    _tell_devices(report, data_dir, automatic_backups(folder))
    return report


def _tell_devices(report: BackupReport, data_dir: Path, kept: list[Path]) -> None:
    """A backup of a broken database proves nothing: devices keep what they hold."""
    if not report.whole:
        log.error("the database is damaged: its backup %s will not restore", report.path.name)
        return
    marks.remember(data_dir, report.path, sha256=report.sha256, marks=report.marks, kept=kept)
    marks.tell_safe(data_dir, kept)


def automatic_backups(folder: Path) -> list[Path]:
    """The backups that this job made, newest first. Those a person made are never touched."""
    return sorted((file for file in folder.glob("otomatis-*.age") if _OURS.fullmatch(file.name)), reverse=True)


def _is_due(now: datetime, made: list[Path]) -> bool:
    if not made:
        return True
    age = now - _moment_of(made[0])
    at_night = timezone.localtime(now).hour < NIGHT_ENDS_AT
    return age >= _DAY or (at_night and age >= _NIGHT_APART)


def _moment_of(file: Path) -> datetime:
    found = _OURS.fullmatch(file.name)
    assert found is not None  # noqa: S101 - only names of this shape are listed
    return datetime.strptime(found.group(1), "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
