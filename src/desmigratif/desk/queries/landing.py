"""The first page of those who look at villages from above: counts and states, never a name of a resident."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min, OuterRef, Q, Subquery, Sum

from desmigratif.access.actor import Actor
from desmigratif.access.models import Grant
from desmigratif.access.permissions import Permission
from desmigratif.access.queries import accounts_managed_by, factor_resets_waiting
from desmigratif.access.scope import region_filter
from desmigratif.audit.models import Event, FactDelta, VillageClock
from desmigratif.cases.models import ENDED, LEFT, Case, CaseState, CaseStep, StepState, Visit
from desmigratif.cases.queries.letters.rights import unanswered_objections
from desmigratif.documents.models import VillageOffice
from desmigratif.documents.queries import letters_of

STUCK_DAYS = 14  # a plan that nobody moved for so long
SILENT_DAYS = 14  # a village without a visitor for so long
VISITS = "A1"
LOOKS: Mapping[str, tuple[str, ...]] = {
    "Berkas dibuka": ("resident.opened", "household.opened", "case.opened_page", "letter.opened", "review.opened"),
    "Nomor lengkap": ("resident.nik_unmasked", "household.kk_unmasked", "resident.phone_unmasked"),
    "Dicetak": ("letter.printed", "resident.trace_opened", "hand_over.opened"),
    "Diekspor": ("residents.exported",),
}


@dataclass(frozen=True, slots=True)
class VillageState:
    """How a village does, for whoever coordinates it; `last_visit_on` None = nobody ever came."""

    code: str
    waiting: int
    plans: int
    stuck: int
    letters: int
    late: int
    last_visit_on: date | None
    silent_days: int | None

    @property
    def is_silent(self) -> bool:
        return self.silent_days is None or self.silent_days >= SILENT_DAYS


def villages_of(by: Actor, permission: Permission, *, today: date) -> list[str]:
    """Villages in this person's regions in which somebody holds a role today."""
    inside = region_filter(by.regions_for(permission), "region_code")
    holds = Q(valid_until__isnull=True) | Q(valid_until__gt=today)
    grants = Grant.objects.filter(inside, holds, region_code__regex=r"^\d+\.\d+\.\d+\.\d+$")
    return sorted(set(grants.values_list("region_code", flat=True)))


def village_states(by: Actor, *, today: date) -> list[VillageState]:
    """Each village of a coordinator, the one that needs a call first. Five queries at any number of villages."""
    codes = villages_of(by, Permission.CASE_SEE, today=today)
    visits = Visit.objects.visible_to(by).order_by().values("village_code").annotate(
        waiting=Count("id", filter=Q(on=today, served_at=None)), last=Max("on")
    )  # fmt: skip
    pending = Q(state__in=[CaseState.INTENT, CaseState.OFFER_CHECKED])
    cases = Case.objects.visible_to(by).order_by().values("village_code").annotate(
        plans=Count("id", filter=pending),
        stuck=Count("id", filter=pending & Q(opened_on__lte=today - timedelta(days=STUCK_DAYS))),
    )  # fmt: skip
    running = CaseStep.objects.visible_to(by).filter(state__in=[StepState.OPEN, StepState.HELD], due_on__lt=today)
    late = dict(
        running.exclude(case__state__in=(*ENDED, *LEFT)).order_by().values_list("village_code").annotate(
            Count("case_id", distinct=True)
        )
    )  # fmt: skip
    letters = letters_of(by).filter(year=today.year).order_by().values("village_code").annotate(issued=Count("id"))
    by_visits = {row["village_code"]: row for row in visits}
    by_cases = {row["village_code"]: row for row in cases}
    by_letters = {row["village_code"]: row["issued"] for row in letters}
    states = []
    for code in codes:
        seen: Mapping[str, Any] = by_visits.get(code, {})
        planned: Mapping[str, Any] = by_cases.get(code, {})
        last = seen.get("last")
        states.append(
            VillageState(
                code, seen.get("waiting", 0), planned.get("plans", 0), planned.get("stuck", 0),
                by_letters.get(code, 0), late.get(code, 0), last, (today - last).days if last else None,
            )
        )  # fmt: skip
    return sorted(states, key=lambda one: (not one.is_silent, -one.stuck, -one.waiting, one.code))


