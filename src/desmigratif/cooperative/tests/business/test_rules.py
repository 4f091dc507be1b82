"""Results shared with savers, and goods whose cost and commission add up to the rupiah."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desmigratif.cooperative.rules.business import (
    Agreed,
    cooperatives_part,
    cost_of,
    reasons_against_share,
    reasons_not_so_many,
    sale_of,
    split_result,
)


def test_a_gain_goes_to_each_saver_by_capital_and_the_rest_to_the_cooperative() -> None:
    split = split_result(1_000_000, [Agreed(Decimal(40), {"siti": 3_000_000, "budi": 1_000_000})])

    assert split.by_stake == {"siti": 300_000, "budi": 100_000}
    assert split.cooperative == 600_000


def test_a_loss_is_borne_like_a_gain_is_earned() -> None:
    split = split_result(-1_000_000, [Agreed(Decimal(40), {"siti": 3_000_000, "budi": 1_000_000})])

    assert split.by_stake == {"siti": -300_000, "budi": -100_000}
    assert split.cooperative == -600_000


def test_nobody_loses_more_than_was_put_in() -> None:
    split = split_result(-10_000_000, [Agreed(Decimal(50), {"siti": 3_000_000, "budi": 100_000})])

    assert split.by_stake == {"siti": -3_000_000, "budi": -100_000}
    assert split.cooperative == -6_900_000


def test_an_agreement_whose_capital_never_came_gets_nothing() -> None:
    split = split_result(900, [Agreed(Decimal(60), {"siti": 0}), Agreed(Decimal(10), {"budi": 5})])

    assert split.by_stake == {"budi": 90}
    assert split.cooperative == 810


def test_more_than_the_whole_result_is_never_promised() -> None:
    assert reasons_against_share(Decimal(60), Decimal(40)) == []
    (reason,) = reasons_against_share(Decimal(60), Decimal("40.01"))

    assert (reason.code, reason.field) == ("promised_already", "share_percent")
    assert "40 %" in reason.text
    assert "PP 33/1998" in reason.citation
    with pytest.raises(ValueError, match="promised"):
        split_result(10, [Agreed(Decimal(60), {"a": 1}), Agreed(Decimal(50), {"b": 1})])


@given(
    st.integers(-(10**10), 10**10),
    st.lists(
        st.tuples(st.integers(1, 25), st.lists(st.integers(0, 10**8), min_size=1, max_size=5)), min_size=0, max_size=4
    ),
)
def test_whatever_the_result_it_adds_up_and_no_stake_goes_below_nothing(
    result: int, given_agreements: list[tuple[int, list[int]]]
) -> None:
    agreements = [
        Agreed(Decimal(percent), {f"{n}-{m}": amount for m, amount in enumerate(capital)})
        for n, (percent, capital) in enumerate(given_agreements)
    ]
    split = split_result(result, agreements)

    assert sum(split.by_stake.values()) + split.cooperative == result
    capital = {name: amount for one in agreements for name, amount in one.capital.items()}
    assert all(capital[name] + amount >= 0 for name, amount in split.by_stake.items())
    assert all((amount > 0) == (result > 0) for amount in split.by_stake.values())


def test_a_groups_result_reaches_the_cooperative_in_its_part() -> None:
    assert cooperatives_part(1_000_001, Decimal("33.33")) == 333_300
    assert cooperatives_part(-100, Decimal(25)) == -25


@given(st.integers(1, 10**9), st.lists(st.integers(1, 500), min_size=1, max_size=12))
def test_what_is_handed_out_piece_by_piece_costs_what_the_whole_cost(cost: int, pieces: list[int]) -> None:
    bought, before, total = sum(pieces), 0, 0
    for piece in pieces:
        total += cost_of(cost, bought, before, piece)
        before += piece

    assert total == cost


def test_a_sale_falls_to_the_commission_and_the_member() -> None:
    sale = sale_of(12_500, 3, Decimal("7.5"))

    assert (sale.paid, sale.commission, sale.net) == (37_500, 2_813, 34_687)


@pytest.mark.parametrize(
    ("quantity", "left", "code"), [(0, 5, "too_few"), (6, 5, "not_so_many"), (1, 0, "not_so_many")]
)
def test_no_more_goods_move_than_are_there(quantity: int, left: int, code: str) -> None:
    (reason,) = reasons_not_so_many(quantity, left, "karung")

    assert reason.code == code
    assert reasons_not_so_many(5, 5, "karung") == []
