"""Who somebody may be, found among everybody: only what brings them home. The caller leaves the trace first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission
from desmigratif.audit.models import Event
from desmigratif.cases.models import Case, Origin, Paper
from desmigratif.people.models import Resident
from desmigratif.people.queries.everywhere import Sought, people_named, person_with_passport
from desmigratif.people.sealing import passport_index

SEARCHED = "emergency.searched"
MOST = 10
PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class Found:
    """One answer: enough to recognise somebody and to ring up their village. `is_theirs`: in the searcher's regions."""

    id: UUID
    household_id: UUID
    village_code: str
    name: str
    sex: str
    born: date | None
    birth_place: str
    life_status: str
    state: str
    country: str
    origin_is_sure: bool | None
    photo_id: UUID | None
    is_theirs: bool


def ids_of(sought: Sought, passport: str) -> list[UUID]:
    """Whose file may be meant, best first: by passport when there is one, else by name."""
    if passport:
        on_papers = Paper.objects.everywhere().filter(number_index=passport_index(passport) or "-")
        found = [*person_with_passport(passport), *on_papers.order_by("id").values_list("resident_id", flat=True)]
        if found:
            return list(dict.fromkeys(found))[:MOST]
    return people_named(sought, limit=MOST) if sought.name else []


def found_of(by: Actor, ids: Sequence[UUID]) -> list[Found]:
    """What may be shown of them, in that order. Four queries."""
    everywhere = Resident.objects.everywhere().filter(id__in=ids)
    rows = {row.id: row for row in everywhere.defer("nik_sealed", "details_sealed")}
    cases: dict[UUID, Case] = {}
    for case in Case.objects.everywhere().filter(resident_id__in=ids).order_by("opened_on", "id"):
        cases[case.resident_id] = case
    sure: dict[UUID, bool] = {}
    for resident_id, is_sure in (
        Origin.objects.everywhere().filter(resident_id__in=ids).values_list("resident_id", "is_sure")
    ):
        sure[resident_id] = sure.get(resident_id, False) or is_sure
    photos = dict(
        Paper.objects.everywhere()
        .filter(resident_id__in=ids, kind=PHOTO, copy__isnull=False)
        .values_list("resident_id", "id")
    )
    return [
        Found(
            id=row.id,
            household_id=row.household_id,
            village_code=row.village_code,
            name=row.shown_name,
            sex=row.sex,
            born=row.birth_date,
            birth_place=row.birth_place,
            life_status=row.life_status,
            state=cases[row.id].state if row.id in cases else "",
            country=cases[row.id].country if row.id in cases else "",
            origin_is_sure=sure.get(row.id),
            photo_id=photos.get(row.id),
            is_theirs=by.may(Permission.RESIDENT_SEE, row.village_code),
        )
        for row in (rows[id] for id in ids if id in rows)
    ]


def searches_of(by: Actor, now: datetime) -> int:
    """How often this person searched in the last hour."""
    since = now - timedelta(hours=1)
    return Event.objects.filter(village_code=by.home_code, event=SEARCHED, at__gt=since, actor_id=str(by.id)).count()
