"""Importing a village's register: 4,000 rows x 43 columns.

Ours does everything: checks every cell, seals NIK, KK and details under a key per resident, indexes them, writes
households, timeline, change log and audit, in one transaction with synchronous=FULL. The peer reads with openpyxl
and stores plain text with `bulk_create`; the limit reads with calamine and stores plain text with `executemany`.
"""

from __future__ import annotations

import itertools
import sqlite3
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from django.db import connection, models, transaction
from django.utils import timezone
from python_calamine import CalamineWorkbook

from bench.harness import Race, growth_exponent, write_result
from desmigratif.access.actor import operator
from desmigratif.demo.population import VillagePlan, register_rows
from desmigratif.demo.world import KURIPAN
from desmigratif.people.importing import import_file
from desmigratif.people.rules.register_sheet.row import COLUMNS
from desmigratif.people.rules.register_sheet.write import write_sheet
from desmigratif.regions.models import Level, Region

DAY = date(2026, 9, 1)


class PlainResident(models.Model):
    """The peer's table: 43 columns of plain text, no key, no index but the primary key."""

    class Meta:
        app_label = "bench"
        db_table = "bench_plain"


for column in COLUMNS:
    PlainResident.add_to_class(column.header, models.TextField(null=True))


def sheet_of(rows: int, folder: Path) -> Path:
    """A register of exactly that many made-up residents."""
    plan = VillagePlan(**{**{f: getattr(KURIPAN, f) for f in KURIPAN.__slots__}, "household_count": rows // 3 + 50})
    file = folder / f"register-{rows}.xlsx"
    write_sheet(register_rows(plan, DAY)[:rows], file)
    return file


def run() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sheet, small = sheet_of(4000, folder), sheet_of(1000, folder)
        villages = iter(Region.objects.filter(level=Level.VILLAGE).values_list("code", flat=True)[:200])
        with connection.schema_editor() as editor:
            editor.create_model(PlainResident)
        race = Race(
            ours=lambda: ours(sheet, next(villages), 4000),
            peers={"openpyxl+bulk_create": lambda: openpyxl_bulk_create(sheet, 4000)},
            limit=lambda: calamine_executemany(sheet, folder, 4000),
        )
        race.run()
        few = Race(lambda: ours(small, next(villages), 1000), {}, lambda: None)
        few.run()
        exponent = growth_exponent((1000, min(few.times["ours"])), (4000, min(race.times["ours"])))
        write_result("import", race, exponent=exponent, more={"rows": 4000, "columns": len(COLUMNS)})


def ours(sheet: Path, village_code: str, rows: int) -> None:
    report = import_file(sheet, village_code, by=operator(), now=timezone.now(), commit=True)
    if (report.new, len(report.errors)) != (rows, 0):
        raise AssertionError(report.as_dict()["errors"][:3])


def openpyxl_bulk_create(sheet: Path, rows: int) -> None:
    book = openpyxl.load_workbook(sheet, read_only=True)
    lines = book.worksheets[0].iter_rows(values_only=True)
    header = [str(title) for title in next(lines)]
    made = [PlainResident(**dict(zip(header, map(_text, line), strict=False))) for line in lines]
    with transaction.atomic():
        PlainResident.objects.bulk_create(made, batch_size=500)
    if len(made) != rows:
        raise AssertionError(len(made))


_file_numbers = itertools.count()


def calamine_executemany(sheet: Path, folder: Path, rows: int) -> None:
    lines = CalamineWorkbook.from_path(str(sheet)).get_sheet_by_index(0).to_python()
    base = sqlite3.connect(folder / f"limit-{next(_file_numbers)}.sqlite3")
    base.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
    base.execute(f"CREATE TABLE plain ({', '.join(f'c{number}' for number in range(len(COLUMNS)))})")
    places = ", ".join("?" * len(COLUMNS))
    with base:
        base.executemany(f"INSERT INTO plain VALUES ({places})", [list(map(_text, line)) for line in lines[1:]])
    (count,) = base.execute("SELECT count(*) FROM plain").fetchone()
    base.close()
    if count != rows:
        raise AssertionError(count)


def _text(value: Any) -> str | None:
    return None if value in (None, "") else str(value)
