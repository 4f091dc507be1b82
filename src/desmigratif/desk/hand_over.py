"""Everything a predecessor left open in a village, collected from all services for the next officer.

Numbers that identify stay out of it, and of what is specific only what the reader may see. Each list is cut; its
count is not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max, Q

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
from desmigratif.cases.queries import open_cases_with_check
from desmigratif.cases.queries.complaints import ASKED, NEW, RUNNING, complaints_in
from desmigratif.cases.queries.offices import bundles_at_offices
from desmigratif.cases.queries.rights import unanswered_objections, unanswered_requests
from desmigratif.documents.models import VillageOffice
from desmigratif.documents.queries import letters_of, office_in
from desmigratif.people.models import Consent, ImportBatch, LifeStatus, Move, MoveState, Phone, Resident
from desmigratif.people.queries.doubles import pairs_alike
from desmigratif.people.queries.household import classes_for
from desmigratif.people.queries.lists import batches
from desmigratif.people.queries.moves import Newcomer, newcomers

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
    last_login: datetime | None
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
    alarms, abroad = _alarms(by, village_code)
    reviews = reviews_of(by, now=now).filter(receipt__village_code=village_code)
    open_complaints = complaints_in(by, (*NEW, *RUNNING, *ASKED)).filter(village_code=village_code)
    numbers = count_together({"complaints": open_complaints, "reviews": reviews, "visits": visits})
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
        doubles=pairs_alike(by, village_code)[1] if may_register else 0,
        imports=list(batches(by).filter(village_code=village_code)[:5]),
        away=_away(by, village_code, abroad),
        abroad=len(abroad),
        abroad_without_phone=_without_phone(by, village_code, abroad),
        alarms=alarms,
        without_consent=_without_consent(cases),
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
    counted = letters.order_by("-year").values("year").annotate(
        issued=Count("id"), revoked=Count("id", filter=Q(revoked_on__isnull=False)), last=Max("sequence")
    )  # fmt: skip
    rows = list(counted)
    last = Q(pk__in=[])
    for row in rows:
        last |= Q(year=row["year"], sequence=row["last"])
    numbers = dict(letters.order_by().filter(last).values_list("year", "number"))
    return [LettersOfYear(row["year"], row["issued"], row["revoked"], numbers[row["year"]]) for row in rows]


def _alarms(by: Actor, village_code: str) -> tuple[list[Alarm], list[UUID]]:
    """Signals that ask for somebody's care, the oldest first, and who works abroad."""
    live = Signal.objects.filter(
        village_code=village_code, until=None, kind__in=(ABROAD, *ALARMS), resident_id__isnull=False,
        privacy__in=[c.value for c in classes_for(by, village_code)],
    ).order_by("since", "id")  # fmt: skip
    signals = list(live)
    wanted = [signal for signal in signals if signal.kind in ALARMS][:MOST]
    residents = Resident.objects.visible_to(by).select_related("household").in_bulk(
        [signal.resident_id for signal in wanted if signal.resident_id]
    )  # fmt: skip
    alarms = [
        Alarm(signal.kind, signal.since, residents[signal.resident_id])
        for signal in wanted
        if signal.resident_id in residents
    ]
    return alarms, [s.resident_id for s in signals if s.kind == ABROAD and s.resident_id]


def _away(by: Actor, village_code: str, abroad: Sequence[UUID]) -> int:
    """Who the register says is gone without anybody knowing to work abroad."""
    gone = Resident.objects.visible_to(by).filter(village_code=village_code, life_status=LifeStatus.AWAY)
    return len(set(gone.values_list("id", flat=True)) - set(abroad))


def _without_phone(by: Actor, village_code: str, abroad: Sequence[UUID]) -> int:
    """Of those who work abroad: how many have no number at which they, themselves, can be reached."""
    if not abroad:
        return 0
    numbers = Phone.objects.visible_to(by).filter(village_code=village_code)
    reached = numbers.values_list("resident_id", flat=True).distinct()
    return len(set(abroad) - set(reached))


def _without_consent(cases: Iterable[Case]) -> int:
    """People with a plan who were asked for no consent yet."""
    people = {case.resident_id for case in cases}
    asked = Consent.objects.filter(resident_id__in=people).values_list("resident_id", flat=True)
    return len(people - set(asked))


def colleagues_in(village_code: str, *, today: date) -> list[Colleague]:
    """Whose role holds in this village today: its own people first, then those of the regency; never the nation's."""
    parts = village_code.split(".")
    codes = [".".join(parts[:length]) for length in range(len(parts), 0, -1)]
    holds = Q(valid_until__isnull=True) | Q(valid_until__gt=today)
    grants = Grant.objects.filter(holds, region_code__in=codes, valid_from__lte=today, user__is_active=True)
    rows = sorted(grants.select_related("user"), key=lambda g: (codes.index(g.region_code), g.role, g.user.name))
    return [
        Colleague(row.user.name, ROLES[row.role].label, row.region_code, row.user.last_login, row.valid_until)
        for row in rows
        if row.role in ROLES
    ]
