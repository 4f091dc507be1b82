"""Group loans with joint liability: who may borrow, who carries, who may leave."""

from __future__ import annotations

from uuid import UUID

import pytest

from desmigratif.cooperative.models import GroupSeat, LoanEvent, MemberGroup
from desmigratif.cooperative.queries.loans.group import carriers_of, standing_of_group
from desmigratif.cooperative.tests.lender import Lender
from desmigratif.shared.ids import new_id

pytestmark = pytest.mark.django_db
NIKS = ("3307104107850001", "3307100302880417", "3307100101700419")


class Circle:
    """Three members in a group; the first borrows 1.200.000 in twelve parts, the second twice as much."""

    def __init__(self) -> None:
        self.lender = Lender()
        self.members = [self.lender.member(nik) for nik in NIKS]
        self.group_id = new_id()
        self.lender.do(
            self.lender.treasurer, "form_group", group_id=self.group_id, name="Kelompok Melati", on=self.lender.today,
            member_ids=self.members,
        )  # fmt: skip

    @property
    def group(self) -> MemberGroup:
        return MemberGroup.objects.of(self.lender.cooperative).get(id=self.group_id)

    def loan(self, place: int, amount: int = 1_200_000) -> UUID:
        return self.lender.running(member=self.members[place], group_id=self.group_id, amount_rupiah=amount)


@pytest.fixture
def circle(db: None) -> Circle:
    return Circle()


def test_the_others_carry_what_one_does_not_pay_by_their_own_loans(circle: Circle) -> None:
    late, big = circle.loan(0), circle.loan(1, 2_400_000)
    circle.lender.later(35)
    circle.lender.pay(big, 240_000)

    standing = standing_of_group(circle.group, circle.lender.today)
    assert [one.loan.id for one in standing.late] == [late]
    asked = standing.late[0].state.due.total
    assert sum(one.rupiah for one in standing.carried) == asked
    assert {one.loan_id for one in standing.carried} == {late}


def test_who_is_late_carries_for_nobody(circle: Circle) -> None:
    late = {circle.loan(0), circle.loan(1, 2_400_000)}
    circle.lender.later(35)

    standing = standing_of_group(circle.group, circle.lender.today)
    asked = {one.loan.id: one.state.due.total for one in standing.late}
    assert set(asked) == late
    assert {one.loan_id: one.rupiah for one in standing.carried} == asked  # the third alone, the whole of both


def test_when_everybody_is_late_there_is_nobody_to_carry(circle: Circle) -> None:
    for place in range(3):
        circle.loan(place)
    circle.lender.later(35)

    standing = standing_of_group(circle.group, circle.lender.today)
    assert (len(standing.late), standing.carried) == (3, [])


def test_who_carries_is_kept_with_the_payment_and_belongs_to_the_group(circle: Circle) -> None:
    late = circle.loan(0)
    circle.lender.later(35)
    paid = circle.lender.pay(late, 50_000, carried_by_id=circle.members[1])

    event = LoanEvent.objects.of(circle.lender.cooperative).get(id=paid["id"])
    assert event.payload["carried_by"] == str(circle.members[1])
    for nobody in (circle.members[0], new_id()):
        given = {"loan_id": late, "on": circle.lender.today, "entry_id": new_id(), "amount_rupiah": 1_000}
        assert circle.lender.refused(
            circle.lender.cashier, "take_instalment", **given, carried_by_id=nobody
        ) == "not_found"  # fmt: skip
    assert len(carriers_of(circle.lender.loan(late))) == 2


def test_a_group_that_is_late_stands_for_no_further_loan(circle: Circle) -> None:
    circle.loan(0)
    circle.lender.later(35)
    asked = circle.lender.application(circle.members[1], circle.lender.product(), group_id=circle.group_id)

    assert circle.lender.refused(circle.lender.cashier, "apply_for_loan", **asked) == "group_is_late"


def test_who_is_not_in_the_group_does_not_borrow_on_its_word(circle: Circle) -> None:
    outside = circle.lender.member("3307100505900411")
    asked = circle.lender.application(outside, circle.lender.product(), group_id=circle.group_id)

    assert circle.lender.refused(circle.lender.cashier, "apply_for_loan", **asked) == "not_found"


def test_nobody_leaves_while_the_group_stands_for_a_loan(circle: Circle) -> None:
    loan = circle.loan(0)
    seat = GroupSeat.objects.of(circle.lender.cooperative).get(member_id=circle.members[2])
    leave = {"seat_id": seat.id, "on": circle.lender.today}
    assert circle.lender.refused(circle.lender.treasurer, "leave_group", **leave) == "loans_run"

    left = {"member_id": circle.members[2], "on": circle.lender.today, "reason": "own_wish"}
    assert circle.lender.refused(circle.lender.board, "leave_cooperative", **left) == "guarantor"
    owed = circle.lender.loan(loan)
    assert owed.status == "active"
    circle.lender.written_off(loan)
    circle.lender.do(circle.lender.treasurer, "leave_group", **leave)
