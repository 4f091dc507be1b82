"""Who looked at a resident's data: complete, in plain words, and silent about what protects others."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError
from django.urls import reverse

from desmigratif.access.actor import Actor, operator
from desmigratif.access.models import Grant, User
from desmigratif.audit import unit
from desmigratif.audit.models import Event, EventSubject
from desmigratif.audit.unit import Subject
from desmigratif.desk.rules.traces import is_placed, trace_of
from desmigratif.desk.tests.conftest import KURIPAN, Acting, Family, SignIn
from desmigratif.people.models import Resident
from desmigratif.shared.ids import new_id

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
PACKAGE = Path(__file__).resolve().parents[2]
KENANGA = "32.12.16.2004"
APPS = ("people", "cases", "documents", "enterprises", "parenting", "cooperative", "desk", "sync")
Working = Callable[..., Any]


def at(resident: Resident) -> str:
    return reverse("desk:traces", args=[resident.id])


def said(page: Any) -> list[tuple[str, str]]:
    return [(line["name"], line["text"]) for line in page.context["lines"]]


def test_a_look_a_full_number_and_a_change_stand_with_name_role_and_office(
    sign_in: SignIn, family: Family, acting: Acting
) -> None:
    desk = sign_in("village_officer", KURIPAN)
    desk.get(reverse("people:resident", args=[family.siti.id]))
    desk.post(reverse("people:unmask", args=[family.siti.id]), {"nomor": "nik"})

    lines = desk.get(at(family.siti)).context["lines"]

    assert [(line["name"], line["office"], line["text"]) for line in lines[:2]] == [
        ("Wulan Setyowati", "Petugas Desmigratif, Desa Kuripan", "Membuka NIK lengkap"),
        ("Wulan Setyowati", "Petugas Desmigratif, Desa Kuripan", "Membuka berkas warga"),
    ]
    assert lines[-1]["text"] == "Mencatat keluarga"


def test_looks_of_one_day_are_one_line_with_their_number(sign_in: SignIn, family: Family) -> None:
    desk = sign_in("village_officer", KURIPAN)
    for _ in range(3):
        desk.get(reverse("people:resident", args=[family.siti.id]))

    (line,) = [line for line in desk.get(at(family.siti)).context["lines"] if line["text"] == "Membuka berkas warga"]

    assert line["clock"] == "3 kali, pukul 10.15"


def test_a_look_before_seven_on_the_first_day_of_a_new_role_is_of_its_office(sign_in: SignIn, family: Family) -> None:
    desk = sign_in("village_officer", KENANGA, since="2025-01-01")
    Grant.objects.update(valid_until="2026-11-23")
    Grant.objects.create(user=User.objects.get(), role="village_officer", region_code=KURIPAN, valid_from="2026-11-23")
    Grant.objects.create(user=User.objects.get(), role="village_officer", region_code=KENANGA, valid_from="2026-12-01")
    with time_machine.travel("2026-11-22T23:30:00Z", tick=False):
        desk.get(reverse("people:resident", args=[family.siti.id]))
        lines = desk.get(at(family.siti)).context["lines"]

    assert {line["office"] for line in lines if line["text"] == "Membuka berkas warga"} == {
        "Petugas Desmigratif, Desa Kuripan"
    }


def test_the_paper_itself_is_on_the_next_paper(sign_in: SignIn, family: Family) -> None:
    desk = sign_in("village_head", KURIPAN)
    desk.get(at(family.siti))

    (seen,) = Event.objects.filter(event="resident.trace_opened")
    assert seen.subjects == [{"type": "resident", "id": str(family.siti.id)}]
    assert "Membuka daftar siapa melihat data ini, untuk dicetak" in [
        text for _, text in said(desk.get(at(family.siti)))
    ]


def test_the_giver_of_a_letter_learns_who_opened_it(
    sign_in: SignIn, family: Family, officer: Actor, working: Working
) -> None:
    letter = Subject("letter", new_id())
    with working(officer):
        unit.record(
            "letter.issued", village_code=KURIPAN,
            subjects=[letter, Subject("resident", family.siti.id), Subject("resident", family.budi.id)],
        )  # fmt: skip
        unit.record("letter.printed", village_code=KURIPAN, subjects=[letter, Subject("resident", family.siti.id)])

    texts = [text for _, text in said(sign_in("village_officer", KURIPAN).get(at(family.budi)))]

    assert {"Mencetak surat", "Membuat surat izin keluarga"} <= set(texts)


def test_what_protects_somebody_else_is_not_told(
    sign_in: SignIn, family: Family, officer: Actor, working: Working
) -> None:
    with working(officer):
        for event in ("alarm.raised", "safe_address.recorded", "unheard.of"):
            unit.record(event, village_code=KURIPAN, subjects=[Subject("resident", family.budi.id)])

    page = sign_in("village_officer", KURIPAN).get(at(family.budi))

    assert [text for _, text in said(page)] == ["Mencatat keluarga"]
    assert EventSubject.objects.filter(subject_id=family.budi.id).count() == 5  # with the household, and this look


def test_what_was_written_about_a_merged_record_is_told_with_the_one_that_stands(
    sign_in: SignIn, family: Family, acting: Acting
) -> None:
    double = {"resident_id": new_id(), "person_id": new_id(), "name": "Siti Amina", "sex": "F"}
    acting("people.register_resident", household_id=family.household_id, member=double, known_to_differ=True)
    acting("cases.record_visit", visit_id=new_id(), resident_id=double["resident_id"], purpose="other")
    acting(
        "people.merge_residents", merge_id=new_id(), kept_id=family.siti.id, merged_id=double["resident_id"],
        seen_kept=1, seen_merged=1, reason="Sama",
    )  # fmt: skip

    page = sign_in("village_officer", KURIPAN).get(at(family.siti))

    assert "Mencatat kunjungan ke balai desa" in [text for _, text in said(page)]


def test_a_period_leaves_out_what_was_before(sign_in: SignIn, family: Family, acting: Acting, now: datetime) -> None:
    then = now - timedelta(days=40)
    acting("cases.record_visit", at=then, visit_id=new_id(), resident_id=family.siti.id, purpose="other")
    desk = sign_in("village_officer", KURIPAN)

    month, year = (said(desk.get(at(family.siti), period)) for period in ({"masa": "30"}, {}))

    visit = "Mencatat kunjungan ke balai desa"
    assert [visit in [text for _, text in lines] for lines in (month, year)] == [False, True]


def test_a_command_and_a_vanished_account_are_named_as_that(
    sign_in: SignIn, family: Family, officer: Actor, working: Working
) -> None:
    for by in (operator(), officer):
        with working(by):
            unit.record("resident.opened", village_code=KURIPAN, subjects=[Subject("resident", family.siti.id)])

    names = {name for name, _ in said(sign_in("village_officer", KURIPAN).get(at(family.siti)))}

    assert names == {"Operator lewat perintah di server", "Akun yang sudah tidak ada"}


def test_lists_that_may_have_shown_the_name_are_counted(sign_in: SignIn, family: Family) -> None:
    desk = sign_in("village_officer", KURIPAN)
    desk.get(reverse("people:residents"))
    desk.get(reverse("cases:visits"))

    paper = desk.get(at(family.siti)).context["paper"]

    assert (paper.lists, paper.list_people) == (2, 1)


def test_the_paper_carries_the_letterhead_of_the_village(sign_in: SignIn, family: Family, office: None) -> None:
    page = sign_in("village_officer", KURIPAN).get(at(family.siti)).content.decode()

    assert "Pemerintah Kabupaten Wonosobo" in page
    assert "Jalan Balai Desa 1" in page


@pytest.mark.parametrize(
    ("role", "region"),
    [
        ("village_officer", "32.12.16.2004"),
        ("regency_coordinator", "33.07"),
        ("administrator", "33.07"),
        ("data_protection_officer", "ID"),
    ],
)
def test_a_stranger_or_another_role_finds_no_paper(sign_in: SignIn, family: Family, role: str, region: str) -> None:
    assert sign_in(role, region).get(at(family.siti)).status_code == 404


def test_a_paper_whose_own_trace_fails_says_so(
    sign_in: SignIn, family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = sign_in("village_officer", KURIPAN)

    def broken(*_args: Any, **_kwargs: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(unit, "record", broken)
    assert "belum bisa dicatat" in desk.get(at(family.siti)).content.decode()


def test_the_paper_asks_the_same_at_any_length(
    sign_in: SignIn, family: Family, django_assert_max_num_queries: Any
) -> None:
    desk = sign_in("village_officer", KURIPAN)
    desk.get(at(family.siti))
    for more in (1, 5, 10):
        for _ in range(more):
            desk.get(reverse("people:resident", args=[family.siti.id]))
        with django_assert_max_num_queries(18):
            desk.get(at(family.siti))


def test_every_event_of_the_program_is_told_or_kept_back_on_purpose() -> None:
    """A new kind of event: put it in words, or its noun among those that are kept back, in `desk/rules/traces.py`.

    Only apps that know residents are read: what lies below them cannot name one.
    """
    named = re.compile(r"""(?:\brecord|\bopened|\blisted|_remember\w*)\(\s*[^"'()]{0,80}["']([a-z_]+\.[a-z_]+)["']""")
    sources = [path for app in APPS for path in (PACKAGE / app).rglob("*.py") if "tests" not in path.parts]
    events = {event for source in sources for event in named.findall(source.read_text(encoding="utf-8"))}

    assert len(events) > 30
    assert sorted(event for event in events if not is_placed(event)) == []


def test_nothing_protective_has_words() -> None:
    assert trace_of("report.received") is None
    assert trace_of("resident.opened") is not None
