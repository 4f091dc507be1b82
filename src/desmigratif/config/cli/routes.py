"""`routes`: every address of the installation, for whom it is, and what it answers."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from desmigratif.access.routes import Route, RouteClass, route_of
from desmigratif.config.cli import output

_OPEN = Route(RouteClass.PUBLIC)
_OPEN_FORM = Route(RouteClass.PUBLIC, ("GET", "POST"))
_OWN = Route(RouteClass.SIGNED_IN, ("GET", "POST"))
_OWN_PAGE = Route(RouteClass.SIGNED_IN)

# Addresses whose views are not ours or lie below sign-in, by url name; they guard themselves.
CLASSIFIED: dict[str, Route] = {
    "regions:search": _OPEN,
    "regions:children": _OPEN,
    "regions:choose": _OPEN,
    # allauth: getting in and out
    "account_login": _OPEN_FORM,
    "account_logout": _OPEN_FORM,
    "account_signup": _OPEN_FORM,  # closed by our adapter: answers that accounts come from the administrator
    "account_inactive": _OPEN,
    "account_reset_password": _OPEN_FORM,
    "account_reset_password_done": _OPEN,
    "account_reset_password_from_key": _OPEN_FORM,
    "account_reset_password_from_key_done": _OPEN,
    "account_confirm_login_code": _OPEN_FORM,
    "account_email_verification_sent": _OPEN,
    "account_confirm_email": _OPEN_FORM,
    "mfa_authenticate": _OPEN_FORM,
    # allauth: one's own account
    "account_reauthenticate": _OWN,
    "account_change_password": _OWN,
    "account_set_password": _OWN,
    "account_email": _OWN,
    "mfa_reauthenticate": _OWN,
    "mfa_index": _OWN_PAGE,
    "mfa_activate_totp": _OWN,
    "mfa_deactivate_totp": _OWN,
    "mfa_view_recovery_codes": _OWN_PAGE,
    "mfa_generate_recovery_codes": _OWN,
    "mfa_download_recovery_codes": _OWN_PAGE,
    "mfa_login_webauthn": _OPEN_FORM,
    "mfa_list_webauthn": _OWN_PAGE,
    "mfa_add_webauthn": _OWN,
    "mfa_reauthenticate_webauthn": _OWN,
    "mfa_remove_webauthn": _OWN,
    "mfa_edit_webauthn": _OWN,
}


@dataclass(frozen=True, slots=True)
class Address:
    """One address with its name; `route` is None when nobody said for whom it is."""

    path: str
    name: str
    route: Route | None

    def as_dict(self) -> dict[str, Any]:
        route = self.route
        return {
            "path": self.path,
            "name": self.name,
            "methods": list(route.methods) if route else [],
            "class": route.route_class.value if route else None,
            "roles": list(route.roles) if route else [],
        }


def all_addresses() -> list[Address]:
    """Every address that the resolver knows, in its order."""
    return list(_walk(get_resolver(), "/", ""))


def _walk(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        path = prefix + _shown(entry)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, path, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        else:
            name = f"{namespace}{entry.name}" if entry.name else ""
            yield Address(path, name, route_of(entry.callback) or CLASSIFIED.get(name))


def _shown(entry: URLPattern | URLResolver) -> str:
    return str(entry.pattern).lstrip("^").rstrip("$").replace(r"\Z", "")


def run(args: Namespace) -> int:
    """0 when every address says for whom it is; 1 with those that do not."""
    addresses = all_addresses()
    if args.json:
        output.say_json([address.as_dict() for address in addresses])
    else:
        for address in addresses:
            output.say(_line(address))
    silent = [address.path for address in addresses if address.route is None]
    if silent:
        output.complain(f"Alamat yang belum menyatakan untuk siapa: {', '.join(silent)}.")
    return 1 if silent else 0


def _line(address: Address) -> str:
    route = address.route
    said = f"{route.route_class.value:10} {','.join(route.methods):9}" if route else f"{'?':20}"
    return f"{said} {address.path}"
