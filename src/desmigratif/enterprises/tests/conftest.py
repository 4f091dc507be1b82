"""Families of Kuripan, made up: Siti's husband Budi works abroad; Wati came back; Joko has nobody abroad."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.access.testing import SignIn
from desmigratif.audit import memory
from desmigratif.enterprises.models import Member
from desmigratif.people.models import Household, Resident
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

KURIPAN, KENANGA = "33.07.10.2004", "32.12.16.2004"
TODAY = date(2026, 11, 23)


@dataclass
class Village:
    """Kuripan with its mentor, and who could do business there."""

    mentor: Actor
    now: datetime
    people: dict[str, UUID]

    def do(self, name: str, /, *, by: Actor | None = None, **given: Any) -> dict[str, Any]:
        payload = {"village_code": KURIPAN, "on": TODAY, **given}
        return do(
            by or self.mentor,
            f"enterprises.{name.removeprefix('enterprises.')}",
            payload,
            now=self.now,
            act_id=new_id(),
        )

    def refused(self, name: str, /, **given: Any) -> tuple[str, str]:
        """Code and field of the first reason."""
        with pytest.raises(Refusal) as refusal:
            self.do(name, **given)
        reason = refusal.value.reasons[0]
        return reason.code, reason.field

    def chair(self, group_id: UUID) -> UUID:
        return Member.objects.in_village(KURIPAN).get(group=group_id, post="chair").id

    def resident(self, name: str) -> Resident:
        return Resident.objects.in_village(KURIPAN).get(id=self.people[name])

    def group(self, *names: str, group_name: str = "Kelompok Melati", on: date = date(2026, 9, 1)) -> UUID:
        """A group; the first of these is its chair."""
        id = new_id()
        members = [
            {"member_id": new_id(), "resident_id": self.people[name], "post": "member" if place else "chair"}
            for place, name in enumerate(names)
        ]
        self.do("form_group", group_id=id, name=group_name, trade="food", on=on, members=members)
        return id


@pytest.fixture
def village(places: None, officer: Actor, now: datetime, working: Callable[..., Any]) -> Village:
    people: dict[str, UUID] = {}
    homes = {
        "budi": [("Budi Santoso", "M", "head"), ("Siti Aminah", "F", "wife"), ("Rini Lestari", "F", "child")],
        "wati": [("Wati Rahayu", "F", "head")],
        "joko": [("Joko Widagdo", "M", "head"), ("Tuti Wulandari", "F", "wife")],
    }
    for family in homes.values():
        members = []
        for name, sex, relation in family:
            people[name.split()[0].lower()] = id = new_id()
            facts = {"sex": sex, "relation": relation, "birth_date": "1990-04-21"}
            members.append({"resident_id": id, "person_id": new_id(), "name": name, **facts})
        given = {"household_id": new_id(), "village_code": KURIPAN, "on": TODAY, "hamlet": "Krajan", "members": members}
        do(officer, "people.register_household", given, now=now, act_id=new_id())
    mentor = person(new_id(), "Pendamping", ("enterprise_mentor", KURIPAN))
    found = Village(mentor, now, people)
    with working(officer):
        for name, kind in (("budi", "worker_abroad"), ("wati", "returned")):
            home = Household.objects.in_village(KURIPAN).get(members=people[name])
            since = date(2026, 8, 1)
            memory.set_signal(kind, village_code=KURIPAN, household_id=home.id, resident_id=people[name], since=since)
    return found


@pytest.fixture
def enter(sign_in: SignIn) -> Callable[..., Client]:
    """`enter("enterprise_mentor")`: a browser of somebody with this role in Kuripan, on the morning of the tests."""
    return lambda role, region=KURIPAN: sign_in(role, region)
