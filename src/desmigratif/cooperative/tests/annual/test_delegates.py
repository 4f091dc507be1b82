"""Where the articles say so, delegates meet for the members: groups choose them, and heads are counted over them."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from desmigratif.access.actor import Actor
from desmigratif.access.models import Grant, User
from desmigratif.audit.models import Event
from desmigratif.cooperative.models import Delegate, DelegateGroup, Meeting
from desmigratif.cooperative.queries.annual.delegates import groups_of, left_out
from desmigratif.cooperative.queries.annual.meeting import quorum_now
from desmigratif.cooperative.rules.annual.delegates import as_written, inside, modelled, ranges_in, seats_for
from desmigratif.cooperative.tests.annual.test_meeting import DAY, Assembly
from desmigratif.cooperative.tests.conftest import KENANGA, KURIPAN, somebody
from desmigratif.shared.ids import new_id

MET = date(2026, 11, 18)


class Delegations(Assembly):
    """Ten members in two villages' halves, one delegate for three of them."""

    def form(self, meeting: UUID, name: str, numbers: str) -> UUID:
        id = new_id()
        self.do("form_delegate_group", group_id=id, meeting_id=meeting, name=name, numbers=numbers)
        return id

    def choosing(self, group: UUID, *numbers: int, **other: Any) -> dict[str, Any]:
        usual = {
            "group_id": group, "met_on": MET, "place": "Rumah Bu RT", "present": 4, "delegates": numbers,
            "led_by": "Anggota A", "written_by": "Anggota B",
        }  # fmt: skip
        return {**usual, **other}

    def at(self, meeting: UUID) -> Meeting:
        return Meeting.objects.of(self.row).get(id=meeting)

    def two_groups(self) -> UUID:
        """Called; the first five send 1 and 2, the others 6 and 7."""
        meeting = self.call(delegates_each=3)
        self.do("choose_delegates", **self.choosing(self.form(meeting, "Krajan", "1-5"), 1, 2))
        self.do("choose_delegates", **self.choosing(self.form(meeting, "Sawangan", "6 - 10"), 6, 7))
        return meeting


@pytest.fixture
def assembly(places: None, board: Actor, treasurer: Actor, now: datetime) -> Delegations:
    return Delegations(board, treasurer, now)


def signed_in(settings: Any, role: str, region: str) -> Client:
    settings.SECOND_FACTOR_REQUIRED = False
    user = User.objects.create(username=f"{role}.{region}", name="Orang Uji")
    Grant.objects.create(user=user, role=role, region_code=region, valid_from=date(2020, 1, 1))
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


# --- rules ---


