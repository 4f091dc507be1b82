"""Skill and will: who is proposed, what they tell, whether they are ready; and families handed over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from desmigratif.access.actor import Actor, person
from desmigratif.access.permissions import Permission
from desmigratif.enterprises.models import Potential
from desmigratif.enterprises.queries.will import proposed_in
from desmigratif.enterprises.rules.will import Said, person_readiness, reasons_not_to_record
from desmigratif.enterprises.tests.conftest import KENANGA, KURIPAN, TODAY, Village
from desmigratif.people.models import HandOver
from desmigratif.people.queries.by_name import named_in
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours

ABLE = Said(["cooking"], "food", "some", "small", "neighbours", "now")


@pytest.mark.parametrize(
    ("changed", "hours", "level", "missing"),
    [
        ({}, 8, "ready", []),
        ({}, 0, "almost", ["not_trained"]),
        ({"hours": ""}, 3, "not_yet", ["no_time", "not_trained"]),
        ({"skills": [], "will": "later"}, 8, "not_yet", ["not_now", "no_skill"]),
        ({"will": "no", "skills": []}, 0, "unwilling", []),
    ],
)
def test_who_is_ready_and_what_is_missing(changed: dict[str, Any], hours: int, level: str, missing: list[str]) -> None:
    said = Said(**{**{name: getattr(ABLE, name) for name in Said.__slots__}, **changed})

    found = person_readiness(said, trained_hours=hours, on=TODAY)

    assert (found.level, [one.code for one in found.missing]) == (level, missing)
    assert all(one.text and one.way_out for one in found.missing)


def test_an_answer_that_was_not_offered_is_none() -> None:
    said = Said(["flying"], "gold", "all", "endless", "moon", "")

    fields = {one.field for one in reasons_not_to_record(said, TODAY)}

    assert fields == {"skills", "trade", "hours", "capital", "market", "will"}


def tell(village: Village, name: str, **given: Any) -> None:
    said = {"skills": ["cooking"], "hours": "some", "will": "now", **given}
    village.do("record_potential", potential_id=new_id(), resident_id=village.people[name], **said)


def test_families_with_somebody_abroad_or_back_are_proposed_until_they_were_asked(village: Village) -> None:
    before = {one.resident.shown_name: one.why for one in proposed_in(KURIPAN, today=TODAY)}
    tell(village, "siti")
    village.group("wati")

    assert before == {
        "Siti Aminah": "Ada keluarga yang bekerja di luar negeri", "Wati Rahayu": "Pulang dari luar negeri",
    }  # fmt: skip
    assert proposed_in(KURIPAN, today=TODAY) == []


def test_a_new_talk_takes_the_place_of_the_last_and_an_older_one_does_not(village: Village) -> None:
    tell(village, "siti", will="later", on=date(2026, 10, 1))
    tell(village, "siti", will="now")

    older = village.refused(
        "record_potential", potential_id=new_id(), resident_id=village.people["siti"], will="no", on=date(2026, 9, 1)
    )

    assert older == ("older_talk", "on")
    assert Potential.objects.in_village(KURIPAN).get(is_latest=True).will == "now"
    assert Potential.objects.in_village(KURIPAN).count() == 2


def test_a_talk_answers_the_hand_over_it_came_from(village: Village, enter: Callable[..., Client]) -> None:
    siti = village.resident("siti")
    handed = HandOver.objects.create(
        village_code=KURIPAN, household=siti.household, resident=siti, kind="spouse_training",
        from_pillar="service_centre", to_pillar="enterprise", on=TODAY,
    )  # fmt: skip
    browser = enter("enterprise_mentor")
    at = f"{reverse('enterprises:potential', args=[siti.id])}?serahan={handed.id}"

    page = browser.get(reverse("enterprises:potentials")).content.decode()
    form = browser.get(at).context["form"]
    ids = {name: form[name].value() for name in ("act_id", "record_id")}
    browser.post(at, {**ids, "will": "now", "skills": ["cooking"], "capital": "small"})

    assert at.replace("&", "&amp;") in page
    handed.refresh_from_db()
    assert handed.taken is True
    after = browser.get(reverse("enterprises:potential", args=[siti.id])).content.decode()
    assert "Belum menyebut waktunya." in after
    wati = village.resident("wati")
    assert browser.get(f"{reverse('enterprises:potential', args=[wati.id])}?serahan={handed.id}").status_code == 404


def test_a_stranger_asks_nobody_and_a_head_sees_no_answers(
    village: Village, stranger: Actor, enter: Callable[..., Client]
) -> None:
    tell(village, "siti", capital="large")
    head = person(new_id(), "Kepala desa", ("village_head", KURIPAN))
    for somebody in (stranger, head):
        given = {"by": somebody, "potential_id": new_id(), "resident_id": village.people["wati"], "will": "now"}
        assert village.refused("enterprises.record_potential", **given)[0] == "not_found"

    with pytest.raises(NotFoundOrNotYours):
        named_in(stranger, Permission.ENTERPRISE_MENTOR, KURIPAN, "siti", today=TODAY)
    at = reverse("enterprises:potential", args=[village.people["siti"]])
    assert enter("village_head").get(at).status_code == 404
    assert enter("enterprise_mentor", KENANGA).get(at).status_code == 404


def test_a_familys_page_proposes_to_ask_until_somebody_of_it_was_asked(village: Village, enter: Any) -> None:
    home = reverse("people:household", args=[village.resident("siti").household_id])
    officer = enter("village_officer")
    before = officer.get(home).content.decode()
    assert "Tanyakan minat usaha keluarga Budi" in before and reverse("enterprises:potentials") in before

    village.do("record_potential", potential_id=new_id(), resident_id=village.people["siti"], will="later")

    assert "Tanyakan minat usaha" not in officer.get(home).content.decode()
