"""Who is asking, with which rights today; nobody works without a second factor (outside the demo), or before set-up."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from desmigratif.access.models import User
from desmigratif.access.queries import actor_for, is_set_up

OPEN_PREFIXES = ("/static/", "/akun/", "/v/", "/publik/", "/sehat", "/mulai/", "/.well-known/")


class ActorMiddleware:
    """Sets `request.actor` (None for a stranger) and `request.now`; answers with `no-store` for the signed-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._is_set_up = False

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.now = timezone.now()  # type: ignore[attr-defined]
        request.actor = None  # type: ignore[attr-defined]
        user = request.user
        if isinstance(user, User):
            request.actor = actor_for(user, today=timezone.localdate(request.now))  # type: ignore[attr-defined]
            if user.must_change_password and not request.path.startswith(OPEN_PREFIXES):
                return redirect("account_change_password")
            if self._lacks_second_factor(request, user):
                return redirect("mfa_activate_totp")
        elif request.path == reverse("account_login") and self._waits_for_set_up():
            return redirect("access:start")
        response = self.get_response(request)
        if isinstance(user, User):
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    def _waits_for_set_up(self) -> bool:
        """While nobody has an account there is nothing to sign in to; asked no more once somebody has."""
        self._is_set_up = self._is_set_up or is_set_up()
        return not self._is_set_up

    def _lacks_second_factor(self, request: HttpRequest, user: User) -> bool:
        if not settings.SECOND_FACTOR_REQUIRED or request.path.startswith(OPEN_PREFIXES):
            return False
        return not is_mfa_enabled(user)
