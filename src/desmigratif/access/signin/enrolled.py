"""Browsers that count as a village officer's second factor for thirty days.

The browser holds a random token; here stands only its digest, bound to the person, to their password and to the
second factors they have. A new password, a factor added, removed or reset, and a closed account end it without
anybody having to remember to.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from desmigratif.access import rules
from desmigratif.access.models import EnrolledBrowser, User
from desmigratif.access.queries import actor_for
from desmigratif.access.signin import own_account
from desmigratif.access.signin.devices import device_words
from desmigratif.access.signin.second_factor import FACTORS
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject

LASTS = timedelta(days=30)
_MOST_PEOPLE = 6  # who share one computer


def cookie_name() -> str:
    return "__Host-peramban" if settings.HTTPS else "peramban"


def may_enrol(user: User, now: datetime) -> bool:
    """Whether this person's browser may count as their second factor: only who works in villages alone."""
    roles = [grant.role.code for grant in actor_for(user, today=timezone.localdate(now)).grants]
    return rules.may_enrol_a_browser(roles)


def enrol(request: HttpRequest, response: HttpResponse, user: User, now: datetime) -> EnrolledBrowser:
    """Remember this browser for this person; those of others who share it stay."""
    token = secrets.token_urlsafe(32)
    with own_account.unit_for(user, now):
        browser = EnrolledBrowser.objects.create(
            user=user,
            token_digest=_digest(token),
            bound_to=_bond(user),
            device=device_words(request.META.get("HTTP_USER_AGENT", "")),
            enrolled_at=now,
            last_used_at=now,
            until=now + LASTS,
        )
        unit.record("browser.enrolled", subjects=[Subject("user", user.id), Subject("browser", browser.id)])
    tokens = [token, *_tokens(request)][:_MOST_PEOPLE]
    response.set_cookie(
        cookie_name(),
        ".".join(tokens),
        max_age=LASTS,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return browser


def enrolled_browser(request: HttpRequest, user: User, now: datetime) -> EnrolledBrowser | None:
    """This browser, if it counts as this person's second factor at this moment."""
    tokens = _tokens(request)
    if not tokens:
        return None
    digests = [_digest(token) for token in tokens]
    found = [browser for browser in standing_browsers(user, now) if browser.token_digest in digests]
    return found[0] if found and may_enrol(user, now) else None


def standing_browsers(user: User, now: datetime) -> list[EnrolledBrowser]:
    """Those that still count, the last used first."""
    rows = list(EnrolledBrowser.objects.filter(user=user, until__gt=now).order_by("-last_used_at", "id"))
    bond = _bond(user) if rows else ""
    return [row for row in rows if hmac.compare_digest(row.bound_to, bond)]


def note_use(browser: EnrolledBrowser, now: datetime) -> None:
    EnrolledBrowser.objects.filter(id=browser.id).update(last_used_at=now)


def _tokens(request: HttpRequest) -> list[str]:
    return [token for token in request.COOKIES.get(cookie_name(), "").split(".") if token][:_MOST_PEOPLE]


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _bond(user: User) -> str:
    factors = Authenticator.objects.filter(user=user, type__in=FACTORS).order_by("pk").values_list("pk", flat=True)
    said = ":".join([user.get_session_auth_hash(), *(str(pk) for pk in factors)])
    return salted_hmac("desmigratif.access.enrolled_browser", said, algorithm="sha256").hexdigest()
