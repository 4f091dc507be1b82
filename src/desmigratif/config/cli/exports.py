"""`export-residents`: a village's register as a file."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path

from django.utils import timezone

from desmigratif.access.actor import operator
from desmigratif.config.cli import output
from desmigratif.config.cli.parser import WrongUse
from desmigratif.people.exporting import export_residents
from desmigratif.regions.queries import UnknownRegion, village


def run(args: Namespace) -> int:
    """0 when the file is written, 1 when it was refused, 2 for an unknown village or a place that cannot be written."""
    try:
        code = village(args.village).code
    except UnknownRegion:
        raise WrongUse(f"Tidak ada desa dengan kode {args.village!r}. Kode desa seperti 33.07.10.2004.") from None
    if args.out.is_dir() or not args.out.parent.is_dir():
        raise WrongUse(f"Berkas {args.out} tidak dapat dibuat di tempat itu.")
    made = export_residents(
        code,
        by=operator(),
        now=timezone.now(),
        format=args.format,
        reason=args.reason,
        with_specific=args.with_specific,
        via="command",
    )
    _write(args.out, made.content)
    if args.json:
        output.say_json({"rows": made.count, "left_out": made.left_out, "file": str(args.out)})
    else:
        output.say(f"{made.count} warga ditulis ke {args.out}.")
        if made.left_out:
            output.say(f"{made.left_out} warga tidak ikut karena NIK-nya belum diketahui.")
    return 0


def _write(file: Path, content: bytes) -> None:
    """Readable by its owner only: it holds full numbers."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
    except OSError:
        raise WrongUse(f"Berkas {file} tidak dapat ditulis.") from None
