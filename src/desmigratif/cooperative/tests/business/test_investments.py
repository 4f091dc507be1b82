"""Savers' capital in a business, and each one's part of its result."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from desmigratif.cooperative.models import (
    Business,
)
from desmigratif.cooperative.queries.business.businesses import stakes_of
from desmigratif.cooperative.tests.market import TODAY, Market
from desmigratif.shared.ids import new_id


def test_savers_put_capital_in_and_each_gets_their_part_of_the_result(market: Market) -> None:
    toko = market.business()
    siti, luar = market.paid_in(toko, (market.siti, 1_500_000), ("Haji Karim", 500_000))
    market.result(toko, 1_000_000)

    assert market.balance("participation_capital", siti) == 1_500_000
    standing = stakes_of(Business.objects.of(market.cooperative).get(id=toko))
    waiting = [(one.name, one.waiting_rupiah) for one in standing]
    assert waiting == [("Siti Aminah", 300_000), ("Haji Karim", 100_000)]
    assert market.balance("participation_result") == 400_000
    market.money("pay_stake_result", stake_id=luar, amount_rupiah=100_000)
    assert market.balance("deposits_held", luar) == 0


def test_a_saver_bears_the_loss_and_gets_back_what_is_left(market: Market) -> None:
    toko = market.business()
    (siti,) = market.paid_in(toko, (market.siti, 1_000_000), percent=50)
    market.result(toko, -600_000)

    assert market.balance("participation_capital", siti) == 700_000
    assert market.money_refused("return_stake", stake_id=siti, amount_rupiah=700_001) == "too_much"
    market.money("return_stake", stake_id=siti, amount_rupiah=700_000)
    assert market.balance("participation_capital", siti) == 0


def test_no_more_capital_is_taken_than_was_promised(market: Market) -> None:
    (siti,) = market.agreement(market.business(), (market.siti, 1_000_000))
    market.money("pay_in_stake", stake_id=siti, amount_rupiah=600_000)

    assert market.money_refused("pay_in_stake", stake_id=siti, amount_rupiah=400_001) == "too_much"


def test_capital_through_the_bank_leaves_the_till_alone(market: Market) -> None:
    before = market.till
    (siti,) = market.agreement(market.business(), (market.siti, 1_000_000))
    market.money("pay_in_stake", stake_id=siti, amount_rupiah=1_000_000, way="bank")

    assert (market.till, market.balance("bank")) == (before, 6_000_000)


def test_the_parts_of_one_business_are_promised_once(market: Market) -> None:
    toko = market.business()
    market.agreement(toko, (market.siti, 1_000), percent=70)
    again = {
        "agreement_id": new_id(), "business_id": toko, "number": "MP-2", "on": TODAY, "share_percent": Decimal(31),
        "stakes": [{"stake_id": new_id(), "amount_rupiah": 1, "member_id": market.budi}],
    }  # fmt: skip

    assert market.refused(market.board, "agree_on_capital", **again) == "promised_already"


def test_a_stake_belongs_to_a_member_or_an_outsider_never_both(market: Market) -> None:
    given = {"agreement_id": new_id(), "business_id": market.business(), "number": "MP", "on": TODAY}
    for who in ({}, {"member_id": market.siti, "outsider": "Karim"}):
        stakes = [{"stake_id": new_id(), "amount_rupiah": 5, **who}]
        code = market.refused(market.board, "agree_on_capital", **given, share_percent=Decimal(5), stakes=stakes)
        assert code == "member_or_outsider"


def test_a_large_sum_to_a_saver_wants_a_second_person(market: Market) -> None:
    (siti,) = market.paid_in(market.business(), (market.siti, 3_000_000))
    asked = {"stake_id": siti, "amount_rupiah": 3_000_000}

    assert market.money_refused("return_stake", **asked) == "second_person"
    agreed = market.approved(siti, 3_000_000)
    market.money("return_stake", **asked, approval_id=agreed)
    assert market.money_refused("return_stake", **asked, approval_id=agreed) == "too_much"
    assert market.money_refused("pay_in_stake", stake_id=siti, amount_rupiah=1) == "too_much"


def test_one_approval_pays_once(market: Market) -> None:
    toko = market.groups_business()
    agreed = market.approved(toko, 500_000)
    market.money("hand_out_capital", business_id=toko, amount_rupiah=500_000, approval_id=agreed)

    assert market.money_refused("hand_out_capital", business_id=toko, amount_rupiah=500_000, approval_id=agreed) == (
        "not_found"
    )


def test_the_days_of_a_result_are_counted_once(market: Market) -> None:
    toko = market.business()
    market.result(toko, 100)
    given = {"business_id": toko, "entry_id": new_id(), "on": TODAY, "memo": "Lagi", "result_rupiah": 5}
    for first, last, code in (
        (date(2026, 10, 31), date(2026, 11, 5), "counted_already"),
        (date(2026, 11, 30), date(2026, 11, 1), "days"),
        (date(2026, 11, 1), date(2026, 11, 24), "days"),
        (date(2026, 8, 1), date(2026, 9, 5), "before_business"),
    ):
        days = {"first_on": first, "last_on": last}
        assert market.refused(market.treasurer, "record_business_result", **given, **days) == code


def test_a_wrong_result_is_taken_back_by_another_until_it_was_paid(market: Market) -> None:
    toko = market.business()
    (siti,) = market.paid_in(toko, (market.siti, 1_000_000))
    wrong = market.result(toko, 1_000_000)
    back = {"result_id": wrong, "on": TODAY, "reason": "Salah jumlah"}

    assert market.refused(market.treasurer, "take_back_result", entry_id=new_id(), **back) == "same_person"
    market.do(market.board, "take_back_result", entry_id=new_id(), **back)
    assert market.balance("deposits_held", siti) == 0
    right = market.result(toko, 500_000)
    market.money("pay_stake_result", stake_id=siti, amount_rupiah=200_000)
    back["result_id"] = right
    assert market.refused(market.board, "take_back_result", entry_id=new_id(), **back) == "overdrawn"
