"""People of one village by a part of their name, for services that see no files: name, age and hamlet, nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.people.models import LifeStatus, Resident
from desmigratif.people.queries.village_names import names_of
from desmigratif.people.rules.names import fold_name, is_no_name, softened
from desmigratif.shared.dates import age_on

MOST = 20
SHORTEST = 2
_HERE = (LifeStatus.ALIVE, LifeStatus.AWAY)


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who answers to a name, told apart from others by age and hamlet. None = unknown."""

    id: UUID
    name: str
    age: int | None
    hamlet: str
    rt: str


def named_in(by: Actor, permission: Permission, village_code: str, text: str, *, today: date) -> list[Named]:
    """At most twenty people who live there, best first. Raises `NotFoundOrNotYours`. Two queries."""
    require(by, permission, village_code)
    text = " ".join(text.split())[:100]
    if len(fold_name(text)) < SHORTEST or is_no_name(text):
        return []
    ids = [UUID(one) for one in names_of(village_code).people.rank(text, MOST)]
    rows = Resident.objects.in_village(village_code).filter(id__in=ids, life_status__in=_HERE)
    found = {row.id: row for row in rows.select_related("household")}
    return [_named(found[one], today) for one in ids if one in found]


def _named(row: Resident, today: date) -> Named:
    age = age_on(row.birth_date, today) if row.birth_date else None
    return Named(row.id, softened(row.name), age, row.household.hamlet, row.household.rt)
