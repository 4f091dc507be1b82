"""A centre opens, finds helpers who may be with children, and plans what it does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Sum

from desmigratif.access.actor import Actor, person
from desmigratif.audit.models import Event, FactDelta
from desmigratif.parenting.models import BarredPerson, Centre, Session, Thing, TimetableSlot, Volunteer
from desmigratif.parenting.queries.barred import is_barred_resident
from desmigratif.parenting.queries.centres import helpers_of, sleeping
from desmigratif.parenting.tests.conftest import KENANGA, KURIPAN, Doing
from desmigratif.people.models import Resident
from desmigratif.shared.ids import new_id

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.django_db
Refused = Callable[..., list[str]]


def facts(code: str) -> tuple[int, int]:
    sums = FactDelta.objects.filter(village_code=KURIPAN, code=code).aggregate(n=Sum("numerator"), d=Sum("denominator"))
    return sums["n"] or 0, sums["d"] or 0


def test_two_centres_of_a_village_have_two_names(centre: UUID, refused: Refused) -> None:
    again = {"centre_id": new_id(), "name": "Rumah Belajar Melati", "place": "Balai desa"}

    assert refused("parenting.open_centre", **again) == ["name_taken"]


def test_what_is_there_is_counted_again_and_never_more_usable_than_all(
    centre: UUID, doing: Doing, refused: Refused
) -> None:
    books = {"centre_id": centre, "name": "Buku cerita", "kind": "books"}
    doing("parenting.count_thing", thing_id=new_id(), count=40, usable_count=40, **books)
    doing("parenting.count_thing", thing_id=new_id(), count=40, usable_count=36, **books)

    assert [(one.count, one.usable_count) for one in Thing.objects.in_village(KURIPAN)] == [(40, 36)]
    wrong = {"thing_id": new_id(), "count": 2, "usable_count": 3}
    assert refused("parenting.count_thing", **{**books, **wrong}) == ["more_usable_than_all"]
    assert refused("parenting.count_thing", **{**books, **wrong, "kind": "gold"}) == [
        "not_a_choice", "more_usable_than_all"
    ]  # fmt: skip


# --- helpers ---


def test_whoever_is_on_the_list_is_refused_with_a_reason_in_every_village(
    centre: UUID, bar: Callable[..., UUID], doing: Doing, refused: Refused, now: datetime
) -> None:
    bar(name="Joko Susilo", birth_date="1980-05-06")
    wish = {"volunteer_id": new_id(), "centre_id": centre, "birth_date": "1980-05-06"}

    assert refused("parenting.add_volunteer", name="Djoko Soesilo", **wish) == ["barred"]
    assert not Volunteer.objects.in_village(KURIPAN).exists()
    assert refused("parenting.add_volunteer", name="Joko Susilo", **{**wish, "birth_date": "1981-05-06"}) == []


def test_a_nik_finds_somebody_under_another_name_and_is_kept_nowhere(
    centre: UUID, bar: Callable[..., UUID], refused: Refused
) -> None:
    bar(name="Joko Susilo", birth_date="1980-05-06", nik="3307100605800001")
    wish = {"volunteer_id": new_id(), "centre_id": centre, "name": "Jaka", "birth_date": "1980-06-05"}

    assert refused("parenting.add_volunteer", nik="3307100605800001", **wish) == ["barred"]
    kept = BarredPerson.objects.everywhere().values().get()
    assert "3307100605800001" not in str(kept)
    assert "Joko" not in str(kept)


def test_a_caregiver_of_the_register_is_found_on_the_list_until_the_ruling_is_lifted(
    family: dict[str, Resident], bar: Callable[..., UUID], refused: Refused, coordinator: Actor
) -> None:
    barred = bar(name="Yayah", birth_date="1961-01-30")
    assert is_barred_resident(family["Yayah"], TODAY)

    lifted = {"barred_id": barred, "region_code": "33.07", "village_code": None, "by": coordinator}
    assert refused("parenting.unbar_person", **lifted) == []

    assert not is_barred_resident(family["Yayah"], TODAY)


def test_only_a_checked_volunteer_leads_children_and_a_paper_wears_out(
    centre: UUID, volunteer: UUID, doing: Doing, refused: Refused, officer: Actor
) -> None:
    slot = {
        "slot_id": new_id(),
        "centre_id": centre,
        "weekday": 0,
        "at": "16:00",
        "minutes": 90,
        "leader_id": volunteer,
    }
    assert refused("parenting.add_slot", kind="homework", **slot) == ["not_checked"]
    assert refused("parenting.add_slot", kind="caregivers_class", **slot) == [], "grown-ups need no guard"

    doing("parenting.check_volunteer", volunteer_id=volunteer, paper="skck", on="2026-05-24")
    assert refused("parenting.add_slot", kind="reading", **{**slot, "slot_id": new_id()}) == []
    (helper,) = helpers_of(officer, Centre.objects.in_village(KURIPAN).get(), date(2026, 11, 25))
    assert (helper.until, helper.may_lead) == (date(2026, 11, 24), False)


def test_a_volunteer_who_came_onto_the_list_later_leads_nothing_more(
    centre: UUID, volunteer: UUID, bar: Callable[..., UUID], doing: Doing, refused: Refused, officer: Actor
) -> None:
    doing("parenting.check_volunteer", volunteer_id=volunteer, paper="skck")
    bar(name="Tri Handayani", birth_date="1995-02-14")

    (helper,) = helpers_of(officer, Centre.objects.in_village(KURIPAN).get(), TODAY)
    assert (helper.barred, helper.may_lead) == (True, False)
    session = {"session_id": new_id(), "centre_id": centre, "at": "16:00", "minutes": 60, "leader_id": volunteer}
    assert refused("parenting.plan_session", kind="play", **session) == ["barred"]
    assert refused("parenting.check_volunteer", volunteer_id=volunteer, paper="skck") == ["barred"]


# --- planning ---


def test_a_month_comes_out_of_the_timetable_once(centre: UUID, slot: UUID, doing: Doing) -> None:
    first = doing("parenting.plan_month", centre_id=centre, month="2026-11-01", on=None)
    again = doing("parenting.plan_month", centre_id=centre, month="2026-11-01", on=None)

    assert (first["planned"], again["planned"]) == (2, 0)
    days = [one.on.day for one in Session.objects.in_village(KURIPAN).order_by("on")]
    assert days == [23, 30], "Mondays from today on"
    assert facts("D3") == (0, 2)


def test_what_a_line_of_the_timetable_had_planned_goes_with_it(centre: UUID, slot: UUID, doing: Doing) -> None:
    doing("parenting.plan_month", centre_id=centre, month="2026-11-01", on=None)

    doing("parenting.end_slot", slot_id=slot)

    assert not Session.objects.in_village(KURIPAN).exists()
    assert facts("D3") == (0, 0)
    assert TimetableSlot.objects.in_village(KURIPAN).get().until == TODAY


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"on": "2027-05-01"}, "too_far"),
        ({"on": "2025-12-31"}, "before_opening"),
        ({"kind": "gambling"}, "not_a_choice"),
        ({"theme": "nothing_known"}, "not_a_choice"),
    ],
)
def test_a_session_that_cannot_be_is_refused(
    changes: dict[str, Any], code: str, centre: UUID, refused: Refused
) -> None:
    given = {"session_id": new_id(), "centre_id": centre, "kind": "play", "at": "16:00", "minutes": 60, **changes}

    assert refused("parenting.plan_session", **given) == [code]


def test_a_holiday_counts_as_never_planned_and_a_tutor_who_is_ill_does_not(
    centre: UUID, session: Callable[..., UUID], doing: Doing
) -> None:
    holiday, ill = session(), session(at="17:00")
    doing("parenting.cancel_session", session_id=holiday, because="holiday")
    doing("parenting.cancel_session", session_id=ill, because="tutor_away")

    assert facts("D3") == (0, 1)


def test_a_closed_centre_plans_nothing_more(
    centre: UUID, session: Callable[..., UUID], doing: Doing, refused: Refused
) -> None:
    session(on="2026-11-25")

    doing("parenting.close_centre", centre_id=centre)

    assert not Session.objects.in_village(KURIPAN).exists()
    given = {"session_id": new_id(), "centre_id": centre, "kind": "play", "at": "16:00", "minutes": 60}
    assert refused("parenting.plan_session", **given) == ["centre_closed"]


# --- silence ---


def test_silence_reaches_the_village_and_then_the_regency(
    centre: UUID, officer: Actor, coordinator: Actor, stranger: Actor
) -> None:
    one = Centre.objects.in_village(KURIPAN)
    for last, village, regency in ((24, 1, 0), (17, 1, 1), (25, 0, 0)):
        one.update(last_held_on=date(2026, 10, last))
        assert sleeping(officer, "village", TODAY).count() == village
        assert sleeping(coordinator, "regency", TODAY).count() == regency
    one.update(last_held_on=None, opened_on=date(2026, 1, 5))
    assert sleeping(officer, "village", TODAY).count() == 1, "a centre that never began is silent too"
    assert sleeping(stranger, "village", TODAY).count() == 0


# --- strangers ---


STRANGE: list[tuple[str, dict[str, Any]]] = [
    ("parenting.open_centre", {"centre_id": new_id(), "name": "Rumah lain", "place": "Balai"}),
    ("parenting.close_centre", {"centre_id": "centre"}),
    (
        "parenting.count_thing",
        {"thing_id": new_id(), "centre_id": "centre", "name": "Buku", "kind": "books", "count": 1, "usable_count": 1},
    ),
    ("parenting.add_theme", {"theme_id": new_id(), "centre_id": "centre", "audience": "child", "title": "Berkebun"}),
    (
        "parenting.add_volunteer",
        {"volunteer_id": new_id(), "centre_id": "centre", "name": "Budi", "birth_date": "1990-01-01"},
    ),
    ("parenting.check_volunteer", {"volunteer_id": "volunteer", "paper": "skck"}),
    ("parenting.end_volunteer", {"volunteer_id": "volunteer"}),
    (
        "parenting.add_slot",
        {"slot_id": new_id(), "centre_id": "centre", "weekday": 1, "at": "16:00", "minutes": 60, "kind": "play"},
    ),
    ("parenting.end_slot", {"slot_id": "slot"}),
    ("parenting.plan_month", {"centre_id": "centre", "month": "2026-12-01", "on": None}),
    (
        "parenting.plan_session",
        {"session_id": new_id(), "centre_id": "centre", "at": "16:00", "minutes": 60, "kind": "play"},
    ),
    ("parenting.cancel_session", {"session_id": "planned", "because": "other"}),
    ("parenting.call_roll", {"session_id": "planned", "marks": [], "seen": 1, "on": None}),
    ("parenting.score_class", {"session_id": "planned", "scores": [], "seen": 1, "on": None}),
    (
        "parenting.agree_call",
        {"slot_id": new_id(), "child_id": "rizky", "country": "HKG", "weekdays": [6], "at": "19:00"},
    ),
    (
        "parenting.bar_person",
        {
            "barred_id": new_id(),
            "region_code": "33.07",
            "village_code": None,
            "name": "Budi",
            "birth_date": "1990-01-01",
            "because": "convicted",
            "reference": "Putusan 1",
        },
    ),
]


@pytest.mark.parametrize(("name", "payload"), STRANGE, ids=[name for name, _ in STRANGE])
@pytest.mark.parametrize("who", ["other_village", "other_role"])
def test_a_stranger_does_nothing_at_a_centre(
    name: str, payload: dict[str, Any], who: str, stranger: Actor, refused: Refused, known: dict[str, UUID]
) -> None:
    by = stranger if who == "other_village" else person(new_id(), "Kasir", ("cooperative_cashier", KURIPAN))
    given = {key: known.get(value, value) if isinstance(value, str) else value for key, value in payload.items()}

    assert refused(name, by=by, **given) == ["not_found"]
    assert not Event.objects.filter(village_code=KURIPAN, actor_id=str(stranger.id)).exists()


def test_a_coordinator_of_another_regency_lifts_no_ruling(bar: Callable[..., UUID], refused: Refused) -> None:
    barred = bar(name="Joko Susilo", birth_date="1980-05-06")
    elsewhere = person(new_id(), "Koordinator", ("regency_coordinator", "32.12"))
    given = {"barred_id": barred, "village_code": None, "by": elsewhere}

    for region in ("33.07", "32.12"):
        assert refused("parenting.unbar_person", region_code=region, **given) == ["not_found"]
    assert KENANGA.startswith("32.12")
