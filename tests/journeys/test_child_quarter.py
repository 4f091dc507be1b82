"""A child's quarter: the tutor meets a child that was handed over, writes a quarter with its words, prints the letter
for the mother abroad, and tells a worry to one person; the caregiver gets the letter as a message.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from desmigratif.access.actor import person
from desmigratif.access.door import do
from desmigratif.access.models import User
from desmigratif.parenting.rules.growing import quarter_of
from desmigratif.shared.ids import new_id
from journeys.helping import turn_page

KURIPAN = "33.07.10.2004"
STORY = "Datang dengan lebam di lengan, takut pulang."
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def press(page: Page, words: str) -> None:
    turn_page(page, page.get_by_role("button", name=words))


def follow(page: Page, words: str) -> None:
    turn_page(page, page.get_by_role("link", name=words).first)


def choose(page: Page, label: str) -> None:
    page.locator("label.choice", has_text=label).first.click()


def hand_over_a_family() -> None:
    """Rizky's mother left; the officer handed the family to the learning centre."""
    officer = person(new_id(), "Petugas", ("village_officer", KURIPAN))
    home, on = new_id(), timezone.localdate()
    people = (
        {"name": "Siti Aminah", "sex": "F", "birth_date": "1992-05-12", "relation": "wife"},
        {"name": "Rizky Riyadi", "sex": "M", "birth_date": str(on - timedelta(days=9 * 366)), "relation": "child"},
        {"name": "Yayah", "sex": "F", "birth_date": "1961-01-30", "relation": "parent"},
    )
    members = [{"resident_id": new_id(), "person_id": new_id(), **one} for one in people]
    acts: tuple[tuple[str, dict[str, object]], ...] = (
        ("people.register_household", {"household_id": home, "members": members}),
        (
            "people.hand_over_household",
            {"hand_over_id": new_id(), "household_id": home, "kind": "children_left_behind"},
        ),
    )
    for name, given in acts:
        do(officer, name, {"village_code": KURIPAN, "on": on, **given}, now=timezone.now(), act_id=new_id())


def enrol(page: Page) -> None:
    page.goto("/rumah-belajar/anak/")
    follow(page, "Belum terdaftar")
    follow(page, "Rizky Riyadi")
    choose(page, "Orang tua atau wali mengizinkan")
    page.get_by_label("Siapa yang mengizinkan?").select_option(label="Wali yang mengasuh")
    page.get_by_label("Siapa yang di luar negeri?").select_option(label="Ibu")
    page.get_by_label("Namanya").select_option(label="Siti Aminah")
    page.get_by_label("Siapa yang mengasuh?").select_option(label="Kakek atau nenek")
    page.get_by_label("Nama pengasuh").select_option(label="Yayah")
    page.get_by_label("Sekolah di mana?").select_option(label="SD atau MI")
    press(page, "Daftarkan")
    expect(page.get_by_text("Rizky Riyadi sudah terdaftar di rumah belajar.")).to_be_visible()
    follow(page, "Rizky Riyadi")


def write_a_quarter(page: Page) -> None:
    follow(page, "Catat tiga bulan ini")
    page.get_by_label("Hari sekolah selama tiga bulan").fill("40")
    page.get_by_label("Hari masuk sekolah").fill("39")
    page.get_by_label("Nilai rata-rata rapor").fill("400")
    page.get_by_label("Membacanya").select_option(label="Membaca cerita")
    page.get_by_label("Kata anak untuk orang tuanya").fill("Aku rindu Ibu.")
    press(page, "Simpan")
    expect(page.get_by_text("Nilai rata-rata antara 0 dan 100.").first).to_be_visible()
    expect(page.get_by_label("Kata anak untuk orang tuanya")).to_have_value("Aku rindu Ibu.")
    page.get_by_label("Nilai rata-rata rapor").fill("84")
    press(page, "Simpan")
    expect(page.get_by_text("Suratnya bisa dicetak.")).to_be_visible()


def read_the_letter(page: Page) -> None:
    year, quarter = quarter_of(timezone.localdate())
    turn_page(page, page.locator(f"a[href$='/{year}/{quarter}/surat/']"))
    message = page.get_by_label("Sebagai pesan")
    said = message.input_value()
    for words in ("Untuk Ibu Siti", "Aku rindu Ibu.", "39 dari 40 hari masuk sekolah", "Nenek Yayah"):
        assert words in said
    address = page.get_by_role("link", name="Cetak surat").get_attribute("href") or ""
    answer = page.request.get(address)
    assert answer.headers["content-type"] == "application/pdf" and answer.body().startswith(b"%PDF")


def tell_a_worry(page: Page, officer: User) -> None:
    page.goto("/rumah-belajar/anak/")
    follow(page, "Rizky Riyadi")
    follow(page, "Tulis kekhawatiran")
    page.get_by_label("Apa yang Anda lihat atau dengar?").fill(STORY)
    choose(page, officer.name)
    press(page, "Kunci dan simpan")
    expect(page.get_by_text("Catatannya sudah terkunci untuk yang Anda pilih.")).to_be_visible()
    assert STORY not in page.content()


def test_a_tutor_enrols_a_child_writes_its_quarter_and_sends_the_letter(
    page: Page, sign_in: Callable[[Page, User], None], user_with: Callable[..., User]
) -> None:
    hand_over_a_family()
    officer, tutor = user_with(("village_officer", KURIPAN), name="Wulan"), user_with(("tutor", KURIPAN))
    sign_in(page, tutor)

    enrol(page)
    write_a_quarter(page)
    read_the_letter(page)
    tell_a_worry(page, officer)

    sign_in(page, officer)
    page.goto("/rumah-belajar/khawatir/")
    follow(page, "Rizky Riyadi")
    expect(page.get_by_text(STORY)).to_be_visible()
    press(page, "Minta dirujuk")
    expect(page.get_by_text("Permintaan rujukan sudah dikirim ke pusat layanan.")).to_be_visible()
