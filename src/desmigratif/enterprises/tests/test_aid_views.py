"""Pages of help, money and mentoring: forms fill their action, and refusals stand beside their field."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from desmigratif.enterprises.models import Asset, FaultTicket, Group, GroupMonth, MentorVisit
from desmigratif.enterprises.month_links import token_of
from desmigratif.enterprises.queries.life import asleep, late_faults, lives_of, waiting_faults
from desmigratif.enterprises.tests.conftest import KENANGA, KURIPAN, Village
from desmigratif.enterprises.tests.test_aid import GIVEN, Help, photo_with_a_place
from desmigratif.enterprises.tests.test_months import month
from desmigratif.shared.ids import new_id

Enter = Callable[..., Client]
OCTOBER = date(2026, 10, 1)
pytestmark = pytest.mark.usefixtures("morning")


@pytest.fixture
def group_id(village: Village) -> UUID:
    return village.group("siti", "wati", "joko")


def send(browser: Client, name: str, id: UUID, /, **given: Any) -> Any:
    """Open a form, keep its hidden ids and what is filled in already, and send it."""
    address = reverse(f"enterprises:{name}", args=[id])
    form = browser.get(address).context["form"]
    hidden = {field.name: field.value() for field in form if field.value() not in (None, "")}
    return browser.post(address, {**hidden, **given})


def errors(answer: Any) -> dict[str, list[str]]:
    return {name: [str(one) for one in said] for name, said in answer.context["form"].errors.items()}


def test_a_mentor_asks_promises_receives_and_reports(village: Village, group_id: UUID, enter: Enter) -> None:
    browser = enter("enterprise_mentor")
    no_sheet = send(browser, "promise", group_id, **{**GIVEN, "value_rupiah": "12.000.000"})
    assert "Isi lembar kebutuhan dulu" in errors(no_sheet)["needs_id"][0]
    assert "Mesin pengupas" in no_sheet.content.decode()

    asked = {f"answer_{code}": "ya" for code in ("power", "place", "skill", "supply", "buyer")}
    send(browser, "needs", group_id, item="Mesin pengupas", purpose="Mengupas singkong", **asked)
    form = browser.get(reverse("enterprises:promise", args=[group_id])).context["form"]
    sheet = form.fields["needs_id"].choices[1][0]
    send(browser, "promise", group_id, **{**GIVEN, "value_rupiah": "12.000.000", "needs_id": sheet})
    asset = Asset.objects.in_village(KURIPAN).get()
    chair = str(village.chair(group_id))
    send(browser, "hand_over", asset.id, receiver_id=chair, serial="SN-7", condition="good", usable="ya")
    photo = SimpleUploadedFile("IMG_2026.jpg", photo_with_a_place(), "image/jpeg")
    wrong = send(browser, "check_asset", asset.id, condition="broken", usable="ya")
    assert "tidak bisa dipakai" in errors(wrong)["usable"][0]
    send(
        browser,
        "check_asset",
        asset.id,
        condition="broken",
        usable="tidak",
        because="broken",
        tell_giver="on",
        photo=photo,
    )
    ticket = FaultTicket.objects.in_village(KURIPAN).get()
    page = browser.get(reverse("enterprises:asset", args=[asset.id])).content.decode()
    send(browser, "fault", ticket.id, answer="repair", note="Teknisi datang")

    assert "Belum bisa dipakai: rusak" in page and "Lihat foto" in page
    assert "Akan diperbaiki, paling lambat" in browser.get(reverse("enterprises:aid", args=[group_id])).content.decode()
    act = browser.get(reverse("enterprises:hand_over_act", args=[asset.id])).content
    (sheet_of_paper,) = PdfReader(io.BytesIO(act)).pages
    assert "SN-7" in sheet_of_paper.extract_text()


def test_a_month_is_filled_in_and_put_right_and_says_what_is_wrong(
    village: Village, group_id: UUID, enter: Enter
) -> None:
    browser = enter("enterprise_mentor")
    minus = send(browser, "month", group_id, sales_rupiah="-10.000.000", cost_rupiah="0")
    assert errors(minus) == {"sales_rupiah": ["Penjualan tidak bisa kurang dari nol. Belum ada? Tulis 0."]}
    assert 'value="-10.000.000"' in minus.content.decode()

    sold = {"sales_rupiah": "3.000.000", "cost_rupiah": "1.800.000", "workers": "2", "channels": ["market"]}
    send(browser, "month", group_id, **sold, before_rupiah="900.000")
    row = GroupMonth.objects.in_village(KURIPAN).get()
    address = f"{reverse('enterprises:month', args=[group_id])}?bulan=2026-10"
    form = browser.get(address).context["form"]
    browser.post(address, {"act_id": form["act_id"].value(), "record_id": form["record_id"].value(), "seen": 1,
                           "sales_rupiah": "3.000.000", "cost_rupiah": "2.000.000"})  # fmt: skip
    row.refresh_from_db()
    money = browser.get(reverse("enterprises:money", args=[group_id])).content.decode()

    assert (row.month, row.cost_rupiah, row.version, row.workers) == (OCTOBER, 2_000_000, 2, 0)
    assert "Rp1.000.000" in money and "Rp900.000" in money and "<rect" in money
    assert "Ditampilkan bila ada paling sedikit 5 kelompok lain." in money


def test_a_paper_sheet_is_typed_in_at_once(village: Village, group_id: UUID, enter: Enter) -> None:
    browser = enter("village_officer")
    half = send(browser, "sheet_entry", group_id, sales_202609="500.000")
    assert list(errors(half)) == ["cost_202609"]
    done = send(browser, "sheet_entry", group_id, sales_202609="500.000", cost_202609="300.000", workers_202609="1",
                sales_202610="0", cost_202610="0")  # fmt: skip

    assert (done.status_code, GroupMonth.objects.in_village(KURIPAN).count()) == (302, 2)
    again = browser.post(reverse("enterprises:sheet_entry", args=[group_id]), {
        "act_id": str(new_id()), "record_id": str(new_id()), "sales_202609": "1", "cost_202609": "1",
    })  # fmt: skip
    assert "sales_202609" in errors(again) and "sudah ada" in again.content.decode()


def test_a_treasurer_writes_by_her_address_and_sees_no_person(village: Village, group_id: UUID, client: Client) -> None:
    link_id = new_id()
    village.do("make_month_link", group_id=group_id, link_id=link_id)
    address = reverse("portal:month", args=[token_of(link_id)])
    page = client.get(address)
    form = page.context["form"]
    hidden = {field.name: field.value() for field in form if field.value() not in (None, "")}
    sold = {"sales_rupiah": "1.000.000", "cost_rupiah": "400.000", "channels": ["market"]}
    saved = client.post(address, {**hidden, **sold}, follow=True).content.decode()
    twice = client.post(address, {**hidden, **sold, "act_id": str(new_id()), "record_id": str(new_id())})

    assert page.headers["Cache-Control"] == "no-store, private"
    assert "Oktober 2026 sudah tersimpan" in saved and "Rp600.000" in saved
    assert "Siti" not in saved and "Wati" not in saved
    assert "sudah ada" in twice.content.decode()
    assert GroupMonth.objects.in_village(KURIPAN).get().way == "link"
    wrong = reverse("portal:month", args=["AAAA-BBBB-CCCC-DDDD"])
    assert [client.get(wrong).status_code for _ in range(21)] == [404] * 20 + [429]


def test_a_visit_is_written_and_its_tasks_come_back(village: Village, group_id: UUID, enter: Enter) -> None:
    browser = enter("enterprise_mentor")
    send(browser, "mentoring", group_id, findings="Label belum ada.", task_1="Membuat label", due_1="01-12-2026")
    page = browser.get(reverse("enterprises:mentoring", args=[group_id])).content.decode()
    early = send(browser, "mentoring", group_id, findings="Cek", task_1="Foto produk", due_1="01-01-2026")

    assert "Membuat label" in page and "Label belum ada." in page
    assert list(errors(early)) == ["due_1"]
    assert MentorVisit.objects.in_village(KURIPAN).count() == 1


def test_a_wish_for_money_says_where_and_why_not(village: Village, group_id: UUID, enter: Enter) -> None:
    browser = enter("enterprise_mentor")
    address = reverse("enterprises:capital", args=[group_id])
    page = browser.get(address, {"jumlah": "2.000.000"}).content.decode()
    chair = str(village.chair(group_id))
    sent = send(
        browser, "capital", group_id, amount_rupiah="2.000.000", purpose="Wajan", member_id=chair, place="cooperative"
    )

    assert "KUR super mikro di bank" in page and "Catatan bulan baru 0; perlu 3." in page
    assert "Catatan bulan baru 0; perlu 3." in errors(sent)["place"][1]
    sent = send(browser, "capital", group_id, amount_rupiah="2.000.000", purpose="Wajan", member_id=chair,
                place="kur_super_micro")  # fmt: skip
    assert sent.status_code == 302


def test_the_report_and_the_sheet_are_one_page_each_and_name_nobody(
    village: Village, group_id: UUID, enter: Enter
) -> None:
    month(village, group_id, before_rupiah=900_000)
    Help(village, group_id).here()
    browser = enter("village_head")
    for name in ("report", "month_sheet"):
        pdf = browser.get(reverse(f"enterprises:{name}", args=[group_id])).content
        (page,) = PdfReader(io.BytesIO(pdf)).pages
        text = page.extract_text()
        assert "Kelompok Melati" in text
        assert "Siti" not in text and "Wati" not in text


def test_the_life_of_groups_is_found_out(village: Village, enter: Enter, django_assert_max_num_queries: Any) -> None:
    for place in range(4):
        village.group("siti", group_name=f"Kelompok {place}", on=date(2026, 3, 1))
    browser = enter("village_head")
    address = reverse("enterprises:life")
    browser.get(address)
    with django_assert_max_num_queries(20):
        page = browser.get(address).content.decode()

    assert page.count("Belum pernah ada penjualan, dan tidak ada kunjungan pendamping.") == 4
    assert "Kelompok 0" not in enter("village_head", KENANGA).get(address).content.decode()


def test_the_database_and_the_rule_agree_on_who_is_asleep_and_the_desk_says_how_many(
    village: Village, enter: Enter
) -> None:
    named = {name: village.group("siti", group_name=f"Kelompok {name}", on=date(2026, 3, 1))
             for name in ("menjual", "dikunjungi", "berhenti", "diam")}  # fmt: skip
    month(village, named["menjual"])
    village.do("record_mentor_visit", visit_id=new_id(), group_id=named["dikunjungi"], findings="Benang habis")
    village.do("end_group", ending_id=new_id(), group_id=named["berhenti"], cause="other")
    groups = list(Group.objects.in_village(KURIPAN))
    counts = set()
    for days in (0, 20, 69, 70, 90, 91, 92, 93, 94, 100, 150):  # the season after each sale and visit runs out
        today = date(2026, 11, 23) + timedelta(days=days)
        by_rule = {id for id, life in lives_of(groups, today).items() if life.state == "asleep"}
        assert {one.id for one in asleep(village.mentor, today)} == by_rule
        counts.add(len(by_rule))

    assert counts == {1, 2, 3}
    assert "1 kelompok usaha tertidur" in enter("village_officer").get("/").content.decode()
    assert "1 kelompok tertidur, 0 kerusakan" in enter("enterprise_mentor").get("/").content.decode()


def test_the_database_and_the_clock_agree_on_which_giver_is_late(village: Village, group_id: UUID) -> None:
    help, tickets = Help(village, group_id), [new_id(), new_id()]
    for ticket_id in tickets:
        help.check(help.here(), tell_giver=True, ticket_id=ticket_id)
    village.do("answer_fault", ticket_id=tickets[0], check_id=new_id(), answer="repair")
    counts = []
    for days in (0, 14, 15, 30, 31):
        today = date(2026, 11, 23) + timedelta(days=days)
        by_clock = {one.ticket.id for one in waiting_faults(village.mentor, today) if one.clock.state == "henti"}
        assert {one.id for one in late_faults(village.mentor, today)} == by_clock
        counts.append(len(by_clock))

    assert counts == [0, 0, 1, 1, 2]


def test_pages_of_a_group_ask_few_questions(
    village: Village, group_id: UUID, enter: Enter, django_assert_max_num_queries: Any
) -> None:
    help = Help(village, group_id)
    for _ in range(3):
        asset_id = help.here()
        help.check(asset_id, tell_giver=True, ticket_id=new_id())
    for which in (date(2026, 9, 1), OCTOBER):
        month(village, group_id, which)
    browser = enter("enterprise_mentor")
    addresses = [reverse(f"enterprises:{name}", args=[group_id]) for name in ("aid", "money", "mentoring", "month")]
    for address in (*addresses, reverse("enterprises:asset", args=[asset_id])):
        browser.get(address)
        with django_assert_max_num_queries(20):
            assert browser.get(address).status_code == 200


def test_who_mentors_elsewhere_finds_no_page(village: Village, group_id: UUID, enter: Enter) -> None:
    asset_id = Help(village, group_id).here()
    browser = enter("enterprise_mentor", KENANGA)
    names = ("aid", "needs", "promise", "money", "month", "sheet_entry", "month_link", "capital", "report", "mentoring")
    pages = [reverse(f"enterprises:{name}", args=[group_id]) for name in names]
    pages += [reverse(f"enterprises:{name}", args=[asset_id]) for name in ("asset", "check_asset", "hand_over_act")]

    assert {browser.get(page).status_code for page in pages} == {404}


def test_what_comes_next_stands_with_its_day_the_late_first(village: Village, group_id: UUID, enter: Enter) -> None:
    task = {"task_id": new_id(), "text": "Membuat label", "due_on": date(2026, 11, 20)}
    visit = {"visit_id": new_id(), "findings": "Label belum ada.", "tasks": [task], "on": date(2026, 11, 10)}
    village.do("record_mentor_visit", group_id=group_id, **visit)
    course = {"title": "Berjualan lewat HP", "trainer": "Ibu Guru", "starts_on": date(2026, 12, 1), "hours": 8}
    village.do("plan_training", training_id=new_id(), **course)
    permit = {"kind": "pirt", "number": "2063307", "issued_on": date(2022, 1, 1), "valid_until": date(2026, 12, 20)}
    village.do("record_permit", permit_id=new_id(), group_id=group_id, **permit)

    rows = enter("enterprise_mentor").get(reverse("enterprises:life")).context["agenda"]

    assert [row["title"] for row in rows] == ["Membuat label", "Berjualan lewat HP", "SPP-IRT (PIRT) habis"]
    assert [len(row["states"]) for row in rows] == [1, 0, 0]
    assert enter("enterprise_mentor", "32.12.16.2004").get(reverse("enterprises:life")).context["agenda"] == []
