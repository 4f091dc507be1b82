"""The cooperative's pages as cashier, treasurer, board, supervisor and strangers walk them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from unittest.mock import patch
from urllib.parse import unquote
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from desmigratif.access.actor import Actor
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.models import Grant, User
from desmigratif.access.queries import actor_for
from desmigratif.audit.models import Event
from desmigratif.cooperative.models import (
    Account,
    ConnectedPerson,
    Cooperative,
    Member,
    MemberStatus,
    MoneySlip,
    Period,
    SavingsAccount,
    SavingsProduct,
    TillDay,
)
from desmigratif.cooperative.queries.ledger.books import balance_now
from desmigratif.cooperative.queries.till import expected_in
from desmigratif.cooperative.sealing import put_details
from desmigratif.shared.ids import new_id
from desmigratif.shared.rupiah import format_rupiah

KURIPAN, KENANGA = "33.07.10.2004", "32.12.16.2004"
SINCE, TODAY = date(2026, 9, 1), date(2026, 11, 23)
NIK = "3307104107850001"
pytestmark = pytest.mark.django_db
Acting = Callable[..., dict[str, Any]]


def fields_of(page: Any) -> dict[str, Any]:
    """What a browser would send back of the page's form as it was shown."""
    form = page.context["form"]
    said = {name: form[name].value() for name in form.fields}
    return {
        name: f"{v:%d-%m-%Y}" if hasattr(v, "strftime") else v for name, v in said.items() if v not in (None, False)
    }


def send(client: Client, name: str, id: UUID | None, /, **changes: Any) -> Any:
    """Open a page, fill its form and send it."""
    address = reverse(f"cooperative:{name}", args=[id] if id else [])
    page = client.get(address)
    assert page.status_code == 200, page.status_code
    return client.post(address, {**fields_of(page), **changes})


