"""Statements of a book year: every account stands on one line, and whatever was entered they balance."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desmigratif.cooperative.rules.year.cash_flow import CashMove, cash_flow
from desmigratif.cooperative.rules.year.layout import AccountSum, NoLine, by_line, sections_of
from desmigratif.cooperative.rules.year.statements import (
    Row,
    changes_in_equity,
    position,
    result,
    result_of,
)
from desmigratif.shared.dated import value_on

ON = date(2026, 12, 31)
CHART = value_on("cooperative_chart.chart", ON)
POSITION = sections_of(value_on("cooperative_statements.position", ON))
RESULT = sections_of(value_on("cooperative_statements.result", ON))
CASH_FLOW = value_on("cooperative_statements.cash_flow", ON)
OWN = [
    {"code": "1-2500", "name": "Tabungan haji kas", "kind": "asset", "use": ""},
    {"code": "7-0001", "name": "Utang lain", "kind": "liability", "use": ""},
    {"code": "3-9999", "name": "Modal lain", "kind": "equity", "use": ""},
    {"code": "8-1000", "name": "Untung lain", "kind": "income", "use": ""},
    {"code": "5-9000", "name": "Rugi lain", "kind": "expense", "use": ""},
]
NAMES = UUID(int=0)


def account(row: dict[str, str], opening: int = 0, debit: int = 0, credit: int = 0) -> AccountSum:
    return AccountSum(
        uuid5(NAMES, row["code"]), row["code"], row["name"], row["kind"], row.get("member", ""), row["use"],
        opening, debit, credit,
    )  # fmt: skip


def total(rows: list[Row], code: str) -> Row:
    return next(row for row in rows if row.kind == "total" and row.code == code)


@st.composite
def any_books(draw: st.DrawFn) -> list[AccountSum]:
    """Accounts with entries of two legs, before the year and in it: whatever balances may have been entered."""
    chart = [*CHART, *OWN]
    places = st.integers(0, len(chart) - 1)
    sums = {place: [0, 0, 0] for place in range(len(chart))}
    for before, debit, credit, amount in draw(
        st.lists(st.tuples(st.booleans(), places, places, st.integers(1, 10**9)), max_size=40)
    ):
        sums[debit][0 if before else 1] += amount
        if before:
            sums[credit][0] -= amount
        else:
            sums[credit][2] += amount
    return [account(row, *sums[place]) for place, row in enumerate(chart)]


@given(any_books(), any_books())
def test_what_is_owned_is_what_is_owed_and_left_whatever_was_entered(
    now: list[AccountSum], before: list[AccountSum]
) -> None:
    rows = position(POSITION, now, before)

    assets, others = total(rows, "assets"), total(rows, "liabilities_and_equity")
    assert (assets.amount, assets.before) == (others.amount, others.before)
    assert assets.amount == sum(one.closing for one in now if one.kind == "asset")


@given(any_books())
def test_the_result_is_the_shu_of_the_position_and_of_the_changes_in_equity(now: list[AccountSum]) -> None:
    shu = result_of(now)
    placed, changes = position(POSITION, now, None), changes_in_equity(POSITION, now)

    assert total(result(RESULT, now, None), "after_tax").amount == shu
    assert changes[-1].earned == shu
    assert sum(change.closing for change in changes) == total(placed, "equity").amount


@given(any_books())
def test_every_account_stands_on_exactly_one_line_and_is_opened_there(now: list[AccountSum]) -> None:
    papers = [*position(POSITION, now, None), *result(RESULT, now, None)]

    assert sorted(one.code for row in papers for one in row.accounts) == sorted(one.code for one in now)
    assert all(
        row.amount == sum(one.amount for one in row.accounts)
        for row in papers
        if "shu" not in row.code and row.kind == "line"
    )


@pytest.mark.parametrize(("saved", "label"), [
    (300, "Jumlah liabilitas, dana syirkah temporer, dan ekuitas"), (0, "Jumlah liabilitas dan ekuitas"),
])  # fmt: skip
def test_mudharabah_savings_stand_between_what_is_owed_and_what_is_left(saved: int, label: str) -> None:
    rows = {one["code"]: one for one in CHART}
    savings = AccountSum(uuid5(NAMES, "2-1701"), "2-1701", "Simpanan mudharabah", "liability", credit=saved)
    now = [account(rows["1-1001"], debit=400 + saved), account(rows["3-1101"], credit=400), savings]

    told = {row.code: row for row in position(POSITION, now, None) if row.kind == "total"}

    assert [told[one].amount for one in ("current_liabilities", "temporary_syirkah", "equity")] == [0, saved, 400]
    assert (told["liabilities_and_equity"].amount, told["liabilities_and_equity"].label) == (400 + saved, label)


def test_income_from_members_is_told_apart_from_what_others_brought() -> None:
    rows = {one["code"]: one for one in CHART}
    now = [
        account(rows["4-1101"], credit=900), account(rows["4-2101"], credit=300), account(OWN[3], credit=50),
        account(rows["5-1101"], debit=200), account(rows["5-1301"], debit=100),
    ]  # fmt: skip

    told = {row.code: row.amount for row in result(RESULT, now, None) if row.kind == "total"}

    assert (told["member_income"], told["non_member_income"]) == (900, 350)
    assert (told["after_member_cost"], told["after_tax"]) == (700, 950)


def test_without_a_year_before_there_is_nothing_beside() -> None:
    rows = position(POSITION, [account(CHART[0], debit=5)], None)

    assert {row.before for row in rows} == {None}


def test_an_account_for_which_there_is_no_line_is_an_error_of_the_data() -> None:
    with pytest.raises(NoLine):
        by_line(POSITION[-1:], [account(CHART[0])])


@given(
    st.lists(
        st.tuples(st.sampled_from([*CHART, *OWN]), st.integers(0, 10**9), st.integers(0, 10**9)), max_size=30
    ),
    st.integers(0, 10**9),
)  # fmt: skip
def test_the_cash_flow_adds_up_to_what_cash_gained(moved: list[tuple[dict[str, str], int, int]], opening: int) -> None:
    moves = [CashMove(row["code"], came_in, went_out) for row, came_in, went_out in moved]

    flow = cash_flow(CASH_FLOW, moves, opening)

    assert flow.closing - opening == sum(one.came_in - one.went_out for one in moves)


def test_capital_of_members_is_financing_and_their_savings_are_operating() -> None:
    flow = cash_flow(CASH_FLOW, [CashMove("3-1102", 70, 0), CashMove("2-1101", 50, 20), CashMove("1-1601", 0, 40)], 0)

    assert [activity.total for activity in flow.activities] == [30, -40, 70]
    assert [line.amount for line in flow.activities[0].lines] == [50, -20]
