"""Savings: interest by three bases, compulsory arrears, deposits, goals, withdrawals, and the tax cliff."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desmigratif.cooperative.rules.loans.life.accrual import RunningInterest, accrued_on
from desmigratif.cooperative.rules.savings.daily_rate import daily_rate, interest_of
from desmigratif.cooperative.rules.savings.interest import (
    Movement,
    SavingsTerms,
    Stretch,
    balance_days,
    savings_interest,
    stretches,
)
from desmigratif.cooperative.rules.savings.products import (
    Account,
    EarlyBreak,
    Goal,
    TimeDeposit,
    break_early,
    compulsory_arrears,
    from_remittance,
    goal_outlook,
    interest_by_month,
    mature,
    plan_open,
    reasons_not_to_take_entry_savings,
    reasons_not_to_take_so_far_ahead,
    reasons_not_to_withdraw,
    terms_until,
)
from desmigratif.cooperative.rules.savings.tax import extra_tax_this_month, monthly_tax, tax_slip

JUNE = (date(2026, 6, 1), date(2026, 6, 30))
NOVEMBER = date(2026, 11, 24)
# Ten days with 1.000.000, fifteen with 3.000.000, five with 400.000.
MOVEMENTS = [Movement(date(2026, 6, 11), 2_000_000), Movement(date(2026, 6, 26), -2_600_000)]
BALANCE_DAYS = 10 * 1_000_000 + 15 * 3_000_000 + 5 * 400_000


@pytest.mark.parametrize(
    ("basis", "days"),
    [("daily", BALANCE_DAYS), ("average", BALANCE_DAYS), ("minimum", 30 * 400_000)],
)
def test_interest_on_each_day_on_the_average_or_on_the_lowest_balance(basis, days):
    interest = savings_interest(SavingsTerms(Decimal("7.3"), basis), 1_000_000, MOVEMENTS, *JUNE)

    assert interest == round(days * 0.073 / 365)


@pytest.mark.parametrize(
    ("basis", "days"),
    [("daily", 15 * 3_000_000), ("average", BALANCE_DAYS), ("minimum", 0)],
)
def test_a_balance_below_the_minimum_earns_nothing(basis, days):
    terms = SavingsTerms(Decimal("7.3"), basis, minimum_balance=1_500_000)

    assert balance_days(terms, stretches(1_000_000, MOVEMENTS, *JUNE)) == days


def test_movements_of_one_day_count_as_one_closing_balance_and_others_days_not_at_all():
    movements = [
        Movement(date(2026, 6, 1), 500), Movement(date(2026, 6, 30), -200), Movement(date(2026, 6, 1), 300),
        Movement(date(2026, 5, 31), 7), Movement(date(2026, 7, 1), 7),
    ]  # fmt: skip

    assert stretches(0, movements, *JUNE) == [Stretch(29, 800), Stretch(1, 600)]


@given(
    st.integers(0, 10**9),
    st.lists(st.tuples(st.integers(0, 29), st.integers(0, 10**7)), max_size=10),
    st.integers(1, 900),
)
def test_the_lowest_balance_never_earns_more_than_every_day(opening, rows, hundredths):
    movements = [Movement(JUNE[0] + timedelta(days=day), amount) for day, amount in rows]
    rate = Decimal(hundredths) / 100

    def earned(basis: str) -> int:
        return savings_interest(SavingsTerms(rate, basis), opening, movements, *JUNE)

    assert earned("minimum") <= earned("average") == earned("daily")


# --- interest by days ---


@given(st.integers(0, 10**13), st.integers(0, 2400))
def test_interest_of_days_is_the_exact_sum_to_half_a_rupiah(balance_days, hundredths):
    interest = interest_of(balance_days, daily_rate(Decimal(hundredths) / 100))

    assert abs(interest - Decimal(balance_days) * hundredths / 10_000 / 365) <= Decimal("0.500001")


def test_a_rate_below_nothing_is_refused():
    with pytest.raises(ValueError, match="negative"):
        daily_rate(Decimal(-1))


def test_loan_interest_grows_by_days_and_stands_still_for_a_bad_loan():
    period = RunningInterest(30_000, date(2026, 6, 1), date(2026, 7, 1))
    bad = RunningInterest(30_000, date(2026, 6, 1), date(2026, 7, 1), suspended=True)

    assert accrued_on(period, date(2026, 6, 11)) == 10_000
    assert accrued_on(bad, date(2026, 6, 11)) == 0
    assert accrued_on(period, date(2026, 8, 1)) == 30_000
    assert accrued_on(period, date(2026, 6, 1)) == 0


# --- entry and compulsory savings ---


def test_entry_savings_are_paid_once():
    assert reasons_not_to_take_entry_savings(100_000, 40_000, 60_000) == []
    assert [reason.code for reason in reasons_not_to_take_entry_savings(100_000, 40_000, 60_001)] == ["paid_once"]
    assert [reason.code for reason in reasons_not_to_take_entry_savings(100_000, 0, 0)] == ["too_small"]


def test_simpanan_wajib_is_taken_for_three_years_ahead_and_not_for_a_slip_of_the_hand() -> None:
    assert reasons_not_to_take_so_far_ahead(20_000, 60_000, 780_000) == []
    assert reasons_not_to_take_so_far_ahead(0, 0, 99_000_000) == []
    (reason,) = reasons_not_to_take_so_far_ahead(20_000, 60_000, 99_000_000)
    assert reason.text == "Simpanan wajib Rp20.000 sebulan; Rp99.000.000 cukup untuk 4.950 bulan."


def test_compulsory_savings_are_owed_for_each_month_and_the_oldest_is_paid_first():
    amounts = [(date(2026, 1, 1), 10_000), (date(2026, 4, 1), 15_000)]

    owed = compulsory_arrears(amounts, joined_on=date(2026, 2, 20), paid=24_000, on=date(2026, 5, 1))

    assert [(one.label, one.asked, one.open) for one in owed] == [
        ("April 2026", 15_000, 11_000),
        ("Mei 2026", 15_000, 15_000),
    ]
    assert compulsory_arrears(amounts, date(2026, 2, 20), 0, date(2026, 5, 1), left_on=date(2026, 2, 25))[-1].label == (
        "Februari 2026"
    )
    assert compulsory_arrears([], date(2026, 2, 20), 0, date(2026, 5, 1)) == []


@given(st.integers(0, 300_000), st.integers(0, 20))
def test_what_is_asked_is_paid_or_open(paid, months):
    on = date(2026 + (months + 1) // 12, (months + 1) % 12 + 1, 3)

    owed = compulsory_arrears([(date(2020, 1, 1), 10_000)], date(2026, 2, 1), paid, on)

    asked = sum(1 for _ in range((on.year - 2026) * 12 + on.month - 1)) * 10_000
    assert sum(one.open for one in owed) == max(0, asked - paid)


# --- time deposits ---

DEPOSIT = TimeDeposit(10_000_000, Decimal(7), 6, date(2026, 8, 31))


def test_a_deposit_ends_on_the_last_day_of_a_short_month():
    result = mature(DEPOSIT)

    assert (result.on, result.interest, result.paid_out, result.next) == (date(2027, 2, 28), 350_000, 10_350_000, None)


def test_monthly_interest_adds_up_to_the_interest_of_the_term():
    paid = interest_by_month(DEPOSIT)

    assert [amount for _, amount in paid] == [58_333] * 5 + [58_335]
    assert paid[-1][0] == DEPOSIT.matures_on


def test_a_deposit_goes_on_with_or_without_its_interest():
    again = TimeDeposit(10_000_000, Decimal(6), 3, date(2026, 1, 15), "principal")
    grows = TimeDeposit(10_000_000, Decimal(6), 3, date(2026, 1, 15), "all")

    assert [(one.paid_out, one.next.amount) for one in terms_until(again, date(2026, 7, 15))] == [
        (150_000, 10_000_000), (150_000, 10_000_000),
    ]  # fmt: skip
    assert terms_until(grows, date(2026, 7, 15))[-1].next.amount == 10_302_250
    assert mature(grows, new_percent=Decimal(5)).next.annual_percent == 5


def test_an_early_break_keeps_a_part_of_the_rate_and_pays_a_penalty():
    deposit = TimeDeposit(
        10_000_000, Decimal(6), 12, date(2026, 1, 1), early_break=EarlyBreak(Decimal(50), Decimal("0.5"))
    )

    broken = break_early(deposit, date(2026, 3, 15), interest_paid=100_000)

    assert (broken.interest, broken.penalty) == (60_000, 50_000)
    assert broken.handed_out == 10_000_000 + 60_000 - 100_000 - 50_000
    for outside in (date(2025, 12, 31), date(2027, 1, 1)):
        with pytest.raises(ValueError, match="within"):
            break_early(deposit, outside)


@given(st.integers(1, 10**10), st.integers(0, 900), st.integers(1, 24))
def test_a_deposit_never_loses_interest_to_rounding(amount, hundredths, months):
    deposit = TimeDeposit(amount, Decimal(hundredths) / 100, months, date(2026, 1, 31))

    paid = interest_by_month(deposit)

    assert sum(part for _, part in paid) == deposit.interest
    assert min(part for _, part in paid) >= 0


# --- goals ---


def test_a_goal_says_what_each_month_must_bring():
    goal = Goal(6_000_000, date(2027, 5, 20))

    outlook = goal_outlook(goal, 1_000_000, NOVEMBER, planned_monthly=800_000)

    assert (outlook.months_left, outlook.missing, outlook.needed_monthly) == (6, 5_000_000, 834_000)
    assert outlook.is_late and not outlook.is_reached
    assert not goal_outlook(goal, 1_000_000, NOVEMBER, planned_monthly=834_000).is_late


def test_a_goal_reached_or_past():
    assert goal_outlook(Goal(1, NOVEMBER), 1, NOVEMBER).is_reached
    past = goal_outlook(Goal(10_000, date(2026, 1, 1)), 0, NOVEMBER)
    assert (past.months_left, past.needed_monthly, past.is_late) == (0, 10_000, True)


@pytest.mark.parametrize(
    ("paid", "missing", "open"),
    [(0, 900_000, 200_000), (150_000, 900_000, 50_000), (250_000, 900_000, 0), (0, 30_000, 30_000)],
)
def test_a_standing_plan_asks_what_this_month_still_lacks(paid, missing, open):
    assert plan_open(200_000, paid, missing) == open


@pytest.mark.parametrize(("at_most", "part"), [(None, 333_333), (100_000, 100_000)])
def test_a_part_of_money_sent_home_is_put_aside(at_most, part):
    assert from_remittance(3_333_333, Decimal(10), at_most) == part


@pytest.mark.parametrize(
    ("account", "amount", "code"),
    [
        (Account("voluntary", 100_000), 100_000, None),
        (Account("voluntary", 100_000), 100_001, "above_balance"),
        (Account("voluntary", 100_000, minimum_balance=20_000), 80_001, "above_balance"),
        (Account("voluntary", 100_000, held=50_000), 50_001, "above_balance"),
        (Account("voluntary", 100_000), 0, "too_small"),
        (Account("entry", 100_000), 1, "only_on_leaving"),
        (Account("compulsory", 100_000), 1, "only_on_leaving"),
        (Account("purpose", 100_000, locked_until=NOVEMBER + timedelta(days=1)), 1, "locked"),
        (Account("purpose", 100_000, locked_until=NOVEMBER), 1, None),
    ],
)
def test_what_may_be_taken_out(account, amount, code):
    assert [reason.code for reason in reasons_not_to_withdraw(account, amount, NOVEMBER)] == ([code] if code else [])


@pytest.mark.parametrize(("kind", "words"), [("purpose", "minta bendahara"), ("term", "Cairkan sebelum jatuh tempo")])
def test_what_is_locked_says_how_it_is_had_earlier(kind, words):
    account = Account(kind, 100_000, locked_until=NOVEMBER + timedelta(days=1))
    assert words in reasons_not_to_withdraw(account, 1, NOVEMBER)[0].way_out


# --- tax ---


def test_all_accounts_of_a_member_count_together_and_the_slip_adds_up():
    slip = tax_slip({"sukarela": 200_000, "berjangka": 40_005}, NOVEMBER)

    assert (slip.interest, slip.tax, slip.paid_out) == (240_005, 24_000, 216_005)
    assert [(line.account, line.tax, line.paid_out) for line in slip.lines] == [
        ("sukarela", 20_000, 180_000), ("berjangka", 4_000, 36_005),
    ]  # fmt: skip
    assert (slip.percent, slip.citation, slip.month) == (Decimal(10), "PP 15/2009 Pasal 2", date(2026, 11, 1))


def test_a_slip_is_due_without_tax_too():
    slip = tax_slip({"sukarela": 240_000}, NOVEMBER)

    assert (slip.tax, slip.percent, slip.paid_out) == (0, Decimal(0), 240_000)


def test_a_second_payment_in_a_month_may_bring_the_first_over_the_cliff():
    assert extra_tax_this_month(200_000, 0, 50_000, NOVEMBER) == 25_000
    assert extra_tax_this_month(300_000, 30_000, 50_000, NOVEMBER) == 5_000
    assert extra_tax_this_month(239_000, 0, 2_000, NOVEMBER) == 2_000


@given(st.dictionaries(st.text("abc", min_size=1), st.integers(0, 10**7), min_size=1))
def test_the_tax_of_the_lines_is_the_tax_of_the_month(interest):
    slip = tax_slip(interest, NOVEMBER)

    assert slip.tax == monthly_tax(sum(interest.values()), NOVEMBER)
    assert all(0 <= line.tax <= line.interest for line in slip.lines)
