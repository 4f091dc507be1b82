"""Who is this, and what may they do today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from desmigratif.access.actor import ActiveGrant, Actor
from desmigratif.access.models import Grant, User
from desmigratif.access.permissions import Permission
from desmigratif.access.roles import ROLES
from desmigratif.access.scope import region_filter
from desmigratif.regions.queries import UnknownRegion, region_name


def actor_for(user: User, *, today: date) -> Actor:
    """The actor behind a signed-in user, with the grants that hold today. A disabled account has none."""
    grants: tuple[ActiveGrant, ...] = ()
    if user.is_active:
        rows = Grant.objects.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gt=today), user=user, valid_from__lte=today
        ).order_by("valid_from", "id")
        grants = tuple(ActiveGrant(ROLES[row.role], row.region_code) for row in rows if row.role in ROLES)
    return Actor(user.id, user.name, grants)


@dataclass(frozen=True, slots=True)
class AccountGrant:
    """A role in a region, with the words for both and whether it holds today."""

    role: str
    region: str
    region_code: str
    valid_from: date
    valid_until: date | None
    holds: bool


@dataclass(frozen=True, slots=True)
class Account:
    """An account as administrators see it."""

    id: UUID
    username: str
    name: str
    is_active: bool
    must_change_password: bool
    last_login: datetime | None
    grants: tuple[AccountGrant, ...]


def users_managed_by(by: Actor) -> QuerySet[User]:
    """Accounts with a grant, past or present, inside the regions whose accounts this person manages."""
    mine = region_filter(by.regions_for(Permission.ACCOUNT_MANAGE), "region_code")
    return User.objects.filter(id__in=Grant.objects.filter(mine).values("user_id"))


def accounts_managed_by(by: Actor, *, today: date) -> list[Account]:
    """Those accounts with all their grants, the open ones first, by name."""
    users = users_managed_by(by).prefetch_related("grants").order_by("-is_active", "name", "id")
    return [account_of(user, today=today) for user in users]


def account_of(user: User, *, today: date) -> Account:
    """One account with all its grants."""
    grants = sorted(user.grants.all(), key=lambda grant: (grant.valid_from, grant.id))
    return Account(
        id=user.id,
        username=user.username,
        name=user.name,
        is_active=user.is_active,
        must_change_password=user.must_change_password,
        last_login=user.last_login,
        grants=tuple(_grant(grant, today) for grant in grants if grant.role in ROLES),
    )


def _grant(grant: Grant, today: date) -> AccountGrant:
    return AccountGrant(
        role=ROLES[grant.role].label,
        region=name_of_region(grant.region_code),
        region_code=grant.region_code,
        valid_from=grant.valid_from,
        valid_until=grant.valid_until,
        holds=grant.valid_from <= today and (grant.valid_until is None or today < grant.valid_until),
    )


def name_of_region(code: str) -> str:
    """The region's name, or its code when this installation does not know it."""
    try:
        return region_name(code)
    except UnknownRegion:
        return code


def is_region(code: str) -> bool:
    """Whether this installation knows a region by this code ("ID" is the nation)."""
    try:
        return bool(region_name(code))
    except UnknownRegion:
        return False


def served_regions() -> set[str]:
    """Codes of all regions in which anybody was ever given a role."""
    return set(Grant.objects.values_list("region_code", flat=True))


def manages_everything(by: Actor) -> bool:
    """Whether this person manages the accounts of every region that this installation serves."""
    return all(by.may(Permission.ACCOUNT_MANAGE, code) for code in served_regions() | {by.home_code})


def is_set_up() -> bool:
    """Whether anybody has an account yet."""
    return User.objects.exists()
