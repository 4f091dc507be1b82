"""Everything a predecessor left open in a village, collected from all services for the next officer.

Numbers that identify stay out of it, and of what is specific only what the reader may see. Each list is cut; its
count is not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from desmigratif.access.actor import Actor
from desmigratif.access.models import Grant
from desmigratif.access.permissions import Permission
from desmigratif.access.reviews import reviews_of
from desmigratif.access.roles import ROLES
from desmigratif.access.scope import count_together
from desmigratif.audit.models import Receipt, Signal
from desmigratif.cases.models import ABROAD as ABROAD_STATES
from desmigratif.cases.models import (
    Bundle,
    Case,
    CaseState,
    CaseStep,
    LetterRequest,
    Objection,
    StepState,
    Visit,
)
from desmigratif.cases.queries import open_cases, open_cases_with_check
from desmigratif.cases.queries.letters.rights import unanswered_objections, unanswered_requests
from desmigratif.cases.queries.papers.offices import bundles_at_offices
from desmigratif.cases.queries.trouble.complaints import ASKED, NEW, RUNNING, complaints_in
from desmigratif.desk.queries.morning import doubles_in
from desmigratif.documents.models import VillageOffice
from desmigratif.documents.queries import letters_of, office_in
from desmigratif.people.models import Consent, ImportBatch, LifeStatus, Move, MoveState, Phone, Resident
from desmigratif.people.queries.household import classes_for
from desmigratif.people.queries.lists import batches
from desmigratif.people.queries.moves import Newcomer, newcomers
from desmigratif.regions.queries import today_in

MOST = 40  # of one list
ABROAD = "worker_abroad"
ALARMS = ("contact_overdue", "unpaid_wage_case", "centre_absence")
UNDER_WAY = (CaseState.INTENT, CaseState.OFFER_CHECKED)


@dataclass(frozen=True, slots=True)
class LettersOfYear:
    year: int
    issued: int
    revoked: int
    last: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """A signal that stands, and whom it is about."""

    kind: str
    since: date
    resident: Resident


@dataclass(frozen=True, slots=True)
class Colleague:
    """An account that may act in this village today, from the village itself or from above it."""

    name: str
    role: str
    region_code: str
    seen_on: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class HandOver:
    """What the pages and the paper show; counts are whole, lists are cut at `MOST`."""

    today: date
    visits: Sequence[Visit]
    visit_count: int
    plans: dict[str, list[Case]]
    plan_counts: Counter[str]
    stopped: list[Case]
    steps: dict[UUID, CaseStep]
    requests: list[LetterRequest]
    objections: list[Objection]
    complaints: int
    bundles: list[Bundle]
    letters: list[LettersOfYear]
    reviews: list[Receipt]
    review_count: int
    arrivals: list[Newcomer]
    departures: list[Move]
    doubles: int
    imports: list[ImportBatch]
    away: int
    abroad: int
    abroad_without_phone: int
    alarms: list[Alarm]
    without_consent: int
    office: VillageOffice | None
    colleagues: list[Colleague]
    named: list[UUID] = field(repr=False)

    @property
    def open_count(self) -> int:
        """How many things wait for somebody."""
        plans = sum(count for state, count in self.plan_counts.items() if state not in ABROAD_STATES)
        waiting = self.visit_count + plans + self.review_count + len(self.requests)
        return waiting + self.complaints + len(self.arrivals) + len(self.alarms) + self.doubles


def hand_over(by: Actor, village_code: str, *, today: date, now: datetime) -> HandOver:
    """Collect it; the caller has asked for the right to see it."""
    visits = Visit.objects.visible_to(by).filter(village_code=village_code, served_at=None)
    waiting = list(visits.select_related("resident").order_by("on", "came_at")[:MOST])
    cases = list(open_cases_with_check(by).filter(village_code=village_code))
    stopped = [case for case in cases if _level(case) == "stop" and case.state in UNDER_WAY]
    plans = {state.value: [c for c in cases if c.state == state and c not in stopped][:MOST] for state in CaseState}
    alarms = _alarms(by, village_code)
    reviews = reviews_of(by, now=now).filter(receipt__village_code=village_code)
    open_complaints = complaints_in(by, (*NEW, *RUNNING, *ASKED)).filter(village_code=village_code)
    abroad = _signals(by, village_code).filter(kind=ABROAD)
    numbers = count_together(
        {
            "complaints": open_complaints, "reviews": reviews, "visits": visits,
            **_people(by, village_code, abroad.values("resident_id"), open_cases(by).filter(village_code=village_code)),
        }
    )  # fmt: skip
    may_register = by.may(Permission.RESIDENT_REGISTER, village_code)
    arrivals = newcomers(by, today=today) if may_register else []
    departures = list(
        Move.objects.filter(village_code=village_code, state=MoveState.WAITING).order_by("moved_on")[:MOST]
    )
    named = [visit.resident_id for visit in waiting] + [case.resident_id for case in stopped[:MOST]]
    named += [case.resident_id for some in plans.values() for case in some]
    named += [alarm.resident.id for alarm in alarms] + [one.resident_id for one in arrivals]
    requests = list(unanswered_requests(by).filter(village_code=village_code)[:MOST])
    objections = list(unanswered_objections(by).filter(village_code=village_code)[:MOST])
    bundles = list(bundles_at_offices(by).filter(village_code=village_code)[:MOST])
    named += [case.resident_id for case in (*(r.case for r in requests), *(o.request.case for o in objections))]
    named += [bundle.case.resident_id for bundle in bundles]
    return HandOver(
        today=today,
        visits=waiting,
        visit_count=numbers["visits"],
        plans={state: some for state, some in plans.items() if some},
        plan_counts=Counter(case.state for case in cases),
        stopped=stopped[:MOST],
        steps=_running_steps(by, village_code),
        requests=requests,
        objections=objections,
        complaints=numbers["complaints"],
        bundles=bundles,
        letters=_letters(by, village_code, today.year),
        reviews=[row.receipt for row in reviews[:MOST]],
        review_count=numbers["reviews"],
        arrivals=arrivals[:MOST],
        departures=departures,
        doubles=doubles_in(by, village_code) if may_register else 0,
        imports=list(batches(by).filter(village_code=village_code)[:5]),
        away=numbers["away"],
        abroad=numbers["abroad"],
        abroad_without_phone=numbers["unreached"],
        alarms=alarms,
        without_consent=numbers["unasked"],
        office=office_in(village_code),
        colleagues=colleagues_in(village_code, today=today),
        named=list(dict.fromkeys(one for one in named if one)),
    )


def _running_steps(by: Actor, village_code: str) -> dict[UUID, CaseStep]:
    """Case -> the step that stands still, else the running one that is due first."""
    running = CaseStep.objects.visible_to(by).filter(
        village_code=village_code, state__in=[StepState.OPEN, StepState.HELD]
    )
    found: dict[UUID, CaseStep] = {}
    for step in sorted(running, key=lambda s: (s.state != StepState.HELD, s.due_on or date.max, s.since, s.id)):
        found.setdefault(step.case_id, step)
    return found


def _level(case: Case) -> str:
    return getattr(case, "last_level", None) or ""


def _letters(by: Actor, village_code: str, year: int) -> list[LettersOfYear]:
    """This year and the year before, as the register stands."""
    letters = letters_of(by).filter(village_code=village_code, year__gte=year - 1)
    newest = letters.filter(year=OuterRef("year")).order_by("-sequence").values("number")[:1]
    counted = letters.order_by("-year").values("year").annotate(
        issued=Count("id"), revoked=Count("id", filter=Q(revoked_on__isnull=False)), last=Subquery(newest)
    )  # fmt: skip
    return [LettersOfYear(row["year"], row["issued"], row["revoked"], row["last"]) for row in counted]


def _signals(by: Actor, village_code: str) -> QuerySet[Signal]:
    """What stands of people in the village, as far as this person may know it."""
    return Signal.objects.filter(
        village_code=village_code, until=None, resident_id__isnull=False,
        privacy__in=[c.value for c in classes_for(by, village_code)],
    )  # fmt: skip


def _alarms(by: Actor, village_code: str) -> list[Alarm]:
    """Signals that ask for somebody's care, the oldest first."""
    wanted = list(_signals(by, village_code).filter(kind__in=ALARMS).order_by("since", "id")[:MOST])
    residents = Resident.objects.visible_to(by).select_related("household").in_bulk(
        [signal.resident_id for signal in wanted if signal.resident_id]
    )  # fmt: skip
    return [
        Alarm(signal.kind, signal.since, residents[signal.resident_id])
        for signal in wanted
        if signal.resident_id in residents
    ]


