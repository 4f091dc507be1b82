"""A coordinator finds the silent village and comes back; an analyst goes from the nation to a number and prints it."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from desmigratif.access.models import User
from desmigratif.audit.models import FactDelta
from desmigratif.indicators.roll_ups.folding import fold
from desmigratif.programme.models import ProgrammeVillage
from desmigratif.regions.queries import today_in
from desmigratif.shared.dates import format_date
from journeys.helping import turn_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KURIPAN, SILENT, WONOSOBO = "33.07.10.2004", "33.07.12.2007", "33.07"
SignIn = Callable[[Page, User], None]


def two_villages() -> date:
    """Two villages of Wonosobo in the programme; in this month only one noted visits. Today is returned.

    Of a year that runs an analyst sees what its months that are over hold: what is counted lies in the year before."""
    now = timezone.now()
    today = today_in(WONOSOBO, now)
    for code in (KURIPAN, SILENT):
        since = today - timedelta(days=400)
        ProgrammeVillage.objects.create(
            village_code=code, programme="desmigratif", decree="SK contoh", decreed_on=since
        )
    for code, on, above, below in (("A1", today, 7, 0), ("CEPAT", date(today.year - 1, 6, 1), 15, 20)):
        FactDelta.objects.create(code=code, village_code=KURIPAN, on=on, numerator=above, denominator=below)
    fold(now)
    return today


def test_a_coordinator_finds_the_silent_village_and_comes_back(
    page: Page, user_with: Callable[..., User], sign_in: SignIn
) -> None:
    month = format_date(two_villages()).split(" ", 1)[1]
    sign_in(page, user_with(("regency_coordinator", WONOSOBO)))
    page.goto("/")
    turn_page(page, page.get_by_role("link", name="Kokpit").first)

    expect(page.get_by_role("heading", name="Kabupaten Wonosobo", level=1)).to_be_visible()
    expect(page.get_by_text(f"2 desa tercatat di sini; 1 belum mencatat pelayanan {month}.")).to_be_visible()
    silent = page.get_by_role("listitem").filter(has_text=f"sepi {month}")
    turn_page(page, silent.get_by_role("link"))
    expect(page.get_by_text(f"belum ada pelayanan yang dicatat {month}")).to_be_visible()
    turn_page(page, page.get_by_role("link", name="Kabupaten Wonosobo", exact=True).last)
    expect(page.get_by_role("button", name="Cetak")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="PDF")).to_be_hidden()
    expect(page.get_by_text("Langkah tepat waktu")).to_be_visible()


def test_an_analyst_goes_from_the_nation_to_a_number_and_its_paper(
    new_context: Callable[..., BrowserContext], user_with: Callable[..., User], sign_in: SignIn
) -> None:
    two_villages()
    page = new_context().new_page()
    sign_in(page, user_with(("ministry_analyst", "ID")))
    page.goto("/program/")
    turn_page(page, page.get_by_role("link", name="Kokpit"))

    expect(page.get_by_text("503 desa sampai 2022 menurut berita; targetnya 500 desa pada 2019.")).to_be_visible()
    turn_page(page, page.get_by_role("link", name="Tahun lalu"))
    drawn = 300  # what a picture without a width of its own is, once it has loaded
    picture = page.get_by_role("img", name="Peta desa program")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("naturalWidth", drawn)
    province = page.get_by_role("link", name="JTG")
    province.focus()
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Provinsi Jawa Tengah", level=1)).to_be_visible()
    page.get_by_text("Angkanya dalam tabel").click()
    turn_page(page, page.get_by_role("rowheader", name="Kabupaten Wonosobo").get_by_role("link"))
    expect(page.get_by_role("heading", name="Kabupaten Wonosobo", level=1)).to_be_visible()
    number = page.get_by_role("group").filter(has_text="Langkah tepat waktu")
    number.get_by_text("Langkah tepat waktu").click()
    expect(number.get_by_text("Langkah selesai yang punya batas waktu")).to_be_visible()
    expect(number.get_by_text("CEPAT, versi 1")).to_be_visible()
    address = page.get_by_role("link", name="PDF").evaluate("one => one.href")
    paper = page.request.get(address).body()
    assert "Cepat 75% 15 dari 20" in " ".join(PdfReader(io.BytesIO(paper)).pages[0].extract_text().split())
