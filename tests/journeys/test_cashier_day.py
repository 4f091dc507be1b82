"""A cashier's day: the till is opened, money comes and goes, a second person agrees, and the month is closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from desmigratif.access.actor import Actor
from desmigratif.access.door import do
from desmigratif.access.models import User
from desmigratif.access.queries import actor_for
from desmigratif.cooperative.models import Cooperative, MoneySlip, Period, TillDay
from desmigratif.cooperative.queries.ledger.books import trial_balance
from desmigratif.cooperative.rules.ledger import month_end
from desmigratif.regions.queries import today_in
from desmigratif.shared.ids import new_id
from journeys.helping import turn_page

KURIPAN = "33.07.10.2004"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Staff:
    """Who works here, and a cooperative whose books were opened last month, with one member and her savings."""

    def __init__(self, user_with: Callable[..., User]) -> None:
        self.cashier, self.treasurer, self.board = (
            user_with((f"cooperative_{office}", KURIPAN), name=name)
            for office, name in (("cashier", "Tri Wahyuni"), ("treasurer", "Siti Mulyani"), ("board", "Teguh Santoso"))
        )
        self.today = today_in(KURIPAN, timezone.now())
        self.opened_on = (self.today.replace(day=1) - timedelta(days=1)).replace(day=1)
        self.cooperative_id, self.member, self.savings = new_id(), new_id(), new_id()
        self._set_up(self._actor(self.board))
        self._join(self._actor(self.board), self._actor(self.cashier))

    def _actor(self, user: User) -> Actor:
        return actor_for(user, today=self.today)

    def _do(self, by: Actor, verb: str, **given: Any) -> None:
        now = datetime.combine(self.opened_on, datetime.min.time(), UTC) + timedelta(hours=3)
        content = {"cooperative_id": self.cooperative_id, **given}
        do(by, f"cooperative.{verb}", content, now=now, act_id=new_id())

    def _set_up(self, board: Actor) -> None:
        on, decided = self.opened_on, {"since": self.opened_on, "decision": "Rapat pembentukan"}
        named = {"name": "Koperasi Uji", "kind": "cooperative", "opened_on": on, "village_code": KURIPAN}
        self._do(board, "set_up_cooperative", **named)
        sums = {"principal_rupiah": 100_000, "compulsory_rupiah": 20_000}
        self._do(board, "set_membership_terms", terms_id=new_id(), **sums, **decided)
        self._do(board, "set_money_limit", limit_id=new_id(), second_person_above_rupiah=1_000_000, **decided)
        self.product = new_id()
        offer = {"name": "Simpanan Sukarela", "kind": "voluntary", "since": on, "annual_percent": "3"}
        self._do(board, "add_savings_product", product_id=self.product, **offer)

    def _join(self, board: Actor, cashier: Actor) -> None:
        on, till, member = self.opened_on, new_id(), {"member_id": self.member}
        self._do(cashier, "open_till", till_id=till, on=on, opening_rupiah=0)
        person = {"name": "Siti Aminah", "nik": "3307104107850001", "birth_date": date(1985, 7, 1), "address": "Krajan"}
        self._do(board, "apply_for_membership", on=on, in_area=True, is_citizen=True, **person, **member)
        paid = {"entry_id": new_id(), "kind": "entry", "amount_rupiah": 100_000}
        self._do(cashier, "pay_capital", on=on, **paid, **member)
        self._do(board, "admit_member", on=on, **member)
        account = {"account_id": self.savings, "on": on}
        self._do(cashier, "open_savings_account", product_id=self.product, **member, **account)
        self._do(cashier, "deposit", entry_id=new_id(), amount_rupiah=3_000_000, **account)
        self._do(cashier, "close_till", till_id=till, entry_id=new_id(), counted_rupiah=3_100_000)

    @property
    def books(self) -> Cooperative:
        return Cooperative.objects.in_village(KURIPAN).get(id=self.cooperative_id)


def fill_counter(page: Page, what: str, amount: str) -> None:
    page.get_by_label(what).check()
    page.get_by_label("Jumlah").fill(amount)
    turn_page(page, page.get_by_role("button", name="Catat dan buat bukti"))


def find_member(page: Page, id: UUID) -> None:
    page.get_by_label("Nama atau nomor anggota").fill("siti")
    turn_page(page, page.get_by_role("button", name="Cari", exact=True).last)  # one is found: straight to the counter
    expect(page).to_have_url(f"{page.url.split('/koperasi')[0]}/koperasi/anggota/{id}/kas/")


def test_a_day_at_the_till_and_the_end_of_the_month(
    page: Page, user_with: Callable[..., User], sign_in: Callable[[Page, User], None], new_context: Callable[..., Any]
) -> None:
    staff = Staff(user_with)
    sign_in(page, staff.cashier)
    other = new_context().new_page()
    sign_in(other, staff.treasurer)

    page.goto("/koperasi/")
    page.get_by_role("link", name="Ke kas").click()
    page.get_by_role("link", name="Buka kas").click()
    page.get_by_label("Uang tunai yang dihitung").fill("3.100.000")
    turn_page(page, page.get_by_role("button", name="Buka kas"))

    find_member(page, staff.member)
    fill_counter(page, "Setor Simpanan Sukarela", "250.000")
    expect(page.get_by_text("Rp3.250.000")).to_be_visible()
    page.get_by_role("link", name="Layani lagi").click()

    fill_counter(page, "Ambil Simpanan Sukarela", "2.000.000")
    expect(page.get_by_text("Jumlah ini perlu persetujuan orang kedua.")).to_be_visible()
    other.goto(f"/koperasi/anggota/{staff.member}/")
    other.get_by_role("link", name="Setujui pengambilan").click()
    other.get_by_label("Jumlah yang boleh dibayarkan").fill("2.000.000")
    other.get_by_role("button", name="Setujui").click()
    expect(other.get_by_text("Disetujui untuk hari ini")).to_be_visible()
    turn_page(page, page.get_by_role("button", name="Catat dan buat bukti"))

    slip = MoneySlip.objects.of(staff.books).get(kind="savings.withdrawn")
    expect(page.get_by_role("heading", name=f"Bukti nomor {slip.number}")).to_be_visible()
    expect(page.get_by_text(slip.code)).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_text("Rp1.250.000")).to_be_visible()
    expect(page.get_by_role("button", name="Cetak bukti")).to_be_hidden()
    page.emulate_media(media="screen")

    page.get_by_role("link", name="Kembali ke kas").click()
    page.get_by_role("link", name="Tutup kas").click()
    page.get_by_label("Uang tunai yang dihitung").fill("1.350.000")
    page.get_by_role("button", name="Tutup kas").click()
    expect(page.get_by_text("Kas Anda belum dibuka.")).to_be_visible()
    assert [till.difference_rupiah for till in TillDay.objects.of(staff.books)] == [0, 0]

    other.goto(f"/koperasi/{staff.cooperative_id}/buku/")
    other.get_by_role("link", name="Bayar jasa simpanan").click()
    other.get_by_role("button", name="Bayar jasa").click()
    expect(other.get_by_role("link", name="Siti Aminah")).to_be_visible()
    other.get_by_role("link", name="Kembali ke buku").click()
    other.get_by_role("link", name="Tutup bulan").click()
    other.get_by_role("button", name="Tutup buku").click()
    expect(other.get_by_text("sudah ditutup").first).to_be_visible()

    assert Period.objects.of(staff.books).get().last_on == month_end(staff.opened_on)
    lines = trial_balance(staff.books, staff.today)
    assert sum(line.debit_rupiah for line in lines) == sum(line.credit_rupiah for line in lines)
