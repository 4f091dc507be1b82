"""What a candidate was told before going, at visits and in the plan together, by whom, and whether they got it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.queries import names_of
from desmigratif.cases.models import Case, TopicTold, Visit
from desmigratif.cases.queries.before.steps import topics_told

VISITS_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Telling:
    """When a topic was told, and who told it; the name is empty where nobody wrote it down."""

    on: date
    giver: str


@dataclass(frozen=True, slots=True)
class Explained:
    """One topic: told at a visit, told in the plan, received by the candidate."""

    topic: str
    label: str
    at_visit: Telling | None
    in_plan: Telling | None
    received: bool

    @property
    def is_told(self) -> bool:
        return self.at_visit is not None or self.in_plan is not None


def explained(by: Actor, case: Case, topics: Mapping[str, str]) -> list[Explained]:
    """The topics of the regulation in their order, with the latest telling of each kind."""
    told, visits = topics_told(case), _at_visits(by, case)
    names = _names([row.giver_id for row in told.values()] + [visit.giver_id for visit in visits.values()])
    return [
        Explained(topic, label, _telling(visits.get(topic), names), _telling(row, names), bool(row and row.received))
        for topic, label in topics.items()
        for row in [told.get(topic)]
    ]


def received_count(case: Case) -> int:
    return TopicTold.objects.in_village(case.village_code).filter(case=case, received=True).count()


def _at_visits(by: Actor, case: Case) -> dict[str, Visit]:
    """Topic -> the latest visit of this resident at which it was told, before or after the plan began."""
    visits = Visit.objects.visible_to(by).filter(resident_id=case.resident_id).order_by("-on", "-id")
    found: dict[str, Visit] = {}
    for visit in visits.only("on", "topics", "giver_id", "village_code")[:VISITS_LOOKED_AT]:
        for topic in visit.topics:
            found.setdefault(topic, visit)
    return found


def _telling(row: TopicTold | Visit | None, names: Mapping[str, str]) -> Telling | None:
    return Telling(row.on, names.get(row.giver_id, "")) if row is not None else None


def _names(givers: Iterable[str]) -> dict[str, str]:
    ids = set()
    for giver in givers:
        with suppress(ValueError):
            ids.add(UUID(giver))
    return {str(id): name for id, name in names_of(ids).items()} if ids else {}
