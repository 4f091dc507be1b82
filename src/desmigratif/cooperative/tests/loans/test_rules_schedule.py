"""Schedules: methods, rhythms, day counts, grace, days off, fees, parts, rounding; nothing is lost."""

import itertools
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desmigratif.cooperative.rules.days import DaysOff, Every, add_months, months_between, year_fraction
from desmigratif.cooperative.rules.loans.document import read_terms, schedule_as_dict
from desmigratif.cooperative.rules.loans.effective_rate import (
    check_loan_cap,
    declining_equivalent_percent,
    effective_annual_percent,
)
from desmigratif.cooperative.rules.loans.schedule import make_schedule
from desmigratif.cooperative.rules.loans.terms import Disbursement, Fee, Grace, LoanTerms, Move
from desmigratif.cooperative.rules.rounding import Rounding, shares
from desmigratif.shared.reasons import InvalidInput

NO_STEPS = Rounding(instalment_multiple=0)
LOAN = LoanTerms(1_200_000, Decimal(12), "declining", 12, date(2026, 1, 31), rounding=NO_STEPS)


def totals(terms: LoanTerms) -> list[int]:
    return [row.total for row in make_schedule(terms).rows]


def test_flat_asks_the_same_every_month_and_the_last_row_takes_the_rest():
    assert totals(replace(LOAN, method="flat", principal=1_000_000, rounding=Rounding())) == [93_400] * 11 + [92_600]


def test_declining_has_equal_principal_and_falling_interest():
    rows = make_schedule(LOAN).rows

    assert {row.principal for row in rows} == {100_000}
    assert [row.interest for row in rows] == [12_000 - 1_000 * n for n in range(12)]


def test_bullet_asks_interest_on_the_way_and_the_principal_at_the_end():
    rows = make_schedule(replace(LOAN, method="bullet", instalments=3)).rows

    assert [(row.principal, row.interest) for row in rows] == [(0, 12_000), (0, 12_000), (1_200_000, 12_000)]


def test_a_harvest_loan_may_ask_everything_at_the_end():
    rows = make_schedule(replace(LOAN, method="bullet", instalments=4, grace=Grace(interest=3))).rows

    assert [row.total for row in rows] == [0, 0, 0, 1_248_000]


def test_due_dates_may_be_chosen_one_by_one_and_interest_follows_the_days():
    harvests = (date(2026, 5, 1), date(2026, 11, 1))
    terms = replace(LOAN, instalments=2, due_dates=harvests, disbursed_on=date(2026, 1, 1), day_count="act/365")

    rows = make_schedule(terms).rows

    assert [row.due_on for row in rows] == list(harvests)
    assert [row.interest for row in rows] == [round(1_200_000 * 0.12 * 120 / 365), round(600_000 * 0.12 * 184 / 365)]


