"""Joining, being served, leaving; and who may decide on how much."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desmigratif.cooperative.rules.loans.group import carried_by_others
from desmigratif.cooperative.rules.loans.limits import (
    Decider,
    DecisionLimit,
    LendingFigures,
    is_related,
    limit_for,
    reasons_not_decided,
    reasons_not_to_lend_so_much,
)
from desmigratif.cooperative.rules.members.membership import (
    Applicant,
    Leaving,
    candidate_until,
    loss_shares,
    reasons_not_to_join,
    reasons_not_to_leave,
    reasons_not_to_serve,
    settle,
)

TODAY = date(2026, 11, 24)
APPLICANT = Applicant("candidate", date(2000, 1, 1), True, True, True)


def codes(reasons: list) -> list[str]:
    assert all(reason.text.endswith((".", "?")) for reason in reasons)
    return [reason.code for reason in reasons]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, None),
        ({"status": "member"}, "already_member"),
        ({"birth_date": date(2009, 11, 25)}, "age"),
        ({"birth_date": date(2009, 11, 24)}, None),
        ({"birth_date": None}, "age"),
        ({"is_citizen": None}, "citizen"),
        ({"in_area": False}, "area"),
        ({"entry_savings_paid": False}, "entry_savings"),
    ],
)
def test_who_may_join(change, code):
    assert codes(reasons_not_to_join(replace(APPLICANT, **change), TODAY)) == ([code] if code else [])


def test_a_candidate_has_three_months():
    assert candidate_until(date(2026, 11, 30)) == date(2027, 2, 28)


def test_a_member_of_another_cooperative_is_sent_through_it():
    (reason,) = reasons_not_to_serve("member_of_other", TODAY)

    assert "koperasinya" in reason.way_out and reason.citation == "UU 4/2023 Pasal 44B"


def test_leaving_sets_off_savings_losses_and_loans():
    settlement = settle(Leaving(100_000, 600_000, 250_000, 40_000, loss_share=50_000, loans=300_000))

    assert settlement.to_pay_out == settlement.total == 640_000
    assert [line.amount for line in settlement.lines] == [100_000, 600_000, 250_000, 40_000, -50_000, -300_000]


def test_a_loss_takes_at_most_the_capital_of_the_member():
    assert settle(Leaving(100_000, 0, 30_000, loss_share=900_000)).total == 30_000


def test_who_owes_more_than_they_saved_or_stands_for_others_stays():
    assert codes(reasons_not_to_leave(Leaving(100_000, 0, loans=100_001))) == ["still_owes"]
    assert codes(reasons_not_to_leave(Leaving(100_000, 0, guarantees=1))) == ["guarantor"]
    assert reasons_not_to_leave(Leaving(100_000, 0, loans=100_000)) == []
    assert settle(Leaving(0, 0, loans=5)).still_owed == 5


@given(st.integers(0, 10**9), st.lists(st.integers(1, 10**7), min_size=1, max_size=30))
def test_a_loss_is_shared_to_the_rupiah(loss, capital):
    assert sum(loss_shares(loss, capital)) == loss


# --- joint liability ---


def test_a_group_carries_what_one_of_them_does_not_pay():
    carried = carried_by_others({"anna": 100_001, "budi": 0}, {"anna": 5, "budi": 2_000_000, "cici": 1_000_000})

    assert carried == {"budi": {"anna": 66_667}, "cici": {"anna": 33_334}}
    assert carried_by_others({}, {"anna": 5}) == {"anna": {}}
    assert carried_by_others({"anna": 3}, {"anna": 5, "budi": 0}) == {"budi": {"anna": 3}}


def test_who_is_behind_carries_nobody_else_however_large_their_loan():
    carried = carried_by_others({"anna": 100, "budi": 50}, {"anna": 5, "budi": 2_000_000, "cici": 1})

    assert carried == {"cici": {"anna": 100, "budi": 50}}


def test_nobody_can_carry_when_all_are_behind():
    with pytest.raises(ValueError, match="everybody"):
        carried_by_others({"anna": 1}, {"anna": 5})


# --- limits and decisions ---


def test_the_articles_may_count_the_family_of_the_board():
    assert not is_related(["member"], TODAY)
    assert is_related(["member"], TODAY, household_roles=["board"])


def test_one_borrower_has_a_limit_when_the_articles_set_one():
    figures = LendingFigures(100_000_000, 0, borrower_lent=15_000_000, one_borrower_percent=Decimal(20))

    assert reasons_not_to_lend_so_much(5_000_000, ["member"], figures, [], TODAY) == []
    (reason,) = reasons_not_to_lend_so_much(5_000_001, ["member"], figures, [], TODAY)
    assert (reason.code, reason.way_out) == ("one_borrower_limit", "Paling banyak Rp5.000.000 lagi.")


def test_a_related_party_is_told_what_is_left_and_who_must_agree():
    figures = LendingFigures(50_000_000, related_lent=4_000_000, borrower_lent=0)

    limit, approval = reasons_not_to_lend_so_much(2_000_000, ["board"], figures, ["board"], TODAY)

    assert limit.way_out == "Paling banyak Rp1.000.000 lagi."
    assert approval.text == "Pinjaman untuk pihak terkait perlu persetujuan pengawas."


ANNA, BUDI, CICI = (Decider(name, "board") for name in ("anna", "budi", "cici"))


@pytest.mark.parametrize(
    ("deciders", "entered_by", "is_decided"),
    [
        ([ANNA, BUDI], "", True),
        ([ANNA], "", False),
        ([ANNA, ANNA], "", False),
        ([ANNA, BUDI], "budi", False),
        ([ANNA, BUDI, CICI], "budi", True),
        ([ANNA, replace(BUDI, has_interest=True)], "", False),
        ([ANNA, replace(BUDI, role="treasurer")], "", False),
    ],
)
def test_two_persons_decide_who_neither_entered_nor_gain(deciders, entered_by, is_decided):
    reasons = reasons_not_decided(6_000_000, deciders, entered_by=entered_by)

    assert codes(reasons) == ([] if is_decided else ["decision_incomplete"])


def test_smaller_sums_are_for_the_treasurer_too():
    pair = [ANNA, Decider("dodi", "treasurer")]

    assert reasons_not_decided(5_000_000, pair) == []
    assert codes(reasons_not_decided(5_000_001, pair)) == ["decision_incomplete"]
    assert codes(reasons_not_decided(0, pair)) == ["too_small"]


def test_an_amount_no_step_reaches_is_an_error():
    with pytest.raises(ValueError, match="no limit"):
        limit_for(2, [DecisionLimit(1, ("board",))])
