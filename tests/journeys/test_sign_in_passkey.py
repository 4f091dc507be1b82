"""Passkeys in a browser with a virtual authenticator: added, named, used as the second factor and alone, removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import CDPSession, Page, expect

from desmigratif.access.models import User
from desmigratif.audit.models import Event
from journeys.helping import turn_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KURIPAN = "33.07.10.2004"
PASSWORD = "payung kereta angklung 7"
HOME = "/akun-desa/saya/"


@pytest.fixture(autouse=True)
def in_earnest(in_service: None, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def siti(user_with: Callable[..., User]) -> User:
    user = user_with(("village_officer", KURIPAN), name="Siti Aminah")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def finger(page: Page) -> Iterator[CDPSession]:
    """A built-in authenticator whose owner always agrees."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield session
    session.detach()


def give_password(page: Page, user: User) -> None:
    page.goto("/akun/login/")
    page.get_by_label("Nama pengguna").fill(user.username)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    turn_page(page, page.get_by_role("button", name="Masuk", exact=True))


def add_passkey(page: Page, name: str, *, alone: bool) -> None:
    page.goto("/akun/2fa/webauthn/add/")
    page.get_by_label("Nama kunci").fill(name)
    if alone:
        page.get_by_label("Bisa juga untuk masuk tanpa kata sandi").check()
    page.get_by_role("button", name="Pasang", exact=True).click()
    expect(page.get_by_text("Kunci sandi sudah terpasang.")).to_be_visible()


def sign_out(page: Page) -> None:
    page.locator("details[data-menu] summary").click()
    turn_page(page, page.get_by_role("button", name="Keluar"))


def test_a_passkey_is_the_only_second_factor_one_needs(page: Page, finger: CDPSession, siti: User) -> None:
    give_password(page, siti)
    page.wait_for_url("**/akun/2fa/totp/activate/")
    page.get_by_role("link", name="Pakai sidik jari").click()
    add_passkey(page, "HP Siti", alone=False)
    page.goto(HOME)
    expect(page.get_by_text("Terpasang")).to_be_visible()
    assert {e.details["kind"] for e in Event.objects.filter(event="second_factor.added")} == {"webauthn"}
    sign_out(page)

    give_password(page, siti)
    page.get_by_role("button", name="Pakai kunci sandi").click()
    turn_page(page, page.get_by_role("button", name="Jangan, lanjut saja"))

    page.goto(HOME)
    expect(page.get_by_role("heading", name="Siti Aminah")).to_be_visible()


def test_a_passkey_with_a_finger_signs_in_alone(page: Page, finger: CDPSession, siti: User) -> None:
    give_password(page, siti)
    add_passkey(page, "HP Siti", alone=True)
    page.goto(HOME)
    sign_out(page)
    page.goto("/akun/login/")

    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    page.wait_for_url(lambda url: "/akun/login" not in url)

    page.goto("/warga/ekspor/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "/warga/ekspor/" in page.url, "a passkey of this hour is enough for what is grave"


def test_a_passkey_is_named_and_removed(page: Page, finger: CDPSession, siti: User) -> None:
    give_password(page, siti)
    add_passkey(page, "Kunci", alone=False)
    page.goto("/akun/2fa/webauthn/")

    turn_page(page, page.get_by_role("link", name="Ganti nama"))
    page.get_by_label("Nama kunci").fill("HP merah")
    turn_page(page, page.get_by_role("button", name="Simpan nama"))
    expect(page.locator("b", has_text="HP merah")).to_be_visible()
    turn_page(page, page.get_by_role("link", name="Lepas"))
    page.get_by_role("button", name="Lepas kunci").click()

    expect(page.get_by_role("heading", name="Belum ada kunci sandi")).to_be_visible()
    assert not Authenticator.objects.filter(user=siti).exists(), "backup codes without a factor go, too"
    assert Event.objects.filter(event="second_factor.removed").count() == 1


def test_what_is_grave_asks_for_the_passkey_again(
    page: Page, finger: CDPSession, siti: User, sign_in: Callable[[Page, User], None]
) -> None:
    give_password(page, siti)
    add_passkey(page, "HP Siti", alone=False)
    Authenticator.objects.filter(user=siti, type="recovery_codes").delete()
    sign_in(page, siti)  # with the password alone, as in a remembered browser

    page.goto("/warga/ekspor/")
    page.get_by_role("button", name="Pakai kunci sandi").click()

    page.wait_for_url("**/warga/ekspor/")


def test_without_the_device_the_page_says_so_and_the_code_still_works(
    page: Page, finger: CDPSession, siti: User
) -> None:
    give_password(page, siti)
    add_passkey(page, "HP Siti", alone=False)
    page.goto(HOME)
    sign_out(page)
    finger.send("WebAuthn.disable")
    page.add_init_script("navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError'))")
    give_password(page, siti)

    page.get_by_role("button", name="Pakai kunci sandi").click()

    expect(page.get_by_text("Kunci sandi belum terbaca. Coba lagi, atau pakai cara lain.")).to_be_visible()
    expect(page.get_by_label("Kode")).to_be_visible()


def test_without_a_script_the_pages_say_what_else_works(
    new_context: Callable[..., Any], siti: User, sign_in: Callable[[Page, User], None]
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    give_password(page, siti)

    page.goto("/akun/2fa/webauthn/add/")

    expect(page.get_by_text("Yang tetap bisa dipakai: aplikasi pengaman di HP dan kode cadangan.")).to_be_visible()
    expect(page.get_by_role("button", name="Pasang", exact=True)).to_be_hidden()
    page.goto("/akun/login/")
    expect(page.get_by_role("button", name="Masuk dengan kunci sandi")).to_be_hidden()
