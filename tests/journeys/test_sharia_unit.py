"""A sharia unit at its counter: goods are bought, sold with a margin that was told, and paid for.

Between the request and the sale the board decides elsewhere; everything else happens on the pages.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from desmigratif.access.door import do
from desmigratif.access.models import User
from desmigratif.access.queries import actor_for
from desmigratif.cooperative.models import Account, ShariaContract
from desmigratif.cooperative.queries.ledger.verify import verify_books
from desmigratif.regions.queries import today_in
from desmigratif.shared.dates import format_date
from desmigratif.shared.ids import new_id
from journeys.helping import answer, turn_page

KURIPAN = "33.07.10.2004"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Unit:
    """A cooperative with a sharia unit, three million in its bank, one member, and its till open."""

    def __init__(self, user_with: Callable[..., User]) -> None:
        self.board, self.treasurer, self.cashier = (
            user_with((f"cooperative_{office}", KURIPAN), name=name)
            for office, name in (("board", "Teguh Santoso"), ("treasurer", "Siti Mulyani"), ("cashier", "Tri Wahyuni"))
        )
        self.now, self.head, self.id = timezone.now(), new_id(), new_id()
        self.today = today_in(KURIPAN, self.now)
        self._found()
        self._lend_to_unit()
        self._serve()

    def act(self, by: User, verb: str, /, **given: Any) -> None:
        content = {"cooperative_id": self.id, "on": self.today, **given}
        do(actor_for(by, today=self.today), f"cooperative.{verb}", content, now=self.now, act_id=new_id())

    def of_head(self, by: User, verb: str, /, **given: Any) -> None:
        content = {"cooperative_id": self.head, **given}
        do(actor_for(by, today=self.today), f"cooperative.{verb}", content, now=self.now, act_id=new_id())

    def _found(self) -> None:
        decided = {"since": self.today, "decision": "Rapat pembentukan"}
        named = {"name": "Koperasi Uji", "kind": "cooperative", "opened_on": self.today, "village_code": KURIPAN}
        self.of_head(self.board, "set_up_cooperative", **named)
        sums = {"principal_rupiah": 100_000, "compulsory_rupiah": 10_000}
        self.of_head(self.board, "set_membership_terms", terms_id=new_id(), **sums, **decided)
        limit = {"limit_id": new_id(), "second_person_above_rupiah": 10**9}
        self.of_head(self.board, "set_money_limit", **limit, **decided)
        unit = {"unit_id": self.id, "name": "Unit Syariah", "is_sharia": True, "on": self.today, "decision": "Rapat"}
        self.of_head(self.board, "open_unit", **unit)

    def _lend_to_unit(self) -> None:
        used = dict(Account.objects.of(self.head).exclude(use="").values_list("use", "id"))
        legs = [
            {"account_id": used["bank"], "debit_rupiah": 3_000_000},
            {"account_id": used["grants"], "credit_rupiah": 3_000_000},
        ]  # fmt: skip
        entry = {"entry_id": new_id(), "on": self.today, "memo": "Hibah", "legs": legs}
        self.of_head(self.treasurer, "post_manual_entry", **entry)
        moved = {"entry_id": new_id(), "received_id": new_id(), "to_id": self.id, "amount_rupiah": 3_000_000}
        self.of_head(self.treasurer, "move_between_units", on=self.today, memo="Modal kerja", **moved)

    def _serve(self) -> None:
        member, today = new_id(), self.today
        person = {"name": "Siti Aminah", "nik": "3307104107850001", "birth_date": "1985-07-01", "address": "Krajan"}
        asked = {"member_id": member, "on": today, "in_area": True, "is_citizen": True, **person}
        self.of_head(self.board, "apply_for_membership", **asked)
        self.of_head(self.cashier, "open_till", till_id=new_id(), on=today, opening_rupiah=0)
        paid = {"entry_id": new_id(), "member_id": member, "kind": "entry", "amount_rupiah": 100_000}
        self.of_head(self.cashier, "pay_capital", on=today, **paid)
        self.of_head(self.board, "admit_member", member_id=member, on=today)
        self.act(self.board, "serve_in_unit", member_id=new_id(), served_id=member)
        self.act(self.cashier, "open_till", till_id=new_id(), opening_rupiah=0)


def test_goods_are_sold_with_a_margin_that_was_told_and_the_treasurer_sees_it_earned(
    page: Page, user_with: Callable[..., User], sign_in: Callable[[Page, User], None]
) -> None:
    unit = Unit(user_with)
    sign_in(page, unit.cashier)
    contract = the_cashier_writes_down_the_request(page, unit)
    agreed = {"contract_id": contract, "answer": "yes", "decision": "Usahanya berjalan"}
    unit.act(unit.board, "decide_contract", **agreed)
    the_cashier_buys_and_sells(page, f"/koperasi/akad/{contract}/")

    page.context.clear_cookies()
    sign_in(page, unit.treasurer)
    the_treasurer_reads_and_prints(page, unit, f"/koperasi/akad/{contract}/")
    assert verify_books().broken == ()


def the_cashier_writes_down_the_request(page: Page, unit: Unit) -> str:
    page.goto(f"/koperasi/{unit.id}/")
    expect(page.get_by_role("link", name="Rapat", exact=True)).to_have_count(0)  # a unit holds no meeting of its own
    turn_page(page, page.get_by_role("link", name="Akad", exact=True))
    turn_page(page, page.get_by_role("link", name="Murabahah (jual beli)"))
    for name, value in (
        ("member_id", "siti"), ("goods", "Mesin jahit"), ("amount_rupiah", "1.200.000"), ("margin_rupiah", "120.000"),
        ("instalments", "12"), ("first_due_on", f"{unit.today + timedelta(days=31):%d-%m-%Y}"),
    ):  # fmt: skip
        answer(page, name, value)
    turn_page(page, page.get_by_role("button", name="Simpan"))
    expect(page.locator("dl.facts").get_by_text("menunggu keputusan")).to_be_visible()
    return str(ShariaContract.objects.of(unit.id).get().id)


def the_cashier_buys_and_sells(page: Page, contract: str) -> None:
    """What is not owned is not sold: the page offers the purchase first, then the sale, then the payment."""
    page.goto(contract)
    expect(page.get_by_role("link", name="Jual kepada anggota")).to_have_count(0)
    turn_page(page, page.get_by_role("link", name="Beli barangnya"))
    answer(page, "way", "bank")
    turn_page(page, page.get_by_role("button", name="Simpan"))
    page.goto(contract)
    turn_page(page, page.get_by_role("link", name="Jual kepada anggota"))
    expect(page.get_by_text("Rp1.200.000 + margin Rp120.000 = harga jual Rp1.320.000")).to_be_visible()
    turn_page(page, page.get_by_role("button", name="Simpan"))
    page.goto(contract)
    turn_page(page, page.get_by_role("link", name="Terima pembayaran"))
    expect(page.get_by_label("Jumlah")).to_have_value("110.000")
    turn_page(page, page.get_by_role("button", name="Simpan"))
    expect(page.get_by_text("Rp110.000").first).to_be_visible()


def the_treasurer_reads_and_prints(page: Page, unit: Unit, contract: str) -> None:
    """A twelfth of the margin is earned; the rest waits, and stands as such on the printed statement."""
    page.goto(contract)
    waiting = page.locator("dl.facts > div", has_text="Margin yang belum diterima")
    expect(waiting).to_contain_text("Rp110.000")
    page.goto(f"/koperasi/{unit.id}/laporan/?bagian=hasil")
    expect(page.get_by_role("row", name="Margin murabahah")).to_contain_text("Rp10.000")
    page.emulate_media(media="print")
    expect(page.get_by_text("Sisa hasil usaha (SHU)")).to_be_visible()
    expect(page.get_by_role("link", name="PDF")).to_be_hidden()
    page.emulate_media(media="screen")
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").click()
    pages = PdfReader(download.value.path()).pages
    text = " ".join(" ".join(one.extract_text() for one in pages).split())
    for words in ("UNIT SYARIAH", "Margin murabahah yang ditangguhkan", "(110.000)", format_date(unit.today)):
        assert words in text, words
