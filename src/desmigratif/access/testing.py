"""For tests: a browser in which somebody has signed in, as after the sign-in pages."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY
from django.conf import settings
from django.test import Client

from desmigratif.access.models import User

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


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
