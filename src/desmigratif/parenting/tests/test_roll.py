"""Who came to a session, what a class taught, and whether a child talked with its parent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from desmigratif.access.actor import Actor
from desmigratif.audit.models import Event, EventSubject, TimelineEntry
from desmigratif.parenting.measures import reckon
from desmigratif.parenting.models import CallSlot, CaregiverScore, Centre, Child, ParentCall, RollMark, Session
from desmigratif.parenting.queries.sessions import absent_in_a_row, attendance_by_month, numbered_children
from desmigratif.parenting.tests.conftest import KURIPAN, Doing
from desmigratif.parenting.tests.test_centre import facts
from desmigratif.people.models import Resident
from desmigratif.shared.ids import new_id

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.django_db
Refused = Callable[..., list[str]]
Making = Callable[..., UUID]


@pytest.fixture
def putri(rizky: UUID, family: dict[str, Resident], doing: Doing) -> UUID:
    """Rizky's sister, enrolled after him; her father cares for her."""
    id = new_id()
    doing(
        "parenting.enrol_child", child_id=id, resident_id=family["Putri"].id, parent="mother",
        caregiver_id=family["Slamet"].id, caregiver_relation="father", basis="consent", given_by="father",
    )  # fmt: skip
    return id


def roll(session: UUID, *called: tuple[UUID, str], seen: int = 1) -> dict[str, Any]:
    rows = [{"child_id": child, "mark": mark} for child, mark in called]
    return {"session_id": session, "marks": rows, "seen": seen, "on": None}


def test_a_roll_is_called_at_once_and_the_centre_is_alive(
    session: Making, rizky: UUID, putri: UUID, doing: Doing
) -> None:
    today = session()

    said = doing("parenting.call_roll", **roll(today, (rizky, "present"), (putri, "excused")))

    assert said == {"session": str(today), "present": 1, "excused": 1, "absent": 0}
    one = Session.objects.in_village(KURIPAN).get()
    assert (one.state, one.present, one.excused, one.absent, one.version) == ("held", 1, 1, 0, 2)
    assert Centre.objects.in_village(KURIPAN).get().last_held_on == TODAY
    assert facts("D3") == (1, 1)
    assert facts("D2") == (1, 2)
    subjects = EventSubject.objects.filter(event=Event.objects.get(event="session.held"))
    assert subjects.filter(subject_type="resident").count() == 2, "each child's family may ask who wrote about it"


def test_what_was_done_is_said_with_the_roll_and_a_theme_of_ones_own_is_known(
    centre: UUID, session: Making, rizky: UUID, doing: Doing, refused: Refused
) -> None:
    own, today = new_id(), session()
    doing("parenting.add_theme", theme_id=own, centre_id=centre, audience="child", title="Berkebun bersama")
    both = {**roll(today, (rizky, "present")), "theme": "child_dreams", "own_theme_id": own}
    assert refused("parenting.call_roll", **both) == ["two_themes"]
    doing("parenting.call_roll", **{**both, "theme": None})

    one = Session.objects.in_village(KURIPAN).get()
    assert (one.theme, one.own_theme_id) == ("", own)
    doing("parenting.call_roll", **roll(today, (rizky, "absent"), seen=2))
    assert Session.objects.in_village(KURIPAN).get().own_theme_id == own, "nothing said leaves it"


def test_a_roll_called_again_is_corrected_and_counts_once(
    session: Making, rizky: UUID, putri: UUID, doing: Doing, refused: Refused
) -> None:
    today = session()
    doing("parenting.call_roll", **roll(today, (rizky, "present"), (putri, "present")))

    assert refused("parenting.call_roll", **roll(today, (rizky, "absent"))) == ["changed_meanwhile"]
    doing("parenting.call_roll", **roll(today, (rizky, "absent"), seen=2))

    assert [(one.child_id, one.mark) for one in RollMark.objects.in_village(KURIPAN)] == [(rizky, "absent")]
    assert facts("D3") == (1, 1)
    assert facts("D2") == (0, 1), "who was taken off the roll no longer counts"


