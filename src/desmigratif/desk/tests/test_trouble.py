"""Disk full, database busy or gone: a page says so, and what was acknowledged stays."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from unittest.mock import patch

import pytest
from django.db import OperationalError, connection
from django.test import Client

from desmigratif.access.actor import Actor
from desmigratif.access.door import Act, perform
from desmigratif.access.models import Grant, User
from desmigratif.audit.models import Receipt
from desmigratif.audit.verify import verify_chains
from desmigratif.cases.models import Visit
from desmigratif.regions.testing import load_sample
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"


@pytest.fixture
def desk(client: Client, settings) -> Client:  # type: ignore[no-untyped-def]
    """An officer of Kuripan, signed in."""
    settings.SECOND_FACTOR_REQUIRED = False
    load_sample()
    user = User.objects.create(username="petugas", name="Petugas")
    Grant.objects.create(user=user, role="village_officer", region_code=KURIPAN, valid_from="2026-01-01")
    client.force_login(user)
    client.raise_request_exception = False
    return client


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("problem", "status", "words"),
    [
        (OperationalError("database or disk is full"), 507, "penuh"),
        (OperationalError("database is locked"), 503, "sibuk"),
        (OperationalError("server closed the connection unexpectedly"), 503, "sibuk"),
        (OSError(28, "No space left on device"), 507, "penuh"),
        (ZeroDivisionError("a mistake of ours"), 500, ""),
    ],
)
def test_each_trouble_has_its_page(desk: Client, problem: Exception, status: int, words: str) -> None:
    with patch("desmigratif.desk.views.home.morning_of", side_effect=problem):
        answer = desk.get("/")

    assert answer.status_code == status
    assert words in answer.content.decode().lower()
    assert "Traceback" not in answer.content.decode()


@pytest.mark.django_db
def test_health_says_when_the_database_is_gone(client: Client) -> None:
    with patch("desmigratif.desk.views.home.connection.cursor", side_effect=OperationalError("gone")):
        assert client.get("/sehat").status_code == 503
    assert client.get("/sehat").json() == {"status": "ok"}


@pytest.fixture
def nearly_full(transactional_db: None) -> Iterator[None]:
    """A database file that may not grow any further."""
    load_sample()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # no room that earlier tests left behind
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 4}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1073741823")


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("nearly_full")
def test_a_full_disk_loses_nothing_acknowledged(officer: Actor, now: datetime) -> None:
    acknowledged: list[str] = []
    with pytest.raises(OperationalError, match="full"):
        for _ in range(500):
            visit_id = str(new_id())
            payload = {
                "visit_id": visit_id, "village_code": KURIPAN, "on": "2026-11-23", "visitor_name": "Tamu " * 15,
                "purpose": "other", "note": "x" * 900,
            }  # fmt: skip
            perform(officer, Act("cases.record_visit", new_id(), payload), now=now)
            acknowledged.append(visit_id)

    kept = {str(id) for id in Visit.objects.in_village(KURIPAN).values_list("id", flat=True)}
    assert kept == set(acknowledged)
    assert Receipt.objects.count() == len(acknowledged)
    assert verify_chains().broken == ()


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_locked_database_says_busy_and_then_works(morning: None, desk: Client) -> None:
    page = desk.get("/pelayanan/tamu/baru/").content.decode()
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]+)"', page))
    form |= {"visitor_name": "Pak Slamet", "purpose": "other", "place": "hall", "on": "23-11-2026"}
    file = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        answer = desk.post("/pelayanan/tamu/baru/", form)
        assert answer.status_code == 503
        assert not Visit.objects.in_village(KURIPAN).exists()
    finally:
        other.execute("ROLLBACK")
        other.close()

    assert desk.post("/pelayanan/tamu/baru/", form).status_code == 302
    assert Visit.objects.in_village(KURIPAN).count() == 1


@pytest.mark.django_db
def test_the_mark_comes_by_its_old_name_too() -> None:
    answer = Client().get("/favicon.ico")

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/x-icon")
    assert answer.content[:4] == b"\x00\x00\x01\x00"
