"""What complaints and referrals leave for the indicators B3 to B7. Called inside the action that makes it so."""

from __future__ import annotations

from datetime import date

from django.db.models import F

from desmigratif.audit import memory
from desmigratif.cases.complaint_sealing import said_of
from desmigratif.cases.models import Complaint, ComplaintMove, ComplaintState, MatterKind, Referral
from desmigratif.cases.rules.trouble.complaints import CLOSED_WITHIN_DAYS
from desmigratif.cases.rules.trouble.referrals import RECALLED, SENT
from desmigratif.regions.queries import today_in

TRAFFICKING, POLICE = "TRAFFICKING", "police"


def count_age(complaint: Complaint, sign: int) -> None:
    """B4: how many days a complaint was open until it was resolved, once its reporter confirmed that."""
    if complaint.resolved_on is not None:
        days = (complaint.resolved_on - complaint.received_on).days
        memory.add_fact(
            "B4", complaint.village_code, complaint.resolved_on, numerator=sign * days, denominator=sign,
            key=str(complaint.id),
        )  # fmt: skip


def confirmed_on(complaint: Complaint) -> date:
    """The day on which the reporter said last that it is over."""
    moves = ComplaintMove.objects.in_village(complaint.village_code).filter(complaint=complaint)
    heard = moves.filter(to_state=ComplaintState.CONFIRMED_BY_REPORTER).exclude(from_state=F("to_state"))
    last = heard.latest("at")
    return today_in(complaint.village_code, last.at)


def count_closure(complaint: Complaint, closed_on: date, sign: int) -> None:
    """B3: closed for good within ninety days, in the month in which it came."""
    if (closed_on - complaint.received_on).days <= CLOSED_WITHIN_DAYS:
        memory.add_fact("B3", complaint.village_code, complaint.received_on, numerator=sign, key=str(complaint.id))


def count_heard(complaint: Complaint, closed_on: date, *, numerator: int = 0, denominator: int = 0) -> None:
    """B6, in the month of the outcome: of those that were closed, how many the reporter confirmed."""
    memory.add_fact(
        "B6", complaint.village_code, closed_on, numerator=numerator, denominator=denominator, key=str(complaint.id)
    )


def carry_counts(complaint: Complaint, before: str, *, suspected: bool) -> None:
    """Brought to another village before it was triaged: it counts there, and no longer where it came in."""
    counts = {"B1": (1, 0), "B2": (0, 1), "B3": (0, 1)} | ({"B7": (0, 1)} if suspected else {})
    for code, (numerator, denominator) in counts.items():
        for place, sign in ((before, -1), (complaint.village_code, 1)):
            memory.add_fact(
                code, place, complaint.received_on, numerator=sign * numerator, denominator=sign * denominator,
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
        sent = (
            Referral.objects.in_village(complaint.village_code)
            .exclude(state=RECALLED)
            .filter(matter_kind=MatterKind.COMPLAINT, matter_id=complaint.id, body_kind=POLICE)
        )
        memory.add_fact(
            "B7", complaint.village_code, complaint.received_on, numerator=change * int(sent.exists()),
            denominator=change, key=str(complaint.id),
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
