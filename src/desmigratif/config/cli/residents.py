"""`import-residents` and `undo-import`: a village's register from a sheet, and back."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from django.utils import timezone

from desmigratif.access.actor import operator
from desmigratif.config.cli import output
from desmigratif.config.cli.parser import WrongUse
from desmigratif.people.importing import ImportReport, UndoReport, import_file, undo
from desmigratif.people.rules.register_sheet.row import CellMessage
from desmigratif.regions.queries import UnknownRegion, village

_MOST_LINES = 50


def run(args: Namespace) -> int:
    return _undo(args) if args.command == "undo-import" else _import(args)


def _import(args: Namespace) -> int:
    """0 also with warnings, 1 with errors or a refused file, 2 for a missing file or an unknown village."""
    report = import_file(
        _readable(args.file),
        _known_village(args.village),
        by=operator(),
        now=timezone.now(),
        commit=args.commit,
        skip_errors=args.skip_errors,
        file_name=args.file.name,
    )
    if args.json:
        output.say_json(report.as_dict())
    else:
        _say(report, args.commit)
    return 1 if report.errors else 0


def _readable(file: Path) -> Path:
    try:
        with file.open("rb"):
            return file
    except OSError:
        raise WrongUse(f"Berkas {file} tidak ada atau tidak dapat dibaca.") from None


def _known_village(code: str) -> str:
    try:
        return village(code).code
    except UnknownRegion:
        raise WrongUse(f"Tidak ada desa dengan kode {code!r}. Kode desa seperti 33.07.10.2004.") from None


def _say(report: ImportReport, commit: bool) -> None:
    for message in report.errors[:_MOST_LINES]:
        output.say(f"Salah - {_place(message)}{message.message}")
    for message in report.warnings[:_MOST_LINES]:
        output.say(f"Periksa - {_place(message)}{message.message}")
    left = max(0, len(report.errors) - _MOST_LINES) + max(0, len(report.warnings) - _MOST_LINES)
    if left:
        output.say(f"... dan {left} catatan lain (semuanya ada di --json).")
    if report.file_refused:
        return
    output.say(
        f"{report.rows} baris: {report.new} warga baru, {report.changed} berubah, {report.unchanged} tetap; "
        f"{len(report.errors)} salah, {len(report.warnings)} perlu diperiksa."
    )
    if report.batch:
        output.say(f"Tersimpan sebagai impor {report.batch}. Untuk membatalkan: undo-import {report.batch}")
    elif commit:
        output.say("Tidak ada yang disimpan karena masih ada yang salah.")
    else:
        output.say("Baru diperiksa, belum disimpan. Untuk menyimpan, tambahkan --commit.")


def _place(message: CellMessage) -> str:
    where = [f"baris {message.row}" if message.row else "", f"kolom {message.column}" if message.column else ""]
    said = ", ".join(filter(None, where))
    return f"{said}: " if said else ""


def _undo(args: Namespace) -> int:
    """0 when the batch is gone, 1 when rows used since stay (the report names them) or it cannot be taken back."""
    report = undo(args.batch, by=operator(), now=timezone.now())
    if args.json:
        output.say_json(report.as_dict())
    else:
        _say_undone(report)
    return 1 if report.kept else 0


def _say_undone(report: UndoReport) -> None:
    output.say(f"{report.removed} warga dari impor ini dihapus, {report.restored} dikembalikan seperti semula.")
    for row in report.kept:
        output.say(f"Tetap - baris {row['row']}: sudah dipakai sejak impor ({row['code']}).")