@pytest.mark.parametrize(
    ("text", "read"),
    [("1-20, 25", ((1, 20), (25, 25))), ("25;1 – 20", ((1, 20), (25, 25))), ("3 sampai 5", ((3, 5),)),
     ("1 s.d. 3", ((1, 3),)), ("20-1", None), ("", None), ("satu", None), ("1-", None), ("1-2-3", None)],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(text: str, read: Any) -> None:
    assert ranges_in(text) == read


@given(st.lists(st.tuples(st.integers(1, 400), st.integers(0, 60)), min_size=1, max_size=6))
def test_what_was_read_is_written_so_that_it_reads_the_same(spans: list[tuple[int, int]]) -> None:
    ranges = tuple(sorted((first, first + more) for first, more in spans))
    assert ranges_in(as_written(ranges)) == ranges
    assert inside(ranges, range(1, 500)) == {one for first, last in ranges for one in range(first, last + 1)}


def test_a_group_sends_one_for_every_so_many_and_one_for_the_rest() -> None:
    assert [seats_for(members, 50) for members in (1, 50, 51, 100, 101)] == [1, 1, 2, 2, 3]
    assert (modelled(500, DAY), modelled(501, DAY)) == (0, 11)


# --- the meeting ---


def test_heads_are_counted_over_delegates_and_nobody_else_is_on_the_list(assembly: Delegations) -> None:
    meeting = assembly.two_groups()
    quorum = quorum_now(assembly.at(meeting))
    assert (quorum.members, quorum.needed, quorum.who) == (4, 3, "delegasi")
    stranger = [{"member_id": assembly.members[2].id, "way": "in_person"}]
    assert assembly.refused("record_attendance", meeting_id=meeting, seats=stranger) == ["not_found"]
    assembly.come(meeting, 1, 2)
    assert assembly.refused("open_meeting", meeting_id=meeting) == ["no_quorum"]
    assembly.come(meeting, 6)
    assembly.do("open_meeting", meeting_id=meeting)
    row = assembly.at(meeting)
    assert (row.members, row.present, row.needed) == (4, 3, 3)
    votes = {"kind": "accounts", "text": "Diterima.", "is_unanimous": False, "votes_for": 4}
    assert assembly.refused("decide", meeting_id=meeting, decision_id=new_id(), **votes) == ["more_votes_than_people"]


def test_a_meeting_of_delegates_waits_until_every_member_is_spoken_for(assembly: Delegations) -> None:
    meeting = assembly.call(delegates_each=3)
    krajan = assembly.form(meeting, "Krajan", "1-5")
    rows = groups_of(assembly.at(meeting))
    assert left_out(assembly.at(meeting), rows) == [6, 7, 8, 9, 10]
    assert {"left_out", "not_chosen"} <= set(assembly.refused("open_meeting", meeting_id=meeting))
    assembly.form(meeting, "Sawangan", "6-10")
    assembly.do("choose_delegates", **assembly.choosing(krajan, 1, 2))
    assert assembly.refused("open_meeting", meeting_id=meeting) == ["no_quorum", "not_chosen"]


def test_a_group_is_of_members_who_are_in_no_other(assembly: Delegations) -> None:
    meeting = assembly.call(delegates_each=3)
    assembly.form(meeting, "Krajan", "1-5")
    group = {"group_id": new_id(), "meeting_id": meeting}
    assert assembly.refused("form_delegate_group", **group, name="Sawangan", numbers="5-9") == ["in_two_groups"]
    assert assembly.refused("form_delegate_group", **group, name="krajan", numbers="6-9") == ["name_taken"]
    assert assembly.refused("form_delegate_group", **group, name="Jauh", numbers="40-50") == ["nobody"]
    assert assembly.refused("form_delegate_group", **group, name="Jauh", numbers="lima") == ["numbers_unreadable"]
    usual = assembly.call(kind="extraordinary", book_year=None, matters=("Gedung",))
    other = {"group_id": new_id(), "meeting_id": usual, "name": "Krajan", "numbers": "1-5"}
    assert assembly.refused("form_delegate_group", **other) == ["no_delegates"]


@pytest.mark.parametrize(
    ("numbers", "other", "reason"),
    [((6,), {}, "not_of_the_group"), ((1, 2, 3), {}, "wrong_count"), ((1, 2), {"present": 6}, "more_than_members"),
     ((1, 2), {"present": 1}, "fewer_than_delegates"), ((1,), {"met_on": date(2027, 1, 2)}, "met_in_future")],
)  # fmt: skip
def test_a_group_sends_its_own_and_no_more_than_its_share(
    assembly: Delegations, numbers: tuple[int, ...], other: dict[str, Any], reason: str
) -> None:
    group = assembly.form(assembly.call(delegates_each=3), "Krajan", "1-5")
    assert assembly.refused("choose_delegates", **assembly.choosing(group, *numbers, **other)) == [reason]
    assert not Delegate.objects.of(assembly.row).exists()


def test_delegates_are_written_anew_until_somebody_came(assembly: Delegations) -> None:
    meeting = assembly.two_groups()
    group = DelegateGroup.objects.of(assembly.row).get(name="Krajan").id
    assembly.do("choose_delegates", **assembly.choosing(group, 3))
    assert [one.member.number for one in Delegate.objects.of(assembly.row).filter(group_id=group)] == [3]
    assembly.come(meeting, 3)
    assert assembly.refused("choose_delegates", **assembly.choosing(group, 1)) == ["attended"]
    assert assembly.refused("drop_delegate_group", group_id=group) == ["attended"]
    assembly.do("record_attendance", meeting_id=meeting, seats=[{"member_id": assembly.members[2].id, "way": "absent"}])
    assembly.do("drop_delegate_group", group_id=group)
    events = Event.objects.filter(event__startswith="meeting.").values_list("event", flat=True)
    assert {"meeting.group_formed", "meeting.delegates_chosen", "meeting.group_dropped"} <= set(events)
    assert DelegateGroup.objects.of(assembly.row).count() == 1


def test_a_group_of_other_members_chooses_again(assembly: Delegations) -> None:
    meeting = assembly.two_groups()
    krajan, sawangan = DelegateGroup.objects.of(assembly.row).order_by("name")
    mended = {"group_id": krajan.id, "name": "Dusun Krajan"}
    assert assembly.refused("change_delegate_group", **mended, numbers="1-6") == ["in_two_groups"]
    assembly.do("change_delegate_group", **mended, numbers="1-5")
    assert next((one.group.name, one.is_chosen) for one in groups_of(assembly.at(meeting))) == ("Dusun Krajan", True)
    assembly.do("change_delegate_group", **mended, numbers="1-4")
    assert [one.is_chosen for one in groups_of(assembly.at(meeting))] == [False, True]
    assert left_out(assembly.at(meeting), groups_of(assembly.at(meeting))) == [5]
    assert Delegate.objects.of(assembly.row).filter(group=sawangan).count() == 2


def test_the_second_meeting_has_the_same_delegates(assembly: Delegations) -> None:
    meeting, second = assembly.two_groups(), new_id()
    assembly.come(meeting, 1)
    later = {"next_id": second, "on": date(2026, 11, 25), "at": "09.00", "place": "Balai desa"}
    assembly.do("adjourn_meeting", meeting_id=meeting, **later)
    again = groups_of(assembly.at(second))
    assert [(one.group.name, [d.member.number for d in one.delegates]) for one in again] == [
        ("Krajan", [1, 2]), ("Sawangan", [6, 7]),
    ]  # fmt: skip
    assert quorum_now(assembly.at(second)).members == 4
    assert len(groups_of(assembly.at(meeting))) == 2


def test_the_database_keeps_a_delegate_once_and_no_more_heads_than_members(assembly: Delegations) -> None:
    assembly.two_groups()
    krajan, sawangan = DelegateGroup.objects.of(assembly.row).order_by("name")
    with pytest.raises(IntegrityError), transaction.atomic():
        DelegateGroup.objects.of(assembly.row).filter(id=krajan.id).update(present=6)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegate.objects.of(assembly.row).filter(group=krajan).update(
            meeting_id=krajan.meeting_id, member_id=assembly.members[5].id
        )
    assert sawangan.present == 4


# --- screens and paper ---


def test_the_board_forms_groups_and_writes_down_whom_they_send(assembly: Delegations, settings: Any) -> None:
    board = signed_in(settings, "cooperative_board", KURIPAN)
    meeting = assembly.call(delegates_each=3)
    here = f"/koperasi/rapat/{meeting}/"
    assert "Atur kelompok dan delegasi" in board.get(here).content.decode()
    sent = {"name": "Krajan", "numbers": "lima", "act_id": new_id(), "record_id": new_id()}
    wrong = board.post(f"{here}kelompok/baru/", sent).content.decode()
    assert "Tulis nomor anggota seperti 1-20, 25." in wrong and 'value="Krajan"' in wrong
    assembly.form(meeting, "Krajan", "1-5")
    group = DelegateGroup.objects.of(assembly.row).get()
    page = board.get(f"{here}kelompok/").content.decode()
    assert "5 anggota belum masuk kelompok" in page and "Periksa anggaran dasar" in page
    form = board.get(f"/koperasi/rapat-kelompok/{group.id}/").content.decode()
    assert "Paling banyak 2 orang" in form
    sent = {
        "act_id": new_id(), "met_on": "18-11-2026", "place": "Rumah Bu RT", "present": "2", "delegates": "1, 2",
        "led_by": "Anggota A", "written_by": "Anggota B",
    }  # fmt: skip
    assert board.post(f"/koperasi/rapat-kelompok/{group.id}/", sent).status_code == 302
    page = board.get(f"{here}kelompok/").content.decode()
    assert "Anggota A, Anggota B" in page and "Tidak lebih dari setengah" in page


def test_paper_names_every_group_and_whom_it_sent(assembly: Delegations, settings: Any) -> None:
    board = signed_in(settings, "cooperative_board", KURIPAN)
    meeting = assembly.two_groups()
    here = f"/koperasi/rapat/{meeting}/cetak/?isi="
    sheets, pack, asked, listed = (text_of(board.get(here + kind)) for kind in
                                   ("kelompok", "lengkap", "undangan", "daftar-hadir"))  # fmt: skip
    assert "RAPAT KELOMPOK KRAJAN" in sheets.upper() and "Delegasi yang dipilih" in sheets and "Anggota J" in sheets
    assert "Sawangan" in pack and "4 dari 5" in pack and "Anggota F, Anggota G" in pack
    assert "delegasi" in asked and "Anggota G" in listed and "Anggota C" not in listed
    for number in (1, 2, 6):
        assembly.come(meeting, number)
    assembly.do("open_meeting", meeting_id=meeting)
    assembly.decide(meeting, "accounts")
    assembly.do("close_meeting", meeting_id=meeting, led_by="Anggota A", written_by="Anggota B")
    minutes = text_of(board.get(here + "berita-acara"))
    assert "3 dari 4 delegasi" in minutes and "Sawangan" in minutes


@pytest.mark.parametrize(
    "action",
    ["cooperative.form_delegate_group", "cooperative.change_delegate_group", "cooperative.choose_delegates",
     "cooperative.drop_delegate_group"],
)  # fmt: skip
def test_a_stranger_of_another_village_or_another_office_regroups_nobody(assembly: Delegations, action: str) -> None:
    meeting = assembly.two_groups()
    group = DelegateGroup.objects.of(assembly.row).order_by("name")[0].id
    given: dict[str, dict[str, Any]] = {
        "form": {"group_id": new_id(), "meeting_id": meeting, "name": "Lain", "numbers": "1"},
        "change": {"group_id": group, "name": "Lain", "numbers": "1"}, "choose": assembly.choosing(group, 3),
        "drop": {"group_id": group},
    }  # fmt: skip
    _app, _dot, verb = action.partition(".")
    for stranger in (somebody("cooperative_board", KENANGA), somebody("cooperative_treasurer")):
        assert assembly.refused(verb, stranger, **given[verb.partition("_")[0]]) == ["not_found"]
    assert [one.names for one in groups_of(assembly.at(meeting))] == [
        ["Anggota A", "Anggota B"], ["Anggota F", "Anggota G"],
    ]  # fmt: skip


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    return " ".join(text.split())


@pytest.mark.parametrize(("role", "region"), [("cooperative_board", KENANGA), ("cooperative_treasurer", KURIPAN)])
def test_another_cooperatives_board_and_its_own_treasurer_change_no_group(
    assembly: Delegations, settings: Any, role: str, region: str
) -> None:
    meeting = assembly.two_groups()
    group = DelegateGroup.objects.of(assembly.row).first()
    assert group is not None
    stranger = signed_in(settings, role, region)
    for address in (
        f"rapat/{meeting}/kelompok/baru/",
        f"rapat-kelompok/{group.id}/",
        f"rapat-kelompok/{group.id}/anggota/",
        f"rapat-kelompok/{group.id}/hapus/",
    ):
        assert stranger.get(f"/koperasi/{address}").status_code == 404
        assert stranger.post(f"/koperasi/{address}", {"act_id": new_id()}).status_code == 404
    seen = stranger.get(f"/koperasi/rapat/{meeting}/kelompok/").status_code
    assert seen == (200 if region == KURIPAN else 404)
    assert DelegateGroup.objects.of(assembly.row).count() == 2
