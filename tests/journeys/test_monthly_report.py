"""A month's report from the first click to a signed PDF, once back with a remark, and accepted: three people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from desmigratif.access.actor import operator
from desmigratif.access.door import do
from desmigratif.access.models import User
from desmigratif.audit.verify import verify_chains
from desmigratif.documents.queries import key_set
from desmigratif.documents.rules.verify_pdf import verify_pdf
from desmigratif.reports.models import VillageReport
from desmigratif.shared.ids import new_id
from journeys.helping import answer, tap, turn_page

KURIPAN, WONOSOBO = "33.07.10.2004", "33.07"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(live_server: Any, settings: Any) -> None:
    settings.PUBLIC_URL = live_server.url
    given = {"office_id": new_id(), "key_id": new_id(), "village_code": KURIPAN, "address": "Jalan Balai Desa 1",
             "head_name": "Suwarno Hadi", "letter_code": "DS-KRP"}  # fmt: skip
    do(operator(), "documents.set_up_office", given, now=timezone.now(), act_id=new_id())


def send(page: Page, **answers: str) -> None:
    for path, value in answers.items():
        answer(page, path, value)
    turn_page(page, page.locator("main form").last.locator("button.btn-main"))


def open_newest(page: Page) -> None:
    """From the list of months to the newest one's page."""
    turn_page(page, page.locator("main .rows a.cover").first)


def written_and_signed(page: Page, words: str) -> None:
    send(page, obstacles=words)
    expect(page.get_by_text("Tersimpan. Periksa angkanya")).to_be_visible()
    send(page)
    expect(page.get_by_text("Sekarang menunggu kepala desa")).to_be_visible()


def sent_by_the_head(page: Page) -> None:
    page.goto("/")
    tap(page, page.get_by_role("link", name="laporan bulanan menunggu tanda tangan Anda"))
    open_newest(page)
    send(page, decision="sign")
    expect(page.get_by_text("terkirim ke kabupaten")).to_be_visible()


def read_by_the_regency(page: Page, **answers: str) -> bytes:
    page.goto("/")
    tap(page, page.get_by_role("link", name="Buka laporan"))
    open_newest(page)
    address = page.get_by_role("link", name="PDF bertanda tangan").get_attribute("href")
    send(page, **answers)
    return bytes(page.request.get(str(address)).body())


def test_from_click_to_signed_pdf_back_and_accepted(
    new_context: Callable[..., Any], user_with: Callable[..., User], sign_in: Callable[[Page, User], None], office: None
) -> None:
    desk, head, regency = (new_context(width).new_page() for width in ("desk", "phone", "desk"))
    sign_in(desk, user_with(("village_officer", KURIPAN), name="Wulan Setyowati"))
    sign_in(head, user_with(("village_head", KURIPAN), name="Suwarno Hadi"))
    sign_in(regency, user_with(("regency_coordinator", WONOSOBO), name="Handoko Subekti"))

    desk.goto("/laporan/")
    tap(desk, desk.get_by_role("link", name="Tulis laporan"))
    written_and_signed(desk, "Sinyal putus tiga hari.")
    sent_by_the_head(head)
    first = read_by_the_regency(regency, decision="back", text="Sebutkan dusunnya.")
    expect(regency.get_by_text("desa melihat catatan Anda")).to_be_visible()

    desk.goto("/laporan/")
    open_newest(desk)
    expect(desk.get_by_text("Sebutkan dusunnya.")).to_be_visible()
    tap(desk, desk.get_by_role("link", name="Buat perbaikan"))
    written_and_signed(desk, "Sinyal putus tiga hari di Sikapat.")
    sent_by_the_head(head)
    second = read_by_the_regency(regency, decision="accept")
    expect(regency.get_by_text("Laporan sudah diterima")).to_be_visible()
    _prove(first, second)


def _prove(first: bytes, second: bytes) -> None:
    today: date = timezone.localdate()
    keys = key_set(as_of=today)
    assert [verify_pdf(pdf, keys, today=today).code for pdf in (first, second)] == ["revoked", "valid"]
    versions = VillageReport.objects.in_village(KURIPAN).order_by("version").values_list("version", "state")
    assert list(versions) == [(1, "returned"), (2, "accepted")]
    assert verify_chains().broken == ()