def _people(
    by: Actor, village_code: str, abroad: QuerySet[Any, Any], cases: QuerySet[Case]
) -> dict[str, QuerySet[Resident]]:
    """Who works abroad; who of them has no number of their own; who is gone and nobody knows where; who has a plan and
    was asked for no consent yet."""
    here = Resident.objects.visible_to(by).filter(village_code=village_code)
    workers = here.filter(id__in=abroad)
    numbers = Phone.objects.visible_to(by).filter(village_code=village_code)
    asked = Consent.objects.filter(village_code=village_code)
    planning = here.filter(id__in=cases.values("resident_id"))
    return {
        "abroad": workers,
        "unreached": workers.exclude(id__in=numbers.values("resident_id")),
        "away": here.filter(life_status=LifeStatus.AWAY).exclude(id__in=abroad),
        "unasked": planning.exclude(id__in=asked.values("resident_id")),
    }


def colleagues_in(village_code: str, *, today: date) -> list[Colleague]:
    """Whose role holds in this village today: its own people first, then those of the regency; never the nation's."""
    parts = village_code.split(".")
    codes = [".".join(parts[:length]) for length in range(len(parts), 0, -1)]
    holds = Q(valid_until__isnull=True) | Q(valid_until__gt=today)
    grants = Grant.objects.filter(holds, region_code__in=codes, valid_from__lte=today, user__is_active=True)
    rows = sorted(grants.select_related("user"), key=lambda g: (codes.index(g.region_code), g.role, g.user.name))
    return [
        Colleague(row.user.name, ROLES[row.role].label, row.region_code, seen and today_in(village_code, seen), until)
        for row in rows
        for seen, until in [(row.user.last_login, row.valid_until)]
        if row.role in ROLES
    ]
