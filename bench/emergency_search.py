"""Finding one person among two million by a name as it was heard, or by a passport, on both engines.

The register is raw rows of made-up people: 30,000 words of names, common ones often and most of them seldom. Questions
are names as they stand, with a letter wrong, without their first or middle word, half typed, with and without a birth
year, and passports. The limit is one look-up by primary key; the peer asks `icontains` for each word.
"""

from __future__ import annotations

import random
import statistics
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import accumulate, islice
from typing import Any
from uuid import UUID

from bench.harness import Race, at_least, at_most, now, result_of
from bench.ledger_world import on_both_engines, race

PEOPLE, WORDS, VILLAGES = 2_000_000, 30_000, 500
AT_ONCE, QUESTIONS, ROUNDS = 20_000, 300, 5
P95_MS, FOUND = 20.0, 0.95
SEED = 20261126
SYLLABLES = (
    "a", "ba", "da", "fa", "ga", "ha", "i", "ka", "la", "ma", "na", "pa", "ra", "sa", "ta", "u", "wa", "ya", "di", "ki",
    "li", "ni", "ri", "si", "ti", "ru", "su", "tu", "mun", "wan", "yan", "sih", "to", "no",
)  # fmt: skip
COMMON = ("siti", "muhamad", "nur", "ahmad", "sri", "dewi", "abdul", "eka", "aminah", "rahayu", "slamet", "wati",
          "lestari", "agus", "suparno", "yuliana", "hasan", "fitri", "supri", "rina")  # fmt: skip


def run() -> None:
    on_both_engines("emergency-search", "bench.emergency_search")


def contest() -> dict[str, Any]:
    from desmigratif.people.models import Resident
    from desmigratif.people.queries.everywhere import Sought, people_named, person_with_passport

    fill()
    asked = questions()
    some_id = Resident.objects.everywhere().values_list("id", flat=True)[0]
    each: list[list[float]] = []

    def ask(question: dict[str, Any]) -> list[UUID]:
        if passport := question["passport"]:
            return person_with_passport(passport)
        return people_named(Sought(question["name"], question["year"]), limit=10)

    def ours() -> None:
        each.append([_seconds(ask, question) for question in asked])

    def by_key() -> None:
        for _ in asked:
            Resident.objects.everywhere().filter(id=some_id).values_list("name").get()

    found = Race(ours, {}, by_key, rounds=ROUNDS).run()
    p95 = [1_000 * statistics.quantiles(times, n=20)[-1] for times in each[1:]]
    hits = sum(_fits(question, ask(question)) for question in asked) / len(asked)
    kinds = {kind: round(1_000 * statistics.median(_seconds(ask, one) for one in asked if one["kind"] == kind), 2)
             for kind in sorted({one["kind"] for one in asked})}  # fmt: skip
    document = result_of(
        "emergency-search", found, exponent=None, residents=PEOPLE, questions=len(asked), seed=SEED,
        p95_ms={"median": round(statistics.median(p95), 2), "worst": round(max(p95), 2)}, found=round(hits, 3),
        median_ms_by_kind=kinds,
    )  # fmt: skip
    document["goals"] = [
        at_most("p95 satu pencarian darurat di antara 2 juta warga, ms", P95_MS, max(p95)),
        at_least("bagian pertanyaan yang orangnya (atau senamanya) ditemukan", FOUND, hits),
    ]
    return document


def _seconds(ask: Callable[..., object], question: dict[str, Any]) -> float:
    began = now()
    ask(question)
    return now() - began


def _fits(question: dict[str, Any], ids: list[UUID]) -> bool:
    """Whether the person meant is among those found, or somebody of the very same name."""
    from desmigratif.people.models import Resident

    return Resident.objects.everywhere().filter(id__in=ids, name_key=question["key"]).exists()


# --- the register ---


def words(dice: random.Random) -> tuple[list[str], list[float]]:
    """Words of names and their cumulated weights: the n-th is n times rarer than the first."""
    from desmigratif.people.rules.names import fold_name

    made = dict.fromkeys(map(fold_name, COMMON))
    while len(made) < WORDS:
        made[fold_name("".join(dice.choices(SYLLABLES, k=dice.choice((2, 2, 3, 3, 3, 4)))))] = None
    return list(made), list(accumulate(1 / (place + 2) for place in range(len(made))))


