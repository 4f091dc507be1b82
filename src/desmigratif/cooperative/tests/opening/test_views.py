"""The page that brings the paper books in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from desmigratif.access.models import Grant, User
from desmigratif.cooperative.models import Cooperative, Member
from desmigratif.cooperative.rules.opening_sheet.write import workbook_bytes
from desmigratif.cooperative.tests.conftest import KENANGA, KURIPAN

MEMBER = [
    1, "Siti Aminah", "3307104107850001", "P", "", date(1985, 7, 1), "", "Krajan", "", date(2020, 3, 2), 100_000, 0,
]  # fmt: skip
WHOLE = {"Anggota": [MEMBER], "Neraca": [["1-1001", "Kas", 100_000]]}
pytestmark = pytest.mark.django_db


@pytest.fixture
def time_at(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def browser(places: None, settings: Any, time_at: None) -> Callable[..., Client]:
    settings.SECOND_FACTOR_REQUIRED = False

    def entering(role: str = "cooperative_treasurer", village: str = KURIPAN) -> Client:
        user = User.objects.create(username=f"{role}@{village}", name="Bendahara")
        Grant.objects.create(user=user, role=role, region_code=village, valid_from=date(2020, 1, 1))
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return entering


def address(cooperative: Cooperative) -> str:
    return f"/koperasi/{cooperative.id}/saldo-awal/"


def choose(client: Client, cooperative: Cooperative, content: bytes, on: str = "31-10-2026") -> Any:
    workbook = SimpleUploadedFile("buku-lama.xlsx", content)
    return client.post(address(cooperative), {"on": on, "workbook": workbook}, follow=True)


def test_a_treasurer_tries_a_workbook_and_brings_it_in_once(
    browser: Callable[..., Client], cooperative: Cooperative
) -> None:
    client = browser()

    tried = choose(client, cooperative, workbook_bytes(WHOLE))

    assert "Siap dimasukkan" in tried.content.decode() and "Rp100.000" in tried.content.decode()
    assert not Member.objects.of(cooperative).exists()
    report, _status = tried.redirect_chain[-1]
    written = client.post(report, {"act_id": tried.context["act_id"]}, follow=True)
    assert "Saldo awal sudah masuk buku" in written.content.decode()
    assert Member.objects.of(cooperative).get().number == 1
    again = client.get(address(cooperative)).content.decode()
    assert "Sudah dimasukkan" in again and "buku-lama.xlsx" in again
    assert (
        "sudah pernah dimasukkan" in choose(client, cooperative, workbook_bytes(WHOLE)).context["form"].errors["on"][0]
    )
    assert Member.objects.of(cooperative).count() == 1


def test_what_is_wrong_is_listed_and_the_button_is_not_there(
    browser: Callable[..., Client], cooperative: Cooperative
) -> None:
    client = browser()
    wrong = [*MEMBER[:2], "330710", *MEMBER[3:]]

    page = choose(client, cooperative, workbook_bytes({"Anggota": [wrong]}))

    text = page.content.decode()
    assert "NIK harus 16 angka; yang terbaca 6." in text and "Anggota, baris 2" in text
    assert "Masukkan saldo awal" not in text
    report, _status = page.redirect_chain[-1]
    assert "masih ada isian yang salah" in client.post(report, follow=True).content.decode()
    assert not Member.objects.of(cooperative).exists()


@pytest.mark.parametrize(
    ("content", "on", "said"),
    [
        (b"%PDF-1.7", "31-10-2026", "Ini berkas PDF"),
        (workbook_bytes(), "31-10-2027", "sesudah hari ini"),
        (workbook_bytes(), "31-08-2026", "sebelum buku dibuka"),
        (workbook_bytes(), "31-02-2026", "tanggal"),
    ],
)
def test_a_file_or_day_that_cannot_be_stays_on_the_page_with_a_sentence(
    browser: Callable[..., Client], cooperative: Cooperative, content: bytes, on: str, said: str
) -> None:
    page = choose(browser(), cooperative, content, on)

    assert said in str(page.context["form"].errors)


def test_the_example_is_a_workbook_that_says_what_is_missing(
    browser: Callable[..., Client], cooperative: Cooperative
) -> None:
    client = browser()
    example = client.get(f"{address(cooperative)}contoh/")

    assert example.headers["Content-Disposition"] == 'attachment; filename="contoh-saldo-awal.xlsx"'
    text = choose(client, cooperative, example.content).content.decode()
    assert "Lembar Anggota tidak ada atau kosong" in text


@pytest.mark.parametrize(("role", "village"), [("cooperative_cashier", KURIPAN), ("cooperative_treasurer", KENANGA)])
def test_a_stranger_finds_no_page(
    browser: Callable[..., Client], cooperative: Cooperative, role: str, village: str
) -> None:
    client = browser(role, village)

    assert client.get(address(cooperative)).status_code == 404
    assert choose(client, cooperative, workbook_bytes(WHOLE)).status_code == 404
