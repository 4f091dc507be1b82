"""The list of plans under way: fifty lines of one village, signed in, rights and scope asked, at growing sizes.

Each line knows its newest check, whether its letter holds, and what comes next. The limit is the same fifty rows by
one raw SELECT. The list is asked as it opens, narrowed to late steps, by half a name, and far down.
"""

from __future__ import annotations

import gzip
import statistics
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.test import Client

from bench import desk
from bench.harness import Race, at_most, growth_exponent, judged_seconds, result_of, write_result
from bench.resident_list import sorted_out
from bench.world import SEED, fill, officer, villages
from desmigratif.cases.models import Case, CaseStep, OfferCheck
from desmigratif.people.models import Resident
from desmigratif.shared.ids import new_id

ROUNDS, PAGES = 5, 5
SIZES = (1_000, 10_000, 100_000)
LIST, CASE = "/pelayanan/rencana/", "/pelayanan/rencana/{}/"
ASKED = {"terlambat": "?pemegang=manpower_office&terlambat=on", "nama": "?nama=wati", "negara": "?negara=HKG"}
RAW = (
    "SELECT r.name, c.state, c.country, c.job, c.opened_on FROM cases_case c JOIN people_resident r ON "
    "r.id = c.resident_id WHERE c.village_code = %s ORDER BY c.opened_on, c.id LIMIT 50"
)
STATES = ("INTENT", "OFFER_CHECKED", "VILLAGE_CLEARED", "REGISTERED", "AGREED", "DOCUMENTED")
COUNTRIES = ("HKG", "TWN", "MYS", "SGP", "")
BEGAN = date(2026, 1, 5)


def run() -> None:
    desk.prepare_static()
    seconds: dict[str, dict[int, float]] = {"daftar": {}, "halaman rencana": {}, "jauh ke bawah": {}}
    seconds |= {name: {} for name in ASKED}
    queries, bytes_sent, last = {}, {}, None
    for size, code in zip(SIZES, villages(len(SIZES)), strict=True):
        case_id, far = _plans(code, size)
        client = desk.signed_in(officer(code))
        paths = {"daftar": LIST, "halaman rencana": CASE.format(case_id), "jauh ke bawah": f"{LIST}?setelah={far}"}
        paths |= {name: LIST + query for name, query in ASKED.items()}
        for name, path in paths.items():
            seconds[name][size] = _seconds(client, path)
        bytes_sent[str(size)] = {name: _bytes(client, paths[name]) for name in ("daftar", "halaman rencana")}
        with desk.counted() as statements:
            desk.page(client, LIST)
        queries[str(size)] = sorted_out(statements)
        last = (client, code)
    assert last is not None
    client, code = last
    race = Race(ours=lambda: _ask(client, LIST), limit=lambda: _raw(code), rounds=ROUNDS).run()
    growth = {str(size): round(took, 5) for size, took in seconds["daftar"].items()}
    others = {name: {str(n): round(took, 5) for n, took in found.items()} for name, found in seconds.items()}
    document = result_of(
        "case-list", race, exponent=growth_exponent(list(seconds["daftar"].items())), cases=SIZES[-1],
        pages_a_round=PAGES, seed=SEED, queries=queries, bytes=bytes_sent, growth=growth, others=others,
        notes=(*NOTES, _said(others)),
    )  # fmt: skip
    heaviest = max(max(found.values()) for found in bytes_sent.values()) / 1024
    document["goals"] = [
        at_most("KB tersandi gzip, daftar atau halaman rencana", 8, heaviest),
        at_most("detik untuk satu halaman daftar, 100.000 rencana", 0.3, seconds["daftar"][SIZES[-1]]),
    ]
    write_result(document)


NOTES = (
    "Setiap rencana punya empat langkah dan satu pemeriksaan. Daftar menunjukkan 50 rencana dengan hasil periksa, "
    "keadaan surat, jumlah tiap langkah, dan jejak pembukaan; halaman berikutnya dicari dari baris terakhir.",
)


def _said(others: dict[str, dict[str, float]]) -> str:
    """The other questions at the largest size, in words."""
    largest = str(SIZES[-1])
    said = ", ".join(f"{name} {found[largest] * 1000:.0f} ms" for name, found in others.items())
    return f"Pada {SIZES[-1]:,} rencana: {said}.".replace(",", ".", 1)


def _plans(code: str, size: int) -> tuple[Any, str]:
    """That many plans with their first steps and a check; the id of one of them, and a place far down the list."""
    fill(code, size)
    people = list(Resident.objects.in_village(code).values_list("id", flat=True)[:size])
    cases, steps, checks = [], [], []
    for number, resident_id in enumerate(people):
        opened = BEGAN + timedelta(days=number % 300)
        case = Case(
            id=new_id(), village_code=code, resident_id=resident_id, opened_on=opened, state=STATES[number % 6],
            country=COUNTRIES[number % 5], job="domestic_worker",
        )  # fmt: skip
        cases.append(case)
        for place, (step, holder) in enumerate(
            (("information", "village_officer"), ("intention", "family"), ("civil_papers", "civil_registry"),
             ("jobseeker_registration", "manpower_office"))
        ):  # fmt: skip
            done = (number + place) % 3 == 0
            steps.append(
                CaseStep(
                    id=new_id(), village_code=code, case=case, step=step, holder=holder, since=opened,
                    holder_since=opened, due_on=opened + timedelta(days=5), state="done" if done else "open",
                    done_on=opened if done else None,
                )
            )  # fmt: skip
        checks.append(
            OfferCheck(
                id=new_id(), village_code=code, case=case, on=opened, stage="permission", level="clear",
                rules_as_of=opened, answers_sealed=b"", at=f"{opened}T03:00:00Z",
            )
        )  # fmt: skip
    for model, rows in ((Case, cases), (CaseStep, steps), (OfferCheck, checks)):
        model.objects.bulk_create(rows, batch_size=500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    ordered = sorted(cases, key=lambda one: (one.opened_on, one.id))
    far = ordered[len(ordered) * 9 // 10]
    return cases[len(cases) // 2].id, f"{far.opened_on}~{far.id}"


def _seconds(client: Client, path: str) -> float:
    """Of one page, the median of a few rounds after one that nobody counts."""
    desk.page(client, path)
    return statistics.median(judged_seconds(lambda: _ask(client, path)) / PAGES for _ in range(ROUNDS))


def _ask(client: Client, path: str) -> None:
    for _ in range(PAGES):
        desk.page(client, path)


def _bytes(client: Client, path: str) -> int:
    return len(gzip.compress(desk.page(client, path)))


def _raw(code: str) -> None:
    for _ in range(PAGES):
        with connection.cursor() as cursor:
            cursor.execute(RAW, [code])
            if len(cursor.fetchall()) != 50:
                raise AssertionError
