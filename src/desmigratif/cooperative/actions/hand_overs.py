"""A family that another service handed over to the cooperative gets what it needs. Not an action itself."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.cooperative.models import Member
from desmigratif.people.actions.hand_overs import take_on
from desmigratif.people.rules.hand_overs import COOPERATIVE
from desmigratif.shared.reasons import NotFoundOrNotYours


def answer_with(by: Actor, member: Member, hand_over_id: UUID | None, on: date) -> None:
    """Savings or an application of this member are the yes to a hand-over of the member's family, if one is named."""
    if hand_over_id is None:
        return
    if member.resident is None:
        raise NotFoundOrNotYours
    take_on(
        by=by, pillar=COOPERATIVE, village_code=member.village_code, hand_over_id=hand_over_id,
        household_id=member.resident.household_id, on=on,
    )  # fmt: skip
