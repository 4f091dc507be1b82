"""Somebody comes home with nothing but a bag: from the return to a place in the village, on the officer's phone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from desmigratif.access.actor import person
from desmigratif.access.door import do
from desmigratif.access.models import User
from desmigratif.cases.models import BrokerReport, Case, CaseState
from desmigratif.people.models import HandOver
from desmigratif.regions.queries import today_in
from desmigratif.shared.ids import new_id
from journeys.helping import answer, tap, turn_page

KURIPAN = "33.07.10.2004"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def abroad(live_server: Any) -> str:
    """Siti, made up, has worked in Malaysia for two years; the village found out late."""
    member = {
        "resident_id": new_id(), "person_id": new_id(), "name": "Siti Aminah", "sex": "F", "relation": "head",
        "birth_date": date(1996, 4, 21), "marital_status": "widowed",
    }  # fmt: skip
    officer = person(new_id(), "Petugas", ("village_officer", KURIPAN))
    today, case_id = today_in(KURIPAN, timezone.now()), new_id()
    home = {"household_id": new_id(), "members": [member]}
    stay = {
        "case_id": case_id, "resident_id": member["resident_id"], "country": "MYS",
        "departed_on": today - timedelta(days=700),
    }  # fmt: skip
    for name, given in (("people.register_household", home), ("cases.record_found_abroad", stay)):
        content = {"village_code": KURIPAN, "on": today - timedelta(days=30), **given}
        do(officer, name, content, now=timezone.now(), act_id=new_id())
    return str(case_id)


def save(page: Page, answers: Mapping[str, str]) -> None:
    for path, value in answers.items():
        answer(page, path, value)
    turn_page(page, page.locator("main form").last.locator("button").first)


def test_from_the_return_to_a_place_in_the_village(
    new_context: Callable[..., Any], user_with: Callable[..., User], sign_in: Callable[[Page, User], None], abroad: str
) -> None:
    page: Page = new_context("phone").new_page()
    sign_in(page, user_with(("village_officer", KURIPAN), name="Wulan Setyowati"))
    page.goto(f"/pelayanan/rencana/{abroad}/")
    back_on = today_in(KURIPAN, timezone.now()) - timedelta(days=3)

    tap(page, page.get_by_role("link", name="Catat kepulangan"))
    save(
        page, {"kind": "problem", "cause": "unpaid_wage", "source": "officer_met", "returned_on": f"{back_on:%d-%m-%Y}"}
    )
    tap(page, page.get_by_role("link", name="Tanyakan kebutuhannya"))
    save(page, {"needs": "work", "wish": "stay"})
    tap(page, page.get_by_role("link", name="Susun rencana"))
    expect(page.locator("[name=steps][value=join_group]")).to_be_checked()
    save(page, {})
    tap(page, page.get_by_role("link", name="Tanyakan pengalamannya"))
    save(page, {"broker_name": "Bang Contoh", "complaint": "false_promise"})
    expect(page.get_by_text("Bang Contoh")).to_be_visible()
    tap(page, page.get_by_role("link", name="Menetap atau berangkat lagi"))
    save(page, {"ends": "stays"})
    expect(page.get_by_role("link", name="Tengokan bulan ke-6")).to_be_visible()

    assert Case.objects.in_village(KURIPAN).get().state == CaseState.SETTLED
    assert HandOver.objects.in_village(KURIPAN).get().kind == "returnee_group"
    assert BrokerReport.objects.in_village(KURIPAN).get().complaint == "false_promise"
