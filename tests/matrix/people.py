"""Who knocks: every role in every region it can be given, and the three who should find nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.test import Client

from desmigratif.access.models import Grant, User
from desmigratif.access.roles import GRANTABLE_ROLES
from desmigratif.access.rules import reasons_not_to_grant

PLACES = {
    "own": "33.07.10.2004",  # Kuripan
    "neighbour": "33.07.12.2007",  # Garung, of the same regency
    "parent": "33.07",
    "other": "32.12.16.2004",  # Kenanga, in another province
    "other_regency": "32.12",
    "nation": "ID",
}
ABOVE = ("parent", "nation")
ROLE_CODES = frozenset(role.code for role in GRANTABLE_ROLES)
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class Who:
    """Somebody at the door. `role` is empty for anonymous; `place` says which region, or what is wrong with them."""

    role: str
    place: str

    @property
    def sees_kuripan(self) -> bool:
        return self.place in ("own", *ABOVE)

    @property
    def is_unknown(self) -> bool:
        """Nobody is signed in, or the account was closed: the same door."""
        return self.place in ("anonymous", "disabled")

    def __str__(self) -> str:
        return f"{self.role or 'nobody'}@{self.place}"


def everybody() -> tuple[Who, ...]:
    """All who knock, anonymous first."""
    known = [
        Who(role, place)
        for role in sorted(ROLE_CODES)
        for place, code in PLACES.items()
        if not reasons_not_to_grant(role, code, ROLE_CODES)
    ]
    closed = [Who(role, place) for role in ("village_officer", "administrator") for place in ("disabled", "expired")]
    return (Who("", "anonymous"), *closed, *known)


def at_work(role: str) -> Who:
    """Whoever serves Kuripan in this role: in the village, or in the regency where the role has no village."""
    place = "own" if not reasons_not_to_grant(role, PLACES["own"], ROLE_CODES) else "parent"
    return Who(role, place)


def session_of(who: Who, today: date) -> str:
    """Make the account with its grant; returns the key of a session in which it is signed in."""
    user = User.objects.create(username=f"{who.role}.{who.place}", name="Pengetuk Pintu")
    Grant.objects.create(
        user=user,
        role=who.role,
        region_code=PLACES.get(who.place, PLACES["own"]),
        valid_from=date(2026, 1, 1),
        valid_until=today if who.place == "expired" else None,
    )
    client = Client()
    client.force_login(user, backend=_BACKEND)
    if who.place == "disabled":  # while a session of theirs is open
        User.objects.filter(id=user.id).update(is_active=False)
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)
