"""`load-list`: a national list of agencies, permits or destinations, tried first and kept with `--commit`."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from django.utils import timezone

from desmigratif.access.actor import NATION, operator
from desmigratif.config.cli import output
from desmigratif.config.cli.parser import WrongUse
from desmigratif.placement.loading import ListFile, LoadReport, load_file
from desmigratif.placement.rules.sheet import Said
from desmigratif.regions.models import Region
from desmigratif.shared.dates import format_date

_MOST_LINES = 50


def run(args: Namespace) -> int:
    """0 also with warnings, 1 with errors or a refusal, 2 for a missing file or an unknown region."""
    file = ListFile(
        kind=args.list, content=_content(args.file), name=args.file.name, region_code=_known(args.region),
        as_of=args.as_of, source=args.source,
    )  # fmt: skip
    report = load_file(file, by=operator(), now=timezone.now(), commit=args.commit)
    if args.json:
        output.say_json(report.as_dict())
    else:
        _say(report, file, committed=args.commit)
    return 1 if report.errors else 0


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise WrongUse(f"Berkas {path} tidak ada atau tidak dapat dibaca.") from None


def _known(code: str) -> str:
    if code != NATION and not Region.objects.filter(code=code).exists():
        raise WrongUse(f"Tidak ada wilayah dengan kode {code!r}. Tulis ID, atau kode seperti 33.07.")
    return code


def _say(report: LoadReport, file: ListFile, *, committed: bool) -> None:
    for word, lines in (("Salah", report.errors), ("Periksa", report.warnings)):
        for one in lines[:_MOST_LINES]:
            output.say(f"{word} - {_place(one)}{one.message}")
    left = sum(max(0, len(lines) - _MOST_LINES) for lines in (report.errors, report.warnings))
    if left:
        output.say(f"... dan {left} catatan lain (semuanya ada di --json).")
    output.say(
        f"{report.rows} baris per {format_date(file.as_of)}: {len(report.errors)} salah, "
        f"{len(report.warnings)} perlu diperiksa."
    )
    if report.load:
        output.say("Tersimpan. Daftar yang lama tetap ada.")
    elif committed:
        output.say("Tidak ada yang disimpan karena masih ada yang salah.")
    else:
        output.say("Baru diperiksa, belum disimpan. Untuk menyimpan, tambahkan --commit.")


def _place(one: Said) -> str:
    where = [f"baris {one.row}" if one.row else "", f"kolom {one.column}" if one.column else ""]
    said = ", ".join(filter(None, where))
    return f"{said}: " if said else ""
