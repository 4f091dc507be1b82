"""The pages on people as an officer, a village head and a stranger walk them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from desmigratif.access.actor import Actor
from desmigratif.access.testing import SignIn
from desmigratif.audit import memory, unit
from desmigratif.audit.models import Event
from desmigratif.people.models import Household, Resident
from desmigratif.people.tests.pages import FULL_NUMBER, Family, events, html, pages_of

KURIPAN = "33.07.10.2004"
KENANGA = "32.12.16.2004"
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["list", "search", "household", "resident", "correct", "new", "import", "history"])
def test_no_page_shows_a_full_number(desk: Client, family: Family, page: str) -> None:
    answer = desk.get(pages_of(family)[page])

    assert answer.status_code == 200
    assert FULL_NUMBER.findall(html(answer)) == []


# What a page asks: 3 for who is asking (session, user, grants), 5 for a read event where there is one (transaction,
# clock, event, subjects), the rest is the page.
QUERIES = {
    "list": 11, "search": 11, "household": 17, "resident": 17, "correct": 11, "correct_household": 4, "new": 3,
    "member": 4, "phone": 4, "wish": 4, "consent": 4, "import": 4, "template": 3, "history": 4,
}  # fmt: skip


@pytest.mark.parametrize("page", list(QUERIES))
def test_a_page_asks_no_more_than_it_must(
    desk: Client, family: Family, page: str, django_assert_num_queries: Any
) -> None:
    address = pages_of(family)[page]
    desk.get(address)

    with django_assert_num_queries(QUERIES[page]):
        assert desk.get(address).status_code == 200


def test_the_list_asks_the_same_at_any_size(
    desk: Client, officer: Actor, family: Family, now: datetime, django_assert_num_queries: Any, working: Any
) -> None:
    with working(officer):
        homes = [Household(village_code=KURIPAN, hamlet=f"Dusun {n % 7}") for n in range(120)]
        Household.objects.bulk_create(homes)
        Resident.objects.bulk_create(
            Resident(village_code=KURIPAN, household=home, person=family["Siti"].person, name="A", name_key="a")
            for home in homes
        )
        unit.record("test.filled", village_code=KURIPAN)
    address = reverse("people:residents")
    desk.get(address)

    with django_assert_num_queries(QUERIES["list"]):
        answer = desk.get(address, {"hal": "2"})

    assert len(answer.context["rows"]) == 50


def test_a_stranger_finds_no_page_of_this_family(sign_in: SignIn, family: Family) -> None:
    stranger = sign_in("village_officer", KENANGA)
    about = ("household", "resident", "correct", "correct_household", "member", "phone", "wish", "consent")

    answers = {name: stranger.get(pages_of(family)[name]).status_code for name in about}
    unmask = stranger.post(reverse("people:unmask", args=[family["Siti"].id]), {"nomor": "nik"})

    assert answers == dict.fromkeys(about, 404)
    assert unmask.status_code == 404
    assert "Siti" not in html(stranger.get(pages_of(family)["list"]))
    assert "Aminah" not in html(stranger.get(pages_of(family)["search"]))


def test_who_may_only_see_figures_finds_no_people(sign_in: SignIn, family: Family) -> None:
    analyst = sign_in("ministry_analyst", "ID")

    assert {analyst.get(address).status_code for address in pages_of(family).values()} == {404}


def test_a_village_head_looks_and_changes_nothing(sign_in: SignIn, family: Family) -> None:
    head = sign_in("village_head", KURIPAN)
    pages = pages_of(family)

    assert {head.get(pages[name]).status_code for name in ("list", "search", "household", "resident")} == {200}
    assert {head.get(pages[name]).status_code for name in ("correct", "new", "phone", "consent", "import")} == {404}
    assert head.post(reverse("people:unmask", args=[family["Siti"].id]), {"nomor": "nik"}).status_code == 404
    assert "Islam" not in html(head.get(pages["resident"]))


def test_nobody_comes_in_without_signing_in(family: Family, places: None) -> None:
    answer = Client().get(pages_of(family)["household"])

    assert answer.status_code == 302
    assert "/akun/" in answer["Location"]


def test_the_household_page_tells_who_is_here_and_what_happened(
    desk: Client, officer: Actor, family: Family, working: Callable[..., Any]
) -> None:
    home = family["Siti"].household_id
    with working(officer):
        for kind in ("worker_abroad", "contact_overdue"):
            memory.set_signal(
                kind, village_code=KURIPAN, household_id=home, resident_id=family["Slamet"].id, since=date(2025, 3, 3)
            )

    answer = desk.get(pages_of(family)["household"])
    text = html(answer)

    assert [member["name"] for member in answer.context["members"]] == ["Slamet Riyadi", "Siti Aminah", "Rizky Riyadi"]
    assert answer.context["members"][0]["place"] == "Di luar negeri"
    assert "sejak 3 Maret 2025" in text
    assert "Hubungi keluarga tentang kabar Slamet" in text
    assert "Tanyakan siapa yang mengasuh anak-anak" in text
    assert "Siti dicatat sebagai warga" in text
    assert "NIK belum diketahui" in text
    assert f"{reverse('cases:record_visit')}?warga={family['Slamet'].id}" in text


def test_opening_a_file_is_an_event_with_everybody_in_it(desk: Client, family: Family) -> None:
    desk.get(pages_of(family)["household"])

    event = Event.objects.get(event="household.opened")
    assert {subject["id"] for subject in event.subjects} >= {str(row.id) for row in family.values()}


def test_a_result_page_is_one_event_and_typing_is_none(desk: Client, family: Family) -> None:
    address = reverse("people_search")

    live = desk.get(address, {"q": "siti"}, headers={"HX-Request": "true"})
    typed = events("residents.searched")
    page = desk.get(address, {"q": "siti"})

    assert "data-search-list" in html(live)
    assert "<html" not in html(live)
    assert "Siti" in html(page)
    assert (typed, events("residents.searched")) == (0, 1)


def test_when_the_trace_cannot_be_written_the_rest_opens_with_a_banner(
    desk: Client, family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        raise DatabaseError("disk I/O error")

    monkeypatch.setattr(unit, "_flush", broken)
    page = html(desk.get(pages_of(family)["resident"]))
    unmasked = html(desk.post(reverse("people:unmask", args=[family["Siti"].id]), {"nomor": "nik"}))

    assert "Jejak pembukaan tidak dapat ditulis" in page
    assert "Islam" not in page
    assert FULL_NUMBER.findall(unmasked) == []


@pytest.mark.parametrize(
    ("what", "number", "event"),
    [
        ("nik", "3307105205920418", "resident.nik_unmasked"),
        ("kk_number", "3307101203150093", "household.kk_unmasked"),
    ],
)
def test_a_number_is_shown_once_and_leaves_a_trace(
    desk: Client, family: Family, what: str, number: str, event: str
) -> None:
    shown = desk.post(reverse("people:unmask", args=[family["Siti"].id]), {"nomor": what})
    again = desk.get(pages_of(family)["resident"])

    assert FULL_NUMBER.findall(html(shown)) == [number]
    assert "no-store" in shown["Cache-Control"]
    assert FULL_NUMBER.findall(html(again)) == []
    assert events(event) == 1


def test_a_number_is_never_shown_by_following_a_link(desk: Client, family: Family) -> None:
    assert desk.get(reverse("people:unmask", args=[family["Siti"].id])).status_code == 405
    assert desk.post(reverse("people:unmask", args=[family["Siti"].id]), {"nomor": "x"}).status_code == 404


def test_a_plan_to_go_abroad_is_offered_to_nobody_who_is_too_young_to_be_asked(desk: Client, family: Family) -> None:
    def leads_there(page: str, who: str) -> bool:
        return f"{reverse('cases:open_case')}?warga={family[who].id}" in html(desk.get(page))

    home = pages_of(family)["household"]

    assert [leads_there(home, who) for who in ("Siti", "Slamet", "Rizky")] == [True, True, False]
    assert leads_there(reverse("people:resident", args=[family["Siti"].id]), "Siti")
    assert not leads_there(reverse("people:resident", args=[family["Rizky"].id]), "Rizky")
