"""Who is this, and what may they do today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from desmigratif.access.actor import NATION, ActiveGrant, Actor, codes_in
from desmigratif.access.models import DeskSession, FactorReset, Grant, User
from desmigratif.access.permissions import Permission
from desmigratif.access.roles import ROLES
from desmigratif.access.rules import RESET_LASTS
from desmigratif.access.scope import region_filter
from desmigratif.access.signin.sessions import LONGEST
from desmigratif.regions.queries import RegionChoice, UnknownRegion, region_name
from desmigratif.regions.search import MOST, search_regions


def actor_for(user: User, *, today: date) -> Actor:
    """The actor behind a signed-in user, with the grants that hold today. A disabled account has none."""
    grants: tuple[ActiveGrant, ...] = ()
    if user.is_active:
        rows = Grant.objects.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gt=today), user=user, valid_from__lte=today
        ).order_by("valid_from", "id")
        grants = tuple(ActiveGrant(ROLES[row.role], row.region_code) for row in rows if row.role in ROLES)
    for grant in grants:
        codes_in(grant.region_code)  # remembered: the first request of a process asks for old codes, and no other
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


@dataclass(frozen=True, slots=True)
class WaitingReset:
    """A lost second factor whose first person has asked and whose second has not agreed yet."""

    id: UUID
    user_id: UUID
    name: str
    username: str
    asked_by: str
    asked_by_id: UUID
    asked_at: datetime
    until: datetime


def factor_resets_waiting(by: Actor, *, now: datetime) -> list[WaitingReset]:
    """Those of accounts in the regions where this person may be the second, the oldest first."""
    mine = region_filter(by.regions_for(Permission.SECOND_FACTOR_RESTORE))
    rows = FactorReset.objects.filter(mine, confirmed_at=None, asked_at__gt=now - RESET_LASTS)
    waiting = list(rows.select_related("user").order_by("asked_at", "id"))
    names = names_of(row.asked_by for row in waiting)
    return [
        WaitingReset(
            id=row.id,
            user_id=row.user_id,
            name=row.user.name,
            username=row.user.username,
            asked_by=names.get(row.asked_by, "-"),
            asked_by_id=row.asked_by,
            asked_at=row.asked_at,
            until=row.asked_at + RESET_LASTS,
        )
        for row in waiting
    ]


@dataclass(frozen=True, slots=True)
class DoneReset:
    """A second factor that two people took away."""

    at: datetime
    asked_by: str
    confirmed_by: str


def factor_reset_since(user_id: UUID, moment: datetime | None) -> DoneReset | None:
    """The last time this person's second factor was taken away, if after a moment (ever, without one)."""
    rows = FactorReset.objects.filter(user_id=user_id, confirmed_at__isnull=False)
    if moment is not None:
        rows = rows.filter(confirmed_at__gt=moment)
    last = rows.order_by("-confirmed_at").first()
    if last is None or last.confirmed_at is None or last.confirmed_by is None:
        return None
    names = names_of((last.asked_by, last.confirmed_by))
    return DoneReset(last.confirmed_at, names.get(last.asked_by, "-"), names.get(last.confirmed_by, "-"))


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One browser in which a person is signed in."""

    id: UUID
    device: str
    since: datetime
    seen_at: datetime
    is_this: bool
    is_locked: bool


def open_sessions_of(user: User, *, this_key: str | None, now: datetime) -> list[OpenSession]:
    """Where a person is signed in: this browser first, then the last used."""
    rows = DeskSession.objects.filter(user=user, expire_date__gt=now, since__gt=now - LONGEST)
    idle = now - timedelta(minutes=settings.IDLE_LOCK_MINUTES)
    found = [
        OpenSession(
            id=row.public_id,
            device=row.device,
            since=row.since,
            seen_at=row.seen_at,
            is_this=row.session_key == this_key,
            is_locked=row.session_key != this_key and row.seen_at <= idle,
        )
        for row in rows.order_by("-seen_at")
        if row.public_id and row.since and row.seen_at
    ]
    return sorted(found, key=lambda one: not one.is_this)


def names_of(user_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names by id, of those that have an account."""
    return dict(User.objects.filter(id__in=set(user_ids)).values_list("id", "name"))


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


def has_desk(office: str, region_code: str, *, today: date) -> bool:
    """Whether anybody works here today for that office of exactly that region."""
    roles = [role.code for role in ROLES.values() if role.office and role.office == office]
    rows = Grant.objects.filter(role__in=roles, region_code__in=codes_in(region_code), user__is_active=True)
    return rows.filter(Q(valid_until=None) | Q(valid_until__gt=today), valid_from__lte=today).exists()


def has_another(permission: Permission, village_code: str, *, beside: UUID, today: date) -> bool:
    """Whether somebody else than this person may do that in a village today."""
    roles = [role.code for role in ROLES.values() if permission in role.may]
    parts = [code.split(".") for code in codes_in(village_code)]
    around = {NATION, *(".".join(each[:length]) for each in parts for length in range(1, len(each) + 1))}
    rows = Grant.objects.filter(role__in=roles, region_code__in=around, user__is_active=True).exclude(user_id=beside)
    return rows.filter(Q(valid_until=None) | Q(valid_until__gt=today), valid_from__lte=today).exists()


def is_set_up() -> bool:
    """Whether anybody has an account yet."""
    return User.objects.exists()


def only_village(by: Actor) -> str | None:
    """The village of somebody who manages the accounts of one village and nothing else."""
    regions = by.regions_for(Permission.ACCOUNT_MANAGE)
    return regions[0] if len(regions) == 1 and regions[0].count(".") == 3 else None


def regions_managed_by(by: Actor) -> list[RegionChoice]:
    """The regions whose accounts this person manages, by name."""
    regions = by.regions_for(Permission.ACCOUNT_MANAGE)
    return [RegionChoice(code, code.count(".") + 1, "", "", name_of_region(code)) for code in regions]


def regions_to_choose(by: Actor, text: str) -> list[RegionChoice]:
    """Regions that fit a text, inside those that this person manages; at most twenty."""
    found: list[RegionChoice] = []
    for region in by.regions_for(Permission.ACCOUNT_MANAGE):
        found += search_regions(text, within=region)
    return found[:MOST]


def regions_with(role: str, today: date) -> list[str]:
    """Codes of the regions in which somebody holds a role today: whose inbox is read there."""
    holds = Q(valid_until__isnull=True) | Q(valid_until__gt=today)
    rows = Grant.objects.filter(holds, role=role, valid_from__lte=today, user__is_active=True)
    return sorted(set(rows.values_list("region_code", flat=True)))
