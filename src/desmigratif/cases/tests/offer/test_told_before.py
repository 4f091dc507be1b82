"""What returnees told of a company or a recruiter becomes a question at later offers; nobody is recognised by it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from desmigratif.cases.models import Broker, BrokerMet, Case, Experience, OfferCheck
from desmigratif.cases.queries.back.experience import told_of_agency
from desmigratif.cases.tests.conftest import KURIPAN, LAWFUL_OFFER, Doing, Family
from desmigratif.cases.views.offer.told_before import told_before
from desmigratif.people.models import Household, Person, Resident
from desmigratif.placement.rules.matching import company_key
from desmigratif.shared.ids import new_id

Told = Callable[..., None]
Checked = Callable[[], OfferCheck]


@pytest.fixture
def told(family: Family) -> Told:
    """So many people of another village came back and told the same."""

    def run(count: int, *, agency: str = "", person: Person | None = None, **said: Any) -> None:
        for _ in range(count):
            village = "32.12.16.2004"
            home = Household.objects.create(village_code=village)
            resident = Resident.objects.create(
                id=new_id(), village_code=village, household=home, person=person or Person.objects.create(),
                name="Orang Contoh", name_key="orang contoh",
            )  # fmt: skip
            case = Case.objects.create(
                village_code=village, resident=resident, opened_on=date(2024, 1, 1), state="RETURNED"
            )
            Experience.objects.create(
                village_code=village, case=case, on=date(2026, 1, 1), agency=agency, agency_key=company_key(agency),
                **said,
            )  # fmt: skip

    return run


@pytest.fixture
def checked(doing: Doing, case_id: str) -> Checked:
    def run() -> OfferCheck:
        answers, check_id = copy.deepcopy(LAWFUL_OFFER), str(new_id())
        doing("cases.check_offer", check_id=check_id, case_id=case_id, answers=answers)
        return OfferCheck.objects.in_village(KURIPAN).get(id=check_id)

    return run


def texts(check: OfferCheck) -> str:
    return " ".join(line["text"] for line in told_before(check.list_facts))


def test_what_three_told_alike_is_a_question_at_the_next_offer_and_changes_no_level(
    told: Told, checked: Checked
) -> None:
    calm = checked()
    told(3, agency="P.T. Tjontoh Karya", paid_more=True)
    told(2, agency="PT Contoh Karya", papers_held=True)

    check = checked()

    assert told_before(calm.list_facts) == []
    assert (check.level, check.flags) == (calm.level, calm.flags)
    assert "bercerita: membayar di luar aturan." in texts(check)
    assert "Minta rincian biaya tertulis" in texts(check)
    assert "ditahan" not in texts(check)


def test_one_person_who_told_three_times_is_one_and_so_is_nobody(told: Told, checked: Checked) -> None:
    told(3, agency="PT Contoh Karya", person=Person.objects.create(), paid_more=True)
    told(9, agency="", paid_more=True)

    assert texts(checked()) == ""


def test_a_recruiter_of_the_same_telephone_is_known_in_every_village(
    told: Told, checked: Checked, case_id: str
) -> None:
    here, there = (
        Broker.objects.create(village_code=code, name="Bang Contoh", name_key="bang contoh", phone_index="sama")
        for code in (KURIPAN, "32.12.16.2004")
    )
    told(3, broker=there, promises_kept=False)
    BrokerMet.objects.create(village_code=KURIPAN, case_id=case_id, broker=here, on=date(2026, 11, 1))

    assert "pulang lewat perekrut ini bercerita: pekerjaan atau upahnya lain" in texts(checked())


def test_ones_own_story_is_not_told_back_to_one(told: Told, family: Family, case_id: str) -> None:
    case = Case.objects.in_village(KURIPAN).get(id=case_id)
    told(2, agency="PT Contoh Karya", paid_more=True)
    Experience.objects.create(
        village_code=KURIPAN, case=case, on=date(2026, 1, 1), agency_key=company_key("PT Contoh Karya"), paid_more=True
    )

    assert told_of_agency("PT Contoh Karya", case)["paid_more"] == 2
