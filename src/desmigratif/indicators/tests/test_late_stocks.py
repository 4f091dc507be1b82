"""What stood when a month was published can be told later, in whatever order facts came and months were published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from desmigratif.access.actor import operator
from desmigratif.audit.models import FactDelta
from desmigratif.indicators.cockpit.board import Figure
from desmigratif.indicators.cockpit.opened import opened
from desmigratif.indicators.models import LateStock, PublishedMonth
from desmigratif.indicators.queries.aims import restated
from desmigratif.indicators.queries.figures import Reading, readings
from desmigratif.indicators.roll_ups.folding import fold, fold_batch, next_moment
from desmigratif.indicators.roll_ups.rebuilding import ENGINES, Difference, differences, rebuild
from desmigratif.indicators.rules.periods import Period

VILLAGES = ("33.07.10.2004", "33.07.10.2005", "53.01.10.2007", "33.07")
REGIONS = ("ID", "33", "33.07", "33.07.10", "33.07.10.2004")
DAYS = (date(1998, 5, 1), date(2026, 9, 30), date(2026, 10, 1), date(2026, 12, 15))
MONTHS = (202609, 202610, 202612)
STANDS, MIXED = "A14", "B1"  # B1 counts in its month, of those who stand in A18
facts = st.tuples(
    st.sampled_from((STANDS, MIXED, "A18", "A5")), st.sampled_from(VILLAGES), st.sampled_from(DAYS),
    st.integers(-2, 4), st.integers(0, 3),
)  # fmt: skip
steps = st.lists(st.one_of(facts, st.just("fold"), st.sampled_from(MONTHS)), max_size=20)


def told(code: str, village: str, on: date, above: int, below: int) -> None:
    FactDelta.objects.create(code=code, village_code=village, on=on, numerator=above, denominator=below)


def publish(month: int, now: datetime) -> None:
    given = {"frozen_at": next_moment(now), "by_id": "", "facts": 0}
    PublishedMonth.objects.get_or_create(month=month, defaults=given)


def happen(order: Sequence[Any], now: datetime) -> None:
    for step in order:
        if step == "fold":
            fold_batch(now, 3)
        elif isinstance(step, int):
            publish(step, now)
        else:
            told(*step)
    fold(now)


def plain(region: str, published: PublishedMonth) -> dict[str, tuple[int, int]]:
    """What the facts said that were folded when a month was published, by the plainest Python."""
    sums = {"stood": [0, 0], "flowed": [0, 0], "abroad": [0, 0]}
    for one in FactDelta.objects.all():
        month = one.on.year * 100 + one.on.month if one.on.year >= 2000 else 200001
        lies = region == "ID" or one.village_code == region or one.village_code.startswith(f"{region}.")
        if not lies or one.folded_at is None or one.folded_at > published.frozen_at or month > published.month:
            continue
        name = {STANDS: "stood", "A18": "abroad", MIXED: "flowed"}.get(one.code, "")
        if name and (name != "flowed" or month == published.month):
            sums[name][0] += one.numerator
            sums[name][1] += one.denominator
    return {STANDS: (sums["stood"][0], sums["stood"][1]), MIXED: (sums["flowed"][0], sums["abroad"][1])}


def then(one: Reading) -> tuple[int, int]:
    """A reading as it was published: what changed says so, everything else stands as it did."""
    above, below = one.published if one.published is not None else (one.numerator, one.denominator)
    return above or 0, below or 0


@pytest.mark.django_db
@pytest.mark.parametrize("engine", ENGINES)
def test_whatever_came_when_a_published_month_still_tells_what_it_said(engine: str, now: datetime) -> None:
    @settings(max_examples=25 if engine == "sql" else 6)
    @given(order=steps)
    def proven(order: list[Any]) -> None:
        with transaction.atomic():
            happen(order, now)
            assert differences(engine) == []
            assert_told()
            rebuild(now + timedelta(minutes=1), engine)
            assert_told()
            transaction.set_rollback(True)

    proven()


def assert_told() -> None:
    for published in PublishedMonth.objects.all():
        period = Period.parse(f"{published.month // 100}-{published.month % 100:02d}")
        found = readings(operator(), regions=REGIONS, codes=[STANDS, MIXED], period=period)
        for region in REGIONS:
            wanted = plain(region, published)
            assert {code: then(found[region, code]) for code in wanted} == wanted


@pytest.mark.django_db
def test_what_was_late_in_its_own_month_and_known_at_the_next_publication_is_no_change_there(now: datetime) -> None:
    told(STANDS, VILLAGES[0], date(2026, 9, 3), 12, 20)
    fold(now)
    publish(202609, now)
    told(STANDS, VILLAGES[0], date(2026, 9, 9), 1, 1)
    fold(now)
    publish(202610, now)
    told(STANDS, VILLAGES[0], date(2026, 10, 9), 1, 0)
    fold(now)

    (september,) = restated(operator(), "33.07", Period.parse("2026-09"))
    (october,) = restated(operator(), "33.07", Period.parse("2026-10"))
    assert (september.published, september.numerator) == ((12, 20), 13)
    assert (october.published, october.numerator) == ((13, 21), 14)
    said = dict(opened(Figure(STANDS, "", "", None, "Salinan", "Pekerja", october, "")))
    assert said["Berubah sesudah terbit"] == "Waktu terbit 13 dari 21; sekarang 14 dari 21."
    (year,) = readings(operator(), regions=["33.07"], codes=[STANDS], period=Period.parse("2026")).values()
    assert (year.restated, year.published) == (False, None)  # nothing was published of how the year ended


@pytest.mark.django_db
def test_a_late_fact_that_was_tampered_with_is_named(now: datetime) -> None:
    publish(202610, now)
    told(STANDS, VILLAGES[0], date(2026, 10, 3), 1, 1)
    fold(now)
    LateStock.objects.filter(region_code="33").update(numerator=7)

    assert differences() == [Difference("33", "A14 sesudah 202610", 202610, (7, 1), (1, 1))]
