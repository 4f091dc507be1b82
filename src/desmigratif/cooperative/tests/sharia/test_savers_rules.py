"""Sharing a month's income among mudharabah savers: what holds for any figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from desmigratif.cooperative.rules.rounding import shares
from desmigratif.cooperative.rules.savings.interest import Movement, stretches
from desmigratif.cooperative.rules.sharia import savers
from desmigratif.cooperative.rules.sharia.savers import Fund, MonthAsked, Nisbah, Realised
from desmigratif.shared.reasons import Reason

FIRST, LAST, TODAY = date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 3)
RUPIAH = st.integers(0, 10**9)
REALISED = st.builds(Realised, st.integers(-(10**8), 10**9), RUPIAH, RUPIAH, RUPIAH)
DAYS = st.dictionaries(st.uuids(), st.integers(0, 10**11), max_size=30)
NISBAH = st.decimals(Decimal("0.01"), Decimal("99.99"), places=2)
FUNDS = st.lists(
    st.builds(Fund, st.uuids(), st.integers(1, 10**12), NISBAH, st.decimals(Decimal(1), Decimal(300), places=2)),
    min_size=1, max_size=6, unique_by=lambda fund: fund.product,
)  # fmt: skip


@given(realised=REALISED, saved=st.integers(0, 10**13), worked=st.integers(0, 10**13))
def test_the_pool_is_never_negative_and_never_more_than_what_came_in(
    realised: Realised, saved: int, worked: int
) -> None:
    pool = savers.pool_of(realised, saved, worked)
    assert 0 <= pool <= realised.to_share <= max(0, realised.income)
    assert pool == 0 or saved > 0
    assert bool(savers.why_nothing(realised, pool)) == (pool == 0)


@given(months=st.lists(REALISED, max_size=12))
def test_a_month_shares_what_it_would_share_alone_whatever_was_lost_before_it(months: list[Realised]) -> None:
    for number, one in enumerate(months):
        assert replace(one, borne=savers.borne_after(months[:number])).to_share == one.to_share
        assert one.to_share == max(0, max(0, one.income) - one.loss + min(0, one.income))
        assert one.to_share - one.not_carried == max(0, one.income) - one.loss or one.income < 0


@given(income=RUPIAH, loss=RUPIAH, later=RUPIAH, back=st.integers(0, 2 * 10**9))
def test_a_loss_taken_back_gives_savers_no_more_than_it_had_taken(
    income: int, loss: int, later: int, back: int
) -> None:
    first = Realised(income, 0, 0, loss)
    second = Realised(later, 0, 0, -back, savers.borne_after([first]))
    assert second.to_share == later + min(back, income - first.to_share)
    assert savers.borne_after([first, second]) == max(0, min(loss, income) - back)


@given(pool=RUPIAH, funds=FUNDS)
def test_the_products_parts_add_up_and_each_is_parted_by_its_nisbah(pool: int, funds: list[Fund]) -> None:
    parts = savers.parts_of(pool, funds)
    assert sum(part.income for part in parts) == pool
    for part in parts:
        assert abs(part.savers - part.income * part.fund.saver_percent / 100) < 1
    assert savers.parts_of(pool, reversed(funds)) == parts


@given(savers_part=RUPIAH, days=DAYS)
def test_shares_add_up_to_the_rupiah_whatever_the_order_and_nobody_is_negative(
    savers_part: int, days: dict[UUID, int]
) -> None:
    got = savers.shares_of(savers_part, days)
    assert sum(got.values()) == (savers_part if any(days.values()) else 0)
    assert all(share > 0 for share in got.values())
    assert savers.shares_of(savers_part, dict(reversed(days.items()))) == got


@given(savers_part=RUPIAH, days=DAYS.filter(bool), more=st.integers(1, 10**11), data=st.data())
def test_who_saved_more_never_gets_less_for_it_and_nobody_else_gets_more_than_before(
    savers_part: int, days: dict[UUID, int], more: int, data: st.DataObject
) -> None:
    one = data.draw(st.sampled_from(sorted(days)))
    before, after = (savers.shares_of(savers_part, each) for each in (days, {**days, one: days[one] + more}))
    assert after.get(one, 0) >= before.get(one, 0)
    for other, weight in days.items():
        if other != one and any(days.values()):
            exact = savers_part * weight / sum(days.values())
            assert after.get(other, 0) <= exact + 1


@given(
    opening=st.integers(0, 10**9),
    moves=st.lists(st.tuples(st.integers(0, 29), st.integers(-(10**6), 10**9)), max_size=20),
)  # fmt: skip
def test_a_balance_times_its_days_is_the_sum_of_every_days_closing_balance(
    opening: int, moves: list[tuple[int, int]]
) -> None:
    moved = [(FIRST + timedelta(days=day), amount) for day, amount in moves]
    closing = opening + sum(amount for _on, amount in moved)
    walked = stretches(opening, [Movement(on, amount) for on, amount in moved], FIRST, LAST)

    assert savers.balance_days(closing, moved, FIRST, LAST) == sum(one.days * one.balance for one in walked)


@given(pot=st.integers(-(10**9), 10**9), weights=st.lists(st.integers(0, 10**12), max_size=20).filter(any))
def test_whole_weights_are_shared_as_any_weights_are(pot: int, weights: list[int]) -> None:
    assert shares(pot, weights) == shares(pot, [Decimal(weight) / 100 for weight in weights])


def codes(reasons: list[Reason]) -> list[str]:
    return [reason.code for reason in reasons]


def test_a_nisbah_adds_up_to_a_hundred_and_leaves_both_a_part() -> None:
    def said(savers_part: str, own: str, weight: str = "100") -> list[str]:
        return codes(
            [*savers.reasons_against_nisbah(Nisbah(Decimal(savers_part), Decimal(own), Decimal(weight)), LAST)]
        )

    assert said("60", "40") == said("33.33", "66.67") == []
    assert said("60", "30") == ["not_hundred"]
    assert said("100", "0") == ["nisbah_range"]
    assert said("60", "40", "0") == ["no_weight"]
    (reason,) = savers.reasons_against_nisbah(Nisbah(Decimal("60.5"), Decimal(30)), LAST)
    assert "yang tertulis 90,5" in reason.text


def test_another_nisbah_begins_with_a_month_of_its_own_and_its_savers_know_before() -> None:
    def said(since: date, told_on: date = TODAY) -> list[str]:
        return codes(savers.reasons_not_to_change_nisbah(since=since, told_on=told_on, on=TODAY))

    assert said(date(2027, 1, 1)) == []
    assert said(date(2027, 1, 2)) == said(date(2026, 12, 1)) == ["not_next_month"]
    assert said(date(2027, 1, 1), date(2026, 12, 4)) == ["told_later"]
    late = savers.reasons_not_to_change_nisbah(
        since=date(2027, 1, 1), told_on=date(2026, 12, 28), on=date(2026, 12, 30)
    )
    assert codes(late) == ["too_soon"]


def test_a_month_is_shared_once_when_it_is_closed_and_somebody_saved() -> None:
    def said(last_on: date = LAST, closed: date | None = LAST, standing: str = "", **given: int) -> list[str]:
        asked = MonthAsked(last_on, closed, standing, bool(given.get("product", 1)), given.get("days", 1))
        return codes(savers.reasons_not_to_prepare(asked))

    assert said() == []
    assert said(date(2026, 11, 29)) == ["not_month_end"]
    assert said(closed=None) == said(closed=date(2026, 10, 31)) == ["month_open"]
    assert said(standing="prepared") == ["prepared_already"]
    assert said(standing="posted") == ["posted_already"]
    assert said(product=0) == ["no_product"]
    assert said(days=0) == ["nobody_saved"]
