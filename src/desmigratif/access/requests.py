"""The request as views see it: with an actor and a moment."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from desmigratif.access.actor import Actor
from desmigratif.access.models import User


class DeskRequest(HttpRequest):
    """A request that passed `ActorMiddleware`: `actor` is set, `now` is the moment it arrived (UTC)."""

    actor: Actor
    now: datetime
    user: User  # type: ignore[assignment]


def act_id_of(request: HttpRequest) -> UUID | None:
    """The id of the act that the form carries (a hidden field), or None when it was tampered with."""
    try:
        return UUID(request.POST.get("act_id", ""))
    except ValueError:
        return None
