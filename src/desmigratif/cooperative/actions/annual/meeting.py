"""The members' meeting from the invitation to what is reported. Only one with enough members counts."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.ledger.books import books_of, refuse_future
from desmigratif.cooperative.actions.ledger.posting_sql import lock_book_of
from desmigratif.cooperative.inputs.annual.meeting import (
    AdjournMeeting,
    CallMeeting,
    CancelMeeting,
    CloseMeeting,
    OpenMeeting,
    ReportMeeting,
)
from desmigratif.cooperative.models import Cooperative, Decision, Delegate, Meeting, MeetingKind, MeetingStatus
from desmigratif.cooperative.queries.annual.delegates import groups_of, left_out
from desmigratif.cooperative.queries.annual.meeting import quorum_now
from desmigratif.cooperative.rules.annual import meeting as rules
from desmigratif.cooperative.rules.annual.delegates import reasons_to_wait_for_delegates
from desmigratif.cooperative.rules.year.handing_up import reasons_against_a_meeting_of_a_unit
from desmigratif.regions.queries import today_in
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Reason, Refusal


class CannotCallMeeting(Refusal):
    code = "cannot_call_meeting"


class CannotHoldMeeting(Refusal):
    code = "cannot_hold_meeting"


@action("cooperative.call_meeting", Permission.COOPERATIVE_SET_UP)
def call_meeting(*, by: Actor, given: CallMeeting, now: datetime) -> Meeting:
    """Write down the invitation: which meeting, when, where, and what about."""
    cooperative = books_of(by, given.cooperative_id, Permission.COOPERATIVE_SET_UP)
    if cooperative.parent is not None:
        raise CannotCallMeeting(reasons_against_a_meeting_of_a_unit(cooperative.parent.name))
    lock_book_of(cooperative.id)
    today = today_in(cooperative.village_code, now)
    agenda = rules.agenda_for(
        is_annual=given.kind == MeetingKind.ANNUAL.value,
        has_election=given.has_election,
        matters=given.matters,
        on=given.on,
    )
    reasons = rules.reasons_about_agenda(agenda) + _reasons_about_year(cooperative, given)
    reasons += rules.reasons_not_to_call(
        book_year=given.book_year, invited_on=given.invited_on, on=given.on, is_second=False, adjourned_on=None,
        proxies_each=given.proxies_each, today=today,
        articles=rules.Articles(given.notice_days, given.quorum_percent, given.second_percent),
    )  # fmt: skip
    if reasons:
        raise CannotCallMeeting(reasons)
    meeting = Meeting.objects.create(
        id=given.meeting_id, village_code=cooperative.village_code, cooperative=cooperative, kind=given.kind,
        book_year=given.book_year, invited_on=given.invited_on, on=given.on, at=given.at, place=given.place,
        agenda=agenda, proxies_each=given.proxies_each, delegates_each=given.delegates_each,
        notice_days=given.notice_days,
        quorum_percent=given.quorum_percent, second_percent=given.second_percent,
    )  # fmt: skip
    note("meeting.called", meeting, kind=meeting.kind, on=meeting.on.isoformat())
    return meeting


def _reasons_about_year(cooperative: Cooperative, given: CallMeeting) -> list[Reason]:
    if given.kind != MeetingKind.ANNUAL.value:
        return [Reason("year_of_other", "Tahun buku hanya untuk RAT.", field="book_year")] if given.book_year else []
    if given.book_year is None:
        return [Reason("year_missing", "Pilih tahun buku yang dilaporkan.", field="book_year")]
    if given.book_year < cooperative.opened_on.year:
        return [Reason("before_books", "Tahun itu sebelum buku koperasi dibuka.", field="book_year")]
    same = Meeting.objects.of(cooperative).standing().filter(kind=MeetingKind.ANNUAL, book_year=given.book_year)
    if same.exists():
        return [Reason("called_already", f"RAT tahun buku {given.book_year} sudah diundang.", field="book_year")]
    return []


@action("cooperative.open_meeting", Permission.COOPERATIVE_SET_UP)
def open_meeting(*, by: Actor, given: OpenMeeting, now: datetime) -> Meeting:
    """Begin, once enough are there: from now on decisions can be written down."""
    meeting = locked_meeting(by, given.cooperative_id, given.meeting_id, MeetingStatus.CALLED)
    quorum = quorum_now(meeting)
    reasons = rules.reasons_not_to_open(quorum, on=meeting.on, today=today_in(meeting.village_code, now))
    if reasons := reasons + _reasons_to_wait(meeting):
        raise CannotHoldMeeting(reasons)
    meeting.status, meeting.members = MeetingStatus.OPEN, quorum.members
    meeting.needed, meeting.present = quorum.needed, quorum.present
    meeting.save(update_fields=["status", "members", "needed", "present"])
    note("meeting.opened", meeting, present=quorum.present, members=quorum.members, needed=quorum.needed)
    return meeting


def _reasons_to_wait(meeting: Meeting) -> list[Reason]:
    """A meeting of delegates speaks for every member, or for nobody."""
    if meeting.delegates_each is None:
        return []
    groups = groups_of(meeting)
    waiting = [one.group.name for one in groups if not one.is_chosen]
    return reasons_to_wait_for_delegates(left_out=left_out(meeting, groups), waiting=waiting)


@action("cooperative.adjourn_meeting", Permission.COOPERATIVE_SET_UP)
def adjourn_meeting(*, by: Actor, given: AdjournMeeting, now: datetime) -> Meeting:
    """There are not enough: end this one and invite to a second, for which fewer are enough."""
    meeting = locked_meeting(by, given.cooperative_id, given.meeting_id, MeetingStatus.CALLED)
    today = today_in(meeting.village_code, now)
    quorum = quorum_now(meeting)
    if today < meeting.on:
        raise CannotHoldMeeting(rules.reasons_not_to_open(quorum, on=meeting.on, today=today))
    if quorum.is_met:
        raise CannotHoldMeeting(Reason("quorum_met", "Yang hadir sudah cukup.", way_out="Mulai rapatnya."))
    reasons = rules.reasons_not_to_call(
        book_year=meeting.book_year, invited_on=today, on=given.on, is_second=True, adjourned_on=meeting.on,
        proxies_each=meeting.proxies_each, today=today,
    )  # fmt: skip
    if reasons:
        raise CannotCallMeeting(reasons)
    meeting.status, meeting.ended_on = MeetingStatus.ADJOURNED, today
    meeting.members, meeting.needed, meeting.present = quorum.members, quorum.needed, quorum.present
    meeting.save(update_fields=["status", "ended_on", "members", "needed", "present"])
    second = Meeting.objects.create(
        id=given.next_id, village_code=meeting.village_code, cooperative=meeting.cooperative, kind=meeting.kind,
        book_year=meeting.book_year, follows=meeting, invited_on=today, on=given.on, at=given.at, place=given.place,
        agenda=meeting.agenda, proxies_each=meeting.proxies_each, delegates_each=meeting.delegates_each,
        notice_days=meeting.notice_days,
        quorum_percent=meeting.quorum_percent, second_percent=meeting.second_percent,
    )  # fmt: skip
    _send_again(meeting, second)
    note("meeting.adjourned", meeting, present=quorum.present, needed=quorum.needed)
    note("meeting.called", second, kind=second.kind, on=second.on.isoformat())
    return second


def _send_again(meeting: Meeting, second: Meeting) -> None:
    """Whom the groups chose speaks for them at the second meeting too."""
    for one in groups_of(meeting):
        group = one.group
        group.pk, group.meeting = new_id(), second
        group.save(force_insert=True)
        Delegate.objects.bulk_create(
            Delegate(
                id=new_id(), village_code=sent.village_code, cooperative_id=sent.cooperative_id, meeting=second,
                group=group, member=sent.member,
            )
            for sent in one.delegates
        )  # fmt: skip


@action("cooperative.cancel_meeting", Permission.COOPERATIVE_SET_UP)
def cancel_meeting(*, by: Actor, given: CancelMeeting, now: datetime) -> Meeting:
    """Call it off before it began."""
    meeting = locked_meeting(by, given.cooperative_id, given.meeting_id, MeetingStatus.CALLED)
    meeting.status, meeting.notes = MeetingStatus.CANCELLED, given.reason
    meeting.ended_on = today_in(meeting.village_code, now)
    meeting.save(update_fields=["status", "notes", "ended_on"])
    note("meeting.cancelled", meeting)
    return meeting


@action("cooperative.close_meeting", Permission.COOPERATIVE_SET_UP)
def close_meeting(*, by: Actor, given: CloseMeeting, now: datetime) -> Meeting:
    """End it with its minutes; what was decided stands from here on."""
    meeting = locked_meeting(by, given.cooperative_id, given.meeting_id, MeetingStatus.OPEN)
    decided = frozenset(
        Decision.objects.of(meeting.cooperative_id).filter(meeting=meeting).values_list("kind", flat=True)
    )
    if reasons := rules.reasons_not_to_close(is_annual=meeting.kind == MeetingKind.ANNUAL, decided=decided):
        raise CannotHoldMeeting(reasons)
    meeting.status, meeting.ended_on = MeetingStatus.HELD, today_in(meeting.village_code, now)
    meeting.led_by, meeting.written_by, meeting.notes = given.led_by, given.written_by, given.notes
    meeting.save(update_fields=["status", "ended_on", "led_by", "written_by", "notes"])
    note("meeting.held", meeting)
    return meeting


@action("cooperative.report_meeting", Permission.COOPERATIVE_SET_UP)
def report_meeting(*, by: Actor, given: ReportMeeting, now: datetime) -> Meeting:
    """The outcome reached the cooperative office."""
    meeting = locked_meeting(by, given.cooperative_id, given.meeting_id, MeetingStatus.HELD)
    refuse_future(meeting.village_code, given.on, now)
    if meeting.reported_on is not None:
        raise CannotHoldMeeting(Reason("reported_already", "Laporan rapat ini sudah dicatat.", field="on"))
    if given.on < _ended(meeting):
        raise CannotHoldMeeting(Reason("before_meeting", "Laporan dikirim sesudah rapat.", field="on"))
    meeting.reported_on, meeting.reported_as = given.on, given.proof
    meeting.save(update_fields=["reported_on", "reported_as"])
    note("meeting.reported", meeting, on=given.on.isoformat())
    return meeting


def _ended(meeting: Meeting) -> date:
    return meeting.ended_on or meeting.on


_SAYS = {
    MeetingStatus.CALLED: ("begun", "Rapat ini sudah dimulai, ditunda, atau dibatalkan."),
    MeetingStatus.OPEN: ("not_open", "Rapat ini belum dimulai atau sudah selesai."),
    MeetingStatus.HELD: ("not_held", "Rapat ini belum selesai."),
}


def locked_meeting(by: Actor, cooperative_id: UUID, meeting_id: UUID, *states: MeetingStatus) -> Meeting:
    """A meeting of the board's own cooperative, in one of these states, that nobody else changes meanwhile."""
    cooperative = books_of(by, cooperative_id, Permission.COOPERATIVE_SET_UP)
    return meeting_in(cooperative, meeting_id, *states)


def meeting_in(cooperative: Cooperative, meeting_id: UUID, *states: MeetingStatus) -> Meeting:
    """Raises `CannotHoldMeeting` when it is in none of these states."""
    rows = Meeting.objects.of(cooperative).select_for_update(of=("self",)).select_related("cooperative")
    meeting = get_or_refuse(rows, "meeting_id", id=meeting_id)
    if meeting.status not in states:
        raise CannotHoldMeeting(Reason(*_SAYS[states[0]]))
    return meeting


def note(event: str, meeting: Meeting, *subjects: Subject, **details: object) -> None:
    about = [Subject("cooperative", meeting.cooperative_id), Subject("meeting", meeting.id), *subjects]
    unit.record(event, village_code=meeting.village_code, subjects=about, **details)
    unit.changed("cooperative.meeting", meeting.village_code, meeting.id)
