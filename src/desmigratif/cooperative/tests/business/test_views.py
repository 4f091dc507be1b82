"""The pages of businesses as board, treasurer, cashier, supervisor and strangers walk them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from desmigratif.audit.models import Event
from desmigratif.cooperative.models import (
    Business,
    BusinessMove,
    BusinessResult,
    CapitalAgreement,
    Consignment,
    GroupPurchase,
    GroupSeat,
    LoanEvent,
    MemberGroup,
    MoneySlip,
    PurchaseOrder,
    Stake,
)
from desmigratif.cooperative.tests.loans.test_views import Desk
from desmigratif.shared.ids import new_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(places: None, cooperative: Any, now: datetime, settings: Any) -> Iterator[Desk]:
    settings.SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(now, tick=False) as clock:
        yield Desk(cooperative, clock, now)


class Stall:
    """What the pages are walked with: a second member, and the last record of each kind."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.id = desk, desk.cooperative.id
        self.second = new_id()
        today = desk.now.date()
        desk.do(
            "board", "apply_for_membership", member_id=self.second, on=today, name="Budi Santoso",
            nik="3307100302880417", birth_date="1988-02-03", address="Krajan", in_area=True, is_citizen=True,
        )  # fmt: skip
        desk.do(
            "cashier", "pay_capital", entry_id=new_id(), member_id=self.second, kind="entry",
            amount_rupiah=10_000_000, on=today,
        )  # fmt: skip
        desk.do("board", "admit_member", member_id=self.second, on=today)

    def send(self, who: str, name: str, id: UUID, /, **changes: Any) -> Any:
        return self.desk.send(who, name, id, **changes)

    def done(self, who: str, name: str, id: UUID, /, **changes: Any) -> None:
        answer = self.send(who, name, id, **changes)
        assert answer.status_code == 302, (answer.context["form"].errors, answer.context["form"].refusal)

    def last(self, model: Any) -> Any:
        return model.objects.of(self.id).order_by("id").last()

    def group(self) -> MemberGroup:
        self.done("treasurer", "form_group", self.id, name="Kelompok Melati", members="1\nbudi")
        found: MemberGroup = self.last(MemberGroup)
        return found

    def business(self) -> Business:
        self.done(
            "board", "open_business", self.id, name="Keripik Melati", group_id=str(self.group().id), share_percent="40",
            on="01-09-2026",
        )  # fmt: skip
        found: Business = self.last(Business)
        return found


@pytest.fixture
def stall(desk: Desk) -> Stall:
    return Stall(desk)


def test_a_group_gets_capital_by_the_word_of_two_and_pays_its_result(stall: Stall) -> None:
    business = stall.business()
    alone = stall.send("cashier", "hand_out_capital", business.id, amount_rupiah="500.000")
    assert "orang kedua" in str(alone.context["form"].refusal)
    stall.done("treasurer", "approve_business_payout", stall.id, subject_id=str(business.id), amount_rupiah="500.000")
    stall.done("cashier", "hand_out_capital", business.id, amount_rupiah="500.000")
    slip = stall.desk.page("cashier", "move", stall.last(BusinessMove).id)
    assert "Modal usaha diserahkan" in slip
    assert "Rp500.000" in slip
    stall.done(
        "treasurer", "record_result", business.id, amount="250.000", memo="Hasil Oktober", first_on="01-10-2026",
        last_on="31-10-2026",
    )  # fmt: skip
    stall.done("cashier", "take_business_result", business.id)
    shown = stall.desk.page("supervisor", "business", business.id)
    assert "Rp100.000" in shown
    assert "Hasil usaha diterima" in shown


def test_savers_sign_pay_in_and_fetch_their_part(stall: Stall) -> None:
    business = stall.business()
    stall.done(
        "board", "agree_on_capital", business.id, number="MP-1", share_percent="50", member_1="siti",
        amount_1="800.000", outsider_2="Haji Karim", amount_2="200.000",
    )  # fmt: skip
    assert "dari Rp800.000" in stall.desk.page("board", "business", business.id)
    for stake in Stake.objects.of(stall.id):
        stall.done("cashier", "pay_in_stake", stake.id)
    stall.done(
        "treasurer", "record_result", business.id, amount="1.000.000", memo="Hasil Oktober", first_on="01-10-2026",
        last_on="31-10-2026",
    )  # fmt: skip
    luar = Stake.objects.of(stall.id).get(outsider="Haji Karim")
    stall.done("cashier", "pay_stake_result", luar.id)
    move = stall.last(BusinessMove)
    assert (move.party, move.amount_rupiah) == ("Haji Karim", -40_000)
    stall.done("treasurer", "reverse_move", move.id, reason="Salah orang")
    assert "sudah dibatalkan" in stall.desk.page("treasurer", "move", move.id)
    stall.done("board", "take_back_result", stall.last(BusinessResult).id, reason="Salah jumlah")
    assert "dibatalkan" in stall.desk.page("board", "business", business.id)


