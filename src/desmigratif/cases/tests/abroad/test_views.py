"""Pages about those who work abroad, walked as a village's officer, its head and a stranger."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from desmigratif.audit.models import Event
from desmigratif.cases.models import Case, Contact, ContractChange, RemittanceNote, Stay
from desmigratif.cases.tests.before.test_journey_views import signed_in
from desmigratif.cases.tests.conftest import Doing, Family
from desmigratif.cases.tests.pages import kuripan, main_buttons, send
from desmigratif.documents.models import VillageOffice
from desmigratif.people.models import HandOver
from desmigratif.shared.ids import new_id

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
LATE = datetime(2026, 11, 24, 3, 15, tzinfo=UTC)


@pytest.fixture
def desk(places: None) -> Client:
    return signed_in("village_officer")


@pytest.fixture
def plan(doing: Doing, family: Family) -> str:
    case_id = str(new_id())
    doing("cases.open_case", case_id=case_id, resident_id=str(family.siti.id), on="2026-11-20", country="HKG")
    return case_id


@pytest.fixture
def abroad(doing: Doing, plan: str) -> str:
    facts = {
        "employer": "Nyonya Contoh", "address": "Jalan Contoh 7", "phone": "+852 0000", "kin_name": "Bibi Contoh",
        "contact_weekdays": [6], "contact_time": "19:00", "contract_until": "2028-11-20", "cover_until": "2028-11-20",
    }  # fmt: skip
    doing(
        "cases.record_departure", check_id=new_id(), case_id=plan, seen=kuripan(Case).get().version, on="2026-11-20",
        left_anyway=True, agreed_contact_days=3, stay=facts,
    )  # fmt: skip
    return plan


def at(name: str, case_id: str) -> str:
    return reverse(f"cases:{name}", args=[case_id])


def text(page: HttpResponse) -> str:
    return " ".join(page.content.decode().split())


def test_the_departure_asks_with_whom_and_offers_what_the_family_may_want(desk: Client, plan: str) -> None:
    page = desk.get(at("record_departure", plan))
    offered = page.context["form"].fields["hand_overs"].choices
    assert [code for code, _ in offered] == ["children_left_behind", "spouse_training", "saving_plan"]
    assert page.context["form"]["hand_overs"].value() == [code for code, _ in offered]

    answer = send(
        desk, at("record_departure", plan), left_anyway="on", employer="Nyonya Contoh", hand_overs=["saving_plan"],
        agreed_contact_days="7", contact_weekdays=["6"], contact_time="19.00",
    )  # fmt: skip

    assert answer.status_code == 302, (answer.context["form"].errors, answer.context["form"].refusal)
    assert [row.kind for row in kuripan(HandOver).all()] == ["saving_plan"]
    assert (kuripan(Stay).get().contact_weekdays, kuripan(Stay).get().contact_time.hour) == ([6], 19)


def test_who_looks_after_the_children_is_asked_and_stands_on_the_familys_sheet(desk: Client, plan: str) -> None:
    page = desk.get(at("record_departure", plan))
    assert "Siapa yang mengasuh anak di rumah?" in text(page)

    answer = send(
        desk, at("record_departure", plan), left_anyway="on", hand_overs=["children_left_behind"],
        caregiver_name="Mbah Contoh", caregiver_relation="nenek",
    )  # fmt: skip

    assert answer.status_code == 302, (answer.context["form"].errors, answer.context["form"].refusal)
    assert kuripan(Case).get().caregiver_named
    assert b"Mbah" not in bytes(kuripan(Stay).get().said_sealed)
    for name in ("stay", "family_view"):
        assert "Mbah Contoh (nenek)" in text(desk.get(at(name, plan)))
    assert "Mbah Contoh" not in text(signed_in("village_head").get(at("stay", plan)))
    assert [row.kind for row in kuripan(HandOver).all()] == ["children_left_behind"]
    assert "Yang mengasuh anak: Mbah Contoh (nenek)" in text(signed_in("tutor").get(reverse("people:hand_overs")))


def test_another_caregiver_is_written_down_later(desk: Client, abroad: str) -> None:
    send(desk, at("record_stay", abroad), caregiver_name="Bibi Contoh", caregiver_relation="bibi")
    assert desk.get(at("record_stay", abroad)).context["form"]["caregiver_name"].value() == "Bibi Contoh"
    assert "Bibi Contoh (bibi)" in text(desk.get(at("family_view", abroad)))


def test_the_stay_shows_both_clocks_and_who_is_told(desk: Client, abroad: str) -> None:
    page = desk.get(at("stay", abroad))

    assert main_buttons(page) == 1
    shown = text(page)
    assert "Minggu, 29 November 2026, 18.00 WIB" in shown
    assert "Minggu 19.00 waktu Hong Kong" in shown
    assert "ditunggu sampai akhir hari 23 November 2026" in shown
    assert "Nyonya Contoh" in shown
    assert "Bibi Contoh" in shown
    assert Event.objects.filter(event="case.opened_page").exists()


def test_whoever_may_not_see_specific_facts_sees_no_address_and_no_money(
    abroad: str, doing: Doing, places: None
) -> None:
    doing("cases.note_remittance", note_id=new_id(), case_id=abroad, willing=True, band="from_1_to_3")
    doing("cases.record_contact", contact_id=new_id(), case_id=abroad, source="worker", note="Majikannya baik")

    shown = text(signed_in("village_head").get(at("stay", abroad)))

    assert "Pekerjanya sendiri" in shown
    assert not any(word in shown for word in ("Jalan Contoh", "Majikannya", "Rp1 juta sampai Rp3 juta"))


def test_silence_is_seen_on_every_page_before_any_job_ran(abroad: str, places: None) -> None:
    with time_machine.travel(LATE, tick=False):
        desk = signed_in("village_officer")
        listed = desk.get(reverse("cases:abroad") + "?saring=diam")
        assert [row["word"] for row in listed.context["rows"]] == ["4 hari tanpa kabar"]
        assert "Yang dikerjakan sekarang" in text(desk.get(at("stay", abroad)))
        assert "Tanpa kabar: Ibu Siti Aminah" in text(desk.get("/"))


def test_the_list_costs_the_same_for_one_and_for_many(
    desk: Client, abroad: str, doing: Doing, family: Family, django_assert_max_num_queries: Any
) -> None:
    for one in (family.budi, family.rini):
        doing("cases.record_found_abroad", case_id=new_id(), resident_id=str(one.id), country="MYS")
    desk.get(reverse("cases:abroad"))

    with django_assert_max_num_queries(10):
        assert len(desk.get(reverse("cases:abroad")).context["rows"]) == 3


@pytest.mark.parametrize("name", ["stay", "family_view", "case"])
def test_a_page_about_somebody_abroad_asks_few_questions(
    desk: Client, abroad: str, django_assert_max_num_queries: Any, name: str
) -> None:
    desk.get(at(name, abroad))

    with django_assert_max_num_queries(20):
        desk.get(at(name, abroad))


def test_a_call_is_written_down_with_its_hour_and_danger_says_what_to_do(desk: Client, abroad: str) -> None:
    send(desk, at("record_contact", abroad), source="worker", at="09.30", note="Sehat")
    answer = send(desk, at("record_contact", abroad), source="friend", at="09.45", ransom_asked="ya")

    assert [row.at.minute for row in kuripan(Contact).order_by("at")] == [30, 45]
    page = desk.get(answer["Location"])
    assert "jangan mengirim uang" in text(page)
    assert "diminta tebusan" in text(page)


def test_a_tap_without_an_answer_ends_no_alarm(desk: Client, abroad: str) -> None:
    page = send(desk, at("record_contact", abroad))

    assert "Pilih dari siapa kabarnya." in text(page)
    assert not kuripan(Contact).exists()


def test_a_sign_of_danger_stays_on_the_page_until_somebody_complains(desk: Client, abroad: str, family: Family) -> None:
    send(desk, at("record_contact", abroad), source="friend", at="09.45", passport_taken="ya")
    send(desk, at("record_contact", abroad), source="worker", at="10.00")

    page = desk.get(at("stay", abroad))
    assert page.context["state"] == "henti"
    assert "Tanda bahaya: paspornya diambil" in text(page)
    complain = f"{reverse('cases:record_complaint')}?warga={family.siti.id}"
    form = desk.get(complain).context["form"]
    known = [form[name].value() for name in ("country", "employer", "about_address")]
    assert known == ["HKG", "Nyonya Contoh", "Jalan Contoh 7"]

    send(desk, complain, story="Paspornya dipegang majikan.", kind="DOCUMENT_WITHHELD")

    page = desk.get(at("stay", abroad))
    assert page.context["state"] == "aman"
    assert "Tanda bahaya" not in text(page)
    assert "Dokumen ditahan" in text(page)


def test_the_familys_sheet_says_whom_to_ring_and_where_to_report(desk: Client, abroad: str, office: None) -> None:
    VillageOffice.objects.update(phone="0286 000101")

    shown = text(desk.get(at("family_view", abroad)))

    assert "Telepon balai desa: <b>0286 000101</b>" in shown
    assert "/lapor/</b>" in shown


def test_a_wrong_hour_is_said_beside_it_and_nothing_is_lost(desk: Client, abroad: str) -> None:
    page = send(desk, at("record_contact", abroad), source="worker", at="23.59", note="Ada kabar baik")

    assert "Jam kabarnya belum lewat." in text(page)
    assert "Ada kabar baik" in text(page)
    assert not kuripan(Contact).exists()


def test_the_other_steps_have_their_pages(desk: Client, abroad: str) -> None:
    send(desk, at("report_to_mission", abroad), how="online")
    send(desk, at("change_contract", abroad), kind="extension", until="20-11-2029", paid="ya")
    send(desk, at("note_remittance", abroad), willing="on", band="from_1_to_3", uses=["school", "savings"])
    saved = send(desk, at("record_stay", abroad), employer="Nyonya Baru")
    assert saved.status_code == 302, saved.context["form"].errors

    shown = text(desk.get(at("stay", abroad)))
    assert "lewat laman resmi" in shown
    assert "Iuran jaminan 12 bulan Rp162.000, sudah dibayar." in shown
    assert "sekolah anak, tabungan" in shown
    assert "Nyonya Baru" in shown
    assert "Jalan Contoh 7" in shown
    assert kuripan(ContractChange).count() == kuripan(RemittanceNote).count() == 1


def test_the_familys_sheet_says_where_when_and_what_to_do_and_leaves_a_trace(desk: Client, abroad: str) -> None:
    shown = text(desk.get(at("family_view", abroad)))

    assert "Kabar Ibu Siti Aminah" in shown
    assert "Minggu, 29 November 2026, 18.00 WIB" in shown
    assert "Jangan mengirim uang" in shown
    assert "Kantor Indonesia di sana: KBRI atau KJRI" in shown
    assert "Bibi Contoh" not in shown  # the family knows its own; others need not
    assert Event.objects.filter(event="stay.printed").exists()


def test_the_plan_and_the_proposal_lead_to_the_stay(desk: Client, abroad: str, family: Family) -> None:
    titles = [line["title"] for line in desk.get(at("case", abroad)).context["steps"][2]["steps"]]
    assert titles[1:3] == ["18. Lapor diri ke perwakilan RI", "19. Memberi kabar seperti disepakati"]

    answer = desk.get(reverse("cases:abroad"), {"warga": str(family.siti.id)})
    assert answer["Location"] == at("stay", abroad)
    assert desk.get(reverse("cases:abroad"), {"warga": "x"}).status_code == 404


def test_who_is_not_abroad_has_a_page_but_nothing_to_write(desk: Client, plan: str) -> None:
    assert desk.get(at("stay", plan)).status_code == 200
    for name in ("record_stay", "record_contact", "report_to_mission", "change_contract", "note_remittance"):
        assert desk.get(at(name, plan))["Location"] == at("stay", plan)


def test_a_stranger_finds_nothing_about_somebody_abroad(abroad: str, places: None) -> None:
    stranger = signed_in("village_officer", "32.12.16.2004")

    for name in ("stay", "family_view", "record_contact"):
        assert stranger.get(at(name, abroad)).status_code == 404
    assert stranger.get(reverse("cases:abroad")).context["rows"] == []