@pytest.mark.parametrize("case", ["future", "twice", "nobody", "other_child", "cancelled", "caregivers"])
def test_an_impossible_roll_is_refused_and_nothing_is_written(
    case: str, session: Making, rizky: UUID, doing: Doing, refused: Refused
) -> None:
    on = {"future": "2026-11-24"}.get(case, "2026-11-23")
    one = session(on=on, kind="caregivers_class" if case == "caregivers" else "homework")
    called = {"twice": [rizky, rizky], "nobody": [], "other_child": [rizky, new_id()]}.get(case, [rizky])
    seen = 1
    if case == "cancelled":
        doing("parenting.cancel_session", session_id=one, because="weather")
        seen = 2
    codes = {
        "future": ["session_in_future"], "twice": ["twice_on_roll"], "nobody": ["nobody_called"],
        "other_child": ["not_of_centre"], "cancelled": ["session_cancelled"], "caregivers": ["other_kind"],
    }  # fmt: skip

    found = refused("parenting.call_roll", **roll(one, *((child, "present") for child in called), seen=seen))

    assert found == codes[case]
    assert not RollMark.objects.in_village(KURIPAN).exists()
    assert Centre.objects.in_village(KURIPAN).get().last_held_on is None


def test_a_child_stands_on_no_roll_from_before_it_came(session: Making, rizky: UUID, refused: Refused) -> None:
    earlier = session(on="2026-11-20")

    assert refused("parenting.call_roll", **roll(earlier, (rizky, "present"))) == ["not_of_centre"]


def test_numbers_on_paper_stay_when_children_come_and_go(rizky: UUID, putri: UUID, officer: Actor) -> None:
    assert {child.id: n for n, child in numbered_children(officer, KURIPAN, TODAY)} == {rizky: 1, putri: 2}

    Child.objects.in_village(KURIPAN).filter(id=rizky).update(left_on=date(2026, 11, 22), left_because="moved")

    assert [(n, child.id) for n, child in numbered_children(officer, KURIPAN, TODAY)] == [(2, putri)]


def test_a_year_of_months_and_absences_in_a_row(
    centre: UUID, session: Making, rizky: UUID, putri: UUID, doing: Doing, officer: Actor
) -> None:
    Child.objects.in_village(KURIPAN).update(enrolled_on=date(2026, 1, 5))
    for on, mark in (("2026-10-05", "present"), ("2026-11-02", "absent"), ("2026-11-09", "excused"),
                     ("2026-11-16", "absent")):  # fmt: skip
        doing("parenting.call_roll", **roll(session(on=on), (rizky, mark), (putri, "present")))

    months = attendance_by_month(officer, Centre.objects.in_village(KURIPAN).get(), TODAY)

    assert [(one.first.month, one.percent) for one in months[-3:]] == [(9, None), (10, 100), (11, 50)]
    assert len(months) == 12
    assert absent_in_a_row([rizky, putri], KURIPAN) == {rizky: 2}, "an excuse neither counts nor ends it"


# --- the caregivers' class ---


def test_a_class_is_scored_and_its_gain_is_counted_once(
    session: Making, putri: UUID, family: dict[str, Resident], doing: Doing
) -> None:
    lesson = session(kind="caregivers_class")
    yayah, slamet = family["Yayah"].id, family["Slamet"].id
    rows = [{"caregiver_id": yayah, "before": 45, "after": 80}, {"caregiver_id": slamet, "before": None, "after": None}]
    doing("parenting.score_class", session_id=lesson, scores=rows, seen=1, on=None)
    assert (reckon(KURIPAN, TODAY)["D6"], facts("D6_gain")) == ((2, 2), (35, 1))

    again = [{"caregiver_id": yayah, "before": 45, "after": 60}]
    doing("parenting.score_class", session_id=lesson, scores=again, seen=2, on=None)

    assert (reckon(KURIPAN, TODAY)["D6"], facts("D6_gain"), facts("D3")) == ((1, 2), (15, 1), (1, 1))
    assert [(one.before, one.after) for one in CaregiverScore.objects.in_village(KURIPAN)] == [(45, 60)]
    assert TimelineEntry.objects.filter(kind="caregivers_class.held").count() == 2


