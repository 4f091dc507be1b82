"""Finding a resident in one village as one types: half a name, a misspelling, the last four of a NIK.

The peer is what a plain Django application would do: `icontains` on the name. The limit is the same look-up by
primary key, raw.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from django.db import connection
from django.utils import timezone

from bench.harness import Race, write_result
from bench.register import sheet_of
from desmigratif.access.actor import operator, person
from desmigratif.people.importing import import_file
from desmigratif.people.models import Resident
from desmigratif.people.queries.search import search_residents
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"
QUESTIONS = ("siti", "siti ra", "wahyu", "sutris", "Mohamad", "achmad", "nur hid", "setyowti", "1234", "krajan")


def run() -> None:
    with tempfile.TemporaryDirectory() as name:
        import_file(sheet_of(4000, Path(name)), KURIPAN, by=operator(), now=timezone.now(), commit=True)
    officer = person(new_id(), "Petugas", ("village_officer", KURIPAN))
    today = timezone.localdate()
    some_id = Resident.objects.in_village(KURIPAN).values_list("id", flat=True)[0]
    each: list[float] = []

    def ours() -> None:
        for question in QUESTIONS:
            began = time.perf_counter()
            search_residents(officer, question, today=today)
            each.append(time.perf_counter() - began)

    def icontains() -> None:
        for question in QUESTIONS:
            list(Resident.objects.visible_to(officer).filter(name__icontains=question)[:20])

    def by_key() -> None:
        for _ in QUESTIONS:
            with connection.cursor() as cursor:
                cursor.execute("SELECT name FROM people_resident WHERE id = %s", [some_id.hex])
                cursor.fetchall()

    ours()
    each.clear()
    race = Race(ours, {"icontains": icontains}, by_key, rounds=20)
    race.run()
    p95 = statistics.quantiles(each, n=20)[-1]
    write_result("search", race, more={"residents": 4000, "questions": len(QUESTIONS), "p95_ms": round(p95 * 1000, 2)})