def people() -> Iterator[tuple[str, date | None]]:
    """(folded name, birth date), always the same ones."""
    dice = random.Random(SEED)
    known, weights = words(dice)
    lengths = dice.choices((1, 2, 3, 4), (10, 45, 35, 10), k=PEOPLE)
    picked = iter(dice.choices(known, cum_weights=weights, k=sum(lengths)))
    first = date(1945, 1, 1)
    for number, length in enumerate(lengths):
        name = " ".join(dict.fromkeys(next(picked) for _ in range(length)))
        yield name, first + timedelta(days=dice.randrange(27_000)) if number % 20 else None


def fill() -> None:
    """Rows as an import writes them, without their families: one household stands for a village."""
    from django.db import connection, transaction

    from desmigratif.people.models import Household, Person, Resident
    from desmigratif.people.rules.names import later_words
    from desmigratif.people.sealing import passport_index
    from desmigratif.people.tasks import count_name_words
    from desmigratif.shared import bulk
    from desmigratif.shared.ids import new_id

    codes = [f"33.07.{number // 50 + 1:02}.{2000 + number % 50}" for number in range(VILLAGES)]
    homes = [new_id() for _ in codes]
    with transaction.atomic():
        bulk.insert_columns(Household, {"id": homes, "village_code": codes}, {})
    per_village = PEOPLE // VILLAGES
    everybody = enumerate(people())
    while batch := list(islice(everybody, AT_ONCE)):
        ids, persons = [new_id() for _ in batch], [new_id() for _ in batch]
        later = [later_words(name) for _, (name, _) in batch]
        with transaction.atomic():
            bulk.insert_columns(Person, {"id": persons}, {})
            bulk.insert_columns(
                Resident,
                {
                    "id": ids,
                    "person_id": persons,
                    "household_id": [homes[number // per_village] for number, _ in batch],
                    "village_code": [codes[number // per_village] for number, _ in batch],
                    "name": [name.title() for _, (name, _) in batch],
                    "name_key": [name for _, (name, _) in batch],
                    "name_key_2": [second for second, _ in later],
                    "name_key_3": [third for _, third in later],
                    "birth_date": [born for _, (_, born) in batch],
                    "passport_index": [passport_index(_passport(number)) for number, _ in batch],
                },
                {"life_status": "alive", "version": 1},
            )
    count_name_words(None)  # type: ignore[arg-type]  it asks no clock
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _passport(number: int) -> str:
    return f"C{number:07}" if number % 100 == 7 else ""


def questions() -> list[dict[str, Any]]:
    """Whom to look for and how it was heard; `key` is the folded name of who is meant."""
    dice = random.Random(SEED + 1)
    chosen = set(dice.sample(range(PEOPLE), QUESTIONS))
    asked = []
    for number, (name, born) in enumerate(people()):
        if number in chosen:
            kind, heard = _heard(name, dice)
            year = born.year if born and dice.random() < 0.6 else None
            asked.append({"kind": kind, "name": heard, "year": year, "passport": "", "key": name})
        elif number % 100_000 == 7:
            asked.append({"kind": "paspor", "name": "", "year": None, "passport": _passport(number), "key": name})
    return asked


def _heard(name: str, dice: random.Random) -> tuple[str, str]:
    parts, chance = name.split(), dice.random()
    if chance < 0.3 or len(name) < 5:
        return "tepat", name
    if chance < 0.65:
        place = dice.randrange(len(parts))
        return "salah eja", " ".join([*parts[:place], _misspelt(parts[place], dice), *parts[place + 1 :]])
    if chance < 0.75 and len(parts) > 2:
        return "tanpa kata depan", " ".join(parts[1:])
    if chance < 0.85 and len(parts) > 2:
        return "tanpa kata tengah", f"{parts[0]} {parts[-1]}"
    return "setengah", name[: max(4, len(name) - 2)]


def _misspelt(word: str, dice: random.Random) -> str:
    """One letter left out, or two neighbours exchanged."""
    if len(word) < 4:
        return word
    place = dice.randrange(1, len(word) - 1)
    if dice.random() < 0.5:
        return word[:place] + word[place + 1 :]
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


if __name__ == "__main__" and "race" in sys.argv:
    race(contest)
