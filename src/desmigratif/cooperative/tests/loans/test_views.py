"""The pages of lending as cashier, board, treasurer, supervisor and strangers walk them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from desmigratif.access.actor import Actor
from desmigratif.access.door import do
from desmigratif.access.models import Grant, User
from desmigratif.access.queries import actor_for
from desmigratif.audit.models import Event
from desmigratif.cooperative.models import Cooperative, Loan, LoanCollateral, LoanEvent, MoneySlip, ProvisionMonth
from desmigratif.cooperative.queries.loans.standing import is_provision_missing
from desmigratif.shared.ids import new_id

KURIPAN, KENANGA = "33.07.10.2004", "32.12.16.2004"
SINCE, TODAY, LATER = date(2026, 9, 1), date(2026, 11, 23), datetime(2027, 1, 4, 3, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db
Acting = Callable[..., dict[str, Any]]


@pytest.fixture
def clock(now: datetime) -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(now, tick=False) as coordinates:
        yield coordinates


class Desk:
    """A cooperative that lends, and each person's browser."""

    def __init__(self, cooperative: Cooperative, clock: time_machine.Coordinates, now: datetime) -> None:
        self.cooperative, self.clock, self.now = cooperative, clock, now
        self.users: dict[str, User] = {}
        self.clients: dict[str, Client] = {}
        self.actors: dict[str, Actor] = {}
        for name in ("board", "board2", "cashier", "treasurer", "supervisor"):
            self.enter(name, f"cooperative_{name.rstrip('2')}", KURIPAN)
        self.enter("stranger", "cooperative_board", KENANGA)
        self.do(
            "board", "set_membership_terms", terms_id=new_id(), since=SINCE, principal_rupiah=10_000_000,
            compulsory_rupiah=0, decision="Rapat",
        )  # fmt: skip
        self.do(
            "board", "set_money_limit", limit_id=new_id(), since=SINCE, second_person_above_rupiah=1_000_000,
            decision="Rapat",
        )  # fmt: skip
        self.do("cashier", "open_till", till_id=new_id(), on=TODAY, opening_rupiah=0)
        self.member = new_id()
        self.do(
            "board", "apply_for_membership", member_id=self.member, on=TODAY, name="Siti Aminah",
            nik="3307104107850001", birth_date=date(1985, 7, 1), address="Krajan", in_area=True, is_citizen=True,
        )  # fmt: skip
        self.do(
            "cashier", "pay_capital", entry_id=new_id(), member_id=self.member, kind="entry", amount_rupiah=10_000_000,
            on=TODAY,
        )  # fmt: skip
        self.do("board", "admit_member", member_id=self.member, on=TODAY)

    def enter(self, name: str, role: str, village: str) -> None:
        user = User.objects.create(username=name, name=f"Orang {name}")
        Grant.objects.create(user=user, role=role, region_code=village, valid_from=date(2020, 1, 1))
        self.users[name], self.clients[name] = user, Client()
        self.sign_in(name)
        self.actors[name] = actor_for(user, today=TODAY)

    def sign_in(self, name: str) -> None:
        backend = "allauth.account.auth_backends.AuthenticationBackend"
        self.clients[name].force_login(self.users[name], backend=backend)

    def do(self, who: str, verb: str, **given: Any) -> dict[str, Any]:
        given = {"cooperative_id": self.cooperative.id, **given}
        return do(self.actors[who], f"cooperative.{verb}", given, now=self.now, act_id=new_id())

    def offer(self) -> UUID:
        id, offer = new_id(), {
            "method": "flat", "annual_percent": Decimal(12), "most_rupiah": 5_000_000, "most_instalments": 24,
            "late_percent_per_day": Decimal("0.1"),
        }  # fmt: skip
        self.do("board", "add_loan_product", product_id=id, name="Modal usaha", since=SINCE, offer=offer)
        return id

    def applied(self, **given: Any) -> UUID:
        id = new_id()
        usual = {
            "loan_id": id, "member_id": self.member, "product_id": self.offer(), "on": TODAY,
            "amount_rupiah": 1_200_000, "instalments": 12, "purpose": "Modal warung", **given,
        }  # fmt: skip
        self.do("cashier", "apply_for_loan", **usual)
        return id

    def running(self, **given: Any) -> UUID:
        id = self.applied(**given)
        of = {"loan_id": id, "on": TODAY}
        self.do("cashier", "record_loan_survey", **of, survey="Warung ramai sekali")
        for who in ("board", "board2"):
            self.do(who, "approve_loan", **of, approval_id=new_id())
        approval = new_id()
        self.do(
            "treasurer", "approve_payout", approval_id=approval, member_id=self.member, holder_id=id,
            amount_rupiah=1_200_000, on=TODAY,
        )  # fmt: skip
        self.do("cashier", "disburse_loan", **of, entry_id=new_id(), approval_id=approval)
        return id

    def later(self) -> None:
        """Six weeks on, with the old till closed and a new one open."""
        till = self.cooperative_till()
        self.do("cashier", "close_till", till_id=till, entry_id=new_id(), counted_rupiah=8_800_000)
        self.clock.move_to(LATER)
        self.now = LATER
        for name in self.clients:
            self.sign_in(name)
        self.do("cashier", "open_till", till_id=new_id(), on=LATER.date(), opening_rupiah=8_800_000)

    def cooperative_till(self) -> UUID:
        id: UUID = MoneySlip.objects.of(self.cooperative).values_list("till_id", flat=True)[0]
        return id

    def get(self, who: str, name: str, id: UUID) -> Any:
        return self.clients[who].get(reverse(f"cooperative:{name}", args=[id]))

    def page(self, who: str, name: str, id: UUID) -> str:
        answer = self.get(who, name, id)
        assert answer.status_code == 200, (name, answer.status_code)
        return str(answer.content.decode())

    def send(self, who: str, name: str, id: UUID, /, **changes: Any) -> Any:
        form = self.get(who, name, id).context["form"]
        said = {field: form[field].value() for field in form.fields}
        told = {k: f"{v:%d-%m-%Y}" if hasattr(v, "strftime") else v for k, v in said.items() if v not in (None, False)}
        return self.clients[who].post(reverse(f"cooperative:{name}", args=[id]), {**told, **changes})

    def loan(self, id: UUID) -> Loan:
        return Loan.objects.of(self.cooperative).get(id=id)


