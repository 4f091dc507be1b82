"""Reading about coming back: the return of a case, its file, what is due, what a new plan remembers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from desmigratif.access.actor import Actor
from desmigratif.access.scope import get_or_refuse
from desmigratif.cases.models import (
    Aftercare,
    Case,
    CaseState,
    Experience,
    NeedsAssessment,
    Origin,
    ReintegrationStep,
    Return,
    ReturnSource,
)
from desmigratif.cases.sealing import needs_place, opened_text
from desmigratif.people.models import Resident

_NOT_VISITED = (CaseState.DIED, CaseState.RE_MIGRATING)


def standing_return(case: Case) -> Return | None:
    """The return of a case that nobody has withdrawn."""
    rows = Return.objects.in_village(case.village_code).select_related("case__resident__household")
    return rows.filter(case=case, withdrawn_on=None).first()


def returns_seen(by: Actor) -> QuerySet[Return]:
    """Returns that this person may see, the newest first."""
    rows = Return.objects.visible_to(by).filter(withdrawn_on=None).select_related("case__resident__household")
    return rows.order_by("-returned_on", "-id")


@dataclass(frozen=True, slots=True)
class Needs:
    """What was said at the last talk."""

    on: date
    needs: list[str]
    wish: str
    note: str


@dataclass(frozen=True, slots=True)
class ReturnFile:
    """One return with all that followed."""

    back: Return
    sources: list[ReturnSource]
    origin: Origin | None
    assessment: NeedsAssessment | None
    steps: list[ReintegrationStep]
    visits: list[Aftercare]
    experience: Experience | None
    later: Case | None


def return_file(by: Actor, return_id: UUID) -> ReturnFile:
    """Eight queries. Raises `NotFoundOrNotYours`."""
    rows = Return.objects.visible_to(by).select_related("case__resident__household")
    back = get_or_refuse(rows, id=return_id)
    code, case = back.village_code, back.case
    return ReturnFile(
        back=back,
        sources=list(ReturnSource.objects.in_village(code).filter(told=back).order_by("on", "id")),
        origin=last_origin(code, case.resident_id),
        assessment=NeedsAssessment.objects.in_village(code).filter(back=back).order_by("-on", "-id").first(),
        steps=list(ReintegrationStep.objects.in_village(code).filter(back=back).order_by("done_on", "due_on", "id")),
        visits=list(Aftercare.objects.in_village(code).filter(back=back).order_by("month")),
        experience=Experience.objects.in_village(code).filter(case=case).select_related("broker").first(),
        later=Case.objects.in_village(code).filter(previous=case).order_by("-opened_on", "-id").first(),
    )


def last_origin(village_code: str, resident_id: UUID) -> Origin | None:
    """The confirmation that counts: the newest sure one, else the newest."""
    rows = Origin.objects.in_village(village_code).filter(resident_id=resident_id)
    return rows.order_by("-is_sure", "-on", "-id").first()


def needs_of(row: NeedsAssessment | None, key: bytes | None) -> Needs | None:
    """What an assessment says; None without one, or without the person's key."""
    if row is None:
        return None
    text = opened_text(key, row.said_sealed, place=needs_place(row.id))
    if not text:
        return None
    said: dict[str, Any] = json.loads(text)
    return Needs(row.on, said["needs"], said["wish"], said["note"])


def visits_due(by: Actor, village_code: str, today: date) -> list[Aftercare]:
    """Whom to visit again, the one that waits longest first."""
    rows = Aftercare.objects.visible_to(by).filter(village_code=village_code, done_on=None, due_on__lte=today)
    rows = rows.filter(back__withdrawn_on=None).exclude(back__case__state__in=_NOT_VISITED)
    return list(rows.select_related("back__case__resident__household").order_by("due_on", "id"))


def plan_steps_due(by: Actor, village_code: str, today: date) -> QuerySet[ReintegrationStep]:
    """Steps of plans whose day has come."""
    rows = ReintegrationStep.objects.visible_to(by).filter(village_code=village_code, done_on=None, due_on__lte=today)
    rows = rows.filter(back__withdrawn_on=None).exclude(back__case__state__in=_NOT_VISITED)
    return rows.select_related("back__case__resident__household").order_by("due_on", "id")


@dataclass(frozen=True, slots=True)
class Remembered:
    """What earlier migrations of somebody tell a new plan."""

    cases: list[Case] = field(default_factory=list)
    deported: bool = False
    irregular_trips: int = 0
    experience: Experience | None = None


def remembered_of(case: Case) -> Remembered:
    """The migrations before this one, the newest first. Three queries, one when there is none."""
    earlier = Case.objects.in_village(case.village_code).filter(resident=case.resident_id).exclude(id=case.id)
    left = Q(departed_on__isnull=False) | Q(found_abroad=True)
    cases = list(earlier.filter(left, opened_on__lte=case.opened_on).order_by("-opened_on", "-id"))
    if not cases:
        return Remembered()
    came = Return.objects.in_village(case.village_code).filter(case__in=cases, withdrawn_on=None, kind="deported")
    told = Experience.objects.in_village(case.village_code).filter(case__in=cases).select_related("broker")
    return Remembered(
        cases,
        deported=came.exists(),
        irregular_trips=sum(one.procedural_status == "NON_PROCEDURAL" for one in cases),
        experience=told.order_by("-on").first(),
    )


def last_journey(resident: Resident) -> Case | None:
    """The migration that somebody came back from last."""
    rows = Case.objects.in_village(resident.village_code).filter(resident=resident, returns__withdrawn_on=None)
    return rows.filter(returns__isnull=False).order_by("-opened_on", "-id").first()


def returned_before(case: Case) -> date | None:
    """When somebody came back from the migration before this one; None when there was none."""
    if case.previous_id is None:
        return None
    rows = Return.objects.in_village(case.village_code).filter(case_id=case.previous_id, withdrawn_on=None)
    return rows.values_list("returned_on", flat=True).first()
