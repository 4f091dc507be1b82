"""What a complaint claims and what came back; and copies of what the reporter brought."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.cases.actions.common import refuse_future
from desmigratif.cases.actions.refusals import CannotRecordComplaint
from desmigratif.cases.actions.trouble.complaint_states import complaint_of
from desmigratif.cases.inputs import AddComplaintEvidence, RecordComplaintMoney
from desmigratif.cases.models import Complaint, ComplaintMoney, Evidence, Tier
from desmigratif.documents import attachments
from desmigratif.documents.models import Attachment
from desmigratif.people.actions.common import refuse_taken_ids
from desmigratif.shared import crypto
from desmigratif.shared.reasons import Reason


@action("cases.record_complaint_money", Permission.COMPLAINT_HANDLE)
def record_complaint_money(*, by: Actor, given: RecordComplaintMoney, now: datetime) -> ComplaintMoney:
    """Write down one item as it stands today: what is claimed, and what has come back of it in all."""
    require(by, Permission.COMPLAINT_HANDLE, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotRecordComplaint)
    complaint = complaint_of(by, given.village_code, given.complaint_id)
    if given.recovered_rupiah > given.claimed_rupiah:
        text = "Yang kembali tidak bisa lebih dari yang dituntut. Naikkan dulu yang dituntut bila memang lebih."
        raise CannotRecordComplaint(Reason("more_than_claimed", text, field="recovered_rupiah"))
    rows = ComplaintMoney.objects.in_village(complaint.village_code).filter(complaint=complaint, item=given.item)
    row = rows.first() or ComplaintMoney(village_code=complaint.village_code, complaint=complaint, item=given.item)
    claimed_before, recovered_before = (row.claimed_rupiah or 0, row.recovered_rupiah)
    row.claimed_rupiah, row.recovered_rupiah = given.claimed_rupiah, given.recovered_rupiah
    row.recovered_on = given.on if given.recovered_rupiah else None
    row.save()
    memory.add_fact(
        "B9", complaint.village_code, given.on, numerator=row.recovered_rupiah - recovered_before,
        denominator=row.claimed_rupiah - claimed_before, key=str(complaint.id),
    )  # fmt: skip
    _note("complaint.money_recorded", complaint)
    return row


@action("cases.add_complaint_evidence", Permission.COMPLAINT_HANDLE)
def add_complaint_evidence(*, by: Actor, given: AddComplaintEvidence, now: datetime) -> Evidence:
    """Keep a copy of what the reporter brought, sealed with the complaint's own key."""
    require(by, Permission.COMPLAINT_HANDLE, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotRecordComplaint)
    complaint = complaint_of(by, given.village_code, given.complaint_id)
    refuse_taken_ids(Evidence, [given.evidence_id])
    refuse_taken_ids(Attachment, [given.evidence_id])
    kept = attachments.put_away(
        given.evidence_id, given.picture, village_code=complaint.village_code, resident_id=complaint.id,
        paper="complaint_evidence", on=given.on,
    )  # fmt: skip
    row = Evidence.objects.create(
        id=given.evidence_id, village_code=complaint.village_code, complaint=complaint, what=given.what, copy=kept,
        on=given.on,
    )  # fmt: skip
    _note("complaint.evidence_added", complaint)
    return row


def _note(event: str, complaint: Complaint) -> None:
    """The event; of what the village must not see it names nothing in clear."""
    if complaint.tier == Tier.VILLAGE:
        unit.record(event, village_code=complaint.village_code, subjects=[Subject("complaint", complaint.id)])
        unit.changed("cases.complaint", complaint.village_code, complaint.id)
    else:
        about = crypto.blind_index("complaint", str(complaint.id))
        unit.record(event, village_code=complaint.village_code, about=about)
