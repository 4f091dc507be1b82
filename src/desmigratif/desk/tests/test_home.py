"""The first page: the village's morning, or a welcome to whoever works elsewhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.access.keys.subject_keys import make_keys
from desmigratif.access.testing import SignIn
from desmigratif.audit.models import Event
from desmigratif.cases.models import Case, FollowUp, LetterRequest, Objection
from desmigratif.people.models import Household, Person, Resident
from desmigratif.shared.ids import new_id

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
KURIPAN = "33.07.10.2004"


@pytest.fixture
def siti(places: None) -> Resident:
    home = Household.objects.create(village_code=KURIPAN, hamlet="Krajan")
    siti = Resident.objects.create(
        village_code=KURIPAN, household=home, person=Person.objects.create(), name="Siti Aminah",
        name_key="siti aminah",
        sex="F", birth_date="1996-04-21", marital_status="married",
    )  # fmt: skip
    make_keys([siti.id])
    return siti


def act(officer: Actor, now: datetime, name: str, **payload: Any) -> None:
    do(officer, name, {"village_code": KURIPAN, "on": "2026-11-23", **payload}, now=now, act_id=new_id())


def plan(officer: Actor, now: datetime, resident: Resident, offer: dict[str, Any]) -> UUID:
    case_id = new_id()
    act(officer, now, "cases.open_case", case_id=case_id, resident_id=resident.id)
    act(officer, now, "cases.check_offer", case_id=case_id, check_id=new_id(), answers={"offer": offer})
    return case_id


SAUDI = {"country": "SAU", "job": "domestic_worker", "employer_type": "household"}


def test_a_stopped_offer_says_so_and_leads_to_the_lawful_way(
    sign_in: SignIn, siti: Resident, officer: Actor, now: datetime
) -> None:
    plan(officer, now, siti, SAUDI)

    (row,) = sign_in("village_officer", KURIPAN).get("/").context["plans"]

    assert row["title"] == "Ibu Siti Aminah"
    assert row["detail"] == "Cari jalan yang sah · sejak 23 November 2026"
    assert row["states"] == [{"name": "henti", "label": "Berhenti"}]


@pytest.mark.parametrize(("role", "served"), [("village_officer", True), ("village_head", False)])
def test_only_whoever_serves_is_led_from_the_bench_to_the_visit(
    sign_in: SignIn, siti: Resident, officer: Actor, now: datetime, role: str, served: bool
) -> None:
    act(officer, now, "cases.record_visit", visit_id=new_id(), resident_id=siti.id, purpose="offer", waiting=True)

    (row,) = sign_in(role, KURIPAN).get("/").context["waiting"]

    assert (row["title"], bool(row["url"])) == ("Ibu Siti Aminah", served)


def test_the_morning_says_which_day_it_is(sign_in: SignIn) -> None:
    assert "Senin, 23 November 2026" in sign_in("village_officer", KURIPAN).get("/").content.decode()


def test_the_morning_asks_a_fixed_number_of_questions(
    sign_in: SignIn, siti: Resident, officer: Actor, now: datetime, django_assert_max_num_queries: Any
) -> None:
    desk = sign_in("village_officer", KURIPAN)
    plan(officer, now, siti, SAUDI)
    desk.get("/")
    with django_assert_max_num_queries(18):
        desk.get("/")
    assert Case.objects.in_village(KURIPAN).count() == 1


def test_papers_that_run_out_stand_among_what_is_next(
    sign_in: SignIn, siti: Resident, officer: Actor, now: datetime
) -> None:
    case_id = plan(officer, now, siti, SAUDI)
    for kind, ends in (("passport", "2027-01-02"), ("visa", "2026-11-20"), ("ktp", "2035-01-01")):
        act(
            officer, now, "cases.record_paper", paper_id=new_id(), copy_id=new_id(), case_id=case_id, kind=kind, seen=0,
            valid_until=ends,
        )  # fmt: skip
    text = sign_in("village_officer", KURIPAN).get("/").content.decode()

    assert text.index("Visa kerja: Ibu Siti Aminah") < text.index("Paspor: Ibu Siti Aminah")
    assert "Habis 20 November 2026. Perbarui dulu." in text
    assert "Habis 40 hari lagi, 2 Januari 2027." in text
    assert "KTP-el" not in text


def test_whoever_sees_no_names_is_not_offered_to_search_them(sign_in: SignIn) -> None:
    page = sign_in("ministry_analyst", "ID").get("/").content.decode()

    assert "Analis kementerian" in page
    assert "Desa yang bekerja bulan ini" in page
    assert 'role="search"' not in page


def test_a_coordinator_finds_people_and_places_from_the_welcome(sign_in: SignIn) -> None:
    page = sign_in("regency_coordinator", "33.07").get("/").content.decode()

    assert 'role="search"' in page
    assert "Kabupaten Wonosobo" in page
    assert 'href="/pelayanan/rencana/"' in page


@pytest.mark.parametrize(
    ("role", "region", "said"),
    [
        ("village_officer", KURIPAN, "Dicetak 23 November 2026, 10.15 WIB"),
        ("village_officer", "53.01.10.2007", "Dicetak 23 November 2026, 11.15 WITA"),
        ("ministry_analyst", "ID", "Dicetak 23 November 2026, 10.15 WIB"),
    ],
)
def test_a_print_says_when_in_the_place_s_own_time(sign_in: SignIn, role: str, region: str, said: str) -> None:
    assert said in sign_in(role, region).get("/").content.decode()


def test_the_first_page_leaves_one_trace_and_names_nobody_in_it(sign_in: SignIn) -> None:
    sign_in("village_officer", KURIPAN).get("/")

    (seen,) = Event.objects.all()
    assert (seen.event, seen.village_code, seen.subjects) == ("desk.opened", KURIPAN, [])


def test_who_moved_in_and_who_may_be_double_are_led_to_from_the_first_page_and_the_menu(
    sign_in: SignIn, siti: Resident, now: datetime
) -> None:
    twin = Resident.objects.create(
        village_code=KURIPAN, household=siti.household, person=Person.objects.create(), name="Siti Aminah",
        name_key="siti aminah", birth_date="1996-04-21",
    )  # fmt: skip
    other = person(new_id(), "Petugas Kenanga", ("village_officer", "32.12.16.2004"))
    home, mover = new_id(), {"resident_id": new_id(), "person_id": new_id(), "name": "Jalak Pindahan"}
    there = {"village_code": "32.12.16.2004", "on": "2026-11-23"}
    acts = (
        ("people.register_household", {"household_id": home, "members": [mover]}),
        ("people.transfer_resident", {
            "move_id": new_id(), "resident_id": mover["resident_id"], "seen_version": 1, "to_village_code": KURIPAN,
        }),
    )  # fmt: skip
    for name, payload in acts:
        do(other, name, {**there, **payload}, now=now, act_id=new_id())

    page = sign_in("village_officer", KURIPAN).get("/")

    assert [row["title"] for row in page.context["next_steps"]] == [
        "1 warga pindahan menunggu", "1 pasang berkas mungkin kembar",
    ]  # fmt: skip
    assert "Berkas kembar (1)" in page.content.decode()
    assert twin.village_code == KURIPAN


def test_the_head_is_shown_no_work_that_only_officers_do(sign_in: SignIn, siti: Resident) -> None:
    page = sign_in("village_head", KURIPAN).get("/")

    assert page.context["next_steps"] == []
    assert 'href="/warga/kembar/"' not in page.content.decode()


def test_what_is_late_or_due_stands_first_with_why_and_where_to_go(
    sign_in: SignIn, siti: Resident, officer: Actor, now: datetime
) -> None:
    plan(officer, now, siti, SAUDI)

    with time_machine.travel(now + timedelta(days=30), tick=False):
        desk = sign_in("village_officer", KURIPAN)
        rows = {row["title"]: row for row in desk.get("/").context["next_steps"]}

    late = next(row for title, row in rows.items() if title.endswith("langkah lewat batas"))
    assert late["url"] == "/pelayanan/rencana/?terlambat=on"
    assert late["detail"] == "Lihat siapa yang memegangnya."


def test_who_must_be_asked_again_stands_by_name_from_the_day_on_and_only_for_whoever_asks(
    sign_in: SignIn, siti: Resident, officer: Actor, now: datetime
) -> None:
    plan(officer, now, siti, SAUDI)
    desk, head = sign_in("village_officer", KURIPAN), sign_in("village_head", KURIPAN)
    follow_up = FollowUp.objects.in_village(KURIPAN).get()

    def asked(browser: Client) -> list[dict[str, Any]]:
        return [row for row in browser.get("/").context["next_steps"] if "kabar" in row["title"]]

    assert asked(desk) == []
    FollowUp.objects.in_village(KURIPAN).update(due_on="2026-11-23")
    (row,) = asked(desk)
    assert asked(head) == []
    assert (row["title"], row["detail"]) == (
        "Tanyakan kabar Ibu Siti Aminah", "Tawarannya berhenti; batasnya 23 November 2026.",
    )  # fmt: skip
    assert row["url"] == f"/pelayanan/tindak-lanjut/{follow_up.id}/"


def test_an_objection_stands_on_the_first_page_of_the_village_and_of_the_regency(
    sign_in: SignIn, siti: Resident, officer: Actor, now: datetime
) -> None:
    asked = LetterRequest.objects.create(
        village_code=KURIPAN, case_id=plan(officer, now, siti, SAUDI), asked_on="2026-11-16", due_on="2026-11-18"
    )
    empty = sign_in("regency_coordinator", "33.07")
    before = next(one for one in empty.get("/").context["blocks"] if one.title == "Keberatan")
    Objection.objects.create(village_code=KURIPAN, request=asked, on="2026-11-20", due_on="2026-11-27")

    rows = sign_in("village_officer", KURIPAN).get("/").context["next_steps"]
    after = next(one for one in empty.get("/").context["blocks"] if one.title == "Keberatan")

    assert (before.sentence, before.links) == ("Tidak ada keberatan yang menunggu.", [])
    assert after.sentence == "1 keberatan calon menunggu jawaban Anda; batas terdekat 27 November 2026."
    assert [link["url"] for link in after.links] == ["/pelayanan/keberatan/"]
    assert [row["url"] for row in rows if row["title"] == "1 keberatan menunggu kabupaten"] == ["/pelayanan/keberatan/"]
