"""What imports a register sheet elsewhere: openpyxl with `bulk_create`, django-import-export, and the bare limit."""

from __future__ import annotations

import itertools
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from django.db import connection, models, transaction
from import_export import resources
from import_export.fields import Field
from import_export.instance_loaders import CachedInstanceLoader
from python_calamine import CalamineWorkbook
from tablib import Dataset

from bench.import_same_work import CellWidget
from bench.world import DAY
from desmigratif.people.rules.nik import doubts_about_nik
from desmigratif.people.rules.register_sheet.row import COLUMNS
from desmigratif.regions.queries import district_digits


class PlainResident(models.Model):
    """The peers' table: 43 columns of plain text, no index but the primary key."""

    class Meta:
        app_label = "bench"
        db_table = "bench_plain"


for column in COLUMNS:
    PlainResident.add_to_class(column.header, models.TextField(null=True))


def make_table() -> None:
    with connection.schema_editor() as editor:
        editor.create_model(PlainResident)


def openpyxl_bulk_create(sheet: Path, rows: int) -> None:
    """Reads and stores plain text; checks nothing."""
    PlainResident.objects.all().delete()
    book = openpyxl.load_workbook(sheet, read_only=True)
    lines = book.worksheets[0].iter_rows(values_only=True)
    header = [str(title) for title in next(lines)]
    made = [PlainResident(**dict(zip(header, map(_text, line), strict=False))) for line in lines]
    with transaction.atomic():
        PlainResident.objects.bulk_create(made, batch_size=500)
    _expect(PlainResident.objects.count(), rows)


class TextWidget(CellWidget):
    """As text, since the peers' table holds nothing else."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str | None:
        found = super().clean(value, row, **kwargs)
        return None if found is None else str(found)


class RegisterResource(resources.ModelResource):
    """The sheet as django-import-export reads it in its fastest way: in bulk, nothing compared."""

    locals().update(
        {
            column.header: Field(column_name=column.header, attribute=column.header, widget=TextWidget(column))
            for column in COLUMNS
        }
    )

    class Meta:
        model = PlainResident
        fields = tuple(column.header for column in COLUMNS)
        import_id_fields = ("nik",)
        instance_loader_class = CachedInstanceLoader
        use_bulk = True
        skip_diff = True
        use_transactions = True

    def before_import(self, dataset: Dataset, **kwargs: Any) -> None:
        self.doubts: list[Any] = []

    def before_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        if instance.nik:
            born = date.fromisoformat(instance.tanggallahir) if instance.tanggallahir else None
            self.doubts += doubts_about_nik(instance.nik, born, instance.sex, district_digits(), DAY)


def import_export(sheet: Path, rows: int) -> None:
    """Reads by openpyxl, checks each cell and NIK by our rules, finds who is known by NIK, stores plain text."""
    PlainResident.objects.all().delete()
    dataset = Dataset().load(sheet.read_bytes(), format="xlsx")
    result = RegisterResource().import_data(dataset, raise_errors=True)
    _expect(result.totals["new"] + result.totals["update"], rows)


_file_numbers = itertools.count()


def calamine_executemany(sheet: Path, folder: Path, rows: int) -> None:
    """The physical limit: read, and write plain text durably; nothing else."""
    lines = CalamineWorkbook.from_path(str(sheet)).get_sheet_by_index(0).to_python()
    base = sqlite3.connect(folder / f"limit-{next(_file_numbers)}.sqlite3")
    base.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
    base.execute(f"CREATE TABLE plain ({', '.join(f'c{number}' for number in range(len(COLUMNS)))})")
    places = ", ".join("?" * len(COLUMNS))
    with base:
        base.executemany(f"INSERT INTO plain VALUES ({places})", [list(map(_text, line)) for line in lines[1:]])
    (count,) = base.execute("SELECT count(*) FROM plain").fetchone()
    base.close()
    _expect(count, rows)


def _text(value: Any) -> str | None:
    return None if value in (None, "") else str(value)


def _expect(count: int, rows: int) -> None:
    if count != rows:
        raise AssertionError(f"{count} rows written, {rows} wanted")
