"""Who may give the family's permission: by sex, age and capacity, as far as the register knows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desmigratif.cases.models import FamilyTalk
from desmigratif.cases.rules.letters.permission import Giver, reasons_giver_may_not
from desmigratif.cases.tests.before.test_journey_steps import codes
from desmigratif.cases.tests.conftest import KURIPAN, Doing, Family
from desmigratif.people.models import Resident
from desmigratif.shared.ids import new_id

TODAY, CANDIDATE = date(2026, 11, 23), date(1996, 4, 21)


def found(capacity: str, sex: str, born: date | None) -> list[str]:
    reasons = reasons_giver_may_not(Giver(capacity, sex, born), candidate_birth_date=CANDIDATE, today=TODAY)
    return [reason.code for reason in reasons]


@pytest.mark.parametrize(
    ("capacity", "sex", "born", "expected"),
    [
        ("husband", "M", date(1992, 1, 3), []),
        ("husband", "F", date(1992, 1, 3), ["giver_does_not_fit"]),
        ("father", "F", date(1970, 1, 1), ["giver_does_not_fit"]),
        ("wife", "M", date(1992, 1, 3), ["giver_does_not_fit"]),
        ("mother", "M", date(1970, 1, 1), ["giver_does_not_fit"]),
        ("husband", "", None, []),
        ("wife", "F", date(2009, 6, 1), []),  # married, so of age
        ("guardian", "M", date(2008, 11, 24), ["giver_under_age"]),
        ("guardian", "M", date(2008, 11, 23), []),
        ("other", "F", date(2011, 7, 9), ["giver_under_age"]),
        ("mother", "F", CANDIDATE, ["giver_too_young"]),
        ("mother", "F", date(1996, 4, 20), []),
    ],
)
def test_what_the_register_says_of_a_giver(capacity: str, sex: str, born: date | None, expected: list[str]) -> None:
    assert found(capacity, sex, born) == expected


@pytest.mark.django_db
def test_a_permission_by_a_child_or_by_the_wrong_person_is_not_kept(family: Family, doing: Doing, case_id: str) -> None:
    def talk(giver: Resident, capacity: str, permission: str = "given") -> Any:
        return doing(
            "cases.record_family_talk", talk_id=str(new_id()), case_id=case_id, permission=permission,
            giver_capacity=capacity, giver_id=str(giver.id),
        )  # fmt: skip

    assert codes(lambda: talk(family.rini, "guardian")) == ["giver_under_age"]
    assert codes(lambda: talk(family.rini, "husband")) == ["giver_does_not_fit"]
    assert not FamilyTalk.objects.in_village(KURIPAN).exists()
    talk(family.rini, "guardian", permission="refused")  # what a child says is heard; it just gives no permission
    talk(family.budi, "husband")

    assert FamilyTalk.objects.in_village(KURIPAN).count() == 2
