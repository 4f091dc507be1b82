"""A desk in Kuripan, signed in, and a family to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from desmigratif.access.actor import Actor
from desmigratif.access.door import do
from desmigratif.access.models import Grant, User
from desmigratif.people import actions
from desmigratif.people.models import Household, Resident
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"
KENANGA = "32.12.16.2004"
assert actions
Sign = Callable[[str, str], Client]


@pytest.fixture
def sign_in(places: None, settings: Any, now: datetime, tmp_path: Path) -> Iterator[Sign]:
    """`sign_in(role, region)`: a browser of somebody with that role, on the tests' morning, with a data folder."""
    settings.SECOND_FACTOR_REQUIRED = False
    settings.DATA_DIR = tmp_path

    def make(role: str, region: str) -> Client:
        user = User.objects.create(username=f"{role}-{region}", name="Wahyu Utomo")
        Grant.objects.create(user=user, role=role, region_code=region, valid_from="2026-01-01")
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    with time_machine.travel(now, tick=False):
        yield make


@pytest.fixture
def desk(sign_in: Sign) -> Client:
    return sign_in("village_officer", KURIPAN)


@pytest.fixture
def family(officer: Actor, now: datetime) -> dict[str, Resident]:
    """Slamet (head), Siti and their child Rizky in Krajan RT 002, made up; by first name, home under "household"."""

    def one(name: str, **facts: Any) -> dict[str, Any]:
        return {"resident_id": new_id(), "person_id": new_id(), "name": name, **facts}

    given = {
        "village_code": KURIPAN, "household_id": new_id(), "on": "2026-11-20", "hamlet": "Krajan", "rt": "002",
        "rw": "001", "kk_number": "3307101203150093",
        "members": [
            one("Slamet Riyadi", sex="M", birth_date="1988-02-03", nik="3307100302880417", relation="head"),
            one("Siti Aminah", sex="F", birth_date="1992-05-12", nik="3307105205920418", relation="wife", religion="1"),
            one("Rizky Riyadi", sex="M", birth_date="2017-03-04", relation="child"),
        ],
    }  # fmt: skip
    do(officer, "people.register_household", given, now=now, act_id=new_id())
    rows = Resident.objects.in_village(KURIPAN).select_related("household")
    return {row.name.split()[0]: row for row in rows}


@pytest.fixture
def household(family: dict[str, Resident]) -> Household:
    return family["Siti"].household
