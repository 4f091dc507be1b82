"""`verify-letter` with a file of keys: no database, no network."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, date, datetime
from pathlib import Path

from desmigratif.config.cli import output
from desmigratif.config.cli.parser import WrongUse
from desmigratif.documents.rules.keys import KeySet, KeysUnreadable
from desmigratif.documents.rules.statement import Verdict, read_statement
from desmigratif.documents.rules.verify_pdf import LARGEST_FILE, verify_pdf
from desmigratif.shared.dates import format_date, local_day

_JAKARTA = 7


def run(args: Namespace) -> int:
    try:
        keys = KeySet.from_json(_content(args.keys))
    except KeysUnreadable as problem:
        raise WrongUse(str(problem)) from None
    return report(args, keys)


def report(args: Namespace, keys: KeySet) -> int:
    """0 when the letter may be relied on, 1 when not (the reason says why), 2 for a missing file."""
    today = today_here()
    if args.qr is not None:
        verdict = read_statement(args.qr.strip(), keys, today=today)
    else:
        verdict = verify_pdf(_content(args.file, most=LARGEST_FILE + 1), keys, today=today)
    if args.json:
        output.say_json(verdict.as_dict())
    else:
        _say(verdict)
    return 0 if verdict.valid else 1


def today_here() -> date:
    """The day in Jakarta: a letter's dates are days, and the laptop that checks may stand anywhere."""
    return local_day(datetime.now(UTC), _JAKARTA)


def _content(file: Path, most: int = 10_000_000) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(most)
    except OSError:
        raise WrongUse(f"Berkas {file} tidak ada atau tidak dapat dibaca.") from None


def _say(verdict: Verdict) -> None:
    output.say(f"{'SAH' if verdict.valid else 'TIDAK SAH'}: {verdict.reason}")
    for row in verdict.facts:
        output.say(f"- {row['label']}: {row['value']}")
    if verdict.revocations_as_of:
        output.say(f"Daftar pencabutan per {format_date(verdict.revocations_as_of)}.")