@pytest.fixture
def desk(places: None, settings: Any, cooperative: Cooperative, clock: time_machine.Coordinates, now: datetime) -> Desk:
    settings.SECOND_FACTOR_REQUIRED = False
    return Desk(cooperative, clock, now)


def test_the_board_offers_a_loan_and_one_above_the_cap_stays_in_the_form(desk: Desk) -> None:
    given = {"name": "Dua persen", "method": "flat", "annual_percent": "24", "most_rupiah": "5.000.000"}
    above = desk.send("board", "add_loan_product", desk.cooperative.id, **given)
    assert "menurun" in str(above.context["form"].errors)

    within = desk.send("board", "add_loan_product", desk.cooperative.id, **{**given, "annual_percent": "12"})

    assert within.status_code == 302
    assert "Dua persen: 12 % setahun" in desk.page("cashier", "loans", desk.cooperative.id)


def test_an_application_is_reckoned_before_it_is_sent(desk: Desk) -> None:
    product = desk.offer()
    given = {
        "product_id": product, "amount_rupiah": "1.200.000", "instalments": "12", "purpose": "Modal warung",
        "guarantor": "Wati", "guarantor_relation": "kakak",
    }  # fmt: skip
    quote = desk.send("cashier", "apply_for_loan", desk.member, **given, hitung="1")
    text = quote.content.decode()
    assert "setara 21,4" in text and "efektif" in text and "Rp112.000" in text
    assert Loan.objects.of(desk.cooperative).count() == 0

    sent = desk.send("cashier", "apply_for_loan", desk.member, **given)

    loan = Loan.objects.of(desk.cooperative).get()
    assert sent.url == reverse("cooperative:loan", args=[loan.id])
    assert "Penjamin: Wati, kakak" in desk.page("cashier", "loan", loan.id)


def test_from_survey_to_money_through_four_hands(desk: Desk) -> None:
    id = desk.applied()
    assert "Catat dulu hasil survei" in desk.page("board", "loan", id)
    desk.send("cashier", "survey_loan", id, survey="Warung ramai, kiriman tiap bulan.")
    desk.send("board", "approve_loan", id)
    assert desk.loan(id).status == "applied"
    desk.send("board2", "approve_loan", id)
    assert desk.loan(id).status == "approved"
    refused = desk.send("cashier", "disburse_loan", id)
    assert refused.context["form"].refusal[0].code == "second_person"
    assert "<b>Belum bisa dilakukan</b>" in refused.content.decode()  # not the title of the page once more
    assert "Setujui pencairan" in desk.page("treasurer", "loan", id)
    desk.send("treasurer", "approve_disbursement", id)
    agreed = desk.page("treasurer", "loan", id)
    assert "sudah disetujui orang kedua" in agreed
    assert "Setujui pencairan" not in agreed

    handed = desk.send("cashier", "disburse_loan", id)

    slip = MoneySlip.objects.of(desk.cooperative).get(kind="loan.disbursed")
    assert handed.headers["Location"] == reverse("cooperative:slip", args=[slip.id])
    assert reverse("cooperative:slip", args=[slip.id]) in desk.page("cashier", "loan", id)
    assert desk.loan(id).status == "active"
    assert "Sisa pokok" in desk.page("supervisor", "loan", id)
    assert "Belum ada yang jatuh tempo; angsuran berikutnya" in desk.page("cashier", "pay_loan", id)


