"""Finding a resident in one village of 4,000 as one types, letter by letter, misspellings included.

Each question is asked as the desk asks it: twenty answers with place, age and the end of the NIK, opened with the
resident's key. The peers answer the same questions over the same village and give back the same fields: `icontains`
finds what is spelt so, a plain rapidfuzz scan reads all names and finds misspellings too. The limit is one look-up
by primary key.
"""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable

from django.db import connection
from rapidfuzz import fuzz, process

from bench.harness import Race, at_most, growth_exponent, now, result_of, versions, write_result
from bench.world import DAY, SEED, VILLAGE, fill, villages
from desmigratif.access.actor import Actor, person
from desmigratif.people import sealing
from desmigratif.people.models import Resident
from desmigratif.people.queries.search import search_residents
from desmigratif.shared.ids import new_id

ROUNDS = 5
SIZES = (1_000, 4_000, 20_000)
PEOPLE, ANSWERS = 12, 20
P95_MS = 8.0


def run() -> None:
    fill(VILLAGE, 4_000)
    officer = person(new_id(), "Petugas", ("village_officer", VILLAGE))
    questions, meant = questions_of(VILLAGE)
    some_id = Resident.objects.in_village(VILLAGE).values_list("id", flat=True)[0]
    each: list[list[float]] = []

    def ours() -> None:
        each.append([_seconds(search_residents, officer, question) for question in questions])

    def icontains() -> None:
        for question in questions:
            rows = Resident.objects.visible_to(officer).filter(name__icontains=question)
            _shown(list(rows.select_related("household")[:ANSWERS]))

    def scan() -> None:
        for question in questions:
            names = dict(Resident.objects.visible_to(officer).values_list("id", "name"))
            best = process.extract(question, names, scorer=fuzz.WRatio, limit=ANSWERS)
            rows = Resident.objects.visible_to(officer).filter(id__in=[one for _, _, one in best])
            _shown(list(rows.select_related("household")))

    def by_key() -> None:
        for _ in questions:
            with connection.cursor() as cursor:
                cursor.execute("SELECT name FROM people_resident WHERE id = %s", [some_id.hex])
                cursor.fetchall()

    _check_that_they_are_found(officer, meant)
    race = Race(ours, {"icontains": icontains, "rapidfuzz": scan}, by_key, rounds=ROUNDS).run()
    p95 = [1_000 * statistics.quantiles(times, n=20)[-1] for times in each[1:]]
    growth = {size: _growth(code, size) for size, code in zip(SIZES, villages(len(SIZES)), strict=True)}
    document = result_of(
        "search", race, exponent=growth_exponent(list(growth.items())), residents=4_000, questions=len(questions),
        seed=SEED, p95_ms={"median": round(statistics.median(p95), 2), "worst": round(max(p95), 2)},
        growth={str(size): round(seconds, 5) for size, seconds in growth.items()}, versions=versions("rapidfuzz"),
        notes=NOTES,
    )  # fmt: skip
    document["goals"] = [at_most("p95 satu pertanyaan di desa 4.000 warga, ms", P95_MS, max(p95))]
    write_result(document)


NOTES = (
    "Pertanyaan: nama 12 warga diketik huruf demi huruf mulai huruf kedua, lima di antaranya salah eja, ditambah dua "
    "nama dusun dan dua ujung NIK. Warga yang salah eja namanya harus tetap muncul; diperiksa sebelum putaran pertama.",
    "icontains tidak menemukan salah eja; rapidfuzz (WRatio atas semua nama) menemukannya. Keduanya tidak mengenal "
    "ejaan yang sama bunyinya, dusun, dan ujung NIK.",
)


def questions_of(village_code: str) -> tuple[list[str], dict[str, str]]:
    """What is typed, and for each whole misspelt name whom it means."""
    dice = random.Random(SEED)
    names = sorted(set(Resident.objects.in_village(village_code).values_list("name", flat=True)))
    chosen = dice.sample([name for name in names if len(name) > 9], PEOPLE)
    typed = [_misspelt(name, dice) if number < 5 else name for number, name in enumerate(chosen)]
    letters = [text[:length] for text in typed for length in range(2, len(text) + 1)]
    return [*letters, "krajan", "dusun kar", "1234", "0417"], dict(zip(typed[:5], chosen[:5], strict=True))


def _misspelt(name: str, dice: random.Random) -> str:
    """One letter inside the name doubled, or two neighbours exchanged."""
    place = dice.choice([place for place in range(2, len(name) - 2) if name[place : place + 2].isalpha()])
    if dice.random() < 0.5:
        return name[:place] + name[place] + name[place:]
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def _check_that_they_are_found(officer: Actor, meant: dict[str, str]) -> None:
    for typed, name in meant.items():
        found = {one.name for one in search_residents(officer, typed, today=DAY)}
        if name not in found:
            raise AssertionError(f"{typed!r} does not find {name!r}, only {sorted(found)}")


def _shown(rows: list[Resident]) -> list[tuple[str, str, str]]:
    niks = sealing.niks_of(rows)
    return [(row.name, row.household.hamlet, niks.get(row.id, "")[-4:]) for row in rows]


def _seconds(search: Callable[..., object], officer: Actor, question: str) -> float:
    began = now()
    search(officer, question, today=DAY)
    return now() - began


def _growth(village_code: str, size: int) -> float:
    """The median of one question in a village of that size."""
    fill(village_code, size)
    officer = person(new_id(), "Petugas", ("village_officer", village_code))
    questions, _ = questions_of(village_code)
    search_residents(officer, questions[0], today=DAY)
    return statistics.median(_seconds(search_residents, officer, question) for question in questions)
