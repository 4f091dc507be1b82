"""The disk is full at the n-th write of an act, for every n: nothing half done, a page that says so, and it goes on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from desmigratif.access.actor import person
from desmigratif.access.door import do
from desmigratif.access.models import Grant, User
from desmigratif.access.queries import actor_for
from desmigratif.audit.verify import verify_chains
from desmigratif.demo.centre.stories import LAWFUL
from desmigratif.people.importing import import_file
from desmigratif.people.models import Resident
from desmigratif.shared.ids import new_id
from reliability import figures
from reliability.wishes import KURIPAN, Import, Issue, Push, fresh, sheet, today

pytestmark = pytest.mark.django_db(transaction=True)
SAID = {
    "sqlite": "database or disk is full",
    "postgresql": 'could not extend file "base/16384/2619": No space left on device',
}
WRITES = ("INSERT", "UPDATE", "DELETE")
PASSING = ("django_session", "django_content_type")  # a session is no record
Json = dict[str, Any]


@dataclass
class FullDisk:
    """Lets `room` writes through; the next one finds the disk full. `writes` counts what was let through."""

    room: int
    writes: int = 0
    refused: int = 0

    def __call__(self, run: Callable[..., Any], sql: str, params: Any, many: bool, context: Json) -> Any:
        if sql.lstrip().startswith(WRITES):
            if self.writes >= self.room:
                self.refused += 1
                raise OperationalError(SAID[connection.vendor])
            self.writes += 1
        return run(sql, params, many, context)


@contextmanager
def disk_with_room_for(writes: int) -> Iterator[FullDisk]:
    disk = FullDisk(writes)
    with connection.execute_wrapper(disk):
        yield disk


def everything() -> dict[str, int]:
    """How many rows every table has, and how far the clocks are."""
    counts = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = model._meta.db_table
            if table not in PASSING:
                cursor.execute(f'SELECT count(*) FROM "{table}"')
                counts[table] = cursor.fetchone()[0]
        cursor.execute("SELECT coalesce(sum(audit_no + change_no), 0) FROM audit_villageclock")
        counts["clocks"] = int(cursor.fetchone()[0])
        cursor.execute("SELECT coalesce(sum(last_number), 0) FROM documents_lettercounter")
        counts["numbers"] = int(cursor.fetchone()[0])
    return counts


@dataclass
class Desk:
    """An officer of Kuripan who is signed in, and the case of a family that was heard."""

    client: Client
    case: str = ""
    session: str = ""
    imported: int = 100
    counts: Json = field(default_factory=dict)


@pytest.fixture
def desk(places: None, client: Client, settings: Any) -> Desk:
    settings.SECOND_FACTOR_REQUIRED = False
    now = datetime.now(UTC)
    user = User.objects.create(username="petugas", name="Petugas")
    Grant.objects.create(user=user, role="village_officer", region_code=KURIPAN, valid_from=date(2020, 1, 1))
    client.force_login(user)
    client.raise_request_exception = False
    client.get("/")  # what is looked up once stands from here on
    admin = person(new_id(), "Pengelola", ("administrator", "33.07"))
    office = {
        "office_id": new_id(), "key_id": new_id(), "village_code": KURIPAN, "address": "Jalan Balai Desa 1",
        "head_name": "Suwarno", "letter_code": "DS-KRP",
    }  # fmt: skip
    do(admin, "documents.set_up_office", office, now=now, act_id=new_id())
    by = actor_for(user, today=today())
    import_file(sheet(KURIPAN, 2, 2), KURIPAN, by=by, now=now, commit=True, file_name="awal.xlsx")
    wife, husband = Resident.objects.in_village(KURIPAN).order_by("sex")
    case, common = fresh(), {"village_code": KURIPAN, "on": today()}
    talk = {
        "talk_id": new_id(), "permission": "given", "giver_capacity": "husband", "giver_id": husband.id,
        "disputed": False, "pressure": False, "candidate_confirms_alone": True,
    }  # fmt: skip
    for name, given in (
        ("cases.open_case", {"resident_id": wife.id}),
        ("cases.check_offer", {"check_id": new_id(), "answers": LAWFUL}),
        ("cases.record_family_talk", talk),
    ):
        do(by, name, {**common, "case_id": case, **given}, now=now, act_id=new_id())
    return Desk(client, case)


def visit(desk: Desk) -> Callable[[], Any]:
    given = {
        "act_id": fresh(), "record_id": fresh(), "visitor_name": "Pak Slamet", "purpose": "other", "place": "hall",
        "on": today().strftime("%d-%m-%Y"), "note": "Minta kabar.",
    }  # fmt: skip
    return lambda: desk.client.post(reverse("cases:record_visit"), given)


def letter(desk: Desk) -> Callable[[], Any]:
    wish = Issue("", desk.case)
    return lambda: desk.client.post(wish.path, wish.fields())


def register(desk: Desk) -> Callable[[], Any]:
    upload = SimpleUploadedFile("desa.xlsx", sheet(KURIPAN, 100, 5))
    page = desk.client.post(reverse("people:import"), {"sheet": upload}).headers["location"]
    return lambda: desk.client.post(page)


@pytest.mark.parametrize("act", [visit, letter, register])
def test_whichever_write_finds_the_disk_full_nothing_is_half_done(
    desk: Desk, act: Callable[[Desk], Callable[[], Any]]
) -> None:
    ask, before, place, done_before_the_end = act(desk), everything(), 0, 0
    while True:
        with disk_with_room_for(place) as disk:
            answer = ask()
        if not disk.refused:
            break
        assert (answer.status_code, "penuh" in answer.content.decode()) == (507, True), place
        if everything() != before:  # the act stands, and only the page after it did not come
            done_before_the_end += 1
            assert everything()["audit_receipt"] == before["audit_receipt"] + 1
        place += 1

    after = everything()
    assert answer.status_code == 302
    assert done_before_the_end <= 1
    assert place > 5
    assert after["audit_receipt"] == before["audit_receipt"] + 1
    assert verify_chains().broken == ()
    figures.note(f"full_{act.__name__}", places=place, half=0)


def test_a_phone_keeps_what_found_no_room_and_sends_it_again(desk: Desk) -> None:
    wish, before, place, kept = Push("", 3), everything(), 0, set()
    while True:
        with disk_with_room_for(place) as disk:
            answer = desk.client.post("/sync/v1/push", wish.body(), content_type="application/json")
        done = {row["id"] for row in json.loads(answer.content)["receipts"]} if answer.status_code == 200 else set()
        assert everything()["cases_visit"] - before["cases_visit"] >= len(kept | done)
        kept |= done
        if not disk.refused:
            break
        assert answer.status_code == 200 or (answer.status_code == 507 and not done)
        place += 1

    assert kept == {act for act, _ in wish.visits}
    assert everything()["cases_visit"] == before["cases_visit"] + 3
    assert verify_chains().broken == ()
    figures.note("full_push", places=place, half=0)


@pytest.mark.sqlite
def test_a_file_that_may_not_grow_stops_an_act_whole(desk: Desk) -> None:
    """SQLite's own "full", at whichever page it comes."""
    refused = done = 0
    for spare in range(6):
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            (pages,) = cursor.execute("PRAGMA page_count").fetchone()
            cursor.execute(f"PRAGMA max_page_count = {pages + spare}")
        ask, before = register_number(desk, spare), everything()
        answer = ask()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")
        if answer.status_code == 507:
            refused += 1
            assert everything() == before
            assert ask().status_code == 302
        done += everything()["audit_receipt"] == before["audit_receipt"] + 1

    assert refused
    assert done == 6
    assert verify_chains().broken == ()
    figures.note("full_file", places=refused, half=0)


def register_number(desk: Desk, number: int) -> Callable[[], Any]:
    wish = Import("", sheet(KURIPAN, 200 + 20 * number, 20))
    upload = SimpleUploadedFile("desa.xlsx", wish.content)
    page = desk.client.post(reverse("people:import"), {"sheet": upload}).headers["location"]
    return lambda: desk.client.post(page)
