"""Visits: written once, explained topics kept, strangers refused."""

from __future__ import annotations

from datetime import datetime

import pytest

from desmigratif.access.actor import Actor
from desmigratif.access.door import Act, perform
from desmigratif.audit.models import Event, FactDelta, Outcome, TimelineEntry
from desmigratif.cases.models import Visit
from desmigratif.cases.queries import waiting_list
from desmigratif.cases.tests.conftest import Doing, Family
from desmigratif.people.models import Resident
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import InvalidInput, Refusal

KURIPAN = "33.07.10.2004"
pytestmark = pytest.mark.django_db


def test_a_visit_is_on_the_households_timeline_and_counts_once(family: Family, doing: Doing) -> None:
    visit_id = str(new_id())

    doing("cases.record_visit", visit_id=visit_id, resident_id=str(family.siti.id), purpose="ask_information",
          topics=["costs", "procedure"], note="Ditawari kerja di Hong Kong")  # fmt: skip

    visit = Visit.objects.in_village(KURIPAN).get()
    assert str(visit.id) == visit_id
    assert b"Hong Kong" not in bytes(visit.note_sealed or b"")
    assert TimelineEntry.objects.get(household_id=family.household.id).kind == "visit.recorded"
    assert FactDelta.objects.get(code="A1").numerator == 1


def test_a_stranger_without_a_record_may_visit_by_name(places: None, doing: Doing) -> None:
    doing("cases.record_visit", visit_id=str(new_id()), visitor_name="Pak Slamet dari Garung", purpose="other")

    assert Visit.objects.in_village(KURIPAN).get().visitor_name == "Pak Slamet dari Garung"


def test_a_visit_without_a_visitor_is_refused(places: None, doing: Doing) -> None:
    with pytest.raises(Refusal) as refusal:
        doing("cases.record_visit", visit_id=str(new_id()), purpose="other")

    assert refusal.value.reasons[0].field == "visitor_name"
    assert not Visit.objects.in_village(KURIPAN).exists()


def test_a_visit_tomorrow_is_refused(family: Family, doing: Doing) -> None:
    with pytest.raises(Refusal) as refusal:
        doing("cases.record_visit", visit_id=str(new_id()), visitor_name="X", purpose="other", on="2026-11-24")

    assert refusal.value.reasons[0].code == "date_in_future"


def test_today_is_the_villages_own_day(places: None, officer: Actor) -> None:
    late_evening_utc = datetime.fromisoformat("2026-11-23T18:30:00+00:00")  # already the 24th in Kuripan
    payload = {"visit_id": str(new_id()), "village_code": KURIPAN, "on": "2026-11-24", "visitor_name": "X",
               "purpose": "other"}  # fmt: skip

    receipt = perform(officer, Act("cases.record_visit", new_id(), payload), now=late_evening_utc)

    assert receipt.outcome == Outcome.DONE


def test_an_unknown_purpose_is_invalid(places: None, doing: Doing) -> None:
    with pytest.raises(InvalidInput):
        doing("cases.record_visit", visit_id=str(new_id()), visitor_name="X", purpose="dance")


def test_a_visit_by_somebody_recorded_as_dead_waits_for_a_person(family: Family, officer: Actor, now: datetime) -> None:
    Resident.objects.in_village(KURIPAN).filter(id=family.budi.id).update(life_status="dead")
    payload = {"visit_id": str(new_id()), "village_code": KURIPAN, "on": "2026-11-23",
               "resident_id": str(family.budi.id), "purpose": "other"}  # fmt: skip

    receipt = perform(officer, Act("cases.record_visit", new_id(), payload), now=now)

    assert receipt.outcome == Outcome.NEEDS_REVIEW
    assert not Visit.objects.in_village(KURIPAN).exists()


def test_an_officer_of_another_village_cannot_record_a_visit(family: Family, doing: Doing, stranger: Actor) -> None:
    with pytest.raises(Refusal) as refusal:
        doing("cases.record_visit", by=stranger, visit_id=str(new_id()), visitor_name="X", purpose="other")

    assert refusal.value.reasons[0].code == "not_found"


def test_a_resident_of_another_village_looks_unknown(family: Family, now: datetime, stranger: Actor) -> None:
    payload = {"visit_id": str(new_id()), "village_code": "32.12.16.2004", "on": "2026-11-23",
               "resident_id": str(family.siti.id), "purpose": "other"}  # fmt: skip

    receipt = perform(stranger, Act("cases.record_visit", new_id(), payload), now=now)

    assert receipt.reasons[0]["code"] == "not_found"


def test_the_ministry_records_nothing(family: Family, doing: Doing, ministry: Actor) -> None:
    with pytest.raises(Refusal):
        doing("cases.record_visit", by=ministry, visit_id=str(new_id()), visitor_name="X", purpose="other")


def test_who_waits_is_served_once(family: Family, doing: Doing, officer: Actor, now: datetime) -> None:
    visit_id = str(new_id())
    doing("cases.record_visit", visit_id=visit_id, resident_id=str(family.siti.id), purpose="letter", waiting=True)
    assert [str(visit.id) for visit in waiting_list(officer, KURIPAN, now.date())] == [visit_id]

    finish = {"visit_id": visit_id, "village_code": KURIPAN, "topics": ["costs"]}
    first = perform(officer, Act("cases.finish_visit", new_id(), finish), now=now)
    second = perform(officer, Act("cases.finish_visit", new_id(), finish), now=now)

    assert first.outcome == Outcome.DONE
    assert second.reasons[0]["code"] == "already_served"
    assert waiting_list(officer, KURIPAN, now.date()) == []


def test_an_officer_of_another_village_cannot_finish_a_visit(
    family: Family, doing: Doing, stranger: Actor, now: datetime
) -> None:
    visit_id = str(new_id())
    doing("cases.record_visit", visit_id=visit_id, resident_id=str(family.siti.id), purpose="letter", waiting=True)

    receipt = perform(
        stranger, Act("cases.finish_visit", new_id(), {"visit_id": visit_id, "village_code": KURIPAN}), now=now
    )

    assert receipt.outcome == Outcome.REFUSED


def test_events_hold_no_name_and_no_note(family: Family, doing: Doing) -> None:
    doing("cases.record_visit", visit_id=str(new_id()), resident_id=str(family.siti.id), purpose="trouble",
          note="Cerita panjang")  # fmt: skip

    said = str(list(Event.objects.values_list("subjects", "details")))
    assert "Siti" not in said
    assert "Cerita" not in said


def test_a_visit_id_that_exists_already_is_refused_by_name(family: Family, doing: Doing) -> None:
    visit_id = str(new_id())
    doing("cases.record_visit", visit_id=visit_id, visitor_name="Pak Slamet", purpose="other")

    with pytest.raises(Refusal) as refusal:
        doing("cases.record_visit", visit_id=visit_id, visitor_name="Pak Slamet", purpose="other")

    assert refusal.value.reasons[0].code == "id_taken"


def test_a_visit_that_arrives_days_later_was_served_when_they_came(family: Family, doing: Doing) -> None:
    doing("cases.record_visit", visit_id=str(new_id()), visitor_name="Pak Slamet", purpose="other",
          on="2026-11-20", came_at="2026-11-20T02:00:00+00:00")  # fmt: skip

    assert str(Visit.objects.in_village(KURIPAN).get().served_at) == "2026-11-20 02:00:00+00:00"
