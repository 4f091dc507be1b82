"""De-identified rows: an analyst asks, another person decides, and a found file says whose it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from desmigratif.access.models import User
from desmigratif.audit.models import Event
from desmigratif.audit.verify import verify_chains
from desmigratif.extracts.models import Extract
from desmigratif.extracts.tests.conftest import GARUNG, KURIPAN, PURPOSE, plan
from journeys.helping import answer, tap, turn_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plans(places: None) -> None:
    """Twelve plans of each of two villages, opened this week."""
    opened = timezone.localdate()
    for village in (KURIPAN, GARUNG):
        for state in ("WORKING", "INTENT"):
            for _number in range(6):
                plan(village, state=state, opened_on=opened)


def send(page: Page) -> None:
    turn_page(page, page.locator("main form button.btn-main").first)


def asked(page: Page) -> str:
    """Ask for the plans of this year; first with too few words, which are told and kept."""
    page.goto("/")
    tap(page, page.get_by_role("link", name="Ekstrak data"))
    tap(page, page.get_by_role("link", name="Rencana dan keberangkatan"))
    for column in ("wilayah", "umur", "keadaan"):
        answer(page, "columns", column)
    answer(page, "ground", "study")
    answer(page, "purpose", "Kajian")
    send(page)
    expect(page.get_by_text("satu kalimat utuh").first).to_be_visible()
    answer(page, "purpose", PURPOSE)
    answer(page, "wanted_until", f"{timezone.localdate() + timedelta(days=60):%d-%m-%Y}")
    send(page)
    expect(page.get_by_text("menunggu petugas pelindungan data")).to_be_visible()
    return page.url


def approved(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_text("1 permintaan menunggu keputusan Anda")).to_be_visible()
    tap(page, page.get_by_role("link", name="Ekstrak data"))
    turn_page(page, page.locator("main .rows a.cover").first)
    answer(page, "decision", "approve")
    send(page)
    expect(page.get_by_text("berkasnya sudah dibuat")).to_be_visible()


def taken(page: Page, address: str, folder: Path) -> Path:
    page.goto(address)
    with page.expect_download() as coming:
        page.get_by_role("button", name="Excel").click()
    file = folder / coming.value.suggested_filename
    coming.value.save_as(file)
    page.goto(address)
    expect(page.get_by_text("Bisa diambil 4 kali lagi")).to_be_visible()
    return file


def test_from_the_wish_to_a_found_file(
    new_context: Callable[..., Any], user_with: Callable[..., User], sign_in: Callable[[Page, User], None], plans: None,
    tmp_path: Path,
) -> None:  # fmt: skip
    analyst, guard = new_context("desk").new_page(), new_context("phone").new_page()
    sign_in(analyst, user_with(("ministry_analyst", "ID"), name="Dian Maharani"))
    sign_in(guard, user_with(("data_protection_officer", "ID"), name="Ratna Kusumawati"))

    address = asked(analyst)
    approved(guard)
    file = taken(analyst, address, tmp_path)
    tap(guard, guard.get_by_role("link", name="Ekstrak data"))
    tap(guard, guard.get_by_role("link", name="Periksa berkas"))
    guard.set_input_files("input[type=file]", file)
    send(guard)

    extract = Extract.objects.everywhere().get()
    expect(guard.get_by_text("Berkas ini berasal dari ekstrak berikut")).to_be_visible()
    expect(guard.get_by_text(extract.name)).to_be_visible()
    assert (extract.row_count, extract.taken_count) == (24, 1)
    told = ["extract.asked", "extract.approved", "extract.taken", "extract.file_checked"]
    assert list(Event.objects.filter(event__in=told).order_by("at").values_list("event", flat=True)) == told
    assert verify_chains().broken == ()
