"""A company sees its own pledges, says that one was handed over, and hears from the village that it came."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from desmigratif.access.actor import operator
from desmigratif.access.door import do
from desmigratif.access.models import User
from desmigratif.programme.models import Pledge
from desmigratif.regions.queries import today_in
from desmigratif.shared.ids import new_id
from journeys.helping import answer, tap, turn_page

KURIPAN, WONOSOBO = "33.07.10.2004", "33.07"
COFFEE, READERS = "PT Contoh Kopi", "Yayasan Contoh Buku"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def act(deed: str, /, **given: Any) -> None:
    do(operator(), f"programme.{deed}", given, now=timezone.now(), act_id=new_id())


def two_bodies_pledged(account: User) -> None:
    """A company with an account, a society without one, and one pledge of each for the same village."""
    today = today_in(KURIPAN, timezone.now())
    village = {"village_code": KURIPAN, "membership_id": new_id()}
    act("join_programme", **village, programme="desmigratif", decree="SK contoh 1", on=today - timedelta(days=400))
    for name, pillar, what in ((COFFEE, "enterprise", "Mesin sangrai kopi"), (READERS, "parenting", "Buku bacaan")):
        body: UUID = new_id()
        act("add_partner", partner_id=body, region_code=WONOSOBO, kind="company", name=name)
        pledge = {"pledge_id": new_id(), "village_code": KURIPAN, "partner_id": body, "pillar": pillar, "what": what}
        act("record_pledge", **pledge, year=today.year, on=today)
        if name == COFFEE:
            act("seat_partner", partner_id=body, seat_id=new_id(), user_id=account.id, on=today)


def said_by(page: Page, field: str = "", value: str = "") -> None:
    """From one's own list to the pledge, and what is said of it."""
    turn_page(page, page.get_by_role("link", name="Mesin sangrai kopi"))
    if field:
        answer(page, field, value)
    turn_page(page, page.get_by_role("button", name="Simpan"))


def test_a_company_hands_over_and_the_village_confirms(
    new_context: Callable[..., BrowserContext], user_with: Callable[..., User], sign_in: Callable[[Page, User], None]
) -> None:
    company, hall = (new_context("phone").new_page() for _ in range(2))
    account = user_with(("partner", WONOSOBO), name="Ratih Kumalasari")
    two_bodies_pledged(account)
    sign_in(company, account)
    sign_in(hall, user_with(("village_head", KURIPAN), name="Suwarno Hadi"))

    company.goto("/")
    tap(company, company.get_by_role("main").get_by_role("link", name="Buka"))
    expect(company.get_by_role("heading", name=COFFEE, level=1)).to_be_visible()
    expect(company.get_by_text("0 dari 1 janji Anda diterima desa.")).to_be_visible()
    expect(company.get_by_text("Buku bacaan")).to_have_count(0)
    assert company.request.get("/program/").status == 404
    said_by(company)
    expect(company.get_by_text("Desa yang menyatakan menerimanya.")).to_be_visible()
    expect(company.get_by_text("Menunggu jawaban desa")).to_be_visible()

    hall.goto(f"/program/mitra/?desa={KURIPAN}")
    said_by(hall, "outcome", "received")
    expect(hall.get_by_text("Jawaban desa sudah dicatat.")).to_be_visible()

    company.reload()
    expect(company.get_by_text("1 dari 1 janji Anda diterima desa.")).to_be_visible()
    expect(company.get_by_role("link", name="Mesin sangrai kopi")).to_have_count(0)
    assert Pledge.objects.in_village(KURIPAN).get(what="Mesin sangrai kopi").outcome == "received"
    assert company.evaluate("document.documentElement.scrollWidth") <= 360
