"""Trainings: invited, held, scored, ended with certificates."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.documents.queries import key_set
from desmigratif.documents.rules.statement import read_statement
from desmigratif.documents.signed_papers import signed_address
from desmigratif.enterprises.models import Participant, Presence, Training
from desmigratif.enterprises.press.certificates import statement_of
from desmigratif.enterprises.queries.training import trained_hours
from desmigratif.enterprises.rules.training import earns_certificate, gain_of
from desmigratif.enterprises.tests.conftest import KURIPAN, TODAY, Village
from desmigratif.shared.ids import new_id


def test_most_of_what_was_held_earns_a_certificate_and_nothing_held_earns_none() -> None:
    assert earns_certificate(attended_hours=8, held_hours=10, on=TODAY)
    assert not earns_certificate(attended_hours=7, held_hours=10, on=TODAY)
    assert not earns_certificate(attended_hours=0, held_hours=0, on=TODAY)


def test_what_was_learnt_counts_those_with_both_scores() -> None:
    gain = gain_of([(40, 80), (50, 90), (60, None)])

    assert gain is not None
    assert (gain.people, gain.before, gain.after, gain.points) == (2, 45, 85, 40)
    assert gain_of([(40, None)]) is None


@pytest.fixture
def training_id(village: Village) -> UUID:
    """Siti and Wati are invited to twelve hours of crisps."""
    id = new_id()
    village.do(
        "plan_training", training_id=id, title="Keripik singkong", trainer="Ibu Guru", starts_on=date(2026, 11, 9),
        hours=12,
    )  # fmt: skip
    village.do("invite", training_id=id, resident_ids=[village.people["siti"], village.people["wati"]])
    return id


def seat(name: str, village: Village) -> UUID:
    return Participant.objects.in_village(KURIPAN).get(resident_id=village.people[name]).id


def held(village: Village, training_id: UUID, on: date, *names: str) -> None:
    there = [seat(name, village) for name in names]
    village.do("record_day", day_id=new_id(), training_id=training_id, on=on, hours=6, participant_ids=there)


def test_who_is_invited_twice_is_invited_once(village: Village, training_id: UUID) -> None:
    village.do("invite", training_id=training_id, resident_ids=[village.people["siti"], village.people["joko"]])

    assert Participant.objects.in_village(KURIPAN).count() == 3


def test_a_day_written_again_is_corrected(village: Village, training_id: UUID) -> None:
    held(village, training_id, date(2026, 11, 10), "siti")
    held(village, training_id, date(2026, 11, 10), "siti", "wati")

    assert Presence.objects.in_village(KURIPAN).count() == 2
    early = village.refused("record_day", day_id=new_id(), training_id=training_id, on=date(2026, 11, 1), hours=6)
    late = village.refused("record_day", day_id=new_id(), training_id=training_id, on=date(2026, 12, 1), hours=6)
    assert early == ("before_training", "on")
    assert late == ("day_in_future", "on")


def test_a_score_of_four_hundred_is_refused_beside_its_field(
    village: Village, training_id: UUID, enter: Callable[..., Client]
) -> None:
    browser, at = enter("enterprise_mentor"), reverse("enterprises:record_scores", args=[training_id])
    form = browser.get(at).context["form"]
    siti, wati = seat("siti", village), seat("wati", village)
    sent = {"act_id": form["act_id"].value(), f"pre_{siti}": "40", f"post_{siti}": "400", f"pre_{wati}": "55"}

    refused = browser.post(at, sent)
    browser.post(at, {**sent, f"post_{siti}": "80"})

    assert refused.status_code == 200
    said = "Nilai dari 0 sampai 100; yang tertulis 400."
    assert refused.context["form"].errors[f"post_{siti}"] == [said]
    assert 'value="55"' in refused.content.decode()
    row = Participant.objects.in_village(KURIPAN).get(id=siti)
    assert (row.pre_score, row.post_score) == (40, 80)


def test_the_end_gives_certificates_to_those_who_came_and_nothing_changes_after(
    village: Village, training_id: UUID, enter: Callable[..., Client]
) -> None:
    empty = village.refused("close_training", training_id=training_id)
    held(village, training_id, date(2026, 11, 10), "siti", "wati")
    held(village, training_id, date(2026, 11, 11), "siti")

    village.do("close_training", training_id=training_id)

    assert empty[0] == "nothing_held"
    rows = {one.resident_id: one.certificate for one in Participant.objects.in_village(KURIPAN)}
    assert rows == {village.people["siti"]: "PLT-2026-001", village.people["wati"]: ""}
    assert trained_hours(KURIPAN, [village.people["siti"]]) == {village.people["siti"]: 12}
    after = village.refused("invite", training_id=training_id, resident_ids=[village.people["joko"]])
    assert after[0] == "training_closed"
    answer = enter("enterprise_mentor").get(reverse("enterprises:certificates", args=[training_id]))
    pages = PdfReader(io.BytesIO(answer.content)).pages
    assert len(pages) == 1
    text = pages[0].extract_text()
    assert all(word in text for word in ("Siti Aminah", "Keripik singkong", "12 jam", "PLT-2026-001"))


@pytest.mark.parametrize(
    ("action", "given"),
    [
        ("enterprises.plan_training", {"title": "Lain", "trainer": "Orang", "starts_on": TODAY, "hours": 4}),
        ("enterprises.invite", {}),
        ("enterprises.record_day", {"day_id": new_id(), "hours": 4}),
        ("enterprises.record_scores", {}),
        ("enterprises.close_training", {}),
    ],
)
def test_a_stranger_holds_no_training(
    village: Village, training_id: UUID, stranger: Actor, action: str, given: dict[str, Any]
) -> None:
    more: dict[str, Any] = {
        "enterprises.plan_training": {"training_id": new_id()},
        "enterprises.invite": {"resident_ids": [village.people["joko"]]},
        "enterprises.record_scores": {"scores": [{"participant_id": seat("siti", village), "post": 1}]},
    }.get(action, {})
    head = person(new_id(), "Kepala desa", ("village_head", KURIPAN))
    for somebody in (stranger, head):
        refused = village.refused(
            action.partition(".")[2], by=somebody, **{"training_id": training_id, **given, **more}
        )
        assert refused[0] == "not_found"
    assert Training.objects.in_village(KURIPAN).count() == 1
    assert Participant.objects.in_village(KURIPAN).count() == 2


def test_somebody_of_another_training_is_not_marked_present(village: Village, training_id: UUID) -> None:
    other = new_id()
    village.do("plan_training", training_id=other, title="Batik", trainer="Orang", starts_on=TODAY, hours=4)

    refused = village.refused(
        "record_day", day_id=new_id(), training_id=other, hours=4, participant_ids=[seat("siti", village)]
    )

    assert refused == ("not_found", "participant_ids")


def test_a_certificate_carries_a_code_that_anybody_can_check_without_a_network(
    village: Village, training_id: UUID
) -> None:
    held(village, training_id, TODAY, "siti")
    village.do("close_training", training_id=training_id)
    training = Training.objects.in_village(KURIPAN).get(id=training_id)
    mine = Participant.objects.in_village(KURIPAN).select_related("resident").get(resident=village.people["siti"])
    assert signed_address(statement_of(training, mine)) == "", "a village without its key signs nothing"

    office = {"address": "Jalan Balai Desa 1", "head_name": "Sutrisno", "letter_code": "DS-KRP", "phone": "0286 123456"}
    given = {"village_code": KURIPAN, "office_id": new_id(), "key_id": new_id(), **office}
    head = person(new_id(), "Pengelola", ("administrator", "33.07"))
    do(head, "documents.set_up_office", given, now=village.now, act_id=new_id())
    said = statement_of(training, mine)

    verdict = read_statement(signed_address(said), key_set(as_of=TODAY), today=TODAY)
    facts = verdict.statement
    assert facts is not None and facts.kind == "training_certificate"
    assert (facts.number, facts.holder, facts.says) == ("PLT-2026-001", "Siti A.", "Keripik singkong")
    forged = signed_address(replace(said, name="Orang Lain")).rpartition("#")[2]
    assert forged != signed_address(said).rpartition("#")[2]
