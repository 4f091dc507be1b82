"""A browser of each role, and a made-up family of Kuripan: Siti who wants to go abroad, Budi her husband."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.access.testing import SignIn
from desmigratif.people.models import Resident
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"
Acting = Callable[..., dict[str, Any]]


@dataclass(frozen=True)
class Family:
    household_id: UUID
    siti: Resident
    budi: Resident


@pytest.fixture
def sign_in(sign_in: SignIn) -> SignIn:
    return partial(sign_in, name="Wulan Setyowati")


@pytest.fixture
def acting(officer: Actor, now: datetime) -> Acting:
    """`acting("cases.open_case", ...)`: an act of the officer of Kuripan; `by=` somebody else, `at=` another moment."""

    def act(name: str, /, *, by: Actor = officer, at: datetime = now, **payload: Any) -> dict[str, Any]:
        content = {"village_code": KURIPAN, "on": at.date().isoformat(), **payload}
        return do(by, name, content, now=at, act_id=new_id())

    return act


@pytest.fixture
def office(places: None, now: datetime) -> None:
    """Kuripan's letterhead."""
    given = {
        "office_id": new_id(), "key_id": new_id(), "village_code": KURIPAN, "address": "Jalan Balai Desa 1",
        "head_name": "Sutrisno", "letter_code": "DS-KRP", "phone": "0286 123456",
    }  # fmt: skip
    do(person(new_id(), "Pengelola", ("administrator", "33.07")), "documents.set_up_office", given, now=now,
       act_id=new_id())  # fmt: skip


@pytest.fixture
def family(places: None, acting: Acting) -> Family:
    """Registered through the door, so that both stand in the memory."""

    def one(name: str, **facts: Any) -> dict[str, Any]:
        return {"resident_id": new_id(), "person_id": new_id(), "name": name, "marital_status": "married", **facts}

    siti = one("Siti Aminah", sex="F", birth_date="1996-04-21", relation="wife", nik="3307106104960001")
    budi = one("Budi Santoso", sex="M", birth_date="1992-01-03", relation="head", nik="3307100301920002")
    home = new_id()
    acting("people.register_household", household_id=home, hamlet="Krajan", rt="002", rw="001", members=[budi, siti])
    rows = {row.id: row for row in Resident.objects.in_village(KURIPAN)}
    return Family(home, siti=rows[siti["resident_id"]], budi=rows[budi["resident_id"]])


LAWFUL: dict[str, Any] = {
    "candidate": {"can_name": ["employer", "city", "wage", "hours", "contact"]},
    "offer": {
        "country": "HKG", "employer_type": "household", "job": "domestic_worker", "scheme": "P3MI",
        "agency": {"name": "PT Contoh", "licence_active": True, "permit_for_job_order": True}, "visa": "work",
        "told_to_hide_purpose": False, "channel": "official", "written_contract": True, "placement_agreement": True,
        "training_planned": True, "medical_facility_appointed": True, "orientation_planned": True,
    },
}  # fmt: skip


def issue(acting: Acting, family: Family) -> UUID:
    """Siti's permission letter, from her wish to the number in the register; returns the letter's id."""
    case_id, letter_id = new_id(), new_id()
    acting("cases.open_case", case_id=case_id, resident_id=family.siti.id)
    acting("cases.check_offer", check_id=new_id(), case_id=case_id, answers=LAWFUL)
    acting(
        "cases.record_family_talk", talk_id=new_id(), case_id=case_id, permission="given", giver_capacity="husband",
        giver_id=family.budi.id, disputed=False, pressure=False, candidate_confirms_alone=True,
    )  # fmt: skip
    acting(
        "cases.issue_family_permission", letter_id=letter_id, case_id=case_id, agency="PT Contoh", contract_months=24
    )
    return letter_id
