"""The secrets of a second factor are sealed for the person whose they are.

allauth seals and unseals a text without saying whose it is. Here its two keepers of secrets say it, so that a secret
copied into another person's row opens nothing there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

_owner: ContextVar[str] = ContextVar("owner_of_second_factor")
_Keepers = tuple[tuple[type, str], ...]
_MAKERS: _Keepers = ((TOTP, "activate"), (RecoveryCodes, "activate"))
_READERS: _Keepers = ((TOTP, "validate_code"), (RecoveryCodes, "generate_codes"))


@contextmanager
def owned_by(user_id: object) -> Iterator[None]:
    """Within, secrets are sealed and opened as this person's."""
    token = _owner.set(str(user_id))
    try:
        yield
    finally:
        _owner.reset(token)


def place() -> str:
    """Where a secret belongs. Raises `LookupError` when nobody said whose it is: better loud than unbound."""
    return f"mfa.authenticator.data:{_owner.get()}"


def bind_to_owners() -> None:
    """Once, when the program starts."""
    for keeper, name in _MAKERS:
        setattr(keeper, name, classmethod(_for_new(vars(keeper)[name].__func__)))
    for keeper, name in _READERS:
        setattr(keeper, name, _for_standing(getattr(keeper, name)))


def _for_new(make: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(make)
    def bound(cls: type, user: Any, *rest: Any) -> Any:
        with owned_by(user.pk):
            return make(cls, user, *rest)

    return bound


def _for_standing(read: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(read)
    def bound(self: Any, *rest: Any) -> Any:
        with owned_by(self.instance.user_id):
            return read(self, *rest)

    return bound
