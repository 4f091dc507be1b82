"""`ledger verify`, `ledger export`: the books proven, and handed to other programs."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from uuid import UUID

from django.utils import timezone

from desmigratif.access.actor import operator
from desmigratif.access.door import do
from desmigratif.config.cli import output
from desmigratif.config.cli.parser import WrongUse
from desmigratif.cooperative.models import Cooperative
from desmigratif.cooperative.queries.ledger.export import as_beancount, as_csv
from desmigratif.cooperative.queries.ledger.verify import BrokenBook, verify_books
from desmigratif.shared.ids import new_id

_PROBLEMS = {
    "missing": "ada segel yang hilang",
    "unsealed": "ada catatan yang belum tersegel",
    "unbalanced": "debit dan kreditnya tidak sama",
    "altered": "isinya diubah",
    "after_close": "dicatat di bulan yang waktu itu sudah ditutup",
    "not_linked": "tidak tersambung dengan segel sebelumnya",
    "end_missing": "ujung bukunya hilang atau tidak cocok",
    "foreign_account": "memakai akun koperasi lain",
    "totals_differ": "jumlah bulanan tidak sama dengan catatannya",
    "balances_differ": "saldo tidak sama dengan catatannya",
    "unreadable": "ada baris yang tidak terbaca",
    "stray_entry": "ada catatan tanpa segel yang ditambahkan di luar program",
    "stray_leg": "ada baris jurnal tanpa catatan yang ditambahkan di luar program",
}
_WRITERS = {"beancount": as_beancount, "csv": as_csv}


def run(args: Namespace) -> int:
    return {"verify": _verify, "export": _export}[args.verb](args)


def _verify(args: Namespace) -> int:
    """0 when all books hold, 1 with the first broken place of each cooperative, 2 for an unknown cooperative."""
    if args.cooperative is not None:
        _known(args.cooperative)
    report = verify_books(args.cooperative)
    if args.json:
        output.say_json({**asdict(report), "whole": not report.broken})
    else:
        for place in report.broken:
            output.say(_sentence(place))
        if not report.broken:
            output.say(
                f"Buku utuh: {report.cooperatives} koperasi, {report.seals} segel, {report.entries} catatan, "
                f"{report.legs} baris."
            )
    return 1 if report.broken else 0


def _sentence(place: BrokenBook) -> str:
    whose = f"Buku koperasi {place.cooperative_id}" if place.cooperative_id else "Buku"
    seal = f", segel nomor {place.number}" if place.number else ""
    entry = f", catatan {place.entry_id}" if place.entry_id else ""
    return f"{whose}{seal}{entry}: {_PROBLEMS[place.problem]}."


def _export(args: Namespace) -> int:
    """The journal on standard output, or in a file only its owner reads. Leaves an event."""
    cooperative = _known(args.cooperative)
    given = {"cooperative_id": cooperative.id, "format": args.format}
    do(operator(), "cooperative.export_books", given, now=timezone.now(), act_id=new_id(), via="command")
    lines = _WRITERS[args.format](cooperative)
    if args.out is None:
        sys.stdout.writelines(lines)
    else:
        _write(args.out, lines)
    return 0


def _known(cooperative_id: UUID) -> Cooperative:
    found = Cooperative.objects.visible_to(operator()).filter(id=cooperative_id).first()
    if found is None:
        raise WrongUse(f"Tidak ada koperasi dengan nomor {cooperative_id}.")
    return found


def _write(file: Path, lines: Iterable[str]) -> None:
    try:
        with file.open("w", encoding="utf-8") as stream:
            file.chmod(0o600)
            stream.writelines(lines)
    except OSError:
        raise WrongUse(f"Berkas {file} tidak dapat ditulis.") from None
