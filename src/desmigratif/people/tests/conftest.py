"""A desk in Kuripan, signed in, and a family to look at."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from desmigratif.access.actor import Actor
from desmigratif.access.door import do
from desmigratif.access.testing import SignIn
from desmigratif.people import actions
from desmigratif.people.models import Household, Resident
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"
KENANGA = "32.12.16.2004"
assert actions


@pytest.fixture
def sign_in(sign_in: SignIn, settings: Any, tmp_path: Path) -> SignIn:
    """What browsers send up and take away lies in a folder of the test."""
    settings.DATA_DIR = tmp_path
    return sign_in


@pytest.fixture
def desk(sign_in: SignIn) -> Client:
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
