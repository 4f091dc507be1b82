"""Reading members' meetings: who may come, who came, what was decided."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from desmigratif.access.actor import Actor
from desmigratif.access.scope import get_or_refuse
from desmigratif.cooperative.models import (
    Attendance,
    AttendanceWay,
    Cooperative,
    Decision,
    Delegate,
    Meeting,
    MeetingKind,
    MeetingStatus,
    Member,
    OfficeTerm,
)
from desmigratif.cooperative.rules.annual.meeting import (
    SUPERVISING,
    Articles,
    Quorum,
    due_on,
    quorum_of,
    report_due_on,
)


@dataclass(frozen=True, slots=True)
class Due:
    """The annual meeting that is to come: for which year, until when, and whether it was called."""

    book_year: int
    until: date
    meeting: Meeting | None


def meeting_of(by: Actor, meeting_id: UUID) -> Meeting:
    """One meeting with its cooperative. Raises `NotFoundOrNotYours`."""
    meetings = Meeting.objects.visible_to(by).select_related("cooperative", "follows")
    return get_or_refuse(meetings, "meeting_id", id=meeting_id)


def meetings_of(cooperative: Cooperative) -> list[Meeting]:
    """All of them, the latest first."""
    return list(Meeting.objects.of(cooperative).order_by("-on", "-id"))


def voters_on(cooperative: Cooperative, on: date) -> QuerySet[Member]:
    """Who was a member on a day and may come, by number."""
    there = Q(left_on__isnull=True) | Q(left_on__gt=on)
    return Member.objects.of(cooperative).filter(there, joined_on__lte=on).order_by("number")


def voters_of(meeting: Meeting) -> QuerySet[Member]:
    """Who has a vote at a meeting: every member of its day, or those whom the groups of members sent."""
    voters = voters_on(meeting.cooperative, meeting.on)
    if meeting.delegates_each is None:
        return voters
    sent = Delegate.objects.of(meeting.cooperative_id).filter(meeting=meeting)
    return voters.filter(id__in=sent.values("member_id"))


def who_votes(meeting: Meeting) -> str:
    """The word for them."""
    return "anggota" if meeting.delegates_each is None else "delegasi"


def quorum_now(meeting: Meeting) -> Quorum:
    """As it stands in the list of attendance. Two queries."""
    return quorum_of(
        members=voters_of(meeting).count(), present=present_at(meeting),
        is_second=meeting.follows_id is not None, on=meeting.on, articles=articles_of(meeting),
        who=who_votes(meeting),
    )  # fmt: skip


def articles_of(meeting: Meeting) -> Articles:
    """What the articles said of meetings when this one was called."""
    return Articles(meeting.notice_days, meeting.quorum_percent, meeting.second_percent)


def present_at(meeting: Meeting) -> int:
    """Heads that count, those who are represented too."""
    return Attendance.objects.of(meeting.cooperative_id).filter(meeting=meeting).count()


def ways_at(meeting: Meeting) -> dict[str, int]:
    """How many came in which way."""
    rows = Attendance.objects.of(meeting.cooperative_id).filter(meeting=meeting)
    found = Counter(rows.values_list("way", flat=True))
    return {way.value: found[way.value] for way in AttendanceWay}


def decisions_of(meeting: Meeting) -> list[Decision]:
    return list(Decision.objects.of(meeting.cooperative_id).filter(meeting=meeting).order_by("number"))


def decision_for(cooperative: Cooperative, kind: str, book_year: int) -> Decision | None:
    """What the members said yes to about one year, at a meeting that counted."""
    rows = Decision.objects.of(cooperative).carried().filter(kind=kind, book_year=book_year)
    return rows.select_related("meeting").first()


def elected_at(meeting: Meeting) -> list[OfficeTerm]:
    """In the order of the offices."""
    rows = OfficeTerm.objects.of(meeting.cooperative_id).filter(meeting=meeting).select_related("member")
    order = {office: place for place, (office, _label) in enumerate(OfficeTerm._meta.get_field("office").flatchoices)}
    return sorted(rows, key=lambda term: (order[term.office], term.member.name))


def officers_on(cooperative: Cooperative | UUID, on: date) -> list[OfficeTerm]:
    """Who holds an office on a day, the latest choice for each."""
    rows = OfficeTerm.objects.of(cooperative).filter(since__lte=on, until__gt=on).select_related("member")
    found: dict[tuple[str, UUID | None], OfficeTerm] = {}
    for term in rows.order_by("since", "id"):
        found[(term.office, term.member_id if term.office == "supervisor" else None)] = term
    return list(found.values())


def roles_in_office(cooperative: Cooperative | UUID, on: date) -> dict[UUID, set[str]]:
    """For each member who holds an office on a day, for which body. One query."""
    found: dict[UUID, set[str]] = {}
    for term in officers_on(cooperative, on):
        body = "supervisors" if term.office in SUPERVISING else "board"
        found.setdefault(term.member_id, set()).add(body)
    return found


def unreported(cooperative: Cooperative, today: date) -> list[int]:
    """Book years whose report to the office above is overdue: no meeting of them, or none that was reported."""
    told = Meeting.objects.of(cooperative).filter(kind=MeetingKind.ANNUAL, reported_on__isnull=False)
    done = set(told.values_list("book_year", flat=True))
    years = range(cooperative.opened_on.year, today.year)
    return [year for year in years if year not in done and report_due_on(due_on(year)) < today]


def years_to_report(cooperative: Cooperative, today: date) -> list[int]:
    """Book years that are over and whose annual meeting was not called, the latest first."""
    annual = Meeting.objects.of(cooperative).standing().filter(kind=MeetingKind.ANNUAL)
    called = set(annual.values_list("book_year", flat=True))
    return [year for year in range(today.year - 1, cooperative.opened_on.year - 1, -1) if year not in called]


def meeting_before(meeting: Meeting) -> Meeting | None:
    """The annual meeting that was held before this one."""
    held = Meeting.objects.of(meeting.cooperative_id).filter(kind=MeetingKind.ANNUAL, status=MeetingStatus.HELD)
    return held.filter(on__lt=meeting.on).order_by("-on").first()


def next_due(cooperative: Cooperative, today: date) -> Due | None:
    """The oldest closed year since the books began whose annual meeting was not held; None when nothing waits."""
    held = {
        one.book_year: one
        for one in Meeting.objects.of(cooperative).standing().filter(kind=MeetingKind.ANNUAL)
    }  # fmt: skip
    for year in range(cooperative.opened_on.year, today.year):
        meeting = held.get(year)
        if meeting is None or meeting.ended_on is None:
            return Due(year, due_on(year), meeting)
    return None
