"""The pages of sharia contracts as cashier, board, treasurer and strangers walk them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.urls import reverse

from desmigratif.cooperative.models import BusinessMove, Cooperative, Member, ShariaContract
from desmigratif.cooperative.tests.test_loan_views import SINCE, TODAY, Desk
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

    assert "Dana kebajikan yang ada Rp50.000." in page
    assert 'value="Lansia"' in page


def test_a_unit_is_opened_served_and_added_up(desk: Desk) -> None:
    id = desk.cooperative.id
    done(desk, "board", "open_unit", id, name="Unit Toko", decision="Rapat", on="23-11-2026")
    unit = Cooperative.objects.in_village(desk.cooperative.village_code).get(parent=id)
    done(desk, "treasurer", "serve_in_unit", unit.id, served_id="1")

    assert Member.objects.of(unit).count() == 1
    page = text_of(desk, "supervisor", "statements", id, "?bagian=gabungan")
    assert "Unit Toko" in page
    assert "Jumlah liabilitas dan ekuitas" in page
    assert "Gabungan unit" not in text_of(desk, "supervisor", "statements", unit.id)


def test_a_stranger_finds_no_contract_and_the_supervisor_no_money(desk: Desk) -> None:
    id = desk.cooperative.id
    done(desk, "cashier", "ask_for_contract", id, "?jenis=murabahah", **SALE)
    one = ShariaContract.objects.of(id).get()
    for name, of in (("sharia", id), ("sharia_contract", one.id), ("contract_money", one.id), ("move_fund", id)):
        assert desk.clients["stranger"].get(reverse(f"cooperative:{name}", args=[of])).status_code == 404
    for name in ("contract_money", "decide_contract", "report_result"):
        assert desk.clients["supervisor"].get(reverse(f"cooperative:{name}", args=[one.id])).status_code == 404
