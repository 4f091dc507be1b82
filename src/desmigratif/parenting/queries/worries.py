"""Worries, for those whom they name; and who could be named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from desmigratif.access.actor import Actor, codes_in
from desmigratif.access.models import Grant
from desmigratif.access.permissions import Permission
from desmigratif.access.roles import ROLES
from desmigratif.access.scope import get_or_refuse
from desmigratif.parenting.models import Worry

_MAY_READ = tuple(code for code, role in ROLES.items() if Permission.WORRY_SEE in role.may)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may be named: a person and their work."""

    user_id: UUID
    name: str
    role: str


def worries_for(by: Actor) -> QuerySet[Worry]:
    """What names this person, the open ones first."""
    rows = Worry.objects.visible_to(by).select_related("child__resident__household")
    return rows.order_by("closed_on", "-on", "-id")


def unread_worries(by: Actor) -> QuerySet[Worry]:
    """Open ones that others wrote for this person."""
    return Worry.objects.visible_to(by).filter(closed_on=None).exclude(writer_id=by.id)


def worry_of(by: Actor, worry_id: UUID) -> Worry:
    """Raises `NotFoundOrNotYours` for whoever is not named."""
    rows = Worry.objects.visible_to(by).select_related("child__resident__household", "hand_over")
    return get_or_refuse(rows, "worry_id", id=worry_id)


def readers_in(village_code: str, today: date) -> list[Reader]:
    """Who can be named for a child of this village: those of the village and of its regency, by work and name."""
    regency = ".".join(village_code.split(".")[:2])
    holds = Q(valid_until=None) | Q(valid_until__gt=today)
    rows = Grant.objects.filter(
        holds, valid_from__lte=today, role__in=_MAY_READ, user__is_active=True,
        region_code__in=[*codes_in(village_code), *codes_in(regency)],
    )  # fmt: skip
    found = {
        row.user_id: Reader(row.user_id, row.user.name, ROLES[row.role].label) for row in rows.select_related("user")
    }
    return sorted(found.values(), key=lambda one: (one.role, one.name, one.user_id))
