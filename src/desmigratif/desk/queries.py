"""The officer's morning: who waits, what is next, how the month goes. Composed from the pillars' own queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q

from desmigratif.access.actor import Actor
from desmigratif.access.models import Share
from desmigratif.access.permissions import Permission
from desmigratif.access.reviews import reviews_of
from desmigratif.audit.models import Change
from desmigratif.cases.models import Aftercare, Case, CaseState, FollowUp, OfferCheck, Visit
from desmigratif.cases.queries import open_cases_with_check, visits_of_month, waiting_list
from desmigratif.cases.queries.abroad import silent_workers
from desmigratif.cases.queries.alternatives import follow_ups_due
from desmigratif.cases.queries.complaints import ComplaintsWaiting, complaints_waiting
from desmigratif.cases.queries.day import Day, day_of
from desmigratif.cases.queries.papers import ExpiringPaper, papers_expiring
from desmigratif.cases.queries.returns import visits_due
from desmigratif.documents.queries import letters_of
from desmigratif.people.models import Move, MoveState
from desmigratif.people.queries.doubles import pairs_alike
from desmigratif.regions.queries import today_in

SILENT_READ = 30  # more are counted as "many"


@dataclass(frozen=True, slots=True)
class Morning:
    """What the desk's first page shows for one village."""

    today: date
    waiting: list[Visit]
    reviews: int
    arrivals: int
    doubles: int
    expiring: list[ExpiringPaper]
    cases: list[Case]
    more_cases: int
    month: dict[str, int]
    day: Day
    follow_ups: list[FollowUp]
    visits_after: list[Aftercare]
    silent: list[Case]
    complaints: ComplaintsWaiting


def morning_of(by: Actor, village_code: str, now: datetime) -> Morning:
    """Everything for the first page of one village, in twenty queries (two more when its register has changed, one
    more when a paper runs out)."""
    today = today_in(village_code, now)
    under_way = [CaseState.INTENT, CaseState.OFFER_CHECKED]
    pending = open_cases_with_check(by).filter(village_code=village_code, state__in=under_way)
    cases = list(pending[:8])
    registers = by.may(Permission.RESIDENT_REGISTER, village_code)
    serves = by.may(Permission.CASE_OPEN, village_code)
    return Morning(
        today=today,
        waiting=waiting_list(by, village_code, today),
        reviews=reviews_of(by, now=now).filter(receipt__village_code=village_code).count(),
        arrivals=arrivals_waiting(village_code, today) if registers else 0,
        doubles=doubles_in(by, village_code) if registers else 0,
        expiring=papers_expiring(by, village_code, today),
        cases=cases[:7],
        more_cases=max(0, pending.count() - 7) if len(cases) > 7 else 0,
        month=_month(by, village_code, today),
        day=day_of(by, village_code, today),
        follow_ups=follow_ups_due(by, village_code, today) if serves else [],
        visits_after=visits_due(by, village_code, today) if serves else [],
        silent=list(silent_workers(by, now).filter(village_code=village_code)[:SILENT_READ]),
        complaints=complaints_waiting(by, now),
    )


def _month(by: Actor, village_code: str, today: date) -> dict[str, int]:
    """Visits and distinct people, offers checked and stopped, letters: this month so far."""
    visits = visits_of_month(by, village_code, today).aggregate(
        visits=Count("id"), known=Count("resident_id", distinct=True), nameless=Count("id", filter=Q(resident=None))
    )
    first = today.replace(day=1)
    checks = OfferCheck.objects.visible_to(by).filter(village_code=village_code, on__gte=first, on__lte=today)
    checked = checks.aggregate(checked=Count("id"), stopped=Count("id", filter=Q(level="stop")))
    letters = letters_of(by).filter(village_code=village_code, issued_on__gte=first, issued_on__lte=today)
    return {
        "visits": visits["visits"],
        "people": visits["known"] + visits["nameless"],
        "checked": checked["checked"],
        "stopped": checked["stopped"],
        "letters": letters.count(),
    }


def arrivals_waiting(village_code: str, today: date) -> int:
    """How many people other villages handed over to this one, as long as their share lives."""
    live = Share.objects.filter(valid_from__lte=today, valid_until__gt=today)
    moves = Move.objects.filter(to_village_code=village_code, state=MoveState.WAITING)
    return moves.filter(share_id__in=live.values("id")).count()


_doubles: dict[str, tuple[UUID, int]] = {}


def doubles_in(by: Actor, village_code: str) -> int:
    """How many pairs may be one person twice; counted again only when something in the village has changed."""
    changes = Change.objects.filter(village_code=village_code).order_by("-change_no")
    last = changes.values_list("id", flat=True).first()
    known = _doubles.get(village_code)
    if known is not None and known[0] == last:
        return known[1]
    pairs = pairs_alike(by, village_code)[1]
    if last is not None:
        _doubles[village_code] = (last, pairs)
    return pairs
