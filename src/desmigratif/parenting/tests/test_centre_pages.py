"""The pages of a centre: what a tutor taps, what a coordinator sees, what nobody else does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from desmigratif.access.testing import SignIn
from desmigratif.parenting.models import CallSlot, CaregiverScore, Centre, ParentCall, RollMark, Session, Volunteer
from desmigratif.parenting.tests.conftest import KURIPAN, Doing
from desmigratif.people.models import Resident
from desmigratif.shared.ids import new_id

pytestmark = pytest.mark.django_db
Making = Callable[..., UUID]


def url(name: str, *args: Any) -> str:
    return reverse(f"parenting:{name}", args=args)


def hidden(page: Any) -> dict[str, Any]:
    """What a browser sends back of a form's hidden fields."""
    form = page.context["form"]
    return {field.name: field.value() for field in form.hidden_fields()}


def test_a_tutor_calls_the_roll_with_one_page_and_no_script(
    sign_in: SignIn, session: Making, rizky: UUID, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    today = session()
    tutor = sign_in("tutor", KURIPAN)
    with django_assert_max_num_queries(16):
        page = tutor.get(url("roll", today))
    shown = page.content.decode()
    assert "Rizky Riyadi" in shown
    assert "<script" not in shown.partition("<main")[2]

    answer = tutor.post(url("roll", today), {**hidden(page), f"c-{rizky}": "present"})

    assert answer.headers["Location"] == url("centre", Centre.objects.in_village(KURIPAN).get().id)
    assert [one.mark for one in RollMark.objects.in_village(KURIPAN)] == ["present"]


def test_who_is_not_touched_is_absent_and_a_paper_sheet_fills_the_taps(
    sign_in: SignIn, session: Making, rizky: UUID
) -> None:
    today = session()
    tutor = sign_in("tutor", KURIPAN)

    def mark(query: str) -> str:
        return str(tutor.get(url("roll", today) + query).context["children"][0]["mark"])

    assert mark("") == "absent"
    assert mark("?semua=hadir") == "present"
    assert mark("?absen=&izin=1") == "excused"
    assert mark("?absen=1&izin=") == "absent"
    wrong = tutor.get(url("roll", today) + "?absen=77")
    assert "Nomor ini tidak ada di lembar: 77." in wrong.content.decode()
    assert 'value="77"' in wrong.content.decode(), "what was typed stays"


def test_a_roll_of_tomorrow_says_why_not_and_loses_nothing(sign_in: SignIn, session: Making, rizky: UUID) -> None:
    tomorrow = session(on="2026-11-24")
    tutor = sign_in("tutor", KURIPAN)
    page = tutor.get(url("roll", tomorrow))
    assert "Panggil daftar hadir pada harinya." in page.content.decode()

    answer = tutor.post(url("roll", tomorrow), {**hidden(page), f"c-{rizky}": "excused"})

    assert [reason.code for reason in answer.context["form"].refusal] == ["session_in_future"]
    assert answer.context["children"][0]["mark"] == "excused"
    assert not RollMark.objects.in_village(KURIPAN).exists()


def test_a_score_of_400_stands_marked_in_its_row_with_everything_else_that_was_typed(
    sign_in: SignIn, session: Making, rizky: UUID, family: dict[str, Resident]
) -> None:
    lesson, yayah = session(kind="caregivers_class"), family["Yayah"].id
    tutor = sign_in("tutor", KURIPAN)
    page = tutor.get(url("scores", lesson))
    sent = {**hidden(page), f"before-{yayah}": "45", f"after-{yayah}": "400"}

    answer = tutor.post(url("scores", lesson), sent)

    shown = answer.content.decode()
    assert "Nilai dari 0 sampai 100." in shown
    assert 'value="400"' in shown
    assert 'value="45"' in shown
    assert tutor.post(url("scores", lesson), {**sent, f"after-{yayah}": "delapan"}).status_code == 200
    assert not CaregiverScore.objects.in_village(KURIPAN).exists()
    assert tutor.post(url("scores", lesson), {**sent, f"after-{yayah}": "80"}).status_code == 302
    assert CaregiverScore.objects.in_village(KURIPAN).get().after == 80


def test_a_centre_is_opened_gets_a_timetable_and_plans_its_month(sign_in: SignIn) -> None:
    tutor = sign_in("tutor", KURIPAN)
    page = tutor.get(url("open_centre"))
    told = {**hidden(page), "name": "Rumah Belajar Melati", "place": "Balai Dusun Krajan", "on": "01-11-2026"}
    there = tutor.post(url("open_centre"), told).headers["Location"]
    page = tutor.get(there)
    slot = {**hidden(page), "kind": "homework", "weekday": "0", "at": "16.00", "minutes": "90"}
    assert tutor.post(there, slot).status_code == 302
    centre = Centre.objects.in_village(KURIPAN).get()

    calendar = tutor.get(url("month", centre.id))
    answer = tutor.post(calendar.context["plan_url"], hidden(calendar))

    assert answer.headers["Location"] == url("month", centre.id) + "?bulan=2026-11"
    assert Session.objects.in_village(KURIPAN).count() == 2
    assert "Bantuan PR" in tutor.get(answer.headers["Location"]).content.decode()


def test_a_month_without_a_timetable_says_what_to_do(sign_in: SignIn, centre: UUID) -> None:
    tutor = sign_in("tutor", KURIPAN)
    page = tutor.get(url("month", centre) + "?bulan=kemarin")

    answer = tutor.post(page.context["plan_url"], hidden(page))

    assert "Isi dulu jadwal mingguan." in answer.content.decode()


def test_somebody_on_the_list_is_refused_beside_the_name(sign_in: SignIn, centre: UUID, bar: Making) -> None:
    bar(name="Joko Susilo", birth_date="1980-05-06")
    tutor = sign_in("tutor", KURIPAN)
    page = tutor.get(url("volunteers", centre))

    answer = tutor.post(
        url("volunteers", centre), {**hidden(page), "name": "Joko Susilo", "birth_date": "06-05-1980", "paper": "skck"}
    )

    assert "tidak boleh mendampingi" in str(answer.context["form"].errors["name"])
    assert not Volunteer.objects.in_village(KURIPAN).exists()


def test_a_call_is_agreed_reminded_of_and_written_down(sign_in: SignIn, rizky: UUID) -> None:
    tutor = sign_in("tutor", KURIPAN)
    page = tutor.get(url("agree_call", rizky))
    told = {**hidden(page), "country": "HKG", "weekdays": ["6"], "at": "19.00", "on": "02-11-2026"}
    assert tutor.post(url("agree_call", rizky), told).status_code == 302
    (over,) = tutor.get(url("calls")).context["over"]
    assert "Minggu, 22 November 2026, 18.00 WIB; di Hong Kong 19.00" in over["detail"]

    page = tutor.get(over["url"])
    assert tutor.post(over["url"], {**hidden(page), "went": "no_signal"}).status_code == 302

    assert ParentCall.objects.in_village(KURIPAN).get().missed_because == "no_signal"
    assert tutor.get(url("calls")).context["over"] == []


def test_a_country_of_several_clocks_asks_which_one_and_keeps_what_was_typed(sign_in: SignIn, rizky: UUID) -> None:
    tutor = sign_in("tutor", KURIPAN)
    told = {**hidden(tutor.get(url("agree_call", rizky))), "country": "AUS", "weekdays": ["6"], "at": "19.00"}
    told["on"] = "02-11-2026"

    asked = tutor.post(url("agree_call", rizky), told)
    assert "Pilih kota yang jamnya sama" in asked.content.decode()
    assert asked.context["form"]["at"].value() == "19.00"
    assert tutor.post(url("agree_call", rizky), {**told, "time_zone": "Australia/Perth"}).status_code == 302

    assert CallSlot.objects.in_village(KURIPAN).get().time_zone == "Australia/Perth"
    again = tutor.get(url("agree_call", rizky)).context["form"]
    assert again["time_zone"].value() == "Australia/Perth"


def test_a_coordinator_sees_which_centres_sleep_and_no_name_of_a_child_or_helper(
    sign_in: SignIn, centre: UUID, volunteer: UUID, session: Making, rizky: UUID, doing: Doing,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    doing("parenting.check_volunteer", volunteer_id=volunteer, paper="skck")
    held = session(leader_id=volunteer)
    marks = [{"child_id": rizky, "mark": "present"}]
    doing("parenting.call_roll", session_id=held, marks=marks, seen=1, on=None)
    Centre.objects.in_village(KURIPAN).update(last_held_on=date(2026, 10, 1))
    coordinator = sign_in("regency_coordinator", "33.07")

    with django_assert_max_num_queries(8):
        page = coordinator.get(url("centres") + "?lihat=diam")
    assert "Diam lama, 53 hari" in page.content.decode()
    for name in ("centre", "month"):
        shown = coordinator.get(url(name, centre)).content.decode()
        assert "1 dari 1 hadir" in shown or name == "centre"
        assert "Rizky" not in shown
        assert "Handayani" not in shown
    assert coordinator.get(url("roll", held)).status_code == 404
    assert coordinator.get(url("volunteers", centre)).status_code == 404


def test_a_list_of_many_centres_asks_no_more_than_of_one(
    sign_in: SignIn, centre: UUID, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    coordinator = sign_in("regency_coordinator", "33.07")
    coordinator.get(url("centres"))
    with django_assert_num_queries(5) as one:
        coordinator.get(url("centres"))
    Centre.objects.bulk_create(
        Centre(id=new_id(), village_code=KURIPAN, name=f"Rumah {n}", place="Balai", opened_on="2026-01-01")
        for n in range(60)
    )
    with django_assert_num_queries(len(one)):
        page = coordinator.get(url("centres"))

    assert len(page.context["rows"]) == 40
    assert page.context["page"].paginator.count == 61
