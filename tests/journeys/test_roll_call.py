"""A tutor by thumb: the timetable plans, the roll of thirty takes seconds, a class is scored, a call noted."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from desmigratif.access.actor import person
from desmigratif.access.door import do
from desmigratif.access.models import User
from desmigratif.parenting.models import CaregiverScore, Centre, ParentCall, Session
from desmigratif.regions.queries import today_in
from desmigratif.shared.ids import new_id
from journeys.helping import tap, turn_page

KURIPAN = "33.07.10.2004"
CHILDREN, SECONDS_A_TAP = 30, 0.8
MOST_BYTES = 7_500  # of the roll's page as a browser gets it
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def enrol(now: datetime) -> None:
    """Thirty children of one grandmother's street, each with a caregiver, three of them with a mother in Hong Kong."""
    officer = person(new_id(), "Petugas Uji", ("village_officer", KURIPAN))
    today = today_in(KURIPAN, now)
    since = (today - timedelta(days=30)).isoformat()

    def act(name: str, **payload: Any) -> None:
        do(officer, name, {"village_code": KURIPAN, "on": since, **payload}, now=now, act_id=new_id())

    for n in range(CHILDREN):
        child, caregiver = new_id(), new_id()
        born = {"birth_date": f"{2014 + n % 6}-03-{n % 27 + 1:02}"}
        members = [
            {"resident_id": child, "person_id": new_id(), "name": f"Anak {'ABCDEFGHIJ'[n % 10]}ungsu {n + 1}", **born},
            {"resident_id": caregiver, "person_id": new_id(), "name": f"Nenek {n + 1}", "birth_date": "1960-01-02"},
        ]
        act("people.register_household", household_id=new_id(), members=members, known_to_differ=True)
        given = {
            "child_id": new_id(),
            "resident_id": child,
            "caregiver_id": caregiver,
            "basis": "consent",
            "given_by": "father",
        }
        act("parenting.enrol_child", **given)
        if n < 3:
            call = {"slot_id": new_id(), "child_id": given["child_id"], "country": "HKG", "at": "19:00"}
            act("parenting.agree_call", **call, weekdays=[(today - timedelta(days=2)).weekday()])


def test_a_tutor_plans_calls_the_roll_of_thirty_and_writes_down_a_call(
    page: Page, user_with: Callable[..., User], sign_in: Callable[[Page, User], None],
    new_context: Callable[..., BrowserContext], record_property: Callable[[str, object], None],
) -> None:  # fmt: skip
    now = timezone.now()
    today = today_in(KURIPAN, now)
    enrol(now)
    sign_in(page, user_with(("tutor", KURIPAN), name="Nur Khasanah"))

    page.goto("/rumah-belajar/")
    turn_page(page, page.get_by_role("link", name="Buka rumah belajar").first)
    page.get_by_label("Nama rumah belajar").fill("Rumah Belajar Melati")
    page.get_by_label("Tempat").fill("Balai Dusun Krajan")
    turn_page(page, page.get_by_role("button", name="Simpan"))
    page.get_by_label("Setiap").select_option(str(today.weekday()))
    page.get_by_label("Jam").fill("16.00")
    turn_page(page, page.get_by_role("button", name="Tambah jadwal"))
    turn_page(page, page.get_by_role("link", name="Rencanakan bulan ini"))
    turn_page(page, page.get_by_role("button", name="Rencanakan dari jadwal"))
    expect(page.get_by_text("Kegiatan bulan ini sudah direncanakan.")).to_be_visible()

    page.goto("/")
    turn_page(page, page.get_by_role("link", name="Bantuan PR 16.00"))
    tiles = page.locator(".roll fieldset")
    expect(tiles).to_have_count(CHILDREN)
    taps = 0
    for n in range(CHILDREN):
        if n % 10 == 9:
            continue  # three did not come
        tiles.nth(n).click()
        taps += 1
    tiles.nth(4).click()  # one is excused
    taps += 1
    shown = page.locator(".roll-count")
    assert shown.evaluate("e => getComputedStyle(e.querySelector('.n-present'), '::after').content") != "none"
    weight = len(gzip.compress(page.request.get(page.url).body()))
    turn_page(page, page.get_by_role("button", name="Simpan daftar hadir"))
    taps += 2  # the link on the first page, and the button
    expect(page.get_by_text("Daftar hadir sudah disimpan.")).to_be_visible()

    session = Session.objects.in_village(KURIPAN).get(on=today)
    assert (session.present, session.excused, session.absent) == (26, 1, 3)
    record_property("counted", f"roll call of {CHILDREN}: {taps} taps, {weight} bytes compressed")
    assert taps * SECONDS_A_TAP < 30
    assert weight < MOST_BYTES

    _correct_without_script(page, session, new_context)
    _teach(page)
    _note_call(page)


def _correct_without_script(page: Page, session: Session, new_context: Callable[..., BrowserContext]) -> None:
    """One who was absent came late: an old phone without scripts corrects the roll by the same tap."""
    old = new_context("phone", java_script_enabled=False)
    old.add_cookies(page.context.cookies())
    bare = old.new_page()
    bare.goto(f"/rumah-belajar/kegiatan/{session.id}/hadir/")
    bare.locator(".roll fieldset").nth(9).click()
    turn_page(bare, bare.get_by_role("button", name="Simpan perbaikan"))
    expect(bare.get_by_text("Daftar hadir sudah disimpan.")).to_be_visible()
    session.refresh_from_db()
    assert (session.present, session.excused, session.absent) == (27, 1, 2)


def _teach(page: Page) -> None:
    """A caregivers' class of today: two came; a score of 400 is refused in its row, and the rest stays typed."""
    page.goto(f"/rumah-belajar/{Centre.objects.in_village(KURIPAN).get().id}/")
    turn_page(page, page.get_by_role("link", name="Tambah kegiatan"))
    page.get_by_label("Kegiatan", exact=True).select_option("caregivers_class")
    page.get_by_label("Jam").fill("9.00")
    turn_page(page, page.get_by_role("button", name="Simpan"))
    tap(page, page.get_by_role("link", name="Kelas pengasuh"))
    page.get_by_label("Nilai sebelum: Nenek 1", exact=True).fill("45")
    page.get_by_label("Nilai sesudah: Nenek 1", exact=True).fill("400")
    page.get_by_label("Datang: Nenek 2", exact=True).check()
    turn_page(page, page.get_by_role("button", name="Simpan kelas"))
    expect(page.get_by_text("Nilai dari 0 sampai 100.").first).to_be_visible()
    expect(page.get_by_label("Nilai sebelum: Nenek 1", exact=True)).to_have_value("45")
    page.get_by_label("Nilai sesudah: Nenek 1", exact=True).fill("80")
    turn_page(page, page.get_by_role("button", name="Simpan kelas"))
    expect(page.get_by_text("Kelas pengasuh sudah dicatat.")).to_be_visible()
    scores = CaregiverScore.objects.in_village(KURIPAN).values_list("before", "after")
    assert set(scores) == {(45, 80), (None, None)}


def _note_call(page: Page) -> None:
    page.goto("/rumah-belajar/telepon/")
    turn_page(page, page.locator(".rows a").first)
    page.get_by_label("Sudah berbicara").check()
    turn_page(page, page.get_by_role("button", name="Simpan"))
    expect(page.get_by_text("Teleponnya sudah dicatat.")).to_be_visible()
    assert ParentCall.objects.in_village(KURIPAN).get().is_done
