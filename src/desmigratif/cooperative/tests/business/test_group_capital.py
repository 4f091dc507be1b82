"""Capital for a group of members, and what comes back later."""

from __future__ import annotations

from desmigratif.cooperative.models import (
    Business,
    BusinessResult,
)
from desmigratif.cooperative.queries.business.businesses import capital_in, owed_by_group
from desmigratif.cooperative.tests.market import TODAY, Market
from desmigratif.shared.ids import new_id


def test_a_group_gets_capital_only_by_the_word_of_two(market: Market) -> None:
    toko = market.groups_business()
    assert market.money_refused("hand_out_capital", business_id=toko, amount_rupiah=1_000_000) == "second_person"
    market.money(
        "hand_out_capital", business_id=toko, amount_rupiah=1_000_000, approval_id=market.approved(toko, 1_000_000)
    )

    assert market.balance("business_capital", toko) == 1_000_000


def test_a_groups_result_comes_in_later_in_the_cooperatives_part(market: Market) -> None:
    toko = market.groups_business(percent=40)
    market.money(
        "hand_out_capital", business_id=toko, amount_rupiah=1_000_000, approval_id=market.approved(toko, 1_000_000)
    )
    market.result(toko, 500_000)
    business = Business.objects.of(market.cooperative).get(id=toko)

    assert (owed_by_group(business), market.balance("business_result")) == (200_000, 200_000)
    assert market.money_refused("take_business_result", business_id=toko, amount_rupiah=200_001) == "too_much"
    market.money("take_business_result", business_id=toko, amount_rupiah=200_000)
    market.money("take_capital_back", business_id=toko, amount_rupiah=400_000, way="bank")
    assert (owed_by_group(business), capital_in(business)) == (0, 600_000)


def test_a_groups_loss_eats_no_more_than_the_capital_that_is_in_it(market: Market) -> None:
    toko = market.groups_business(percent=50)
    market.money(
        "hand_out_capital", business_id=toko, amount_rupiah=300_000, approval_id=market.approved(toko, 300_000)
    )
    lost = market.result(toko, -2_000_000)

    assert market.balance("business_capital", toko) == 0
    assert BusinessResult.objects.of(market.cooperative).get(id=lost).cooperative_rupiah == -300_000


def test_the_cooperatives_own_business_gets_no_capital_from_itself(market: Market) -> None:
    toko = market.business()
    for verb in ("hand_out_capital", "take_capital_back", "take_business_result"):
        assert market.money_refused(verb, business_id=toko, amount_rupiah=1) == "own_business"


def test_savers_of_a_groups_business_share_what_reaches_the_cooperative(market: Market) -> None:
    toko = market.groups_business(percent=50)
    (siti,) = market.paid_in(toko, (market.siti, 1_000_000), percent=20)
    market.result(toko, 1_000_000)

    assert market.balance("deposits_held", siti) == 100_000


def test_a_group_has_two_members_at_least_and_each_once(market: Market) -> None:
    one = {"group_id": new_id(), "name": "Kelompok Satu", "on": TODAY, "member_ids": [market.siti, market.siti]}
    assert market.refused(market.treasurer, "form_group", **one) == "too_few"
    group = market.group()
    joins = {"seat_id": new_id(), "group_id": group, "member_id": market.siti, "on": TODAY}
    assert market.refused(market.treasurer, "join_group", **joins) == "in_already"
