"""Who is this, and what may they do today."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from desmigratif.access.actor import ActiveGrant, Actor
from desmigratif.access.models import Grant, User
from desmigratif.access.roles import ROLES


def actor_for(user: User, *, today: date) -> Actor:
    """The actor behind a signed-in user, with the grants that hold today. A disabled account has none."""
    grants: tuple[ActiveGrant, ...] = ()
    if user.is_active:
        rows = Grant.objects.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gt=today), user=user, valid_from__lte=today
        ).order_by("valid_from", "id")
        grants = tuple(ActiveGrant(ROLES[row.role], row.region_code) for row in rows if row.role in ROLES)
    return Actor(user.id, user.name, grants)


def is_set_up() -> bool:
    """Whether anybody has an account yet."""
    return User.objects.exists()
