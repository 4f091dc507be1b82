"""What the service centre's records say of the indicators: facts of single acts, and what is reckoned and recounted."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest
from django.db.models import Sum

from desmigratif.access.actor import person
from desmigratif.access.door import do
from desmigratif.audit.models import FactDelta
from desmigratif.cases.measures import reckon, recount
from desmigratif.cases.rules.before.visits import topics_on
from desmigratif.cases.rules.papers.requirements import article_13_missing
from desmigratif.cases.tests.before.test_journey_steps import inform, leave, ready
from desmigratif.cases.tests.conftest import KURIPAN, LAWFUL_OFFER, Doing, Family
from desmigratif.people.models import Resident
from desmigratif.shared.ids import new_id

KENANGA = "32.12.16.2004"
TODAY, NOVEMBER = date(2026, 11, 23), date(2026, 11, 1)
pytestmark = pytest.mark.django_db


def figures(code: str, **where: Any) -> tuple[int, int]:
    rows = FactDelta.objects.filter(code=code, **where).aggregate(n=Sum("numerator"), d=Sum("denominator"))
    return rows["n"] or 0, rows["d"] or 0


def recounted(code: str, month: date = NOVEMBER) -> tuple[int, int]:
    return recount([KURIPAN], TODAY).get((KURIPAN, month, code), (0, 0))


def test_full_information_counts_with_the_letter_whichever_came_first(
    family: Family, doing: Doing, office: None, case_id: str
) -> None:
    ready(family, doing, case_id)
    assert figures("A3") == (1, 1) == recounted("A3")

    stop = copy.deepcopy(LAWFUL_OFFER)
    stop["offer"]["visa"] = "visit"
    doing("cases.check_offer", check_id=str(new_id()), case_id=case_id, answers=stop)
    inform(doing, case_id, list(topics_on(TODAY))[:1])
    assert figures("A3") == (1, 1) == recounted("A3")


def test_a_departure_says_whether_all_eight_papers_were_there_and_what_was_paid(
    family: Family, doing: Doing, office: None, case_id: str
) -> None:
    ready(family, doing, case_id)
    for paid, component in ((2_000_000, "agency_fee"), (500_000, "medical")):
        doing("cases.record_cost", cost_id=str(new_id()), case_id=case_id, component=component, paid_rupiah=paid)
    leave(doing, case_id)

    said = reckon(KURIPAN, TODAY)
    assert figures("A13") == (0, 1) == recounted("A13")
    assert (said["A16:2026-11"], said["A17:2026-11"]) == ((0, 1), (2_500_000, 1))  # a house manager pays nothing
    assert (recounted("A16"), recounted("A17")) == ((0, 1), (2_500_000, 1))


def test_eight_papers_are_the_eight_letters_of_the_law() -> None:
    held = {
        "marriage_book", "spouse_permission", "competence_certificate", "medical_exam", "passport", "visa",
        "placement_agreement", "employment_contract",
    }  # fmt: skip
    assert article_13_missing(held, on=TODAY) == frozenset()
    assert article_13_missing(held - {"visa", "passport"}, on=TODAY) == {"e", "f"}
    assert article_13_missing((), on=TODAY) == set("abcdefgh")


def test_a_person_is_informed_once_a_quarter_also_when_two_records_became_one(family: Family, doing: Doing) -> None:
    topic = list(topics_on(TODAY))[:1]
    for on, topics in (("2026-07-02", topic), ("2026-10-05", []), ("2026-10-09", topic), ("2026-11-20", topic)):
        visit = {"resident_id": str(family.siti.id), "purpose": "other", "place": "hall"}
        doing("cases.record_visit", visit_id=str(new_id()), on=on, topics=topics, **visit)
    doing(
        "cases.record_visit", visit_id=str(new_id()), resident_id=str(family.budi.id), topics=topic, purpose="other",
        place="hall",
    )  # fmt: skip

    assert {name: sums for name, sums in reckon(KURIPAN, TODAY).items() if name.startswith("A2:")} == {
        "A2:2026-07": (1, 0), "A2:2026-10": (1, 0), "A2:2026-11": (1, 0),
    }  # fmt: skip
    Resident.objects.in_village(KURIPAN).filter(id=family.budi.id).update(
        merged_into=family.siti.id, life_status="invalid"
    )
    assert "A2:2026-11" not in reckon(KURIPAN, TODAY)
    assert (recounted("A2", date(2026, 10, 1)), recounted("A2")) == ((1, 0), (0, 0))


def test_a_stopped_offer_is_averted_when_the_plan_ends(family: Family, doing: Doing, case_id: str) -> None:
    stop = copy.deepcopy(LAWFUL_OFFER)
    stop["offer"]["visa"] = "visit"
    doing("cases.check_offer", check_id=str(new_id()), case_id=case_id, answers=stop)
    assert reckon(KURIPAN, TODAY)["A9:2026-11"] == (0, 1) == recounted("A9")

    doing("cases.exit_case", case_id=case_id, exit="WITHDREW")
    assert reckon(KURIPAN, TODAY)["A9:2026-11"] == (1, 1) == recounted("A9")


def test_who_is_abroad_with_an_unknown_past_counts_as_unknown(family: Family, doing: Doing) -> None:
    doing(
        "cases.record_found_abroad", case_id=str(new_id()), resident_id=str(family.siti.id), country="HKG",
        procedural_status="UNKNOWN",
    )  # fmt: skip

    said = reckon(KURIPAN, TODAY)
    assert (said["A6"], said["F10"]) == ((1, 1), (None, 0))
    assert (recounted("A6"), recounted("A18"), recounted("F10")) == ((1, 1), (1, 1), (0, 0))


def test_a_complaint_that_turns_out_to_be_of_another_village_counts_there_alone(
    family: Family, doing: Doing, now: Any
) -> None:
    told = str(new_id())
    both = person(new_id(), "Dua desa", ("village_officer", KURIPAN), ("village_officer", KENANGA))
    doing(
        "cases.record_complaint", complaint_id=told, village_code=KENANGA, channel="desk", kind="UNPAID_WAGE",
        story="Upah belum dibayar.", by=both,
    )  # fmt: skip
    triage = {
        "complaint_id": told, "village_code": KENANGA, "kind": "UNPAID_WAGE", "emergency": False,
        "resident_id": str(family.siti.id),
    }  # fmt: skip
    do(both, "cases.triage_complaint", triage, now=now, act_id=new_id())

    for code, sums in {"B1": (1, 0), "B2": (1, 1), "B3": (0, 1)}.items():
        assert (figures(code, village_code=KENANGA), figures(code, village_code=KURIPAN)) == ((0, 0), sums)
        assert recounted(code) == sums
