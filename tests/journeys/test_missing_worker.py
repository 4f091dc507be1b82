"""A sister abroad is not heard of: kin report it from a phone, the village looks, and the kin have the last word.

The kin's phone runs no script and signs in nowhere; the officer works at the desk.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from desmigratif.access.models import User
from journeys.helping import turn_page

KURIPAN = "33.07.10.2004"
BORN = "03-01-1992"
STORY = "Adik saya Kasiyem di Johor sudah dua bulan tidak ada kabar."
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def choose(page: Page, label: str) -> None:
    page.locator("label.choice", has_text=label).first.click()


def press(page: Page, words: str) -> None:
    turn_page(page, page.get_by_role("button", name=words))


def follow(page: Page, words: str) -> None:
    turn_page(page, page.get_by_role("link", name=words).first)


def report(kin: Page) -> str:
    """The code that the kin write down."""
    kin.goto("/lapor/")
    choose(kin, "Tidak ada kabar")
    kin.get_by_label("Nama orang yang dalam masalah").fill("Kasiyem")
    kin.get_by_label("Desa asalnya").select_option(KURIPAN)
    kin.get_by_label("Ceritakan yang Anda tahu").fill(STORY)
    kin.get_by_label("Tanggal lahir Anda").fill(BORN)
    press(kin, "Kirim laporan")
    expect(kin.get_by_role("heading", name="Laporan Anda sudah kami terima")).to_be_visible()
    return kin.locator(".code").inner_text()


def look(kin: Page, code: str) -> None:
    kin.goto("/status/")
    kin.get_by_label("Kode laporan").fill(code)
    kin.get_by_label("Tanggal lahir").fill(BORN)
    press(kin, "Lihat kabar")


def work(desk: Page) -> None:
    """From the morning's first row to the outcome."""
    desk.goto("/")
    follow(desk, "1 pengaduan belum dipilah")
    follow(desk, "Hilang kontak")
    expect(desk.get_by_text(STORY)).to_be_visible()
    follow(desk, "Pilah sekarang")
    choose(desk, "Tidak")
    press(desk, "Simpan pilahan")
    follow(desk, "Catat pemeriksaan")
    desk.get_by_label("Apa yang sudah dipastikan?").fill("Nomor majikannya ada di map keluarga.")
    choose(desk, "Ditangani di kantor ini")
    press(desk, "Simpan pemeriksaan")
    follow(desk, "Catat hasilnya")
    choose(desk, "Sudah ada kabar")
    press(desk, "Simpan hasil")
    expect(desk.get_by_text("Pelapor yang berkata terakhir")).to_be_visible()


def test_a_missing_worker_is_reported_by_kin_who_have_the_last_word(
    new_context: Callable[..., BrowserContext],
    user_with: Callable[..., User],
    sign_in: Callable[[Page, User], None],
) -> None:
    officer = user_with(("village_officer", KURIPAN))
    kin = new_context("phone", java_script_enabled=False).new_page()
    desk = new_context("desk").new_page()
    sign_in(desk, officer)
    code = report(kin)
    look(kin, code)
    expect(kin.get_by_text("menunggu dibaca petugas")).to_be_visible()

    work(desk)
    look(kin, code)
    expect(kin.get_by_text("Bagaimana menurut Anda?")).to_be_visible()
    choose(kin, "Belum")
    kin.get_by_label("Yang ingin Anda sampaikan").fill("Suaranya bukan suara adik saya.")
    press(kin, "Kirim jawaban")
    expect(kin.get_by_text("Laporan dibuka lagi")).to_be_visible()

    desk.goto("/pelayanan/pengaduan/?lihat=berjalan")
    follow(desk, "Hilang kontak")
    expect(desk.get_by_text("Suaranya bukan suara adik saya.")).to_be_visible()
    expect(desk.get_by_role("link", name="Tangani lagi")).to_be_visible()
