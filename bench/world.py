"""The database of a benchmark: all regions, and villages filled from made-up registers of any size."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import django
from django.core.management import call_command

django.setup()

import desmigratif.config.actions  # noqa: E402, F401
from desmigratif.access.actor import operator  # noqa: E402
from desmigratif.access.models import Grant, User  # noqa: E402
from desmigratif.demo.people.population import VillagePlan, register_rows  # noqa: E402
from desmigratif.demo.world import KURIPAN  # noqa: E402
from desmigratif.people.importing import import_file  # noqa: E402
from desmigratif.people.rules.register_sheet.write import write_sheet  # noqa: E402
from desmigratif.regions.actions import load_regions  # noqa: E402
from desmigratif.regions.models import Level, Region  # noqa: E402

SEED = KURIPAN.seed
DAY = date(2026, 9, 1)  # on which the made-up people have their ages
NOW = datetime(2026, 9, 1, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
VILLAGE = KURIPAN.code


def prepare() -> None:
    call_command("migrate", verbosity=0)
    load_regions()


def villages(count: int) -> Iterator[str]:
    """Codes of real villages, always the same ones."""
    rows = Region.objects.filter(level=Level.VILLAGE).order_by("code").values_list("code", flat=True)
    return iter(list(rows[:count]))


def sheet_of(rows: int, folder: Path) -> Path:
    """A register of exactly that many made-up residents, the same for the same number."""
    plan = VillagePlan(**{**{f: getattr(KURIPAN, f) for f in KURIPAN.__slots__}, "household_count": rows // 3 + 50})
    file = folder / f"register-{rows}.xlsx"
    write_sheet(register_rows(plan, DAY)[:rows], file)
    return file


@contextmanager
def sheets() -> Iterator[Path]:
    """A folder that goes away."""
    with tempfile.TemporaryDirectory(prefix="desmigratif-bench-") as name:
        yield Path(name)


def fill(village_code: str, rows: int) -> None:
    """A village of that many residents, through the door."""
    with sheets() as folder:
        report = import_file(sheet_of(rows, folder), village_code, by=operator(), now=NOW, commit=True)
    if (report.new, len(report.errors)) != (rows, 0):
        raise AssertionError(report.as_dict()["errors"][:3])


def officer(village_code: str) -> User:
    """Somebody who may sign in at the desk of that village."""
    user = User.objects.create(username=f"petugas-{village_code}", name="Petugas")
    Grant.objects.create(user=user, role="village_officer", region_code=village_code, valid_from="2026-01-01")
    return user