def test_an_agreement_is_corrected_on_its_page_and_nothing_is_lost(stall: Stall) -> None:
    business = stall.business()
    answer = stall.send("board", "agree_on_capital", business.id, number="MP-1", share_percent="50", member_1="amin")
    assert "Tulis siapa dan berapa" in str(answer.context["form"].errors)
    answer = stall.send(
        "board", "agree_on_capital", business.id, number="MP-1", share_percent="50", member_1="a", amount_1="5.000"
    )
    assert "Tulis nomornya" in str(answer.context["form"].errors)
    answer = stall.send(
        "board", "agree_on_capital", business.id, number="MP-1", share_percent="50", member_1="99", amount_1="5.000"
    )
    assert "Tidak ada anggota" in str(answer.context["form"].errors)
    assert not CapitalAgreement.objects.of(stall.id).exists()


def test_goods_are_ordered_bought_handed_out_and_paid_on_their_page(stall: Stall) -> None:
    stall.done(
        "treasurer", "open_purchase", stall.id, goods="Pupuk urea", unit="karung", price_rupiah="110.000",
        order_until="30-11-2026",
    )  # fmt: skip
    purchase = stall.last(GroupPurchase)
    stall.done("cashier", "order_goods", purchase.id, member_id="1", quantity="2")
    stall.done("cashier", "buy_goods", purchase.id, amount_rupiah="200.000")
    order = stall.last(PurchaseOrder)
    stall.done("cashier", "hand_out_goods", order.id)
    assert "Rp220.000" in stall.desk.page("cashier", "purchase", purchase.id)
    too_much = stall.send("cashier", "pay_for_goods", order.id, amount_rupiah="220.001")
    assert "Yang belum dibayar Rp220.000" in str(too_much.context["form"].errors)
    stall.done("cashier", "pay_for_goods", order.id)
    assert "Barang dibayar" in stall.desk.page("cashier", "purchase", purchase.id)


def test_what_a_member_left_is_sold_and_paid_out_on_its_page(stall: Stall) -> None:
    stall.done(
        "cashier", "receive_goods", stall.id, member_id="siti", goods="Keripik", unit="bungkus", quantity="10",
        price_rupiah="12.500", commission_percent="10",
    )  # fmt: skip
    left = stall.last(Consignment)
    stall.done("cashier", "sell_goods", left.id, quantity="4")
    slip = stall.desk.page("cashier", "move", stall.last(BusinessMove).id)
    assert "Keripik" in slip and "4 bungkus" in slip
    assert "Rp45.000" in stall.desk.page("cashier", "consignment", left.id)
    stall.done("cashier", "return_goods", left.id, quantity="6")
    stall.done("cashier", "pay_consignor", left.id)
    more = stall.send("cashier", "sell_goods", left.id, quantity="1")
    assert "Tidak ada lagi yang tersisa" in str(more.context["form"].errors)


def test_who_stands_in_pays_the_part_in_their_own_name(stall: Stall) -> None:
    group, desk = stall.group(), stall.desk
    loan = desk.running(group_id=group.id)
    card = desk.page("cashier", "loan_card", loan)
    assert "Tanggung renteng<b>Budi Santoso</b>" in card
    address = reverse("cooperative:pay_loan", args=[loan])
    form = desk.clients["cashier"].get(f"{address}?oleh={stall.second}&jumlah=80000").context["form"]
    assert (form["carried_by_id"].value(), form["amount_rupiah"].value()) == (str(stall.second), "80.000")
    stranger = desk.clients["cashier"].get(f"{address}?oleh={new_id()}&jumlah=80000").context["form"]
    assert (stranger["carried_by_id"].value(), stranger["amount_rupiah"].value()) == (None, "112.000")

    stall.done("cashier", "pay_loan", loan, carried_by_id=str(stall.second), amount_rupiah="80.000")
    slip = desk.page("cashier", "slip", stall.last(MoneySlip).id)
    assert "<b>Budi Santoso</b>" in slip and "yang menanggung" in slip
    assert "oleh Budi Santoso" in desk.page("supervisor", "loan", loan)


