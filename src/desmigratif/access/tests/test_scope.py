"""What may this person see here: regions by code, shares until their day, and no query without a name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from desmigratif.access.actor import Actor, covers, person
from desmigratif.access.models import Grant, Share, User
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import (
    UnscopedQuery,
    acting_as,
    count_together,
    current_actor,
    get_or_refuse,
    region_filter,
    require,
)
from desmigratif.people.models import Household
from desmigratif.regions import queries
from desmigratif.regions.models import RegionAlias
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours

KURIPAN, KENANGA, GARUNG = "33.07.10.2004", "32.12.16.2004", "33.07.12.2007"
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("region", "code", "inside"),
    [
        ("33.07", KURIPAN, True),
        ("33.07", "33.07", True),
        ("33.0", KURIPAN, False),
        ("33.07.1", KURIPAN, False),
        ("ID", KURIPAN, True),
        (KURIPAN, "33.07", False),
        (GARUNG, KURIPAN, False),
    ],
)
def test_a_region_covers_whole_parts_of_codes(region: str, code: str, inside: bool) -> None:
    assert covers(region, code) is inside


def test_a_grant_inside_a_wider_one_adds_nothing() -> None:
    both = person(new_id(), "X", ("village_officer", KURIPAN), ("regency_coordinator", "33.07"))

    assert both.regions_for(Permission.RESIDENT_SEE) == ("33.07",)
    assert both.regions_for(Permission.RESIDENT_REGISTER) == (KURIPAN,)


@pytest.fixture
def households(db: None) -> dict[str, Household]:
    return {code: Household.objects.create(village_code=code) for code in (KURIPAN, KENANGA, GARUNG)}


@pytest.mark.parametrize(
    ("role", "region", "seen"),
    [
        ("village_officer", KURIPAN, {KURIPAN}),
        ("regency_coordinator", "33.07", {KURIPAN, GARUNG}),
        ("regency_coordinator", "32", {KENANGA}),
        ("regency_coordinator", "33.0", set()),  # begins like 33.07 and is not above it
        ("regency_coordinator", "33.07.1", set()),
        ("ministry_analyst", "ID", set()),
        ("administrator", "ID", set()),
        ("tutor", KURIPAN, set()),
    ],
)
def test_who_sees_which_households(households: dict[str, Household], role: str, region: str, seen: set[str]) -> None:
    by = person(new_id(), "X", (role, region))

    assert set(Household.objects.visible_to(by).values_list("village_code", flat=True)) == seen


def test_without_a_grant_nothing_is_seen(households: dict[str, Household]) -> None:
    assert not Household.objects.visible_to(Actor(new_id(), "X", ())).exists()


@pytest.mark.parametrize(
    "question",
    [
        lambda rows: list(rows),
        lambda rows: rows.count(),
        lambda rows: rows.exists(),
        lambda rows: rows.first(),
        lambda rows: rows.filter(rt="01").update(rt="02"),
        lambda rows: rows.filter(rt="01").delete(),
        lambda rows: list(rows.values("id")),
        lambda rows: list(rows.iterator()),
        lambda rows: rows.get(rt="01"),
        lambda rows: rows.aggregate(),
        lambda rows: rows.in_bulk(),
        lambda rows: count_together({"shared": Share.objects.all(), "households": rows}),
    ],
)
def test_personal_data_is_never_asked_for_without_a_scope(
    households: dict[str, Household], question: Callable[[object], object]
) -> None:
    with pytest.raises(UnscopedQuery):
        question(Household.objects.all())


def test_counting_together_says_what_each_would_count_alone(
    households: dict[str, Household], officer: Actor, django_assert_num_queries: Any
) -> None:
    twice = User.objects.create(username="wahyu", name="Wahyu Utomo")
    for region in (KURIPAN, GARUNG):
        Grant.objects.create(user=twice, role="village_officer", region_code=region, valid_from=TODAY)
    with_grant = User.objects.filter(grants__role="village_officer", grants__region_code__in=[KURIPAN, GARUNG])
    asked = {
        "none here": Household.objects.in_village("33.07.10.2999"),
        "own": Household.objects.visible_to(officer),
        "all, in an order": Household.objects.everywhere().order_by("village_code"),
        "joined": with_grant,
        "joined, once each": with_grant.distinct(),
        "no row possible": Share.objects.filter(pk__in=[]),
    }

    with django_assert_num_queries(1):
        found = count_together(asked)

    assert found == {what: rows.count() for what, rows in asked.items()}
    assert (found["own"], found["all, in an order"], found["joined"], found["joined, once each"]) == (1, 3, 2, 1)
    assert count_together({}) == {}


def test_a_share_shows_one_record_until_its_day(households: dict[str, Household], stranger: Actor) -> None:
    shared = households[KURIPAN]
    Share.objects.create(
        village_code=KURIPAN, record_type="people.household", record_id=shared.id, region_code=KENANGA,
        fields=["hamlet"], purpose="rujukan", valid_from=TODAY, valid_until=TODAY + timedelta(days=7),
    )  # fmt: skip

    def seen_on(day: date) -> set[str]:
        return set(Household.objects.visible_to(stranger, on=day).values_list("village_code", flat=True))

    assert seen_on(TODAY - timedelta(days=1)) == {KENANGA}
    assert seen_on(TODAY) == {KENANGA, KURIPAN}
    assert seen_on(TODAY + timedelta(days=6)) == {KENANGA, KURIPAN}
    assert seen_on(TODAY + timedelta(days=7)) == {KENANGA}


@pytest.mark.parametrize(
    ("role", "region", "sees"),
    [
        ("regency_coordinator", "32.12", True),
        ("regency_coordinator", "32", True),  # whoever stands above the regency
        ("regency_coordinator", "32.1", False),
        ("regency_coordinator", "32.13", False),
        ("regency_coordinator", "53", False),
        ("village_officer", KENANGA, False),  # a village of that regency
        ("ministry_analyst", "32.12", False),
    ],
)
def test_what_is_shared_with_a_regency_is_seen_by_its_coordinators_and_nobody_below(
    households: dict[str, Household], role: str, region: str, sees: bool
) -> None:
    shared = households[KURIPAN]
    Share.objects.create(
        village_code=KURIPAN, record_type="people.household", record_id=shared.id, region_code="32.12",
        fields=["hamlet"], purpose="rujukan", valid_from=TODAY, valid_until=TODAY + timedelta(days=7),
    )  # fmt: skip
    by = person(new_id(), "Penerima", (role, region))

    assert Household.objects.visible_to(by, on=TODAY).filter(id=shared.id).exists() is sees
    assert not Household.objects.visible_to(by).filter(id=shared.id).exists()
    assert not Household.objects.visible_to(by, on=TODAY + timedelta(days=7)).filter(id=shared.id).exists()


def test_the_answer_does_not_tell_whether_a_record_exists(households: dict[str, Household], stranger: Actor) -> None:
    rows = Household.objects.visible_to(stranger)

    with pytest.raises(NotFoundOrNotYours) as not_yours:
        get_or_refuse(rows, id=households[KURIPAN].id)
    with pytest.raises(NotFoundOrNotYours) as not_there:
        get_or_refuse(rows, id=new_id())

    assert not_yours.value.reasons == not_there.value.reasons


@pytest.mark.django_db
def test_require_answers_the_same_for_every_reason(officer: Actor) -> None:
    require(officer, Permission.VISIT_RECORD, KURIPAN)
    with pytest.raises(NotFoundOrNotYours):
        require(officer, Permission.VISIT_RECORD, KENANGA)
    with pytest.raises(NotFoundOrNotYours):
        require(officer, Permission.ACCOUNT_MANAGE, KURIPAN)


@pytest.mark.django_db
def test_acting_as_is_told_to_the_database_and_ends(officer: Actor) -> None:
    with acting_as(officer):
        assert current_actor() is officer
        if connection.vendor == "postgresql":
            assert scope_in_database() == KURIPAN
    assert current_actor() is None
    if connection.vendor == "postgresql":
        assert scope_in_database() == ""


@pytest.fixture
def moved(db: None) -> None:
    """Merauke went from Papua (91.01) to South Papua (93.01); what was recorded before keeps its old code."""
    RegionAlias.objects.create(old_code="91.01", new_code="93.01", on=date(2022, 7, 25), basis="percobaan")
    RegionAlias.objects.create(
        old_code="91.01.05.2002", new_code="93.01.05.2011", on=date(2022, 7, 25), basis="percobaan"
    )
    queries.forget()
    for code in ("91.01.05.2002", "91.02.01.2001", "93.01.05.2011", "93.02.01.2001"):
        Household.objects.create(village_code=code)


@pytest.mark.parametrize(
    ("region", "seen"),
    [
        ("93", {"91.01.05.2002", "93.01.05.2011", "93.02.01.2001"}),
        ("93.01", {"91.01.05.2002", "93.01.05.2011"}),
        ("93.01.05.2011", {"91.01.05.2002", "93.01.05.2011"}),
        ("93.02", {"93.02.01.2001"}),
        ("91", {"91.01.05.2002", "91.02.01.2001"}),
        ("91.02", {"91.02.01.2001"}),
    ],
)
def test_a_grant_also_covers_what_was_recorded_under_an_old_code(moved: None, region: str, seen: set[str]) -> None:
    by = person(new_id(), "X", ("village_officer", region))

    assert set(Household.objects.visible_to(by).values_list("village_code", flat=True)) == seen
    for code in ("91.01.05.2002", "91.02.01.2001", "93.01.05.2011", "93.02.01.2001"):
        assert by.may(Permission.RESIDENT_SEE, code) is (code in seen)
        if code in seen:
            require(by, Permission.RESIDENT_SEE, code)
        else:
            with pytest.raises(NotFoundOrNotYours):
                require(by, Permission.RESIDENT_SEE, code)


def test_old_codes_are_asked_for_once_a_process(moved: None, django_assert_num_queries: Any) -> None:
    by = person(new_id(), "X", ("village_officer", "93"))

    with django_assert_num_queries(1):
        for _ in range(3):
            region_filter(("93",))
            region_filter(("33.07", "93.01"))
            by.may(Permission.RESIDENT_SEE, "91.01.05.2002")
            by.may(Permission.RESIDENT_SEE, "32.12.16.2004")


@pytest.mark.usefixtures("moved")
def test_the_database_is_told_the_old_codes_too() -> None:
    with acting_as(person(new_id(), "X", ("village_officer", "93"))):
        if connection.vendor == "postgresql":
            assert scope_in_database() == "93,91.01"
        assert set(Household.objects.visible_to(current_actor()).values_list("village_code", flat=True)) >= {  # type: ignore[arg-type]
            "91.01.05.2002"
        }


def scope_in_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('desmigratif.scope', true)")
        return str(cursor.fetchone()[0])