def html(client: Client, name: str, id: UUID, query: str = "") -> str:
    answer = client.get(reverse(f"cooperative:{name}", args=[id]) + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


class Office:
    """Who works in the cooperative, each with an account and a browser."""

    def __init__(self, now: datetime, sign_in: Callable[[User], Client]) -> None:
        self.now, self.sign_in = now, sign_in
        self.people: dict[str, tuple[Actor, Client]] = {}

    def enter(self, role: str, village: str = KURIPAN) -> tuple[Actor, Client]:
        if (key := f"{role}@{village}") not in self.people:
            user = User.objects.create(username=key, name=f"Orang {role}")
            Grant.objects.create(user=user, role=role, region_code=village, valid_from=date(2020, 1, 1))
            self.people[key] = (actor_for(user, today=self.now.date()), self.sign_in(user))
        return self.people[key]

    def browser(self, role: str, village: str = KURIPAN) -> Client:
        return self.enter(role, village)[1]


@pytest.fixture
def office(places: None, now: datetime, settings: Any, time_at: None) -> Office:
    settings.SECOND_FACTOR_REQUIRED = False

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return Office(now, sign_in)


@pytest.fixture
def time_at(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


class Shop:
    """A cooperative at work: terms, limit, products, an open till, one member with savings, one candidate."""

    def __init__(self, office: Office, cooperative: Cooperative, act: Acting) -> None:
        self.cooperative, self.act = cooperative, act
        self.board, self.cashier = office.enter("cooperative_board")[0], office.enter("cooperative_cashier")[0]
        self.treasurer = office.enter("cooperative_treasurer")[0]
        self.do(
            self.board, "set_membership_terms", terms_id=new_id(), since=SINCE, principal_rupiah=100_000,
            compulsory_rupiah=20_000, decision="Rapat pembentukan",
        )  # fmt: skip
        self.do(
            self.board, "set_money_limit", limit_id=new_id(), since=SINCE, second_person_above_rupiah=1_000_000,
            decision="Rapat pengurus",
        )  # fmt: skip
        self.product = self.add_product("voluntary", "Simpanan Sukarela")
        self.term = self.add_product("term", "Berjangka 6 bulan", term_months=6, kept_percent_of_rate=Decimal(50))
        self.do(self.cashier, "open_till", till_id=new_id(), on=TODAY, opening_rupiah=0)
        self.member = self.apply("Siti Aminah", NIK)
        self.pay_entry(self.member)
        self.do(self.board, "admit_member", member_id=self.member, on=TODAY)
        self.savings = self.open(self.product)
        self.deposit(self.savings, 3_000_000)
        self.candidate = self.apply("Budi Santoso", "3307101207900002")

    def do(self, by: Actor, verb: str, **given: Any) -> dict[str, Any]:
        return self.act(by, f"cooperative.{verb}", cooperative_id=self.cooperative.id, **given)

    def close_till(self) -> None:
        till = TillDay.objects.of(self.cooperative).get()
        self.do(self.cashier, "close_till", till_id=till.id, entry_id=new_id(), counted_rupiah=expected_in(till))

    def add_product(self, kind: str, name: str, **more: Any) -> UUID:
        id = new_id()
        self.do(
            self.board, "add_savings_product", product_id=id, name=name, kind=kind, since=SINCE,
            annual_percent=Decimal(6), **more,
        )  # fmt: skip
        return id

    def apply(self, name: str, nik: str) -> UUID:
        id = new_id()
        self.do(
            self.board, "apply_for_membership", member_id=id, on=TODAY, name=name, nik=nik,
            birth_date=date(1985, 7, 1), address="Krajan", in_area=True, is_citizen=True,
        )  # fmt: skip
        return id

    def pay_entry(self, member: UUID) -> dict[str, Any]:
        return self.do(
            self.cashier, "pay_capital", entry_id=new_id(), member_id=member, kind="entry", amount_rupiah=100_000,
            on=TODAY,
        )  # fmt: skip

    def open(self, product: UUID, **more: Any) -> UUID:
        id = new_id()
        self.do(
            self.cashier, "open_savings_account", account_id=id, member_id=self.member, product_id=product, on=TODAY,
            **more,
        )  # fmt: skip
        return id

    def deposit(self, account: UUID, amount: int) -> UUID:
        id = new_id()
        self.do(self.cashier, "deposit", entry_id=id, account_id=account, amount_rupiah=amount, on=TODAY)
        return id

    def balance(self, use: str, holder: UUID | None = None) -> int:
        return balance_now(Account.objects.of(self.cooperative).get(use=use), holder)


@pytest.fixture
def shop(office: Office, cooperative: Cooperative, act: Acting) -> Shop:
    return Shop(office, cooperative, act)


# --- setting up ---


def test_a_board_opens_the_books_and_decides_what_members_pay(office: Office) -> None:
    board = office.browser("cooperative_board")
    assert "Belum ada koperasi" in board.get("/koperasi/").content.decode()

    answer = send(board, "set_up", None, name="Koperasi Rukun", kind="cooperative", opened_on="01-09-2026")
    found = Cooperative.objects.in_village(KURIPAN).get()
    assert answer["Location"] == reverse("cooperative:settings", args=[found.id])
    assert board.get("/koperasi/")["Location"] == reverse("cooperative:cooperative", args=[found.id])
    assert "Tetapkan simpanan pokok dan wajib" in html(board, "cooperative", found.id)

    decided = {"decision": "Rapat", "since": "01-09-2026"}
    send(board, "set_terms", found.id, principal_rupiah="100.000", compulsory_rupiah="20.000", **decided)
    send(board, "set_limit", found.id, second_person_above_rupiah="Rp1.000.000", **decided)
    send(board, "add_product", found.id, name="Sukarela", kind="voluntary", annual_percent="4,5", since="01-09-2026")
    product = SavingsProduct.objects.of(found).get()
    assert send(board, "change_rate", product.id, annual_percent="3", since="01-12-2026").status_code == 302

    page = html(board, "settings", found.id)
    assert "Rp100.000" in page and "Rp1.000.000" in page and "4,5 %" in page and "3 %" in page
    assert "Yang harus ditetapkan dulu" not in html(board, "cooperative", found.id)


def test_a_rate_above_the_cap_is_refused_beside_its_field(office: Office, shop: Shop) -> None:
    answer = send(
        office.browser("cooperative_board"), "add_product", shop.cooperative.id, name="Tinggi", kind="voluntary",
        annual_percent="12", since="01-10-2026",
    )  # fmt: skip

    assert answer.status_code == 200
    assert "paling tinggi 9 % setahun" in str(answer.context["form"].errors["annual_percent"])


# --- members ---


def test_a_candidate_is_written_down_pays_and_is_admitted(office: Office, shop: Shop) -> None:
    board, cashier = office.browser("cooperative_board"), office.browser("cooperative_cashier")
    answer = send(
        board, "apply", shop.cooperative.id, name="Wagiyem", nik="3307105507700003", sex="F",
        birth_date="15-07-1970", address="Gondang RT 2",
    )  # fmt: skip
    one = Member.objects.of(shop.cooperative).get(name="Wagiyem")
    assert answer["Location"] == reverse("cooperative:member", args=[one.id])

    refused = send(board, "admit", one.id)
    assert "Simpanan pokok belum lunas." in refused.content.decode()
    assert send(cashier, "counter", one.id, amount_rupiah="100.000").status_code == 302
    assert send(board, "admit", one.id).status_code == 302

    one.refresh_from_db()
    assert (one.status, one.number) == (MemberStatus.MEMBER, 2)
    page = html(board, "member", one.id)
    assert "•••• 0003" in page and "3307105507700003" not in page


def test_who_is_no_member_is_refused_on_the_page_with_the_law_and_the_way(office: Office, shop: Shop) -> None:
    """The closed loop, from the counter: a candidate gets neither savings nor a loan, somebody unknown no page."""
    cashier, before = office.browser("cooperative_cashier"), MoneySlip.objects.of(shop.cooperative).count()
    offer = {"method": "declining", "annual_percent": "12", "most_rupiah": 5_000_000, "most_instalments": 12}
    loan = new_id()
    shop.do(shop.board, "add_loan_product", product_id=loan, name="Modal", since=SINCE, offer=offer)
    asks = {"amount_rupiah": "500.000", "instalments": "5", "purpose": "Modal warung"}
    for answer in (
        send(cashier, "open_savings", shop.candidate, product_id=str(shop.product)),
        send(cashier, "apply_for_loan", shop.candidate, product_id=str(loan), **asks),
    ):
        said = answer.content.decode()
        assert answer.status_code == 200
        assert "Simpan pinjam hanya untuk anggota" in said and "UU 4/2023 Pasal 44B" in said
        assert "Selesaikan pendaftarannya dulu" in said
    asked = html(cashier, "counter", shop.candidate)
    assert "Buka simpanan" not in asked
    assert 'value="100.000"' in asked  # the one thing to pay, and its sum
    assert cashier.get(reverse("cooperative:counter", args=[new_id()])).status_code == 404
    assert MoneySlip.objects.of(shop.cooperative).count() == before


def test_members_are_found_by_name_number_and_what_they_owe(office: Office, shop: Shop) -> None:
    supervisor = office.browser("cooperative_supervisor")

    assert "Budi Santoso" not in html(supervisor, "members", shop.cooperative.id, "?q=siti")
    assert "Siti Aminah" in html(supervisor, "members", shop.cooperative.id, "?q=1")
    behind = html(supervisor, "members", shop.cooperative.id, "?pilih=menunggak")
    assert "Siti Aminah" in behind and "Rp20.000" in behind and "Budi" not in behind
    assert "Budi Santoso" in html(supervisor, "members", shop.cooperative.id, "?pilih=calon")


def test_every_look_at_a_member_leaves_a_trace_and_the_register_shows_whole_numbers(office: Office, shop: Shop) -> None:
    treasurer = office.browser("cooperative_treasurer")
    before = Event.objects.filter(event="member.opened").count()
    html(treasurer, "member", shop.member)

    assert Event.objects.filter(event="member.opened").count() == before + 1
    assert NIK in html(treasurer, "register", shop.cooperative.id)
    assert Event.objects.filter(event="members.register_printed").count() == 1


def test_an_heir_is_written_down_and_ended(office: Office, shop: Shop) -> None:
    board = office.browser("cooperative_board")
    send(board, "connect", shop.member, kind="payer", name="Joko", relation="suami", country="MYS")
    one = ConnectedPerson.objects.of(shop.cooperative).get()
    assert "Malaysia" in html(board, "member", shop.member)

    assert send(board, "disconnect", one.id).status_code == 302
    one.refresh_from_db()
    assert one.until == TODAY


# --- the till ---


def test_a_member_is_told_of_a_slip_without_the_balance(office: Office, shop: Shop) -> None:
    cashier, supervisor = office.browser("cooperative_cashier"), office.browser("cooperative_supervisor")
    slip = MoneySlip.objects.of(shop.cooperative).get(id=shop.deposit(shop.savings, 70_000))
    key = key_of(shop.member)
    assert key
    for phone, number in (("0812-3456-7890", "6281234567890"), ("rumah bu RT", "")):
        put_details(slip.member, key, NIK, {"phone": phone})
        slip.member.save()
        told = html(cashier, "slip", slip.id, "?kabar=1")
        assert f"sms:{'+' * bool(number)}{number}?body=" in told
        assert ("belum tercatat" in told) is not bool(number)
        [sent] = re.findall(rf"https://wa.me/{number}\?text=([^\"]+)", told)
        assert "Rp70.000" in unquote(sent) and slip.code in unquote(sent)
        assert format_rupiah(slip.balance_rupiah) not in unquote(sent)
    assert Event.objects.filter(event="member.phone_opened").count() == 2
    assert "wa.me" not in html(cashier, "slip", slip.id)
    with patch("desmigratif.cooperative.views.till.slips.opened", return_value=False):
        assert "wa.me" not in html(cashier, "slip", slip.id, "?kabar=1")  # no trace, no number
    assert "wa.me" not in html(supervisor, "slip", slip.id, "?kabar=1")  # who takes no money tells nobody


def test_a_cashiers_day_from_opening_to_closing(office: Office, shop: Shop) -> None:
    cashier, treasurer = office.browser("cooperative_cashier"), office.browser("cooperative_treasurer")
    answer = send(cashier, "counter", shop.member, kind=f"deposit:{shop.savings}", amount_rupiah="250.000")
    slip = MoneySlip.objects.of(shop.cooperative).latest("number")
    assert answer["Location"] == reverse("cooperative:slip", args=[slip.id])
    receipt = html(cashier, "slip", slip.id)
    assert "Rp250.000" in receipt and "Rp3.250.000" in receipt and slip.code in receipt
    assert slip.code in html(cashier, "passbook", shop.member)
    assert "Siti Aminah" in html(cashier, "check_code", shop.cooperative.id, f"?kode={slip.code.lower()}")
    assert "tidak ada di buku" in html(cashier, "check_code", shop.cooperative.id, "?kode=ZZZZZZZZ")

    send(cashier, "counter", shop.member, kind="compulsory", amount_rupiah="20.000")
    assert shop.balance("savings_compulsory", shop.member) == 20_000
    wrong = send(cashier, "counter", shop.member, kind=f"withdraw:{shop.savings}", amount_rupiah="2.000.000")
    assert "Jumlah ini perlu persetujuan orang kedua." in wrong.content.decode()
    agreed = send(treasurer, "approve", shop.member, holder_id=str(shop.savings), amount_rupiah="2.000.000")
    assert agreed.status_code == 302
    paid = send(cashier, "counter", shop.member, kind=f"withdraw:{shop.savings}", amount_rupiah="2.000.000")
    assert paid.status_code == 302
    assert shop.balance("savings_voluntary", shop.savings) == 1_250_000

    send(cashier, "move_cash", shop.cooperative.id, direction="to_bank", amount_rupiah="1.000.000")
    assert shop.balance("bank") == 1_000_000
    differs = send(cashier, "close_till", shop.cooperative.id, counted_rupiah="360.000")
    assert "atau tulis sebabnya" in differs.content.decode()
    send(cashier, "close_till", shop.cooperative.id, counted_rupiah="370.000")
    assert TillDay.objects.of(shop.cooperative).get().difference_rupiah == 0
    assert "Kas Anda belum dibuka" in html(cashier, "till", shop.cooperative.id)
    send(cashier, "open_till", shop.cooperative.id, opening_rupiah="370.000")
    found = cashier.get(reverse("cooperative:till", args=[shop.cooperative.id]) + "?q=siti")
    assert found["Location"] == reverse("cooperative:counter", args=[shop.member])  # one is found: straight on
    assert "Budi Santoso" in html(cashier, "till", shop.cooperative.id, "?q=a")


def test_a_bill_is_agreed_to_paid_printed_and_stands_in_the_day_that_is_signed(office: Office, shop: Shop) -> None:
    cashier, treasurer = office.browser("cooperative_cashier"), office.browser("cooperative_treasurer")
    bill = {"account": "5-1401", "party": "Toko Sumber Rejeki", "purpose": "Sewa kursi", "paper": "Nota 14"}
    refused = send(cashier, "spend_cash", shop.cooperative.id, amount_rupiah="1.250.000", **bill)
    assert "perlu persetujuan orang kedua" in refused.content.decode()
    meeting = Account.objects.of(shop.cooperative).get(code="5-1401")
    send(
        treasurer, "approve_business_payout", shop.cooperative.id, subject_id=str(meeting.id), amount_rupiah="1.250.000"
    )
    paid = send(cashier, "spend_cash", shop.cooperative.id, amount_rupiah="1.250.000", **bill)
    slip = cashier.get(paid["Location"]).content.decode()
    assert all(words in slip for words in ("Toko Sumber Rejeki", "Rapat anggota", "Sewa kursi; Nota 14"))
    send(cashier, "move_cash", shop.cooperative.id, direction="to_safe", amount_rupiah="500.000")
    send(cashier, "close_till", shop.cooperative.id, counted_rupiah="1.349.500", reason="Salah kembalian")

    supervisor, till = office.browser("cooperative_supervisor"), TillDay.objects.of(shop.cooperative).get()
    day = html(supervisor, "till_day", shop.cooperative.id, f"?kas={till.id}&semua")
    assert all(words in day for words in ("Toko Sumber Rejeki", "Siti Aminah", "Brankas", "Rp1.349.500"))
    assert "-Rp500: Salah kembalian" in day
    address = reverse("cooperative:till_day", args=[shop.cooperative.id])
    assert [supervisor.get(f"{address}?kas={asked}").status_code for asked in (new_id(), "lain")] == [404, 404]


def test_the_first_page_leads_to_ones_own_till_and_to_loans_that_wait(
    office: Office, shop: Shop, django_assert_max_num_queries: Any
) -> None:
    cashier, supervisor = office.browser("cooperative_cashier"), office.browser("cooperative_supervisor")
    till = reverse("cooperative:till", args=[shop.cooperative.id])
    cashier.get("/")

    with django_assert_max_num_queries(7):
        page = cashier.get("/").content.decode()

    assert "Kas Anda sudah dibuka. Tidak ada pinjaman yang menunggu." in page
    assert f'href="{till}"' in page
    assert f'href="{till}"' not in supervisor.get("/").content.decode()
    stranger = office.browser("cooperative_cashier", "32.12.16.2004").get("/").content.decode()
    assert "Koperasi Maju Bersama" not in stranger


def test_a_form_sent_twice_makes_one_slip(office: Office, shop: Shop) -> None:
    cashier = office.browser("cooperative_cashier")
    address = reverse("cooperative:counter", args=[shop.member])
    filled = {**fields_of(cashier.get(address)), "kind": f"deposit:{shop.savings}", "amount_rupiah": "5.000"}

    first, second = cashier.post(address, filled), cashier.post(address, filled)

    assert first["Location"] == second["Location"]
    assert shop.balance("savings_voluntary", shop.savings) == 3_005_000


def test_an_amount_that_is_none_stays_on_the_page_with_a_sentence(office: Office, shop: Shop) -> None:
    cashier = office.browser("cooperative_cashier")

    answer = send(cashier, "counter", shop.member, kind=f"deposit:{shop.savings}", amount_rupiah="lima ribu")
    above = send(cashier, "counter", shop.member, kind=f"withdraw:{shop.savings}", amount_rupiah="9.000.000")

    assert "Tulis jumlahnya dengan angka" in answer.content.decode()
    assert "paling banyak Rp3.000.000" in above.content.decode()


def test_money_of_somebody_who_is_no_member_is_refused_at_the_counter(office: Office, shop: Shop) -> None:
    cashier = office.browser("cooperative_cashier")
    before = shop.balance("cash")

    opened = send(cashier, "open_savings", shop.candidate, product_id=str(shop.product))
    paid = send(cashier, "counter", shop.candidate, kind=f"deposit:{shop.savings}", amount_rupiah="5.000")
    unknown = cashier.post(reverse("cooperative:counter", args=[new_id()]), {"amount_rupiah": "5.000"})

    assert "Simpan pinjam hanya untuk anggota" in opened.content.decode()
    assert "kind" in paid.context["form"].errors
    assert (opened.status_code, paid.status_code, unknown.status_code) == (200, 200, 404)
    assert shop.balance("cash") == before
    assert not SavingsAccount.objects.of(shop.cooperative).filter(member_id=shop.candidate).exists()


def test_the_second_person_takes_a_slip_back(office: Office, shop: Shop) -> None:
    slip = shop.deposit(shop.savings, 70_000)
    treasurer = office.browser("cooperative_treasurer")

    answer = send(treasurer, "reverse", slip, reason="Salah jumlah")

    back = MoneySlip.objects.of(shop.cooperative).get(reverses_id=slip)
    assert answer["Location"] == reverse("cooperative:slip", args=[back.id])
    assert "sudah dibatalkan" in html(treasurer, "slip", slip)
    page = html(treasurer, "slip", back.id)
    number = MoneySlip.objects.of(shop.cooperative).get(id=slip).number
    assert f"bukti nomor {number}</a>: Salah jumlah" in page and "Tujuh puluh ribu rupiah" in page
    assert shop.balance("savings_voluntary", shop.savings) == 3_000_000


def test_savings_for_a_purpose_and_a_term_are_opened_at_the_counter(office: Office, shop: Shop) -> None:
    cashier = office.browser("cooperative_cashier")
    goal = shop.add_product("purpose", "Simpanan Sekolah")
    send(
        cashier, "open_savings", shop.member, product_id=str(goal), purpose="Sekolah anak", target_rupiah="3.000.000",
        target_on="01-07-2027",
    )  # fmt: skip
    send(cashier, "open_savings", shop.member, product_id=str(shop.term), roll_over="principal")

    page = html(cashier, "member", shop.member)
    assert "Sekolah anak" in page and "Pokok diperpanjang" in page and "per bulan" in page


def test_a_goal_says_that_this_month_is_open_and_is_opened_when_the_school_asks(office: Office, shop: Shop) -> None:
    cashier, treasurer = office.browser("cooperative_cashier"), office.browser("cooperative_treasurer")
    send(
        cashier, "open_savings", shop.member, product_id=str(shop.add_product("purpose", "Simpanan Sekolah")),
        purpose="Sekolah anak", target_rupiah="3.000.000", target_on="01-07-2027", planned_monthly_rupiah="200.000",
        remittance_percent="20",
    )  # fmt: skip
    assert "bulan ini belum" in html(cashier, "member", shop.member)
    goal = SavingsAccount.objects.of(shop.cooperative).get(target_rupiah=3_000_000).id

    send(cashier, "counter", shop.member, kind=f"deposit:{goal}", amount_rupiah="150.000")

    assert "bulan ini kurang Rp50.000" in html(cashier, "counter", shop.member)
    assert "20 persen dari setiap kiriman disimpan di sini." in html(cashier, "counter", shop.member)
    assert send(cashier, "counter", shop.member, kind=f"remittance:{goal}", amount_rupiah="100.000").status_code == 302
    assert "bulan ini kurang Rp30.000" in html(cashier, "counter", shop.member)
    assert "Buka sebelum waktunya" not in html(cashier, "member", shop.member)
    assert "Buka sebelum waktunya" in html(treasurer, "member", shop.member)
    empty = send(treasurer, "unlock_savings", goal, event="school", reason="")
    assert empty.status_code == 200
    assert send(treasurer, "unlock_savings", goal, event="school", reason="Uang sekolah ditagih").status_code == 302
    page = html(treasurer, "member", shop.member)
    assert "untuk biaya sekolah" in page and "bulan ini" not in page and "Buka sebelum waktunya" not in page
    again = send(treasurer, "unlock_savings", goal, event="school", reason="Sekali lagi")
    assert "sudah dapat diambil" in again.content.decode()


# --- the books ---


def test_a_treasurer_enters_by_hand_and_closes_the_month(office: Office, shop: Shop) -> None:
    treasurer = office.browser("cooperative_treasurer")
    accounts = {one.use: one for one in Account.objects.of(shop.cooperative)}
    page = html(treasurer, "books", shop.cooperative.id)
    assert page.count("Rp3.100.000") >= 3  # cash, and both sums
    assert '<b class="kop-village">Koperasi Maju Bersama</b>' in page  # on paper: not under the village's name
    assert "Selesaikan" not in html(treasurer, "mature", shop.cooperative.id)  # no term has ended

    sent = {"debit": accounts["stationery"].code, "credit": accounts["cash"].code, "amount_rupiah": "15.000"}
    held = send(treasurer, "post_entry", shop.cooperative.id, **sent, memo="Buku kas").content.decode()
    assert "Uang tunai di luar kas yang terbuka hanya Rp0; selebihnya dipegang kasir." in held
    shop.close_till()
    assert send(treasurer, "post_entry", shop.cooperative.id, **sent, memo="Buku kas").status_code == 302
    same = send(treasurer, "post_entry", shop.cooperative.id, **{**sent, "credit": sent["debit"]}, memo="Salah")
    assert "dua akun yang berbeda" in same.content.decode()
    assert "Buku kas" in html(treasurer, "account", accounts["cash"].id)
    assert "Tutup buku September 2026" in html(treasurer, "close_month", shop.cooperative.id)
    assert send(treasurer, "close_month", shop.cooperative.id).status_code == 302
    assert Period.objects.of(shop.cooperative).get().last_on == date(2026, 9, 30)
    assert "Oktober 2026" in html(treasurer, "close_month", shop.cooperative.id)


# --- leaving, terms ---


def test_somebody_leaves_and_is_paid_out_at_the_till(office: Office, shop: Shop) -> None:
    board, cashier = office.browser("cooperative_board"), office.browser("cooperative_cashier")
    assert "Rp3.100.000" in html(board, "leave", shop.member)
    assert send(board, "leave", shop.member, reason="moved").status_code == 302
    assert "Sudah keluar" in html(board, "member", shop.member)

    page, till = html(board, "member", shop.member), html(cashier, "counter", shop.member)
    assert "Rp3.100.000</b>" in page and "belum diambil" in page and "kurang Rp" not in page  # nobody dunned any more
    assert "Bayar simpanan anggota keluar (Rp3.100.000)" in till and 'value="3.100.000"' in till
    sent = {"kind": "owed:leavers_payable", "amount_rupiah": "1.000.000"}
    assert send(cashier, "counter", shop.member, **sent).status_code == 302
    assert shop.balance("leavers_payable", shop.member) == 2_100_000


def test_money_of_who_died_is_handed_to_an_heir_at_the_counter(office: Office, shop: Shop) -> None:
    board, cashier = office.browser("cooperative_board"), office.browser("cooperative_cashier")
    send(board, "leave", shop.member, reason="died")
    owed = {"kind": "owed:leavers_payable", "amount_rupiah": "500.000"}
    assert "ahli waris yang tercatat" in send(cashier, "counter", shop.member, **owed).content.decode()
    send(board, "connect", shop.member, kind="heir", name="Ani", relation="anak")

    paid = send(cashier, "counter", shop.member, **owed)

    assert paid.status_code == 302
    page = cashier.get(paid.url).content.decode()
    assert "Ani (Ahli waris, anak)" in page and "Penerima" in page


def test_a_term_is_broken_before_its_day(office: Office, shop: Shop) -> None:
    account = shop.open(shop.term)
    shop.deposit(account, 500_000)
    cashier = office.browser("cooperative_cashier")
    assert "Dibayarkan sebelum pajak: Rp500.000" in html(cashier, "break_term", account)

    assert send(cashier, "break_term", account).status_code == 302
    row = SavingsAccount.objects.of(shop.cooperative).get(id=account)
    assert row.closed_on == TODAY
    assert shop.balance("savings_term", account) == 0


def test_interest_is_paid_and_its_slips_are_printed(office: Office, shop: Shop, now: datetime) -> None:
    later = datetime(2026, 12, 1, 3, tzinfo=now.tzinfo)
    with time_machine.travel(later, tick=False):
        treasurer = office.sign_in(User.objects.get(username=f"cooperative_treasurer@{KURIPAN}"))
        for _month in range(2):
            send(treasurer, "close_month", shop.cooperative.id)
        assert "1 simpanan mendapat jasa" in html(treasurer, "pay_interest", shop.cooperative.id)
        assert "belum dibayarkan" in html(treasurer, "close_month", shop.cooperative.id)
        answer = send(treasurer, "pay_interest", shop.cooperative.id)
        assert answer["Location"] == reverse("cooperative:tax_slips", args=[shop.cooperative.id])
        assert "Siti Aminah" in html(treasurer, "tax_slips", shop.cooperative.id)
        assert "Rp3.945" in html(treasurer, "tax_slip", shop.member)  # 3.000.000 x 6 % x 8 / 365
        assert "sudah dibayarkan" in html(treasurer, "pay_interest", shop.cooperative.id)
        assert "Tidak ada simpanan berjangka" in html(treasurer, "mature", shop.cooperative.id)


# --- doors and questions ---

OF_COOPERATIVE = {
    "cooperative": 20, "settings": 15, "members": 15, "register": 12, "apply": 4, "till": 13, "close_till": 7,
    "move_cash": 12, "open_till": 9, "check_code": 10, "books": 15, "post_entry": 5, "close_month": 12,
    "pay_interest": 10, "mature": 11, "tax_slips": 13, "set_terms": 4, "set_limit": 4, "add_product": 4,
    "spend_cash": 9, "till_day": 18,
}  # fmt: skip
OF_MEMBER = {
    "member": 20, "passbook": 15, "counter": 22, "open_savings": 5, "admit": 4, "connect": 4, "leave": 18,
    "approve": 15, "tax_slip": 12,
}  # fmt: skip
BOARD_ONLY = {"set_terms", "set_limit", "add_product"}
CASHIER_ONLY = {"till", "close_till", "spend_cash", "move_cash", "open_till", "counter", "open_savings"}


@pytest.mark.parametrize(("name", "most"), [*OF_COOPERATIVE.items(), *OF_MEMBER.items()])
def test_a_page_asks_no_more_than_it_must_and_a_stranger_finds_nothing(
    office: Office, shop: Shop, django_assert_num_queries: Any, name: str, most: int
) -> None:
    id = shop.cooperative.id if name in OF_COOPERATIVE else shop.member
    address = reverse(f"cooperative:{name}", args=[id])
    role = "board" if name in BOARD_ONLY else "cashier" if name in CASHIER_ONLY else "treasurer"
    browser = office.browser(f"cooperative_{role}")
    browser.get(address)

    with django_assert_num_queries(most):
        assert browser.get(address).status_code == 200
    assert office.browser(f"cooperative_{role}", KENANGA).get(address).status_code == 404
    assert office.browser("tutor").get(address).status_code == 404
