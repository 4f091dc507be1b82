"""`load-boundaries`: an operator's own shapes of provinces or regencies, tried first and kept with `--commit`."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from django.utils import timezone

from desmigratif.access.actor import operator
from desmigratif.config.cli import output
from desmigratif.config.cli.parser import WrongUse
from desmigratif.indicators.maps.boundaries import load_file


def run(args: Namespace) -> int:
    """0 when the file can be used, 1 when it is refused, 2 when it is not there."""
    content = _content(args.file)
    report = load_file(content, source=args.source, by=operator(), now=timezone.now(), commit=args.commit)
    if args.json:
        output.say_json(report.as_dict())
        return 1 if report.reasons else 0
    for reason in report.reasons:
        output.say(reason.text)
    if report.loaded:
        output.say(f"{report.shapes} wilayah tersimpan. Peta kokpit memakainya mulai sekarang.")
    elif not report.reasons:
        output.say(f"{report.shapes} wilayah terbaca, belum disimpan. Untuk menyimpan, tambahkan --commit.")
    return 1 if report.reasons else 0


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise WrongUse(f"Berkas {path} tidak ada atau tidak dapat dibaca.") from None
