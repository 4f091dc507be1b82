"""A shared PC in a browser: the back button after signing out, and the lock when nobody works."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from desmigratif.access.models import User
from journeys.helping import turn_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KURIPAN = "33.07.10.2004"
PASSWORD = "payung kereta angklung 7"
HOME = "/akun-desa/saya/"


@pytest.fixture
def siti(user_with: Callable[..., User]) -> User:
    user = user_with(("village_officer", KURIPAN), name="Siti Aminah")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def desk(page: Page, siti: User, sign_in: Callable[[Page, User], None]) -> Page:
    sign_in(page, siti)
    return page


def from_menu(page: Page, word: str) -> None:
    page.locator("details[data-menu] summary").click()
    turn_page(page, page.get_by_role("button", name=word))


def pass_time(page: Page, minutes: int) -> None:
    page.clock.fast_forward(minutes * 60_000)


def test_the_back_button_after_signing_out_shows_nothing(desk: Page) -> None:
    desk.goto("/warga/")
    desk.goto(HOME)
    from_menu(desk, "Keluar")
    desk.wait_for_url(lambda url: HOME not in url)

    for _ in range(2):
        desk.go_back()
        desk.wait_for_url("**/akun/login/**")
        expect(desk.get_by_text("Siti Aminah")).to_have_count(0)


def test_the_back_button_on_a_locked_screen_shows_nothing(desk: Page) -> None:
    desk.goto("/warga/")
    desk.goto(HOME)
    from_menu(desk, "Kunci sekarang")
    desk.wait_for_url("**/kunci/**")

    desk.go_back()

    expect(desk.get_by_role("heading", name="Layar terkunci")).to_be_visible()
    desk.get_by_label("Kata sandi").fill(PASSWORD)
    desk.get_by_role("button", name="Buka kunci").click()
    expect(desk.get_by_role("heading", name="Siti Aminah")).to_be_visible()


def test_a_screen_that_nobody_touches_locks_itself(desk: Page) -> None:
    desk.clock.install()
    desk.goto(HOME)

    pass_time(desk, 6)

    desk.wait_for_url("**/kunci/**")
    assert desk.request.get("/warga/", max_redirects=0).headers["location"].startswith("/kunci/")


def test_what_was_typed_waits_behind_the_lock(desk: Page) -> None:
    desk.clock.install()
    desk.goto("/warga/keluarga/baru/")
    desk.locator("main input[name=name]").fill("Sutinah")

    pass_time(desk, 6)

    cover = desk.locator("form", has_text="Layar terkunci")
    expect(cover).to_be_visible()
    expect(desk.locator("main")).to_be_hidden()
    assert desk.request.get("/warga/", max_redirects=0).headers["location"].startswith("/kunci/")
    cover.get_by_label("Kata sandi").fill("bukan ini")
    cover.get_by_role("button", name="Buka kunci").click()
    expect(cover.get_by_text("Kata sandi tidak cocok")).to_be_visible()
    cover.get_by_label("Kata sandi").fill(PASSWORD)
    cover.get_by_role("button", name="Buka kunci").click()
    expect(cover).to_have_count(0)
    expect(desk.locator("main input[name=name]")).to_have_value("Sutinah")
    assert desk.request.get("/warga/").status == 200


def test_without_a_script_a_form_sent_to_a_locked_desk_is_offered_again(
    new_context: Callable[..., Any], siti: User, sign_in: Callable[[Page, User], None]
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, siti)
    page.goto("/pelayanan/tamu/baru/?desa=" + KURIPAN)
    page.locator("main input[name=visitor_name]").fill("Sutinah")
    page.get_by_label("Keperluan lain").check()
    other = page.context.new_page()
    other.goto(HOME)
    from_menu(other, "Kunci sekarang")

    turn_page(page, page.get_by_role("button", name="Masukkan daftar tunggu"))
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Buka kunci").click()

    expect(page.get_by_role("heading", name="Isian Anda tadi belum tersimpan")).to_be_visible()
    page.get_by_role("button", name="Kirim sekarang").click()
    expect(page.locator("main")).to_contain_text("Sutinah")
