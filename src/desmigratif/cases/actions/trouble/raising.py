"""What waited too long in a village is brought to the regency: once, with an event, by a job."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.cases.actions.common import refuse_future
from desmigratif.cases.actions.refusals import CannotRefer
from desmigratif.cases.actions.trouble import referring
from desmigratif.cases.actions.trouble.complaint_states import note_move
from desmigratif.cases.inputs import RaiseOverdue
from desmigratif.cases.models import Complaint, StepSide
from desmigratif.cases.queries.trouble.raised import complaints_to_raise, due_at, referrals_to_raise
from desmigratif.cases.rules.trouble.complaints import raised_from
from desmigratif.regions.rules import utc_offset_of

RAISED = "clock.raised"


@action("cases.raise_overdue", Permission.COMPLAINT_HANDLE)
def raise_overdue(*, by: Actor, given: RaiseOverdue, now: datetime) -> dict[str, int]:
    """Bring up what is late; a page that somebody has open is not overtaken by it."""
    require(by, Permission.COMPLAINT_HANDLE, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotRefer)
    here, offset = given.village_code, utc_offset_of(given.village_code)
    done = {"complaints": 0, "referrals": 0}
    for complaint in complaints_to_raise(now).filter(village_code=here).select_for_update().order_by("id"):
        due = due_at(complaint)
        if due is None or raised_from(due, emergency=complaint.emergency, utc_offset=offset) > now:
            continue
        _raise_complaint(complaint)
        done["complaints"] += 1
    for referral in referrals_to_raise(given.on).filter(village_code=here).select_for_update().order_by("id"):
        referral.escalated_on = given.on
        referral.save(update_fields=["escalated_on"])
        referring.note_step(referral, "escalated", StepSide.VILLAGE, given.on)
        referring.remember(referral, "referral.escalated", given.on)
        done["referrals"] += 1
    return done


def _raise_complaint(complaint: Complaint) -> None:
    complaint.raised_for = complaint.state
    complaint.save(update_fields=["raised_for"])
    note_move(complaint, complaint.state, act=RAISED)
    unit.record(
        "complaint.raised", village_code=complaint.village_code, subjects=[Subject("complaint", complaint.id)],
        state=complaint.state,
    )  # fmt: skip
    unit.changed("cases.complaint", complaint.village_code, complaint.id)