def test_a_members_loan_stands_where_the_member_is_served(desk: Desk) -> None:
    loan = desk.running()
    desk.later()

    counter = desk.get("cashier", "counter", desk.member).content.decode()
    assert reverse("cooperative:pay_loan", args=[loan]) in counter and "jatuh tempo" in counter
    page = desk.get("supervisor", "member", desk.member).content.decode()
    assert reverse("cooperative:loan", args=[loan]) in page and "Modal usaha, sisa pokok Rp1.200.000" in page


def test_a_related_loan_waits_for_the_supervisors_and_a_decline_says_why(desk: Desk) -> None:
    id = desk.applied(amount_rupiah=900_000, related_roles=["board"])
    desk.send("cashier", "survey_loan", id, survey="Warung ramai, kiriman tiap bulan.")
    desk.send("supervisor", "agree_to_loan", id)
    assert "masih kurang 2" in desk.page("board", "loan", id)
    desk.send("board", "decline_loan", id, reason="Angsuran terlalu berat")
    assert "Angsuran terlalu berat" in desk.page("cashier", "loan", id)


def test_late_loans_are_listed_paid_for_an_earlier_day_and_taken_back(desk: Desk) -> None:
    id = desk.running()
    desk.later()
    assert "(12 hari)" in desk.page("cashier", "loans", desk.cooperative.id)

    paid = desk.send("cashier", "pay_loan", id, amount_rupiah="112.000", on="23-12-2026")

    slip = MoneySlip.objects.of(desk.cooperative).get(kind="loan.payment")
    assert paid.url == reverse("cooperative:slip", args=[slip.id])
    assert "Angsuran" in desk.page("cashier", "slip", slip.id)
    assert "(12 hari)" not in desk.page("cashier", "loans", desk.cooperative.id)
    desk.send("treasurer", "reverse_loan_event", slip.id, reason="Salah orang")
    assert LoanEvent.objects.of(desk.cooperative).filter(reverses=slip.id).exists()
    assert "dibatalkan" in desk.page("treasurer", "loan", id)


def test_a_meeting_is_entered_on_one_sheet_and_a_month_provided_for(desk: Desk) -> None:
    id = desk.running()
    desk.later()
    sheet = desk.send(
        "cashier", "collect", desk.cooperative.id, counted_rupiah="99.000.000", **{f"pay_{id}": "99.000.000"}
    )
    assert "lebih dari seluruh sisa" in str(sheet.context["form"].errors)
    asked = desk.get("cashier", "collect", desk.cooperative.id).context["total"]
    assert desk.send("cashier", "collect", desk.cooperative.id, counted_rupiah=str(asked)).status_code == 302
    assert desk.loan(id).next_due_on == date(2027, 1, 23)
    assert "Tidak ada yang jatuh tempo" in desk.page("cashier", "collect", desk.cooperative.id)

    december = date(2026, 12, 31)
    assert is_provision_missing(desk.cooperative, december)
    assert not is_provision_missing(desk.cooperative, date(2026, 10, 31))  # nothing was lent yet

    desk.send("treasurer", "provide", desk.cooperative.id)

    assert not is_provision_missing(desk.cooperative, december)
    assert ProvisionMonth.objects.of(desk.cooperative).get().required_rupiah > 0


def test_early_money_a_new_table_the_end_and_the_write_off(desk: Desk) -> None:
    id = desk.running()
    paid = desk.send("cashier", "prepay_loan", id, amount_rupiah="200.000", effect="lower")
    slip = MoneySlip.objects.of(desk.cooperative).get(kind="loan.prepayment")
    assert paid.headers["Location"] == reverse("cooperative:slip", args=[slip.id])
    desk.send("treasurer", "reschedule_loan", id, instalments="6", first_due_on="23-12-2026", reason="Kiriman berhenti")
    desk.send("board", "reschedule_loan", id, answer="yes", decision="Rapat")
    assert [event.kind for event in LoanEvent.objects.of(desk.cooperative).order_by("id")] == [
        "prepayment", "reschedule",
    ]  # fmt: skip
    card = desk.page("cashier", "loan_card", id)
    assert "Sisa pokok Rp1.000.000" in card and "efektif" in card
    assert "Warung ramai" in desk.page("cashier", "loan", id) and "Warung ramai" not in card
    desk.send("cashier", "pay_off_loan", id)
    assert desk.loan(id).status == "paid"
    again = desk.get("cashier", "pay_off_loan", id)
    assert again.headers["Location"] == reverse("cooperative:loan", args=[id])
    answer = desk.send("board", "write_off_loan", id, ground="death", reason="Tidak ditemukan")
    assert answer.context["form"].refusal


