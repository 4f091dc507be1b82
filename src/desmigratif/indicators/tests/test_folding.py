"""Facts become figures once, in every region above them and in every period, whoever folds and however often."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from desmigratif.access.actor import operator
from desmigratif.audit.models import FactDelta
from desmigratif.indicators.models import RollUp
from desmigratif.indicators.queries.figures import readings, series
from desmigratif.indicators.roll_ups.folding import _WAITING, fold, fold_batch
from desmigratif.indicators.rules.periods import Month, Period
from desmigratif.regions.models import RegionAlias
from desmigratif.regions.queries import forget

KURIPAN, WONOSOBO, OTHER = "33.07.10.2004", "33.07", "33.07.10.2005"
NOVEMBER = Period.parse("2026-11")


def fact(code: str = "A5", village: str = KURIPAN, on: date = date(2026, 11, 3), n: int = 1, d: int = 1) -> FactDelta:
    return FactDelta.objects.create(code=code, village_code=village, on=on, numerator=n, denominator=d)


def figure(code: str, region: str = WONOSOBO, period: Period = NOVEMBER) -> tuple[int | None, int | None, int]:
    one = readings(operator(), regions=[region], codes=[code], period=period)[region, code]
    return one.numerator, one.denominator, one.missing


@pytest.mark.django_db
def test_a_fact_counts_once_in_every_region_above_it_and_in_every_period(now: datetime) -> None:
    fact()
    assert (fold(now), fold(now)) == (1, 0)

    rows = Counter(RollUp.objects.filter(code="A5").values_list("level", "region_code", "period"))
    regions = enumerate(("ID", "33", "33.07", "33.07.10", KURIPAN))
    assert rows == {(level, region, period): 1 for level, region in regions for period in (202611, 202624, 202600, 0)}


@pytest.mark.django_db
def test_what_waits_is_claimed_from_its_own_index_in_the_order_of_the_claim() -> None:
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if not sqlite:
            cursor.execute("SET LOCAL enable_seqscan = off")  # the table is too small here for any index
        cursor.execute(f"{'EXPLAIN QUERY PLAN' if sqlite else 'EXPLAIN'} {_WAITING}", [10])
        plan = " ".join(str(word) for row in cursor.fetchall() for word in row)

    assert "factdelta_waiting" in plan
    assert not any(word in plan for word in ("Sort", "TEMP B-TREE"))


@pytest.mark.django_db
def test_later_facts_are_added_and_a_village_counts_once_among_those_that_have_the_figure(now: datetime) -> None:
    fact(n=0)
    fact("A1", OTHER)
    fold(now)
    fact(n=1, d=1)
    fold(now)  # the same moment again: still a moment of its own

    assert figure("A5") == (1, 2, 1)  # the other village keeps the register and has no departure
    assert figure("A5", OTHER) == (None, None, 1)
    assert figure("C1") == (None, None, 0)  # nobody keeps that register


@pytest.mark.django_db
def test_what_stands_is_the_sum_of_all_that_changed_and_what_flows_is_counted_in_its_month(now: datetime) -> None:
    fact("A14", on=date(2025, 3, 1), n=0)
    fact("A14", on=date(2026, 2, 1), n=1, d=0)
    fact("B1", on=date(2026, 2, 9), n=3, d=0)
    fact("A18", on=date(2026, 1, 9), n=1, d=8)
    fold(now)

    stood = series(operator(), region="ID", codes=["A14"], first=Month(2025, 2), last=Month(2026, 2))
    assert [one.numerator for one in stood] == [None, *[0] * 11, 1]
    assert figure("B1", "ID", Period.parse("2026"))[:2] == (3, 8)
    assert figure("B1", "ID", Period.parse("2026-03"))[:2] == (None, 8)


@pytest.mark.django_db
def test_records_under_an_old_code_count_in_the_province_of_today(now: datetime) -> None:
    RegionAlias.objects.create(old_code="91.01", new_code="93.01", on=date(2022, 7, 25), basis="UU 14/2022")
    forget()
    fact(village="91.01.02.2003")
    fold(now)

    assert figure("A5", "93")[0] == 1
    assert figure("A5", "91")[0] is None
    assert figure("A5", "93.01.02.2003")[0] == 1


@pytest.mark.django_db
def test_what_belongs_to_a_regency_and_to_no_village_counts_there_and_above(now: datetime) -> None:
    fact("B1", "33.07", d=0)
    fact("B1", "ID", d=0)
    fold(now)

    assert figure("B1", "ID")[0] == 2
    assert figure("B1", "33.07") == (1, None, 0)


@pytest.mark.django_db(transaction=True)
def test_eight_who_write_and_fold_at_once_lose_nothing_and_count_nothing_twice(now: datetime) -> None:
    troubles: list[Exception] = []

    def work(number: int) -> None:
        try:
            for step in range(6):
                fact(village=f"33.07.10.20{number:02d}", on=date(2026, 11, 1) + timedelta(days=step))
                fold_batch(now, size=3)
        except Exception as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    fold(now)

    assert not troubles
    assert figure("A5", "ID") == (48, 48, 0)
    assert figure("A5", "33.07.10.2003") == (6, 6, 0)
    assert RollUp.objects.get(level=0, code="A5", period=202600).villages == 8
