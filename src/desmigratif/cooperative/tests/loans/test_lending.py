"""From an application to the money: who decides, what is refused, what the till hands out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from desmigratif.cooperative.models import MoneySlip
from desmigratif.cooperative.tests.lender import OFFER, SINCE, TODAY, Lender
from desmigratif.shared.ids import new_id


def test_a_product_above_the_cap_is_not_offered(lender: Lender) -> None:
    given = {"product_id": new_id(), "name": "Dua persen flat", "since": SINCE}
    flat = {**OFFER, "annual_percent": Decimal(24)}
    assert lender.refused(lender.board, "add_loan_product", **given, offer=flat) == "rate_above_cap"


def test_new_terms_hold_for_later_applications_only(lender: Lender) -> None:
    member, product = lender.member(), lender.product()
    before = lender.application(member, product)
    lender.do(lender.cashier, "apply_for_loan", **before)
    change = {"terms_id": new_id(), "product_id": product, "offer": {**OFFER, "annual_percent": Decimal(6)}}
    assert lender.refused(lender.board, "change_loan_terms", **change, since=SINCE) == "not_after_last"
    lender.do(lender.board, "change_loan_terms", **change, since=TODAY)
    after = lender.application(member, product)
    lender.do(lender.cashier, "apply_for_loan", **after)

    percents = [lender.loan(one["loan_id"]).terms.offer["annual_percent"] for one in (before, after)]
    assert percents == ["12", "6"]


def test_only_a_member_may_borrow_and_within_the_product(lender: Lender) -> None:
    product, candidate = lender.product(), new_id()
    lender.do(
        lender.board, "apply_for_membership", member_id=candidate, on=TODAY, name="Calon", nik="3307104107850009",
        birth_date=date(1985, 7, 1), address="Krajan", in_area=True, is_citizen=True,
    )  # fmt: skip
    asked = lender.application(candidate, product)
    assert lender.refused(lender.cashier, "apply_for_loan", **asked) == "closed_loop"
    member = lender.member()
    too_much = lender.application(member, product, amount_rupiah=20_000_001)
    assert lender.refused(lender.cashier, "apply_for_loan", **too_much) == "too_large"


def test_a_fee_that_lifts_a_small_loan_above_the_cap_is_refused(lender: Lender) -> None:
    product = lender.product(fee_percent=Decimal(0), fee_fixed_rupiah=100_000)
    asked = lender.application(lender.member(), product, amount_rupiah=500_000)
    assert lender.refused(lender.cashier, "apply_for_loan", **asked) == "rate_above_cap"


def test_two_of_the_board_decide_after_a_survey_and_not_who_entered_it(lender: Lender) -> None:
    id = lender.applied()
    yes = {"loan_id": id, "on": TODAY}
    assert lender.refused(lender.board, "approve_loan", **yes, approval_id=new_id()) == "no_survey"
    lender.survey(id)
    first = lender.do(lender.board, "approve_loan", **yes, approval_id=new_id())
    assert (first["status"], len(first["waiting"])) == ("applied", 1)
    assert lender.refused(lender.board, "approve_loan", **yes, approval_id=new_id()) == "said_already"
    assert lender.refused(lender.cashier, "disburse_loan", **yes, entry_id=new_id()) == "not_approved"
    assert lender.do(lender.second, "approve_loan", **yes, approval_id=new_id())["status"] == "approved"


def test_a_yes_with_an_interest_in_it_does_not_count(lender: Lender) -> None:
    id = lender.applied()
    lender.survey(id)
    lender.on(lender.board, "approve_loan", id, approval_id=new_id(), has_interest=True)
    assert lender.on(lender.second, "approve_loan", id, approval_id=new_id())["status"] == "applied"


def test_a_related_party_needs_the_supervisors_and_stays_within_a_tenth(lender: Lender) -> None:
    id = lender.applied(related_roles=("board",), amount_rupiah=1_000_000)
    lender.survey(id)
    for who in (lender.board, lender.second):
        assert lender.on(who, "approve_loan", id, approval_id=new_id())["status"] == "applied"
    agreed = lender.on(lender.supervisor, "agree_to_related_loan", id, approval_id=new_id())
    assert agreed["status"] == "approved"

    above = lender.applied(member=lender.member("3307104107850002"), related_roles=("board",), amount_rupiah=2_000_100)
    lender.survey(above)
    lender.on(lender.board, "approve_loan", above, approval_id=new_id())
    lender.on(lender.supervisor, "agree_to_related_loan", above, approval_id=new_id())
    yes = {"loan_id": above, "on": TODAY, "approval_id": new_id()}
    assert lender.refused(lender.second, "approve_loan", **yes) == "related_party_limit"


def test_a_decline_says_why_and_ends_the_application(lender: Lender) -> None:
    id = lender.applied()
    lender.on(lender.board, "decline_loan", id, reason="Angsuran terlalu berat")
    assert lender.loan(id).declined_reason == "Angsuran terlalu berat"
    assert lender.refused(lender.board, "decline_loan", loan_id=id, on=TODAY, reason="Sekali lagi") == "decided_already"


def test_disbursing_cuts_the_fee_and_keeps_the_contract(lender: Lender) -> None:
    id = lender.running()

    loan, books = lender.loan(id), lender.balances()
    assert (loan.status, loan.next_due_on) == ("active", date(2026, 12, 23))
    assert (books["loans"], books["loan_fees"], books["cash"]) == (1_200_000, 12_000, 10_000_000 - 1_188_000)
    slip = MoneySlip.objects.of(lender.cooperative).get(holder_id=id)
    assert (slip.amount_rupiah, slip.balance_rupiah) == (-1_188_000, 1_200_000)
    again = {"loan_id": id, "on": TODAY, "entry_id": new_id()}
    assert lender.refused(lender.cashier, "disburse_loan", **again) == "not_approved"


def test_above_the_limit_the_payout_needs_the_second_person(lender: Lender) -> None:
    lender.do(
        lender.board, "set_money_limit", limit_id=new_id(), since=TODAY, second_person_above_rupiah=1_000_000,
        decision="Rapat",
    )  # fmt: skip
    id = lender.approved()
    given = {"loan_id": id, "on": TODAY, "entry_id": new_id()}
    assert lender.refused(lender.cashier, "disburse_loan", **given) == "second_person"
    approval = new_id()
    lender.do(
        lender.treasurer, "approve_payout", approval_id=approval, member_id=lender.loan(id).member_id, holder_id=id,
        amount_rupiah=1_188_000, on=TODAY,
    )  # fmt: skip
    done = lender.do(lender.cashier, "disburse_loan", **given, approval_id=approval)
    assert done["balance_rupiah"] == 1_200_000


def test_whom_the_meeting_gave_an_office_is_related_without_anybody_saying_so(lender: Lender) -> None:
    supervisor = lender.member()
    before = lender.running(member=supervisor, amount_rupiah=800_000)
    id = lender.applied(member=supervisor, amount_rupiah=300_000)
    lender.survey(id)
    lender.elected(supervisor, "supervisor")
    for who in (lender.board, lender.second):
        waiting = lender.on(who, "approve_loan", id, approval_id=new_id())["waiting"]
    assert waiting == ["Peminjam pihak terkait: pengawas juga harus menyetujui."]

    yes = {"loan_id": id, "on": TODAY, "approval_id": new_id()}
    assert lender.refused(lender.supervisor, "agree_to_related_loan", **yes) == "related_party_limit"
    assert lender.loan(id).related_roles == ["supervisors"]
    assert lender.loan(before).related_roles == []


def test_an_office_that_ended_makes_nobody_related(lender: Lender) -> None:
    member = lender.member()
    lender.elected(member, "chair", until=TODAY)
    assert lender.loan(lender.applied(member=member)).related_roles == []
