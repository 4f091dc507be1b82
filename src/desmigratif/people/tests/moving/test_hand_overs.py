"""One service hands a family over to another; it waits, and it is answered with a yes or with a reason."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import Act, do, perform
from desmigratif.access.keys.subject_keys import erase_key
from desmigratif.audit.models import Event, Outcome, TimelineEntry
from desmigratif.people.actions.hand_overs import hand_over
from desmigratif.people.models import HandOver, Resident
from desmigratif.people.queries.hand_overs import waiting_for
from desmigratif.people.rules import hand_overs as rules
from desmigratif.people.rules.hand_overs import PARENTING, PILLARS, declines_on, kinds_on
from desmigratif.shared.ids import new_id

KURIPAN, KENANGA = "33.07.10.2004", "32.12.16.2004"
TODAY = date(2026, 11, 23)
Family = dict[str, Resident]


def handing(family: Family, **changes: Any) -> dict[str, Any]:
    return {
        "hand_over_id": new_id(), "village_code": KURIPAN, "household_id": family["Siti"].household_id,
        "resident_id": family["Siti"].id, "kind": "children_left_behind", "on": TODAY, **changes,
    }  # fmt: skip


def hand(by: Actor, now: datetime, family: Family, **changes: Any) -> UUID:
    given = handing(family, **changes)
    return UUID(do(by, "people.hand_over_household", given, now=now, act_id=new_id())["id"])


def answer(by: Actor, now: datetime, hand_over_id: UUID, **changes: Any) -> dict[str, Any]:
    given = {"hand_over_id": hand_over_id, "village_code": KURIPAN, "on": TODAY, "taken": True, **changes}
    return do(by, "people.answer_hand_over", given, now=now, act_id=new_id())


def codes_of(by: Actor, now: datetime, name: str, given: dict[str, Any]) -> list[str]:
    receipt = perform(by, Act(name, new_id(), given), now=now)
    assert receipt.outcome == Outcome.REFUSED
    return [reason["code"] for reason in receipt.reasons]


def test_every_kind_leads_from_one_pillar_to_another_and_says_why() -> None:
    for kind in kinds_on(TODAY).values():
        assert kind.from_pillar in PILLARS and kind.to_pillar in PILLARS
        assert kind.from_pillar != kind.to_pillar
        assert kind.why_for("Siti").endswith(".")
    assert declines_on(TODAY)


def test_a_kind_that_is_none_and_one_that_waits_are_refused() -> None:
    assert [r.code for r in rules.reasons_not_to_hand_over("holiday", on=TODAY, waiting=False)] == ["unknown_kind"]
    waiting = rules.reasons_not_to_hand_over("spouse_training", on=TODAY, waiting=True)
    assert [r.code for r in waiting] == ["already_handed_over"]
    assert rules.reasons_not_to_hand_over("spouse_training", on=TODAY, waiting=False) == []


@pytest.mark.django_db
def test_it_waits_for_the_other_pillar_with_no_more_than_a_name_a_hamlet_and_why(
    family: Family, officer: Actor, now: datetime
) -> None:
    hand(officer, now, family)

    (one,) = waiting_for(officer, PARENTING)
    assert (one.name, one.hamlet, one.title) == ("Siti Aminah", "Krajan", "Undang anak-anak ke rumah belajar")
    assert one.why.startswith("Siti berangkat")
    assert TimelineEntry.objects.filter(kind="hand_over.made").count() == 1
    assert Event.objects.filter(event="hand_over.made").count() == 1


@pytest.mark.django_db
def test_the_same_one_is_not_handed_over_twice_while_it_waits(family: Family, officer: Actor, now: datetime) -> None:
    first = hand(officer, now, family)
    assert codes_of(officer, now, "people.hand_over_household", handing(family)) == ["already_handed_over"]

    answer(officer, now, first)
    assert hand(officer, now, family) != first


@pytest.mark.django_db
def test_another_action_hands_over_inside_its_own_unit_and_twice_is_once(
    family: Family, officer: Actor, working: Any
) -> None:
    with working(officer):
        home = family["Siti"].household
        first = hand_over(kind="spouse_training", household=home, resident=family["Siti"], on=TODAY)
        assert hand_over(kind="spouse_training", household=home, resident=family["Siti"], on=TODAY).id == first.id


@pytest.mark.django_db
def test_a_no_needs_one_of_the_reasons(family: Family, officer: Actor, now: datetime) -> None:
    given = {"hand_over_id": hand(officer, now, family), "village_code": KURIPAN, "on": TODAY, "taken": False}
    assert codes_of(officer, now, "people.answer_hand_over", given) == ["reason_missing"]
    assert codes_of(officer, now, "people.answer_hand_over", {**given, "because": "bad_mood"}) == ["unknown_reason"]

    answer(officer, now, given["hand_over_id"], taken=False, because="family_does_not_want")
    assert waiting_for(officer, PARENTING) == []
    assert codes_of(officer, now, "people.answer_hand_over", {**given, "taken": True}) == ["already_answered"]


@pytest.mark.django_db
def test_an_answer_before_the_hand_over_is_refused(family: Family, officer: Actor, now: datetime) -> None:
    given = {
        "hand_over_id": hand(officer, now, family), "village_code": KURIPAN, "on": TODAY - timedelta(days=1),
        "taken": True,
    }  # fmt: skip
    assert codes_of(officer, now, "people.answer_hand_over", given) == ["before_hand_over"]


@pytest.mark.django_db
def test_a_stranger_neither_hands_over_nor_answers(
    family: Family, officer: Actor, stranger: Actor, now: datetime
) -> None:
    assert codes_of(stranger, now, "people.hand_over_household", handing(family)) == ["not_found"]
    given = {"hand_over_id": hand(officer, now, family), "village_code": KURIPAN, "on": TODAY, "taken": True}
    assert codes_of(stranger, now, "people.answer_hand_over", given) == ["not_found"]
    assert waiting_for(stranger, PARENTING) == []


@pytest.mark.django_db
def test_only_the_pillar_that_it_is_for_answers(family: Family, officer: Actor, now: datetime) -> None:
    treasurer = person(new_id(), "Bendahara", ("cooperative_treasurer", KURIPAN))
    for_parenting = hand(officer, now, family)
    for_cooperative = hand(officer, now, family, kind="saving_plan")

    given = {"hand_over_id": for_parenting, "village_code": KURIPAN, "on": TODAY, "taken": True}
    assert codes_of(treasurer, now, "people.answer_hand_over", given) == ["not_found"]
    answer(treasurer, now, for_cooperative)
    assert HandOver.objects.in_village(KURIPAN).get(id=for_cooperative).taken is True


@pytest.mark.django_db
def test_the_database_keeps_half_an_answer_out(family: Family, officer: Actor, now: datetime) -> None:
    rows = HandOver.objects.in_village(KURIPAN).filter(id=hand(officer, now, family))

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(taken=False, answered_on=TODAY)


@pytest.mark.django_db
def test_pages_hand_over_list_and_answer(family: Family, desk: Client, sign_in: Any) -> None:
    address = reverse("people:hand_over_household", args=[family["Siti"].household_id])
    form = desk.get(address).context["form"]
    sent = {"act_id": form["act_id"].value(), "record_id": form["record_id"].value(), "kind": "saving_plan"}
    assert desk.post(address, sent).status_code == 302
    (handed,) = HandOver.objects.in_village(KURIPAN)
    assert handed.resident_id is None

    treasurer = sign_in("cooperative_treasurer", KURIPAN)
    page = treasurer.get(reverse("people:hand_overs")).content.decode()
    assert "Tawarkan tabungan kiriman" in page
    assert str(handed.household_id) not in page  # the cooperative opens no file of a family
    answered = {"act_id": new_id(), "because": "no_place"}
    assert treasurer.post(reverse("people:answer_hand_over", args=[handed.id]), answered).status_code == 302
    assert HandOver.objects.in_village(KURIPAN).get(id=handed.id).declined_because == "no_place"
    assert "Tidak ada serahan" in treasurer.get(reverse("people:hand_overs")).content.decode()


@pytest.mark.django_db
def test_whoever_looks_after_the_children_goes_along_and_is_kept_with_the_residents_key(
    family: Family, officer: Actor, working: Any
) -> None:
    with working(officer):
        who = {"household": family["Siti"].household, "resident": family["Siti"]}
        row = hand_over(kind="children_left_behind", on=TODAY, caregiver="Mbah Sutini (nenek)", **who)

    assert [one.caregiver for one in waiting_for(officer, PARENTING)] == ["Mbah Sutini (nenek)"]
    assert b"Sutini" not in bytes(row.caregiver_sealed or b"")
    erase_key(family["Siti"].id)
    assert [one.caregiver for one in waiting_for(officer, PARENTING)] == [""]


@pytest.mark.django_db
def test_who_handed_over_hears_that_it_is_done_and_nothing_else(
    family: Family, officer: Actor, desk: Client, now: datetime
) -> None:
    handed = hand(officer, now, family, kind="child_worry")
    closing = {"hand_over_id": handed, "village_code": KURIPAN, "on": TODAY}
    assert codes_of(officer, now, "people.close_hand_over", closing) == ["not_taken"]
    answer(officer, now, handed)
    page = desk.get(reverse("people:hand_overs"))
    assert [row["standing"] for row in page.context["in_hand"]] == ["Diterima"]

    done = {"act_id": new_id(), "selesai": "1"}
    said = desk.post(reverse("people:answer_hand_over", args=[handed]), done, follow=True)

    assert said.context["in_hand"] == [] and "Ditandai selesai" in said.content.decode()
    assert HandOver.objects.in_village(KURIPAN).get(id=handed).standing == "Selesai"
    assert codes_of(officer, now, "people.close_hand_over", closing) == ["closed_before"]


@pytest.mark.django_db
def test_a_stranger_closes_nothing(family: Family, officer: Actor, stranger: Actor, now: datetime) -> None:
    handed = hand(officer, now, family, kind="child_worry")
    answer(officer, now, handed)
    closing = {"hand_over_id": handed, "village_code": KURIPAN, "on": TODAY}
    assert codes_of(stranger, now, "people.close_hand_over", closing) == ["not_found"]
