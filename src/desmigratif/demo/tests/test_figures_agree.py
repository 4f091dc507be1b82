"""The demo's facts come to what its records say, cell by cell: the oracle of every indicator that is fed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from desmigratif.audit.models import FactDelta
from desmigratif.demo import build, world
from desmigratif.indicators.agreeing import disagreements, recounted
from desmigratif.indicators.reckoning import differences
from desmigratif.indicators.rules.definitions import indicators

VILLAGES = (world.KURIPAN, world.GARUNG)  # the one with groups and a centre, the one with closed years of a cooperative
TODAY = date(2026, 11, 23)
# The demo is sixty days of a service centre: nobody left by its own steps, no complaint came to an end.
NOT_COUNTED_HERE = {"F5"}  # reports lie above the indicators and prove it themselves
NOT_IN_SIXTY_DAYS = {"A11", "A12", "A13", "A16", "A17", "B4", "B7", "F4", "F7"}


@pytest.mark.django_db
def test_the_demos_facts_are_what_its_records_say(places: None, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "VILLAGES", tuple(replace(plan, household_count=90) for plan in VILLAGES))
    build.build(now=now)
    codes = sorted(set(FactDelta.objects.values_list("village_code", flat=True)))

    assert "\n".join(disagreements(codes, TODAY)) == ""
    assert [differences(plan.code, TODAY) for plan in VILLAGES] == [[], []]
    told = {code for _village, _month, code in recounted(codes, TODAY)}
    fed = {one.code for one in indicators() if one.fed}
    assert fed - told - NOT_IN_SIXTY_DAYS - NOT_COUNTED_HERE == set()

    fact = FactDelta.objects.filter(code="D2").first()
    assert fact is not None
    FactDelta.objects.filter(id=fact.id).update(numerator=fact.numerator + 1)
    assert [line.split()[0] for line in disagreements(codes, TODAY)] == ["D2"]
