"""The journey's pages, walked as an officer, a head and a stranger walk them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from desmigratif.access.models import User
from desmigratif.access.testing import signed_in_browser, somebody
from desmigratif.cases.models import Case, CaseStep, TopicTold, Visit
from desmigratif.cases.rules.before.visits import topics_on
from desmigratif.cases.tests.before.test_journey_steps import ALL_TOPICS, check, cleared, inform, ready, record
from desmigratif.cases.tests.conftest import KURIPAN, Doing, Family
from desmigratif.cases.tests.pages import fields_of, kuripan, main_buttons, send
from desmigratif.shared.ids import new_id

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def signed_in(role: str, region: str = KURIPAN) -> Client:
    return signed_in_browser(somebody(role, region, name="Petugas"), with_second_factor=False)


@pytest.fixture
def desk(places: None) -> Client:
    return signed_in("village_officer")


def row(code: str) -> CaseStep:
    found: CaseStep = kuripan(CaseStep).get(step=code)
    return found


def page_of(name: str, code: str = "civil_papers") -> str:
    return reverse(f"cases:{name}", args=[row(code).id])


def lines(page: Any) -> dict[str, dict[str, Any]]:
    return {step["title"].split(". ")[-1]: step for group in page.context["steps"] for step in group["steps"]}


def test_the_case_page_is_the_whole_journey_as_a_checklist(
    desk: Client, family: Family, doing: Doing, office: None, case_id: str
) -> None:
    cleared(family, doing, case_id)

    page = desk.get(reverse("cases:case", args=[case_id]))

    groups = page.context["steps"]
    assert [group["title"] for group in groups] == [
        "Sebelum berangkat: di desa", "Sebelum berangkat: mengurus dokumen", "Selama bekerja", "Setelah pulang",
    ]  # fmt: skip
    assert [len(group["steps"]) for group in groups] == [5, 12, 6, 3]
    assert [line["title"] for line in lines(page).values() if line.get("open")] == ["1. Penjelasan lengkap"]
    papers = lines(page)["KTP, KK, akta dicocokkan"]
    assert papers["holder"] == "Dukcapil, sejak 23 November 2026"
    assert papers["clock"] == "Tinggal 10 hari kerja, sampai 7 Desember 2026"
    assert main_buttons(page) == 1


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-30T03:15:00Z", "Batasnya hari ini, 30 November 2026"),
        ("2026-12-02T03:15:00Z", "Terlambat 2 hari kerja, batasnya 30 November 2026"),
    ],
)
def test_a_clock_says_what_is_left_and_by_how_much_it_is_late(
    desk: Client, family: Family, doing: Doing, case_id: str, day: str, said: str
) -> None:
    with time_machine.travel(day, tick=False):
        page = signed_in("village_head").get(reverse("cases:case", args=[case_id]))

    assert lines(page)["Penjelasan lengkap"]["clock"] == said


def test_every_step_is_finished_from_its_own_page(
    desk: Client, family: Family, doing: Doing, office: None, case_id: str
) -> None:
    cleared(family, doing, case_id)
    address = reverse("cases:record_information", args=[case_id])
    assert send(desk, address, topics=ALL_TOPICS, received="on").status_code == 302
    finished = 0
    while finished < 30:
        page = desk.get(reverse("cases:case", args=[case_id]))
        if page.context["next"] == "departure":
            break
        (line,) = [line for line in lines(page).values() if line.get("open")]
        assert send(desk, line["act_url"], trips="1", places_visited="1", paid_rupiah="0").status_code == 302
        finished += 1
    assert finished == 12

    answer = send(desk, reverse("cases:record_departure", args=[case_id]), agreed_contact_days="7", note="Ibu Chan")

    page = desk.get(answer.url)
    assert kuripan(Case).get().state == "DEPARTED"
    assert page.context["next"] == "abroad"
    assert "Ibu Chan" in page.content.decode()
    assert "Ibu Chan" not in signed_in("village_head").get(answer.url).content.decode()
    measured = {m.code: (m.numerator, m.denominator) for m in page.context["measures"]}
    assert measured == {"AMAN": (5, 5), "CEPAT": (17, 17), "MUDAH": (12, 12), "MURAH": (6, 6)}


def test_what_visits_explained_is_ticked_already(desk: Client, family: Family, doing: Doing, case_id: str) -> None:
    doing("cases.record_visit", visit_id=str(new_id()), resident_id=str(family.siti.id), purpose="offer",
          topics=["costs", "risks"])  # fmt: skip
    address = reverse("cases:record_information", args=[case_id])

    assert set(fields_of(desk.get(address))["topics"]) == {"costs", "risks"}
    assert not kuripan(TopicTold).exists()


def test_the_checklist_says_who_told_what_at_a_visit_and_in_the_plan(
    desk: Client, family: Family, doing: Doing, case_id: str
) -> None:
    visit = f"{reverse('cases:record_visit')}?warga={family.siti.id}"
    send(desk, visit, purpose="offer", topics=["costs", "risks"], on="20-11-2026")
    address = reverse("cases:record_information", args=[case_id])
    send(desk, address, topics=["costs"], received="on")

    page = desk.get(address)

    said = {line["label"]: line for line in page.context["lines"]}
    told = {label: (line["told"], line["received"]) for label, line in said.items() if line["told"]}
    assert told == {
        "Biaya penempatan": (
            ["Kunjungan 20 November 2026, Petugas", "Rencana ini 23 November 2026, Petugas"], True,
        ),
        topics_on(date(2026, 11, 23))["risks"]: (["Kunjungan 20 November 2026, Petugas"], False),
    }  # fmt: skip
    assert len(said) == len(ALL_TOPICS)
    assert "Daftar periksa: 1 dari 11 sudah diterima" in page.content.decode()
    assert "1 dari 11 hal sudah diterima calon" in desk.get(reverse("cases:case", args=[case_id])).content.decode()


def test_nobody_tells_anything_to_somebody_who_waits(desk: Client, family: Family, doing: Doing) -> None:
    send(desk, f"{reverse('cases:record_visit')}?warga={family.siti.id}", purpose="other", wait="")
    visit = kuripan(Visit).get()
    assert visit.giver_id == ""

    send(desk, reverse("cases:finish_visit", args=[visit.id]), topics=["costs"])

    assert kuripan(Visit).get().giver_id == str(User.objects.get().id)


def test_after_the_departure_the_checklist_is_read_and_not_written(
    desk: Client, family: Family, doing: Doing, office: None, case_id: str
) -> None:
    ready(family, doing, case_id)
    send(desk, reverse("cases:record_departure", args=[case_id]))
    address = reverse("cases:record_information", args=[case_id])

    assert desk.get(address).context["form"] is None
    assert desk.post(address, {"topics": "costs"}).url == reverse("cases:case", args=[case_id])


def test_the_second_officer_is_told_keeps_their_typing_and_may_go_on(
    desk: Client, family: Family, doing: Doing, case_id: str
) -> None:
    address = page_of("step")
    mine = {**fields_of(desk.get(address)), "trips": "4", "paid_rupiah": "25.000"}
    doing("cases.take_step", case_id=case_id, step="civil_papers", seen=1, holder="candidate")

    told = desk.post(address, mine)

    assert "sudah diubah petugas lain" in told.content.decode()
    assert row("civil_papers").state == "open"
    again = fields_of(told)
    assert (again["trips"], again["paid_rupiah"], again["seen"]) == ("4", "25.000", "2")
    assert desk.post(address, again).status_code == 302
    assert (row("civil_papers").trips, row("civil_papers").holder) == (4, "candidate")


def test_hands_hindrances_and_corrections_have_their_pages(
    desk: Client, family: Family, doing: Doing, case_id: str
) -> None:
    send(desk, page_of("take_step"), holder="candidate")
    send(desk, page_of("hold_step"), reason="papers_returned", holder="civil_registry")
    page = desk.get(reverse("cases:case", args=[case_id]))
    assert lines(page)["KTP, KK, akta dicocokkan"]["word"] == "Tertahan: berkas dikembalikan untuk diperbaiki"
    send(desk, page_of("step"), trips="3", paid_rupiah="10.000")
    send(desk, page_of("correct_step"), trips="2", reason="mistyped")

    assert (row("civil_papers").trips, row("civil_papers").paid_rupiah, row("civil_papers").asked_again) == (
        2, 10_000, 1,
    )  # fmt: skip
    assert "Yang tertulis sebelumnya" in desk.get(page_of("correct_step")).content.decode()
    assert desk.get(page_of("step")).status_code == 302


def test_a_step_that_the_law_does_not_ask_for_is_left_out(
    desk: Client, family: Family, doing: Doing, office: None, case_id: str
) -> None:
    cleared(family, doing, case_id)
    inform(doing, case_id)
    for code in ("civil_papers", "jobseeker_registration"):
        record(doing, case_id, code)

    send(desk, page_of("leave_out_step", "selection"), reason="individual")

    page = desk.get(reverse("cases:case", args=[case_id]))
    assert lines(page)["Seleksi"]["word"] == "Tidak diperlukan"
    assert desk.get(page_of("leave_out_step", "civil_papers")).status_code == 302


def test_a_departure_that_is_stopped_says_why_and_who_is_gone_is_registered(
    desk: Client, family: Family, doing: Doing, case_id: str
) -> None:
    check(doing, case_id, visa="umrah")
    address = reverse("cases:record_departure", args=[case_id])

    stopped = send(desk, address, note="Lewat Batam").content.decode()
    gone = send(desk, address, left_anyway="on")

    assert "Lapor berangkat ke desa belum bisa" in stopped
    assert "Lewat Batam" in stopped
    assert gone.status_code == 302
    assert "Tidak resmi" in desk.get(reverse("cases:case", args=[case_id])).content.decode()


def test_a_plan_ends_by_another_way_and_the_ground_is_for_officers(
    desk: Client, family: Family, doing: Doing, office: None, case_id: str
) -> None:
    cleared(family, doing, case_id)
    inform(doing, case_id)
    for code in ("civil_papers", "jobseeker_registration", "selection", "placement_agreement"):
        record(doing, case_id, code)

    send(desk, reverse("cases:exit_case", args=[case_id]), exit="UNFIT")

    address = reverse("cases:case", args=[case_id])
    assert "Tidak lolos kesehatan" in desk.get(address).content.decode()
    assert (
        "kesehatan" not in signed_in("village_head").get(address).content.decode().split("<main")[1].split("Langkah")[0]
    )
    assert desk.get(reverse("cases:exit_case", args=[case_id])).status_code == 302


def test_somebody_found_abroad_is_written_down_from_the_desk(desk: Client, family: Family) -> None:
    address = f"{reverse('cases:found_abroad')}?warga={family.siti.id}"

    answer = send(desk, address, country="MYS", departed_on="01-02-2019", procedural_status="NON_PROCEDURAL")

    page = desk.get(answer.url)
    assert [group["title"] for group in page.context["steps"]] == ["Selama bekerja", "Setelah pulang"]
    assert "1 Februari 2019" in page.content.decode()
    assert desk.get(address).url == answer.url
    assert desk.get(reverse("cases:cases")).context["rows"][0]["waits"]["label"] == "Di luar negeri"


NAMES = ("step", "take_step", "hold_step", "correct_step", "record_information", "record_departure", "exit_case")


@pytest.mark.parametrize("name", NAMES)
def test_strangers_and_heads_find_none_of_these_forms(
    desk: Client, family: Family, doing: Doing, case_id: str, name: str
) -> None:
    of_step = name.endswith("step")
    address = reverse(f"cases:{name}", args=[row("civil_papers").id if of_step else case_id])

    for other in (signed_in("village_officer", "32.12.16.2004"), signed_in("village_head")):
        assert (other.get(address).status_code, other.post(address, {}).status_code) == (404, 404)
    assert Client().get(address).status_code == 302


def test_strangers_find_nobody_abroad(desk: Client, family: Family) -> None:
    stranger = signed_in("village_officer", "32.12.16.2004")

    for query in (f"?warga={family.siti.id}", "?warga=bukan-nomor", ""):
        assert stranger.get(reverse("cases:found_abroad") + query).status_code == 404


@pytest.mark.parametrize(
    ("name", "code", "queries"),
    [
        ("step", "selection", 11),
        ("take_step", "selection", 10),
        ("hold_step", "selection", 10),
        ("leave_out_step", "selection", 10),
        ("correct_step", "civil_papers", 11),
        ("record_information", "", 13),
        ("record_departure", "", 11),
        ("exit_case", "", 11),
        ("case", "", 23),
    ],
)
def test_each_page_asks_a_fixed_number_of_questions(
    desk: Client, family: Family, doing: Doing, office: None, case_id: str, django_assert_num_queries: Any,
    name: str, code: str, queries: int,
) -> None:  # fmt: skip
    cleared(family, doing, case_id)
    inform(doing, case_id)
    for step in ("civil_papers", "jobseeker_registration"):
        record(doing, case_id, step)
    address = page_of(name, code) if code else reverse(f"cases:{name}", args=[case_id])
    desk.get(address)

    with django_assert_num_queries(queries):
        assert desk.get(address).status_code == 200


def test_a_found_resident_asks_a_fixed_number_of_questions(
    desk: Client, family: Family, django_assert_num_queries: Any
) -> None:
    address = f"{reverse('cases:found_abroad')}?warga={family.siti.id}"
    desk.get(address)

    with django_assert_num_queries(5):
        desk.get(address)


def test_nothing_more_is_asked_of_somebody_who_left(
    desk: Client, family: Family, doing: Doing, office: None, case_id: str
) -> None:
    ready(family, doing, case_id)
    send(desk, reverse("cases:record_departure", args=[case_id]))

    for name in ("record_departure", "record_family_talk"):
        assert desk.get(reverse(f"cases:{name}", args=[case_id])).url == reverse("cases:case", args=[case_id])
