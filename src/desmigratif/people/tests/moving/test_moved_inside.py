"""What is under way follows a person who moves to another family of the village."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from desmigratif.access.actor import Actor
from desmigratif.access.door import do
from desmigratif.people.models import Household, Resident
from desmigratif.people.queries.household import household_file
from desmigratif.people.queries.moves import records_here
from desmigratif.shared.ids import new_id

KURIPAN, TODAY = "33.07.10.2004", date(2026, 11, 23)
Family = dict[str, Resident]
pytestmark = pytest.mark.django_db


@pytest.fixture
def moved(places: None, officer: Actor, family: Family, now: datetime) -> Resident:
    """Siti, who has a plan to work abroad, moves to a family of her own."""
    case = {"village_code": KURIPAN, "case_id": new_id(), "resident_id": family["Siti"].id, "on": "2026-11-21"}
    do(officer, "cases.open_case", case, now=now, act_id=new_id())
    arrived = new_id()
    given = {
        "village_code": KURIPAN, "move_id": new_id(), "resident_id": family["Siti"].id, "on": "2026-11-22",
        "seen_version": 1, "to_village_code": KURIPAN,
        "arrival": {"resident_id": arrived, "household_id": new_id(), "relation": "head", "hamlet": "Sawah"},
    }  # fmt: skip
    do(officer, "people.transfer_resident", given, now=now, act_id=new_id())
    return Resident.objects.in_village(KURIPAN).select_related("household").get(id=arrived)


def states(by: Actor, household: Household) -> dict[str, list[Any]]:
    file = household_file(by, household, today=TODAY)
    return {member.name: [label for _state, label in member.states] for member in file.members}


def test_the_plan_shows_in_the_new_family_and_not_in_the_old(officer: Actor, family: Family, moved: Resident) -> None:
    old = household_file(officer, family["Siti"].household, today=TODAY)
    new = household_file(officer, moved.household, today=TODAY)

    assert states(officer, moved.household)["Siti Aminah"] != []
    assert states(officer, family["Siti"].household)["Siti Aminah"] == ["Pindah"]
    assert [p for p in old.proposals if p.resident_id == family["Siti"].id] == []
    assert any(moment.entry.link.startswith("cases:case:") for moment in new.moments)


def test_the_plan_leads_from_the_new_family_to_its_page(desk: Client, moved: Resident) -> None:
    page = desk.get(reverse("people:household", args=[moved.household_id])).content.decode()

    assert "/pelayanan/" in page


def test_each_record_leads_to_the_other(desk: Client, family: Family, moved: Resident) -> None:
    old = desk.get(reverse("people:resident", args=[family["Siti"].id])).content.decode()
    new = desk.get(reverse("people:resident", args=[moved.id])).content.decode()

    assert reverse("people:resident", args=[moved.id]) in old
    assert "Buka berkasnya yang sekarang" in old
    assert "Lihat berkas lamanya" in new


def test_the_record_that_stands_comes_first(family: Family, moved: Resident) -> None:
    for row in (family["Siti"], moved):
        assert [one.id for one in records_here(row)] == [moved.id, family["Siti"].id]


def test_the_pages_of_the_plan_lead_to_the_family_of_today(desk: Client, moved: Resident) -> None:
    listed = desk.get(reverse("cases:cases")).context["rows"][0]
    page = desk.get(listed["url"])

    assert page.context["person"]["url"] == reverse("people:household", args=[moved.household_id])
    assert "Dusun Sawah" in page.context["person"]["facts"]


def test_the_page_asks_for_a_home_when_save_is_pressed_too_early(
    places: None, desk: Client, family: Family, now: datetime
) -> None:
    siti = family["Siti"]
    address = reverse("people:transfer_resident", args=[siti.id])
    ids = {name: str(new_id()) for name in ("act_id", "move_id", "resident_id", "household_id")}

    page = desk.post(address, {**ids, "seen_version": "1", "where": "inside", "on": "22-11-2026", "relation": ""})

    assert "Tulis dulu di keluarga mana ia tinggal. Isi nomor KK keluarganya" in page.content.decode()
    siti.refresh_from_db()
    assert siti.life_status == "alive"
