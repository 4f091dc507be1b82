"""Where families begin: every door in one list, and no dead end for whoever mistypes an address."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from desmigratif.access.models import User

pytestmark = pytest.mark.django_db


def test_every_door_for_families_stands_in_one_list_and_opens() -> None:
    page = Client().get("/publik/")

    shown = page.content.decode()
    assert not page.cookies
    for address in ("/lapor/", "/status/", "/v/", "/simpananku/", "/publik/data/"):
        assert f'href="{address}"' in shown, address
        assert Client().get(address).status_code == 200, address
    assert "polisi 110" in shown


def test_the_sign_in_page_leads_families_there_before_anything_else() -> None:
    User.objects.create(username="petugas", name="Petugas")  # else the page is that of the set-up

    shown = Client().get("/akun/login/").content.decode()

    assert re.search(r'href="/publik/">[^<]*Bukan petugas', shown)


def test_a_mistyped_address_leads_a_stranger_to_the_doors_and_not_to_the_desk() -> None:
    page = Client().get("/v/KODE-SALAH")

    assert page.status_code == 404
    shown = page.content.decode()
    assert 'class="btn btn-main" href="/publik/"' in shown
    assert "NIK" not in shown
