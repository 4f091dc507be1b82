"""The request as views see it: with an actor and a moment."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from desmigratif.access.actor import Actor
from desmigratif.access.models import User
from desmigratif.shared.ids import new_id


class DeskRequest(HttpRequest):
    """A request that passed `ActorMiddleware`: `actor` is set, `now` is the moment it arrived (UTC)."""

    actor: Actor
    now: datetime
    user: User


def own_village(by: Actor) -> str | None:
    """The code of the village this person works in: the first grant that is for one village, if any."""
    for grant in by.grants:
        if grant.region_code.count(".") == 3:
            return grant.region_code
    return None


def act_id_of(request: HttpRequest) -> UUID:
    """The id of the act that the form carries in its hidden field `act_id`; a fresh one when it was lost."""
    try:
        return UUID(request.POST.get("act_id", ""))
    except ValueError:
        return new_id()
