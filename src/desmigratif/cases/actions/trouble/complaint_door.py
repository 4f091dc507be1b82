"""What comes through the public page, from nobody that we know: a report, and the reporter's word on the outcome."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.cases.actions.refusals import CannotRecordComplaint
from desmigratif.cases.actions.trouble.complaint_work import hear
from desmigratif.cases.actions.trouble.complaints import checked, take_in
from desmigratif.cases.inputs import AboutWhom, AnswerReport, RecordComplaint, SendReport
from desmigratif.cases.models import Complaint
from desmigratif.cases.queries.trouble.complaint_door import complaint_behind
from desmigratif.cases.queries.trouble.complaint_places import is_served
from desmigratif.regions.queries import today_in
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason


@action("cases.send_report", Permission.COMPLAINT_SEND)
def send_report(*, by: Actor, given: SendReport, now: datetime) -> Complaint:
    """Put a report into the inbox of the village, or of the regency when the village must not see it."""
    require(by, Permission.COMPLAINT_SEND, given.village_code)
    today = today_in(given.village_code, now)
    if not is_served(given.village_code, today):
        text = "Desa ini belum dilayani di sini. Pilih desa atau kabupaten lain dari daftar."
        raise CannotRecordComplaint(Reason("not_served", text, field="village_code"))
    said = given.model_dump(exclude={"about_name", "about_place", "reporter"})
    about = AboutWhom(name=given.about_name, address=given.about_place)
    told = RecordComplaint(**said, channel="web", about=about, reporter=given.reporter)
    return take_in(told, checked(told, today), now=now, resident=None, case=None, recorded_by=str(by.id))


@action("cases.answer_report", Permission.COMPLAINT_SEND)
def answer_report(*, by: Actor, given: AnswerReport, now: datetime) -> Complaint:
    """The reporter says that it is over, or that it is not. A wrong code or birth date finds nothing."""
    found = complaint_behind(given.code, given.birth_date)
    if found is None:
        raise NotFoundOrNotYours("code")
    require(by, Permission.COMPLAINT_SEND, found.village_code)
    rows = Complaint.objects.in_village(found.village_code).select_for_update(of=("self",))
    complaint = rows.select_related("resident").get(id=found.id)
    hear(complaint, satisfied=given.satisfied, note=given.note or "", now=now)
    return complaint
