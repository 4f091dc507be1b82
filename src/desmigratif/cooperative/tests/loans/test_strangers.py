"""Whoever has no right at this cooperative finds none of its loans."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from desmigratif.access.actor import Actor
from desmigratif.cooperative.tests.lender import OFFER, SINCE, TODAY, Lender
from desmigratif.shared.ids import new_id


@pytest.mark.parametrize(
    ("action", "more"),
    [
        ("cooperative.add_loan_product", {"product_id": new_id(), "name": "Pinjaman", "since": SINCE, "offer": OFFER}),
        (
            "cooperative.change_loan_terms",
            {"terms_id": new_id(), "product_id": new_id(), "since": SINCE, "offer": OFFER},
        ),
        (
            "cooperative.apply_for_loan",
            {
                "member_id": new_id(), "product_id": new_id(), "amount_rupiah": 1, "instalments": 1, "purpose": "Modal",
                "loan_id": new_id(), "on": TODAY,
            },
        ),
        ("cooperative.post_provisions", {"entry_id": new_id(), "month": SINCE}),
        (
            "cooperative.take_collection",
            {"on": TODAY, "lines": [{"entry_id": new_id(), "loan_id": new_id(), "amount_rupiah": 1}]},
        ),
        ("cooperative.record_loan_survey", {"survey": "Warung ramai sekali"}),
        ("cooperative.approve_loan", {"approval_id": new_id()}),
        ("cooperative.decline_loan", {"reason": "Terlalu berat"}),
        ("cooperative.disburse_loan", {"entry_id": new_id()}),
        ("cooperative.take_instalment", {"entry_id": new_id(), "amount_rupiah": 1}),
        ("cooperative.prepay_loan", {"entry_id": new_id(), "amount_rupiah": 1}),
        ("cooperative.pay_off_loan", {"entry_id": new_id(), "amount_rupiah": 1}),
        (
            "cooperative.propose_reschedule",
            {"proposal_id": new_id(), "instalments": 1, "first_due_on": TODAY + timedelta(days=30), "reason": "Macet"},
        ),
        ("cooperative.judge_loan", {"outlook": "not_rescuable", "reason": "Warungnya tutup"}),
        ("cooperative.reverse_loan_event", {"entry_id": new_id(), "event_id": new_id(), "reason": "Salah orang"}),
    ],
)  # fmt: skip
def test_a_stranger_finds_nothing(lender: Lender, stranger: Actor, action: str, more: dict[str, Any]) -> None:
    """Neither another village nor a role that only looks."""
    action = action.removeprefix("cooperative.")
    whole = ("add_loan_product", "change_loan_terms", "apply_for_loan", "post_provisions", "take_collection")
    given = more if action in whole else {"loan_id": new_id(), "on": TODAY, **more}
    assert lender.refused(stranger, action, **given) == "not_found"
    assert lender.refused(lender.supervisor, action, **given) == "not_found"


def test_a_stranger_does_not_speak_for_the_supervisors(lender: Lender, stranger: Actor) -> None:
    verb = "cooperative.agree_to_related_loan".removeprefix("cooperative.")
    given = {"loan_id": new_id(), "on": TODAY, "approval_id": new_id()}
    assert lender.refused(stranger, verb, **given) == "not_found"
    assert lender.refused(lender.treasurer, verb, **given) == "not_found"
