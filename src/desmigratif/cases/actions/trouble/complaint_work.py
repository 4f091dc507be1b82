"""Working on a complaint: triage, verification, taking it up, the outcome, and the reporter's last word."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import memory, unit
from desmigratif.audit.models import TimelineEntry
from desmigratif.cases.actions.refusals import CannotMoveComplaint
from desmigratif.cases.actions.trouble.complaint_facts import (
    TRAFFICKING,
    carry_counts,
    confirmed_on,
    count_age,
    count_closure,
    count_heard,
    count_suspected,
)
from desmigratif.cases.actions.trouble.complaint_states import TIED, complaint_of, move, stay
from desmigratif.cases.complaint_sealing import said_of, sealed_said
from desmigratif.cases.inputs import (
    HearReporter,
    ResolveComplaint,
    TakeUpComplaint,
    TieComplaint,
    TriageComplaint,
    VerifyComplaint,
)
from desmigratif.cases.models import Complaint, ComplaintMoney, ComplaintMove, ComplaintState, Evidence, Tier
from desmigratif.cases.queries.trouble.referrals import bodies_waited_for
from desmigratif.cases.rules.trouble import complaints as rules
from desmigratif.cases.rules.trouble.complaints import Kind
from desmigratif.documents.models import Attachment, AttachmentContent
from desmigratif.people.models import Resident
from desmigratif.regions.queries import today_in
from desmigratif.regions.rules import utc_offset_of
from desmigratif.shared.reasons import Reason


@action("cases.triage_complaint", Permission.COMPLAINT_HANDLE)
def triage_complaint(*, by: Actor, given: TriageComplaint, now: datetime) -> Complaint:
    """Say what it is, whether it cannot wait, and whom it is about; the clock of verification starts."""
    require(by, Permission.COMPLAINT_HANDLE, given.village_code)
    complaint = complaint_of(by, given.village_code, given.complaint_id)
    today = today_in(given.village_code, now)
    kind = rules.kinds_on(today).get(given.kind)
    if kind is None:
        raise CannotMoveComplaint(Reason("unknown_kind", "Pilih jenis masalahnya dari daftar.", field="kind"))
    said = said_of(complaint)
    kind_before, code_before = complaint.kind or said.kind, complaint.village_code
    offset = utc_offset_of(said.village_code or given.village_code)
    if given.resident_id is not None:
        complaint.resident = get_or_refuse(Resident.objects.visible_to(by), "resident_id", id=given.resident_id)
    complaint.kind, complaint.emergency = kind.code, given.emergency
    complaint.verify_due_at = rules.verify_due(now, emergency=given.emergency, utc_offset=offset)
    _keep_from(complaint, kind, wanted=given.tier)
    if complaint.village_code != code_before:
        carry_counts(complaint, code_before, suspected=kind_before == TRAFFICKING)
    move(complaint, ComplaintState.TRIAGED, act="complaint.triaged", why=given.note or "")
    in_time = rules.in_time(now, complaint.triage_due_at)
    memory.add_fact("B2", complaint.village_code, complaint.received_on, numerator=int(in_time), key=str(complaint.id))
    count_suspected(complaint, before=kind_before, now=kind.code)
    return complaint


def _keep_from(complaint: Complaint, kind: Kind | None, *, wanted: str | None) -> None:
    """Raise who may see it, never lower it; and bring it to the village of whom it turned out to be about."""
    asked = rules.tier_for(kind, wanted=wanted or rules.VILLAGE, about_officer=complaint.about_officer)
    tier = rules.stricter(complaint.tier, asked)
    before, whom = complaint.village_code, complaint.resident
    complaint.tier = tier
    complaint.village_code = rules.kept_under(whom.village_code if whom else before, tier)
    if tier == Tier.PROTECTIVE:
        named = {"resident_id": str(whom.id), "about_name": whom.shown_name} if whom else {}
        said = said_of(complaint)
        said = replace(said, kind=complaint.kind or said.kind, **named)
        complaint.said_sealed = sealed_said(complaint.id, said)
        complaint.kind, complaint.resident, complaint.case = "", None, None
    if complaint.village_code != before:
        _carry(complaint, before)


def _carry(complaint: Complaint, before: str) -> None:
    """Everything of it goes along; with the village that had it nothing stays, not even a line in a history."""
    here = {"village_code": complaint.village_code}
    for rows in (ComplaintMove.objects, ComplaintMoney.objects, Evidence.objects):
        rows.in_village(before).filter(complaint=complaint).update(**here)
    copies = list(Evidence.objects.in_village(complaint.village_code).filter(complaint=complaint).values("copy_id"))
    ids = [copy["copy_id"] for copy in copies]
    Attachment.objects.in_village(before).filter(id__in=ids).update(**here)
    AttachmentContent.objects.filter(attachment__in=ids).update(**here)
    for entry in TimelineEntry.objects.filter(village_code=before, link=f"cases:complaint:{complaint.id}"):
        unit.changed("audit.timelineentry", before, entry.id, gone=True)
        entry.delete()
    unit.changed("cases.complaint", before, complaint.id, gone=True)


@action("cases.tie_complaint", Permission.COMPLAINT_HANDLE)
def tie_complaint(*, by: Actor, given: TieComplaint, now: datetime) -> Complaint:
    """Whom it is about is in the register after all: their file and this complaint know each other from now on.

    What was told stays sealed as it was; of a protective one the resident is sealed with it and named nowhere else.
    """
    require(by, Permission.COMPLAINT_HANDLE, given.village_code)
    complaint = complaint_of(by, given.village_code, given.complaint_id)
    whom = get_or_refuse(Resident.objects.visible_to(by), "resident_id", id=given.resident_id)
    said, code_before = said_of(complaint), complaint.village_code
    if reasons := rules.reasons_not_to_tie(
        tied=complaint.resident_id is not None or bool(said.resident_id),
        elsewhere=rules.kept_under(whom.village_code, complaint.tier) != code_before,
        begun=complaint.state != ComplaintState.RECEIVED,
    ):
        raise CannotMoveComplaint(reasons)
    complaint.resident = whom
    _keep_from(complaint, None, wanted=complaint.tier)
    if complaint.village_code != code_before:
        carry_counts(complaint, code_before, suspected=(complaint.kind or said.kind) == TRAFFICKING)
    stay(complaint, act=TIED)
    return complaint


@action("cases.verify_complaint", Permission.COMPLAINT_HANDLE)
def verify_complaint(*, by: Actor, given: VerifyComplaint, now: datetime) -> Complaint:
    """Write down what was found out; and go on with it here, if that is the way."""
    require(by, Permission.COMPLAINT_HANDLE, given.village_code)
    complaint = complaint_of(by, given.village_code, given.complaint_id)
    move(complaint, ComplaintState.VERIFIED, act="complaint.verified", why=given.found)
    if given.here:
        move(complaint, ComplaintState.IN_PROCESS, act="complaint.taken_up")
    return complaint


@action("cases.take_up_complaint", Permission.COMPLAINT_HANDLE)
def take_up_complaint(*, by: Actor, given: TakeUpComplaint, now: datetime) -> Complaint:
    """This office goes on with it itself, after verification or once it was opened again."""
    require(by, Permission.COMPLAINT_HANDLE, given.village_code)
    complaint = complaint_of(by, given.village_code, given.complaint_id)
    move(complaint, ComplaintState.IN_PROCESS, act="complaint.taken_up", why=given.note or "")
    return complaint


@action("cases.resolve_complaint", Permission.COMPLAINT_HANDLE)
def resolve_complaint(*, by: Actor, given: ResolveComplaint, now: datetime) -> Complaint:
    """Say what came out of it. It is over when the reporter says so."""
    require(by, Permission.COMPLAINT_HANDLE, given.village_code)
    complaint = complaint_of(by, given.village_code, given.complaint_id)
    label = rules.outcomes_on(today_in(given.village_code, now)).get(given.outcome)
    if label is None:
        raise CannotMoveComplaint(Reason("unknown_outcome", "Pilih hasilnya dari daftar.", field="outcome"))
    despite = (given.despite or "").strip()
    waiting_at = bodies_waited_for(complaint)
    if reasons := rules.reasons_not_to_resolve(waiting_at=waiting_at, despite=despite):
        raise CannotMoveComplaint(reasons)
    still = f"Rujukan ke {', '.join(waiting_at)} belum dijawab: {despite}" if waiting_at else ""
    why = "\n".join(filter(None, (label, given.note, still)))
    move(complaint, ComplaintState.RESOLVED, act="complaint.resolved", why=why)
    assert complaint.resolved_on is not None, "resolved on a day, says the database"  # noqa: S101
    count_heard(complaint, complaint.resolved_on, denominator=1)
    return complaint


@action("cases.hear_reporter", Permission.COMPLAINT_HANDLE)
def hear_reporter(*, by: Actor, given: HearReporter, now: datetime) -> Complaint:
    """The reporter has the last word: it is over, or it is opened again."""
    require(by, Permission.COMPLAINT_HANDLE, given.village_code)
    complaint = complaint_of(by, given.village_code, given.complaint_id)
    hear(complaint, satisfied=given.satisfied, note=given.note or "", now=now)
    return complaint


def hear(complaint: Complaint, *, satisfied: bool, note: str, now: datetime) -> None:
    """What the reporter said, at the desk or through the public page. Inside an action."""
    was_over = complaint.state == ComplaintState.CONFIRMED_BY_REPORTER
    closed_on = complaint.resolved_on
    confirmed = confirmed_on(complaint) if was_over else today_in(complaint.village_code, now)
    if satisfied or was_over:
        count_age(complaint, 1 if satisfied else -1)
        count_closure(complaint, confirmed, 1 if satisfied else -1)
    to = ComplaintState.CONFIRMED_BY_REPORTER if satisfied else ComplaintState.REOPENED
    move(complaint, to, act="complaint.reporter_heard", why=note)
    if closed_on is not None:
        of = 0 if satisfied else -1
        count_heard(complaint, closed_on, numerator=1 if satisfied else -int(was_over), denominator=of)
