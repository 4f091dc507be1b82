"""Made-up households in real villages, always the same for the same seed; as rows of the register sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from desmigratif.demo.people.names import NamePool
from desmigratif.shared.dates import age_on

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class VillagePlan:
    """One village of the demo world."""

    code: str
    username_part: str
    pool: NamePool
    hamlets: tuple[str, ...]
    household_count: int
    birth_place: str
    religion: int
    abroad_share: float
    countries: tuple[str, ...]
    seed: int


@dataclass
class Registers:
    """Serial numbers under way in one village, so that no NIK or KK comes twice."""

    random: Random
    plan: VillagePlan
    today: date
    used: set[str] = field(default_factory=set)

    def nik(self, sex: int, birth: date) -> str:
        prefix = "".join(self.plan.code.split(".")[:3])
        day = birth.day + (40 if sex == 2 else 0)
        return self._with_serial(f"{prefix}{day:02d}{birth:%m%y}")

    def kk(self, on: date) -> str:
        return self._with_serial("".join(self.plan.code.split(".")[:3]) + f"{on:%d%m%y}")

    def _with_serial(self, stem: str) -> str:
        """The stem and four digits that nobody else has, as a registry would have given them over the years."""
        while (number := f"{stem}{self.random.randint(1, 3999):04d}") in self.used:
            pass
        self.used.add(number)
        return number

    def birth_at_age(self, age: int) -> date:
        return self.today - timedelta(days=int(age * 365.25) + self.random.randint(1, 364))

    def name(self, sex: int, age: int) -> str:
        pool, pick = self.plan.pool, self.random.choice
        old = age >= 52
        first = pick(
            (pool.men_old if old else pool.men_young) if sex == 1 else (pool.women_old if old else pool.women_young)
        )
        if pool.family:
            return f"{first} {pick(pool.family)}"
        if old and self.random.random() < 0.55:
            return first
        second = pick(pool.second_men if sex == 1 else pool.second_women)
        return f"{first} {second}" if first != second else first


def register_rows(plan: VillagePlan, today: date) -> list[Row]:
    """The village's register as sheet rows, household by household."""
    registers = Registers(Random(plan.seed), plan, today)
    return [row for number in range(plan.household_count) for row in _household(registers, number)]


def _household(registers: Registers, number: int) -> Iterator[Row]:
    random = registers.random
    head_age = min(86, max(22, int(random.gauss(45, 14))))
    shared = {
        "alamat": "",
        "dusun": registers.plan.hamlets[number % len(registers.plan.hamlets)],
        "rw": f"{1 + number // 40 % 4:03d}",
        "rt": f"{1 + number // 10 % 8:03d}",
        "no_kk": registers.kk(today_or_before(registers, 4000)),
        "warganegara_id": 1,
        "agama_id": registers.plan.religion,
    }
    alone = random.random() < 0.13
    members = list(_single(registers, head_age) if alone else _family(registers, head_age))
    _send_abroad(registers, members)
    for member in members:
        yield {**shared, **member}


def today_or_before(registers: Registers, days: int) -> date:
    return registers.today - timedelta(days=registers.random.randint(30, days))


def _person(registers: Registers, sex: int, age: int, relation: int, marital: int, **more: Any) -> Row:
    birth = registers.birth_at_age(age)
    age = age_on(birth, registers.today)
    known = registers.random.random() > 0.015
    return {
        "nama": registers.name(sex, age),
        "nik": registers.nik(sex, birth) if known else "0",
        "sex": sex,
        "tempatlahir": registers.plan.birth_place if registers.random.random() < 0.85 else "Jakarta",
        "tanggallahir": birth,
        "pendidikan_kk_id": _education(registers.random, age),
        "pekerjaan_id": _job(registers.random, sex, age),
        "status_kawin": marital,
        "kk_level": relation,
        "golongan_darah_id": registers.random.choice((1, 2, 3, 4, 13, 13, 13)),
        "cacat_id": 7 if registers.random.random() > 0.02 else registers.random.randint(1, 4),
        "ktp_el": 2 if age >= 17 else 1,
        "status_rekam": 3 if age >= 17 else 1,
        "status_dasar": 1,
        **more,
    }


def _single(registers: Registers, age: int) -> Iterator[Row]:
    sex = registers.random.choice((1, 2, 2))
    marital = 4 if age > 50 else registers.random.choice((1, 3))
    yield _person(registers, sex, age, 1, marital)
    if marital != 1 and age < 60 and registers.random.random() < 0.6:
        yield _person(registers, registers.random.choice((1, 2)), max(1, age - 27), 4, 1)


def _family(registers: Registers, head_age: int) -> Iterator[Row]:
    random = registers.random
    father = _person(registers, 1, head_age, 1, 2)
    mother = _person(registers, 2, max(18, head_age - random.randint(0, 8)), 3, 2)
    yield father
    yield mother
    mother_age = age_on(mother["tanggallahir"], registers.today)
    oldest = min(mother_age - 19, 26)
    ages = sorted(
        (random.randint(0, max(0, oldest)) for _ in range(random.choice((1, 2, 2, 2, 3, 3, 4)))), reverse=True
    )
    for age in ages if oldest > 0 else []:
        yield _person(
            registers, random.choice((1, 2)), age, 4, 1,
            nama_ayah=father["nama"], nama_ibu=mother["nama"], ayah_nik=father["nik"], ibu_nik=mother["nik"],
        )  # fmt: skip
    if head_age < 55 and random.random() < 0.18:
        yield _person(registers, random.choice((1, 2, 2)), min(92, head_age + 26), 7, 4)


def _education(random: Random, age: int) -> int:
    if age < 7:
        return 1
    if age < 13:
        return 2
    if age >= 52:
        return random.choice((2, 2, 3, 3, 3, 4))
    return random.choice((3, 3, 4, 4, 4, 5, 5, 5, 5, 7, 8)) if age >= 19 else random.choice((3, 4))


def _job(random: Random, sex: int, age: int) -> int:
    if age < 6:
        return 1
    if age < 19:
        return 3
    if sex == 2 and random.random() < 0.5:
        return 2
    return random.choice((9, 9, 9, 15, 19, 19, 20, 84, 88, 13, 1))


def _send_abroad(registers: Registers, members: list[Row]) -> None:
    """Registers have no code for migrant workers: they stand as "pergi", with where in the present address."""
    random = registers.random
    adults = [m for m in members if 20 <= age_on(m["tanggallahir"], registers.today) <= 52]
    if adults and random.random() < registers.plan.abroad_share:
        gone = random.choice(adults)
        gone["status_dasar"] = 6
        gone["alamat_sekarang"] = random.choice(registers.plan.countries)
        gone["pekerjaan_id"] = random.choice((15, 23, 89))
