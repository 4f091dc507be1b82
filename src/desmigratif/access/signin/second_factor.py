"""When the second factor is asked for again: before money, letters, exports and administration.

A browser that counts as the second factor (`enrolled`), or a code given this morning, lets a person do the day's
ordinary work. What would hurt others most wants a code, or a passkey, given in this session within the last hour.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import cast
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from desmigratif.access.models import User
from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.access.signin import kept_posts

RECENT = timedelta(hours=1)
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
GRAVE = frozenset(
    {
        P.RESIDENT_EXPORT, P.LETTER_ISSUE, P.LETTER_APPROVE, P.LETTER_REVOKE, P.VILLAGE_SET_UP, P.ACCOUNT_MANAGE,
        P.SECOND_FACTOR_RESTORE, P.COOPERATIVE_SET_UP, P.MONEY_TAKE, P.MONEY_APPROVE, P.LOAN_DECIDE, P.BOOKS_POST,
        P.PERIOD_CLOSE,
    }
)  # fmt: skip


def is_wanted(request: HttpRequest, permissions: Iterable[P]) -> bool:
    """Whether an address that is only for these permissions must wait for the second factor."""
    needed = set(permissions)
    if not (settings.SECOND_FACTOR_REQUIRED and needed and needed <= GRAVE):
        return False
    return not was_given(request, within=RECENT, now=cast(DeskRequest, request).now)


def was_given(request: HttpRequest, *, within: timedelta, now: datetime) -> bool:
    """Whether a code or a passkey was given in this session, so long ago at most."""
    earliest = (now - within).timestamp()
    records = get_authentication_records(request, cast(User, request.user))
    return any(record["method"] == "mfa" and record["at"] >= earliest for record in records)


def has_one(user: User) -> bool:
    return bool(is_mfa_enabled(user, FACTORS))


def ask(request: HttpRequest, user: User) -> HttpResponseRedirect:
    """To the page that asks for it, and from there on to where the person was going; a sent form waits."""
    back_to = request.get_full_path()
    if request.method not in ("GET", "HEAD"):
        back_to = reverse("access:kept_form") if kept_posts.keep(request, user) else "/"
    methods = get_adapter().get_reauthentication_methods(user)
    return redirect(f"{methods[0]['url']}?{urlencode({'next': back_to})}")
