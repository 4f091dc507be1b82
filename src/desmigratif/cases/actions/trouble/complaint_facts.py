"""What complaints and referrals leave for the indicators B4, B5 and B7. Called inside the action that makes it so."""

from __future__ import annotations

from desmigratif.audit import memory
from desmigratif.cases.complaint_sealing import said_of
from desmigratif.cases.models import Complaint, MatterKind, Referral
from desmigratif.cases.rules.referrals import RECALLED, SENT

TRAFFICKING, POLICE = "TRAFFICKING", "police"


def count_age(complaint: Complaint, sign: int) -> None:
    """B4: how many days a complaint was open until it was resolved, once its reporter confirmed that."""
    if complaint.resolved_on is not None:
        days = (complaint.resolved_on - complaint.received_on).days
        memory.add_fact(
            "B4", complaint.village_code, complaint.resolved_on, numerator=sign * days, denominator=sign,
            key=str(complaint.id),
        )  # fmt: skip


def count_sent(referral: Referral, sign: int = 1) -> None:
    """B5: one more that a body should acknowledge."""
    memory.add_fact(
        "B5", referral.village_code, referral.sent_on, numerator=0, denominator=sign, key=str(referral.id)
    )  # fmt: skip


def count_acknowledged(referral: Referral, state_before: str) -> None:
    """B5: the body said something for the first time."""
    if state_before == SENT:
        memory.add_fact("B5", referral.village_code, referral.sent_on, numerator=1, key=str(referral.id))


def count_suspected(complaint: Complaint, *, before: str, now: str) -> None:
    """B7: trafficking is suspected, or is not any more."""
    change = int(now == TRAFFICKING) - int(before == TRAFFICKING)
    if change:
        memory.add_fact(
            "B7", complaint.village_code, complaint.received_on, numerator=0, denominator=change,
            key=str(complaint.id),
        )  # fmt: skip


def count_police(referral: Referral, sign: int = 1) -> None:
    """B7: a suspicion of trafficking went to the police; to two offices of it counts once."""
    if (referral.matter_kind, referral.body_kind) != (MatterKind.COMPLAINT, POLICE):
        return
    complaint = Complaint.objects.in_village(referral.village_code).filter(id=referral.matter_id).first()
    others = Referral.objects.in_village(referral.village_code).exclude(id=referral.id).exclude(state=RECALLED)
    others = others.filter(matter_kind=MatterKind.COMPLAINT, matter_id=referral.matter_id, body_kind=POLICE)
    if complaint is None or others.exists() or (complaint.kind or said_of(complaint).kind) != TRAFFICKING:
        return
    memory.add_fact("B7", complaint.village_code, complaint.received_on, numerator=sign, key=str(complaint.id))
