"""Who sees single small figures: those whose task shows them these people, and nobody else on any page."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desmigratif.access.actor import Actor, person
from desmigratif.access.permissions import Permission as P
from desmigratif.access.roles import GRANTABLE_ROLES
from desmigratif.audit.models import FactDelta
from desmigratif.indicators.queries.figures import readings
from desmigratif.indicators.queries.sight import OPENED_BY, Sight
from desmigratif.indicators.roll_ups.folding import fold
from desmigratif.indicators.rules.periods import Period
from desmigratif.shared.ids import new_id

KURIPAN, KENANGA = "33.07.10.2004", "32.12.16.2004"
YEAR, TODAY = Period.parse("2026"), date(2026, 11, 23)


def fact(code: str, village: str, on: date, above: int, below: int) -> None:
    FactDelta.objects.create(code=code, village_code=village, on=on, numerator=above, denominator=below)


@pytest.fixture
def counted(db: None, now: datetime) -> None:
    """In Kuripan two of everything; in Kenanga enough."""
    for code in ("A5", "C1", "D2", "E1", "F2"):
        fact(code, KURIPAN, date(2026, 3, 3), 1, 2)
        fact(code, KENANGA, date(2026, 3, 3), 30, 60)
    fold(now)


def by(role: str, region: str = KURIPAN) -> Actor:
    return person(new_id(), "Seseorang", (role, region))


def small_ones(actor: Actor, region: str = KURIPAN) -> str:
    """The pillars whose small figures somebody sees."""
    codes = ["A5", "C1", "D2", "E1", "F2"]
    found = readings(actor, regions=[region], codes=codes, period=YEAR, today=TODAY)
    return "".join(code[0] for code in codes if not found[region, code].hidden)


@pytest.mark.parametrize(
    ("role", "region", "pillars"),
    [
        ("village_officer", KURIPAN, "ACDEF"), ("village_head", KURIPAN, "ACDEF"), ("tutor", KURIPAN, "DF"),
        ("enterprise_mentor", KURIPAN, "CF"), ("cooperative_cashier", KURIPAN, "EF"),
        ("cooperative_office", "33.07", "EF"), ("regency_coordinator", "33.07", "ACDEF"),
        ("manpower_officer", "33.07", "F"), ("ministry_analyst", "ID", "F"), ("auditor", "ID", "F"),
    ],
)  # fmt: skip
def test_small_figures_are_open_to_whose_task_they_are(counted: None, role: str, region: str, pillars: str) -> None:
    assert small_ones(by(role, region)) == pillars


def test_every_role_that_sees_figures_is_thought_of() -> None:
    """A new role sees small figures only through a permission that shows it the people themselves."""
    opening = {P.RESIDENT_SEE, *(one for ones in OPENED_BY.values() for one in ones)}
    without = {role.code for role in GRANTABLE_ROLES if P.FIGURES_SEE in role.may and not opening & role.may}

    assert without == {"manpower_officer", "registrar", "protection_officer", "ministry_analyst", "auditor"}


def test_measures_of_single_cases_are_not_those_of_a_pillar(counted: None) -> None:
    mentor = Sight(by("enterprise_mentor"), ["CEPAT", "C1"], [YEAR], TODAY)

    assert (mentor.is_open("CEPAT", KURIPAN), mentor.is_open("C1", KURIPAN)) == (False, True)


def seen(actor: Actor, today: date, period: str = "2026") -> tuple[int | None, bool]:
    one = readings(actor, regions=["ID"], codes=["A5"], period=Period.parse(period), today=today)["ID", "A5"]
    return one.denominator, one.hidden


def test_a_running_year_is_the_same_tomorrow_until_its_month_has_ended(db: None, now: datetime) -> None:
    for month in range(1, 11):
        fact("A5", KENANGA, date(2026, month, 4), 5, 10)
    fact("A5", KENANGA, date(2026, 11, 4), 1, 1)
    fold(now)
    analyst, coordinator = by("ministry_analyst", "ID"), by("regency_coordinator", "32.12")

    assert seen(analyst, TODAY) == (100, False)
    fact("A5", KENANGA, date(2026, 11, 23), 1, 1)
    fold(now)
    assert seen(analyst, TODAY) == (100, False)
    assert seen(analyst, TODAY, "2026-11") == (None, True)
    own = readings(coordinator, regions=[KENANGA], codes=["A5"], period=YEAR, today=TODAY)
    assert own[KENANGA, "A5"].denominator == 102
    assert seen(analyst, date(2026, 12, 1)) == (None, True)  # two in November: its months would tell them
    assert seen(analyst, date(2027, 1, 1)) == (102, False)  # the whole year speaks of nobody


def test_what_stands_over_is_shown_as_it_was_when_its_month_ended(db: None, now: datetime) -> None:
    for day, more in ((date(2025, 12, 4), 20), (date(2026, 2, 4), 10), (date(2026, 11, 4), 6)):
        fact("A14", KENANGA, day, more, 2 * more)
    fold(now)
    found = readings(by("auditor", "ID"), regions=["ID"], codes=["A14"], period=YEAR, today=TODAY)["ID", "A14"]

    assert (found.numerator, found.denominator, found.as_of) == (30, 60, date(2026, 2, 4))


def test_a_page_of_another_region_asks_few_statements(counted: None) -> None:
    codes = ["A5", "A14", "C1", "D2", "E1"]
    with CaptureQueriesContext(connection) as asked:
        readings(by("ministry_analyst", "ID"), regions=[KURIPAN], codes=codes, period=YEAR, today=TODAY)
    assert len(asked) <= 14
