"""Checking an offer while the national lists are loaded: 500 companies, 20,000 job orders.

Each check is what the desk does between the form and the database row: find the company in any spelling, look up its
licence and its permit, judge all twenty flags. The peer finds the company with the standard library over all names and
then asks the same lists and rules. The limit is the rules alone, with nothing looked up.
"""

from __future__ import annotations

import copy
import random
import statistics
from datetime import timedelta
from difflib import get_close_matches
from typing import Any

from bench.harness import Race, at_most, growth_exponent, now, result_of, versions, write_result
from bench.world import DAY, SEED, VILLAGE
from desmigratif.cases.actions.offer.screening import screen, with_list_facts
from desmigratif.cases.models import Case
from desmigratif.cases.rules.offer.check import check_offer, parse_offer
from desmigratif.cases.rules.offer.input import OfferCheckInput
from desmigratif.people.models import Resident
from desmigratif.placement import queries
from desmigratif.placement.models import Agency, JobOrder, ListKind, ListLoad
from desmigratif.placement.rules.matching import company_key
from desmigratif.shared import bulk
from desmigratif.shared.ids import new_id

ROUNDS = 5
CHECKS = 200
AGENCIES, ORDERS = 500, 20_000
SIZES = (5_000, 20_000, 80_000)
GOAL_MS = 5.0
FIRST = ("Karya", "Cahaya", "Bahtera", "Sumber", "Mitra", "Putra", "Bina", "Dwi", "Tri", "Graha", "Nusa", "Surya")
SECOND = ("Mandiri", "Utama", "Sentosa", "Abadi", "Lestari", "Sejahtera", "Perkasa", "Makmur", "Jaya", "Insani")
THIRD = ("Indah", "Raya", "Prima", "Bersama", "Persada")
COUNTRIES = ("HKG", "TWN", "MYS", "SGP", "KOR", "JPN", "BRN", "ARE", "QAT", "POL")
WORK = ("domestic_worker", "elderly_carer", "factory_worker", "construction_worker", "plantation_worker", "cook")


def run() -> None:
    names = load(AGENCIES, ORDERS)
    offers = offers_of(names, CHECKS)
    case = _case()
    each: list[list[float]] = []

    def ours() -> None:
        each.append([_seconds(offer, case) for offer in offers])

    def standard_library() -> None:
        for offer in offers:
            _peer(offer)

    def rules_alone() -> None:
        for offer in offers:
            check_offer(offer, on=DAY)

    _check_that_they_agree(offers, names, case)
    race = Race(ours, {"difflib atas semua nama": standard_library}, rules_alone, rounds=ROUNDS).run()
    p95 = [1_000 * statistics.quantiles(times, n=20)[-1] for times in each[1:]]
    growth = {size: _growth(size) for size in SIZES}
    document = result_of(
        "check-offer", race, exponent=growth_exponent(list(growth.items())), agencies=AGENCIES, job_orders=ORDERS,
        checks=CHECKS, seed=SEED,
        check_p95_ms={"median": round(statistics.median(p95), 2), "worst": round(max(p95), 2)},
        growth={str(size): round(seconds, 5) for size, seconds in growth.items()}, versions=versions("rapidfuzz"),
        notes=NOTES,
    )  # fmt: skip
    document["goals"] = [at_most("p95 satu pemeriksaan, 500 P3MI dan 20.000 lowongan, ms", GOAL_MS, max(p95))]
    write_result(document)


NOTES = (
    "Separuh nama perusahaan ditulis salah satu huruf, sepersepuluh tidak ada di daftar. Sebelum putaran pertama "
    "diperiksa bahwa setiap nama yang ada terbaca sebagai perusahaannya, dan yang tidak ada tidak ditebak.",
    "Batas: dua puluh tanda bahaya saja, tanpa mencari apa pun di basis data.",
)


