"""What is remembered of a village stands until its register changes, and no longer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from desmigratif.access import reads
from desmigratif.access.actor import Actor
from desmigratif.access.door import do
from desmigratif.people.models import Resident
from desmigratif.people.queries.lists import families
from desmigratif.people.queries.search import search_residents
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"
pytestmark = pytest.mark.usefixtures("places")


def register(by: Actor, now: datetime, name: str, hamlet: str) -> None:
    member = {"resident_id": new_id(), "person_id": new_id(), "name": name, "relation": "head"}
    given = {
        "village_code": KURIPAN, "household_id": new_id(), "on": "2026-11-20", "hamlet": hamlet, "members": [member],
        "known_to_differ": True,
    }  # fmt: skip
    do(by, "people.register_household", given, now=now, act_id=new_id())


def test_whom_somebody_registered_is_found_and_listed_at_once(
    family: dict[str, Resident], officer: Actor, now: datetime
) -> None:
    search_residents(officer, "wahyudi", today=now.date())
    families(officer, hamlet=None, page="1")

    register(officer, now, "Wahyudi Prakoso", "Sidomulyo")

    assert [one.name for one in search_residents(officer, "wahyudi", today=now.date())] == ["Wahyudi Prakoso"]
    assert [one.name for one in search_residents(officer, "sidomul", today=now.date())] == ["Wahyudi Prakoso"]
    hamlets, page = families(officer, hamlet=None, page="1")
    assert {hamlet.name: hamlet.families for hamlet in hamlets} == {"Krajan": 1, "Sidomulyo": 1}
    assert len(page.object_list) == 2


def test_looking_at_people_drops_nothing(
    family: dict[str, Resident], officer: Actor, now: datetime, django_assert_num_queries: Any
) -> None:
    families(officer, hamlet=None, page="1")
    reads.opened(officer, "residents.listed", village_code=KURIPAN, now=now)

    with django_assert_num_queries(3):  # the last change, a page of families, their members
        families(officer, hamlet=None, page="1")


def test_a_stranger_sees_no_hamlet_that_somebody_else_remembered(
    family: dict[str, Resident], officer: Actor, stranger: Actor
) -> None:
    assert families(officer, hamlet=None, page="1")[0]

    hamlets, page = families(stranger, hamlet=None, page="1")

    assert (hamlets, list(page.object_list)) == ([], [])


def test_an_empty_village_is_asked_again(officer: Actor, now: datetime) -> None:
    assert families(officer, hamlet=None, page="1")[0] == []

    register(officer, now, "Wahyudi Prakoso", "Sidomulyo")

    assert [hamlet.name for hamlet in families(officer, hamlet=None, page="1")[0]] == ["Sidomulyo"]