def test_a_score_of_400_is_refused_in_its_own_row(
    session: Making, rizky: UUID, family: dict[str, Resident], refused: Refused
) -> None:
    lesson = session(kind="caregivers_class")
    rows = [{"caregiver_id": family["Yayah"].id, "before": 45, "after": 400}]

    assert refused("parenting.score_class", session_id=lesson, scores=rows, seen=1, on=None) == ["impossible_score"]
    assert not CaregiverScore.objects.in_village(KURIPAN).exists()


# --- calls ---


@pytest.fixture
def sundays(rizky: UUID, doing: Doing) -> UUID:
    """Rizky talks with his mother in Hong Kong on Sundays at seven, her time."""
    id = new_id()
    doing("parenting.agree_call", slot_id=id, child_id=rizky, country="HKG", weekdays=[6], at="19:00", on="2026-11-02")
    return id


def test_a_call_is_done_or_missed_and_the_week_counts_once(rizky: UUID, sundays: UUID, doing: Doing) -> None:
    def called(due_at: str, because: str | None = None) -> None:
        given = {"call_id": new_id(), "slot_id": sundays, "due_at": due_at, "missed_because": because}
        doing("parenting.record_call", on=None, **given)

    called("2026-11-15T19:00:00+08:00", "no_signal")
    assert (facts("D5"), Child.objects.in_village(KURIPAN).get().last_contact_on) == ((0, 1), None)
    called("2026-11-22T19:00:00+08:00")

    assert facts("D5") == (1, 2)
    assert Child.objects.in_village(KURIPAN).get().last_contact_on == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("due_at", "because", "code"),
    [
        ("2026-11-29T19:00:00+08:00", None, "call_in_future"),
        ("2026-11-22T20:00:00+08:00", None, "not_agreed"),
        ("2026-11-22T19:00:00+08:00", "bored", "not_a_choice"),
    ],
)
def test_an_impossible_call_is_refused(
    due_at: str, because: str | None, code: str, sundays: UUID, refused: Refused
) -> None:
    given = {"call_id": new_id(), "slot_id": sundays, "due_at": due_at, "missed_because": because, "on": None}

    assert refused("parenting.record_call", **given) == [code]


def test_a_new_agreement_ends_the_one_before(rizky: UUID, sundays: UUID, doing: Doing) -> None:
    doing("parenting.agree_call", slot_id=new_id(), child_id=rizky, country="TWN", weekdays=[2, 6], at="20:00")

    rows = CallSlot.objects.in_village(KURIPAN).order_by("since")
    assert [(one.country, one.until) for one in rows] == [("HKG", TODAY), ("TWN", None)]


def test_a_stranger_writes_down_no_call(sundays: UUID, stranger: Actor, refused: Refused) -> None:
    given = {"call_id": new_id(), "slot_id": sundays, "due_at": "2026-11-22T19:00:00+08:00", "on": None}

    assert refused("parenting.record_call", by=stranger, **given) == ["not_found"]
    assert not ParentCall.objects.in_village(KURIPAN).exists()


def test_a_silence_and_absences_that_end_change_what_a_child_shows(
    session: Making, rizky: UUID, sundays: UUID, doing: Doing
) -> None:
    def signs() -> set[str]:
        return set(Child.objects.in_village(KURIPAN).get(id=rizky).risk_because)

    Child.objects.in_village(KURIPAN).update(last_contact_on=date(2026, 8, 1), enrolled_on=date(2026, 1, 5))
    for on in ("2026-11-02", "2026-11-09", "2026-11-16"):
        doing("parenting.call_roll", **roll(session(on=on), (rizky, "absent")))
    assert {"absences", "long_silence"} <= signs()

    doing("parenting.call_roll", **roll(session(), (rizky, "present")))
    doing("parenting.record_call", call_id=new_id(), slot_id=sundays, due_at="2026-11-22T19:00:00+08:00", on=None)

    assert not {"absences", "long_silence"} & signs()
