"""Figures are kept for as long as nothing is folded, and what a reader may see of them is decided each time."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from desmigratif.access.actor import operator
from desmigratif.audit.models import FactDelta
from desmigratif.indicators.models import FoldState, PublishedMonth, RollUp
from desmigratif.indicators.queries.figures import readings
from desmigratif.indicators.queries.reading import Reading
from desmigratif.indicators.queries.remembered import Remembered
from desmigratif.indicators.roll_ups.folding import fold, next_moment
from desmigratif.indicators.roll_ups.rebuilding import rebuild
from desmigratif.indicators.rules.periods import Period
from desmigratif.shared.ids import new_id

KURIPAN, WONOSOBO = "33.07.10.2004", "33.07"
NOVEMBER, YEAR = Period.parse("2026-11"), Period.parse("2026")


def appended(numerator: int = 1) -> None:
    FactDelta.objects.create(
        id=new_id(), code="A5", village_code=KURIPAN, on=date(2026, 11, 3), numerator=numerator, denominator=2
    )


def read(period: Period = NOVEMBER, region: str = WONOSOBO) -> Reading:
    return readings(operator(), regions=[region], codes=["A5"], period=period)[region, "A5"]


@pytest.fixture
def counted(db: None, now: datetime) -> None:
    appended()
    fold(now)


def test_what_was_read_is_given_again_after_one_short_question(counted: None) -> None:
    first = read()
    with CaptureQueriesContext(connection) as asked:
        assert read() == first
    assert [question["sql"].partition(" FROM ")[0] for question in asked] == ["SELECT stamp"]


def test_after_the_next_fold_it_is_read_anew(counted: None, now: datetime) -> None:
    assert read().numerator == 1
    appended(3)
    assert read().numerator == 1  # it waits for the fold
    fold(now)
    assert read().numerator == 4


def test_what_a_transaction_took_back_is_not_remembered(counted: None, now: datetime) -> None:
    with transaction.atomic():
        appended(3)
        fold(now)
        assert read().numerator == 4
        transaction.set_rollback(True)
    assert read().numerator == 1


def test_a_rebuild_and_a_publication_are_seen_at_once(counted: None, now: datetime) -> None:
    read()
    RollUp.objects.filter(code="A5").update(numerator=9)
    rebuild(now)
    assert read().numerator == 1

    PublishedMonth.objects.create(month=202611, frozen_at=next_moment(now), by_id="", facts=1)
    appended(3)
    fold(now)
    assert (read().numerator, read().restated, read().published) == (4, True, (1, 2))


def test_what_somebody_else_read_shows_the_public_nothing_small(counted: None) -> None:
    assert read(YEAR, KURIPAN).denominator == 2

    public = readings(None, regions=[KURIPAN], codes=["A5"], period=YEAR)[KURIPAN, "A5"]

    assert (public.hidden, public.numerator, public.denominator) == (True, None, None)
    assert read(YEAR, KURIPAN).denominator == 2


def test_never_more_is_kept_than_fits_and_the_oldest_goes_first(counted: None) -> None:
    one, stamp, memory = read(), FoldState.objects.get().stamp, Remembered(most=6)
    for name in ("a", "b", "c"):
        memory.keep(((name,),), {(name, "A5"): (one, one)}, stamp)
    assert memory.grid((("a",),))  # asked for again: now "b" has waited longest
    memory.keep((("d",),), {("d", "A5"): (one, one)}, stamp)
    memory.keep((("large",),), {("large", "A5"): (one, one, one)}, stamp)
    memory.keep((("unfolded",),), {("unfolded", "A5"): (one,)}, "")

    kept = [name for name in ("a", "b", "c", "d", "large", "unfolded") if memory.grid(((name,),))]
    assert kept == ["a", "c", "d"]
