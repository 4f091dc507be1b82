"""Two people who look like one are told apart once, and stay so until somebody doubts again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from desmigratif.access.actor import Actor
from desmigratif.access.door import do
from desmigratif.audit.models import Event
from desmigratif.people.models import Resident, ToldApart
from desmigratif.people.queries.doubles import decided_pairs, pairs_alike
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

KURIPAN = "33.07.10.2004"
Family = dict[str, Resident]
pytestmark = pytest.mark.django_db


@pytest.fixture
def twins(officer: Actor, now: datetime) -> list[Resident]:
    """Three records with one name and birth date, from a time when nobody was asked whether they differ."""
    ids = [new_id() for _ in range(3)]
    members = [{"resident_id": one, "person_id": new_id(), "name": f"Kembar {n}"} for n, one in enumerate(ids)]
    given = {"village_code": KURIPAN, "household_id": new_id(), "on": "2026-11-20", "members": members}
    do(officer, "people.register_household", given, now=now, act_id=new_id())
    Resident.objects.in_village(KURIPAN).update(name="Kembar", name_key="kembar", birth_date="1990-01-01")
    return sorted(Resident.objects.in_village(KURIPAN), key=lambda row: row.id)


def say(by: Actor, now: datetime, name: str, first: Resident, second: Resident) -> None:
    given = {"village_code": KURIPAN, "first_id": first.id, "second_id": second.id, "on": "2026-11-23"}
    do(by, name, given, now=now, act_id=new_id())


def refused(by: Actor, now: datetime, name: str, first: Resident, second: Resident) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        say(by, now, name, first, second)
    assert all(reason.text for reason in refusal.value.reasons)
    return [reason.code for reason in refusal.value.reasons]


def listed(by: Actor) -> list[tuple[Any, Any]]:
    return [(pair.first.id, pair.second.id) for pair in pairs_alike(by, KURIPAN)[0]]


def test_a_pair_told_apart_leaves_the_list_and_the_others_stay(
    officer: Actor, twins: list[Resident], now: datetime
) -> None:
    one, two, three = twins
    assert listed(officer) == [(one.id, two.id), (one.id, three.id)]

    say(officer, now, "people.tell_apart", two, one)
    assert listed(officer) == [(one.id, three.id)]

    say(officer, now, "people.tell_apart", one, three)
    assert listed(officer) == [(two.id, three.id)], "the other two may still be one person"


def test_it_says_who_decided_and_when(officer: Actor, twins: list[Resident], now: datetime) -> None:
    say(officer, now, "people.tell_apart", twins[0], twins[1])

    (decided,) = decided_pairs(officer, KURIPAN)
    event = Event.objects.get(event="residents.told_apart")
    assert (decided.first, decided.second, decided.on.isoformat()) == (twins[0], twins[1], "2026-11-23")
    assert ToldApart.objects.get().decided_by == officer.id
    assert len(event.subjects) == 2


def test_doubting_again_lists_the_pair_again(officer: Actor, twins: list[Resident], now: datetime) -> None:
    say(officer, now, "people.tell_apart", twins[0], twins[1])

    say(officer, now, "people.doubt_again", twins[1], twins[0])

    assert (twins[0].id, twins[1].id) in listed(officer)
    assert decided_pairs(officer, KURIPAN) == []


def test_saying_it_twice_or_taking_nothing_back_is_a_sentence(
    officer: Actor, twins: list[Resident], now: datetime
) -> None:
    one, two, _three = twins
    assert refused(officer, now, "people.doubt_again", one, two) == ["not_told_apart"]
    assert refused(officer, now, "people.tell_apart", one, one) == ["same_record"]

    say(officer, now, "people.tell_apart", one, two)

    assert refused(officer, now, "people.tell_apart", two, one) == ["already_told_apart"]


def test_who_was_told_apart_is_not_merged(officer: Actor, twins: list[Resident], now: datetime) -> None:
    one, two, _three = twins
    say(officer, now, "people.tell_apart", one, two)

    given = {
        "village_code": KURIPAN, "merge_id": new_id(), "kept_id": one.id, "merged_id": two.id, "seen_kept": 1,
        "seen_merged": 1, "on": "2026-11-23", "reason": "KTP cocok",
    }  # fmt: skip
    with pytest.raises(Refusal) as refusal:
        do(officer, "people.merge_residents", given, now=now, act_id=new_id())

    assert [reason.code for reason in refusal.value.reasons] == ["told_apart"]


def test_saying_so_while_registering_is_remembered(officer: Actor, family: Family, now: datetime) -> None:
    member = {"resident_id": new_id(), "person_id": new_id(), "name": "SITI AMINAH", "birth_date": "1992-05-12"}
    given = {
        "village_code": KURIPAN, "household_id": family["Siti"].household_id, "on": "2026-11-20", "member": member,
        "known_to_differ": True,
    }  # fmt: skip

    do(officer, "people.register_resident", given, now=now, act_id=new_id())

    assert listed(officer) == []
    assert ToldApart.objects.get().first_id == family["Siti"].id


def test_a_stranger_decides_nothing(
    stranger: Actor, officer: Actor, ministry: Actor, twins: list[Resident], now: datetime
) -> None:
    assert refused(stranger, now, "people.tell_apart", *twins[:2]) == ["not_found"]
    assert refused(ministry, now, "people.tell_apart", *twins[:2]) == ["not_found"]
    say(officer, now, "people.tell_apart", *twins[:2])

    assert refused(stranger, now, "people.doubt_again", *twins[:2]) == ["not_found"]


def test_the_pages_say_it_remember_it_and_take_it_back(desk: Client, twins: list[Resident]) -> None:
    compare = reverse("people:compare", args=[twins[0].id, twins[1].id])
    decide = reverse("people:tell_apart", args=[twins[0].id, twins[1].id])
    assert decide in desk.get(compare).content.decode()

    said = desk.post(decide, {"act_id": new_id()}, follow=True).content.decode()
    decided = desk.get(compare).content.decode()
    back = desk.post(decide, {"act_id": new_id(), "ragu": "ya"}, follow=True).content.decode()

    assert "Dicatat: bukan orang yang sama." in said
    assert "Wahyu Utomo" in said
    assert "Gabungkan kedua berkas" not in decided
    assert "Pada 23 November 2026 dicatat" in decided
    assert "Keputusan dibatalkan." in back
    assert "Gabungkan kedua berkas" in back
