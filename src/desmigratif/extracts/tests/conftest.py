"""Forty plans of Kuripan and Garung, a complaint of the regency's eyes only, and who asks and who decides."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.cases.models import Case
from desmigratif.extracts.models import Extract
from desmigratif.people.models import Household, Person, Resident
from desmigratif.shared.ids import new_id

KURIPAN, GARUNG, WONOSOBO = "33.07.10.2004", "33.07.12.2007", "33.07"
PURPOSE = "Kajian umur dan negara tujuan calon pekerja untuk rencana pelatihan 2027."
ASKED: dict[str, Any] = {
    "subject": "departures", "region_code": WONOSOBO, "period": "2026", "purpose": PURPOSE, "ground": "study",
    "columns": ["wilayah", "jenis_kelamin", "umur", "negara", "keadaan"], "wanted_until": "2026-12-23",
}  # fmt: skip


@pytest.fixture(autouse=True)
def on_the_morning(morning: None) -> None:
    """Every test here is on the tests' morning."""


def plan(
    village: str, *, year: int = 1996, sex: str = "F", country: str = "HKG", state: str = "WORKING", **more: Any
) -> Case:
    """A resident with a plan, made without the door: only what the rows say matters here."""
    home = Household.objects.create(village_code=village)
    who = Resident.objects.create(
        village_code=village, household=home, person=Person.objects.create(), name="Rahasia Nama", sex=sex,
        name_key="rahasia nama", birth_date=date(year, 4, 21),
    )  # fmt: skip
    return Case.objects.create(
        village_code=village, resident=who, state=state, country=country, **{"opened_on": date(2026, 10, 5), **more}
    )


@pytest.fixture
def plans(places: None) -> list[Case]:
    """Of each village some of each kind, one alone among all, and both states in each kind."""
    made = [plan(KURIPAN, state=state) for state in ("WORKING", "INTENT") for _ in range(8)]
    made += [plan(GARUNG, state=state) for state in ("WORKING", "INTENT") for _ in range(6)]
    made += [plan(KURIPAN, sex="M", country="MYS", state=state) for state in ("WORKING", "INTENT") for _ in range(5)]
    return [*made, plan(GARUNG, year=1951, sex="M", country="BRN")]


@dataclass(frozen=True)
class Desk:
    """An extract going from who asks to who decides and back."""

    now: datetime
    analyst: Actor = field(default_factory=lambda: person(new_id(), "Sri Analis", ("ministry_analyst", "ID")))
    guard: Actor = field(default_factory=lambda: person(new_id(), "Dwi Pelindung", ("data_protection_officer", "ID")))

    def act(self, by: Actor, name: str, *, at: datetime | None = None, **given: Any) -> Any:
        return do(by, f"extracts.{name}", given, now=at or self.now, act_id=new_id())

    def asked(self, by: Actor | None = None, **other: Any) -> UUID:
        id = new_id()
        self.act(by or self.analyst, "ask_extract", extract_id=id, **{**ASKED, **other})
        return id

    def ready(self, **other: Any) -> Extract:
        id = self.asked(**other)
        self.act(self.guard, "approve_extract", extract_id=id, remark="Boleh.")
        return Extract.objects.everywhere().get(id=id)

    def take(self, extract: Extract, by: Actor | None = None, at: datetime | None = None) -> Any:
        return self.act(
            by or self.analyst, "take_extract", extract_id=extract.id, taking_id=new_id(), form="csv", at=at
        )


@pytest.fixture
def desk(plans: list[Case], now: datetime) -> Desk:
    return Desk(now)
