"""A family in Kuripan, made up: Siti wants to work in Hong Kong; Budi is her husband, Rini their daughter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.access.keys.subject_keys import make_keys
from desmigratif.people import sealing
from desmigratif.people.models import Household, Person, Resident
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"


@pytest.fixture(autouse=True)
def _on_that_morning(on_that_morning: None) -> None:
    """What is recorded here is of a day; a month later a page would say other things of it."""


@dataclass(frozen=True)
class Family:
    household: Household
    siti: Resident
    budi: Resident
    rini: Resident


def _member(household: Household, name: str, **facts: Any) -> Resident:
    resident = Resident(
        id=new_id(),
        village_code=household.village_code,
        household=household,
        person=Person.objects.create(),
        name=name,
        name_key=name.lower(),
        **facts,
    )
    key = make_keys([resident.id])[resident.id]
    sealing.put_nik(resident, key, f"33071041{resident.birth_date:%d%m}9{resident.id.int % 1000:03d}")
    resident.save(force_insert=True)
    return resident


@pytest.fixture
def family(places: None) -> Family:
    household = Household.objects.create(village_code=KURIPAN, hamlet="Krajan", rw="01", rt="02")
    return Family(
        household,
        siti=_member(
            household, "Siti Aminah", sex="F", birth_date=date(1996, 4, 21), birth_place="Wonosobo",
            marital_status="married", relation="wife",
        ),
        budi=_member(
            household, "Budi Santoso", sex="M", birth_date=date(1992, 1, 3), marital_status="married", relation="head"
        ),
        rini=_member(household, "Rini Lestari", sex="F", birth_date=date(2011, 7, 9), marital_status="single"),
    )  # fmt: skip


Doing = Callable[..., dict[str, Any]]


@pytest.fixture
def doing(officer: Actor, now: datetime) -> Doing:
    """`doing("cases.open_case", ...)`: an act of the officer of Kuripan, today; `by=` for somebody else."""

    def run(name: str, /, *, by: Actor = officer, act_id: UUID | None = None, **payload: Any) -> dict[str, Any]:
        content = {"village_code": KURIPAN, "on": "2026-11-23", **payload}
        return do(by, name, content, now=now, act_id=act_id or new_id())

    return run


@pytest.fixture
def office(places: None, now: datetime) -> None:
    """Kuripan's letterhead and signing key."""
    administrator = person(new_id(), "Pengelola", ("administrator", "33.07"))
    do(
        administrator,
        "documents.set_up_office",
        {
            "office_id": str(new_id()),
            "key_id": str(new_id()),
            "village_code": KURIPAN,
            "address": "Jalan Balai Desa 1",
            "head_name": "Sutrisno",
            "letter_code": "DS-KRP",
        },
        now=now,
        act_id=new_id(),
    )


LAWFUL_OFFER: dict[str, Any] = {
    "candidate": {"can_name": ["employer", "city", "wage", "hours", "contact"]},
    "offer": {
        "country": "HKG",
        "employer_type": "household",
        "job": "domestic_worker",
        "scheme": "P3MI",
        "agency": {"name": "PT Contoh Karya", "licence_active": True, "permit_for_job_order": True},
        "visa": "work",
        "told_to_hide_purpose": False,
        "channel": "official",
        "written_contract": True,
        "placement_agreement": True,
        "training_planned": True,
        "medical_facility_appointed": True,
        "orientation_planned": True,
    },
}


@pytest.fixture
def case_id(family: Family, doing: Doing) -> str:
    """Siti's case, just opened."""
    case_id = str(new_id())
    doing("cases.open_case", case_id=case_id, resident_id=str(family.siti.id))
    return case_id
