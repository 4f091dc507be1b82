"""The money of a plan: written down, weighed against the law, struck out, kept to those who may see it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from desmigratif.access.actor import Actor, person
from desmigratif.audit.models import Event, TimelineEntry
from desmigratif.cases.models import CaseCost
from desmigratif.cases.tests.before.test_journey_steps import check, codes
from desmigratif.cases.tests.before.test_journey_views import signed_in
from desmigratif.cases.tests.conftest import KURIPAN, Doing, Family
from desmigratif.cases.tests.pages import kuripan, main_buttons, send
from desmigratif.shared.ids import new_id

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.fixture
def desk(places: None) -> Client:
    return signed_in("village_officer")


def pay(doing: Doing, case_id: str, component: str = "training", **amounts: Any) -> str:
    cost_id = str(new_id())
    doing("cases.record_cost", cost_id=cost_id, case_id=case_id, component=component, **amounts)
    return cost_id


def test_a_cost_is_written_down_and_its_amount_stays_in_the_case(family: Family, doing: Doing, case_id: str) -> None:
    pay(doing, case_id, paid_rupiah=5_512_345, evidence="Kuitansi di map biru")

    cost = kuripan(CaseCost).get()
    memory = str(list(TimelineEntry.objects.values())) + str(list(Event.objects.values()))
    assert (cost.paid_rupiah, cost.asked_rupiah) == (5_512_345, None)
    assert b"map biru" not in bytes(cost.evidence_sealed)
    assert "5512345" not in memory
    assert TimelineEntry.objects.filter(kind="cost.recorded").count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, "amount_missing"),
        ({"paid_rupiah": -1}, "too_small"),
        ({"paid_rupiah": 1, "on": "2026-11-24"}, "date_in_future"),
        ({"paid_rupiah": 1, "component": "emas"}, "not_a_choice"),
    ],
)
def test_a_cost_that_cannot_be_is_refused(
    family: Family, doing: Doing, case_id: str, changes: dict[str, Any], code: str
) -> None:
    given = {"cost_id": str(new_id()), "case_id": case_id, "component": "training", **changes}

    assert codes(lambda: doing("cases.record_cost", **given)) == [code]
    assert not kuripan(CaseCost).exists()


def test_one_written_wrongly_is_struck_out_and_stays(family: Family, doing: Doing, case_id: str) -> None:
    cost_id = pay(doing, case_id, paid_rupiah=1)
    strike = {"cost_id": cost_id}

    assert codes(lambda: doing("cases.strike_out_cost", reason="bosan", **strike)) == ["unknown_reason"]
    doing("cases.strike_out_cost", reason="mistyped", **strike)

    assert kuripan(CaseCost).get().struck_out_because == "mistyped"
    assert codes(lambda: doing("cases.strike_out_cost", reason="mistyped", **strike)) == ["struck_out"]


def test_the_page_weighs_what_was_paid_against_the_law(
    desk: Client, family: Family, doing: Doing, case_id: str
) -> None:
    check(doing, case_id)
    address = reverse("cases:costs", args=[case_id])
    assert "bebas biaya" in desk.get(address).content.decode()

    send(desk, address, component="training", asked_rupiah="7.000.000", paid_rupiah="5.500.000", evidence="Kuitansi")
    struck = pay(doing, case_id, "medical", paid_rupiah=99)
    send(desk, reverse("cases:strike_out_cost", args=[struck]), reason="mistyped")

    page = desk.get(address)
    assert (page.context["result"].lawful_total, page.context["result"].excess) == (0, 5_500_000)
    (training,) = [line for line in page.context["lines"] if line["name"] == "Pelatihan kerja"]
    assert training == {
        "name": "Pelatihan kerja", "payer": "Pemerintah daerah", "lawful": 0, "asked": 7_000_000, "paid": 5_500_000,
        "excess": 5_500_000,
    }  # fmt: skip
    assert "Dibayar Rp5.500.000 di atas yang sah" in page.content.decode()
    assert "Perban BP2MI 9/2020. Menurut pemberitaan." in page.content.decode()
    assert main_buttons(page) == 1


def test_where_no_limit_is_known_nothing_is_guessed(desk: Client, family: Family, doing: Doing, case_id: str) -> None:
    page = desk.get(reverse("cases:costs", args=[case_id]))

    assert page.context["result"].lawful_total is None
    assert "belum kita ketahui" in page.content.decode()


def test_a_debt_is_reckoned_and_kept_nowhere(desk: Client, family: Family, doing: Doing, case_id: str) -> None:
    address = reverse("cases:costs", args=[case_id])

    page = desk.get(f"{address}?utang=12.000.000&bunga=10&bulan=12&gaji=6.000.000")

    assert page.context["debt"] == {"each": 2_200_000, "total": 26_400_000, "interest": 14_400_000, "share": 37}
    assert page.context["loan"]["each"] == 1_060_000
    assert "37 persen dari gaji" in page.content.decode()
    assert desk.get(f"{address}?utang=banyak&bulan=0").context["debt"] is None


@pytest.mark.parametrize("name", ["cases.record_cost", "cases.strike_out_cost"])
def test_strangers_get_nothing_done(family: Family, doing: Doing, stranger: Actor, case_id: str, name: str) -> None:
    cost_id = pay(doing, case_id, paid_rupiah=1)
    given: dict[str, Any] = {"cost_id": cost_id, "reason": "mistyped"}
    if name == "cases.record_cost":
        given = {"cost_id": str(new_id()), "case_id": case_id, "component": "visa", "paid_rupiah": 1}

    for outsider in (stranger, person(new_id(), "Kepala desa", ("village_head", KURIPAN))):
        assert codes(lambda: doing(name, by=outsider, **given)) == ["not_found"]  # noqa: B023

    assert kuripan(CaseCost).get().struck_out_on is None


def test_strangers_and_heads_find_no_costs(desk: Client, family: Family, doing: Doing, case_id: str) -> None:
    cost_id = pay(doing, case_id, paid_rupiah=1)
    addresses = [reverse("cases:costs", args=[case_id]), reverse("cases:strike_out_cost", args=[cost_id])]

    for other in (signed_in("village_officer", "32.12.16.2004"), signed_in("village_head")):
        assert [other.get(address).status_code for address in addresses] == [404, 404]


@pytest.mark.parametrize(("name", "queries"), [("costs", 12), ("strike_out_cost", 10)])
def test_each_page_asks_a_fixed_number_of_questions(
    desk: Client, family: Family, doing: Doing, case_id: str, django_assert_num_queries: Any, name: str, queries: int
) -> None:
    for number in range(3):
        cost_id = pay(doing, case_id, paid_rupiah=number, evidence="Kuitansi")
    address = reverse(f"cases:{name}", args=[case_id if name == "costs" else cost_id])
    desk.get(address)

    with django_assert_num_queries(queries):
        desk.get(address)
