"""Modal penyertaan goes to somebody else, and one day the agreement ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from desmigratif.access.door import do
from desmigratif.audit.models import Event
from desmigratif.cooperative.models import BusinessMove, CapitalAgreement, Cooperative, Stake
from desmigratif.cooperative.queries.ledger.verify import verify_books
from desmigratif.cooperative.rules.business import waiting_that_follows
from desmigratif.cooperative.tests.business.test_views import Stall
from desmigratif.cooperative.tests.loans.test_views import Desk
from desmigratif.cooperative.tests.market import NOW, TODAY, Market
from desmigratif.shared.ids import new_id

ALL = ("holder", "taker", "cooperative")
NOVEMBER = {"first_on": date(2026, 11, 1), "last_on": date(2026, 11, 20)}


@pytest.fixture
def market(db: None) -> Iterator[Market]:
    """Whatever a test did, the books verify."""
    found = Market()
    yield found
    assert verify_books(found.id).broken == ()


def passing(stake: UUID, amount: int, **other: Any) -> dict[str, Any]:
    usual = {
        "entry_id": new_id(), "new_stake_id": new_id(), "stake_id": stake, "on": TODAY, "amount_rupiah": amount,
        "because": "sold", "consents": ALL,
    }  # fmt: skip
    return {**usual, **other}


def closing(market: Market, stake: UUID, result: int = 0) -> dict[str, Any]:
    agreement = Stake.objects.of(market.cooperative).get(id=stake).agreement_id
    return {
        "entry_id": new_id(), "agreement_id": agreement, "on": TODAY, "result_rupiah": result, "reason": "Toko tutup",
    }  # fmt: skip


def test_a_sold_stake_earns_for_the_buyer_and_what_was_earned_stays(market: Market) -> None:
    toko = market.business()
    (siti,) = market.paid_in(toko, (market.siti, 1_000_000))
    market.result(toko, 500_000)
    given = passing(siti, 1_000_000, outsider="Haji Karim")
    market.do(market.board, "pass_on_stake", **given)
    market.result(toko, 300_000, **NOVEMBER)

    taker = given["new_stake_id"]
    assert [market.balance("participation_capital", one) for one in (siti, taker)] == [0, 1_000_000]
    assert [market.balance("deposits_held", one) for one in (siti, taker)] == [200_000, 120_000]
    assert market.money_refused("pay_in_stake", stake_id=taker, amount_rupiah=1) == "too_much"
    assert market.money_refused("pay_in_stake", stake_id=siti, amount_rupiah=1) == "too_much"


def test_heirs_take_over_in_parts_and_the_earned_goes_along(market: Market) -> None:
    toko = market.business()
    (siti,) = market.paid_in(toko, (market.siti, 900_000))
    market.result(toko, 250_003)
    heirs = [passing(siti, amount, because="inherited", consents=["heir_letter"], outsider=name)
             for amount, name in ((300_000, "Anak pertama"), (600_000, "Anak kedua"))]  # fmt: skip
    for given in heirs:
        market.do(market.board, "pass_on_stake", **given)

    ids = [given["new_stake_id"] for given in heirs]
    assert [market.balance("participation_capital", id) for id in ids] == [300_000, 600_000]
    assert [market.balance("deposits_held", id) for id in (siti, *ids)] == [0, 33_333, 66_668]
    market.do(market.board, "leave_cooperative", member_id=market.siti, on=TODAY, reason="died")


def test_a_stake_goes_on_only_with_what_must_be_shown(market: Market) -> None:
    (siti,) = market.paid_in(market.business(), (market.siti, 1_000_000))

    def refused(**other: Any) -> str:
        return market.refused(market.board, "pass_on_stake", **{**passing(siti, 500_000, outsider="Karim"), **other})

    assert refused(consents=("holder", "taker")) == "consent_missing"
    assert refused(because="inherited") == "consent_missing"
    assert refused(amount_rupiah=1_000_001) == "too_much"
    assert refused(outsider="", member_id=market.siti) == "same_person"
    assert refused(outsider="") == refused(member_id=market.budi) == "member_or_outsider"
    assert not BusinessMove.objects.of(market.cooperative).filter(kind="stake.passed_on").exists()


def test_what_went_on_has_a_slip_a_trace_and_is_not_reversed(market: Market) -> None:
    (siti,) = market.paid_in(market.business(), (market.siti, 1_000_000))
    given = passing(siti, 400_000, member_id=market.budi)
    made = market.do(market.board, "pass_on_stake", **given)
    move = BusinessMove.objects.of(market.cooperative).get(id=given["entry_id"])

    assert (move.party, move.value_rupiah, move.amount_rupiah) == ("Siti Aminah kepada Budi Aminah", 400_000, 0)
    assert move.number == made["number"] > 0
    told = Event.objects.filter(event__in=("stake.passed_on", "stake.taken_over"))
    assert {subject["id"] for event in told for subject in event.subjects} >= {str(market.siti), str(market.budi)}
    back = {"move_id": move.id, "entry_id": new_id(), "on": TODAY, "reason": "Salah catat"}
    assert market.refused(market.treasurer, "reverse_business_move", **back) == "passed_on"


def test_a_closed_agreement_shares_its_last_loss_and_pays_back_what_is_left(market: Market) -> None:
    toko = market.business()
    siti, luar = market.paid_in(toko, (market.siti, 600_000), ("Haji Karim", 400_000), percent=50)
    done = market.do(market.board, "close_agreement", **closing(market, siti, -400_000))

    assert (done["to_return_rupiah"], done["waiting_rupiah"]) == (800_000, 0)
    assert [market.balance("participation_capital", one) for one in (siti, luar)] == [480_000, 320_000]
    market.money("return_stake", stake_id=siti, amount_rupiah=480_000)
    market.money("return_stake", stake_id=luar, amount_rupiah=320_000)
    assert [market.balance("participation_capital", one) for one in (siti, luar)] == [0, 0]
    assert market.money_refused("pay_in_stake", stake_id=siti, amount_rupiah=1) == "agreement_closed"


def test_an_agreement_is_closed_once_and_takes_part_in_nothing_later(market: Market) -> None:
    toko = market.business()
    (siti,) = market.paid_in(toko, (market.siti, 1_000_000), percent=100)
    market.do(market.board, "close_agreement", **closing(market, siti))
    again = market.refused(market.board, "close_agreement", **closing(market, siti))
    (budi,) = market.paid_in(toko, (market.budi, 1_000_000), percent=100)  # the whole result is free to promise again
    days = {"first_on": date(2026, 10, 1), "last_on": date(2026, 10, 31), "on": TODAY, "memo": "Oktober"}
    late = market.refused(
        market.treasurer, "record_business_result", entry_id=new_id(), business_id=toko, result_rupiah=5, **days
    )

    assert (again, late) == ("closed_already", "settled_already")
    assert market.balance("deposits_held", budi) == 0


def test_who_was_paid_back_earns_nothing_of_what_comes_later(market: Market) -> None:
    toko = market.business()
    (siti,) = market.paid_in(toko, (market.siti, 1_000_000), percent=60)
    market.do(market.board, "close_agreement", **closing(market, siti))
    (budi,) = market.paid_in(toko, (market.budi, 1_000_000), percent=50)
    tomorrow = TODAY + timedelta(days=1)
    given = {
        "entry_id": new_id(), "cooperative_id": market.id, "business_id": toko, "result_rupiah": 500_000,
        "first_on": tomorrow, "last_on": tomorrow, "on": tomorrow, "memo": "Hasil sehari",
    }  # fmt: skip
    later = NOW + timedelta(days=1)
    do(market.treasurer, "cooperative.record_business_result", given, now=later, act_id=new_id())

    assert [market.balance("deposits_held", one) for one in (siti, budi)] == [0, 250_000]


def test_a_last_result_is_not_counted_twice(market: Market) -> None:
    toko = market.business()
    (siti,) = market.paid_in(toko, (market.siti, 1_000_000))
    market.result(toko, 100_000, first_on=date(2026, 10, 1), last_on=TODAY)

    assert market.refused(market.board, "close_agreement", **closing(market, siti, 5)) == "counted_already"
    assert CapitalAgreement.objects.of(market.cooperative).get().closed_on is None
    market.do(market.board, "close_agreement", **closing(market, siti))


def test_a_savings_group_takes_no_modal_penyertaan_yet(market: Market) -> None:
    toko = market.business()
    market.cooperative.kind = "savings_group"
    market.cooperative.save(update_fields=["kind"])
    given = {
        "agreement_id": new_id(), "business_id": toko, "number": "MP-9", "on": TODAY, "share_percent": 5,
        "stakes": [{"stake_id": new_id(), "amount_rupiah": 5, "outsider": "Karim"}],
    }  # fmt: skip

    assert market.refused(market.board, "agree_on_capital", **given) == "no_body_of_law"


def test_the_earned_follows_the_inherited_capital_to_the_rupiah() -> None:
    first = waiting_that_follows(100, 3, 1)

    assert (first, waiting_that_follows(100 - first, 2, 2)) == (33, 67)


# --- the pages ---


@pytest.fixture
def stall(places: None, cooperative: Cooperative, now: datetime, settings: Any) -> Iterator[Stall]:
    settings.SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(now, tick=False) as clock:
        yield Stall(Desk(cooperative, clock, now))


@pytest.fixture
def agreed(stall: Stall) -> CapitalAgreement:
    business = stall.business()
    stall.done(
        "board", "agree_on_capital", business.id, number="MP-1", share_percent="50", member_1="siti",
        amount_1="800.000", outsider_2="Haji Karim", amount_2="200.000",
    )  # fmt: skip
    for stake in Stake.objects.of(stall.id):
        stall.done("cashier", "pay_in_stake", stake.id)
    return CapitalAgreement.objects.of(stall.id).get()


def test_a_stake_is_passed_on_on_its_page_and_has_a_slip(stall: Stall, agreed: CapitalAgreement) -> None:
    karim = Stake.objects.of(stall.id).get(outsider="Haji Karim")
    half = {"because": "sold", "member_id": "budi", "amount_rupiah": "200.000"}
    refused = stall.send("board", "pass_on_stake", karim.id, **half, consents=["holder"])
    assert "penerimanya setuju" in str(refused.context["form"].errors)
    stall.done("board", "pass_on_stake", karim.id, **half, consents=list(ALL))

    slip = stall.desk.page("supervisor", "move", stall.last(BusinessMove).id)
    assert "Haji Karim kepada Budi Santoso" in slip and "Rp200.000" in slip
    sheet = stall.desk.page("supervisor", "agreement", agreed.id)
    assert "beralih" in sheet and "dari Haji Karim" in sheet
    assert "Haji Karim" in stall.desk.page("cashier", "business", agreed.business_id)


def test_an_agreement_is_wound_up_on_its_page(stall: Stall, agreed: CapitalAgreement) -> None:
    unsaid = stall.send("board", "close_agreement", agreed.id, gain_or_loss="loss", reason="Tempatnya dijual")
    assert "untung atau ruginya" in str(unsaid.context["form"].errors)
    stall.done("board", "close_agreement", agreed.id, gain_or_loss="gain", amount="500.000", reason="Tempatnya dijual")
    sheet = stall.desk.page("supervisor", "agreement", agreed.id)
    assert "Ditutup" in sheet and "Tempatnya dijual" in sheet and "Rp1.000.000" in sheet
    for stake in Stake.objects.of(stall.id):
        stall.done("cashier", "return_stake", stake.id)
    assert "Seluruh sisa modal sudah dikembalikan" in stall.desk.page("board", "agreement", agreed.id)


def test_strangers_and_lookers_on_neither_see_nor_end_an_agreement(stall: Stall, agreed: CapitalAgreement) -> None:
    stake = Stake.objects.of(stall.id).first()
    assert stake is not None
    places = [("agreement", agreed.id), ("close_agreement", agreed.id), ("pass_on_stake", stake.id)]
    assert {stall.desk.get("stranger", name, id).status_code for name, id in places} == {404}
    assert [stall.desk.get("supervisor", name, id).status_code for name, id in places] == [200, 404, 404]
