"""What waited too long in a village: what must be brought to the regency, and what was and still waits there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThan

from desmigratif.access.actor import Actor
from desmigratif.cases.models import Complaint, ComplaintState, Referral
from desmigratif.cases.models.complaints import REGENCY_LENGTH
from desmigratif.cases.rules.trouble.referrals import WITH_BODY
from desmigratif.shared.dates import local_day

OF_A_VILLAGE = Q(GreaterThan(Length("village_code"), REGENCY_LENGTH))  # what the regency keeps is before it already
UTC_OFFSET = 7


@dataclass(frozen=True, slots=True)
class Raised:
    """One matter of a village that the regency must press: of what kind, at whom, since when it is late."""

    village_code: str
    kind: str  # emergency | complaint | referral
    body: str
    late_since: date


def complaints_to_raise(now: datetime) -> QuerySet[Complaint]:
    """Whose clock ran out in a village and was not brought up yet; the rules say from when it is."""
    return Complaint.objects.everywhere().filter(_late_complaints(now), OF_A_VILLAGE).exclude(raised_for=F("state"))


def _late_complaints(now: datetime) -> Q:
    return Q(state=ComplaintState.RECEIVED, triage_due_at__lt=now) | Q(
        state=ComplaintState.TRIAGED, verify_due_at__lt=now
    )


def referrals_to_raise(today: date) -> QuerySet[Referral]:
    """At a body for so long that the regency asks too, and not brought up yet."""
    late = Referral.objects.everywhere().filter(state__in=WITH_BODY, escalate_on__lt=today, escalated_on=None)
    return late.filter(OF_A_VILLAGE)


def due_at(complaint: Complaint) -> datetime | None:
    """When the clock that runs now ran out."""
    return complaint.triage_due_at if complaint.state == ComplaintState.RECEIVED else complaint.verify_due_at


def raised_to(by: Actor, *, most: int) -> list[Raised]:
    """What was brought up and still waits, emergencies and the oldest first. Two queries, nobody's name."""
    complaints = Complaint.objects.visible_to(by).filter(raised_for=F("state")).filter(OF_A_VILLAGE)
    found = [
        Raised(one.village_code, "emergency" if one.emergency else "complaint", "", local_day(at, UTC_OFFSET))
        for one in complaints.order_by("-emergency", "triage_due_at", "id")[:most]
        if (at := due_at(one)) is not None
    ]
    referrals = Referral.objects.visible_to(by).filter(state__in=WITH_BODY, escalated_on__isnull=False)
    found += [
        Raised(code, "referral", body, due)
        for code, body, due in referrals.filter(OF_A_VILLAGE)
        .order_by("due_on", "id")
        .values_list("village_code", "body_name", "due_on")[:most]
    ]
    return found[:most]
