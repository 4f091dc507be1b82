"""An analyst lays figures out, keeps and shares them; a coordinator opens the address and sees what is theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from desmigratif.access.models import User
from desmigratif.audit.models import FactDelta
from desmigratif.indicators.roll_ups.folding import fold
from desmigratif.regions.queries import today_in
from journeys.helping import tap, turn_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KURIPAN, GARUNG, KENANGA, WONOSOBO = "33.07.10.2004", "33.07.12.2007", "32.12.16.2004", "33.07"
SignIn = Callable[[Page, User], None]


def three_villages() -> None:
    """Departures of last month: in one village of Wonosobo so few that they would show who they were."""
    now = timezone.now()
    day = today_in(WONOSOBO, now).replace(day=1) - timedelta(days=3)
    for code, above, below in ((KURIPAN, 18, 24), (GARUNG, 1, 2), (KENANGA, 30, 40)):
        FactDelta.objects.create(code="A5", village_code=code, on=day, numerator=above, denominator=below)
    fold(now)


def test_an_analyst_keeps_and_shares_a_table_and_a_coordinator_reads_it_with_their_own_eyes(
    new_context: Callable[..., BrowserContext], user_with: Callable[..., User], sign_in: SignIn
) -> None:
    three_villages()
    page = new_context().new_page()
    sign_in(page, user_with(("ministry_analyst", "ID")))
    page.goto("/kokpit/33.07/")
    turn_page(page, page.get_by_role("link", name="Buka sebagai tabel silang"))
    expect(page.get_by_role("heading", name="Kabupaten Wonosobo")).to_be_visible()

    page.get_by_text("Ubah tabel").click()
    page.get_by_label("Ukuran", exact=True).select_option("A5")
    page.get_by_label("Baris").select_option("wilayah")
    page.get_by_label("Jenjang wilayah").select_option("4")
    turn_page(page, page.get_by_role("button", name="Tampilkan"))
    garung = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Kecamatan Garung"))
    expect(garung.get_by_role("cell", name="ditutup").last).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Semuanya").get_by_role("cell", name="73%").first).to_be_visible()
    address = page.url
    page.get_by_label("Nama tabel").fill("Prosedur di desa Wonosobo")
    turn_page(page, page.get_by_role("button", name="Simpan"))
    expect(page.get_by_role("heading", name="Prosedur di desa Wonosobo", level=1)).to_be_visible()
    turn_page(page, page.get_by_role("button", name="Bagikan ke kantor"))
    expect(page.get_by_role("button", name="Berhenti membagikan")).to_be_visible()

    other = new_context("phone").new_page()
    sign_in(other, user_with(("regency_coordinator", WONOSOBO)))
    other.goto(address)
    own = other.get_by_role("row").filter(has=other.get_by_role("rowheader", name="Kecamatan Garung"))
    expect(own.get_by_role("cell", name="50%").last).to_be_visible()
    tap(other, own.get_by_role("link"))
    expect(other.get_by_role("heading", name="Desa Kuripan").first).to_be_visible()
    other.goto(address.replace("wilayah=33.07", "wilayah=32.12"))
    expect(other.get_by_text("Di bawah kabupaten hanya wilayah Anda sendiri yang tercantum.")).to_be_visible()
    expect(other.get_by_role("rowheader", name="Desa Kenanga")).to_have_count(0)
