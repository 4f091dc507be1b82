"""Who is at a members' meeting, and what they say: attendance, proxies, decisions, elections, reports."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.annual.meeting import CannotHoldMeeting, locked_meeting, meeting_in, note
from desmigratif.cooperative.actions.ledger.books import books_of
from desmigratif.cooperative.actions.ledger.posting_sql import lock_book_of
from desmigratif.cooperative.actions.loans.lending import voice_of
from desmigratif.cooperative.inputs.annual.meeting import Decide, Elect, RecordAttendance, RecordProxy, WriteReport
from desmigratif.cooperative.models import (
    Attendance,
    AttendanceWay,
    Decision,
    DecisionKind,
    Meeting,
    MeetingReport,
    MeetingStatus,
    Member,
    OfficeTerm,
    ReportKind,
)
from desmigratif.cooperative.queries.annual.meeting import present_at, voters_of, voters_on
from desmigratif.cooperative.queries.year.handing_up import units_waiting
from desmigratif.cooperative.rules.annual import meeting as rules
from desmigratif.cooperative.rules.year.handing_up import reasons_to_wait_for_units
from desmigratif.regions.queries import today_in
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason

COMING = (MeetingStatus.CALLED, MeetingStatus.OPEN)


@action("cooperative.record_attendance", Permission.COOPERATIVE_SET_UP)
def record_attendance(*, by: Actor, given: RecordAttendance, now: datetime) -> dict[str, object]:
    """Write down who came, sheet by sheet; until the meeting begins a wrong tick is taken back."""
    meeting = locked_meeting(by, given.cooperative_id, given.meeting_id, *COMING)
    _refuse_early(meeting, now)
    wanted = {seat.member_id: seat.way for seat in given.seats}
    known = set(voters_of(meeting).filter(id__in=wanted).values_list("id", flat=True))
    if known != set(wanted):
        raise NotFoundOrNotYours("seats")
    rows = Attendance.objects.of(meeting.cooperative_id).filter(meeting=meeting)
    there = {one.member_id: one for one in rows.filter(member_id__in=wanted)}
    gone = [id for id, way in wanted.items() if way == "absent" and id in there]
    if gone and meeting.status == MeetingStatus.OPEN:
        text = "Rapat sudah dimulai: yang tercatat hadir tetap dihitung."
        raise CannotHoldMeeting(Reason("begun", text, field="seats"))
    rows.filter(holder_id__in=gone).delete()  # who spoke for another and did not come speaks for nobody
    rows.filter(member_id__in=gone).delete()
    _come(meeting, {id: way for id, way in wanted.items() if way != "absent"}, there)
    note("meeting.attended", meeting, count=len(wanted))
    return {"id": str(meeting.id), "present": _count_again(meeting)}


def _come(meeting: Meeting, coming: dict[UUID, str], there: dict[UUID, Attendance]) -> None:
    """New ones are written, those who came in another way changed; who was represented now speaks alone."""
    fresh = [
        Attendance(
            id=new_id(), village_code=meeting.village_code, cooperative_id=meeting.cooperative_id, meeting=meeting,
            member_id=id, way=way,
        )
        for id, way in coming.items() if id not in there
    ]  # fmt: skip
    Attendance.objects.bulk_create(fresh)
    for id, way in coming.items():
        if id in there and there[id].way != way:
            there[id].way, there[id].holder = way, None
            there[id].save(update_fields=["way", "holder"])


@action("cooperative.record_proxy", Permission.COOPERATIVE_SET_UP)
def record_proxy(*, by: Actor, given: RecordProxy, now: datetime) -> dict[str, object]:
    """Count one member who is away, for whom another who is there speaks."""
    meeting = locked_meeting(by, given.cooperative_id, given.meeting_id, *COMING)
    _refuse_early(meeting, now)
    voters = voters_of(meeting)
    member = voters.filter(number=given.number).first()
    holder = voters.filter(number=given.holder_number).first()
    if member is None or holder is None:
        field = "number" if member is None else "holder_number"
        raise CannotHoldMeeting(Reason("no_such_number", "Tidak ada anggota dengan nomor ini.", field=field))
    rows = Attendance.objects.of(meeting.cooperative_id).filter(meeting=meeting)
    reasons = rules.reasons_not_to_represent(
        is_self=member == holder, already_there=rows.filter(member=member).exists(),
        holder_there=rows.filter(member=holder).exclude(way=AttendanceWay.PROXY).exists(),
        holds=rows.filter(holder=holder).count(), proxies_each=meeting.proxies_each, on=meeting.on,
    )  # fmt: skip
    if reasons:
        raise CannotHoldMeeting(reasons)
    Attendance.objects.create(
        id=given.attendance_id, village_code=meeting.village_code, cooperative_id=meeting.cooperative_id,
        meeting=meeting, member=member, way=AttendanceWay.PROXY, holder=holder,
    )  # fmt: skip
    note("meeting.represented", meeting, Subject("member", member.id), Subject("member", holder.id))
    return {"id": str(meeting.id), "present": _count_again(meeting)}


def _refuse_early(meeting: Meeting, now: datetime) -> None:
    """Nobody has come to a meeting of another day."""
    if today_in(meeting.village_code, now) < meeting.on:
        raise CannotHoldMeeting(Reason("not_yet", "Daftar hadir diisi pada hari rapat."))


def _count_again(meeting: Meeting) -> int:
    """Who comes late counts too, once the meeting is open."""
    present = present_at(meeting)
    if meeting.status == MeetingStatus.OPEN:
        meeting.present = present
        meeting.save(update_fields=["present"])
    return present


@action("cooperative.decide", Permission.COOPERATIVE_SET_UP)
def decide(*, by: Actor, given: Decide, now: datetime) -> Decision:
    """Write down what the members said about one matter, whether yes or no."""
    meeting = locked_meeting(by, given.cooperative_id, given.meeting_id, MeetingStatus.OPEN)
    vote = rules.Vote(given.is_unanimous, given.votes_for, given.votes_against, given.abstained)
    reasons = rules.reasons_not_to_count(vote, meeting.present or 0)
    carried = rules.is_carried(vote, meeting.on)
    year = meeting.book_year if given.kind != DecisionKind.OTHER.value else None
    same = Decision.objects.of(meeting.cooperative_id).carried().filter(kind=given.kind, book_year=year)
    if carried and year is not None and same.exists():
        reasons.append(Reason("decided_already", "Hal ini sudah diputuskan untuk tahun buku itu.", field="kind"))
    if given.kind != DecisionKind.OTHER.value and meeting.book_year is None:
        reasons.append(Reason("only_annual", "Hal ini diputuskan di RAT.", field="kind"))
    if carried and given.kind == DecisionKind.SURPLUS.value and year is not None:
        lock_book_of(meeting.cooperative_id)  # nothing that a unit handed up is taken back meanwhile
        waiting = units_waiting(meeting.cooperative, year)
        reasons += reasons_to_wait_for_units(waiting, year)
    if reasons:
        raise CannotHoldMeeting(reasons)
    number = Decision.objects.of(meeting.cooperative_id).filter(meeting=meeting).count() + 1
    decision = Decision.objects.create(
        id=given.decision_id, village_code=meeting.village_code, cooperative_id=meeting.cooperative_id,
        meeting=meeting, number=number, kind=given.kind, book_year=year, text=given.text,
        is_unanimous=given.is_unanimous, votes_for=given.votes_for, votes_against=given.votes_against,
        abstained=given.abstained, is_carried=carried,
    )  # fmt: skip
    note("meeting.decided", meeting, Subject("decision", decision.id), kind=decision.kind, carried=carried)
    return decision


@action("cooperative.elect", Permission.COOPERATIVE_SET_UP)
def elect(*, by: Actor, given: Elect, now: datetime) -> OfficeTerm:
    """Write down who was chosen for an office, and until when."""
    meeting = locked_meeting(by, given.cooperative_id, given.meeting_id, MeetingStatus.OPEN)
    member = _voter(meeting, given.number)
    chosen = OfficeTerm.objects.of(meeting.cooperative_id).filter(meeting=meeting)
    reasons = rules.reasons_not_to_elect(
        office=given.office, holds=frozenset(chosen.filter(member=member).values_list("office", flat=True)),
        taken=given.office in rules.SINGLE and chosen.filter(office=given.office).exists(), votes=given.votes,
        present=meeting.present or 0, since=given.since, until=given.until, on=meeting.on,
    )  # fmt: skip
    if reasons:
        raise CannotHoldMeeting(reasons)
    term = OfficeTerm.objects.create(
        id=given.term_id, village_code=meeting.village_code, cooperative_id=meeting.cooperative_id, meeting=meeting,
        member=member, office=given.office, votes=given.votes, since=given.since, until=given.until,
    )  # fmt: skip
    note("meeting.elected", meeting, Subject("member", member.id), office=term.office)
    return term


def _voter(meeting: Meeting, number: int) -> Member:
    member = voters_on(meeting.cooperative, meeting.on).filter(number=number).first()
    if member is None:
        raise CannotHoldMeeting(Reason("no_such_number", "Tidak ada anggota dengan nomor ini.", field="number"))
    return member


def report_kind(voice: str | None, *, of_auditor: bool) -> ReportKind | None:
    """Whose report somebody writes; None for whoever writes none. What the auditor found, the board hands on."""
    if of_auditor:
        return ReportKind.AUDITOR if voice == "board" else None
    return {"board": ReportKind.BOARD, "supervisors": ReportKind.SUPERVISORS}.get(voice or "")


@action("cooperative.write_report", Permission.COOPERATIVE_SEE)
def write_report(*, by: Actor, given: WriteReport, now: datetime) -> MeetingReport:
    """The board's or the supervisors' own words to the members; written anew until the meeting ends."""
    cooperative = books_of(by, given.cooperative_id, Permission.COOPERATIVE_SEE)
    kind = report_kind(voice_of(by, cooperative), of_auditor=given.of_auditor)
    if kind is None:
        raise NotFoundOrNotYours
    meeting = meeting_in(cooperative, given.meeting_id, *COMING)
    today = today_in(cooperative.village_code, now)
    report = MeetingReport.objects.of(cooperative).filter(meeting=meeting, kind=kind).first()
    if report is None:
        report = MeetingReport(
            id=given.report_id, village_code=cooperative.village_code, cooperative=cooperative, meeting=meeting,
            kind=kind,
        )  # fmt: skip
    report.text, report.written_on, report.person_id = given.text, today, str(by.id)
    report.save()
    note("meeting.report_written", meeting, kind=report.kind)
    return report
