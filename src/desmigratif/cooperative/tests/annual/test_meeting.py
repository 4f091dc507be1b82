"""A members' meeting counts when enough came, and what it decides is written down once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from desmigratif.access.actor import Actor
from desmigratif.access.door import do
from desmigratif.access.models import Grant, User
from desmigratif.access.testing import SignIn
from desmigratif.audit.models import Event
from desmigratif.cooperative.forms.annual.meeting import CallForm
from desmigratif.cooperative.importing import write_workbook
from desmigratif.cooperative.models import (
    Attendance,
    Cooperative,
    Decision,
    Meeting,
    MeetingReport,
    Member,
    OfficeTerm,
)
from desmigratif.cooperative.queries.annual.meeting import (
    decision_for,
    next_due,
    officers_on,
    quorum_now,
    unreported,
    years_to_report,
)
from desmigratif.cooperative.rules.annual.meeting import Vote, is_carried, quorum_of
from desmigratif.cooperative.rules.opening_sheet.write import workbook_bytes
from desmigratif.cooperative.tests.conftest import KURIPAN
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

OPENED, PAPERS_ON = date(2025, 1, 1), date(2025, 12, 31)
INVITED, DAY = date(2026, 11, 14), date(2026, 11, 22)
PEOPLE = 10


class Assembly:
    """A cooperative of ten, whose books of 2025 came from paper, and its meetings in November 2026."""

    def __init__(self, board: Actor, treasurer: Actor, now: datetime) -> None:
        self.board, self.now, self.id = board, now, new_id()
        self.do(
            "set_up_cooperative", village_code=KURIPAN, name="Koperasi Melati", kind="cooperative", opened_on=OPENED
        )
        terms = {"principal_rupiah": 50_000, "compulsory_rupiah": 10_000, "decision": "Rapat"}
        self.do("set_membership_terms", terms_id=new_id(), since=OPENED, **terms)
        rows = [
            [n, f"Anggota {chr(64 + n)}", f"33071001078500{n:02d}", "P", "", date(1985, 7, 1), "", "Krajan", "", OPENED,
             50_000, 10_000]
            for n in range(1, PEOPLE + 1)
        ]  # fmt: skip
        content = workbook_bytes({"Anggota": rows, "Neraca": [["1-1001", "Kas", 60_000 * PEOPLE]]})
        write_workbook(
            content, self.row, PAPERS_ON, by=treasurer, now=now, import_id=new_id(), act_id=new_id(), file_name="a.xlsx"
        )
        self.members = list(Member.objects.of(self.row).order_by("number"))

    @property
    def row(self) -> Cooperative:
        return Cooperative.objects.in_village(KURIPAN).get(id=self.id)

    def do(self, verb: str, by: Actor | None = None, *, later: int = 0, **given: Any) -> dict[str, Any]:
        content = {"cooperative_id": self.id, **given}
        now = self.now + timedelta(days=later)
        return do(by or self.board, f"cooperative.{verb}", content, now=now, act_id=new_id())

    def refused(self, verb: str, by: Actor | None = None, **given: Any) -> list[str]:
        with pytest.raises(Refusal) as refusal:
            self.do(verb, by, **given)
        return [reason.code for reason in refusal.value.reasons]

    def calling(self, **other: Any) -> dict[str, Any]:
        usual = {
            "meeting_id": new_id(), "kind": "annual", "book_year": 2025, "invited_on": INVITED, "on": DAY,
            "at": "09.00", "place": "Balai desa", "proxies_each": 1,
        }  # fmt: skip
        return {**usual, **other}

    def call(self, **other: Any) -> UUID:
        given = self.calling(**other)
        self.do("call_meeting", **given)
        return given["meeting_id"]

    def come(self, meeting: UUID, *numbers: int, way: str = "in_person") -> None:
        seats = [{"member_id": self.members[number - 1].id, "way": way} for number in numbers]
        self.do("record_attendance", meeting_id=meeting, seats=seats)

    def opened(self) -> UUID:
        meeting = self.call(has_election=True)
        self.come(meeting, *range(1, 9))
        self.do("open_meeting", meeting_id=meeting)
        return meeting

    def decide(self, meeting: UUID, kind: str, **other: Any) -> UUID:
        id = new_id()
        usual = {"kind": kind, "text": "Laporan diterima.", "is_unanimous": True}
        self.do("decide", decision_id=id, meeting_id=meeting, **{**usual, **other})
        return id


@pytest.fixture
def assembly(places: None, board: Actor, treasurer: Actor, now: datetime) -> Assembly:
    return Assembly(board, treasurer, now)


# --- rules ---


@pytest.mark.parametrize(("members", "first", "second"), [(10, 6, 2), (11, 6, 3), (1, 1, 1), (5000, 2501, 1000)])
def test_more_than_half_must_come_and_a_fifth_the_second_time(members: int, first: int, second: int) -> None:
    assert quorum_of(members=members, present=0, is_second=False, on=DAY).needed == first
    assert quorum_of(members=members, present=0, is_second=True, on=DAY).needed == second


def test_two_years_without_a_report_are_said_on_the_page_of_meetings(assembly: Assembly, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    assert unreported(assembly.row, date(2026, 7, 30)) == []
    assert unreported(assembly.row, date(2026, 7, 31)) == [2025]
    user = User.objects.create(username="pengurus", name="Orang Uji")
    Grant.objects.create(user=user, role="cooperative_board", region_code=KURIPAN, valid_from=date(2020, 1, 1))
    client = Client()
    said = {}
    for year in (2026, 2027):
        with time_machine.travel(datetime(year, 8, 1, 3, tzinfo=UTC), tick=False):
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
            said[year] = "2025, 2026 belum dilaporkan" in client.get(f"/koperasi/{assembly.id}/rapat/").content.decode()
    assert said == {2026: False, 2027: True}


def test_until_when_the_board_must_have_its_report_ready_is_said_before_the_annual_meeting(
    assembly: Assembly, sign_in: SignIn
) -> None:
    board = sign_in("cooperative_board", KURIPAN)
    annual = assembly.call()
    said = "Laporan pengurus siap dibaca anggota"

    page = board.get(f"/koperasi/rapat/{annual}/").content.decode()

    assert said in page
    assert "paling lambat 22 Oktober 2026" in page
    other = assembly.call(kind="extraordinary", book_year=None, matters=("Gedung baru",))
    assert said not in board.get(f"/koperasi/rapat/{other}/").content.decode()


def test_the_articles_of_a_cooperative_go_before_the_model_of_the_law(assembly: Assembly) -> None:
    soon = assembly.calling(invited_on=date(2026, 11, 19), notice_days=3, quorum_percent=75, second_percent=30)
    assert assembly.refused("call_meeting", **{**soon, "second_percent": 80}) == ["second_above_first"]
    assert assembly.refused("call_meeting", **{**soon, "notice_days": 4}) == ["notice_too_short"]
    assembly.do("call_meeting", **soon)
    assembly.come(soon["meeting_id"], *range(1, 8))
    assert assembly.refused("open_meeting", meeting_id=soon["meeting_id"]) == ["no_quorum"]  # eight of ten are asked
    next_id = new_id()
    again = {"meeting_id": soon["meeting_id"], "next_id": next_id, "on": date(2026, 11, 25)}
    assembly.do("adjourn_meeting", **again, at="09.00", place="Balai desa")
    second = quorum_now(Meeting.objects.of(assembly.row).get(id=next_id))
    assert (second.needed, second.citation[:14]) == (3, "Anggaran dasar")


def test_half_of_the_votes_carry_nothing_and_who_abstains_is_not_counted() -> None:
    assert not is_carried(Vote(False, 5, 5), DAY)
    assert is_carried(Vote(False, 3, 2, 5), DAY)
    assert is_carried(Vote(True), DAY)


# --- calling ---


def test_an_annual_meeting_is_called_in_time_about_a_year_that_is_over_and_once(assembly: Assembly) -> None:
    assert assembly.refused("call_meeting", **assembly.calling(on=date(2026, 11, 20))) == ["notice_too_short"]
    assert assembly.refused("call_meeting", **assembly.calling(book_year=2026)) == ["year_not_over"]
    assert assembly.refused("call_meeting", **assembly.calling(book_year=2024)) == ["before_books"]
    assert assembly.refused("call_meeting", **assembly.calling(proxies_each=2)) == ["too_many_proxies"]
    extraordinary = assembly.calling(kind="extraordinary", book_year=None)
    assert assembly.refused("call_meeting", **extraordinary) == ["no_agenda"]
    due = next_due(assembly.row, DAY)
    assert due is not None and (due.book_year, due.until, due.meeting) == (2025, date(2026, 6, 30), None)

    meeting = assembly.call(matters=("Gedung baru",))

    row = Meeting.objects.of(assembly.row).get(id=meeting)
    assert [item["kind"] for item in row.agenda][-2:] == ["plan", "other"]
    assert assembly.refused("call_meeting", **assembly.calling()) == ["called_already"]
    form = CallForm(None, today=DAY, years=years_to_report(assembly.row, DAY), before=row)
    assert "book_year" not in form.fields  # no year waits: only a meeting of another kind is offered


def test_a_meeting_that_was_called_off_leaves_room_for_another(assembly: Assembly) -> None:
    meeting = assembly.call()
    assembly.do("cancel_meeting", meeting_id=meeting, reason="Banjir")
    assert assembly.refused("open_meeting", meeting_id=meeting) == ["begun"]
    assembly.call()


# --- quorum ---


def test_without_a_quorum_a_meeting_does_not_begin_and_the_second_needs_fewer(assembly: Assembly) -> None:
    first = assembly.call()
    assembly.come(first, 1, 2, 3)
    assembly.come(first, 4, 5, way="online")
    with pytest.raises(Refusal) as refusal:
        assembly.do("open_meeting", meeting_id=first)
    (reason,) = refusal.value.reasons
    assert reason.code == "no_quorum" and "5 dari 10 anggota" in reason.text and "Pasal 28" in reason.citation
    assert assembly.refused("decide", **deciding(first)) == ["not_open"]

    second = new_id()
    again = {"meeting_id": first, "next_id": second, "at": "09.00", "place": "Balai desa"}
    assert assembly.refused("adjourn_meeting", on=date(2026, 12, 20), **again) == ["second_too_late"]
    assembly.do("adjourn_meeting", on=date(2026, 11, 25), **again)
    seats = [{"member_id": one.id, "way": "in_person"} for one in assembly.members[:2]]
    assert assembly.refused("record_attendance", meeting_id=second, seats=seats) == ["not_yet"]
    assembly.do("record_attendance", meeting_id=second, seats=seats, later=2)
    assembly.do("open_meeting", meeting_id=second, later=2)

    rows = Meeting.objects.of(assembly.row)
    assert (rows.get(id=first).status, rows.get(id=second).status, rows.get(id=second).needed) == (
        "adjourned",
        "open",
        2,
    )


def test_a_meeting_with_enough_members_is_not_put_off(assembly: Assembly) -> None:
    meeting = assembly.call()
    assembly.come(meeting, *range(1, 7))
    again = {"meeting_id": meeting, "next_id": new_id(), "at": "09.00", "place": "Balai desa", "on": date(2026, 11, 25)}
    assert assembly.refused("adjourn_meeting", **again) == ["quorum_met"]


def test_a_member_speaks_for_one_other_where_the_articles_say_so(assembly: Assembly) -> None:
    meeting = assembly.call()
    assembly.come(meeting, 1, 2)

    def represent(number: int, holder: int, of: UUID = meeting) -> dict[str, Any]:
        return {"attendance_id": new_id(), "meeting_id": of, "number": number, "holder_number": holder}

    assembly.do("record_proxy", **represent(3, 1))
    assert assembly.refused("record_proxy", **represent(4, 1)) == ["too_many_proxies"]
    assert assembly.refused("record_proxy", **represent(4, 3)) == ["holder_absent"]
    assert assembly.refused("record_proxy", **represent(3, 2)) == ["is_there"]
    assert assembly.refused("record_proxy", **represent(99, 2)) == ["no_such_number"]
    assembly.come(meeting, 1, way="absent")
    assert Attendance.objects.of(assembly.row).count() == 1  # number 3 came through number 1

    other = assembly.call(kind="extraordinary", book_year=None, matters=("Gedung",), proxies_each=0)
    assembly.come(other, 1)
    assert assembly.refused("record_proxy", **represent(3, 1, other)) == ["no_proxies"]


# --- deciding ---


def deciding(meeting: UUID, **other: Any) -> dict[str, Any]:
    usual = {"decision_id": new_id(), "meeting_id": meeting, "kind": "surplus", "text": "SHU dibagi menurut AD."}
    return {**usual, "is_unanimous": True, **other}


def test_decisions_are_counted_carried_once_for_a_year_and_end_in_minutes(assembly: Assembly) -> None:
    meeting = assembly.opened()
    voted = {"is_unanimous": False, "votes_for": 8, "votes_against": 1}
    assert assembly.refused("decide", **deciding(meeting, **voted)) == ["more_votes_than_people"]
    assert assembly.refused("decide", **deciding(meeting, is_unanimous=False)) == ["no_votes"]
    closing = {"meeting_id": meeting, "led_by": "Anggota A", "written_by": "Anggota B", "notes": "Ditutup pukul 12."}
    assert assembly.refused("close_meeting", **closing) == ["accounts_undecided"]

    assembly.decide(meeting, "surplus", is_unanimous=False, votes_for=4, votes_against=4)
    assert decision_for(assembly.row, "surplus", 2025) is None
    carried = assembly.decide(meeting, "surplus", is_unanimous=False, votes_for=5, votes_against=3)
    assert assembly.refused("decide", **deciding(meeting)) == ["decided_already"]
    assembly.decide(meeting, "accounts")
    assembly.do("close_meeting", **closing)

    found = decision_for(assembly.row, "surplus", 2025)
    assert found is not None and found.id == carried and found.meeting.ended_on == date(2026, 11, 23)
    assert assembly.refused("decide", **deciding(meeting, kind="plan")) == ["not_open"]
    assembly.do("report_meeting", meeting_id=meeting, on=date(2026, 11, 23), proof="ODS 17")
    again = {"meeting_id": meeting, "on": date(2026, 11, 23), "proof": "ODS 18"}
    assert assembly.refused("report_meeting", **again) == ["reported_already"]
    assert next_due(assembly.row, date(2026, 11, 23)) is None
    assert Event.objects.filter(event="meeting.held").count() == 1


def test_an_election_fills_each_office_once_for_at_most_five_years(assembly: Assembly) -> None:
    meeting = assembly.opened()

    def elect(number: int, office: str, **other: Any) -> dict[str, Any]:
        term = {"since": date(2026, 11, 22), "until": date(2029, 11, 22)}
        return {"term_id": new_id(), "meeting_id": meeting, "number": number, "office": office, **term, **other}

    assert assembly.refused("elect", **elect(1, "chair", until=date(2032, 1, 1))) == ["term_too_long"]
    assert assembly.refused("elect", **elect(1, "chair", votes=9)) == ["more_votes_than_people"]
    assembly.do("elect", **elect(1, "chair", votes=6))
    assert assembly.refused("elect", **elect(2, "chair")) == ["office_taken"]
    assert assembly.refused("elect", **elect(1, "supervisor")) == ["two_offices"]
    assembly.do("elect", **elect(2, "supervisor"))
    assembly.do("elect", **elect(3, "supervisor"))

    chosen = {(term.member.number, term.office) for term in officers_on(assembly.row, date(2027, 1, 1))}
    assert chosen == {(1, "chair"), (2, "supervisor"), (3, "supervisor")}


def test_who_came_before_it_began_stays_counted_and_who_is_late_counts_too(assembly: Assembly) -> None:
    meeting = assembly.opened()
    seats = [{"member_id": assembly.members[0].id, "way": "absent"}]
    assert assembly.refused("record_attendance", meeting_id=meeting, seats=seats) == ["begun"]
    assembly.come(meeting, 9)
    assert Meeting.objects.of(assembly.row).get(id=meeting).present == 9


def test_board_and_supervisors_write_their_own_report(assembly: Assembly, supervisor: Actor, cashier: Actor) -> None:
    meeting = assembly.call()
    said = {"meeting_id": meeting, "text": "Tahun 2025 koperasi tumbuh dengan baik."}
    assembly.do("write_report", report_id=new_id(), **said)
    assembly.do("write_report", supervisor, report_id=new_id(), **said)
    assembly.do("write_report", supervisor, report_id=new_id(), **{**said, "text": "Kas dihitung empat kali, cocok."})

    rows = dict(MeetingReport.objects.of(assembly.row).values_list("kind", "text"))
    assert rows == {"board": said["text"], "supervisors": "Kas dihitung empat kali, cocok."}
    assert assembly.refused("write_report", cashier, report_id=new_id(), **said) == ["not_found"]


def test_what_the_auditor_found_is_handed_on_by_the_board_alone(
    assembly: Assembly, supervisor: Actor, treasurer: Actor
) -> None:
    said = {"meeting_id": assembly.call(), "text": "KAP Contoh, 12 Februari 2026: wajar.", "of_auditor": True}
    for by in (supervisor, treasurer):
        assert assembly.refused("write_report", by, report_id=new_id(), **said) == ["not_found"]

    assembly.do("write_report", report_id=new_id(), **said)

    assert dict(MeetingReport.objects.of(assembly.row).values_list("kind", "text")) == {"auditor": said["text"]}


def test_a_stranger_holds_no_meeting(assembly: Assembly, stranger: Actor, treasurer: Actor, supervisor: Actor) -> None:
    """ "cooperative.call_meeting", "cooperative.record_attendance", "cooperative.record_proxy",
    "cooperative.open_meeting", "cooperative.adjourn_meeting", "cooperative.cancel_meeting", "cooperative.decide",
    "cooperative.elect", "cooperative.close_meeting" and "cooperative.report_meeting" are the board's;
    "cooperative.write_report" is the board's and the supervisors'."""
    meeting = assembly.opened()
    member, of = assembly.members[8], {"meeting_id": meeting}
    acts: dict[str, dict[str, Any]] = {
        "call_meeting": assembly.calling(kind="extraordinary", book_year=None, matters=("Gedung",)),
        "record_attendance": {**of, "seats": [{"member_id": member.id, "way": "in_person"}]},
        "record_proxy": {**of, "attendance_id": new_id(), "number": 9, "holder_number": 1},
        "open_meeting": of, "cancel_meeting": {**of, "reason": "Banjir"},
        "adjourn_meeting": {**of, "next_id": new_id(), "on": date(2026, 11, 25), "at": "09.00", "place": "Balai"},
        "decide": deciding(meeting),
        "elect": {
            **of, "term_id": new_id(), "number": 1, "office": "chair", "since": DAY, "until": date(2027, 1, 1)
        },
        "close_meeting": {**of, "led_by": "Orang", "written_by": "Orang"},
        "report_meeting": {**of, "on": DAY, "proof": "ODS 1"},
    }  # fmt: skip
    for verb, given in acts.items():
        for by in (stranger, treasurer, supervisor):
            assert assembly.refused(verb, by, **given) == ["not_found"], verb
    report = {**of, "report_id": new_id(), "text": "Koperasi ini tidak beres sama sekali."}
    for by in (stranger, treasurer):
        assert assembly.refused("write_report", by, **report) == ["not_found"]
    assert not Decision.objects.of(assembly.row).exists() and not OfficeTerm.objects.of(assembly.row).exists()
