"""`check-offer`: the safety screening of an offer, without a database."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

from desmigratif.cases.rules.offer.check import OfferResult, check_offer, parse_offer
from desmigratif.config.cli import output
from desmigratif.config.cli.parser import WrongUse
from desmigratif.shared.dates import format_date

_LEVELS = {
    "stop": "BERHENTI",
    "hold": "PERLU DICEK DULU",
    "advise": "PERLU DISIAPKAN",
    "clear": "TIDAK ADA TANDA BAHAYA",
}
_MOST_BYTES = 1_000_000


def run(args: Namespace) -> int:
    """0 when nothing was found, 1 with findings (or an offer with impossible values), 2 for what is no JSON."""
    result = check_offer(parse_offer(document_in(args.file)), on=args.on)
    if args.json:
        output.say_json(result.as_dict())
    else:
        _say(result)
    return 1 if result.flags else 0


def document_in(file: Path) -> Any:
    """What a small JSON file holds. Raises `WrongUse`."""
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise WrongUse(f"{file} terlalu besar.")
        return json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError:
        raise WrongUse(f"Berkas {file} tidak ada atau tidak dapat dibaca.") from None
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise WrongUse(f"Isi {file} bukan JSON yang benar.") from None


def _say(result: OfferResult) -> None:
    output.say(f"{_LEVELS[result.level]} (aturan per {format_date(result.rules_as_of)})")
    for flag in result.flags:
        output.say(f"- {flag.reason} ({flag.citation})")
        output.say(f"  Jalan yang sah: {flag.lawful_alternative}")
    if result.unknown:
        output.say(f"Belum diketahui: {', '.join(result.unknown)}.")
