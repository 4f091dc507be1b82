"""`audit verify` finds what was done to the memory behind the program's back, and says where."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.db import connection

from desmigratif.access.actor import Actor
from desmigratif.access.door import Act, perform
from desmigratif.access.reads import opened
from desmigratif.access.scope import acting_as
from desmigratif.audit import unit
from desmigratif.audit.models import Event
from desmigratif.audit.unit import Subject
from desmigratif.audit.verify import verify, verify_chains
from desmigratif.shared import triggers
from desmigratif.shared.ids import new_id
from reliability import figures
from reliability.tampering import KINDS, Snapshot, Tamperer

KURIPAN, KENANGA = "33.07.10.2004", "32.12.16.2004"
IN_MEMORY, IN_DATABASE = 1000, 42
EVENTS = 20  # of each of the two villages


@pytest.fixture
def history(places: None, officer: Actor, stranger: Actor, now: datetime) -> Snapshot:
    """Two villages' memory: visits, a refusal now and then, and people who looked at records."""
    for by, code in ((officer, KURIPAN), (stranger, KENANGA)):
        for number in range(EVENTS):
            moment = now + timedelta(seconds=number)
            if number % 7 == 3:
                opened(by, "visit.opened", village_code=code, subjects=[Subject("visit", new_id())], now=moment)
                continue
            given = {
                "visit_id": str(new_id()), "village_code": code, "visitor_name": f"Tamu {number}", "purpose": "other",
                "on": "2030-01-01" if number % 7 == 5 else "2026-11-23",
            }  # fmt: skip
            perform(by, Act("cases.record_visit", new_id(), given), now=moment)
    return Snapshot.taken()


def _places(tampered: Snapshot | None = None) -> dict[tuple[str, int], str]:
    report = verify(tampered) if tampered else verify_chains()
    return {(link.village_code, link.audit_no): link.problem for link in report.broken}


@pytest.mark.django_db
def test_a_whole_memory_is_whole_as_a_copy_and_in_the_database(history: Snapshot) -> None:
    assert {row.outcome for row in history.receipts} == {"done", "refused"}
    assert Event.objects.count() == 2 * EVENTS
    assert verify(history).broken == verify_chains().broken == ()
    assert verify(history).events == verify_chains().events == 2 * EVENTS


@pytest.mark.django_db
def test_a_thousand_of_a_thousand_tamperings_are_found_and_placed(history: Snapshot) -> None:
    done: Counter[str] = Counter()
    missed = []
    for seed in range(IN_MEMORY):
        tamperer = Tamperer(history, seed)
        wanted = tamperer.do()
        found = _places(tamperer.rows)
        done[tamperer.what] += 1
        if not wanted <= set(found):
            missed.append((seed, tamperer.what, wanted, found))

    assert missed == []
    assert set(done) == set(KINDS)
    assert verify(history).broken == ()
    figures.note(
        "tampering", tried=IN_MEMORY, found=IN_MEMORY - len(missed), kinds=len(KINDS), seeds=f"0-{IN_MEMORY - 1}"
    )


@pytest.mark.django_db
def test_the_same_is_found_in_the_database_itself(history: Snapshot) -> None:
    triggers.drop_guards()
    missed = []
    for seed in range(IN_DATABASE):
        tamperer = Tamperer(history, seed)
        wanted = tamperer.do()
        tamperer.rows.put_back()
        found = _places()
        if not wanted <= set(found) or found != _places(tamperer.rows):
            missed.append((seed, tamperer.what, wanted, found))
    history.put_back()

    assert missed == []
    assert verify_chains().broken == ()
    figures.note("tampering_in_database", tried=IN_DATABASE, found=IN_DATABASE - len(missed))


@pytest.mark.sqlite
@pytest.mark.django_db
@pytest.mark.parametrize("column", ["id", "at", "act_id", "audit_no", "subject_id"])
def test_text_where_no_text_belongs_is_placed_and_breaks_nothing(history: Snapshot, column: str) -> None:
    """SQLite stores any text in any column."""
    triggers.drop_guards()
    event = history.chain(KURIPAN)[6]
    with connection.cursor() as cursor:
        if column == "subject_id":
            cursor.execute("UPDATE audit_eventsubject SET subject_id = 'x' WHERE event_id = %s", [event.id.hex])
        else:
            cursor.execute(f"UPDATE audit_event SET {column} = 'x' WHERE id = %s", [event.id.hex])

    assert (KURIPAN, 7) in _places()


@pytest.mark.django_db
def test_a_row_about_somebody_without_an_event_is_said(history: Snapshot) -> None:
    triggers.drop_guards()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_eventsubject (event_id, subject_type, subject_id) VALUES (%s, 'resident', %s)",
            [str(new_id()).replace("-", ""), str(new_id()).replace("-", "")],
        )

    assert _places() == {("", 0): "stray_subject"}


@pytest.mark.django_db
def test_an_act_that_changed_nothing_leaves_an_event_too(officer: Actor, now: datetime, places: None) -> None:
    """Otherwise its receipt could not be told from a forged one."""
    note = unit.Unit(str(officer.id), officer.role_code, KURIPAN, now, "desk", act_id=new_id())
    with acting_as(officer), unit.unit_of_work(note):
        pass

    assert Event.objects.get(act_id=note.act_id).event == "act.changed_nothing"
