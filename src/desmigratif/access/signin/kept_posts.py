"""A form that was sent when it could not be taken: sealed into the session, and offered again afterwards.

Only what was typed into a form of ours (the check against forged requests comes first), never passwords, never
files, at most 100 KB. It goes with the session, and as soon as the form is sent again.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass

from django.http import HttpRequest

from desmigratif.access.models import User
from desmigratif.shared import crypto

_KEY = "kept_post"
_MOST_BYTES = 100 * 1024
_NEVER = ("/akun/", "/kunci/", "/mulai/", "/masuk-pertama/")
# What is meant for the coordinator alone is not kept either: here the village could read it (docs/adr/0026).
FOR_THE_COORDINATOR = ("sealed_signs", "sealed_note")
_NOT_KEPT = frozenset({"csrfmiddlewaretoken", *FOR_THE_COORDINATOR})


@dataclass(frozen=True, slots=True)
class KeptPost:
    """Where a form was sent to, and its fields in order. `is_whole` is False when a file or too much was in it."""

    path: str
    fields: tuple[tuple[str, str], ...]
    is_whole: bool


def keep(request: HttpRequest, owner: User) -> bool:
    """Keep a form that cannot be taken now; False when it is of no kind that is kept."""
    if request.path.startswith(_NEVER) or request.content_type == "application/json":
        return False
    typed = [(name, text) for name, values in request.POST.lists() for text in values if name not in _NOT_KEPT]
    content = json.dumps(typed).encode()
    is_whole = not request.FILES and len(content) <= _MOST_BYTES
    sealed = crypto.seal(_key(), content if is_whole else b"[]", place=_place(owner))
    request.session[_KEY] = {
        "path": request.get_full_path(),
        "whole": is_whole,
        "sealed": base64.b64encode(sealed).decode(),
    }
    return True


def kept_for(request: HttpRequest, owner: User) -> KeptPost | None:
    found = request.session.get(_KEY)
    if found is None:
        return None
    fields = json.loads(crypto.unseal(_key(), base64.b64decode(found["sealed"]), place=_place(owner)))
    return KeptPost(found["path"], tuple((name, text) for name, text in fields), found["whole"])


def forget(request: HttpRequest) -> None:
    request.session.pop(_KEY, None)


def forget_when_sent(request: HttpRequest) -> None:
    """The form was sent again: what was kept of it has had its use."""
    found = request.session.get(_KEY) if request.method == "POST" else None
    if found is not None and found["path"] == request.get_full_path():
        forget(request)


def _key() -> bytes:
    return crypto.keyring().key_for("kept-posts")


def _place(owner: User) -> str:
    return f"access.kept_post:{owner.pk}"
