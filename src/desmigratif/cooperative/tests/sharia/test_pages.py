"""The pages of sharia contracts as cashier, board, treasurer and strangers walk them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader

from desmigratif.cooperative.models import (
    BusinessMove,
    Cooperative,
    Member,
    SavingsDistribution,
    SavingsProduct,
    ShariaContract,
)
from desmigratif.cooperative.tests.loans.test_views import LATER, SINCE, TODAY, Desk
from desmigratif.shared.ids import new_id

pytestmark = pytest.mark.django_db
SALE = {
    "member_id": "1", "goods": "Mesin jahit", "amount_rupiah": "900.000", "margin_rupiah": "90.000",
    "instalments": "9", "first_due_on": "23-12-2026",
}  # fmt: skip


@pytest.fixture
def desk(places: None, cooperative: Cooperative, now: datetime, settings: Any) -> Iterator[Desk]:
    settings.SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(now, tick=False) as clock:
        found = Desk(cooperative, clock, now)
        found.do("board", "declare_sharia", on=SINCE, decision="Rapat anggota")
        yield found


def done(desk: Desk, who: str, name: str, id: UUID, query: str = "", /, **sends: Any) -> None:
    address = reverse(f"cooperative:{name}", args=[id]) + query
    form = desk.clients[who].get(address).context["form"]
    hidden = {name: form[name].value() for name in ("act_id", "record_id") if name in form.fields}
    answer = desk.clients[who].post(address, {**hidden, **sends})
    assert answer.status_code == 302, (answer.context["form"].errors, answer.context["form"].refusal)


def text_of(desk: Desk, who: str, name: str, id: UUID, query: str = "") -> str:
    answer = desk.clients[who].get(reverse(f"cooperative:{name}", args=[id]) + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def pdf_of(desk: Desk, who: str, name: str, id: UUID, query: str) -> str:
    answer = desk.clients[who].get(reverse(f"cooperative:{name}", args=[id]) + query)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    return " ".join(text.split())


def test_a_sale_goes_from_the_request_to_the_slip_of_its_instalment(desk: Desk) -> None:
    id = desk.cooperative.id
    done(desk, "cashier", "ask_for_contract", id, "?jenis=murabahah", **SALE)
    one = ShariaContract.objects.of(id).get()
    assert "Putuskan" in text_of(desk, "board", "sharia_contract", one.id)
    done(desk, "board", "decide_contract", one.id, answer="yes", decision="Usahanya jelas")
    assert "Beli barangnya" in text_of(desk, "cashier", "sharia_contract", one.id)
    done(desk, "cashier", "contract_money", one.id, amount_rupiah="900.000", way="cash")
    assert "Rp990.000" in text_of(desk, "cashier", "contract_money", one.id)
    done(desk, "cashier", "contract_money", one.id)
    done(desk, "cashier", "contract_money", one.id, "?langkah=bayar", amount_rupiah="110.000", way="cash")

    page = text_of(desk, "supervisor", "sharia_contract", one.id)
    assert "Rp880.000" in page
    assert "Terima pembayaran" not in page
    slip = BusinessMove.objects.of(id).order_by("number").last()
    assert slip is not None
    assert "Angsuran akad" in text_of(desk, "supervisor", "move", slip.id)
    assert "Margin murabahah" in text_of(desk, "supervisor", "sharia", id, "?bagian=rekonsiliasi")


def test_a_page_of_contracts_costs_the_same_questions_however_many_there_are(
    desk: Desk, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        desk.do(
            "cashier", "ask_for_contract", contract_id=new_id(), member_id=desk.member, on=TODAY, kind="qardh",
            goods=f"Keperluan {number}", amount_rupiah=100_000, instalments=2, first_due_on="2026-12-23",
        )  # fmt: skip
    with django_assert_max_num_queries(22):
        assert "Keperluan 11" in text_of(desk, "cashier", "sharia", desk.cooperative.id)


def test_the_fund_says_at_once_what_moved_and_a_refusal_keeps_what_was_typed(desk: Desk) -> None:
    id = desk.cooperative.id
    done(desk, "cashier", "move_fund", id, kind="donated", party="Hamba Allah", amount_rupiah="50.000", way="cash")
    assert "Rp50.000" in text_of(desk, "supervisor", "sharia", id, "?bagian=kebajikan")
    address = reverse("cooperative:move_fund", args=[id])
    hidden = {"act_id": str(new_id()), "record_id": str(new_id()), "way": "cash", "kind": "poor"}
    answer = desk.clients["cashier"].post(address, {**hidden, "party": "Lansia", "amount_rupiah": "60.000"})
    page = answer.content.decode()

    assert "Dana kebajikan yang ada hanya Rp50.000." in page
    assert 'value="Lansia"' in page


def test_a_unit_is_opened_served_and_added_up(desk: Desk, django_assert_max_num_queries: Any) -> None:
    id = desk.cooperative.id
    done(desk, "board", "open_unit", id, name="Unit Toko", decision="Rapat", on="23-11-2026")
    unit = Cooperative.objects.in_village(desk.cooperative.village_code).get(parent=id)
    done(desk, "treasurer", "serve_in_unit", unit.id, served_id="1")

    assert Member.objects.of(unit).count() == 1
    with django_assert_max_num_queries(23):
        page = text_of(desk, "supervisor", "statements", id, "?bagian=gabungan")
    assert "Unit Toko" in page
    assert "Jumlah liabilitas dan ekuitas" in page and "Kas akhir" in page
    assert "Gabungan unit" not in text_of(desk, "supervisor", "statements", unit.id)


def test_a_unit_says_whose_it_is_and_offers_no_meeting_of_its_own(desk: Desk) -> None:
    id = desk.cooperative.id
    done(desk, "board", "open_unit", id, name="Unit Toko", decision="Rapat", on="23-11-2026")
    unit = Cooperative.objects.in_village(desk.cooperative.village_code).get(parent=id)

    home, books = (text_of(desk, "supervisor", name, unit.id) for name in ("cooperative", "books"))
    assert f"Unit dari {desk.cooperative.name}" in home
    assert reverse("cooperative:cooperative", args=[id]) in home
    assert reverse("cooperative:meetings", args=[unit.id]) not in home
    assert reverse("cooperative:surplus", args=[unit.id]) not in books
    assert f"Unit dari {desk.cooperative.name}" in text_of(desk, "supervisor", "statements", unit.id, "?bagian=catatan")
    assert "Tidak ada bunga" in text_of(desk, "supervisor", "statements", id, "?bagian=catatan")


def test_a_stranger_finds_no_contract_and_the_supervisor_no_money(desk: Desk) -> None:
    id = desk.cooperative.id
    done(desk, "cashier", "ask_for_contract", id, "?jenis=murabahah", **SALE)
    one = ShariaContract.objects.of(id).get()
    for name, of in (("sharia", id), ("sharia_contract", one.id), ("contract_money", one.id), ("move_fund", id)):
        assert desk.clients["stranger"].get(reverse(f"cooperative:{name}", args=[of])).status_code == 404
    for name in ("contract_money", "decide_contract", "report_result"):
        assert desk.clients["supervisor"].get(reverse(f"cooperative:{name}", args=[one.id])).status_code == 404


def sold_and_paid(desk: Desk) -> None:
    """A sewing machine on nine instalments; the first is paid, with Rp10.000 of margin."""
    done(desk, "cashier", "ask_for_contract", desk.cooperative.id, "?jenis=murabahah", **SALE)
    one = ShariaContract.objects.of(desk.cooperative).get()
    done(desk, "board", "decide_contract", one.id, answer="yes", decision="Usahanya jelas")
    done(desk, "cashier", "contract_money", one.id, amount_rupiah="900.000", way="cash")
    done(desk, "cashier", "contract_money", one.id)
    done(desk, "cashier", "contract_money", one.id, "?langkah=bayar", amount_rupiah="110.000", way="cash")


def closed_until_november(desk: Desk) -> None:
    desk.clock.move_to(LATER)
    desk.now = LATER
    for name in desk.clients:
        desk.sign_in(name)
    for last_on in (date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 30)):
        desk.do("treasurer", "close_period", period_id=new_id(), last_on=last_on)


def test_a_month_is_shared_on_the_pages_by_two_persons_and_stands_in_the_passbook(
    desk: Desk, django_assert_max_num_queries: Any
) -> None:
    id = desk.cooperative.id
    assert "Tambah simpanan mudharabah" in text_of(desk, "board", "settings", id)
    nisbah = {"saver_percent": "60", "cooperative_percent": "40", "weight_percent": "100", "decision": "Rapat"}
    named = {"name": "Tabungan Berkah", "since": "01-09-2026"}
    done(desk, "board", "add_product", id, "?jenis=mudharabah", **nisbah, **named)
    assert "penabung 60 : koperasi 40" in text_of(desk, "supervisor", "settings", id)
    account, product = new_id(), SavingsProduct.objects.of(id).get().id
    opened = {"account_id": account, "member_id": desk.member, "product_id": product}
    desk.do("cashier", "open_savings_account", on=TODAY, **opened)
    desk.do("cashier", "deposit", entry_id=new_id(), account_id=account, amount_rupiah=2_000_000, on=TODAY)
    sold_and_paid(desk)
    closed_until_november(desk)
    change = {**nisbah, "cooperative_percent": "30", "since": "01-02-2027", "told_on": "04-01-2027"}
    sent = {"act_id": str(new_id()), "record_id": str(new_id()), **change}
    answer = desk.clients["board"].post(reverse("cooperative:change_rate", args=[product]), sent)
    assert "yang tertulis 90" in answer.content.decode()

    assert "November 2026 sudah ditutup dan belum dibagi" in text_of(
        desk, "treasurer", "sharia", id, "?bagian=penabung"
    )
    done(desk, "treasurer", "prepare_distribution", id, last_on="30-11-2026")
    one = SavingsDistribution.objects.of(id).get()
    assert "Periksa dan bukukan" not in text_of(desk, "treasurer", "distribution", one.id)
    assert "Siti Aminah" in text_of(desk, "board", "distribution", one.id)
    assert "Rp6.000 masuk ke 1 simpanan" in text_of(desk, "board", "settle_distribution", one.id)
    done(desk, "board", "settle_distribution", one.id)

    with django_assert_max_num_queries(20):
        page = text_of(desk, "supervisor", "distribution", one.id)
    assert ("13,69 %" in page, "4-1106" in page, "Rp533.333" in page) == (True, True, True)
    with django_assert_max_num_queries(20):
        assert "Sudah dibukukan" in text_of(desk, "supervisor", "sharia", id, "?bagian=penabung")
    month = pdf_of(desk, "supervisor", "distribution", one.id, "?bentuk=pdf")
    assert all(words in month for words in ("November 2026", "Siti Aminah", "533.333", "6.000", "Yang memeriksa"))
    shared = pdf_of(desk, "supervisor", "sharia", id, "?bagian=penabung&tahun=2026&bentuk=pdf")
    assert "Bagi hasil penabung mudharabah" in shared and "10.000" in shared
    year = pdf_of(desk, "supervisor", "statements_file", id, "?tahun=2026")
    assert all(words in year for words in ("penggunaan dana kebajikan", "Rekonsiliasi pendapatan", "November 2026"))
    assert "Setara setahun dihitung dari bulan itu saja" in text_of(desk, "supervisor", "passbook", desk.member)
    assert desk.clients["stranger"].get(reverse("cooperative:distribution", args=[one.id])).status_code == 404
    assert desk.clients["supervisor"].get(reverse("cooperative:settle_distribution", args=[one.id])).status_code == 404
    done(desk, "treasurer", "settle_distribution", one.id, "?langkah=batal", reason="Nisbah salah baca")
    assert "Nisbah salah baca" in text_of(desk, "supervisor", "distribution", one.id)