@dataclass(frozen=True, slots=True)
class ObjectionsWaiting:
    """How many objections wait for the regency, and the day by which the first must be answered."""

    count: int
    first_due_on: date | None


def objections_waiting(by: Actor) -> ObjectionsWaiting:
    """One query."""
    found = unanswered_objections(by).order_by().aggregate(count=Count("id"), first=Min("due_on"))
    return ObjectionsWaiting(found["count"], found["first"])


@dataclass(frozen=True, slots=True)
class RegencyFigures:
    """This month in one regency, without anybody's name."""

    code: str
    villages: int
    reporting: int
    visits: int


def regency_figures(by: Actor, *, today: date) -> list[RegencyFigures]:
    """Villages and how many of them noted a visit this month, by regency. Two queries."""
    codes = villages_of(by, Permission.FIGURES_SEE, today=today)
    facts = FactDelta.objects.filter(village_code__in=codes, code=VISITS, on__gte=today.replace(day=1), on__lte=today)
    visits = dict(facts.order_by().values_list("village_code").annotate(Sum("numerator")))
    by_regency: dict[str, list[str]] = defaultdict(list)
    for code in codes:
        by_regency[".".join(code.split(".")[:2])].append(code)
    return [
        RegencyFigures(
            regency, len(inside), sum(code in visits for code in inside), sum(visits.get(code, 0) for code in inside)
        )
        for regency, inside in sorted(by_regency.items())
    ]


@dataclass(frozen=True, slots=True)
class ChainState:
    """The memory of one village or region: how long it is, when it was last written, how often it was looked at."""

    code: str
    events: int
    last_at: datetime | None
    end_fits: bool
    looks: Counter[str]
    people: int


def chain_states(by: Actor, *, now: datetime) -> list[ChainState]:
    """Every chain in an auditor's regions with the looks of the last seven days. Two queries.

    `end_fits` compares only the newest link with the clock; the whole chain is walked by `desmigratif audit verify`.
    """
    last = Event.objects.filter(village_code=OuterRef("village_code"), audit_no=OuterRef("audit_no"))
    clocks = list(
        VillageClock.objects.filter(region_filter(by.regions_for(Permission.AUDIT_READ)), audit_no__gt=0)
        .annotate(last_hash=Subquery(last.values("hash")[:1]), last_at=Subquery(last.values("at")[:1]))
        .order_by("village_code")
    )
    kinds = {event: kind for kind, events in LOOKS.items() for event in events}
    looked = Event.objects.filter(
        village_code__in=[clock.village_code for clock in clocks],
        event__in=list(kinds),
        at__gte=now - timedelta(days=7),
    )
    rows = looked.order_by().values_list("village_code", "event", "actor_id").annotate(Count("id"))
    looks: dict[str, Counter[str]] = defaultdict(Counter)
    people: dict[str, set[str]] = defaultdict(set)
    for code, event, actor_id, times in rows:
        looks[code][kinds[event]] += times
        people[code].add(actor_id)
    return [
        ChainState(
            code=clock.village_code,
            events=clock.audit_no,
            last_at=clock.last_at,
            end_fits=clock.last_hash == clock.audit_head,
            looks=looks[clock.village_code],
            people=len(people[clock.village_code]),
        )
        for clock in clocks
    ]


@dataclass(frozen=True, slots=True)
class Housekeeping:
    """What waits for an administrator."""

    accounts: int
    must_change: int
    resets: int
    without_letterhead: list[str]


def housekeeping(by: Actor, *, today: date, now: datetime) -> Housekeeping:
    """Accounts, lost second factors and villages that cannot write letters yet."""
    accounts = [one for one in accounts_managed_by(by, today=today) if one.is_active]
    codes = villages_of(by, Permission.VILLAGE_SET_UP, today=today)
    ready = set(VillageOffice.objects.filter(village_code__in=codes).values_list("village_code", flat=True))
    return Housekeeping(
        accounts=len(accounts),
        must_change=sum(one.must_change_password for one in accounts),
        resets=len(factor_resets_waiting(by, now=now)),
        without_letterhead=[code for code in codes if code not in ready],
    )
