"""Who is asking, with which rights today; nobody works without a second factor (outside the demo), or before set-up.

A session that lay idle or was locked is nobody's: its owner is known only to the lock page, until the password.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import UpdateError
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from desmigratif.access.models import User
from desmigratif.access.queries import actor_for, is_set_up
from desmigratif.access.routes import RouteClass, route_of
from desmigratif.access.signin import kept_posts, sessions
from desmigratif.access.signin.sessions import Standing

log = logging.getLogger("desmigratif.access")
OPEN_PREFIXES = (
    "/static/",
    "/akun/",
    "/v/",
    "/publik/",
    "/lapor/",
    "/status/",
    "/sehat",
    "/mulai/",
    "/.well-known/",
    "/kunci/",
)


class ActorMiddleware:
    """Sets `request.actor` (None for a stranger) and `request.now`; answers with `no-store` for the signed-in.

    `request.locked` is the owner of a locked session; to everything but the lock page such a request is a
    stranger's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._is_set_up = False

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.now = timezone.now()  # type: ignore[attr-defined]
        request.actor = request.locked = None  # type: ignore[attr-defined]
        known = request.user
        user = self._user_of_open_session(request, known) if isinstance(known, User) else None
        if user is not None:
            request.actor = actor_for(user, today=timezone.localdate(request.now))  # type: ignore[attr-defined]
            if user.must_change_password and not request.path.startswith(OPEN_PREFIXES):
                return redirect("account_change_password")
            if self._lacks_second_factor(request, user):
                return redirect("mfa_activate_totp")
        elif request.path == reverse("account_login") and self._waits_for_set_up():
            return redirect("access:start")
        response = self.get_response(request)
        if isinstance(known, User):
            response.headers.setdefault("Cache-Control", "no-store, private")
            if request.method == "POST" and request.path == reverse("account_logout"):
                # Not "storage": what a phone noted without a signal waits there to be sent.
                response.headers["Clear-Site-Data"] = '"cache"'
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Where a locked session knocks. Runs after the check against forged requests, so that a form may be kept."""
        person: User | None = request.locked  # type: ignore[attr-defined]
        if person is None:
            return None
        if request.path == reverse("account_logout"):
            request.user = person
            return None
        route = route_of(view)
        if route is not None and route.route_class in (RouteClass.PUBLIC, RouteClass.MACHINE):
            return None
        return to_lock_page(request, person)

    def _user_of_open_session(self, request: HttpRequest, user: User) -> User | None:
        now = request.now  # type: ignore[attr-defined]
        standing = sessions.standing(request.session, now)
        if standing is Standing.OPEN:
            kept_posts.forget_when_sent(request)
            if _counts_as_use(request) and sessions.wants_stamp(request.session, now):
                _write_stamp(request)
            return user
        if standing is Standing.LOCKED:
            request.locked = user  # type: ignore[attr-defined]
            request.user = AnonymousUser()
            return None
        logout(request)
        messages.info(request, _("Sudah lebih dari 12 jam sejak Anda masuk. Silakan masuk lagi."))
        return None

    def _waits_for_set_up(self) -> bool:
        """While nobody has an account there is nothing to sign in to; asked no more once somebody has."""
        self._is_set_up = self._is_set_up or is_set_up()
        return not self._is_set_up

    def _lacks_second_factor(self, request: HttpRequest, user: User) -> bool:
        if not settings.SECOND_FACTOR_REQUIRED or request.path.startswith(OPEN_PREFIXES):
            return False
        return not is_mfa_enabled(user)


def to_lock_page(request: HttpRequest, person: User) -> HttpResponse:
    """To the lock page and from there back to where the person was; a sent form waits."""
    if "HX-Request" in request.headers:
        back = urlsplit(request.headers.get("HX-Current-URL", "/"))
        return HttpResponse(headers={"HX-Redirect": _lock_address(back._replace(scheme="", netloc="").geturl())})
    if request.method in ("GET", "HEAD"):
        return redirect(_lock_address(request.get_full_path()))
    return redirect(_lock_address(reverse("access:kept_form") if kept_posts.keep(request, person) else "/"))


def _lock_address(back_to: str) -> str:
    return f"{reverse('access:lock')}?{urlencode({'next': back_to})}"


def _counts_as_use(request: HttpRequest) -> bool:
    """A page or a form is somebody's doing, and so is what a phone sends; its asking for news is not."""
    return not (request.path.startswith("/sync/") and request.method == "GET")


def _write_stamp(request: HttpRequest) -> None:
    """Reading goes on when this cannot be written; the session is then locked too early, never too late."""
    was_modified = request.session.modified
    sessions.stamp(request.session, request.now)  # type: ignore[attr-defined]
    try:
        request.session.save()
    except (UpdateError, DatabaseError) as problem:
        log.warning("the last use of a session was not written: %s", type(problem).__name__)
    request.session.modified = was_modified
