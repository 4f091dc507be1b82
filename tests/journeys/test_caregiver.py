"""A grandmother's week: she learns in the caregivers' class, and from her own telephone, without an account, notes that
the child talked with its mother and asks the centre for help.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from desmigratif.access.actor import person
from desmigratif.access.door import do
from desmigratif.access.models import User
from desmigratif.parenting.models import CaregiverScore, ParentCall
from desmigratif.regions.queries import today_in
from desmigratif.shared.ids import new_id
from journeys.helping import tap, turn_page

KURIPAN = "33.07.10.2004"
ASKED = "Lutut saya sakit. Bisakah Rizky dijemput kalau hujan?"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def a_family_at_the_centre() -> None:
    """Rizky's mother is in Hong Kong; his grandmother cares, and they talked yesterday."""
    officer, now = person(new_id(), "Petugas Uji", ("village_officer", KURIPAN)), timezone.now()
    today = today_in(KURIPAN, now)
    child, grandmother, enrolled, centre = new_id(), new_id(), new_id(), new_id()

    def act(name: str, /, **given: Any) -> None:
        since = (today - timedelta(days=30)).isoformat()
        do(officer, name, {"village_code": KURIPAN, "on": since, **given}, now=now, act_id=new_id())

    born = (today - timedelta(days=9 * 366)).isoformat()
    members = [
        {"resident_id": child, "person_id": new_id(), "name": "Rizky Riyadi", "birth_date": born},
        {"resident_id": grandmother, "person_id": new_id(), "name": "Yayah Sutini", "birth_date": "1960-01-02"},
    ]
    act("people.register_household", household_id=new_id(), members=members)
    consent = {"basis": "consent", "given_by": "father"}
    act("parenting.enrol_child", child_id=enrolled, resident_id=child, caregiver_id=grandmother, **consent)
    yesterday = (today - timedelta(days=1)).weekday()
    act("parenting.agree_call", slot_id=new_id(), child_id=enrolled, country="HKG", at="19:00", weekdays=[yesterday])
    act("parenting.open_centre", centre_id=centre, name="Rumah Belajar Melati", place="Balai Dusun Krajan")
    lesson = {"kind": "caregivers_class", "at": "09:00", "minutes": 90, "theme": "caregiver_calm"}
    act("parenting.plan_session", session_id=new_id(), centre_id=centre, on=today.isoformat(), **lesson)


def taught(page: Page) -> str:
    """The tutor writes down both scores and hands her the address."""
    page.goto("/rumah-belajar/")
    tap(page, page.get_by_role("link", name="Rumah Belajar Melati"))
    tap(page, page.get_by_role("link", name="Kelas pengasuh"))
    page.get_by_label("Nilai sebelum: Yayah Sutini", exact=True).fill("45")
    page.get_by_label("Nilai sesudah: Yayah Sutini", exact=True).fill("80")
    turn_page(page, page.get_by_role("button", name="Simpan kelas"))
    page.goto("/rumah-belajar/anak/")
    tap(page, page.get_by_role("link", name="Rizky Riyadi"))
    tap(page, page.get_by_role("link", name="Tautan untuk pengasuh"))
    turn_page(page, page.get_by_role("button", name="Buat tautan"))
    address = page.locator("b.wrap").inner_text()
    return address[address.index("/pengasuh/") :]


def she_answers(hers: Page, path: str, tutor: User) -> None:
    hers.goto(path)
    expect(hers.get_by_text("nilai 45 sebelum, 80 sesudah")).to_be_visible()
    expect(hers.get_by_text("di Hong Kong 19.00").first).to_be_visible()
    expect(hers.get_by_text("Riyadi")).to_have_count(0)
    hers.get_by_text("Sudah berbicara").click()
    turn_page(hers, hers.get_by_role("button", name="Simpan telepon"))
    expect(hers.get_by_text("Teleponnya sudah dicatat")).to_be_visible()

    hers.get_by_label("Apa yang ingin Anda sampaikan?").fill(ASKED)
    turn_page(hers, hers.get_by_role("button", name="Kirim pesan"))
    expect(hers.get_by_text("Pilih paling sedikit satu orang yang akan membaca.").first).to_be_visible()
    expect(hers.get_by_label("Apa yang ingin Anda sampaikan?")).to_have_value(ASKED)
    hers.get_by_text(f"{tutor.name}, Pengasuh rumah belajar").click()
    turn_page(hers, hers.get_by_role("button", name="Kirim pesan"))
    expect(hers.get_by_text("Pesan Anda sudah sampai")).to_be_visible()
    assert ASKED not in hers.content()


def test_a_caregiver_learns_notes_a_call_and_asks_for_help(
    page: Page, new_context: Callable[..., Any], user_with: Callable[..., User], sign_in: Callable[[Page, User], None]
) -> None:
    a_family_at_the_centre()
    tutor = user_with(("tutor", KURIPAN), name="Nur Khasanah")
    sign_in(page, tutor)
    path = taught(page)

    she_answers(new_context("phone", java_script_enabled=False).new_page(), path, tutor)

    page.goto("/rumah-belajar/khawatir/")
    turn_page(page, page.get_by_role("link", name="Rizky Riyadi"))
    expect(page.get_by_text(ASKED)).to_be_visible()
    expect(page.get_by_text("pesan dari pengasuh lewat tautannya")).to_be_visible()
    score = CaregiverScore.objects.in_village(KURIPAN).get()
    assert (score.before, score.after) == (45, 80)
    assert ParentCall.objects.in_village(KURIPAN).get().is_done
