"""`indicators`: the figures of a region and period; `rebuild`: all of them added up anew from the facts; `recount`: the
facts themselves against the records."""

from __future__ import annotations

import importlib.util
from argparse import Namespace
from typing import Any

from django.utils import timezone

from desmigratif.access.actor import operator
from desmigratif.config.cli import output
from desmigratif.config.cli.parser import WrongUse
from desmigratif.indicators.queries.figures import Reading, readings
from desmigratif.indicators.recounts.agreeing import disagreements
from desmigratif.indicators.recounts.reckoning import villages_to_reckon
from desmigratif.indicators.roll_ups.folding import fold
from desmigratif.indicators.roll_ups.rebuilding import default_engine, differences, rebuild
from desmigratif.indicators.rules.definitions import CODES
from desmigratif.indicators.tasks import reckon_villages
from desmigratif.regions.queries import UnknownRegion, region_name, today_in

_DECIMALS = 6


def run(args: Namespace) -> int:
    """0 with all indicators of a region, as they stand after everything that was written down; else what was asked."""
    if args.verb == "rebuild":
        return _rebuild(args)
    if args.verb == "recount":
        return _recount(args)
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


def _rebuild(args: Namespace) -> int:
    """Everything anew from the facts; with `--check` 0 when all figures stand as the facts say, else 1 and which."""
    engine = args.engine or default_engine()
    if engine == "duckdb" and importlib.util.find_spec("duckdb") is None:
        raise WrongUse('DuckDB belum dipasang. Pasang dengan: pip install "desmigratif[hub]".')
    now = timezone.now()
    if not args.check:
        rows = rebuild(now, engine)
        output.say_json({"rows": rows}) if args.json else output.say(f"Semua angka dihitung lagi: {rows} baris.")
        return 0
    fold(now)
    found = differences(engine)
    if args.json:
        output.say_json({"whole": not found, "differences": [one._asdict() for one in found]})
    elif not found:
        output.say("Semua angka sama dengan catatannya.")
    else:
        for one in found:
            output.say(
                f"{one.region_code} {one.code} {one.period}: {_pair(one.stands)}, harusnya {_pair(one.should_be)}."
            )
    return 1 if found else 0


def _recount(args: Namespace) -> int:
    """0 when the facts of every village come to what its records say, else 1 and which do not. Village by village."""
    now = timezone.now()
    reckon_villages(now)  # what time changed since last night is no mistake
    found: list[str] = []
    villages = villages_to_reckon()
    for code in villages:
        found += disagreements([code], today_in(code, now))
    if args.json:
        output.say_json({"whole": not found, "villages": len(villages), "differences": found})
    elif not found:
        output.say(f"Angka {len(villages)} desa sama dengan catatan pelayanannya.")
    else:
        for one in found:
            output.say(one)
    return 1 if found else 0


def _pair(counted: tuple[int, int] | None) -> str:
    return "tidak ada" if counted is None else f"{counted[0]} dari {counted[1]}"


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
    if row.numerator is None:
        return "belum ada data"
    counted = str(row.numerator)
    if row.denominator is not None:
        counted += f" dari {row.denominator}"
    missing = f", {row.missing} desa belum mengisi" if row.missing else ""
    return f"{counted} (data sampai {row.as_of}{missing})"
