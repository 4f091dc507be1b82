"""Making a data folder usable: keys (by the settings), migrations after a backup, guards, the list of regions."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

import desmigratif.config.actions  # noqa: F401  the door knows every action before a command asks for one
from desmigratif.access.backup import backup_to
from desmigratif.access.keys.subject_keys import load_keys
from desmigratif.access.models import SubjectKey
from desmigratif.config.cli import output
from desmigratif.regions.actions import is_loaded, load_regions
from desmigratif.shared.crypto import CannotOpen
from desmigratif.shared.keyring import FILE_NAME
from desmigratif.shared.reasons import Reason, Refusal
from desmigratif.shared.triggers import missing_guards

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PATIENCE = 120  # seconds that one command waits for another that is migrating


class NotReady(Refusal):
    """The database cannot be used as it stands."""

    code = "not_ready"


def make_ready() -> None:
    """Bring the database up to this version; quick when it is. Raises `NotReady` and `BackupTrouble`.

    Sentences go to standard error: standard output belongs to the command.
    """
    with _alone():
        _migrate()
        if not is_loaded():
            load_regions()
    refuse_other_keys()
    gone = sorted(missing_guards())
    if gone:
        raise NotReady(
            Reason(
                "guards_missing",
                f"Penjaga data di basis data tidak lengkap ({', '.join(gone)}), jadi program tidak dijalankan.",
                way_out="Pulihkan dari cadangan, atau hubungi pengelola sistem.",
            )
        )


def refuse_other_keys() -> None:
    """Raises `NotReady` when what is sealed here does not open with this folder's keys.

    SQLite's file lies beside its keys. A PostgreSQL database does not: started on a lost or wrong data folder, the
    programme would make fresh keys, and seal half of the village with them.
    """
    row = SubjectKey.objects.order_by("subject_id").first()
    try:
        if row is not None:
            load_keys([row.subject_id])
    except CannotOpen:
        raise NotReady(
            Reason(
                "other_keys",
                "Kunci di folder data ini bukan kunci basis data ini, jadi program tidak dijalankan.",
                way_out=f"Kembalikan {FILE_NAME} yang asli ke folder data, atau pulihkan dari cadangan.",
            )
        ) from None


def _migrate() -> None:
    executor = MigrationExecutor(connection)
    refuse_other_program(executor)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return
    if executor.loader.applied_migrations:
        _back_up_first()
    call_command("migrate", interactive=False, verbosity=0)


def refuse_other_program(executor: MigrationExecutor) -> None:
    """Raises `NotReady` when steps were taken here that this version does not know.

    They are a newer program's, or one's from before the tables were written anew (nothing had been released then).
    """
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("desmigratif.")}
    taken = {step for step in executor.loader.applied_migrations if step[0] in ours}
    if taken - executor.loader.disk_migrations.keys():
        raise NotReady(
            Reason(
                "other_program",
                "Folder data ini milik versi program yang lain, jadi program tidak dijalankan; datanya tidak diubah.",
                way_out="Pakai program versi itu, atau mulai dengan folder data yang baru.",
            )
        )


def _back_up_first() -> None:
    folder: Path = settings.BACKUP_DIR
    folder.mkdir(parents=True, exist_ok=True)
    report = backup_to(folder, now=timezone.now())
    output.complain(f"Sebelum diperbarui, data disalin ke {report.path}.")


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time migrates and loads; others wait for it."""
    with (settings.DATA_DIR / "ready.lock").open("w") as lock:
        _wait_for(lock)
        yield


def _wait_for(lock: IO[str]) -> None:
    give_up_at = time.monotonic() + _PATIENCE
    while not _try_lock(lock):
        if time.monotonic() > give_up_at:
            raise NotReady(Reason("busy", "Perintah lain sedang memperbarui data ini.", way_out="Coba lagi nanti."))
        time.sleep(0.2)


def _try_lock(lock: IO[str]) -> bool:
    """Lock a file until it is closed, or the process ends."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
