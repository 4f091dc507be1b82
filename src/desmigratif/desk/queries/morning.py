"""The officer's morning: who waits, what is next, how the month goes. Composed from the pillars' own queries."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from desmigratif.access.actor import Actor
from desmigratif.access.models import Share
from desmigratif.access.permissions import Permission
from desmigratif.access.reviews import reviews_of
from desmigratif.access.scope import count_together
from desmigratif.audit.models import Change
from desmigratif.cases.models import Aftercare, Case, CaseState, FollowUp, OfferCheck, Visit
from desmigratif.cases.queries import open_cases_with_check, visits_of_month, waiting_list
from desmigratif.cases.queries.abroad.stays import silent_workers
from desmigratif.cases.queries.back.returns import visits_due
from desmigratif.cases.queries.day import Day, day_from, rows_of_day
from desmigratif.cases.queries.letters.signatures import waiting_for_head
from desmigratif.cases.queries.offer.alternatives import follow_ups_due
from desmigratif.cases.queries.papers.papers import ExpiringPaper, papers_expiring
from desmigratif.cases.queries.trouble.complaints import ComplaintsWaiting, rows_waiting
from desmigratif.documents.queries import letters_of
from desmigratif.enterprises.queries.life import asleep
from desmigratif.parenting.queries.centres import sleeping
from desmigratif.parenting.queries.worries import unread_worries
from desmigratif.people.models import Move, MoveState, Resident
from desmigratif.people.queries.doubles import pairs_alike
from desmigratif.regions.queries import today_in
from desmigratif.reports.queries.monthly import REPORT_COUNTS, waiting_from
from desmigratif.reports.queries.monthly import Waiting as ReportsWaiting
from desmigratif.reports.queries.monthly import rows_waiting as reports_waiting

SILENT_READ = 30  # more are counted as "many"
MONTH = ("visits", "checked", "stopped", "letters")
COMPLAINTS, REPORTS = "complaints.", "reports."
WAITING = tuple(one.name for one in fields(ComplaintsWaiting))


@dataclass(frozen=True, slots=True)
class Morning:
    """What the desk's first page shows for one village."""

    today: date
    waiting: list[Visit]
    reviews: int
    arrivals: int
    doubles: int
    to_sign: int
    expiring: list[ExpiringPaper]
    cases: list[Case]
    more_cases: int
    month: dict[str, int]
    day: Day
    follow_ups: list[FollowUp]
    visits_after: list[Aftercare]
    silent: list[Case]
    complaints: ComplaintsWaiting
    sleeping: int
    asleep: int
    worries: int
    reports: ReportsWaiting


def morning_of(by: Actor, village_code: str, now: datetime) -> Morning:
    """Everything for the first page of one village, in ten queries (two more when its register has changed, one more
    when a paper runs out or many plans wait): what is only counted is counted in one of them."""
    today = today_in(village_code, now)
    under_way = [CaseState.INTENT, CaseState.OFFER_CHECKED]
    pending = open_cases_with_check(by).filter(village_code=village_code, state__in=under_way)
    cases = list(pending[:8])
    registers = by.may(Permission.RESIDENT_REGISTER, village_code)
    serves = by.may(Permission.CASE_OPEN, village_code)
    numbers = count_together(_to_count(by, village_code, now))
    return Morning(
        today=today,
        waiting=waiting_list(by, village_code, today),
        reviews=numbers["reviews"],
        arrivals=numbers["arrivals"] if registers else 0,
        doubles=doubles_in(by, village_code) if registers else 0,
        to_sign=numbers["to_sign"],
        expiring=papers_expiring(by, village_code, today),
        cases=cases[:7],
        more_cases=max(0, pending.count() - 7) if len(cases) > 7 else 0,
        month={name: numbers[name] for name in MONTH} | {"people": numbers["known"] + numbers["nameless"]},
        day=day_from(numbers),
        follow_ups=follow_ups_due(by, village_code, today) if serves else [],
        visits_after=visits_due(by, village_code, today) if serves else [],
        silent=list(silent_workers(by, now).filter(village_code=village_code)[:SILENT_READ]),
        sleeping=numbers["sleeping"],
        asleep=numbers["asleep"],
        worries=numbers["worries"],
        complaints=ComplaintsWaiting(**{name: numbers[COMPLAINTS + name] for name in WAITING}),
        reports=waiting_from({name: numbers[REPORTS + name] for name in REPORT_COUNTS}),
    )


def _to_count(by: Actor, village_code: str, now: datetime) -> dict[str, QuerySet[Any]]:
    """What the page only counts."""
    today = today_in(village_code, now)
    return {
        "reviews": reviews_of(by, now=now).filter(receipt__village_code=village_code),
        "arrivals": arrivals_waiting(village_code, today),
        "to_sign": waiting_for_head(by),
        "worries": unread_worries(by),
        "sleeping": sleeping(by, "village", today).filter(village_code=village_code),
        "asleep": asleep(by, today).filter(village_code=village_code),
        **_month(by, village_code, today),
        **rows_of_day(by, village_code, today),
        **{COMPLAINTS + name: rows for name, rows in rows_waiting(by, now).items()},
        **{REPORTS + name: rows for name, rows in reports_waiting(by, today).items()},
    }


def _month(by: Actor, village_code: str, today: date) -> dict[str, QuerySet[Any]]:
    """Visits and distinct people, offers checked and stopped, letters: this month so far."""
    visits = visits_of_month(by, village_code, today)
    first = today.replace(day=1)
    checks = OfferCheck.objects.visible_to(by).filter(village_code=village_code, on__gte=first, on__lte=today)
    return {
        "visits": visits,
        "known": Resident.objects.everywhere().filter(id__in=visits.values("resident_id")),
        "nameless": visits.filter(resident=None),
        "checked": checks,
        "stopped": checks.filter(level="stop"),
        "letters": letters_of(by).filter(village_code=village_code, issued_on__gte=first, issued_on__lte=today),
    }


def arrivals_waiting(village_code: str, today: date) -> QuerySet[Move]:
    """Who was handed over by other villages to this one, as long as their share lives."""
    live = Share.objects.filter(valid_from__lte=today, valid_until__gt=today)
    moves = Move.objects.filter(to_village_code=village_code, state=MoveState.WAITING)
    return moves.filter(share_id__in=live.values("id"))


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
