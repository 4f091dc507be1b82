"""A stack of paper sheets is entered without a mouse: number, name, the person, the form, the next sheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from desmigratif.access.actor import person
from desmigratif.access.door import do
from desmigratif.access.models import User
from desmigratif.cases.models import Sheet, Visit
from desmigratif.cases.queries.before.sheets import sheet_text
from desmigratif.regions.queries import today_in
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"
MOST_TABS = 60
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def stack(live_server: Any) -> list[str]:
    """Two people of Kuripan, made up, and two printed sheets for visits: their numbers."""
    officer = person(new_id(), "Petugas", ("village_officer", KURIPAN))
    members = [
        {"resident_id": new_id(), "person_id": new_id(), "name": name, "sex": sex, "birth_date": date(1990, 1, 3),
         "relation": relation, "marital_status": "married"}
        for name, sex, relation in (("Budi Santoso", "M", "head"), ("Siti Aminah", "F", "wife"))
    ]  # fmt: skip
    here = {"village_code": KURIPAN, "on": today_in(KURIPAN, timezone.now())}
    family = {**here, "household_id": new_id(), "members": members}
    do(officer, "people.register_household", family, now=timezone.now(), act_id=new_id())
    sheets = {**here, "batch_id": new_id(), "kind": "visit", "count": 2}
    do(officer, "cases.print_sheets", sheets, now=timezone.now(), act_id=new_id())
    return [sheet_text(sheet) for sheet in Sheet.objects.in_village(KURIPAN).order_by("running")]


def tab_to(page: Page, wanted: Locator) -> None:
    """Tab after tab until it has the focus, which must be seen."""
    expect(wanted).to_be_visible()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("e => e === document.activeElement"):
            assert wanted.evaluate("e => e.matches(':focus-visible')")
            return
    raise AssertionError(f"no way to {wanted} by the keyboard")


def press_through(page: Page, key: str = "Enter") -> None:
    """A key that leads to another page, and that page."""
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.keyboard.press(key)


def test_two_sheets_are_entered_by_keyboard_alone(
    new_context: Callable[..., Any], user_with: Callable[..., User], sign_in: Callable[[Page, User], None],
    stack: list[str],
) -> None:  # fmt: skip
    page: Page = new_context("desk").new_page()
    sign_in(page, user_with(("village_officer", KURIPAN), name="Wulan Setyowati"))
    page.goto("/pelayanan/lembar/")
    tab_to(page, page.get_by_role("link", name="Masukkan lembar"))
    press_through(page)

    expect(page.get_by_label("Nomor lembar")).to_be_focused()
    page.keyboard.type(stack[0].lower().replace("-", ""))
    on = today_in(KURIPAN, timezone.now())
    enter_visit(page, "sitti", "Siti Aminah", day=f"{on:%d-%m-%Y}")

    expect(page.get_by_text(f"Lembar {stack[0]} sudah dimasukkan")).to_be_visible()
    expect(page.get_by_label("Nomor lembar")).to_be_focused()
    expect(page.get_by_label("Nomor lembar")).to_have_value(stack[1])
    enter_visit(page, "budi", "Budi Santoso", day="")

    expect(page.get_by_text(f"Lembar {stack[1]} sudah dimasukkan")).to_be_visible()
    visits = Visit.objects.in_village(KURIPAN).order_by("id")
    assert [(visit.resident and visit.resident.name, visit.on) for visit in visits] == [
        ("Siti Aminah", on), ("Budi Santoso", on),
    ]  # fmt: skip
    assert {sheet.record for sheet in Sheet.objects.in_village(KURIPAN)} == {visit.id for visit in visits}


def enter_visit(page: Page, typed: str, name: str, *, day: str) -> None:
    """From the number to the saved visit. One tab to the person, one to the day: no way past the page's head."""
    page.keyboard.press("Tab")
    page.keyboard.type(typed)
    press_through(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=name)).to_be_focused()
    press_through(page)
    page.keyboard.press("Tab")
    expect(page.get_by_label("Tanggal")).to_be_focused()
    page.keyboard.type(day)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Simpan"))
    press_through(page)
