"""For tests: somebody with a role somewhere, and a browser in which they have signed in, as after the sign-in pages."""

from __future__ import annotations

import time
from datetime import date
from typing import Any, Protocol

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY
from django.conf import settings
from django.test import Client

from desmigratif.access.models import Grant, User

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
_LONG_AGO = date(2020, 1, 1)


class SignIn(Protocol):
    """The fixture `sign_in`: a browser of somebody with this role in this region, made on the first call."""

    def __call__(self, role: str, region: str, *, name: str = ..., since: date = ...) -> Client: ...


def somebody(role: str, region: str, *, name: str = "Wahyu Utomo", since: date = _LONG_AGO) -> User:
    """Whoever has this role in this region: made on the first call, the same person on the next."""
    user, is_new = User.objects.get_or_create(username=f"{role}-{region}", defaults={"name": name})
    if is_new:
        Grant.objects.create(user=user, role=role, region_code=region, valid_from=since)
    return user


def signed_in_browser(user: User, *, with_second_factor: bool = True, **defaults: Any) -> Client:
    """`with_second_factor`: a code was given just now, as the sign-in pages ask for it."""
    client = Client(**defaults)
    client.force_login(user, backend=_BACKEND)
    if with_second_factor:
        give_second_factor(client, user)
    return client


def give_second_factor(client: Client, user: User) -> None:
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
