"""A national list from a page or a command: read, checked, and (if wanted) written through the door.

What both the page and `desmigratif load-list` call; the report is the JSON of the command.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import do
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.people.rules.register_sheet.guard import COMMAND, WEB, Limits, SheetRefused
from desmigratif.people.rules.register_sheet.read import read_cells
from desmigratif.placement import actions
from desmigratif.placement.rules.cells import Cell
from desmigratif.placement.rules.sheet import ReadList, Said, read_list
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Reason

__all__ = ["COMMAND", "WEB", "ListFile", "LoadReport", "actions", "load_file"]
_FIELD_OF = {
    "agencies": "agencies",
    "permits": "job_orders",
    "destinations": "destinations",
    "bodies": "bodies",
    "placements": "placements",
}
_DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class ListFile:
    """What is to be loaded: the file and what the operator says about it."""

    kind: str
    content: bytes
    name: str
    region_code: str
    as_of: date
    source: str


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a file holds; `load` is None while nothing was written."""

    rows: int
    warnings: Sequence[Said]
    errors: Sequence[Said]
    load: UUID | None = None

    def as_dict(self) -> dict[str, Any]:
        return {
            "rows": self.rows,
            "warnings": [one.as_dict() for one in self.warnings],
            "errors": [one.as_dict() for one in self.errors],
            "load": str(self.load) if self.load else None,
        }


def load_file(
    file: ListFile,
    *,
    by: Actor,
    now: datetime,
    commit: bool = False,
    limits: Limits = COMMAND,
    via: str = "command",
    load_id: UUID | None = None,
) -> LoadReport:
    """Say what a file holds; with `commit`, and without errors, keep it. Raises `NotFoundOrNotYours` and `Refusal`."""
    require(by, Permission.LIST_LOAD, file.region_code)
    found = _read(file, limits)
    report = LoadReport(found.count, found.warnings, found.errors)
    if found.errors or not commit:
        return report
    load_id = load_id or new_id()
    payload = {
        "load_id": load_id, "region_code": file.region_code, "kind": file.kind, "as_of": file.as_of,
        "source": file.source, "file_name": file.name[-120:], "file_digest": hashlib.sha256(file.content).hexdigest(),
        _FIELD_OF[file.kind]: [_filled(row) for row in found.rows],
    }  # fmt: skip
    do(by, "placement.load_list", payload, now=now, act_id=load_id, via=via)
    return LoadReport(found.count, found.warnings, (), load_id)


def _filled(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "row" and value is not None}


def _read(file: ListFile, limits: Limits) -> ReadList:
    try:
        numbers, cells = _cells(file.content, limits)
    except SheetRefused as refusal:
        text = refusal.reasons[0].text.replace("data penduduk", "daftar")
        return ReadList(errors=(Said(None, "", refusal.reasons[0].code, text),))
    return read_list(file.kind, numbers, cells)


def _cells(content: bytes, limits: Limits) -> tuple[Sequence[int], Sequence[Sequence[Cell]]]:
    if (text := _as_text(content)) is not None and len(content) <= limits.file_bytes:
        return _csv_cells(text, limits)
    over, numbers, cells = read_cells(content, limits=limits)
    if over is not None:
        raise SheetRefused(_too_many(limits))
    return numbers, cells


def _as_text(content: bytes) -> str | None:
    """The text of a CSV; None for what is none (an .xlsx is a zip, a page begins with an angle bracket)."""
    if content.startswith((b"PK", b"%PDF", b"{\\rtf")) or b"\x00" in content or not content.strip():
        return None
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _csv_cells(text: str, limits: Limits) -> tuple[list[int], list[list[Cell]]]:
    heading = text.splitlines()[0]
    delimiter = max(_DELIMITERS, key=heading.count)
    numbers: list[int] = []
    cells: list[list[Cell]] = []
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=1):
            if any(cell.strip() for cell in row):
                numbers.append(number)
                cells.append([*row])
            if limits.rows is not None and len(cells) > limits.rows + 1:
                raise SheetRefused(_too_many(limits))
    except csv.Error:
        raise SheetRefused(_damaged()) from None
    return numbers, cells


def _too_many(limits: Limits) -> Reason:
    shown = f"{limits.rows:,}".replace(",", ".")
    text = f"Daftar ini lebih dari {shown} baris; minta pengelola server memakai perintah desmigratif load-list."
    return Reason("too_many_rows", text)


def _damaged() -> Reason:
    return Reason("damaged", "Berkas CSV ini tidak dapat dibaca; simpan lagi sebagai CSV UTF-8 atau .xlsx.")
