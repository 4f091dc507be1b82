"""The list of a village's people: fifty lines, signed in, rights and scope asked, beside Django's admin.

Ours shows fifty families with all their members and leaves the trace of a look, in a durable transaction of its
own; the admin shows fifty residents with the same facts and the same filter, and leaves no trace. The limit is the
same rows by one raw SELECT.
"""

from __future__ import annotations

import statistics
from collections import Counter

from django.db import connection
from django.test import Client

from bench import desk
from bench.harness import Race, at_least, at_most, growth_exponent, judged_seconds, result_of, write_result
from bench.world import SEED, fill, officer, villages

ROUNDS, PAGES = 5, 10  # pages a round
SIZES = (1_000, 10_000, 100_000)
ROWS = 4_000
OURS, ADMIN = "/warga/", "/admin/people/resident/"
RAW = (
    "SELECT r.name, r.relation, r.birth_date, h.hamlet, h.rw, h.rt FROM people_household h JOIN people_resident r "
    "ON r.household_id = h.id WHERE h.village_code = %s ORDER BY h.hamlet, h.rw, h.rt, h.id LIMIT 50"
)
TRACE = ("audit_event", "audit_villageclock", "audit_eventsubject")


def run() -> None:
    desk.prepare_static()
    codes = villages(len(SIZES) + 1)
    code = next(codes)
    fill(code, ROWS)
    client = desk.signed_in(officer(code))
    _check(client)
    race = Race(
        ours=lambda: _ask(client, OURS),
        peers={"admin": lambda: _ask(client, ADMIN)},
        limit=lambda: _raw(code),
        rounds=ROUNDS,
    ).run()
    growth, queries = {}, {}
    for size, village in zip(SIZES, codes, strict=True):
        fill(village, size)
        seconds, queries[str(size)] = _at(village)
        growth[size] = seconds
    document = result_of(
        "list", race, exponent=growth_exponent(list(growth.items())), residents=ROWS, pages_a_round=PAGES, seed=SEED,
        queries=queries, growth={str(size): round(seconds, 5) for size, seconds in growth.items()}, notes=NOTES,
    )  # fmt: skip
    reading = max(found["reading"] for found in queries.values())
    document["goals"] = [
        at_least("lebih cepat dari daftar admin, kali", 2, document["ratio_to_peer"]["admin"]["worst"]),
        at_most("pertanyaan yang membaca, di ukuran mana pun", 6, reading),
    ]
    write_result(document)


NOTES = (
    "Kami: 50 keluarga dengan semua anggotanya, saringan dusun dengan jumlahnya, dan jejak pembukaan yang dipastikan "
    "tertulis. Admin: 50 warga dengan fakta yang sama, saringan dusun yang sama, semua hak, tanpa jejak; selebihnya "
    "setelan bawaannya.",
    "Yang dihitung sebagai pertanyaan adalah semua yang dibaca satu halaman, termasuk sesi, orang, dan hak. Menulis "
    "jejak memerlukan tiga pernyataan lagi.",
)


def _check(client: Client) -> None:
    """Both show fifty lines of the same village."""
    ours, admin = desk.page(client, OURS).decode(), desk.page(client, ADMIN).decode()
    if (ours.count('class="cover"'), admin.count('class="field-name"')) != (50, 50):
        raise AssertionError((ours.count('class="cover"'), admin.count('class="field-name"')))


def _ask(client: Client, path: str) -> None:
    for _ in range(PAGES):
        desk.page(client, path)


def _raw(code: str) -> None:
    for _ in range(PAGES):
        with connection.cursor() as cursor:
            cursor.execute(RAW, [code])
            if len(cursor.fetchall()) != 50:
                raise AssertionError


def _at(code: str) -> tuple[float, dict[str, int]]:
    """(seconds of one page, statements of it) in a village of some size."""
    client = desk.signed_in(officer(code))
    desk.page(client, OURS)
    with desk.counted() as statements:
        desk.page(client, OURS)
    seconds = [judged_seconds(lambda: _ask(client, OURS)) / PAGES for _ in range(ROUNDS)]
    return statistics.median(seconds), sorted_out(statements)


def sorted_out(statements: Counter[str]) -> dict[str, int]:
    trace = sum(count for name, count in statements.items() if name.endswith(TRACE))
    opened = sum(count for name, count in statements.items() if name.startswith(("BEGIN", "SAVEPOINT", "RELEASE")))
    return {"reading": sum(statements.values()) - trace - opened, "trace": trace}
