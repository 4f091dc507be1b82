"""A meeting in a hamlet: the sheet goes along on the phone, is filled in without a signal, and is entered once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from desmigratif.access.door import do
from desmigratif.access.models import User
from desmigratif.audit.models import Event, Receipt
from desmigratif.cooperative.models import MoneySlip, TillDay
from desmigratif.shared.ids import new_id
from journeys.helping import turn_page
from journeys.test_cashier_day import Staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ONLINE = "window.dispatchEvent(new Event('online'))"


@pytest.fixture
def staff(user_with: Callable[..., User]) -> Staff:
    return Staff(user_with)


@pytest.fixture
def hall(staff: Staff, new_context: Callable[..., BrowserContext], sign_in: Callable[[Page, User], None]) -> Page:
    """The cashier's phone at the hall, with the sheet of the meeting on it."""
    page = new_context(width="phone").new_page()
    sign_in(page, staff.cashier)
    page.goto(f"/koperasi/{staff.cooperative_id}/pinjaman/setoran/")
    page.get_by_role("link", name="Bawa ke pertemuan tanpa sinyal").click()
    expect(page.locator("[data-slot=ready]")).to_be_visible()
    expect(page.get_by_role("group", name="Siti Aminah")).to_be_visible()
    return page


def open_till(staff: Staff) -> None:
    given = {"cooperative_id": staff.cooperative_id, "till_id": new_id(), "on": staff.today, "opening_rupiah": 0}
    do(staff._actor(staff.cashier), "cooperative.open_till", given, now=timezone.now(), act_id=new_id())


def slips(staff: Staff) -> list[tuple[str, int]]:
    rows = MoneySlip.objects.of(staff.books).filter(on=staff.today).order_by("amount_rupiah")
    return list(rows.values_list("kind", "amount_rupiah"))


def write_down(page: Page, counted: str) -> None:
    page.get_by_role("button", name="Simpanan wajib").click()
    page.get_by_label("Simpanan Sukarela").fill("15.000")
    page.get_by_label("Uang tunai yang diterima").fill(counted)
    page.get_by_role("button", name="Simpan di HP ini").click()


@pytest.mark.every_database
def test_a_meeting_without_a_signal_is_entered_exactly_once(staff: Staff, hall: Page) -> None:
    open_till(staff)
    hall.context.set_offline(True)
    hall.reload()
    expect(hall.get_by_role("group", name="Siti Aminah")).to_be_visible()

    hall.get_by_label("Simpanan Sukarela").fill("15.000")
    hall.reload()
    expect(hall.get_by_label("Simpanan Sukarela")).to_have_value("15.000")  # typed, not saved, not lost
    asked = int(hall.get_by_role("button", name="Simpanan wajib").inner_text().split("Rp")[1].replace(".", ""))
    write_down(hall, "1.000")
    expect(hall.get_by_role("alert")).to_contain_text("uang yang dihitung kurang")
    hall.get_by_label("Uang tunai yang diterima").fill(str(asked + 15_000))
    hall.get_by_role("button", name="Simpan di HP ini").click()
    expect(hall.locator("[data-slot=saved]")).to_be_visible()
    hall.reload()
    expect(hall.locator("[data-slot=count]")).to_have_text("1")
    expect(hall.get_by_text("Belum terkirim", exact=True)).to_be_visible()
    assert slips(staff) == []

    hall.context.set_offline(False)
    hall.evaluate(ONLINE)
    expect(hall.get_by_text("Sudah dicatat", exact=True)).to_be_visible()
    expect(hall.locator("[data-slot=count]")).to_have_text("0")
    expect(hall.get_by_text("Belum ada lembar di HP ini")).to_be_visible()  # it went with its errand
    assert slips(staff) == [("savings.deposited", 15_000), ("capital.paid", asked)]
    receipt = Receipt.objects.get(action="cooperative.take_collection")
    expect(hall.get_by_text(f"bukti nomor {receipt.result['number']}")).to_be_visible()
    assert Event.objects.filter(event="sheet.taken_along").count() >= 1


