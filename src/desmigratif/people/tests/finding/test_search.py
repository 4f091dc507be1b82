"""Finding a person by what somebody at the desk remembers of them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.audit.models import Event
from desmigratif.people.models import Resident
from desmigratif.people.queries.search import search_residents
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"
TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.django_db
Family = dict[str, Resident]


def names(by: Actor, text: str) -> list[str]:
    return [found.name for found in search_residents(by, text, today=TODAY)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("siti am", ["Siti Aminah"]),
        ("St. Aminah", ["Siti Aminah"]),
        ("sitti aminnah", ["Siti Aminah"]),
        ("aminh", ["Siti Aminah"]),
        ("riy", ["Rizky Riyadi", "Slamet Riyadi"]),
        ("3307105205920418", ["Siti Aminah"]),
        ("3307 1052 0592 0418", ["Siti Aminah"]),
        ("0417", ["Slamet Riyadi"]),
        ("krajan", ["Slamet Riyadi"]),
        ("Dusun Krajan RT 2", ["Slamet Riyadi"]),
        ("krajan rt 9", []),
        ("9999", []),
        ("zzzz", []),
        ("zzzzqq", []),  # folds to "sk", which stands in many names
        ("zzqq", []),
        ("siti zzzzqq", []),
        ("sittii", ["Siti Aminah"]),
        ("aamiinnah", ["Siti Aminah"]),
        ("s", []),
        ("", []),
        ("''; drop table", []),
        ("%%", []),
    ],
)
def test_half_of_what_one_knows_is_enough(officer: Actor, family: Family, text: str, found: list[str]) -> None:
    assert names(officer, text) == found


def test_nonsense_does_not_find_people_by_its_folded_sound(officer: Actor, family: Family, now: datetime) -> None:
    given = {
        "village_code": KURIPAN, "household_id": family["Siti"].household_id, "on": TODAY,
        "member": {"resident_id": new_id(), "person_id": new_id(), "name": "Iskandar Riski"},
    }  # fmt: skip
    do(officer, "people.register_resident", given, now=now, act_id=new_id())

    assert names(officer, "zzzzqq") == []
    assert "Iskandar Riski" in names(officer, "sk")


def test_a_kk_number_finds_the_whole_family(officer: Actor, family: Family) -> None:
    assert sorted(names(officer, "3307101203150093")) == ["Rizky Riyadi", "Siti Aminah", "Slamet Riyadi"]


def test_a_phone_is_found_in_any_spelling(officer: Actor, family: Family, now: datetime) -> None:
    given = {
        "village_code": KURIPAN, "phone_id": new_id(), "resident_id": family["Siti"].id, "on": TODAY,
        "number": "0812-3456-7890",
    }  # fmt: skip
    do(officer, "people.add_phone", given, now=now, act_id=new_id())

    assert names(officer, "+62 812 3456 7890") == ["Siti Aminah"]
    assert names(officer, "081234567890") == ["Siti Aminah"]


def test_an_answer_shows_only_the_end_of_the_nik(officer: Actor, family: Family) -> None:
    (found,) = search_residents(officer, "siti", today=TODAY)

    assert (found.age, found.hamlet, found.rt, found.nik_end) == (34, "Krajan", "002", "0418")


def test_a_new_name_is_found_at_once(officer: Actor, family: Family, now: datetime) -> None:
    assert names(officer, "bambang") == []
    given = {
        "village_code": KURIPAN, "household_id": family["Siti"].household_id, "on": TODAY,
        "member": {"resident_id": new_id(), "person_id": new_id(), "name": "Bambang Riyadi"},
    }  # fmt: skip

    do(officer, "people.register_resident", given, now=now, act_id=new_id())

    assert names(officer, "bambang") == ["Bambang Riyadi"]


def test_a_coordinator_searches_the_regency_and_not_by_the_last_four(family: Family) -> None:
    coordinator = person(new_id(), "Koordinator", ("regency_coordinator", "33.07"))

    assert names(coordinator, "siti am") == ["Siti Aminah"]
    assert names(coordinator, "3307105205920418") == ["Siti Aminah"]
    assert names(coordinator, "0418") == []


@pytest.mark.parametrize("text", ["siti", "3307105205920418", "0418", "3307101203150093", "krajan", "081234567890"])
def test_a_stranger_finds_nobody(stranger: Actor, ministry: Actor, family: Family, text: str) -> None:
    assert names(stranger, text) == []
    assert names(ministry, text) == []


def test_looking_writes_nothing(officer: Actor, family: Family) -> None:
    before = Event.objects.count()

    names(officer, "siti")

    assert Event.objects.count() == before