def test_the_last_day_of_a_month_comes_back_after_february():
    days = [row.due_on for row in make_schedule(LOAN).rows][:3]

    assert days == [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


def test_another_first_due_date_makes_a_longer_first_period_and_a_new_rhythm():
    rows = make_schedule(replace(LOAN, disbursed_on=date(2026, 1, 15), first_due_on=date(2026, 3, 5))).rows

    assert [row.due_on for row in rows][:2] == [date(2026, 3, 5), date(2026, 4, 5)]
    assert rows[0].interest == 1_200_000 * 12 * 50 // 36000  # 50 days of 360
    assert rows[1].interest == 11_000


@pytest.mark.parametrize(
    ("every", "second_due"),
    [
        (Every(2, "week"), date(2026, 1, 29)),
        (Every(10, "day"), date(2026, 1, 21)),
        (Every(3, "month"), date(2026, 7, 1)),
    ],
)
def test_any_rhythm(every, second_due):
    assert make_schedule(replace(LOAN, disbursed_on=date(2026, 1, 1), every=every)).rows[1].due_on == second_due


@pytest.mark.parametrize(
    ("day_count", "years"),
    [
        ("30/360", Decimal(30) / 360),
        ("act/365", Decimal(31) / 365),
        ("act/360", Decimal(31) / 360),
        ("act/364", Decimal(31) / 364),
        ("act/act", Decimal(17) / 365 + Decimal(14) / 366),
    ],
)
def test_a_day_count_measures_the_month_over_new_year(day_count, years):
    assert year_fraction(date(2023, 12, 15), date(2024, 1, 15), day_count) == years


def test_thirty_days_each_even_in_february():
    assert year_fraction(date(2026, 1, 31), date(2026, 2, 28), "30/360") == Decimal(30) / 360


def test_grace_on_principal_asks_interest_only():
    rows = make_schedule(replace(LOAN, grace=Grace(principal=2))).rows

    assert [(row.principal, row.interest) for row in rows][:3] == [(0, 12_000), (0, 12_000), (120_000, 12_000)]


def test_grace_on_interest_asks_it_afterwards_without_interest_on_it():
    rows = make_schedule(replace(LOAN, grace=Grace(principal=3, interest=3))).rows

    assert [row.total for row in rows][:3] == [0, 0, 0]
    assert rows[3].interest == 48_000


def test_an_interest_free_beginning_costs_nothing():
    rows = make_schedule(replace(LOAN, method="annuity", grace=Grace(principal=3, interest_free=3))).rows

    assert [row.total for row in rows][:3] == [0, 0, 0]
    assert rows[3].interest == 12_000


def test_a_due_date_on_a_day_off_moves_to_the_next_working_day_and_costs_no_more():
    idul_fitri = DaysOff(frozenset({date(2026, 3, 20), date(2026, 3, 21)}), frozenset({6}), "next")
    terms = replace(LOAN, disbursed_on=date(2026, 1, 20))

    shifted, plain = make_schedule(replace(terms, days_off=idul_fitri)), make_schedule(terms)

    assert shifted.rows[1].due_on == date(2026, 3, 23)  # Friday and Saturday off, then Sunday
    assert shifted.rows[2].from_on == date(2026, 3, 23)
    assert [row.total for row in shifted.rows] == [row.total for row in plain.rows]
    assert make_schedule(replace(terms, days_off=replace(idul_fitri, shift="previous"))).rows[1].due_on == date(
        2026, 3, 19
    )


def test_an_agreed_move_takes_the_later_due_dates_along():
    rows = make_schedule(replace(LOAN, disbursed_on=date(2026, 1, 1), moves=(Move(2, date(2026, 3, 15)),))).rows

    assert [row.due_on for row in rows][:3] == [date(2026, 2, 1), date(2026, 3, 15), date(2026, 4, 15)]


def test_fees_stand_in_every_row_and_make_the_loan_dearer():
    plain = make_schedule(LOAN)
    dear = make_schedule(replace(LOAN, fees=(Fee("each", 1_000), Fee("disbursement", 24_000))))

    assert [row.fees for row in dear.rows] == [1_000] * 12
    assert dear.total == plain.total + 12_000
    assert effective_annual_percent(dear) > effective_annual_percent(plain) == Decimal("12.68")


def test_money_handed_out_in_parts_costs_interest_from_its_day():
    parts = (Disbursement(date(2026, 1, 1), 600_000), Disbursement(date(2026, 2, 15), 600_000))
    rows = make_schedule(replace(LOAN, disbursed_on=date(2026, 1, 1), disbursements=parts)).rows

    assert rows[0].principal == 50_000
    assert rows[1].interest == 2_750 + 5_750  # 14 of 28 days on 550.000, 14 on 1.150.000
    assert rows[1].principal == 104_545  # the rest over eleven rows
    assert sum(row.principal for row in rows) == 1_200_000


def test_rounding_up_in_large_steps_ends_an_annuity_early_but_loses_nothing():
    terms = replace(LOAN, principal=100_000, method="annuity", rounding=Rounding(instalment_multiple=10_000))

    rows = make_schedule(terms).rows

    assert len(rows) < 12 and rows[-1].balance_after == 0
    assert sum(row.principal for row in rows) == 100_000


def test_a_third_and_two_thirds_are_a_whole_and_not_a_step_more():
    terms = replace(LOAN, principal=100_000, method="flat", instalments=3, annual_rate_percent=Decimal(8))

    assert totals(replace(terms, rounding=Rounding(instalment_multiple=100)))[0] == 34_000


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"principal": 0}, "principal"),
        ({"annual_rate_percent": Decimal(-1)}, "annual_rate_percent"),
        ({"instalments": 0}, "instalments"),
        ({"instalments": 1201}, "instalments"),
        ({"first_due_on": date(2026, 1, 31)}, "first_due_on"),
        ({"due_dates": (date(2026, 2, 1),)}, "due_dates"),
        ({"instalments": 2, "due_dates": (date(2026, 3, 1), date(2026, 2, 1))}, "due_dates"),
        ({"grace": Grace(principal=12)}, "grace"),
        ({"grace": Grace(principal=-1)}, "grace"),
        ({"disbursements": (Disbursement(date(2026, 2, 1), 1),)}, "disbursements"),
        ({"disbursements": (Disbursement(date(2026, 1, 1), 1_200_000),)}, "disbursements"),
        ({"disbursements": (Disbursement(date(2026, 2, 1), 0),)}, "disbursements"),
        (
            {"disbursements": (Disbursement(date(2026, 2, 1), 1), Disbursement(date(2027, 1, 31), 1_199_999))},
            "disbursements",
        ),
        ({"fees": (Fee("disbursement", 1_200_000),)}, "fees"),
        ({"fees": (Fee("each", -1),)}, "fees"),
        ({"every": Every(0)}, "every.count"),
        ({"instalment": 100}, "instalment"),
        ({"method": "annuity", "instalments": 0, "instalment": 12_000}, "instalment"),
        ({"down_payment_percent": Decimal(100)}, "down_payment_percent"),
        ({"days_off": DaysOff(frozenset(), frozenset(range(7)), "next")}, "days_off.weekdays"),
        ({"moves": (Move(3, date(2026, 2, 1)),)}, "moves"),
        ({"disbursed_on": date(9999, 1, 1), "instalments": 24}, "instalments"),
    ],
)
def test_impossible_terms_are_refused_with_the_field(change, field):
    with pytest.raises(InvalidInput) as refused:
        make_schedule(replace(LOAN, **change))

    assert field in {reason.field for reason in refused.value.reasons}


