"""Backups that restore: made while people work, encrypted to the recovery sheet, proven before they are trusted."""

from desmigratif.access.backup.check import VerifyReport, verify_backup
from desmigratif.access.backup.make import BackupReport, backup_to
from desmigratif.access.backup.restore import EPOCH_FILE, RestoreReport, restore
from desmigratif.access.backup.trouble import BackupTrouble

__all__ = [
    "EPOCH_FILE",
    "BackupReport",
    "BackupTrouble",
    "RestoreReport",
    "VerifyReport",
    "backup_to",
    "restore",
    "verify_backup",
]
