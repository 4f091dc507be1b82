"""The memory cannot be changed, and shows it when somebody did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from desmigratif.access.actor import Actor
from desmigratif.access.door import Act, perform
from desmigratif.audit import memory, unit
from desmigratif.audit.models import Change, Event, FactDelta, Receipt, Signal, TimelineEntry, VillageClock
from desmigratif.audit.unit import NoUnitOfWork
from desmigratif.audit.verify import verify_chains
from desmigratif.shared import triggers
from desmigratif.shared.ids import new_id
from desmigratif.shared.privacy import PrivacyClass

KURIPAN = "33.07.10.2004"


def remember(working: Callable[..., object], officer: Actor, count: int = 3) -> None:
    for number in range(count):
        with working(officer):  # type: ignore[attr-defined]
            unit.record("test.happened", village_code=KURIPAN, number=number)


@pytest.mark.django_db
def test_nothing_is_written_outside_a_unit() -> None:
    with pytest.raises(NoUnitOfWork):
        unit.record("test.happened", village_code=KURIPAN)
    with pytest.raises(NoUnitOfWork):
        memory.add_fact("A1", KURIPAN, date(2026, 11, 23))


@pytest.mark.django_db
def test_a_whole_chain_verifies(working: Callable[..., object], officer: Actor) -> None:
    remember(working, officer)

    report = verify_chains()

    assert (report.events, report.villages, report.broken) == (3, 1, ())


@pytest.mark.django_db
def test_a_moment_noted_in_another_time_zone_is_the_same_moment(working: Callable[..., object], officer: Actor) -> None:
    in_kupang = datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=8)))
    with working(officer, in_kupang):  # type: ignore[attr-defined]
        unit.record("test.happened", village_code=KURIPAN, parts=("a", "b"))

    assert verify_chains().broken == ()


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE audit_event SET event = 'x'", "DELETE FROM audit_event"])
def test_the_database_refuses_to_change_events(working: Callable[..., object], officer: Actor, statement: str) -> None:
    remember(working, officer)

    with (
        pytest.raises(DatabaseError, match="audit events"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert Event.objects.count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tampering", "number", "problem"),
    [
        ("UPDATE audit_event SET event = 'x' WHERE audit_no = 2", 2, "altered"),
        ("DELETE FROM audit_event WHERE audit_no = 2", 2, "missing"),
        ("DELETE FROM audit_event WHERE audit_no = 3", 3, "end_missing"),
        ("UPDATE audit_event SET audit_no = audit_no + 10 WHERE audit_no = 1", 1, "missing"),
        ("UPDATE audit_event SET prev_hash = 'x' WHERE audit_no = 3", 3, "not_linked"),
    ],
)
def test_tampering_with_the_guards_down_is_found_and_placed(
    working: Callable[..., object], officer: Actor, tampering: str, number: int, problem: str
) -> None:
    remember(working, officer)
    triggers.drop_guards()

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_eventsubject")
        cursor.execute(tampering)

    (broken,) = verify_chains().broken
    assert (broken.village_code, broken.audit_no, broken.problem) == (KURIPAN, number, problem)


@pytest.mark.django_db
def test_events_without_a_village_belong_to_the_actors_region(working: Callable[..., object], ministry: Actor) -> None:
    with working(ministry):  # type: ignore[attr-defined]
        unit.record("test.looked")

    assert Event.objects.get().village_code == "ID"


@pytest.mark.django_db
def test_a_failed_unit_leaves_nothing(working: Callable[..., object], officer: Actor) -> None:
    with pytest.raises(ZeroDivisionError), working(officer):  # type: ignore[attr-defined]
        unit.record("test.happened", village_code=KURIPAN)
        memory.add_fact("A1", KURIPAN, date(2026, 11, 23))
        _ = 1 / 0

    assert not Event.objects.exists()
    assert not FactDelta.objects.exists()
    assert not VillageClock.objects.exists()


@pytest.mark.django_db
def test_a_signal_is_raised_once_and_ended(working: Callable[..., object], officer: Actor) -> None:
    household_id = new_id()
    with working(officer):  # type: ignore[attr-defined]
        for day in (date(2026, 11, 1), date(2026, 11, 5)):
            memory.set_signal("worker_abroad", village_code=KURIPAN, household_id=household_id, since=day)
        memory.end_signal("worker_abroad", household_id=household_id, on=date(2026, 11, 20))

    signal = Signal.objects.get()
    assert (signal.since, signal.until) == (date(2026, 11, 1), date(2026, 11, 20))


@pytest.mark.django_db(transaction=True)
def test_guards_stand_and_survive_a_remade_table() -> None:
    assert triggers.missing_guards() == set()

    triggers.drop_guards()
    assert triggers.missing_guards() != set()
    call_command("migrate", verbosity=0)

    assert triggers.missing_guards() == set()


@pytest.mark.django_db
def test_many_households_get_their_line_as_one_would(working: Callable[..., object], officer: Actor) -> None:
    homes = [new_id() for _ in range(3)]
    on = date(2026, 11, 23)
    with working(officer):  # type: ignore[attr-defined]
        memory.add_timelines(
            "register.imported",
            village_code=KURIPAN,
            on=on,
            params_of={home: {"new": n} for n, home in enumerate(homes)},
        )
        memory.add_timeline(village_code=KURIPAN, household_id=homes[0], kind="register.imported", on=on, new=0)

    lines = list(TimelineEntry.objects.order_by("id").values())
    same = [{**line, "id": None} for line in (lines[0], lines[3])]
    assert same[0] == same[1]
    assert [(line["household_id"], line["params"]) for line in lines[:3]] == [
        (home, {"new": n}) for n, home in enumerate(homes)
    ]
    assert set(Change.objects.values_list("record_id", flat=True)) == {line["id"] for line in lines}


@pytest.mark.django_db
def test_lines_of_one_moment_stand_in_the_order_they_were_made(now: datetime) -> None:
    home, ids = new_id(), [new_id() for _ in range(5)]
    for place in (2, 0, 4, 1, 3):
        TimelineEntry.objects.create(
            id=ids[place], village_code=KURIPAN, household_id=home, kind="test.line", on=date(2026, 11, 23), at=now,
            privacy=PrivacyClass.INTERNAL,
        )  # fmt: skip

    shown = memory.timeline_of(home, [PrivacyClass.INTERNAL])

    assert [line.id for line in shown] == ids[::-1]


@pytest.mark.django_db
def test_many_residents_get_one_standing_signal_each(working: Callable[..., object], officer: Actor) -> None:
    home, one, two, three = (new_id() for _ in range(4))
    on, later = date(2026, 11, 23), date(2026, 11, 24)
    with working(officer):  # type: ignore[attr-defined]
        memory.set_signals("nik_doubt", village_code=KURIPAN, since=on, home_of={one: home, two: home})
        memory.end_signal("nik_doubt", household_id=home, resident_id=one, on=on)
        memory.set_signals("nik_doubt", village_code=KURIPAN, since=later, home_of={one: home, two: home, three: home})

    live = Signal.objects.filter(until=None).values_list("resident_id", "since", "household_id")
    assert set(live) == {(one, later, home), (two, on, home), (three, later, home)}


@pytest.mark.django_db
def test_many_lines_need_a_unit_too() -> None:
    with pytest.raises(NoUnitOfWork):
        memory.add_timelines("x", village_code=KURIPAN, on=date(2026, 11, 23), params_of={})
    with pytest.raises(NoUnitOfWork):
        memory.set_signals("x", village_code=KURIPAN, since=date(2026, 11, 23), home_of={})


@pytest.mark.django_db
def test_an_act_without_its_receipt_is_placed(officer: Actor, now: datetime, places: None) -> None:
    for name in ("Tamu pertama", "Tamu kedua"):
        given = {
            "visit_id": str(new_id()), "village_code": KURIPAN, "visitor_name": name, "purpose": "other",
            "on": "2026-11-23",
        }  # fmt: skip
        second = perform(officer, Act("cases.record_visit", new_id(), given), now=now)
    triggers.drop_guards()
    assert verify_chains().broken == ()

    Receipt.objects.filter(id=second.id).delete()

    (broken,) = verify_chains().broken
    assert (broken.village_code, broken.audit_no, broken.problem) == (KURIPAN, 2, "receipt_missing")
