"""Families that wait for a pillar, and what became of those that were handed over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from desmigratif.access.actor import Actor
from desmigratif.access.keys.subject_keys import load_keys
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, region_filter
from desmigratif.people.models import HandOver
from desmigratif.people.rules.hand_overs import (
    CLOSED,
    COOPERATIVE,
    ENTERPRISE,
    FOLLOWED,
    PARENTING,
    SERVICE_CENTRE,
    kinds_on,
)
from desmigratif.people.rules.names import given_name, softened
from desmigratif.people.sealing import caregiver_place, open_text

MOST = 100
# Who may take a family on for a pillar. Pillars without people of their own yet are served by the village's officers.
TAKES = {
    SERVICE_CENTRE: Permission.CASE_OPEN,
    ENTERPRISE: Permission.ENTERPRISE_MENTOR,
    PARENTING: Permission.CHILD_RECORD,
    COOPERATIVE: Permission.MEMBER_MANAGE,
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A hand-over as the receiving pillar sees it: no more of the family than a name, a hamlet, why and what for."""

    id: UUID
    village_code: str
    household_id: UUID
    resident_id: UUID | None
    kind: str
    title: str
    why: str
    name: str
    hamlet: str
    to_pillar: str
    on: date
    caregiver: str = ""
    amount_rupiah: int | None = None
    purpose: str = ""


def waiting_for(by: Actor, *pillars: str) -> list[Waiting]:
    """What waits for these pillars in this person's villages, the oldest first; at most a hundred. One query for
    each pillar, and one more when somebody wrote down who looks after the children."""
    found: list[HandOver] = []
    for pillar in pillars:
        mine = region_filter(by.regions_for(TAKES[pillar]))
        rows = HandOver.objects.everywhere().filter(mine, to_pillar=pillar, answered_on=None)
        found += rows.select_related("household", "resident").order_by("on", "id")[:MOST]
    rows_shown = sorted(found, key=lambda row: (row.on, row.id))[:MOST]
    keys = load_keys({row.resident_id for row in rows_shown if row.caregiver_sealed is not None and row.resident_id})
    return [_waiting(row, keys) for row in rows_shown]


def in_hand_of(by: Actor) -> list[HandOver]:
    """What this person's pillars took and must still tell the end of, the oldest first. One query."""
    mine = Q(pk__in=[])
    for pillar in FOLLOWED:
        mine |= Q(to_pillar=pillar) & region_filter(by.regions_for(TAKES[pillar]))
    rows = HandOver.objects.everywhere().filter(mine, taken=True).exclude(went_on=CLOSED)
    return list(rows.select_related("household", "resident").order_by("answered_on", "id")[:MOST])


def waiting_or_refuse(by: Actor, hand_over_id: UUID) -> HandOver:
    """One hand-over to a pillar of this person's. Raises `NotFoundOrNotYours`."""
    mine = Q(pk__in=[])
    for pillar, permission in TAKES.items():
        mine |= Q(to_pillar=pillar) & region_filter(by.regions_for(permission))
    return get_or_refuse(HandOver.objects.everywhere().filter(mine), "hand_over_id", id=hand_over_id)


def _waiting(row: HandOver, keys: Mapping[UUID, bytes]) -> Waiting:
    kind = kinds_on(row.on)[row.kind]
    short = given_name(row.resident.name) if row.resident else "keluarga ini"
    return Waiting(
        id=row.id,
        village_code=row.village_code,
        household_id=row.household_id,
        resident_id=row.resident_id,
        kind=row.kind,
        title=kind.title,
        why=kind.why_for(short),
        name=softened(row.resident.name) if row.resident else "",
        hamlet=row.household.hamlet,
        to_pillar=row.to_pillar,
        on=row.on,
        amount_rupiah=row.amount_rupiah,
        purpose=row.purpose,
        caregiver=_caregiver(row, keys),
    )


def _caregiver(row: HandOver, keys: Mapping[UUID, bytes]) -> str:
    """Who looks after the children; nothing where nobody said so or the key was erased."""
    key = keys.get(row.resident_id) if row.resident_id else None
    return open_text(key, row.caregiver_sealed, caregiver_place(row.id)) or ""
