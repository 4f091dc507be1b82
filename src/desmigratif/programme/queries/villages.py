"""Villages in programmes, with the steps they took."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q

from desmigratif.access.actor import Actor
from desmigratif.access.models import Grant
from desmigratif.access.roles import VILLAGE_OFFICER
from desmigratif.access.scope import get_or_refuse
from desmigratif.programme.models import ProgrammeVillage, ProgrammeVillageQuerySet, VillageStep
from desmigratif.programme.rules.steps import Step, next_step, overdue, steps_on, year_of_support


@dataclass(frozen=True, slots=True)
class Way:
    """How far one village came."""

    membership: ProgrammeVillage
    taken: dict[str, VillageStep]
    year: int
    next: Step | None
    overdue: tuple[Step, ...]


def memberships_seen(by: Actor) -> ProgrammeVillageQuerySet:
    """Villages of this person's regions that are or were in a programme: those that are first, by village."""
    rows = ProgrammeVillage.objects.visible_to(by)
    return rows.order_by(F("left_on").desc(nulls_first=True), "village_code", "programme")


def membership_of(by: Actor, membership_id: UUID) -> ProgrammeVillage:
    """One village in one programme. Raises `NotFoundOrNotYours`."""
    return get_or_refuse(ProgrammeVillage.objects.visible_to(by), "membership_id", id=membership_id)


def ways_of(memberships: Iterable[ProgrammeVillage], today: date) -> list[Way]:
    """How far each came; one query for all of them. The caller was shown these villages."""
    rows = list(memberships)
    known = steps_on(today)
    taken: dict[UUID, dict[str, VillageStep]] = {one.id: {} for one in rows}
    for step in VillageStep.objects.everywhere().filter(membership__in=rows):
        taken[step.membership_id][step.step] = step
    return [
        Way(
            one,
            taken[one.id],
            year_of_support(one.decreed_on, one.left_on or today),
            None if one.left_on else next_step(known, taken[one.id], one.decreed_on, today),
            () if one.left_on else tuple(overdue(known, taken[one.id], one.decreed_on, today)),
        )
        for one in rows
    ]


def officers_in_post(village_codes: Iterable[str], today: date) -> dict[str, int]:
    """Village -> officers with an account and a role that holds today (F3: two are due)."""
    held = Grant.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=today), role=VILLAGE_OFFICER.code, region_code__in=set(village_codes),
        valid_from__lte=today, user__is_active=True,
    )  # fmt: skip
    return dict(held.values_list("region_code").annotate(Count("user", distinct=True)))
