"""By what the slip of a complaint is printed by whoever took it in and must not see it afterwards."""

from __future__ import annotations

from uuid import UUID

from django.core import signing

from desmigratif.access.requests import DeskRequest

SALT, HELD = "cases.complaint.slip", "tanda"
SECONDS = 3600  # the reporter still sits there


def token_for(desk: DeskRequest, complaint_id: UUID, *, dated: bool) -> str:
    """For this one person, within the hour. `dated`: whether the code opens a page."""
    return signing.dumps([str(desk.actor.id), str(complaint_id), dated], salt=SALT)


def held_token(desk: DeskRequest) -> tuple[UUID, bool] | None:
    """Which complaint the token in the address is of, and whether its code opens a page."""
    try:
        actor_id, complaint_id, dated = signing.loads(desk.GET.get(HELD, ""), salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return None
    return (UUID(complaint_id), bool(dated)) if actor_id == str(desk.actor.id) else None
