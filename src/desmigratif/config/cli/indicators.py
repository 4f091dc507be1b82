"""`indicators`: the figures of a region and period; `indicators rebuild`: count all of them anew from the facts."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from django.utils import timezone

from desmigratif.access.actor import operator
from desmigratif.config.cli import output
from desmigratif.config.cli.parser import WrongUse
from desmigratif.indicators.folding import fold
from desmigratif.indicators.queries import Reading, readings
from desmigratif.indicators.rules.definitions import CODES
from desmigratif.regions.queries import UnknownRegion, region_name

_DECIMALS = 6


def run(args: Namespace) -> int:
    """0 with all indicators of a region, as they stand after everything that was written down."""
    if args.region is None or args.period is None:
        raise WrongUse("Tulis: desmigratif indicators --region KODE --period TAHUN[-BULAN].")
    try:
        name = region_name(args.region)
    except UnknownRegion:
        raise WrongUse(f"Tidak ada wilayah dengan kode {args.region}.") from None
    fold(timezone.now())
    found = readings(operator(), regions=[args.region], codes=CODES, period=args.period)
    rows = [found[args.region, code] for code in CODES]
    if args.json:
        output.say_json([_document(row) for row in rows])
        return 0
    output.say(f"{name}, {args.period.label}")
    for row in rows:
        output.say(f"  {row.code:4}{row.definition.name}: {_words(row)}")
    return 0


def _document(row: Reading) -> dict[str, Any]:
    value = row.value
    return {
        "code": row.code,
        "name": row.definition.name,
        "numerator": row.numerator,
        "denominator": row.denominator,
        "value": None if value is None else round(float(value), _DECIMALS),
        "missing": row.missing,
        "as_of": row.as_of.isoformat() if row.as_of else None,
        "definition_version": row.version,
    }


def _words(row: Reading) -> str:
    if row.numerator is None and not row.denominator:
        return "belum ada data"
    counted = str(row.numerator if row.numerator is not None else 0)
    if row.denominator is not None:
        counted += f" dari {row.denominator}"
    missing = f", {row.missing} desa belum mengisi" if row.missing else ""
    return f"{counted} (data sampai {row.as_of}{missing})"
