"""However facts were folded, in whatever order and cuts, they add up to what all of them say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from desmigratif.audit.models import FactDelta
from desmigratif.indicators.models import PublishedMonth, RollUp
from desmigratif.indicators.roll_ups.folding import fold_batch, next_moment
from desmigratif.indicators.roll_ups.rebuilding import ENGINES, Difference, differences, rebuild
from desmigratif.shared.ids import new_id

VILLAGES = ("33.07.10.2004", "33.07.10.2005", "33.08.01.2001", "53.01.10.2007", "33.07", "ID")
MONTHS = (date(1998, 5, 1), date(2026, 9, 30), date(2026, 10, 1), date(2027, 1, 15))
facts = st.tuples(
    st.sampled_from(("A5", "A14", "C5V", "AMAN")), st.sampled_from(VILLAGES), st.sampled_from(MONTHS),
    st.integers(-3, 5), st.integers(-1, 2),
)  # fmt: skip
# What happens: a fact is written, up to so many are folded, or a month is published.
steps = st.lists(st.one_of(facts, st.integers(1, 4), st.just("publish")), max_size=24)


def written(told: tuple[str, str, date, int, int]) -> None:
    code, village, on, n, d = told
    FactDelta.objects.create(id=new_id(), code=code, village_code=village, on=on, numerator=n, denominator=d)


def happen(order: Sequence[Any], now: datetime) -> None:
    for step in order:
        if step == "publish":
            moment = next_moment(now)
            PublishedMonth.objects.get_or_create(month=202610, defaults={"frozen_at": moment, "by_id": "", "facts": 0})
        elif isinstance(step, int):
            fold_batch(now, step)
        else:
            written(step)
    while fold_batch(now, 3):
        pass


def plain_sums() -> dict[tuple[str, str, int], tuple[int, int]]:
    """The same by the plainest Python, without a line of the statement that is proven: regions and months."""
    sums: dict[tuple[str, str, int], list[int]] = defaultdict(lambda: [0, 0])
    for one in FactDelta.objects.all():
        month = max(one.on, date(2000, 1, 1))
        parts = one.village_code.split(".") if one.village_code != "ID" else []
        for region in ("ID", *(".".join(parts[:n]) for n in range(1, len(parts) + 1))):
            cell = sums[region, one.code, month.year * 100 + month.month]
            cell[0] += one.numerator
            cell[1] += one.denominator
    return {key: (n, d) for key, (n, d) in sums.items()}


@pytest.mark.django_db
@pytest.mark.parametrize("engine", ENGINES)
def test_any_order_and_any_cut_give_what_all_facts_say(engine: str, now: datetime) -> None:
    @settings(max_examples=20 if engine == "sql" else 8)
    @given(order=steps)
    def proven(order: list[Any]) -> None:
        with transaction.atomic():
            happen(order, now)
            stood = RollUp.objects.filter(period__gt=199999).exclude(period__endswith="00")
            rows = stood.filter(period__in=(200001, 202609, 202610, 202701)).values_list(
                "region_code", "code", "period", "numerator", "denominator"
            )
            assert {(region, code, period): (n, d) for region, code, period, n, d in rows} == plain_sums()
            assert differences(engine) == []
            transaction.set_rollback(True)

    proven()


@pytest.mark.django_db
@pytest.mark.parametrize("engine", ENGINES)
def test_a_figure_that_was_tampered_with_is_named_and_mended(engine: str, now: datetime) -> None:
    written(("A5", VILLAGES[0], date(2026, 10, 3), 1, 1))
    written(("A5", VILLAGES[1], date(2026, 10, 4), 0, 1))
    fold_batch(now)
    RollUp.objects.filter(region_code="33.07", period=202610).update(numerator=7)
    RollUp.objects.filter(region_code="33", period=202600).delete()

    assert differences(engine) == [
        Difference("33", "A5", 202600, None, (1, 2)),
        Difference("33.07", "A5", 202610, (7, 2), (1, 2)),
    ]
    before = set(RollUp.objects.filter(level=4).values_list("code", "period", "region_code", "facts", "as_of"))
    written(("A5", VILLAGES[1], date(2026, 10, 5), 1, 1))
    rebuild(now + timedelta(minutes=1), engine)
    assert differences(engine) == []
    assert RollUp.objects.get(region_code="ID", code="A5", period=202610).numerator == 2
    assert len(set(RollUp.objects.filter(level=4).values_list("code", "period", "region_code"))) == len(before)
    assert not FactDelta.objects.filter(folded_at=None).exists()


@pytest.mark.django_db
def test_what_came_after_a_month_was_published_is_counted_apart(now: datetime) -> None:
    written(("A5", VILLAGES[0], date(2026, 10, 3), 1, 1))
    happen(["publish", ("A5", VILLAGES[0], date(2026, 10, 9), 0, 1), ("A5", VILLAGES[0], date(2026, 11, 9), 0, 1)], now)

    rows = RollUp.objects.filter(region_code="33.07", code="A5", period__in=(202610, 202611)).order_by("period")
    assert list(rows.values_list("denominator", "late_denominator", "late_facts")) == [(2, 2, 2), (1, 0, 0)]
