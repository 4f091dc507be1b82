"""The main job: from a village's register to a letter that verifies with the network off."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from desmigratif.access.actor import person
from desmigratif.access.door import do
from desmigratif.access.models import Grant, User
from desmigratif.audit.verify import verify_chains
from desmigratif.documents.models import Letter
from desmigratif.documents.queries import key_set, letter_content
from desmigratif.documents.rules.verify_pdf import verify_pdf
from desmigratif.people.models import Resident
from desmigratif.people.rules.register_sheet.write import write_sheet
from desmigratif.shared.ids import new_id
from journeys.helping import answer, tap, turn_page

KURIPAN = "33.07.10.2004"
PASSWORD = "empat kata yang panjang"
pytestmark = [pytest.mark.browser, pytest.mark.every_database, pytest.mark.django_db(transaction=True)]


def family_rows() -> list[dict[str, Any]]:
    """Two made-up families as the sheet has them; headers and codes of OpenSID."""
    shared = {"dusun": "Krajan", "rw": "001", "rt": "002", "warganegara_id": 1, "agama_id": 1, "status_dasar": 1}
    first, second = {**shared, "no_kk": "3307100101200001"}, {**shared, "no_kk": "3307100101200002"}
    return [
        {**first, "nama": "Bambang Prasetyo", "nik": "3307100301880001", "sex": 1, "tanggallahir": date(1988, 1, 3),
         "tempatlahir": "Wonosobo", "status_kawin": 2, "kk_level": 1, "pekerjaan_id": 9},
        {**first, "nama": "Siti Aminah Rahayu", "nik": "3307106104920002", "sex": 2, "tanggallahir": date(1992, 4, 21),
         "tempatlahir": "Wonosobo", "status_kawin": 2, "kk_level": 3, "pekerjaan_id": 2},
        {**first, "nama": "Rizky Prasetyo", "nik": "3307100907140003", "sex": 1, "tanggallahir": date(2014, 7, 9),
         "tempatlahir": "Wonosobo", "status_kawin": 1, "kk_level": 4, "pekerjaan_id": 3},
        {**second, "nama": "Sutrisno", "nik": "3307101708600001", "sex": 1, "tanggallahir": date(1960, 8, 17),
         "tempatlahir": "Wonosobo", "status_kawin": 4, "kk_level": 1, "pekerjaan_id": 9},
    ]  # fmt: skip


@pytest.fixture
def officer_user(live_server: Any, settings: Any) -> User:
    """An officer with a password, in a village whose letterhead is filled in."""
    settings.PUBLIC_URL = live_server.url
    user = User(username="petugas.uji", name="Wulan Setyowati")
    user.set_password(PASSWORD)
    user.save()
    Grant.objects.create(user=user, role="village_officer", region_code=KURIPAN, valid_from=date(2020, 1, 1))
    office = {
        "office_id": new_id(), "key_id": new_id(), "village_code": KURIPAN, "address": "Jalan Balai Desa 1",
        "head_name": "Suwarno Hadi", "letter_code": "DS-KRP",
    }  # fmt: skip
    administrator = person(new_id(), "Pengelola", ("administrator", KURIPAN))
    do(administrator, "documents.set_up_office", office, now=timezone.now(), act_id=new_id())
    return user


def test_from_register_to_letter(page: Page, officer_user: User, tmp_path: Path) -> None:
    sign_in_by_hand(page)
    import_register(page, tmp_path)
    open_family_by_half_a_name(page)
    log_the_visit(page)
    state_the_wish(page)
    stopped_with_article_and_way_out(page)
    lawful_offer_is_clear(page)
    no_letter_before_the_family_was_heard(page)
    hear_the_family(page)
    letter = write_the_letter(page)
    the_pdf_is_what_was_signed(page, letter)
    verifies_with_the_network_off(page, letter, "Surat ini asli")
    take_the_letter_back(page, letter)
    verifies_with_the_network_off(page, letter, "Surat sudah dicabut")
    assert verify_chains().broken == ()


def sign_in_by_hand(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Nama pengguna").fill("petugas.uji")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page.get_by_role("heading", name="Meja hari ini")).to_be_visible()


def import_register(page: Page, folder: Path) -> None:
    sheet = folder / "register.xlsx"
    write_sheet(family_rows(), sheet)
    page.goto("/warga/impor/")
    page.locator("input[type=file]").set_input_files(sheet)
    page.get_by_role("button", name="Periksa berkas").click()
    expect(page.get_by_text("4 warga baru dicatat")).to_be_visible()
    assert not Resident.objects.in_village(KURIPAN).exists()
    turn_page(page, page.get_by_role("button", name="Masukkan register"))
    expect(page.get_by_role("main")).to_contain_text("4")
    assert Resident.objects.in_village(KURIPAN).count() == 4


def open_family_by_half_a_name(page: Page) -> None:
    """In another spelling, as one types; the list appears without sending anything."""
    page.get_by_role("searchbox").press_sequentially("sitti ami", delay=20)
    found = page.locator("#hasil-langsung").get_by_role("link", name=re.compile("Siti Aminah"))
    expect(found).to_be_visible()
    turn_page(page, found)
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("Keluarga|Siti"))
    assert "3307106104920002" not in page.content()


def log_the_visit(page: Page) -> None:
    siti = Resident.objects.in_village(KURIPAN).get(name="Siti Aminah Rahayu")
    page.goto(f"/pelayanan/tamu/baru/?warga={siti.id}")
    page.get_by_text("Melapor mau berangkat", exact=True).click()
    page.get_by_text("Biaya penempatan", exact=True).click()
    turn_page(page, page.get_by_role("button", name="Simpan"))


def state_the_wish(page: Page) -> None:
    expect(page).to_have_url(re.compile(r"/pelayanan/rencana/"))
    turn_page(page, page.get_by_role("button", name="Simpan, lalu periksa tawaran"))
    expect(page).to_have_url(re.compile(r"/periksa/$"))


SAUDI = {
    "offer.country": "SAU", "offer.job": "domestic_worker", "offer.employer_type": "household", "offer.visa": "umrah",
}  # fmt: skip
HONG_KONG = {
    "offer.country": "HKG", "offer.job": "domestic_worker", "offer.employer_type": "household", "offer.scheme": "P3MI",
    "offer.agency.name": "PT Contoh Karya", "offer.agency.licence_active": "ya",
    "offer.agency.permit_for_job_order": "ya", "offer.visa": "work", "offer.written_contract": "ya",
    "offer.placement_agreement": "ya", "offer.training_planned": "ya",
}  # fmt: skip


def check_offer(page: Page, answers: dict[str, str]) -> None:
    for path, value in answers.items():
        answer(page, path, value)
    turn_page(page, page.get_by_role("button", name=re.compile("Periksa|Lihat hasil|Simpan")).last)


def stopped_with_article_and_way_out(page: Page) -> None:
    check_offer(page, SAUDI)
    panel = page.locator("main")
    expect(panel).to_contain_text("Berhenti")
    expect(panel).to_contain_text("260/2015")
    expect(panel).to_contain_text("Jalan yang sah")
    back_to_the_plan(page)


def lawful_offer_is_clear(page: Page) -> None:
    tap(page, page.get_by_role("link", name=re.compile("Periksa tawaran")))
    check_offer(page, HONG_KONG)
    expect(page.locator("main")).not_to_contain_text("Berhenti")
    back_to_the_plan(page)


def back_to_the_plan(page: Page) -> None:
    siti = Resident.objects.in_village(KURIPAN).get(name="Siti Aminah Rahayu")
    page.goto("/pelayanan/rencana/")
    tap(page, page.get_by_role("link", name=re.compile(siti.name)))
    expect(page.get_by_text("Niat tercatat")).to_be_visible()


def no_letter_before_the_family_was_heard(page: Page) -> None:
    expect(page.get_by_text("Bicara dengan keluarga belum dicatat")).to_be_visible()
    assert not Letter.objects.in_village(KURIPAN).exists()


def hear_the_family(page: Page) -> None:
    to_the_family = page.locator("a[href$='/keluarga/']")
    tap(page, page.get_by_role("link", name=re.compile("keluarga", re.IGNORECASE)).and_(to_the_family))
    answer(page, "permission", "given")
    answer(page, "giver_capacity", "husband")
    page.get_by_text(re.compile("Bambang Prasetyo")).last.click()
    answer(page, "disputed", "tidak")
    answer(page, "pressure", "tidak")
    answer(page, "candidate_confirms_alone", "ya")
    turn_page(page, page.get_by_role("button", name=re.compile("Simpan")))
    expect(page.get_by_text("Niat tercatat")).to_be_visible()


def write_the_letter(page: Page) -> Letter:
    tap(page, page.locator("main a[href$='/surat/']"))
    hold = page.locator("[name=what_was_checked]")
    if hold.count():
        hold.fill("Perjanjian dibaca bersama calon; gaji, jam kerja, dan alamat sudah jelas.")
    page.locator("[name=contract_months]").fill("24")
    turn_page(page, page.get_by_role("button", name=re.compile("surat", re.IGNORECASE)).last)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Surat izin")
    return Letter.objects.in_village(KURIPAN).get()


def the_pdf_is_what_was_signed(page: Page, letter: Letter) -> None:
    answer_pdf = page.request.get(f"/surat/{letter.id}/surat.pdf")
    verdict = verify_pdf(answer_pdf.body(), key_set(as_of=timezone.localdate()), today=timezone.localdate())
    assert answer_pdf.headers["content-type"] == "application/pdf"
    assert (verdict.valid, verdict.matches_text, verdict.revoked) == (True, True, False)


def verifies_with_the_network_off(page: Page, letter: Letter, words: str) -> None:
    """A stranger's phone that opened the check page once, then lost its signal."""
    officer = person(new_id(), "Petugas", ("village_officer", KURIPAN))
    _, content = letter_content(officer, letter.id)
    page.goto("/v/")
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("caches.match('/v/kunci.json').then((kept) => Boolean(kept))")
    page.reload()
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    try:
        page.goto("about:blank")
        page.goto(content.qr)
        expect(page.locator("#hasil")).to_contain_text(words)
        expect(page.locator("#hasil")).to_contain_text("Siti A. R.")
    finally:
        page.context.set_offline(False)


def take_the_letter_back(page: Page, letter: Letter) -> None:
    page.goto(f"/surat/{letter.id}/")
    tap(page, page.get_by_role("link", name="Cabut surat"))
    answer(page, "reason", "permission_withdrawn")
    page.get_by_role("button", name="Ya, cabut surat").click()
    expect(page.locator("main")).to_contain_text("icabut")
