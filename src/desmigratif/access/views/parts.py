"""What several views have in common: the sheet's challenge that waits in the session, and a handed-over code."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.urls import reverse

from desmigratif.access.entry_codes import LASTS, digest_of, entry_code
from desmigratif.access.keys import recovery
from desmigratif.access.keys.recovery import Challenge, Sheet
from desmigratif.access.models import EntryCode
from desmigratif.access.requests import DeskRequest
from desmigratif.shared.crypto import keyring
from desmigratif.shared.reasons import Reason

_CHALLENGE = "recovery_challenge"


def keep_challenge(request: HttpRequest, sheet: Sheet) -> None:
    """Remember which groups of the sheet are asked back; the sheet itself is forgotten with this answer."""
    asked = recovery.ask_parts(sheet, keyring())
    request.session[_CHALLENGE] = {
        "recipient": asked.recipient,
        "made_on": asked.made_on.isoformat(),
        "positions": list(asked.positions),
        "proof": asked.proof,
    }


def challenge_of(request: HttpRequest) -> Challenge | None:
    kept: dict[str, Any] | None = request.session.get(_CHALLENGE)
    if not kept:
        return None
    return Challenge(kept["recipient"], date.fromisoformat(kept["made_on"]), tuple(kept["positions"]), kept["proof"])


def forget_challenge(request: HttpRequest) -> None:
    request.session.pop(_CHALLENGE, None)


def handed_over(desk: DeskRequest, act_id: UUID, user_id: UUID) -> dict[str, Any]:
    """What the printed page says of a one-time code: the code itself, where to use it, and until when."""
    code = entry_code(act_id)
    made = EntryCode.objects.filter(user_id=user_id, code_digest=digest_of(code, user_id)).first()
    return {
        "code": code,
        "address": desk.build_absolute_uri(reverse("access:enter")),
        "until": made.until if made else desk.now + LASTS,
    }


def put_reasons(form: forms.Form, reasons: Iterable[Reason]) -> None:
    """The reasons of a refusal beside their fields; those of other places and of hidden fields above the form."""
    for reason in reasons:
        field = form.fields.get(reason.field)
        form.add_error(reason.field if field and not field.widget.is_hidden else None, reason.text)
