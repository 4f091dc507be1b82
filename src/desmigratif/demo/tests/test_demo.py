"""The demo world: made-up people, through the door, the same for the same seed and day."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.db import models

from desmigratif.access.actor import operator
from desmigratif.audit.models import Event, Receipt, TimelineEntry
from desmigratif.audit.verify import verify_chains
from desmigratif.cases.models import CaseState, Visit
from desmigratif.demo import build, world
from desmigratif.demo.parenting.children import last_quarters
from desmigratif.demo.people.population import register_rows
from desmigratif.demo.programme.helpers import MONEY, money_of_peers, tell_money
from desmigratif.demo.programme.villages import PEERS, tell_programme
from desmigratif.documents.models import Letter
from desmigratif.indicators.cockpit.queries import league
from desmigratif.indicators.recounts.agreeing import disagreements
from desmigratif.indicators.rules.cockpit import alike_on
from desmigratif.indicators.rules.periods import Month, Period
from desmigratif.indicators.tasks import reckon_villages
from desmigratif.parenting.rules.growing import quarter_of
from desmigratif.people.models import Resident
from desmigratif.shared.dates import age_on

DAY = date(2026, 11, 23)


def test_the_same_seed_and_day_make_the_same_people() -> None:
    assert register_rows(world.KURIPAN, DAY) == register_rows(world.KURIPAN, DAY)


@pytest.mark.parametrize("plan", world.PILOTS, ids=lambda plan: plan.username_part)
def test_a_village_has_two_to_four_thousand_plausible_residents(plan: world.VillagePlan) -> None:
    rows = register_rows(plan, DAY)
    niks = [row["nik"] for row in rows if row["nik"] != "0"]

    assert 2000 <= len(rows) <= 4000
    assert len(set(niks)) == len(niks)
    assert all(row["tanggallahir"] <= DAY for row in rows)
    assert all(age_on(row["tanggallahir"], DAY) >= 17 for row in rows if row["kk_level"] == 1)
    assert any(row["status_dasar"] == 6 for row in rows)


@pytest.mark.django_db
def test_the_whole_world_enters_through_the_door(places: None, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "VILLAGES", (world.CAMPLONG,))
    build.build(now=now)

    code = world.CAMPLONG.code
    residents = Resident.objects.in_village(code)
    late = 6  # three of a family that was forgotten, three whom the village knew under another birthplace
    assert residents.count() == len(register_rows(world.CAMPLONG, build.began(now).date())) + late
    taken_back = Letter.objects.in_village(code).filter(revoked_on__isnull=False)
    assert sorted(taken_back.values_list("kind", "replaced_by__kind")) == [
        ("domicile", "domicile"), ("family_permission", None),
    ]  # fmt: skip
    kinds = Counter(Letter.objects.in_village(code).values_list("kind", flat=True))
    assert kinds == {"family_permission": 5, "skck_cover": 3, "marital_status": 1, "domicile": 2}
    states = Counter(
        residents.model._meta.apps.get_model("cases.Case").objects.in_village(code).values_list("state", flat=True)
    )
    told = {CaseState.INTENT, CaseState.OFFER_CHECKED, CaseState.VILLAGE_CLEARED, CaseState.WITHDREW}
    assert told <= set(states)
    assert Visit.objects.in_village(code).filter(served_at=None).count() == 3
    assert list(Receipt.objects.exclude(outcome="done").values_list("outcome", flat=True)) == ["needs_review"]
    assert residents.filter(merged_into__isnull=False).count() == 1
    assert Event.objects.count() >= Receipt.objects.count()
    assert verify_chains().broken == ()
    with_history = TimelineEntry.objects.filter(village_code=code).aggregate(
        n=models.Count("household_id", distinct=True)
    )
    assert with_history["n"] == residents.values("household_id").distinct().count()


@pytest.mark.django_db
def test_a_village_of_the_demo_can_be_set_beside_others(places: None, now: datetime) -> None:
    by = operator("demo")
    tell_programme(by, now)
    for code, lines in {**MONEY, **money_of_peers()}.items():
        tell_money(by, now, code, lines)
    reckon_villages(now)
    period, today = Period.of(Month.of(now.date()), "year"), now.date()
    sizes, years = alike_on(today)
    found = league([world.KURIPAN.code, world.GARUNG.code], ["F9"], period, sizes=sizes, years=years, today=today)

    assert {code: one.stands["F9"].among for code, one in found.items()} == {
        world.KURIPAN.code: 11, world.GARUNG.code: 12,
    }  # fmt: skip
    assert disagreements([code for code, *_told in PEERS], today) == []


@pytest.mark.django_db
def test_a_demo_is_never_mixed_into_somebodys_work(places: None, now: datetime, django_user_model: type) -> None:
    django_user_model.objects.create(username="seseorang", name="Seseorang")

    with pytest.raises(build.AlreadyInUse):
        build.build(now=now)


def test_the_last_four_quarters_are_four_on_every_day() -> None:
    days = [DAY + timedelta(days=day) for day in range(2 * 366)]

    assert [day for day in days if len({quarter_of(one) for one in last_quarters(day)}) != 4] == []