def test_a_write_off_is_proposed_shown_and_decided_by_another(desk: Desk) -> None:
    id = desk.running()
    early = desk.send("treasurer", "write_off_loan", id, ground="arrears", reason="Tidak ditemukan")
    assert "belum macet" in early.content.decode()
    assert desk.send("treasurer", "write_off_loan", id, ground="death", reason="Sakit keras").status_code == 302
    assert "Usulan hapus buku" in desk.page("supervisor", "loan", id)
    assert "Usulan hapus buku" in desk.page("board", "loans", desk.cooperative.id)
    mine = desk.page("treasurer", "write_off_loan", id)
    assert "Tarik kembali" in mine and "Ya, hapus buku" not in mine
    LoanCollateral.objects.create(
        village_code=KURIPAN, cooperative=desk.cooperative, loan_id=id, kind="liquid", value_rupiah=250_000,
        description="Tabungan",
    )  # fmt: skip
    page = desk.page("board", "write_off_loan", id)
    assert "Simpanan yang diblokir Rp250.000" in page
    assert "Sakit keras" in page and "Peminjam meninggal dunia" in page and "tergolong lancar" in page
    assert desk.send("board", "write_off_loan", id, answer="yes", decision="Rapat").status_code == 302
    assert desk.loan(id).status == "written_off"


def test_what_is_seen_ahead_is_said_on_the_loans_page(desk: Desk) -> None:
    id = desk.running()
    answer = desk.send("board", "judge_loan", id, outlook="not_rescuable", reason="Warungnya tutup")
    assert answer.status_code == 302
    page = desk.page("supervisor", "loan", id)
    assert "Tidak dapat diselamatkan, Warungnya tutup" in page


def test_a_new_table_is_proposed_shown_and_decided_by_another(desk: Desk) -> None:
    id = desk.running()
    asked = {"instalments": "6", "first_due_on": "23-12-2026", "reason": "Kiriman berhenti", "interest_free": "2"}
    assert desk.send("board", "reschedule_loan", id, **asked).status_code == 302
    shown = desk.page("supervisor", "loan", id)
    assert "Usulan jadwal ulang menunggu" in shown and "6 angsuran, yang pertama Rp" in shown
    assert "Usulan jadwal ulang" in desk.page("treasurer", "loans", desk.cooperative.id)
    mine = desk.page("board", "reschedule_loan", id)
    assert "Tarik kembali" in mine and "Ya, pakai jadwal baru" not in mine
    assert "Pengurus yang memutuskan" in desk.page("treasurer", "reschedule_loan", id)
    assert desk.send("board2", "reschedule_loan", id, answer="yes", decision="Rapat").status_code == 302
    assert LoanEvent.objects.of(desk.cooperative).get(kind="reschedule").payload["interest_free"] == 2


@pytest.mark.parametrize(
    ("name", "queries", "trace"),
    [
        ("loans", 19, "loans.listed"), ("loan", 19, "loan.opened"), ("loan_card", 15, "loan.printed"),
        ("collect", 20, "loans.listed"),
    ],
)  # fmt: skip
def test_pages_leave_a_trace_and_keep_to_their_queries(
    desk: Desk, name: str, queries: int, trace: str, django_assert_num_queries: Any
) -> None:
    id = desk.running()
    desk.later()
    about = desk.cooperative.id if name in ("loans", "collect") else id
    desk.page("cashier", name, about)
    assert Event.objects.filter(event=trace).count() == 1
    with django_assert_num_queries(queries):
        desk.page("cashier", name, about)


LOAN_PAGES = (
    "loan", "loan_card", "survey_loan", "approve_loan", "agree_to_loan", "decline_loan", "disburse_loan",
    "approve_disbursement", "pay_loan", "prepay_loan", "pay_off_loan", "reschedule_loan", "write_off_loan",
    "judge_loan",
)  # fmt: skip


def test_a_stranger_finds_no_page(desk: Desk) -> None:
    id = desk.running()
    paid = new_id()
    desk.do("cashier", "take_instalment", loan_id=id, on=TODAY, entry_id=paid, amount_rupiah=50_000)
    places = [(name, id) for name in LOAN_PAGES] + [("apply_for_loan", desk.member), ("reverse_loan_event", paid)]
    places += [(name, desk.cooperative.id) for name in ("loans", "add_loan_product", "collect", "provide")]
    assert {desk.get("stranger", name, about).status_code for name, about in places} == {404}
    assert {desk.get("supervisor", name, about).status_code for name, about in places} == {200, 404}