def load(agencies: int, orders: int) -> list[str]:
    """Lists of made-up companies; hands back their names."""
    dice = random.Random(SEED)
    everything = [f"PT {a} {b} {c}" for a in FIRST for b in SECOND for c in THIRD]
    names = dice.sample(everything, agencies)
    loads = {
        kind: ListLoad.objects.create(
            id=new_id(), kind=kind, region_code="ID", as_of=DAY, source="Daftar uji", file_digest="0" * 64,
            row_count=count, loaded_at="2026-01-01T00:00:00Z", loaded_by="uji",
        )
        for kind, count in ((ListKind.AGENCIES, agencies), (ListKind.PERMITS, orders))
    }  # fmt: skip
    bulk.insert([
        Agency(id=new_id(), load=loads[ListKind.AGENCIES], name=name, name_key=company_key(name), status="active")
        for name in names
    ])  # fmt: skip
    until = DAY + timedelta(days=200)
    bulk.insert([
        JobOrder(
            id=new_id(), load=loads[ListKind.PERMITS], agency_name=names[n % agencies], valid_until=until,
            agency_key=company_key(names[n % agencies]), country=dice.choice(COUNTRIES), job=dice.choice(WORK),
            title="Lowongan uji", permit_number=f"SIP-{n}",
        )
        for n in range(orders)
    ])  # fmt: skip
    return names


def offers_of(names: list[str], count: int) -> list[OfferCheckInput]:
    """Offers of these companies: every second name with a slip, every tenth one that is not on the list."""
    dice = random.Random(SEED + 1)
    offers = []
    for number in range(count):
        name = dice.choice(names) if number % 10 else f"PT Tidak Terdaftar {number}"
        written = _misspelt(name, dice) if number % 2 else name
        work: dict[str, Any] = {
            "country": dice.choice(COUNTRIES), "job": dice.choice(WORK), "employer_type": "company", "scheme": "P3MI",
            "agency": {"name": written}, "visa": "work", "channel": "official",
        }  # fmt: skip
        offers.append(parse_offer({"offer": work}))
    return offers


def _misspelt(name: str, dice: random.Random) -> str:
    """One letter of its longest word is another."""
    word = max(name.split(), key=len)
    place = dice.randrange(1, len(word) - 1)
    return name.replace(word, f"{word[:place]}x{word[place + 1 :]}")


def _case() -> Case:
    """A plan of somebody of whom nothing else is on record: no papers, nobody named who recruits."""
    resident = Resident(id=new_id(), village_code=VILLAGE)
    return Case(id=new_id(), village_code=VILLAGE, resident=resident)


def _seconds(offer: OfferCheckInput, case: Case) -> float:
    began = now()
    screen(offer, case, on=DAY)
    return now() - began


def _peer(offer: OfferCheckInput) -> None:
    names = dict(Agency.objects.values_list("name", "name_key"))
    found = get_close_matches(offer.offer.agency.name or "", names, n=1, cutoff=0.9)
    said = queries.ListAnswer(licence_active=True if found else None)
    if found:
        rows = JobOrder.objects.filter(
            agency_key=names[found[0]], country=offer.offer.country, job=offer.offer.job, valid_until__gte=DAY
        )
        said = queries.ListAnswer(licence_active=True, permit_for_job_order=rows.exists())
    check_offer(with_list_facts(copy.copy(offer), said), on=DAY)


def _check_that_they_agree(offers: list[OfferCheckInput], names: list[str], case: Case) -> None:
    for number, offer in enumerate(offers):
        facts = screen(offer, case, on=DAY).list_facts
        if number % 10 and facts["licence_active"] is not True and len(facts["other_names"]) < 2:
            raise AssertionError(f"{offer.offer.agency.name!r} is not found: {facts}")
        if not number % 10 and facts["licence_active"] is not None:
            raise AssertionError(f"{offer.offer.agency.name!r} was guessed to be {facts['name']!r}")


def _growth(orders: int) -> float:
    """The median of one check with so many job orders."""
    JobOrder.objects.all().delete()
    Agency.objects.all().delete()
    ListLoad.objects.all().delete()
    offers, case = offers_of(load(AGENCIES, orders), CHECKS), _case()
    _seconds(offers[0], case)
    return statistics.median(_seconds(offer, case) for offer in offers)
