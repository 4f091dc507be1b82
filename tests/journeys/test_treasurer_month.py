"""A treasurer's first month: the paper books come in, a meeting is entered, the month is closed and proved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from beancount import loader
from django.utils import timezone
from playwright.sync_api import Page, expect

from desmigratif.access.door import do
from desmigratif.access.models import User
from desmigratif.access.queries import actor_for
from desmigratif.cooperative.models import Cooperative, Member, Period
from desmigratif.cooperative.queries.ledger.books import trial_balance
from desmigratif.cooperative.queries.ledger.export import as_beancount
from desmigratif.cooperative.queries.ledger.verify import verify_books
from desmigratif.cooperative.rules.ledger import month_end
from desmigratif.cooperative.rules.opening_sheet.write import workbook_bytes
from desmigratif.regions.queries import today_in
from desmigratif.shared.ids import new_id
from journeys.helping import turn_page

KURIPAN = "33.07.10.2004"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Books:
    """A cooperative whose board decided on sums and products last month, with empty books."""

    def __init__(self, user_with: Callable[..., User]) -> None:
        self.board = user_with(("cooperative_board", KURIPAN), name="Teguh Santoso")
        self.treasurer = user_with(("cooperative_treasurer", KURIPAN), name="Siti Mulyani")
        self.now = timezone.now()
        self.today = today_in(KURIPAN, self.now)
        self.opened_on = (self.today.replace(day=1) - timedelta(days=1)).replace(day=1)
        self.id = new_id()
        decided: dict[str, Any] = {"since": self.opened_on}
        named = {"name": "Koperasi Uji", "kind": "cooperative", "opened_on": self.opened_on, "village_code": KURIPAN}
        self._do("set_up_cooperative", **named)
        sums = {"principal_rupiah": 100_000, "compulsory_rupiah": 20_000, "decision": "Rapat"}
        self._do("set_membership_terms", terms_id=new_id(), **sums, **decided)
        offer = {"name": "Simpanan Sukarela", "kind": "voluntary", "annual_percent": "6"}
        self._do("add_savings_product", product_id=new_id(), **offer, **decided)

    def _do(self, verb: str, **given: Any) -> None:
        actor = actor_for(self.board, today=self.today)
        do(actor, f"cooperative.{verb}", {"cooperative_id": self.id, **given}, now=self.now, act_id=new_id())

    @property
    def row(self) -> Cooperative:
        return Cooperative.objects.in_village(KURIPAN).get(id=self.id)

    def workbook(self, nik: str) -> bytes:
        joined = date(2020, 1, 5)
        born = date(1985, 7, 1)
        ani = [1, "Ani Lestari", "3307104107850001", "P", "", born, "", "Krajan", "", joined, 100_000, 600_000]
        budi = [2, "Budi Santoso", nik, "L", "", born, "", "Kauman", "", joined, 100_000, 400_000]
        return workbook_bytes({
            "Anggota": [ani, budi], "Simpanan": [[1, "Simpanan Sukarela", 3_000_000]],
            "Neraca": [["1-1001", "Kas", 1_200_000], ["1-1101", "Bank", 3_000_000]],
        })  # fmt: skip


def choose(page: Page, books: Books, content: bytes) -> None:
    page.get_by_label("Saldo pada akhir hari").fill(f"{books.opened_on:%d-%m-%Y}")
    file = {"name": "buku-lama.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    page.get_by_label("Lembar kerja saldo awal").set_input_files(file)  # type: ignore[arg-type]
    turn_page(page, page.get_by_role("button", name="Periksa berkas"))


def test_from_the_paper_books_to_a_proved_month(
    page: Page, user_with: Callable[..., User], sign_in: Callable[[Page, User], None]
) -> None:
    books = Books(user_with)
    sign_in(page, books.treasurer)

    page.goto(f"/koperasi/{books.id}/buku/")
    expect(page.get_by_role("navigation", name="Bagian koperasi").get_by_text("Buku")).to_be_in_viewport(ratio=1)
    page.get_by_role("link", name="Saldo awal dari lembar kerja").click()
    choose(page, books, books.workbook("330710"))
    expect(page.get_by_text("NIK harus 16 angka; yang terbaca 6.")).to_be_visible()
    expect(page.get_by_role("button", name="Masukkan saldo awal")).to_be_hidden()
    turn_page(page, page.get_by_role("link", name="Pilih berkas lain"))
    choose(page, books, books.workbook("3307100102800002"))
    expect(page.get_by_text("Rp4.200.000").first).to_be_visible()
    page.get_by_role("button", name="Masukkan saldo awal").click()
    expect(page.get_by_text("Saldo awal sudah masuk buku.")).to_be_visible()
    assert Member.objects.of(books.row).count() == 2

    page.get_by_role("link", name="Kas", exact=True).click()
    page.get_by_role("link", name="Buka kas").click()
    page.get_by_label("Uang tunai yang dihitung").fill("1.200.000")
    turn_page(page, page.get_by_role("button", name="Buka kas"))
    page.get_by_role("link", name="Daftar setoran pertemuan").click()
    page.get_by_label("Ani Lestari: Simpanan Sukarela").fill("50.000")
    page.get_by_label("Budi Santoso: simpanan wajib").fill("")
    page.get_by_label("Uang tunai yang diterima").fill("70.000")
    page.get_by_role("button", name="Catat semua").click()
    expect(page.get_by_text("2 setoran dicatat, Rp70.000.")).to_be_visible()
    page.get_by_role("link", name="Tutup kas").click()
    page.get_by_label("Uang tunai yang dihitung").fill("1.270.000")
    turn_page(page, page.get_by_role("button", name="Tutup kas"))

    page.goto(f"/koperasi/{books.id}/buku/")
    page.get_by_role("link", name="Bayar jasa simpanan").click()
    turn_page(page, page.get_by_role("button", name="Bayar jasa"))
    page.get_by_role("link", name="Kembali ke buku").click()
    page.get_by_role("link", name="Tutup bulan").click()
    page.get_by_role("button", name="Tutup buku").click()
    expect(page.get_by_text("sudah ditutup").first).to_be_visible()
    assert Period.objects.of(books.row).get().last_on == month_end(books.opened_on)

    assert verify_books(books.id).broken == ()
    _entries, errors, _options = loader.load_string("".join(as_beancount(books.row)))
    assert errors == []
    lines = {line.code: line.balance_rupiah for line in trial_balance(books.row, books.today)}
    assert lines["1-1001"] == 1_270_000 and lines["3-1102"] == 1_020_000
