"""What happens to a loan: payments, lateness, early money, new tables, write-off; in whatever order it is entered."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desmigratif.cooperative.rules.loans.life.events import (
    Charge,
    EarlyPayoff,
    Moratorium,
    Payment,
    Prepayment,
    Reschedule,
    Reversal,
    Waiver,
    WriteOff,
)
from desmigratif.cooperative.rules.loans.life.replay import Loan, payoff_sum, replay
from desmigratif.cooperative.rules.loans.life.state import Amounts
from desmigratif.cooperative.rules.loans.policy import LateFee, LoanPolicy, Payoff, reasons_against_policy
from desmigratif.cooperative.rules.loans.terms import Fee, Grace, LoanTerms
from desmigratif.cooperative.rules.rounding import Rounding

# Rp1.200.000, 12 % a year on the balance: 100.000 principal each, interest 12.000, 11.000, 10.000 …
TERMS = LoanTerms(1_200_000, Decimal(12), "declining", 12, date(2026, 1, 15), rounding=Rounding(instalment_multiple=0))
LOAN = Loan(TERMS)
FEB, MAR, APR, MAY = (date(2026, month, 15) for month in (2, 3, 4, 5))


def paid(amount: int, on: date, id: str = "p1") -> Payment:
    return Payment(id=id, on=on, amount=amount)


def with_policy(**changes: object) -> Loan:
    return Loan(TERMS, replace(LoanPolicy(), **changes))


def test_what_is_due_today_and_nothing_before():
    assert replay(LOAN, [], date(2026, 2, 14)).due == Amounts()
    state = replay(LOAN, [], FEB)
    assert state.due_today == state.due == Amounts(100_000, 12_000)
    assert (state.overdue, state.arrears_days, state.status) == (Amounts(), 0, "active")


def test_arrears_count_from_the_oldest_open_instalment():
    state = replay(LOAN, [paid(112_000, FEB)], date(2026, 4, 20))

    assert (state.arrears_days, state.oldest_open_due_on) == (36, MAR)
    assert state.overdue == Amounts(200_000, 21_000)
    assert state.principal_outstanding == 1_100_000
    assert state.next_line.due_on == MAY


def test_money_pays_interest_before_principal_and_the_oldest_first():
    state = replay(LOAN, [paid(130_000, MAR)], MAR)

    assert [(one.n, one.component, one.amount) for one in state.allocations] == [
        (1, "interest", 12_000), (1, "principal", 100_000), (2, "interest", 11_000), (2, "principal", 7_000),
    ]  # fmt: skip


def test_a_product_may_take_all_interest_first_or_principal_first():
    by_component = with_policy(by="component")
    principal_first = with_policy(order=("principal", "interest", "fees", "late_fee"))

    first = replay(by_component, [paid(30_000, MAR)], MAR).paid
    second = replay(principal_first, [paid(30_000, MAR)], MAR).paid

    assert first == Amounts(principal=7_000, interest=23_000)
    assert second == Amounts(principal=30_000)


def test_money_beyond_what_is_due_pays_the_next_instalment_or_waits():
    advance = replay(LOAN, [paid(212_000, FEB)], FEB)
    hold = replay(with_policy(surplus="hold"), [paid(212_000, FEB)], FEB)

    assert (advance.paid, advance.credit) == (Amounts(189_000, 23_000), 0)
    assert (hold.paid, hold.credit) == (Amounts(100_000, 12_000), 100_000)
    later = replay(with_policy(surplus="hold"), [paid(212_000, FEB)], MAR)
    assert (later.due, later.credit) == (Amounts(principal=11_000), 0)
    assert later.allocations[-1].event_id == "p1"


def test_a_late_fee_has_grace_days_and_a_cap():
    late = LateFee(Decimal("0.1"), fixed=1_000, grace_days=3, cap_percent=Decimal(5))
    loan = Loan(TERMS, LoanPolicy(late_fee=late))

    assert replay(loan, [], date(2026, 2, 18)).due.late_fee == 0
    assert replay(loan, [], date(2026, 2, 28)).due.late_fee == 1_000 + 1_120  # ten days of 0,1 % of 112.000
    assert replay(loan, [], date(2026, 3, 15)).due.late_fee == 1_000 + 2_800
    assert replay(loan, [], date(2026, 12, 1)).lines[0].asked.late_fee == 5_600


def test_a_part_paid_late_costs_only_on_what_is_still_open():
    loan = Loan(TERMS, LoanPolicy(late_fee=LateFee(Decimal("0.1"))))
    events = [paid(57_120, date(2026, 2, 25))]

    # Ten days on 112.000 = 1.120 paid at once, then five days on what 56.000 left open.
    state = replay(loan, events, date(2026, 3, 2))

    assert state.paid == Amounts(44_000, 12_000, 0, 1_120)
    assert state.due.late_fee == 280


def test_paying_in_time_costs_nothing_more():
    loan = Loan(TERMS, LoanPolicy(late_fee=LateFee(Decimal(1), fixed=5_000)))

    assert replay(loan, [paid(112_000, FEB)], MAR).due == Amounts(100_000, 11_000)


def test_ending_early_by_days_by_period_or_in_full():
    on = date(2026, 2, 25)  # ten of 28 days into the second period
    events = [paid(112_000, FEB)]

    by_days = payoff_sum(LOAN, events, on)
    by_period = payoff_sum(with_policy(payoff=Payoff("period")), events, on)
    everything = payoff_sum(with_policy(payoff=Payoff("all", Decimal(1))), events, on)

    assert by_days == Amounts(1_100_000, 3_929)
    assert by_period == Amounts(1_100_000, 11_000)
    assert everything == Amounts(1_100_000, 66_000, fees=11_000)


def test_the_payoff_sum_ends_the_loan_and_a_rupiah_less_does_not():
    on = date(2026, 2, 25)
    needed = payoff_sum(LOAN, [paid(112_000, FEB)], on).total

    ended = replay(LOAN, [paid(112_000, FEB), EarlyPayoff(id="p2", on=on, amount=needed)], MAY)
    short = replay(LOAN, [paid(112_000, FEB), EarlyPayoff(id="p2", on=on, amount=needed - 1)], MAY)

    assert (ended.status, ended.claim, ended.credit) == ("paid", Amounts(), 0)
    assert ended.paid == Amounts(1_200_000, 15_929)
    assert short.status == "active"


def test_early_money_may_lower_the_instalments():
    state = replay(LOAN, [paid(112_000, FEB), Prepayment(id="p2", on=FEB, amount=550_000, effect="lower")], FEB)

    ahead = [line.open for line in state.lines if line.due_on > FEB]
    assert len(ahead) == 11
    assert ahead[0] == Amounts(50_000, 5_500)
    assert state.principal_outstanding == 550_000


def test_early_money_may_shorten_the_loan():
    events = [paid(112_000, FEB), Prepayment(id="p2", on=FEB, amount=550_000, effect="shorter")]

    state = replay(LOAN, events, FEB)

    ahead = [line.open for line in state.lines if line.due_on > FEB]
    assert [one.principal for one in ahead] == [91_667] * 5 + [91_665]
    assert ahead[0].interest == 5_500


def test_early_money_shortens_an_annuity_with_the_same_instalment():
    loan = Loan(replace(TERMS, method="annuity"))
    first = replay(loan, [], FEB).lines[0].asked.total

    state = replay(loan, [paid(first, FEB), Prepayment(id="p2", on=FEB, amount=300_000)], FEB)

    ahead = [line.open for line in state.lines if line.due_on > FEB]
    assert len(ahead) == 8
    assert {line.total for line in ahead[:-1]} == {first}
    assert sum(line.principal for line in ahead) == state.principal_outstanding


def test_early_money_in_the_middle_of_a_period_pays_its_interest_until_that_day():
    events = [paid(112_000, FEB), Prepayment(id="p2", on=date(2026, 3, 2), amount=550_000, effect="lower")]

    state = replay(LOAN, events, MAR)

    # A month on 550.000, and 17 days of 360 on the 550.000 that came back.
    assert state.due == Amounts(50_000, 5_500 + 3_117)


@pytest.mark.parametrize(("effect", "rows", "interest"), [("shorter", 5, 60_000), ("lower", 11, 132_000)])
def test_flat_interest_stays_on_the_rows_that_stay(effect, rows, interest):
    loan = Loan(replace(TERMS, method="flat"))

    state = replay(loan, [paid(112_000, FEB), Prepayment(id="p2", on=FEB, amount=600_000, effect=effect)], FEB)

    ahead = [line.open for line in state.lines if line.due_on > FEB]
    assert (len(ahead), sum(line.interest for line in ahead)) == (rows, interest)
    assert state.principal_outstanding == 500_000


def test_a_product_may_take_all_surplus_off_the_principal():
    state = replay(with_policy(surplus="lower"), [paid(662_000, FEB)], FEB)

    assert state.principal_outstanding == 550_000


def test_too_much_money_is_credit_of_the_member():
    state = replay(LOAN, [paid(5_000_000, FEB)], FEB)

    assert (state.status, state.credit) == ("paid", 5_000_000 - 1_200_000 - 78_000)


def test_a_payment_entered_late_lands_where_it_belongs():
    loan = Loan(TERMS, LoanPolicy(late_fee=LateFee(Decimal("0.1"))))
    late = paid(113_120, date(2026, 2, 25), "a")
    forgotten = paid(112_000, FEB, "b")

    before = replay(loan, [late], MAR)
    after = replay(loan, [late, forgotten], MAR)

    assert before.paid == Amounts(100_000, 12_000, 0, 1_120)
    assert after.paid == Amounts(200_000, 25_120)


def test_a_payment_taken_back_was_never_there():
    events = [paid(112_000, FEB), Reversal(id="r1", on=date(2026, 2, 20), of="p1")]

    assert replay(LOAN, events, FEB).paid.total == 112_000
    assert replay(LOAN, events, MAR).paid == Amounts()


def test_what_was_paid_in_advance_is_not_asked_again_at_the_end():
    assert payoff_sum(LOAN, [paid(132_000, FEB)], date(2026, 2, 25)) == Amounts(principal=1_091_000)


def test_a_charge_and_a_waiver():
    events = [Charge(id="c", on=FEB, amount=10_000), Waiver(id="w", on=FEB, component="interest", amount=5_000)]

    state = replay(LOAN, events, FEB)

    assert state.due == Amounts(100_000, 7_000, 10_000)
    assert state.waived == Amounts(interest=5_000)


def test_on_one_day_what_changes_the_debt_comes_before_the_money():
    events = [paid(12_000, FEB, "a"), Waiver(id="z", on=FEB, component="interest", amount=12_000)]

    assert replay(LOAN, events, FEB).paid == Amounts(principal=12_000)


def test_a_forgiven_late_fee_does_not_come_back_but_new_days_count():
    loan = Loan(TERMS, LoanPolicy(late_fee=LateFee(Decimal("0.1"))))
    events = [Waiver(id="w", on=date(2026, 2, 25), component="late_fee", amount=1_120)]

    assert replay(loan, events, date(2026, 2, 25)).due.late_fee == 0
    assert replay(loan, events, date(2026, 2, 26)).due.late_fee == 112


def test_a_new_table_carries_what_was_unpaid_or_makes_it_principal():
    plain = Reschedule(id="r", on=date(2026, 3, 1), instalments=6)

    carried = replay(LOAN, [plain], date(2026, 4, 1))
    capitalised = replay(LOAN, [replace(plain, capitalise=True)], date(2026, 4, 1))

    # One unpaid interest of 12.000 and 14 of 28 days of the second one.
    assert carried.due == Amounts(200_000, 12_000 + 12_000 + 5_500)
    assert capitalised.capitalised == 17_500
    assert capitalised.principal_outstanding == 1_217_500
    assert capitalised.due.interest == 12_175
    assert (carried.rescheduled_count, carried.arrears_days) == (1, 0)


def test_a_new_table_may_begin_without_interest_and_early_money_keeps_it_so():
    event = Reschedule(id="r", on=MAR, instalments=6, interest_free=2)
    early = Prepayment(id="p", on=date(2026, 3, 20), amount=200_000, effect="lower")

    free = replay(LOAN, [event], MAR)
    after = replay(LOAN, [event, early], date(2026, 3, 20))

    # 12.000 and 11.000 were unpaid before; two instalments earn nothing, then 1 % of what is left.
    assert [line.asked.interest for line in free.lines] == [23_000, 0, 8_000, 6_000, 4_000, 2_000]
    assert [line.asked.interest for line in after.lines if line.due_on > MAR][-4:] == [6_667, 5_000, 3_333, 1_667]
    assert sum(line.asked.interest for line in after.lines) == 23_000 + 6_667 + 5_000 + 3_333 + 1_667


@given(
    method=st.sampled_from(["flat", "declining", "annuity", "bullet"]), late=st.integers(0, 100),
    new=st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9), st.booleans()), min_size=1, max_size=3),
    early=st.none() | st.tuples(st.integers(1, 1_200_000), st.sampled_from(["shorter", "lower"])),
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_a_new_table_or_early_money_forgives_nothing(method, late, new, early):
    """What ends the loan today is the same just before and just after; early money lowers it by what it was."""
    terms = replace(TERMS, method=method, fees=(Fee("each", 500),))
    loan = Loan(terms, LoanPolicy(late_fee=LateFee(Decimal("0.1"), fixed=700)))
    on, events = MAR + timedelta(days=late), []
    for number, (days, instalments, capitalise) in enumerate(new):
        on += timedelta(days=days)
        before = payoff_sum(loan, events, on).total
        events.append(Reschedule(id=f"r{number}", on=on, instalments=instalments, capitalise=capitalise))
        assert payoff_sum(loan, events, on).total == before
    if early is not None:
        amount, effect = early
        events.append(Prepayment(id="z", on=on, amount=amount, effect=effect))
        left = payoff_sum(loan, events, on).total
        assert abs(left - max(0, before - amount)) <= 2  # days of interest are rounded on two sums instead of one


def test_a_new_table_may_have_another_rate_method_and_rhythm_and_loses_no_late_fee():
    loan = Loan(replace(TERMS, fees=(Fee("each", 500),)), LoanPolicy(late_fee=LateFee(Decimal("0.1"))))
    event = Reschedule(
        id="r", on=date(2026, 2, 25), instalments=2, annual_rate_percent=Decimal(0), method="bullet",
        first_due_on=date(2026, 6, 1),
    )  # fmt: skip

    state = replay(loan, [event], date(2026, 2, 25))

    assert [line.due_on for line in state.lines] == [date(2026, 6, 1), date(2026, 7, 1)]
    assert state.lines[0].asked == Amounts(0, 15_929, 1_000, 1_125)
    assert state.lines[1].asked == Amounts(1_200_000, 0, 500)
    assert replay(loan, [event], date(2026, 6, 11)).due.late_fee == 1_125 + 169  # ten days on 16.929


def test_a_moratorium_moves_what_is_not_due_and_stops_lateness():
    loan = Loan(TERMS, LoanPolicy(late_fee=LateFee(Decimal("0.1"))))
    pause = Moratorium(id="m", on=date(2026, 3, 1), months=3)

    state = replay(loan, [pause], date(2026, 6, 11))

    assert [line.due_on for line in state.lines][:2] == [FEB, date(2026, 6, 15)]
    assert state.due.late_fee == (14 + 10) * 112
    assert replay(loan, [replace(pause, interest="charged")], date(2026, 6, 15)).due_today.interest == 11_000 + 33_000
    assert replay(loan, [pause], date(2026, 6, 15)).due_today.interest == 11_000


def test_a_loan_written_off_leaves_the_books_and_may_still_be_recovered():
    loan = Loan(TERMS, LoanPolicy(late_fee=LateFee(Decimal("0.1"))))
    events = [WriteOff(id="w", on=MAR), paid(50_000, MAY)]

    state = replay(loan, events, MAY)

    assert (state.status, state.principal_outstanding, state.recovered) == ("written_off", 0, 50_000)
    assert state.written_off.principal == 1_200_000
    assert state.claim.total == state.written_off.total - 50_000


def test_what_was_put_off_in_a_grace_is_part_of_the_payoff():
    loan = Loan(replace(TERMS, grace=Grace(principal=3, interest=3)))

    assert payoff_sum(loan, [], MAR) == Amounts(1_200_000, 24_000)


def test_early_money_in_a_grace_loses_no_interest_that_was_put_off():
    loan = Loan(replace(TERMS, grace=Grace(principal=3, interest=3)))
    events = [Prepayment(id="p1", on=MAR, amount=600_000, effect="lower")]

    state = replay(loan, events, MAR)

    ahead = [line for line in state.lines if line.due_on > MAR]
    # Two months on 1.200.000 are asked next; the third grace month on 600.000 comes with the fourth instalment.
    assert [line.asked.interest for line in ahead][:3] == [24_000, 12_000, 5_333]
    assert payoff_sum(loan, events, APR) == Amounts(600_000, 24_000 + 6_000)


@pytest.mark.parametrize(
    ("policy", "field"),
    [
        (LoanPolicy(order=("principal", "interest")), "order"),
        (LoanPolicy(late_fee=LateFee(Decimal(-1))), "late_fee"),
        (LoanPolicy(payoff=Payoff("days", Decimal(-1))), "payoff"),
    ],
)
def test_a_product_with_impossible_rules_is_refused(policy, field):
    assert [reason.field for reason in reasons_against_policy(policy)] == [field]
    assert reasons_against_policy(LoanPolicy()) == []


# --- for any life ---

days = st.dates(date(2026, 1, 15), date(2027, 3, 1))
amounts = st.integers(1, 400_000)
effects = st.sampled_from(["shorter", "lower"])
lives = st.lists(
    st.one_of(
        st.builds(dict, kind=st.just(Payment), on=days, amount=amounts),
        st.builds(dict, kind=st.just(Payment), on=days, amount=amounts),
        st.builds(dict, kind=st.just(Prepayment), on=days, amount=amounts, effect=effects),
        st.builds(dict, kind=st.just(EarlyPayoff), on=days, amount=st.integers(1, 1_400_000)),
        st.builds(dict, kind=st.just(Charge), on=days, amount=st.integers(1, 20_000)),
        st.builds(
            dict, kind=st.just(Waiver), on=days, amount=st.integers(1, 20_000),
            component=st.sampled_from(["interest", "late_fee", "fees", "principal"]),
        ),
        st.builds(dict, kind=st.just(Moratorium), on=days, months=st.integers(1, 4),
                  interest=st.sampled_from(["free", "charged"])),
        st.builds(dict, kind=st.just(Reschedule), on=days, instalments=st.integers(1, 18), capitalise=st.booleans()),
        st.builds(dict, kind=st.just(WriteOff), on=days),
    ),
    max_size=8,
).map(lambda rows: [row.pop("kind")(id=f"e{number}", **row) for number, row in enumerate(map(dict, rows))])  # fmt: skip
any_loan = st.builds(
    Loan,
    st.builds(
        lambda method, grace, multiple: replace(
            TERMS, method=method, grace=grace, rounding=Rounding(instalment_multiple=multiple)
        ),
        st.sampled_from(["flat", "declining", "annuity", "bullet"]),
        st.sampled_from([Grace(), Grace(principal=2), Grace(principal=2, interest=2), Grace(interest=2)]),
        st.sampled_from([0, 100, 1000]),
    ),
    st.builds(
        LoanPolicy,
        order=st.permutations(["fees", "late_fee", "interest", "principal"]).map(tuple),
        by=st.sampled_from(["instalment", "component"]),
        surplus=st.sampled_from(["advance", "shorter", "lower", "hold"]),
        late_fee=st.sampled_from([LateFee(), LateFee(Decimal("0.13"), 700, 2, Decimal(10))]),
        payoff=st.sampled_from([Payoff(), Payoff("period", Decimal(1)), Payoff("all")]),
    ),
)


def money_in(events) -> int:
    return sum(event.amount for event in events if isinstance(event, Payment | Prepayment | EarlyPayoff))


@settings(max_examples=150, deadline=None)
@given(any_loan, lives, days)
def test_nothing_is_lost_whatever_happens(loan, events, on):
    known = [event for event in events if event.on <= on]

    state = replay(loan, events, on)

    assert money_in(known) == sum(one.amount for one in state.allocations) + state.credit
    assert state.paid.total == money_in(known) - state.credit
    assert TERMS.principal + state.capitalised == state.paid.principal + state.claim.principal + state.waived.principal
    assert all(min(line.open.of(name) for name in Amounts.__slots__) >= 0 for line in state.lines)
    assert state.credit >= 0
    if state.status == "paid":
        assert state.claim.total == 0


@settings(max_examples=80, deadline=None)
@given(any_loan, lives, days, st.randoms())
def test_the_order_in_which_events_arrive_plays_no_part(loan, events, on, random):
    shuffled = list(events)
    random.shuffle(shuffled)

    assert replay(loan, shuffled, on) == replay(loan, events, on)


@settings(max_examples=80, deadline=None)
@given(any_loan, lives, days)
def test_a_reversed_event_leaves_no_trace(loan, events, on):
    extra = Payment(id="x", on=date(2026, 1, 20), amount=123_456)
    back = Reversal(id="y", on=date(2026, 1, 20), of="x")

    assert replay(loan, [*events, extra, back], on) == replay(loan, events, on)


@settings(max_examples=80, deadline=None)
@given(any_loan, lives, days)
def test_the_payoff_sum_always_ends_the_loan(loan, events, on):
    living = [event for event in events if not isinstance(event, WriteOff)]
    needed = payoff_sum(loan, living, on).total
    last = EarlyPayoff(id="zz", on=on, amount=needed)

    state = replay(loan, [*living, last], on)

    assert state.claim.total == 0