# --- what it costs in a year ---


@pytest.mark.parametrize(
    ("method", "percent", "declining", "effective", "within"),
    [
        ("declining", 24, "24.00", "26.82", True),
        ("annuity", 24, "24.00", "26.82", True),
        ("flat", 12, "21.46", "23.70", True),
        ("flat", 24, "41.70", "50.67", False),
        ("declining", 25, "25.00", "28.07", False),
        ("declining", 0, "0.00", "0.00", True),
    ],
)
def test_what_a_loan_costs_and_whether_the_law_allows_it(method, percent, declining, effective, within):
    terms = replace(LOAN, principal=36_000_000, method=method, annual_rate_percent=Decimal(percent))

    schedule = make_schedule(terms)

    assert declining_equivalent_percent(schedule) == Decimal(declining)
    assert effective_annual_percent(schedule) == Decimal(effective)
    check = check_loan_cap(schedule)
    assert (check.within, check.citation) == (within, "Permenkop UKM 8/2023 Pasal 27")


def test_a_fee_that_goes_to_an_insurer_in_full_does_not_count_to_the_cap():
    terms = replace(LOAN, annual_rate_percent=Decimal(24))

    def within(fee: Fee) -> bool | None:
        return check_loan_cap(make_schedule(replace(terms, fees=(fee,)))).within

    assert within(Fee("disbursement", 10_000)) is False
    assert within(Fee("disbursement", 10_000, counts_to_cap=False)) is True


def test_a_year_of_360_days_is_above_a_cap_of_24_percent():
    terms = replace(LOAN, annual_rate_percent=Decimal(24), day_count="act/360")

    assert check_loan_cap(make_schedule(terms)).within is False


def test_before_the_rule_nothing_is_said_about_the_cap():
    check = check_loan_cap(make_schedule(replace(LOAN, disbursed_on=date(2023, 6, 19))))

    assert (check.within, check.percent, check.citation) == (None, None, "")


# --- for any loan ---

loans = st.builds(
    LoanTerms,
    principal=st.integers(1_000, 500_000_000),
    annual_rate_percent=st.integers(0, 4_000).map(lambda hundredths: Decimal(hundredths) / 100),
    method=st.sampled_from(["flat", "declining", "annuity", "bullet"]),
    instalments=st.integers(4, 36),
    disbursed_on=st.dates(date(2023, 7, 1), date(2030, 12, 31)),
    every=st.builds(Every, st.integers(1, 3), st.sampled_from(["month", "week", "day"])),
    day_count=st.sampled_from(["30/360", "act/365", "act/act", "act/360", "act/364"]),
    grace=st.builds(Grace, st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)),
    rounding=st.builds(
        Rounding,
        st.just(0),
        st.sampled_from(["half_up", "half_even", "up", "down"]),
        st.sampled_from([0, 1, 100, 500, 1000]),
        st.sampled_from(["half_up", "half_even", "up", "down"]),
    ),
    days_off=st.sampled_from([DaysOff(), DaysOff(frozenset(), frozenset({6}), "next")]),
)


@given(loans)
def test_the_principal_comes_back_to_the_rupiah_and_no_row_is_negative(terms):
    rows = make_schedule(terms).rows

    assert sum(row.principal for row in rows) == terms.principal
    assert rows[-1].balance_after == 0
    balance = terms.principal
    for row in rows:
        balance -= row.principal
        assert row.balance_after == balance
        assert min(row.principal, row.interest) >= 0
        assert row.total == row.principal + row.interest


@given(loans, st.integers(0, 90), st.booleans(), st.integers(0, 90))
def test_nothing_is_lost_with_parts_chosen_dates_and_a_down_payment(terms, days, has_own_dates, down):
    half = terms.principal // 2
    parts = (
        Disbursement(terms.disbursed_on, terms.principal - half),
        Disbursement(terms.disbursed_on + timedelta(days=days), half),
    )
    dates = tuple(terms.disbursed_on + timedelta(days=40 * n + n * n) for n in range(1, terms.instalments + 1))
    changed = replace(
        terms, disbursements=parts, due_dates=dates if has_own_dates else (), down_payment_percent=Decimal(down)
    )

    try:
        rows = make_schedule(changed).rows
    except InvalidInput as refused:  # the second part would come after the last instalment
        assert {reason.field for reason in refused.reasons} == {"disbursements"}
        return

    assert sum(row.principal for row in rows) == terms.principal
    assert rows[-1].balance_after == 0
    assert all(min(row.principal, row.interest) >= 0 for row in rows)