def test_a_sheet_that_comes_back_names_the_reason_and_is_sent_again(staff: Staff, hall: Page) -> None:
    asked = int(hall.get_by_role("button", name="Simpanan wajib").inner_text().split("Rp")[1].replace(".", ""))
    write_down(hall, str(asked + 15_000))
    refused = hall.get_by_role("alert").filter(has_text="Belum diterima")
    expect(refused).to_contain_text("Kas Anda belum dibuka hari ini. Buka kas dulu.")
    refused.get_by_role("button", name="Perbaiki").click()
    expect(hall.get_by_label("Simpanan Sukarela")).to_have_value("15.000")
    hall.get_by_label("Simpanan Sukarela").fill("25.000")
    hall.get_by_label("Uang tunai yang diterima").fill(str(asked + 25_000))
    open_till(staff)
    hall.get_by_role("button", name="Simpan di HP ini").click()

    expect(hall.get_by_text("Sudah dicatat", exact=True)).to_be_visible()
    assert slips(staff) == [("savings.deposited", 25_000), ("capital.paid", asked)]
    assert Receipt.objects.filter(action="cooperative.take_collection").count() == 1
    assert TillDay.objects.of(staff.books).filter(on=staff.today).count() == 1


def test_the_phone_is_told_what_the_second_person_decided(
    staff: Staff, hall: Page, sign_in: Callable[[Page, User], None], new_context: Callable[..., BrowserContext]
) -> None:
    """The sheet of yesterday comes when no till of that day is open; the treasurer puts its money into the own."""
    other = new_context().new_page()
    sign_in(other, staff.treasurer)
    hall.get_by_label("Tanggal pertemuan").fill((staff.today - timedelta(days=1)).isoformat())
    hall.get_by_role("button", name="Simpanan wajib").click()
    hall.get_by_label("Uang tunai yang diterima").fill(hall.locator("[data-slot=total]").inner_text()[2:])
    hall.get_by_role("button", name="Simpan di HP ini").click()
    hall.get_by_role("button", name="Saya sudah tahu").click()
    expect(hall.get_by_text("Menunggu orang kedua", exact=True)).to_be_visible()

    other.goto("/perlu-diputuskan/")
    other.get_by_role("link", name="Lembar setoran pertemuan").click()
    address = other.url
    turn_page(other, other.get_by_role("link", name="Buka kas dulu"))
    other.get_by_label("Uang tunai yang dihitung").fill("0")
    turn_page(other, other.get_by_role("button", name="Buka kas"))
    other.goto(address)
    turn_page(other, other.get_by_role("button", name="Masukkan ke kas saya"))
    expect(other.get_by_text("masuk ke kas Anda, bukti nomor")).to_be_visible()

    hall.evaluate(ONLINE)
    told = hall.get_by_role("status").filter(has_text="Uangnya sudah masuk ke kas bendahara, bukti nomor")
    expect(told).to_be_visible()
    hall.context.set_offline(True)
    hall.goto("/lapangan/lembar/")  # by its bare address too, and without a signal
    expect(told).to_be_visible()
    told.get_by_role("button", name="Saya sudah tahu").click()
    expect(hall.get_by_text("Sudah dicatat", exact=True)).to_be_visible()
    assert [kind for kind, _amount in slips(staff)] == ["capital.paid"]


def test_signing_out_leaves_no_sheet_on_the_phone(hall: Page) -> None:
    hall.get_by_text("Menu", exact=True).click()
    hall.get_by_role("button", name="Keluar").click()
    hall.wait_for_url(lambda url: "/lapangan/" not in url)

    left: Any = hall.evaluate("async () => [(await indexedDB.databases()).length, (await caches.keys()).length]")
    assert left == [0, 0]


def test_signing_out_at_the_desk_takes_the_sheet_away_and_leaves_unsent_work(staff: Staff, hall: Page) -> None:
    hall.context.route("**/sync/v1/push", lambda route: route.abort())
    write_down(hall, "1")
    hall.get_by_label("Uang tunai yang diterima").fill(hall.locator("[data-slot=total]").inner_text()[2:])
    hall.get_by_role("button", name="Simpan di HP ini").click()
    expect(hall.locator("[data-slot=count]")).to_have_text("1")
    hall.goto("/koperasi/")
    hall.get_by_text("Menu", exact=True).click()
    hall.get_by_role("button", name="Keluar").click()
    hall.wait_for_url(lambda url: "/koperasi/" not in url)

    assert hall.evaluate(LEFT) == {"pack": 0, "outbox": 1}


LEFT = """async () => {
  const [{ name }] = await indexedDB.databases();
  const answer = (asked) => new Promise((done) => (asked.onsuccess = () => done(asked.result)));
  const db = await answer(indexedDB.open(name));
  const count = (store) => answer(db.transaction(store).objectStore(store).count());
  return { pack: await count("pack"), outbox: await count("outbox") };
}"""
