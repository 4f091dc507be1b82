"""Recounting B1 to B9: complaints, what became of them, and who answered."""

from __future__ import annotations

from datetime import date

from desmigratif.audit.tallying import Tally
from desmigratif.cases.complaint_sealing import said_of
from desmigratif.cases.models import Complaint, ComplaintMoney, ComplaintMove, Referral, ReferralStep
from desmigratif.regions.rules import utc_offset_of
from desmigratif.shared.dates import local_day

SAID_BY_BODY = ("acknowledged", "accepted", "standby", "in_process", "answered", "refused")


def count_complaints(village_code: str, until: date, tally: Tally) -> None:
    """B1, B2, B3 in the month in which they came; B4 and B6 in that of the outcome; B7 of suspected trafficking."""
    for complaint in Complaint.objects.in_village(village_code):
        came = complaint.received_on
        is_over = complaint.state == "CONFIRMED_BY_REPORTER"
        triaged = complaint.triaged_at
        tally.add("B1", came, 1, 0)
        tally.add("B2", came, triaged is not None and triaged <= complaint.triage_due_at, 1)
        tally.add("B3", came, is_over and (_confirmed_on(complaint) - came).days <= 90, 1)
        if complaint.state in ("RESOLVED", "CONFIRMED_BY_REPORTER") and complaint.resolved_on:
            tally.add("B6", complaint.resolved_on, is_over, 1)
            if is_over:
                tally.add("B4", complaint.resolved_on, (complaint.resolved_on - came).days, 1)
        if (complaint.kind or said_of(complaint).kind) == "TRAFFICKING":
            tally.add("B7", came, _went_to_the_police(complaint), 1)


def _confirmed_on(complaint: Complaint) -> date:
    moves = ComplaintMove.objects.in_village(complaint.village_code).filter(complaint=complaint)
    at = max(move.at for move in moves if move.to_state == "CONFIRMED_BY_REPORTER" != move.from_state)
    return local_day(at, utc_offset_of(complaint.village_code))


def _went_to_the_police(complaint: Complaint) -> bool:
    sent = Referral.objects.in_village(complaint.village_code).filter(matter_id=complaint.id)
    return any(one.matter_kind == "complaint" and one.body_kind == "police" and one.state != "recalled" for one in sent)


def count_referrals(village_code: str, until: date, tally: Tally) -> None:
    """B5: what was sent, in its month, and whether the body said anything; not what was taken back before it did."""
    for referral in Referral.objects.in_village(village_code):
        steps = ReferralStep.objects.filter(referral=referral).exclude(side="village")
        said = any(step.what in SAID_BY_BODY for step in steps)
        if said or referral.state != "recalled":
            tally.add("B5", referral.sent_on, said, 1)


def count_money(village_code: str, until: date, tally: Tally) -> None:
    """B9: rupiah that came back, of those that are claimed, as both stand."""
    for row in ComplaintMoney.objects.in_village(village_code):
        tally.add("B9", until, row.recovered_rupiah, row.claimed_rupiah)


COUNTS_OF_TROUBLE = (count_complaints, count_referrals, count_money)
