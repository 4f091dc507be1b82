"""Every address says for whom it is, and saying so is what guards it.

A view carries exactly one of four decorators; `desmigratif routes` and a repository test list them and fail on an
address that carries none.

- `@public`: anybody, without a sign-in;
- `@signed_in`: whoever has signed in, whatever their role;
- `@scoped(Permission.X)`: whoever holds the permission somewhere (several: at least one of them). The view still
  asks `visible_to(by)` and the action still asks `require`: this is the outer gate, not the only one;
- `@machine` or `@machine(Permission.X)`: programs with a session; refusals are JSON.

All take `methods=("GET", "POST")`; without it an address answers GET (and HEAD) only. A stranger at a page is sent
to sign in; somebody without the permission gets the same 404 as for a page that does not exist, and so does
`NotFoundOrNotYours` raised inside the view.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar, cast, overload

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseNotAllowed, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest
from desmigratif.access.roles import GRANTABLE_ROLES
from desmigratif.access.signin import second_factor
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
NOT_FOUND = "Tidak ditemukan atau bukan wewenang Anda."


class RouteClass(StrEnum):
    """For whom an address is."""

    PUBLIC = "public"
    SIGNED_IN = "signed-in"
    SCOPED = "scoped"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class Route:
    """What an address says about itself; stands on the view as `view.route`."""

    route_class: RouteClass
    methods: tuple[str, ...] = ("GET",)
    permissions: tuple[Permission, ...] = ()

    @property
    def allowed_methods(self) -> tuple[str, ...]:
        """The methods with the HEAD that every GET brings along."""
        return (*self.methods, "HEAD") if "GET" in self.methods else self.methods

    @property
    def roles(self) -> tuple[str, ...]:
        """Codes of the roles that may come in; empty for a public address, where nobody needs one."""
        if self.route_class == RouteClass.PUBLIC:
            return ()
        wanted = set(self.permissions)
        return tuple(role.code for role in GRANTABLE_ROLES if not wanted or wanted & role.may)

    def lets_in(self, actor: Actor) -> bool:
        return not self.permissions or any(actor.may_anywhere(permission) for permission in self.permissions)


@overload
def public(view: View) -> View: ...
@overload
def public(*, methods: Sequence[str]) -> Callable[[View], View]: ...
def public(view: Any = None, *, methods: Sequence[str] = ("GET",)) -> Any:
    """Anybody may come, without a sign-in."""
    guard = _guarded_by(Route(RouteClass.PUBLIC, tuple(methods)))
    return guard(view) if view else guard


@overload
def signed_in(view: View) -> View: ...
@overload
def signed_in(*, methods: Sequence[str]) -> Callable[[View], View]: ...
def signed_in(view: Any = None, *, methods: Sequence[str] = ("GET",)) -> Any:
    """Whoever has signed in; strangers are sent to the sign-in page and come back."""
    guard = _guarded_by(Route(RouteClass.SIGNED_IN, tuple(methods)))
    return guard(view) if view else guard


def scoped(permission: Permission, *others: Permission, methods: Sequence[str] = ("GET",)) -> Callable[[View], View]:
    """Whoever holds one of these permissions in at least one region; everybody else finds no page here."""
    return _guarded_by(Route(RouteClass.SCOPED, tuple(methods), (permission, *others)))


@overload
def machine(view: View, /) -> View: ...
@overload
def machine(*permissions: Permission, methods: Sequence[str] = ...) -> Callable[[View], View]: ...
def machine(*given: Any, methods: Sequence[str] = ("GET",)) -> Any:
    """For programs: 401, 404 and 405 come as JSON with reasons."""
    if len(given) == 1 and callable(given[0]):
        return _guarded_by(Route(RouteClass.MACHINE, tuple(methods)))(given[0])
    return _guarded_by(Route(RouteClass.MACHINE, tuple(methods), given))


def route_of(view: Any) -> Route | None:
    """What a view says about itself, or None when it says nothing."""
    found = getattr(view, "route", None)
    return found if isinstance(found, Route) else None


def _guarded_by(route: Route) -> Callable[[View], View]:
    def guard(view: View) -> View:
        if route_of(view) is not None:
            raise ValueError(f"{view.__qualname__} already says for whom it is")

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            refusal = _refusal(route, request)
            if refusal is not None:
                return refusal
            try:
                return view(request, *args, **kwargs)
            except NotFoundOrNotYours:
                return _not_found(route)

        guarded.route = route  # type: ignore[attr-defined]
        return cast(View, guarded)

    return guard


def _refusal(route: Route, request: HttpRequest) -> HttpResponseBase | None:
    """The answer that keeps this request out, or None. A stranger learns of nothing, not even of methods."""
    if route.route_class != RouteClass.PUBLIC:
        actor: Actor | None = getattr(request, "actor", None)
        if actor is None:
            return _please_sign_in(route, request)
        if not route.lets_in(actor):
            return _not_found(route)
    if request.method not in route.allowed_methods:
        return _wrong_method(route)
    if second_factor.is_wanted(request, route.permissions):
        return _please_prove(route, request)
    return None


def _please_sign_in(route: Route, request: HttpRequest) -> HttpResponseBase:
    if route.route_class == RouteClass.MACHINE:
        return _told("not_signed_in", "Masuk dulu, lalu ulangi.", status=401)
    back_to = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
    return redirect_to_login(back_to, login_url=resolve_url("account_login"))


def _please_prove(route: Route, request: HttpRequest) -> HttpResponseBase:
    """Money, letters, exports and administration want the second factor of this hour."""
    if route.route_class == RouteClass.MACHINE:
        return _told("second_factor", "Buktikan dulu dengan pengaman kedua di meja layanan, lalu ulangi.", status=403)
    return second_factor.ask(request, cast(DeskRequest, request).user)


def _not_found(route: Route) -> HttpResponseBase:
    if route.route_class == RouteClass.MACHINE:
        return _told("not_found", NOT_FOUND, status=404)
    raise Http404(NOT_FOUND)


def _wrong_method(route: Route) -> HttpResponseBase:
    if route.route_class != RouteClass.MACHINE:
        return HttpResponseNotAllowed(route.allowed_methods)
    answer = _told("wrong_method", f"Alamat ini hanya menerima {', '.join(route.methods)}.", status=405)
    answer.headers["Allow"] = ", ".join(route.allowed_methods)
    return answer


def _told(code: str, text: str, *, status: int) -> JsonResponse:
    return JsonResponse({"reasons": [Reason(code, text).as_dict()]}, status=status)
