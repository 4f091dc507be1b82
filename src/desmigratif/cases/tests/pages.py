"""Who walks through the pages of the service centre, what they send, and what tests look for there."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from desmigratif.access.testing import SignIn
from desmigratif.cases.models import Case
from desmigratif.cases.tests.conftest import KURIPAN, LAWFUL_OFFER, Doing, Family
from desmigratif.documents.models import Letter
from desmigratif.people.models import Person, Resident
from desmigratif.shared.ids import new_id


@pytest.fixture(autouse=True)
def on_the_morning(morning: None) -> None:
    """Every test here is on the tests' morning."""


@pytest.fixture
def desk(sign_in: SignIn) -> Client:
    return sign_in("village_officer", KURIPAN)


def fields_of(page: Any) -> dict[str, Any]:
    """What a browser would send back of the page's form as it was shown."""
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    said = {name: value for name, value in values.items() if value is not None}
    return {name: f"{v:%d-%m-%Y}" if hasattr(v, "strftime") else v for name, v in said.items()}


def send(client: Client, address: str, **changes: Any) -> Any:
    """Open a page, change some of its form and send it."""
    page = client.get(address)
    assert page.status_code == 200
    return client.post(address, {**fields_of(page), **changes})


def main_buttons(page: Any) -> int:
    """How many things the page asks to be done now; what waits in a template is not on it."""
    return re.sub(r"<template.*?</template>", "", page.content.decode(), flags=re.DOTALL).count("btn-main")


def kuripan(model: Any) -> Any:
    return model.objects.in_village(KURIPAN)


def checked(doing: Doing, case_id: str, **offer: Any) -> str:
    answers = {**LAWFUL_OFFER, "offer": {**LAWFUL_OFFER["offer"], **offer}}
    check_id = str(new_id())
    doing("cases.check_offer", check_id=check_id, case_id=case_id, answers=answers)
    return check_id


def talked(doing: Doing, family: Family, case_id: str, **changes: Any) -> None:
    said = {
        "permission": "given", "giver_capacity": "husband", "giver_id": str(family.budi.id), "disputed": False,
        "pressure": False, "candidate_confirms_alone": True, **changes,
    }  # fmt: skip
    doing("cases.record_family_talk", talk_id=str(new_id()), case_id=case_id, **said)


def lettered(doing: Doing, case_id: str) -> Letter:
    """The plan's letter, issued today."""
    doing("cases.issue_family_permission", letter_id=str(new_id()), case_id=case_id, agency="PT Contoh Karya")
    return kuripan(Letter).get()


def many_plans(family: Family, number: int) -> None:
    for _ in range(number):
        resident = Resident(
            id=new_id(), village_code=KURIPAN, household=family.household, person=Person.objects.create(),
            name="Warga", name_key="warga",
        )  # fmt: skip
        resident.save(force_insert=True)
        Case.objects.create(id=new_id(), village_code=KURIPAN, resident=resident, opened_on="2026-11-01")
