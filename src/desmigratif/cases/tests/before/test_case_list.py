"""The list of plans: narrowed by state, holder, lateness, country, hamlet, name and village; page by page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from desmigratif.cases.models import Case, FollowUp
from desmigratif.cases.tests.before.test_journey_views import signed_in
from desmigratif.cases.tests.conftest import KURIPAN, LAWFUL_OFFER, Doing, Family
from desmigratif.cases.tests.pages import many_plans
from desmigratif.people.models import Household
from desmigratif.shared.ids import new_id

pytestmark = pytest.mark.django_db
LIST = "cases:cases"


@pytest.fixture(autouse=True)
def morning(settings: Any) -> Iterator[None]:
    settings.SECOND_FACTOR_REQUIRED = False
    with time_machine.travel("2026-12-01T03:15:00Z", tick=False):
        yield


@pytest.fixture
def desk(places: None) -> Client:
    return signed_in("village_officer")


@pytest.fixture
def plans(family: Family, doing: Doing, case_id: str) -> None:
    """Siti wants to Hong Kong, her husband Budi somewhere; each has first steps that are late by now."""
    Case.objects.in_village(KURIPAN).filter(id=case_id).update(country="HKG")
    doing("cases.open_case", case_id=str(new_id()), resident_id=str(family.budi.id))
    doing("cases.take_step", case_id=case_id, step="civil_papers", seen=1, holder="agency")
    home = Household.objects.create(village_code=KURIPAN, hamlet="Sikapat")
    type(family.budi).objects.in_village(KURIPAN).filter(id=family.budi.id).update(household=home)


def names(page: Any) -> list[str]:
    return sorted(row["name"] for row in page.context["rows"])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Budi Santoso", "Siti Aminah"]),
        ("negara=HKG", ["Siti Aminah"]),
        ("dusun=Sikapat", ["Budi Santoso"]),
        ("nama=budi", ["Budi Santoso"]),
        ("nama=MINAH", ["Siti Aminah"]),
        ("pemegang=agency", ["Siti Aminah"]),
        ("pemegang=agency&terlambat=on", []),
        ("pemegang=village_officer&terlambat=on", ["Budi Santoso", "Siti Aminah"]),
        ("langkah=INTENT&negara=HKG", ["Siti Aminah"]),
        ("pemegang=nobody&negara=XXX&dusun=Tidak+ada", ["Budi Santoso", "Siti Aminah"]),
        ("tanya=on", []),
        ("desa=32.12.16.2004", ["Budi Santoso", "Siti Aminah"]),
    ],
)
def test_the_list_is_narrowed_and_nonsense_narrows_nothing(
    desk: Client, plans: None, query: str, found: list[str]
) -> None:
    assert names(desk.get(f"{reverse(LIST)}?{query}")) == found


def test_whoever_must_be_asked_again_is_a_list_from_the_day_it_is_due(plans: None, doing: Doing, case_id: str) -> None:
    answers = {"offer": {**LAWFUL_OFFER["offer"], "country": "SAU", "visa": "umrah"}}
    doing("cases.check_offer", check_id=str(new_id()), case_id=case_id, answers=answers)
    due = FollowUp.objects.in_village(KURIPAN).get().due_on

    for role, day, waiting in (
        ("village_head", due - timedelta(days=1), []), ("village_officer", due, ["Siti Aminah"]),
    ):  # fmt: skip
        with time_machine.travel(f"{day}T03:15:00Z", tick=False):
            assert names(signed_in(role).get(f"{reverse(LIST)}?tanya=on")) == waiting


def test_nothing_found_is_said_and_can_be_widened(desk: Client, plans: None) -> None:
    page = desk.get(f"{reverse(LIST)}?nama=tidakada").content.decode()

    assert "Tidak ada rencana yang cocok" in page
    assert "Hapus saringan" in page


def test_a_coordinator_drills_into_one_village_and_not_into_another_regency(plans: None) -> None:
    coordinator, elsewhere = signed_in("regency_coordinator", "33.07"), signed_in("regency_coordinator", "32.12")

    page = coordinator.get(f"{reverse(LIST)}?desa={KURIPAN}&terlambat=on")

    assert names(page) == ["Budi Santoso", "Siti Aminah"]
    assert "Hanya Desa Kuripan, Kec. Watumalang." in page.content.decode()
    assert names(coordinator.get(f"{reverse(LIST)}?desa=33.07.12.2007")) == []
    assert names(elsewhere.get(f"{reverse(LIST)}?desa={KURIPAN}")) == []


def test_every_plan_stands_on_one_page_of_the_list(desk: Client, family: Family) -> None:
    many_plans(family, 120)
    shown, address = [], f"{reverse(LIST)}?langkah=INTENT"
    for _ in range(3):
        page = desk.get(address)
        shown += [row["url"] for row in page.context["rows"]]
        address = f"{reverse(LIST)}?{page.context['page_query']}setelah={page.context['page'].cursor}"

    assert (len(shown), len(set(shown))) == (120, 120)
    assert not page.context["page"].cursor
    assert "Kembali ke awal" in page.content.decode()


def test_narrowing_costs_no_more_questions(desk: Client, plans: None, django_assert_num_queries: Any) -> None:
    address = f"{reverse(LIST)}?pemegang=agency&terlambat=on&negara=HKG&dusun=Krajan&nama=siti"
    desk.get(address)

    with django_assert_num_queries(11):
        assert desk.get(address).status_code == 200
