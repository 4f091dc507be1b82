"""Who is asking, with which rights today; and nobody works without a second factor (outside the demo)."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from desmigratif.access.models import User
from desmigratif.access.queries import actor_for

OPEN_PREFIXES = ("/static/", "/akun/", "/v/", "/publik/", "/sehat", "/mulai/", "/.well-known/")


class ActorMiddleware:
    """Sets `request.actor` (None for a stranger) and `request.now`; answers with `no-store` for the signed-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = timezone.now()  # type: ignore[attr-defined]
        request.actor = None  # type: ignore[attr-defined]
        user = request.user
        if isinstance(user, User):
            request.actor = actor_for(user, today=timezone.localdate(request.now))  # type: ignore[attr-defined]
            if user.must_change_password and not request.path.startswith(OPEN_PREFIXES):
                return redirect("account_change_password")
            if self._lacks_second_factor(request, user):
                return redirect("mfa_activate_totp")
        response = self.get_response(request)
        if isinstance(user, User):
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    def _lacks_second_factor(self, request: HttpRequest, user: User) -> bool:
        if not settings.SECOND_FACTOR_REQUIRED or request.path.startswith(OPEN_PREFIXES):
            return False
        return not is_mfa_enabled(user)