def test_a_guarantor_pays_in_their_own_name_and_held_savings_are_said(stall: Stall) -> None:
    desk, product, account, today = stall.desk, new_id(), new_id(), stall.desk.now.date()
    offer = {"name": "Sukarela", "kind": "voluntary", "since": date(2026, 9, 1), "annual_percent": "4"}
    desk.do("board", "add_savings_product", product_id=product, **offer)
    opened = {"account_id": account, "on": today}
    desk.do("cashier", "open_savings_account", member_id=desk.member, product_id=product, **opened)
    desk.do("cashier", "deposit", entry_id=new_id(), amount_rupiah=700_000, **opened)
    guarantor = {"member_id": stall.second, "name": "Budi Santoso", "relation": "anggota"}
    held = {"kind": "liquid", "description": "Sukarela", "value_rupiah": 600_000}
    loan = desk.running(guarantors=[guarantor], collateral=[held])

    for page in ("counter", "member"):
        assert "Diblokir untuk pinjaman</dt><dd><b>Rp600.000" in desk.page("cashier", page, desk.member)
    stall.done("cashier", "pay_loan", loan, carried_by_id=str(stall.second), amount_rupiah="80.000")
    assert "<b>Budi Santoso</b>" in desk.page("cashier", "slip", stall.last(MoneySlip).id)
    stall.done("treasurer", "write_off_loan", loan, ground="death", reason="Sakit keras")
    stall.done("board", "write_off_loan", loan, answer="yes", decision="Rapat")
    used, page = LoanEvent.objects.of(desk.cooperative).get(kind="prepayment"), desk.page("treasurer", "loan", loan)
    assert reverse("cooperative:slip", args=[used.id]) in page
    assert reverse("cooperative:reverse_loan_event", args=[used.id]) not in page


def test_members_come_and_go_in_a_group(stall: Stall) -> None:
    group = stall.group()
    twice = stall.send("treasurer", "join_group", group.id, member_id="1")
    assert "sudah di kelompok" in str(twice.context["form"].errors)
    seat = GroupSeat.objects.of(stall.id).get(member_id=stall.second)
    stall.done("treasurer", "leave_group", seat.id)
    assert "Budi Santoso" not in stall.desk.page("treasurer", "group", group.id)
    stall.done("treasurer", "join_group", group.id, member_id="budi")


OF_COOPERATIVE = (
    "businesses", "open_business", "form_group", "open_purchase", "receive_goods", "approve_business_payout",
)  # fmt: skip


def test_a_stranger_finds_no_page_and_who_only_looks_does_nothing(stall: Stall) -> None:
    business = stall.business()
    places = [(name, stall.id) for name in OF_COOPERATIVE]
    places += [
        (name, business.id)
        for name in (
            "business", "agree_on_capital", "record_result", "hand_out_capital", "take_capital_back",
            "take_business_result",
        )
    ]  # fmt: skip
    places += [(name, stall.last(MemberGroup).id) for name in ("group", "join_group")]
    assert {stall.desk.get("stranger", name, about).status_code for name, about in places} == {404}
    looks = {name: stall.desk.get("supervisor", name, about).status_code for name, about in places}
    assert {name for name, status in looks.items() if status == 200} == {"businesses", "business", "group"}


@pytest.mark.parametrize(("name", "queries"), [("businesses", 14), ("business", 16)])
def test_a_page_leaves_a_trace_and_keeps_to_its_queries(
    stall: Stall, name: str, queries: int, django_assert_num_queries: Any
) -> None:
    about = stall.business().id if name == "business" else stall.id
    trace = "businesses.listed" if name == "businesses" else "business.opened"
    before = Event.objects.filter(event=trace).count()
    stall.desk.page("cashier", name, about)
    assert Event.objects.filter(event=trace).count() == before + 1
    with django_assert_num_queries(queries):
        stall.desk.page("cashier", name, about)


def test_a_page_without_a_sign_in_leads_to_it(stall: Stall) -> None:
    assert Client().get(reverse("cooperative:businesses", args=[stall.id])).status_code == 302