@given(loans)
def test_due_dates_rise_and_each_row_begins_where_the_one_before_ended(terms):
    rows = make_schedule(terms).rows

    assert rows[0].from_on == terms.disbursed_on
    for earlier, later in itertools.pairwise(rows):
        assert later.from_on == earlier.due_on <= later.due_on


@given(loans)
def test_equal_rows_are_equal_until_the_last(terms):
    rounding = replace(terms.rounding, mode="half_up")
    plain = replace(terms, grace=Grace(), method="flat", rounding=rounding, principal=terms.principal + 10**6)
    rows = make_schedule(plain).rows

    before_last = [row.total for row in rows[:-1] if row.balance_after > 0]
    assert len(set(before_last)) <= 1


@given(loans)
def test_the_effective_rate_is_never_below_the_declining_one_nor_that_below_the_promised(terms):
    plain = replace(
        terms, grace=Grace(), rounding=NO_STEPS, day_count="30/360", every=Every(), principal=terms.principal + 10**7
    )
    schedule = make_schedule(plain)

    effective, declining = effective_annual_percent(schedule), declining_equivalent_percent(schedule)

    assert effective is not None and declining is not None
    assert effective >= declining - Decimal("0.01")
    assert declining >= plain.annual_rate_percent - Decimal("0.02")


@given(st.integers(-(10**9), 10**12), st.lists(st.integers(0, 10**9), min_size=1, max_size=40))
def test_shares_add_up_and_nobody_is_a_rupiah_off(pot, weights):
    if sum(weights) == 0:
        weights = [*weights, 1]

    cut = shares(pot, weights)

    assert sum(cut) == pot
    for share, weight in zip(cut, weights, strict=True):
        assert abs(share * sum(weights) - pot * weight) < sum(weights)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 240))
def test_months_there_and_back(day, months):
    later = add_months(day, months)

    assert months_between(day, later) == months
    assert months_between(day, later + timedelta(days=0)) == months
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months


# --- as a document ---


def test_a_document_gives_the_answer_other_programs_read():
    answer = schedule_as_dict(
        make_schedule(
            read_terms(
                {
                    "principal": 1_000_000, "annual_rate_percent": "24", "method": "annuity", "instalments": 12,
                    "every": {"count": 1, "unit": "month"}, "disbursed_on": "2026-01-15", "first_due_on": None,
                    "day_count": "30/360", "grace": {"principal": 0, "interest": 0},
                    "rounding": {"minor_units": 0, "mode": "half_up", "instalment_multiple": 100,
                                 "instalment_mode": "up"},
                    "disbursements": [], "fees": [],
                }
            )
        )
    )  # fmt: skip

    assert answer["rows"][0] == {
        "n": 1, "from": "2026-01-15", "due_on": "2026-02-15", "principal": 74_600, "interest": 20_000, "fees": 0,
        "total": 94_600, "balance_after": 925_400,
    }  # fmt: skip
    assert answer["totals"] == {
        "principal": 1_000_000, "interest": 134_658, "fees": 0, "total": 1_134_658, "fees_at_disbursement": 0,
    }  # fmt: skip
    assert answer["effective_annual_percent"] == "26.82"
    assert answer["within_cap"] is True
    assert answer["cap_citation"] == "Permenkop UKM 8/2023 Pasal 27"


@pytest.mark.parametrize(
    ("document", "fields"),
    [
        ({}, {"annual_rate_percent", "method"}),
        ({"annual_rate_percent": 12, "method": "flat"}, {"principal", "disbursed_on", "instalments"}),
        ({"annual_rate_percent": "x", "method": "flat"}, {"annual_rate_percent"}),
        ({"annual_rate_percent": True, "method": "flat"}, {"annual_rate_percent"}),
        ({"annual_rate_percent": 12, "method": "flat", "principal": "1000000"}, {"principal"}),
        ({"annual_rate_percent": 12, "method": "flat", "every": {"unit": "year"}}, {"every.unit"}),
        ({"annual_rate_percent": 12, "method": "flat", "bunga": 3}, {"bunga"}),
        ([], {""}),
        ("flat", {""}),
    ],
)
def test_a_document_of_the_wrong_shape_is_refused_by_field(document, fields):
    with pytest.raises(InvalidInput) as refused:
        read_terms(document)

    assert {reason.field for reason in refused.value.reasons} == fields
