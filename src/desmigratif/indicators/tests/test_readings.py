"""Who sees which figures: all of one's own region; elsewhere, and in public, what speaks of nobody in particular."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desmigratif.access.actor import Actor, operator, person
from desmigratif.audit.models import FactDelta
from desmigratif.indicators.queries.figures import grid, readings
from desmigratif.indicators.roll_ups.folding import fold
from desmigratif.indicators.rules.definitions import CODES
from desmigratif.indicators.rules.periods import Month, Period
from desmigratif.shared.ids import new_id

KURIPAN, LARGE, LARGEST = "33.07.10.2004", "33.07.10.2005", "33.08.01.2001"
YEAR = Period.parse("2026")


@pytest.fixture
def counted(db: None, now: datetime) -> None:
    for village, of in ((KURIPAN, 2), (LARGE, 6), (LARGEST, 30)):
        FactDelta.objects.create(code="A5", village_code=village, on=date(2026, 11, 3), numerator=1, denominator=of)
    fold(now)


@pytest.fixture
def coordinator() -> Actor:
    return person(new_id(), "Koordinator", ("regency_coordinator", "33.07"))


def hidden(by: Actor | None, *regions: str) -> list[str]:
    found = readings(by, regions=regions, codes=["A5"], period=YEAR)
    return [region for region in regions if found[region, "A5"].hidden]


def test_a_region_s_own_people_see_what_is_small(counted: None, coordinator: Actor) -> None:
    found = readings(coordinator, regions=[KURIPAN, "33.07"], codes=["A5"], period=YEAR)

    assert (found[KURIPAN, "A5"].denominator, found["33.07", "A5"].denominator) == (2, 8)


def test_the_public_sees_neither_the_small_one_nor_what_gives_it_away(counted: None, coordinator: Actor) -> None:
    everywhere = ("ID", "33", "33.07", "33.08", "33.07.10", KURIPAN, LARGE, LARGEST, "33.07.11.2001")
    assert hidden(None, *everywhere) == [KURIPAN, LARGE]
    assert hidden(None, LARGE) == [LARGE]  # asked for alone it is the same
    assert hidden(person(new_id(), "Lain", ("regency_coordinator", "32.12")), *everywhere) == [KURIPAN, LARGE]
    assert readings(None, regions=[KURIPAN], codes=["A5"], period=YEAR)[KURIPAN, "A5"].numerator is None
    assert hidden(coordinator, *everywhere) == []


def test_regions_side_by_side_are_read_at_one_go_and_are_the_same_as_one_by_one(counted: None) -> None:
    villages = [KURIPAN, "33.07.10.2009"]  # the large one lies between them and is not asked for
    for regions in (villages, ["33.07", "33.08"], [*villages, LARGEST], [f"{number}" for number in range(31, 43)]):
        together = readings(operator(), regions=regions, codes=["A5", "A14"], period=YEAR)
        alone = [readings(operator(), regions=[one], codes=["A5", "A14"], period=YEAR) for one in regions]
        assert together == {key: one for found in alone for key, one in found.items()}
    assert readings(operator(), regions=villages, codes=["A5"], period=YEAR)[KURIPAN, "A5"].denominator == 2


def test_the_public_gets_no_months(counted: None) -> None:
    with pytest.raises(ValueError, match="whole years"):
        readings(None, regions=["ID"], codes=["A5"], period=Period.parse("2026-11"))


def test_questions_are_few_whatever_is_asked(counted: None) -> None:
    for regions, codes in (([KURIPAN], ["A5"]), (["ID", *(f"{n}" for n in range(11, 60))], CODES)):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            grid(operator(), regions=regions, codes=codes, first=Month(2025, 12), last=Month(2026, 11))
        assert len(asked) <= 7
