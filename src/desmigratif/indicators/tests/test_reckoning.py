"""What time changes is appended at night: the difference to what was told already, once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import Sum

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.access.models import Grant, User
from desmigratif.audit import unit
from desmigratif.audit.models import FactDelta
from desmigratif.enterprises.models import Group, GroupMonth
from desmigratif.indicators import surviving
from desmigratif.indicators.models import RollUp
from desmigratif.indicators.recounts import reckoning
from desmigratif.indicators.roll_ups.folding import fold
from desmigratif.indicators.tasks import reckon_villages
from desmigratif.programme.measures import reckon, recount
from desmigratif.programme.models import ProgrammeVillage, VillageFigure, VillageStep
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

KURIPAN, TODAY = "33.07.10.2004", date(2026, 11, 23)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


def sums(code: str) -> tuple[int, int]:
    rows = FactDelta.objects.filter(code=code).aggregate(n=Sum("numerator"), d=Sum("denominator"))
    return rows["n"] or 0, rows["d"] or 0


@pytest.fixture
def group(working: Any, officer: Actor) -> Group:
    """A group that sold in September and that nobody told the indicators of."""
    with working(officer):
        made = Group.objects.create(village_code=KURIPAN, name="Kenari", trade="food", formed_on=date(2026, 3, 1))
        unit.changed("enterprises.group", KURIPAN, made.id)
    GroupMonth.objects.create(
        village_code=KURIPAN, group=made, month=date(2026, 9, 1), sales_rupiah=9, cost_rupiah=1, workers=1,
        recorded_on=TODAY,
    )  # fmt: skip
    return made


def test_a_night_appends_what_is_missing_and_the_next_one_finds_nothing(group: Group, now: datetime) -> None:
    assert reckon_villages(now) == 1
    assert sums("C1") == (1, 1)
    assert (reckon_villages(now), sums("C1")) == (0, (1, 1))

    assert reckon_villages(now + timedelta(days=40)) == 1  # nothing was sold since
    assert sums("C1") == (0, 1)
    assert list(FactDelta.objects.filter(code="C1").order_by("on").values_list("on", "key")) == [
        (TODAY, "reckoned"), (TODAY + timedelta(days=40), "reckoned"),
    ]  # fmt: skip
    row = RollUp.objects.get(level=4, code="C1", period=0)
    assert (row.numerator, row.denominator) == (0, 1)


def test_facts_that_wait_to_be_folded_are_known_and_a_month_that_vanished_counts_nothing(
    group: Group, now: datetime
) -> None:
    for on in (date(2026, 5, 3), date(2026, 9, 9)):
        FactDelta.objects.create(code="A2", village_code=KURIPAN, on=on, numerator=1, denominator=0)
        fold(now) if on.month == 5 else None
    FactDelta.objects.create(code="C1", village_code=KURIPAN, on=TODAY, numerator=0, denominator=1)

    found = {(one.code, one.on): one[2:] for one in reckoning.differences(KURIPAN, TODAY)}
    assert found["A2", date(2026, 5, 1)] == (-1, 0) == found["A2", date(2026, 9, 1)]
    assert found["C1", TODAY] == (1, 0)


def test_a_stranger_reckons_no_village_of_another_regency(group: Group, stranger: Actor, now: datetime) -> None:
    elsewhere = person(new_id(), "Koordinator lain", ("regency_coordinator", "32.12"))
    for by in (stranger, elsewhere):
        with pytest.raises(Refusal, match="not_found"):
            do(by, "indicators.reckon_village", {"village_code": KURIPAN, "on": TODAY}, now=now, act_id=new_id())
    assert not FactDelta.objects.exists()


def test_a_day_that_is_not_yet_is_not_reckoned(group: Group, operator_actor: Actor, now: datetime) -> None:
    given = {"village_code": KURIPAN, "on": TODAY + timedelta(days=1)}
    with pytest.raises(Refusal, match="day_in_future"):
        do(operator_actor, "indicators.reckon_village", given, now=now, act_id=new_id())


# --- the village in the programme ---


def joined(programme: str = "desmigratif", on: date = date(2017, 5, 1)) -> ProgrammeVillage:
    return ProgrammeVillage.objects.create(village_code=KURIPAN, programme=programme, decree="SK contoh", decreed_on=on)


def test_a_village_in_two_programmes_is_one_village_with_two_posts() -> None:
    for one in (joined(), joined("emas", date(2025, 1, 1))):
        for step in ("service_centre", "enterprise", "village_regulation"):
            VillageStep.objects.create(village_code=KURIPAN, membership=one, step=step, on=TODAY)
    for count, until in enumerate((None, TODAY, None, None)):
        user = User.objects.create(username=f"petugas-{count}", name="Wulan")
        Grant.objects.create(
            user=user, role="village_officer", region_code=KURIPAN, valid_from="2025-11-23", valid_until=until
        )

    said = reckon(KURIPAN, TODAY)
    assert (said["F1"], said["F2"], said["F8"], said["F3"]) == ((1, None), (0, None), (1, None), (2, 2))
    assert said["F4:2026-11"] == (3, 4)  # whose last day it is works no more
    records = recount([KURIPAN], TODAY)
    wanted = {"F1": (1, 0), "F2": (0, 0), "F8": (1, 0), "F3": (2, 2), "F4": (3, 4)}
    assert {code: records[KURIPAN, date(2026, 11, 1), code] for code in wanted} == wanted


def test_a_village_that_needs_the_programme_is_known_beside_others_of_its_regency() -> None:
    def placed(village: str, workers: int) -> None:
        given = {"village_code": village, "metric": "placements", "year": 2025}
        source = f"Pendataan contoh {workers}"
        VillageFigure.objects.create(id=new_id(), **given, source=source, value=workers, noted_on=TODAY)

    def both(village: str) -> tuple[Any, Any]:
        return reckon(village, TODAY)["F12"], recount([village], TODAY).get((village, date(2026, 11, 1), "F12"), (0, 0))

    placed(KURIPAN, 90)
    assert both(KURIPAN) == ((0, 0), (0, 0))  # alone it is compared with nobody
    placed("33.07.10.2005", 200)
    placed("33.08.10.2005", 10)  # of another regency
    assert both(KURIPAN) == ((0, 0), (0, 0))  # 45 of 100
    assert both("33.07.10.2005") == ((0, 1), (0, 1))
    placed(KURIPAN, 130)
    joined()
    assert both(KURIPAN) == ((1, 1), (1, 1))  # of two sources the middle one: 110, 55 of 100


def test_what_a_village_did_a_year_after_its_support_ended_says_which_pillars_survived(now: datetime) -> None:
    joined(on=date(2022, 6, 15))
    FactDelta.objects.create(code="A1", village_code=KURIPAN, on=date(2026, 5, 2), numerator=4, denominator=0)
    FactDelta.objects.create(code="D3", village_code=KURIPAN, on=date(2026, 6, 1), numerator=0, denominator=2)
    fold(now)
    assert surviving.reckon(KURIPAN, TODAY) == {}  # nothing is known of the time before

    FactDelta.objects.create(code="C8", village_code=KURIPAN, on=date(2026, 1, 2), numerator=1, denominator=0)
    fold(now)
    assert surviving.reckon(KURIPAN, TODAY) == {"F7:2026-06": (1, 4)}
    assert surviving.recount([KURIPAN], TODAY) == {(KURIPAN, date(2026, 6, 1), "F7"): (1, 4)}
