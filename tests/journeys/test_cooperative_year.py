"""A cooperative's year comes to its end: closed once nothing stands in the way, decided on, shared out and fetched.

The supervisor then opens figures down to what they are made of, and a member looks at the own accounts by a code.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone as django_timezone
from playwright.sync_api import Page, expect

from desmigratif.access.door import do
from desmigratif.access.models import User
from desmigratif.access.queries import actor_for
from desmigratif.cooperative.member_codes import member_code
from desmigratif.cooperative.models import Account
from desmigratif.cooperative.queries.ledger.verify import verify_books
from desmigratif.regions.queries import today_in
from desmigratif.shared.ids import new_id
from journeys.helping import answer, turn_page

KURIPAN = "33.07.10.2004"
WIB = timezone(timedelta(hours=7))
FUNDS = [{"code": "reserve_general", "percent": "60"}, {"code": "members_by_savings", "percent": "40"}]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class LastYear:
    """Three members since last November, Rp90.500 earned, Rp500 missing in the till, November closed."""

    def __init__(self, user_with: Callable[..., User]) -> None:
        self.board = user_with(("cooperative_board", KURIPAN), name="Teguh Santoso")
        self.treasurer = user_with(("cooperative_treasurer", KURIPAN), name="Siti Mulyani")
        self.now, self.id, self.members = django_timezone.now(), new_id(), list[UUID]()
        self.today = today_in(KURIPAN, self.now)
        self.year = self.today.year - 1
        self.first = date(self.year, 11, 1)
        self._found()
        till = self._open_till(self.first)
        for number, name in enumerate(("Ani Lestari", "Budi Santoso", "Citra Dewi"), 1):
            self._join(number, name)
        self.act("move_cash", self.first, entry_id=new_id(), on=self.first, direction="to_bank", amount_rupiah=299_500)
        counted = {"counted_rupiah": 0, "reason": "Uang kembalian"}
        self.act("close_till", self.first, till_id=till, entry_id=new_id(), **counted)
        self.enter(date(self.year, 12, 20), "Bunga bank", "bank", "bank_interest", 90_500)
        closed = {"period_id": new_id(), "last_on": date(self.year, 11, 30)}
        self.act("close_period", date(self.year, 12, 2), **closed)

    def act(self, verb: str, on: date, /, by: User | None = None, **given: Any) -> None:
        """On the morning of a day; today, now."""
        at = self.now if on == self.today else datetime(on.year, on.month, on.day, 9, tzinfo=WIB)
        actor = actor_for(by or self.treasurer, today=self.today)
        do(actor, f"cooperative.{verb}", {"cooperative_id": self.id, **given}, now=at, act_id=new_id())

    def enter(self, on: date, memo: str, into: str, out_of: str, amount: int) -> None:
        used = dict(Account.objects.of(self.id).exclude(use="").values_list("use", "id"))
        legs = [
            {"account_id": used[into], "debit_rupiah": amount}, {"account_id": used[out_of], "credit_rupiah": amount},
        ]  # fmt: skip
        self.act("post_manual_entry", on, entry_id=new_id(), on=on, memo=memo, legs=legs)

    def _found(self) -> None:
        on, board = self.first, self.board
        named = {"village_code": KURIPAN, "name": "Koperasi Uji", "kind": "cooperative", "opened_on": on}
        decided: dict[str, Any] = {"since": on, "decision": "Rapat pembentukan"}
        self.act("set_up_cooperative", on, by=board, **named)
        sums = {"principal_rupiah": 100_000, "compulsory_rupiah": 10_000}
        self.act("set_membership_terms", on, by=board, terms_id=new_id(), **sums, **decided)
        limited = {"limit_id": new_id(), "second_person_above_rupiah": 10**9}
        self.act("set_money_limit", on, by=board, **limited, **decided)
        rule = {"rule_id": new_id(), "savings_basis": "year_end", "use_basis": "loans", "funds": FUNDS}
        self.act("set_surplus_rule", on, by=board, **rule, **decided)

    def _open_till(self, on: date) -> UUID:
        id = new_id()
        self.act("open_till", on, till_id=id, on=on, opening_rupiah=0)
        return id

    def _join(self, number: int, name: str) -> None:
        id, on = new_id(), self.first
        said = {"name": name, "nik": f"33071001078500{number:02d}", "birth_date": "1985-07-01", "address": "Krajan"}
        self.act("apply_for_membership", on, by=self.board, member_id=id, on=on, in_area=True, is_citizen=True, **said)
        paid = {"member_id": id, "kind": "entry", "amount_rupiah": 100_000}
        self.act("pay_capital", on, entry_id=new_id(), on=on, **paid)
        self.act("admit_member", on, by=self.board, member_id=id, on=on)
        self.members.append(id)

    def decide(self) -> None:
        """The annual meeting of today: all three come and agree, to the accounts and to sharing the surplus."""
        id, on = new_id(), self.today
        called = {"kind": "annual", "book_year": self.year, "at": "00.00", "place": "Balai desa"}
        seats = [{"member_id": member, "way": "in_person"} for member in self.members]
        for verb, given in (
            ("call_meeting", {**called, "invited_on": on - timedelta(days=8), "on": on}),
            ("record_attendance", {"seats": seats}), ("open_meeting", {}),
            *(("decide", {"decision_id": new_id(), "kind": kind, "text": "Disetujui.", "is_unanimous": True})
              for kind in ("accounts", "surplus")),
            ("close_meeting", {"led_by": "Ani Lestari", "written_by": "Budi Santoso"}),
        ):  # fmt: skip
            self.act(verb, on, by=self.board, meeting_id=id, **given)

    def code(self, member: UUID) -> str:
        given = {"code_id": new_id(), "member_id": member, "on": self.today}
        self.act("give_member_code", self.today, by=self.board, **given)
        return member_code(given["code_id"])


def test_a_year_is_closed_shared_out_and_fetched_and_looked_at(
    page: Page, user_with: Callable[..., User], sign_in: Callable[[Page, User], None]
) -> None:
    books = LastYear(user_with)
    sign_in(page, books.treasurer)

    page.goto(f"/koperasi/{books.id}/buku/tahun/")
    expect(page.get_by_text("Selisih kas Rp500 belum dijelaskan.")).to_be_visible()
    expect(page.get_by_role("button", name="Tutup tahun buku")).to_be_hidden()
    books.enter(date(books.year, 12, 31), "Selisih uang kembalian", "other_expense", "cash_difference", 500)
    page.reload()
    turn_page(page, page.get_by_role("button", name="Tutup tahun buku"))
    expect(page.get_by_text(f"Tahun buku {books.year} sudah ditutup.")).to_be_visible()

    shares = f"/koperasi/{books.id}/shu/?tahun={books.year}"
    page.goto(shares)
    expect(page.get_by_text(f"Belum ada keputusan rapat anggota tentang SHU {books.year}.")).to_be_visible()
    books.decide()
    page.goto(shares)
    turn_page(page, page.get_by_role("link", name="Bagikan SHU"))
    turn_page(page, page.get_by_role("button", name="Bagikan SHU"))
    expect(page.get_by_text("menurut keputusan rapat")).to_be_visible()
    expect(page.get_by_role("row", name="1. Ani Lestari")).to_contain_text("Rp12.000")

    ani, budi, _citra = books.members
    books._open_till(books.today)
    money = {"entry_id": new_id(), "on": books.today, "direction": "from_bank", "amount_rupiah": 50_000}
    books.act("move_cash", books.today, **money)
    page.goto(f"/koperasi/anggota/{ani}/kas/")
    answer(page, "kind", "owed:shu_payable")
    answer(page, "amount_rupiah", "12.000")
    turn_page(page, page.get_by_role("button", name="Catat dan buat bukti"))
    expect(page.get_by_text("Rp12.000").first).to_be_visible()
    assert verify_books(books.id).broken == ()

    the_supervisor_opens_figures(page, books, user_with, sign_in)
    page.context.clear_cookies()
    a_member_looks(page, books.code(budi))


def the_supervisor_opens_figures(
    page: Page, books: LastYear, user_with: Callable[..., User], sign_in: Callable[[Page, User], None]
) -> None:
    """A line of the statements down to its account, a ratio of the health form down to its two figures."""
    sign_in(page, user_with(("cooperative_supervisor", KURIPAN), name="Rubiyanto"))
    page.goto(f"/koperasi/{books.id}/laporan/?tahun={books.year}&bagian=hasil")
    expect(page.get_by_role("row", name="Sisa hasil usaha (SHU)")).to_contain_text("Rp90.000")
    turn_page(page, page.get_by_role("link", name="Bunga bank"))
    expect(page.get_by_text("Rp90.500").first).to_be_visible()
    page.goto(f"/koperasi/{books.id}/kesehatan/?tahun={books.year}")
    ratio = page.locator("details.fold", has_text="Modal sendiri terhadap total aset")
    ratio.locator("summary").click()
    expect(ratio.get_by_text("dibagi Total aset")).to_be_visible()
    page.goto(f"/koperasi/{books.id}/kesehatan/?tahun={books.year - 1}")
    expect(page.get_by_text(f"Buku koperasi baru mulai tahun {books.year}")).to_be_visible()
    page.goto(f"/koperasi/{books.id}/buku/tahun/")
    expect(page.get_by_role("button", name="Tutup tahun buku")).to_be_hidden()


def a_member_looks(page: Page, code: str) -> None:
    """Budi has not fetched the SHU yet; whoever does not know the birth date sees nothing."""
    for born, said in (("02-07-1985", "tidak membuka simpanan apa pun"), ("01-07-1985", "SHU yang belum diambil")):
        page.goto("/simpananku/")
        answer(page, "code", code)
        answer(page, "birth_date", born)
        turn_page(page, page.get_by_role("button", name="Lihat simpananku"))
        expect(page.get_by_text(said)).to_be_visible()
    expect(page.get_by_text("Rp12.000")).to_be_visible()
