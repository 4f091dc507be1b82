"""The hand-over of a village: all that is open, nobody's number, for its own people only."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import Act, perform
from desmigratif.audit import memory
from desmigratif.audit.models import Event
from desmigratif.cases.models import Bundle, BundleState, CaseStep
from desmigratif.desk.tests.conftest import KURIPAN, Acting, Family, SignIn, issue
from desmigratif.people.models import Resident
from desmigratif.shared.ids import new_id
from desmigratif.shared.privacy import PrivacyClass

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
HERE = "/serah-terima/"
KENANGA = "32.12.16.2004"
SAUDI = {"offer": {"country": "SAU", "job": "domestic_worker", "employer_type": "household"}}


def sections(page: Any) -> dict[str, Any]:
    return {section.title: section for section in page.context["sections"]}


def names(section: Any) -> list[str]:
    return [row["title"] for row in section.rows]


def plan(acting: Acting, resident: Resident, answers: dict[str, Any] | None = None) -> None:
    case_id = new_id()
    acting("cases.open_case", case_id=case_id, resident_id=resident.id)
    if answers:
        acting("cases.check_offer", check_id=new_id(), case_id=case_id, answers=answers)


def test_who_waits_and_which_plan_stands_where(sign_in: SignIn, family: Family, acting: Acting) -> None:
    acting("cases.record_visit", visit_id=new_id(), resident_id=family.budi.id, purpose="letter", waiting=True)
    plan(acting, family.siti, SAUDI)
    plan(acting, family.budi)

    shown = sections(sign_in("village_officer", KURIPAN).get(HERE))

    assert names(shown["Tamu yang belum dilayani"]) == ["Bapak Budi Santoso"]
    assert names(shown["Tawaran dihentikan, belum ada kelanjutannya"]) == ["Ibu Siti Aminah"]
    assert names(shown["Rencana: berniat"]) == ["Bapak Budi Santoso"]
    assert shown["Rencana: berniat"].note == "Di petugas: periksa tawarannya"


def test_who_asked_for_a_letter_and_who_objected_are_named_with_the_day_of_the_answer(
    sign_in: SignIn, family: Family, acting: Acting, now: datetime
) -> None:
    long_ago, asked = now - timedelta(days=30), {}
    for resident in (family.siti, family.budi):
        case_id, asked[resident] = new_id(), new_id()
        acting("cases.open_case", at=long_ago, case_id=case_id, resident_id=resident.id)
        acting("cases.ask_for_letter", at=long_ago, request_id=asked[resident], case_id=case_id, on=long_ago.date())
    acting(
        "cases.make_objection", objection_id=new_id(), request_id=asked[family.siti], on=now.date(),
        story="Sudah sebulan menunggu.",
    )  # fmt: skip

    page = sign_in("village_officer", KURIPAN).get(HERE)
    shown = sections(page)

    waiting = shown["Surat yang diminta dan belum dijawab"]
    assert sorted(names(waiting)) == ["Bapak Budi Santoso", "Ibu Siti Aminah"]
    assert {row["states"][0]["name"] for row in waiting.rows} == {"henti"}
    assert names(shown["Keberatan yang menunggu kabupaten"]) == ["Ibu Siti Aminah"]
    assert "Sudah sebulan" not in page.content.decode()


def test_papers_at_an_office_and_those_that_came_back_are_named(
    sign_in: SignIn, family: Family, acting: Acting, now: datetime
) -> None:
    for resident, state in ((family.siti, BundleState.SENT), (family.budi, BundleState.RETURNED)):
        case_id = new_id()
        acting("cases.open_case", case_id=case_id, resident_id=resident.id)
        Bundle.objects.create(
            id=new_id(), village_code=KURIPAN, case_id=case_id, step="civil_papers", office="civil_registry",
            state=state, sent_on=date(2026, 11, 2), due_on=date(2026, 11, 9),
            returned_on=date(2026, 11, 5) if state == BundleState.RETURNED else None,
        )  # fmt: skip

    rows = sections(sign_in("village_officer", KURIPAN).get(HERE))["Berkas di kantor lain"].rows

    assert {row["title"]: row["states"][0]["label"] for row in rows} == {
        "Ibu Siti Aminah": "Ditunggu sampai 9 November 2026",
        "Bapak Budi Santoso": "Dikembalikan, belum dikirim lagi",
    }
    assert {row["detail"] for row in rows} == {"ke Dukcapil, dikirim 2 November 2026"}


def test_a_visit_of_another_day_still_waits(sign_in: SignIn, family: Family, acting: Acting, now: datetime) -> None:
    acting(
        "cases.record_visit", at=now - timedelta(days=9), visit_id=new_id(), visitor_name="Pak Lurah lama",
        purpose="other", waiting=True,
    )  # fmt: skip

    (row,) = sections(sign_in("village_officer", KURIPAN).get(HERE))["Tamu yang belum dilayani"].rows

    assert (row["title"], row["detail"]) == ("Pak Lurah lama", "14 November 2026 · Keperluan lain")


def test_families_to_be_called_are_named_with_their_signal(
    sign_in: SignIn, family: Family, officer: Actor, working: Any
) -> None:
    with working(officer):
        for kind, privacy in (("contact_overdue", PrivacyClass.PERSONAL), ("unpaid_wage_case", PrivacyClass.SPECIFIC)):
            memory.set_signal(
                kind, village_code=KURIPAN, household_id=family.household_id, resident_id=family.siti.id,
                since=date(2026, 11, 1), privacy=privacy,
            )  # fmt: skip

    alarms = {
        role: sections(sign_in(role, KURIPAN).get(HERE))["Keluarga yang perlu dihubungi"]
        for role in ("village_officer", "village_head")
    }

    assert [row["states"][0]["label"] for row in alarms["village_officer"].rows] == [
        "Lama tanpa kabar", "Upah belum dibayar",
    ]  # fmt: skip
    assert [row["states"][0]["label"] for row in alarms["village_head"].rows] == ["Lama tanpa kabar"]


def test_what_waits_for_a_decision_who_arrives_and_who_may_be_double(
    sign_in: SignIn, family: Family, acting: Acting, officer: Actor, now: datetime
) -> None:
    other = person(new_id(), "Petugas Kenanga", ("village_officer", KENANGA))
    mover = {"resident_id": new_id(), "person_id": new_id(), "name": "Jalak Pindahan", "sex": "M"}
    acting("people.register_household", by=other, village_code=KENANGA, household_id=new_id(), members=[mover])
    acting(
        "people.transfer_resident", by=other, village_code=KENANGA, move_id=new_id(), seen_version=1,
        resident_id=mover["resident_id"], to_village_code=KURIPAN, fields=["sex"],
    )  # fmt: skip
    double = {"resident_id": new_id(), "person_id": new_id(), "name": "Zubaedah", "birth_date": "1996-04-21"}
    acting("people.register_resident", household_id=family.household_id, member=double)
    acting(
        "people.correct_resident", resident_id=double["resident_id"], seen_version=1, reason="Salah nama",
        source="KTP", changes={"name": "Siti Aminah"},
    )  # fmt: skip
    for place in ("Wonosobo", "Temanggung"):
        change = {
            "village_code": KURIPAN, "resident_id": family.siti.id, "seen_version": 1, "on": "2026-11-23",
            "reason": "Salah tulis", "source": "KTP", "changes": {"birth_place": place},
        }  # fmt: skip
        perform(officer, Act("people.correct_resident", new_id(), change, via="sync"), now=now)

    shown = sections(sign_in("village_officer", KURIPAN).get(HERE))

    assert names(shown["Warga pindahan"]) == ["Jalak Pindahan"]
    assert shown["Kiriman yang perlu diputuskan"].count == 1
    assert shown["Berkas yang mungkin kembar"].count == 1


def test_the_register_of_letters_is_counted_with_its_last_number(
    sign_in: SignIn, family: Family, acting: Acting, office: None
) -> None:
    issue(acting, family)

    (row,) = sections(sign_in("village_officer", KURIPAN).get(HERE))["Register surat"].rows

    assert row["title"] == "2026: 1 surat"
    assert row["detail"].startswith("Nomor terakhir 474/001/DS-KRP/XI/2026 · 0 dicabut")


def test_no_number_of_a_person_stands_on_it(sign_in: SignIn, family: Family, acting: Acting, office: None) -> None:
    acting("people.add_phone", phone_id=new_id(), resident_id=family.siti.id, number="0812 9081 7263")
    plan(acting, family.siti, SAUDI)

    page = sign_in("village_officer", KURIPAN).get(HERE).content.decode()

    assert "Siti Aminah" in page
    assert "0286 123456" in page  # the office's own
    assert [number for number in ("3307106104960001", "81290817263", "0812") if number in page] == []


def test_the_look_is_remembered_with_everybody_it_names(sign_in: SignIn, family: Family, acting: Acting) -> None:
    plan(acting, family.siti)

    sign_in("village_head", KURIPAN).get(HERE)

    (seen,) = Event.objects.filter(event="hand_over.opened")
    assert seen.subjects == [{"type": "resident", "id": str(family.siti.id)}]


def test_colleagues_are_named_up_to_the_regency(sign_in: SignIn) -> None:
    sign_in("regency_coordinator", "33.07")
    sign_in("auditor", "ID")

    page = sign_in("village_officer", KURIPAN).get(HERE)

    assert [(one["role"], one["place"]) for one in page.context["colleagues"]] == [
        ("Petugas Desmigratif", "Desa Kuripan"), ("Koordinator kabupaten", "Kabupaten Wonosobo"),
    ]  # fmt: skip


def test_who_signed_in_before_seven_did_so_on_the_day_of_the_village(sign_in: SignIn) -> None:
    with time_machine.travel("2026-11-22T23:30:00Z", tick=False):
        page = sign_in("village_officer", KURIPAN).get(HERE)

    assert [one["seen"] for one in page.context["colleagues"]] == ["23 November 2026"]


@pytest.mark.parametrize("role", ["regency_coordinator", "administrator", "auditor", "tutor"])
def test_a_stranger_to_the_desk_finds_no_hand_over(sign_in: SignIn, role: str) -> None:
    region = KURIPAN if role == "tutor" else "33.07"
    assert sign_in(role, region).get(HERE).status_code == 404


def test_another_village_sees_nothing_of_this_one(sign_in: SignIn, family: Family, acting: Acting) -> None:
    plan(acting, family.siti)

    page = sign_in("village_officer", KENANGA).get(HERE)

    assert (page.status_code, "Siti Aminah" in page.content.decode()) == (200, False)


def test_a_full_village_asks_no_more_questions_than_an_empty_one(
    sign_in: SignIn, family: Family, acting: Acting, office: None, django_assert_max_num_queries: Any
) -> None:
    desk = sign_in("village_officer", KURIPAN)
    for resident in (family.siti, family.budi):
        plan(acting, resident, SAUDI)
        acting("cases.record_visit", visit_id=new_id(), resident_id=resident.id, purpose="offer", waiting=True)
        desk.get(HERE)  # counts what may be double, once for each change
        with django_assert_max_num_queries(27):
            desk.get(HERE)


def test_of_complaints_only_the_number_is_printed(sign_in: SignIn, family: Family, acting: Acting) -> None:
    acting(
        "cases.record_complaint", complaint_id=new_id(), resident_id=family.budi.id, channel="desk",
        kind="UNPAID_WAGE", story="Belum digaji.",
    )  # fmt: skip

    page = sign_in("village_officer", KURIPAN).get(HERE).content.decode()
    seen_by_head = sign_in("village_head", KURIPAN).get(HERE).content.decode()

    assert "Nama dan isinya tidak dicetak" in page
    assert not [word for word in ("Budi", "Belum digaji", "Upah tidak dibayar") if word in page]
    assert "Nama dan isinya tidak dicetak" not in seen_by_head


def test_it_is_found_from_the_menu(sign_in: SignIn) -> None:
    assert reverse("desk:hand_over") == HERE
    assert f'href="{HERE}"' in sign_in("village_officer", KURIPAN).get("/").content.decode()


def test_a_running_step_says_in_whose_hands_it_lies_and_when_it_is_late(
    sign_in: SignIn, family: Family, acting: Acting, office: None, now: datetime
) -> None:
    case_id, then = new_id(), now - timedelta(days=30)
    acting("cases.open_case", at=then, case_id=case_id, resident_id=family.siti.id)
    running = CaseStep.objects.in_village(KURIPAN).get(case_id=case_id, step="civil_papers")
    acting(
        "cases.hold_step", at=then, case_id=case_id, step="civil_papers", seen=running.version,
        reason="papers_missing", holder="civil_registry",
    )  # fmt: skip

    (row,) = sections(sign_in("village_officer", KURIPAN).get(HERE))["Rencana: berniat"].rows

    assert row["detail"].endswith("tertahan di Dukcapil sejak 24 Oktober 2026")
    assert row["states"] == [{"name": "cek", "label": "Lewat tenggat"}]
