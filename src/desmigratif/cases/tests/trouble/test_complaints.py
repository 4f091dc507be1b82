"""A complaint is taken in, moves along its flow, and is seen only by those whom it may not harm."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from desmigratif.access.actor import Actor, person
from desmigratif.audit.models import Event, FactDelta, Signal, TimelineEntry
from desmigratif.cases.actions.trouble.complaint_states import complaint_of, move
from desmigratif.cases.complaint_sealing import door_index, receipt_code, said_of
from desmigratif.cases.models import Complaint, ComplaintMove, ComplaintState
from desmigratif.cases.tests.conftest import KURIPAN, Doing, Family
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours, Refusal

REGENCY = "33.07"
Moving = Callable[..., Complaint]


@pytest.fixture
def coordinator() -> Actor:
    return person(new_id(), "Koordinator", ("regency_coordinator", REGENCY))


@pytest.fixture
def moving(officer: Actor, working: Any) -> Moving:
    """Bring a complaint through states, as an action of somebody would."""

    def run(complaint_id: str, *states: str, by: Actor = officer, code: str = KURIPAN) -> Complaint:
        with working(by):
            complaint = complaint_of(by, code, complaint_id)  # type: ignore[arg-type]
            for state in states:
                move(complaint, ComplaintState(state), act="test.moved", why="Sebab rahasia")
            return complaint

    return run


def tell(doing: Doing, **said: Any) -> str:
    complaint_id = str(new_id())
    usual = {"channel": "desk", "kind": "UNPAID_WAGE", "story": "Upah tiga bulan belum dibayar."}
    doing("cases.record_complaint", complaint_id=complaint_id, **{**usual, **said})
    return complaint_id


def seen(by: Actor) -> list[str]:
    return [str(row.id) for row in Complaint.objects.visible_to(by)]


def test_a_complaint_of_which_nearly_nothing_is_known_is_taken_in(doing: Doing, officer: Actor, places: None) -> None:
    told = tell(doing, kind=None, channel="anonymous")

    complaint = Complaint.objects.visible_to(officer).get()
    assert (str(complaint.id), complaint.state, complaint.kind) == (told, "RECEIVED", "")
    assert (complaint.triage_due_at - complaint.received_at).total_seconds() == 24 * 3600
    assert b"Upah" not in bytes(complaint.said_sealed)
    assert said_of(complaint).story == "Upah tiga bulan belum dibayar."
    fact = FactDelta.objects.get(code="B2")
    assert (fact.numerator, fact.denominator) == (0, 1)


def test_its_code_and_a_birth_date_find_it_again_and_neither_is_kept(doing: Doing, places: None) -> None:
    told = tell(doing, reporter={"relation": "spouse", "birth_date": "1992-01-03"})

    complaint = Complaint.objects.in_village(KURIPAN).get(id=told)
    code = receipt_code(complaint.id)
    assert complaint.door_index == door_index(code.lower().replace("-", " "), date(1992, 1, 3))
    assert complaint.door_index != door_index(code, date(1992, 1, 4))


def test_a_kind_that_is_none_and_a_day_to_come_are_said_at_once(doing: Doing, places: None) -> None:
    with pytest.raises(Refusal) as refusal:
        tell(doing, kind="NONE_OF_OURS", on="2026-11-24", benefit="cake", benefit_on="2027-01-01")

    assert [reason.field for reason in refusal.value.reasons] == ["on", "kind", "benefit", "benefit_on"]
    assert not Complaint.objects.in_village(KURIPAN).exists()


def test_a_stranger_records_nothing_and_sees_nothing(doing: Doing, stranger: Actor, family: Family) -> None:
    told = tell(doing)

    with pytest.raises(Refusal) as refusal:
        doing("cases.record_complaint", by=stranger, complaint_id=str(new_id()), channel="desk", story="Upah saya")
    assert refusal.value.reasons[0].code == NotFoundOrNotYours.code
    assert seen(stranger) == []
    assert seen(person(new_id(), "Kades", ("village_head", KURIPAN))) == []
    assert Complaint.objects.in_village(KURIPAN).get().id.hex == told.replace("-", "")


def test_a_complaint_about_the_officer_who_types_it_goes_to_the_regency_alone(
    doing: Doing, officer: Actor, coordinator: Actor, family: Family
) -> None:
    told = tell(doing, kind="OVERCHARGE", about_officer=True, resident_id=str(family.siti.id))

    assert seen(officer) == []
    assert seen(coordinator) == [told]
    assert not TimelineEntry.objects.exists()
    assert not Event.objects.filter(village_code=KURIPAN, event__startswith="complaint.").exists()
    assert FactDelta.objects.get(code="B2").village_code == REGENCY


def test_of_a_protective_complaint_the_row_names_nobody(
    doing: Doing, officer: Actor, coordinator: Actor, family: Family
) -> None:
    tell(doing, kind="TRAFFICKING", resident_id=str(family.siti.id), story="Ditahan di rumah majikan.")

    complaint = Complaint.objects.visible_to(coordinator).get()
    assert (complaint.kind, complaint.resident_id, complaint.emergency) == ("", None, True)
    said = said_of(complaint)
    assert (said.kind, said.resident_id, said.about_name) == ("TRAFFICKING", str(family.siti.id), "Siti Aminah")
    assert said.village_code == KURIPAN
    event = Event.objects.get(event="complaint.received")
    assert (event.village_code, event.subjects) == (REGENCY, [])
    assert seen(officer) == []
    assert not TimelineEntry.objects.exists()


def test_a_complaint_goes_along_its_flow_and_nowhere_else(doing: Doing, moving: Moving, family: Family) -> None:
    told = tell(doing, resident_id=str(family.siti.id))

    with pytest.raises(Refusal, match="not_the_next_state"):
        moving(told, "REFERRED")
    complaint = moving(told, "TRIAGED", "VERIFIED", "REFERRED", "IN_PROCESS", "RESOLVED")

    assert complaint.resolved_on == date(2026, 11, 23)
    moves = ComplaintMove.objects.in_village(KURIPAN).order_by("id")
    assert [move.to_state for move in moves][-1] == "RESOLVED"
    assert b"rahasia" not in bytes(moves.last().why_sealed)  # type: ignore[union-attr, arg-type]
    assert moving(told, "REOPENED").resolved_on is None
    states = TimelineEntry.objects.filter(kind="complaint.moved", resident_id=family.siti.id)
    assert {entry.privacy for entry in states} == {"specific"}


def test_an_unpaid_wage_shows_in_the_household_until_it_is_settled(
    doing: Doing, moving: Moving, family: Family
) -> None:
    def standing() -> int:
        return Signal.objects.filter(kind="unpaid_wage_case", resident_id=family.siti.id, until=None).count()

    first = tell(doing, resident_id=str(family.siti.id))
    second = tell(doing, kind="UNDERPAID", resident_id=str(family.siti.id))
    assert standing() == 0, "nobody has looked at it yet"
    for told in (first, second):
        moving(told, "TRIAGED", "VERIFIED")
    moving(first, "RESOLVED")
    assert standing() == 1, "the other one goes on"
    moving(second, "RESOLVED")
    assert standing() == 0
    moving(first, "REOPENED")
    assert standing() == 1
