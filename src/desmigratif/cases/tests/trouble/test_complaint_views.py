"""Complaints on screen: taken in, worked on to the reporter's word, and gone from the village when it must not see."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from desmigratif.access.testing import SignIn
from desmigratif.audit.models import Event
from desmigratif.cases.complaint_sealing import receipt_code
from desmigratif.cases.models import Complaint, Referral
from desmigratif.cases.tests.conftest import KURIPAN, Family
from desmigratif.cases.tests.pages import desk, fields_of, on_the_morning, send
from desmigratif.cases.tests.papers.test_papers import photo
from desmigratif.cases.tests.trouble.referring import MISSION, body_called, load_directory
from desmigratif.regions.testing import load_sample

__all__ = ["desk", "on_the_morning"]
pytestmark = pytest.mark.django_db
REGENCY, MERAUKE = "33.07", "93.01.01.1002"
STORY = "Anak saya tiga bulan tidak digaji."


def take_in(client: Client, query: str = "", **said: Any) -> Any:
    address = reverse("cases:record_complaint") + query
    page = client.get(address)
    assert page.status_code == 200
    return client.post(address, {**fields_of(page), "story": STORY, **said}, follow=True)


def step(client: Client, row: Complaint, deed: str, **said: Any) -> Any:
    address = reverse("cases:complaint_step", args=[row.id, deed])
    page = client.get(address)
    return client.post(address, {**fields_of(page), **said}, follow=True)


def test_a_mothers_words_are_enough_and_her_code_is_on_the_page(desk: Client, family: Family) -> None:
    page = take_in(desk, f"?warga={family.siti.id}", kind="UNPAID_WAGE", reporter_birth_date="03-01-1992")

    row = Complaint.objects.in_village(KURIPAN).get()
    text = page.content.decode()
    assert receipt_code(row.id) in text
    assert STORY in text
    assert "Dipilah paling lambat 24 November 2026, 10.15 WIB" in text
    assert row.door_index


def test_an_officer_walks_it_to_the_reporters_word(desk: Client, family: Family) -> None:
    take_in(desk, f"?warga={family.siti.id}", kind="UNPAID_WAGE")
    row = Complaint.objects.in_village(KURIPAN).get()
    step(desk, row, "uang", item="wage", claimed_rupiah="9.000.000", recovered_rupiah="2.500.000")
    step(desk, row, "pilah", kind="UNPAID_WAGE", emergency="tidak")
    step(desk, row, "periksa", found="Majikan mengakui.", here="ya")
    step(desk, row, "hasil", outcome="money_back")
    page = step(desk, row, "pelapor", satisfied="tidak", note="Baru separuh.").content.decode()

    assert Complaint.objects.in_village(KURIPAN).get().state == "REOPENED"
    assert "Kembali Rp2.500.000 dari Rp9.000.000" in page
    assert "Baru separuh." in page
    late = desk.get(reverse("cases:complaint_step", args=[row.id, "pilah"]), follow=True).content.decode()
    assert "Langkah itu sudah lewat" in late


def test_evidence_is_shown_with_a_trace_and_kept_by_no_browser(desk: Client, family: Family) -> None:
    take_in(desk)
    row = Complaint.objects.in_village(KURIPAN).get()
    sent = SimpleUploadedFile("pesan.jpg", photo(), content_type="image/jpeg")
    step(desk, row, "bukti", what="chat", copy=sent)
    before = Event.objects.filter(event="complaint.opened").count()

    answer = desk.get(reverse("cases:complaint_evidence", args=[row.evidence.in_village(KURIPAN).get().id]))

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.content.startswith(b"\xff\xd8")
    assert Event.objects.filter(event="complaint.opened").count() == before + 1


def test_about_the_officer_the_village_sees_nothing_but_the_code(desk: Client, sign_in: SignIn, family: Family) -> None:
    page = take_in(desk, about_officer="ya").content.decode()

    row = Complaint.objects.in_village(REGENCY).get()
    assert receipt_code(row.id) in page
    assert "tidak tampil di desa" in page
    assert desk.get(reverse("cases:complaint", args=[row.id])).status_code == 404
    assert desk.get(reverse("cases:complaint_step", args=[row.id, "pilah"])).status_code == 404
    coordinator = sign_in("regency_coordinator", REGENCY)
    assert STORY in coordinator.get(reverse("cases:complaint", args=[row.id])).content.decode()
    assert reverse("cases:complaint", args=[row.id]) in coordinator.get(reverse("cases:complaints")).content.decode()


def test_a_coordinator_chooses_the_village(sign_in: SignIn, desk: Client, family: Family) -> None:
    take_in(sign_in("regency_coordinator", REGENCY), place=KURIPAN)

    assert Complaint.objects.in_village(KURIPAN).count() == 1


def test_what_was_looked_into_and_not_taken_up_here_goes_to_a_body_first(desk: Client, family: Family) -> None:
    take_in(desk, f"?warga={family.siti.id}", kind="UNPAID_WAGE")
    row = Complaint.objects.in_village(KURIPAN).get()
    step(desk, row, "pilah", kind="UNPAID_WAGE", emergency="tidak")
    page = step(desk, row, "periksa", found="Majikan mengakui.", here="tidak")

    first = page.context["acts"][0]
    assert first["label"] == "Rujuk ke lembaga"
    assert f"hal=complaint:{row.id}" in first["url"]


def test_a_complaint_says_in_whose_hands_it_is(desk: Client, family: Family) -> None:
    load_directory(datetime(2026, 11, 23, 3, 15, tzinfo=UTC))
    take_in(desk, f"?warga={family.siti.id}", kind="UNPAID_WAGE", may_refer="ya")
    row = Complaint.objects.in_village(KURIPAN).get()
    step(desk, row, "pilah", kind="UNPAID_WAGE", emergency="tidak")
    step(desk, row, "periksa", found="Majikan mengakui.", here="tidak")
    said = {"body_id": str(body_called(MISSION).id), "why": "Mohon ditagih.", "basis": "consent"}
    send(desk, f"{reverse('cases:send_referral')}?hal=complaint:{row.id}", **said)

    page = reverse("cases:complaint", args=[row.id])
    assert f"Di lembaga: {MISSION}, tinggal 10 hari kerja" in desk.get(page).content.decode()
    send(
        desk, reverse("cases:recall_referral", args=[Referral.objects.in_village(KURIPAN).get().id]), because="mistake"
    )
    assert "Tidak ada rujukan yang berjalan." in desk.get(page).content.decode()
    step(desk, row, "tangani")
    assert "Di tangan kantor ini." in desk.get(page).content.decode()


def test_what_its_reporter_opened_again_is_on_the_mornings_list(desk: Client, sign_in: SignIn, family: Family) -> None:
    take_in(desk, f"?warga={family.siti.id}", kind="UNPAID_WAGE")
    row = Complaint.objects.in_village(KURIPAN).get()
    step(desk, row, "pilah", kind="UNPAID_WAGE", emergency="tidak")
    step(desk, row, "hasil", outcome="explained")
    assert "dibuka lagi oleh pelapor" not in desk.get("/").content.decode()
    step(desk, row, "pelapor", satisfied="tidak")

    assert "1 pengaduan dibuka lagi oleh pelapor" in desk.get("/").content.decode()
    assert "1 dibuka lagi oleh pelapor" in sign_in("regency_coordinator", REGENCY).get("/").content.decode()


def test_a_code_that_opens_nothing_is_not_promised_to_open_a_page(desk: Client, family: Family) -> None:
    with_day = take_in(desk, reporter_birth_date="03-01-1992").content.decode()
    without = take_in(desk).content.decode()

    assert "/status/</b>" in with_day
    assert "/status/</b>" not in without
    assert "hanya bisa ditanyakan di kantor" in without


def test_two_villages_of_one_name_differ_in_the_regencys_inbox(sign_in: SignIn, desk: Client, family: Family) -> None:
    take_in(desk)

    inbox = sign_in("regency_coordinator", REGENCY).get(reverse("cases:complaints")).content.decode()

    assert "Desa Kuripan, Kec. Watumalang" in inbox


@pytest.mark.parametrize(
    ("minute", "word"), [("15:59", "Dipilah paling lambat"), ("16:01", "Seharusnya dipilah sebelum")]
)
def test_an_emergency_at_eleven_at_night_in_the_far_east_waits_for_no_morning(
    sign_in: SignIn, minute: str, word: str
) -> None:
    load_sample((MERAUKE,))
    with time_machine.travel("2026-12-24T14:00:00Z", tick=False):
        take_in(sign_in("village_officer", MERAUKE), emergency="ya")

    with time_machine.travel(f"2026-12-24T{minute}:00Z", tick=False):
        coordinator = sign_in("regency_coordinator", MERAUKE[:5])
        inbox = coordinator.get(reverse("cases:complaints")).content.decode()

    assert f" · {word} 25 Desember 2026, 01.00 WIT" in inbox
    assert "Darurat" in inbox


def test_a_step_with_a_gap_says_so_and_keeps_what_was_written(desk: Client, family: Family) -> None:
    take_in(desk)
    row = Complaint.objects.in_village(KURIPAN).get()

    page = step(desk, row, "pilah", note="Sudah ditelepon.").content.decode()

    assert "Bila ragu, pilih ya." in page
    assert "Sudah ditelepon." in page


def test_strangers_find_nothing(desk: Client, sign_in: SignIn, family: Family) -> None:
    take_in(desk)
    row = Complaint.objects.in_village(KURIPAN).get()

    for client in (sign_in("village_officer", "32.12.16.2004"), sign_in("village_head", KURIPAN)):
        assert client.get(reverse("cases:complaint", args=[row.id])).status_code == 404
        assert STORY not in client.get(reverse("cases:complaints")).content.decode()


def test_the_last_day_of_a_claim_is_counted_and_not_kept(desk: Client) -> None:
    page = desk.get(reverse("cases:benefits") + "?kejadian=29-02-2024").content.decode()

    assert "Paling lambat diajukan 1 Maret 2029" in page


def test_the_pages_ask_few_questions_of_the_database(
    desk: Client, family: Family, django_assert_max_num_queries: Any
) -> None:
    for _number in range(4):
        take_in(desk, f"?warga={family.siti.id}", kind="UNPAID_WAGE")
    row = Complaint.objects.in_village(KURIPAN).first()
    assert row is not None
    for address in (reverse("cases:complaints"), reverse("cases:complaint", args=[row.id])):
        desk.get(address)
        with django_assert_max_num_queries(20):
            desk.get(address)


def test_only_what_the_reporter_allows_is_referred(desk: Client, family: Family) -> None:
    for answer in ("ya", "tidak"):
        take_in(desk, f"?warga={family.siti.id}", kind="UNPAID_WAGE", may_refer=answer)
    yes, no = Complaint.objects.in_village(KURIPAN).order_by("-may_refer")
    step(desk, no, "pilah", kind="UNPAID_WAGE", emergency="tidak")

    allowed = step(desk, yes, "pilah", kind="UNPAID_WAGE", emergency="tidak").content.decode()
    refused = desk.get(reverse("cases:complaint", args=[no.id])).content.decode()

    link = re.search(r'href="([^"]+hal=complaint[^"]+)"', allowed)
    assert link is not None
    assert desk.get(link.group(1)).status_code == 200
    assert "hal=complaint" not in refused
    assert "tidak mengizinkan laporannya diteruskan" in refused
