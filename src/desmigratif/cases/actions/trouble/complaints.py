"""Taking a complaint in: at the desk, from a call, a letter, a message, from kin, without a name."""

from __future__ import annotations

from datetime import date, datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import memory
from desmigratif.cases.actions.common import resident_of
from desmigratif.cases.actions.refusals import CannotRecordComplaint
from desmigratif.cases.actions.trouble.complaint_facts import count_suspected
from desmigratif.cases.actions.trouble.complaint_states import note_move, remember
from desmigratif.cases.complaint_sealing import Said, door_index, receipt_code, sealed_said
from desmigratif.cases.inputs import RecordComplaint
from desmigratif.cases.models import Case, Complaint, Tier
from desmigratif.cases.rules.trouble import complaints as rules
from desmigratif.cases.rules.trouble.complaints import Kind
from desmigratif.people.actions.common import refuse_taken_ids
from desmigratif.people.models import Resident
from desmigratif.regions.queries import today_in
from desmigratif.regions.rules import utc_offset_of


@action("cases.record_complaint", Permission.COMPLAINT_RECORD)
def record_complaint(*, by: Actor, given: RecordComplaint, now: datetime) -> Complaint:
    """Write a complaint down; from this moment its clock runs, and only those may see it whom it may not harm."""
    require(by, Permission.COMPLAINT_RECORD, given.village_code)
    kind = checked(given, today_in(given.village_code, now))
    resident = resident_of(by, given.village_code, given.resident_id) if given.resident_id else None
    case = None
    if given.case_id:
        cases = Case.objects.visible_to(by).filter(village_code=given.village_code)
        case = get_or_refuse(cases.select_related("resident__household"), "case_id", id=given.case_id)
        resident = case.resident
    return take_in(given, kind, now=now, resident=resident, case=case, recorded_by=str(by.id))


def checked(given: RecordComplaint, today: date) -> Kind | None:
    """The kind that was named. Raises `CannotRecordComplaint`."""
    benefits = rules.benefits_on(today)
    if reasons := rules.reasons_not_to_take_in(
        on=given.on, today=today, kind=given.kind, kinds=rules.kinds_on(today),
        benefit=given.benefit, benefit_on=given.benefit_on, benefits=benefits,
    ):  # fmt: skip
        raise CannotRecordComplaint(reasons)
    return rules.kinds_on(today).get(given.kind or "")


def take_in(
    given: RecordComplaint,
    kind: Kind | None,
    *,
    now: datetime,
    resident: Resident | None,
    case: Case | None,
    recorded_by: str,
) -> Complaint:
    """The row, its sealed words and its clocks. Inside an action that asked for its permission."""
    refuse_taken_ids(Complaint, [given.complaint_id])
    tier = rules.tier_for(kind, wanted=given.tier or rules.VILLAGE, about_officer=bool(given.about_officer))
    hidden = tier == Tier.PROTECTIVE
    code, offset = rules.kept_under(given.village_code, tier), utc_offset_of(given.village_code)
    emergency = given.emergency if given.emergency is not None else bool(kind and kind.emergency)
    start = rules.received_at(given.on, today_in(given.village_code, now), now, offset)
    born = given.reporter.birth_date
    complaint = Complaint(
        id=given.complaint_id,
        village_code=code,
        resident=None if hidden else resident,
        case=None if hidden else case,
        kind=kind.code if kind and not hidden else "",
        emergency=emergency,
        tier=tier,
        about_officer=bool(given.about_officer),
        channel=given.channel,
        relation=given.reporter.relation,
        received_on=given.on,
        received_at=start,
        triage_due_at=rules.triage_due(start, emergency=emergency, utc_offset=offset),
        may_refer=given.may_refer,
        door_index=door_index(receipt_code(given.complaint_id), born) if born else "",
        recorded_by=recorded_by,
    )
    complaint.said_sealed = sealed_said(complaint.id, _said(given, kind, resident, case, hidden=hidden))
    complaint.save(force_insert=True)
    note_move(complaint, "", act="complaint.recorded")
    remember(complaint, given.on, act="complaint.recorded")
    key = str(complaint.id)
    memory.add_fact("B1", code, given.on, key=key)
    memory.add_fact("B2", code, given.on, numerator=0, denominator=1, key=key)
    memory.add_fact("B3", code, given.on, numerator=0, denominator=1, key=key)
    count_suspected(complaint, before="", now=kind.code if kind else "")
    return complaint


def _said(
    given: RecordComplaint, kind: Kind | None, resident: Resident | None, case: Case | None, *, hidden: bool
) -> Said:
    """What is sealed: of a protective one also what the row must not tell; a resident's facts stay in the register."""
    about, reporter = given.about, given.reporter
    born = resident.birth_date if resident and hidden else about.birth_date
    return Said(
        village_code=given.village_code,
        kind=kind.code if kind and hidden else "",
        resident_id=str(resident.id) if resident and hidden else "",
        case_id=str(case.id) if case and hidden else "",
        about_name=(resident.shown_name if resident and hidden else about.name) or "",
        about_birth_place=(resident.birth_place if resident and hidden else about.birth_place) or "",
        about_birth_date=born.isoformat() if born else "",
        about_address=about.address or "",
        passport_number=about.passport_number or "",
        employer=about.employer or "",
        agency=about.agency or "",
        country=about.country or (case.country if case else ""),
        happened=about.happened or "",
        story=given.story,
        wish=given.wish or "",
        callback=reporter.callback or "",
        reporter_name=reporter.name or "",
        benefit=given.benefit or "",
        benefit_on=given.benefit_on.isoformat() if given.benefit_on else "",
    )
