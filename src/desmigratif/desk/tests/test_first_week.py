"""The guide of the first week: ticked by one's own acts, shown while one is new, put away for good."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from desmigratif.access.actor import Actor
from desmigratif.access.door import REGISTRY, do
from desmigratif.audit.models import Event, Receipt
from desmigratif.desk.rules.first_week import DAYS, all_signs, counts
from desmigratif.desk.tests.conftest import KURIPAN, Acting, Family, SignIn
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours, Refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
HERE = "/minggu-pertama/"


def ticked(page: Any) -> list[str]:
    return [task["title"] for day in page.context["days"] for task in day["tasks"] if task["states"]]


def test_a_week_has_five_days_of_two_or_three_tasks_that_lead_somewhere() -> None:
    assert len(DAYS) == 5
    assert {len(day.tasks) for day in DAYS} <= {2, 3}
    assert all(reverse(task.address) for day in DAYS for task in day.tasks)
    assert counts(()) == (0, 12)


def test_every_act_that_ticks_a_task_is_an_act_of_the_program() -> None:
    acts = {sign for sign in all_signs() if sign.split(".")[0] in {"cases", "people", "documents"}}
    assert acts - set(REGISTRY) == set()


def test_what_somebody_did_themselves_is_ticked(sign_in: SignIn, family: Family, acting: Acting) -> None:
    acting("cases.record_visit", visit_id=new_id(), resident_id=family.siti.id, purpose="other")  # a colleague's
    desk = sign_in("village_officer", KURIPAN)
    desk.get(reverse("people:household", args=[family.household_id]))
    desk.post(
        reverse("cases:record_visit"), {"act_id": new_id(), "record_id": new_id(), "visitor_name": "Pak Tono",
        "purpose": "other", "place": "hall", "on": "23-11-2026"},
    )  # fmt: skip

    page = desk.get(HERE)

    assert ticked(page) == ["Buka berkas satu keluarga", "Catat tamu pertama Anda"]
    assert "2 dari 12" in page.content.decode()


@pytest.mark.parametrize(("since", "shown"), [(date(2026, 11, 20), True), (date(2026, 11, 1), False)])
def test_only_a_new_officer_meets_it_on_the_first_page(sign_in: SignIn, since: date, shown: bool) -> None:
    page = sign_in("village_officer", KURIPAN, since=since).get("/")

    assert ("Minggu pertama Anda" in page.content.decode()) == shown


def test_it_is_put_away_and_taken_out_again(sign_in: SignIn) -> None:
    desk = sign_in("village_officer", KURIPAN, since=date(2026, 11, 20))

    def on_the_desk(answer: str) -> bool:
        desk.post(HERE, {"act_id": new_id(), "tampil": answer})
        return "Minggu pertama Anda" in desk.get("/").content.decode()

    assert (on_the_desk("tidak"), on_the_desk("ya")) == (False, True)
    assert list(Event.objects.filter(event__startswith="guide.").order_by("at").values_list("event", flat=True)) == [
        "guide.hidden", "guide.shown",
    ]  # fmt: skip


def test_putting_it_away_twice_is_one_act(sign_in: SignIn) -> None:
    desk, act_id = sign_in("village_officer", KURIPAN), new_id()
    for _ in range(2):
        desk.post(HERE, {"act_id": act_id, "tampil": "tidak"})

    assert Receipt.objects.filter(action="desk.show_first_week").count() == 1


def test_a_stranger_cannot_put_away_a_guide_of_this_village(stranger: Actor, now: datetime, places: None) -> None:
    with pytest.raises(Refusal) as refusal:
        do(stranger, "desk.show_first_week", {"village_code": KURIPAN, "shown": False}, now=now, act_id=new_id())
    assert refusal.value.reasons[0].code == NotFoundOrNotYours.code


@pytest.mark.parametrize("role", ["village_head", "regency_coordinator", "administrator"])
def test_only_who_serves_has_a_first_week(sign_in: SignIn, role: str) -> None:
    assert sign_in(role, KURIPAN if role == "village_head" else "33.07").get(HERE).status_code == 404


def test_the_guide_asks_a_fixed_number_of_questions(sign_in: SignIn, django_assert_max_num_queries: Any) -> None:
    desk: Client = sign_in("village_officer", KURIPAN)
    desk.get(HERE)
    with django_assert_max_num_queries(8):
        desk.get(HERE)
