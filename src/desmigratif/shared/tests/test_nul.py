"""A NUL in an address or a cookie is answered calmly, on both databases."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from desmigratif.access.models import Grant, User
from desmigratif.config.cli.routes import all_addresses

pytestmark = pytest.mark.django_db
NAMES = ("q", "dusun", "hal", "riwayat", "warga", "desa", "village", "after", "wilayah", "saring", "kode")


@pytest.fixture
def desk(places: None, settings: object) -> Client:
    settings.SECOND_FACTOR_REQUIRED = False  # type: ignore[attr-defined]
    user = User.objects.create(username="petugas", name="Wahyu Utomo")
    Grant.objects.create(user=user, role="village_officer", region_code="33.07.10.2004", valid_from="2026-01-01")
    client = Client(raise_request_exception=True)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


PLAIN = sorted(address.path for address in all_addresses() if "<" not in address.path and "(" not in address.path)


@pytest.mark.parametrize("path", PLAIN)
def test_no_parameter_of_any_address_breaks_on_it(desk: Client, path: str) -> None:
    answer = desk.get(path + "?" + "&".join(f"{name}=si%00ti" for name in NAMES))

    assert answer.status_code < 500


def test_a_search_with_it_finds_what_it_would_find_without(desk: Client) -> None:
    assert desk.get("/cari/?q=si%00ti").context["search_text"] == "siti"


def test_a_session_cookie_with_it_is_no_session(client: Client) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = "x"
    raw = f'{settings.SESSION_COOKIE_NAME}="a\\000b"'

    answer = Client().get("/warga/", headers={"cookie": raw})

    assert answer.status_code == 302


def test_a_path_with_it_is_a_page_that_does_not_exist(desk: Client) -> None:
    assert desk.get("/akun/password/reset/key/1-a%00b/").status_code == 404
    assert desk.get("/warga/%00/").status_code == 404
