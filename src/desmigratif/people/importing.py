"""A register sheet from a page or a command: read, checked, planned, and (if wanted) written through the door.

`import_file` and `undo` are what both the page and `desmigratif import-residents` / `undo-import` call; their
reports are the JSON that stays put.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import do
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import region_filter, require
from desmigratif.people import actions
from desmigratif.people.inputs import ImportRegister, RowDoubt, UndoImport
from desmigratif.people.models import ImportBatch
from desmigratif.people.queries.register import load_register, planned
from desmigratif.people.rules.register_sheet.check import check_file
from desmigratif.people.rules.register_sheet.guard import COMMAND, WEB, Limits
from desmigratif.people.rules.register_sheet.row import CellMessage, Checked, RegisterRow
from desmigratif.regions.queries import district_digits, today_in
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours

__all__ = ["ImportReport", "UndoReport", "actions", "import_file", "undo"]
WEB_ROWS = WEB.rows
_EMPTY = CellMessage(None, "", "no_rows", "Lembar ini tidak berisi satu warga pun. Isi mulai baris kedua.")


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a sheet holds and what it did or would do. `batch` is None while nothing was written."""

    rows: int
    new: int
    changed: int
    unchanged: int
    warnings: Sequence[CellMessage]
    errors: Sequence[CellMessage]
    batch: UUID | None = None
    file_refused: bool = False

    def as_dict(self) -> dict[str, Any]:
        return {
            "rows": self.rows,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "warnings": [message.as_dict() for message in self.warnings],
            "errors": [message.as_dict() for message in self.errors],
            "batch": str(self.batch) if self.batch else None,
        }


@dataclass(frozen=True, slots=True)
class UndoReport:
    """A batch taken back; `kept` names rows used since: `{"row", "resident_id", "code"}`."""

    batch: UUID
    removed: int
    restored: int
    kept: Sequence[dict[str, Any]]

    def as_dict(self) -> dict[str, Any]:
        return {
            "batch": str(self.batch),
            "removed": self.removed,
            "restored": self.restored,
            "kept": list(self.kept),
        }


def import_file(
    source: bytes | Path,
    village_code: str,
    *,
    by: Actor,
    now: datetime,
    commit: bool = False,
    skip_errors: bool = False,
    row_limit: int | None = None,
    file_name: str = "",
    via: str = "command",
    batch_id: UUID | None = None,
) -> ImportReport:
    """Read a sheet and say what it would do; with `commit` do it.

    Nothing is written while there are errors, unless `skip_errors` leaves those rows out; a file that cannot be
    read at all is never written. `row_limit` None takes any number of rows. The batch's id is also the id of the
    act: the same id writes once. Raises `NotFoundOrNotYours`, `Refusal`, and `OSError` for a path.
    """
    require(by, Permission.RESIDENT_IMPORT, village_code)
    checked = check_file(
        source,
        today=today_in(village_code, now),
        limits=_limits(row_limit),
        known_region_prefixes=district_digits() or None,
    )
    if any(error.row is None or error.row == 1 or error.code == "too_many_rows" for error in checked.errors):
        return ImportReport(0, 0, 0, 0, (), checked.errors, file_refused=True)
    if not checked.count:
        return ImportReport(0, 0, 0, 0, (), [_EMPTY], file_refused=True)
    report = _dry_run(checked, village_code)
    if not commit or (checked.errors and not skip_errors) or not checked.rows:
        return report
    batch_id = batch_id or new_id()
    file = {"file_name": (file_name or _name_of(source))[-120:], "file_digest": _digest(source)}
    payload = {"village_code": village_code, "batch_id": batch_id, "on": today_in(village_code, now), **file}
    given = ImportRegister.read({**payload, **_contents(checked, report)})
    result = do(by, "people.import_register", given, now=now, act_id=batch_id, via=via)
    written = {name: result[name] for name in ("new", "changed", "unchanged")}
    return replace(report, **written, batch=UUID(result["batch"]))


def _dry_run(checked: Checked, village_code: str) -> ImportReport:
    plan = planned(load_register(village_code), checked.rows)
    warnings = sorted([*checked.warnings, *plan.warnings], key=lambda message: message.row or 0)
    return ImportReport(
        rows=checked.count,
        new=len(plan.new),
        changed=len(plan.changed),
        unchanged=len(plan.unchanged),
        warnings=warnings,
        errors=checked.errors,
    )


def _contents(checked: Checked, report: ImportReport) -> dict[str, Any]:
    """Of the act: the rows, and what somebody should look at."""
    rows = [_filled(row) for row in checked.rows]
    return {"rows": rows, "doubts": _doubts(checked.warnings), "warning_count": len(report.warnings)}


def _limits(row_limit: int | None) -> Limits:
    return COMMAND if row_limit is None else replace(WEB, rows=row_limit)


def _doubts(warnings: Sequence[CellMessage]) -> list[RowDoubt]:
    """Warnings that become a task on the household's page."""
    found = [
        (message.row, "two_heads" if message.code == "two_heads" else "nik_doubt")
        for message in warnings
        if message.row is not None and (message.code == "two_heads" or message.code.startswith("nik_"))
    ]
    return [RowDoubt.read({"row": row, "kind": kind}) for row, kind in dict.fromkeys(found)]


def _filled(row: RegisterRow) -> dict[str, Any]:
    """What a row says; half of a register's cells are empty, and empty changes nothing."""
    return {name: value for name, value in zip(RegisterRow._fields, row, strict=True) if value is not None}


def _name_of(source: bytes | Path) -> str:
    return source.name if isinstance(source, Path) else "register.xlsx"


def _digest(source: bytes | Path) -> str:
    if isinstance(source, bytes):
        return hashlib.sha256(source).hexdigest()
    with source.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def undo(batch_id: UUID, *, by: Actor, now: datetime, via: str = "command", act_id: UUID | None = None) -> UndoReport:
    """Take a batch back. Raises `NotFoundOrNotYours`, and `Refusal` when it was taken back before."""
    visible = region_filter(by.regions_for(Permission.RESIDENT_IMPORT))
    batch = ImportBatch.objects.filter(visible, id=batch_id).first()
    if batch is None:
        raise NotFoundOrNotYours("batch_id")
    given = UndoImport(village_code=batch.village_code, batch_id=batch_id, on=today_in(batch.village_code, now))
    result = do(by, "people.undo_import", given, now=now, act_id=act_id or new_id(), via=via)
    return UndoReport(UUID(result["batch"]), result["removed"], result["restored"], result["kept"])
