"""A migrated SQLite database, kept beside the installed packages, from which the next run starts.

Making the tables takes seven seconds, most of what one test file takes. The file's name holds the digest of every
migration and of the packages' versions: who changes one starts anew. Guards are not in it; `migrate` makes them from
the code of this run, and so it does with whatever else hangs on it.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import tempfile
from pathlib import Path
from typing import Any

import django
from django.db import connections

from desmigratif.shared.management.commands.migrate import Command
from desmigratif.shared.triggers import GUARDS

ROOT = Path(__file__).resolve().parents[1]
KEPT = 8  # files of other migrations; a branch and its neighbours

_migrate = Command.handle


def start_from_template() -> None:
    """From here on, `migrate` of an empty SQLite database begins with the kept one."""
    Command.handle = _migrate_from_template  # type: ignore[method-assign]


def _migrate_from_template(self: Command, *arguments: Any, **options: Any) -> None:
    connection = connections[options["database"]]
    empty = connection.vendor == "sqlite" and not connection.introspection.table_names()
    kept = _place() if empty else None
    if kept and kept.exists():
        _fill(connection, kept)
    _migrate(self, *arguments, **options)
    if kept and not kept.exists():
        _keep(connection, kept)


def _place() -> Path:
    total = hashlib.sha256(f"{django.VERSION} {sqlite3.sqlite_version}".encode())
    for file in sorted((ROOT / "src").rglob("migrations/*.py")):
        total.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    return Path(sys.prefix) / f"test-database-{total.hexdigest()[:16]}.sqlite3"


def _fill(connection: Any, kept: Path) -> None:
    connection.ensure_connection()
    source = sqlite3.connect(kept)
    try:
        source.backup(connection.connection)
    finally:
        source.close()


def _keep(connection: Any, kept: Path) -> None:
    """Written aside and renamed: two workers may do it at once."""
    number, aside = tempfile.mkstemp(dir=kept.parent, suffix=".part")
    os.close(number)
    target = sqlite3.connect(aside)
    try:
        connection.connection.backup(target)
        for guard in GUARDS:
            target.execute(f"DROP TRIGGER IF EXISTS {guard.name}")
        target.commit()
    finally:
        target.close()
    Path(aside).replace(kept)
    older = sorted(kept.parent.glob("test-database-*.sqlite3"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in older[KEPT:]:
        file.unlink(missing_ok=True)
