"""What the records of the learning centre say of the indicators: time alone changes some of them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from desmigratif.audit.models import Signal
from desmigratif.parenting.measures import reckon, recount
from desmigratif.parenting.tests.conftest import KURIPAN, Doing
from desmigratif.people.models import Resident

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.django_db


def recounted(code: str, until: date = TODAY) -> tuple[int, int]:
    return recount([KURIPAN], until).get((KURIPAN, until.replace(day=1), code), (0, 0))


def test_children_left_behind_are_counted_by_the_register_also_those_whom_the_centre_does_not_know(
    family: dict[str, Resident], rizky: UUID
) -> None:
    assert reckon(KURIPAN, TODAY)["D1"] == (1, 1) == recounted("D1")  # nobody wrote that the mother left

    Signal.objects.create(
        kind="worker_abroad", village_code=KURIPAN, household_id=family["Siti"].household_id,
        resident_id=family["Siti"].id, since=TODAY, privacy="personal",
    )  # fmt: skip
    assert reckon(KURIPAN, TODAY)["D1"] == (1, 2) == recounted("D1")
    assert reckon(KURIPAN, date(2035, 4, 1))["D1"] == (1, 2)  # grown up: at the centre still, of age no more


def test_a_birthday_alone_makes_a_child_one_who_must_learn(family: dict[str, Resident], doing: Doing) -> None:
    doing(
        "parenting.enrol_child", child_id=family["Putri"].id, resident_id=family["Putri"].id, parent="mother",
        caregiver_relation="father", caregiver_id=family["Slamet"].id, basis="consent", given_by="father",
    )  # fmt: skip

    later = date(2030, 11, 23)
    assert (reckon(KURIPAN, TODAY)["D4"], recounted("D4")) == ((0, 0), (0, 0))
    assert reckon(KURIPAN, later)["D4"] == (0, 1) == recounted("D4", later)


def test_silence_alone_makes_a_child_one_who_needs_a_plan(rizky: UUID, doing: Doing) -> None:
    said = {"parent": "mother", "caregiver_relation": "grandparent", "schooling": "primary"}
    doing("parenting.change_child", child_id=rizky, seen=1, last_contact_on="2026-11-20", **said)
    assert reckon(KURIPAN, TODAY)["D7"] == (0, 0)

    later = date(2027, 11, 23)
    assert reckon(KURIPAN, later)["D7"] == (0, 1) == recounted("D7", later)
