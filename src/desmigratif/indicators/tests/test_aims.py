"""Targets of regions, and months whose figures stand once they are published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from desmigratif.access.actor import Actor, operator, person
from desmigratif.access.door import do
from desmigratif.access.models import Grant, User
from desmigratif.access.testing import signed_in_browser
from desmigratif.audit.models import Event, FactDelta
from desmigratif.indicators.models import PublishedMonth, Target
from desmigratif.indicators.queries.aims import restated
from desmigratif.indicators.queries.figures import readings
from desmigratif.indicators.roll_ups.folding import fold
from desmigratif.indicators.roll_ups.rebuilding import differences, rebuild
from desmigratif.indicators.rules.periods import Period
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import InvalidInput, Refusal

KURIPAN = "33.07.10.2004"
OCTOBER = Period.parse("2026-10")
AIM: dict[str, Any] = {"region_code": "33.07", "code": "A5", "year": 2027, "value": "80", "source": "RKPD 2027"}
GIVEN: dict[str, dict[str, Any]] = {
    "indicators.set_target": {"target_id": new_id(), **AIM},
    "indicators.publish_month": {"month": "2026-10"},
}
pytestmark = pytest.mark.usefixtures("morning")


@pytest.fixture
def browser(places: None) -> Callable[..., Client]:
    def sign_in(role: str, region: str) -> Client:
        user = User.objects.create(username=f"{role}.{region}", name="Seseorang")
        Grant.objects.create(user=user, role=role, region_code=region, valid_from=date(2026, 1, 1))
        return signed_in_browser(user)

    return sign_in


def aim(by: Actor, now: datetime, **given: Any) -> None:
    do(by, "indicators.set_target", {"target_id": new_id(), **AIM, **given}, now=now, act_id=new_id())


def publish(now: datetime, month: str = "2026-10", by: Actor | None = None) -> None:
    do(by or operator(), "indicators.publish_month", {"month": month}, now=now, act_id=new_id())


def told(n: int, d: int, on: date = date(2026, 10, 9), code: str = "A5") -> None:
    FactDelta.objects.create(code=code, village_code=KURIPAN, on=on, numerator=n, denominator=d)


@pytest.mark.parametrize("name", GIVEN)
@pytest.mark.parametrize(
    "role, region", [("village_officer", KURIPAN), ("auditor", "ID"), ("tutor", KURIPAN), ("village_head", KURIPAN)]
)
def test_a_stranger_sets_no_target_and_publishes_nothing(
    places: None, now: datetime, name: str, role: str, region: str
) -> None:
    with pytest.raises(Refusal, match="not_found"):
        do(person(new_id(), "Orang", (role, region)), name, GIVEN[name], now=now, act_id=new_id())
    assert not Target.objects.exists()
    assert not PublishedMonth.objects.exists()


def test_a_coordinator_aims_for_the_own_regency_only(places: None, now: datetime) -> None:
    coordinator = person(new_id(), "Koordinator", ("regency_coordinator", "33.07"))
    aim(coordinator, now)
    for elsewhere in ("32.12", "33", "ID"):
        with pytest.raises(Refusal, match="not_found"):
            aim(coordinator, now, region_code=elsewhere)
    with pytest.raises(Refusal) as refusal:
        publish(now, by=coordinator)
    assert refusal.value.reasons[0].code == "not_for_the_country"


def test_a_target_that_is_set_again_leaves_what_stood_before_in_the_memory(places: None, now: datetime) -> None:
    aim(operator(), now)
    aim(operator(), now, value="85.5")

    assert str(Target.objects.get().value) == "85.50"
    event = Event.objects.get(event="target.changed")
    assert (event.village_code, event.details["before"]["value"]) == ("33.07", "80.00")
    with pytest.raises(Refusal, match="set_already"):
        aim(operator(), now, value="85.50")


@pytest.mark.parametrize(
    "given, code",
    [
        ({"region_code": "33.99"}, "unknown_region"), ({"code": "G1"}, "unknown_indicator"),
        ({"value": "101"}, "above_hundred"), ({"year": 2040}, "too_far_ahead"),
    ],
)  # fmt: skip
def test_a_target_for_what_is_not_there_is_refused(
    places: None, now: datetime, given: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        aim(operator(), now, **given)
    assert [reason.code for reason in refusal.value.reasons] == [code]
    assert not Target.objects.exists()


def test_a_month_that_is_not_over_is_not_published_and_one_only_once(places: None, now: datetime) -> None:
    with pytest.raises(Refusal, match="month_not_over"):
        publish(now, "2026-11")
    for nonsense in ("2026-13", "1999-10", "Oktober"):
        with pytest.raises(InvalidInput):
            publish(now, nonsense)
    publish(now)
    with pytest.raises(Refusal, match="published_already"):
        publish(now)


def test_what_comes_after_a_month_was_published_is_shown_beside_what_was(places: None, now: datetime) -> None:
    told(1, 2)  # written and not folded yet: the publication counts it
    told(4, 5, date(2026, 11, 2))
    publish(now)
    assert PublishedMonth.objects.get().facts == 1
    assert restated(operator(), "33.07", OCTOBER) == []

    told(1, 1)
    fold(now)
    (late,) = restated(operator(), "33.07", OCTOBER)
    assert ((late.numerator, late.denominator), late.published) == ((2, 3), (1, 2))
    november = readings(operator(), regions=["ID"], codes=["A5"], period=Period.parse("2026-11"))["ID", "A5"]
    assert not november.restated
    assert differences() == []
    rebuild(now + timedelta(minutes=1))
    assert restated(operator(), "33.07", OCTOBER) == [late]


def test_a_coordinator_writes_a_target_and_reads_it_beside_what_was_reached(
    browser: Callable[..., Client], now: datetime, django_assert_max_num_queries: Any
) -> None:
    told(1, 2)
    fold(now)
    client = browser("regency_coordinator", "33.07")
    path = reverse("indicators:targets")
    sent = {"act_id": str(new_id()), "record_id": str(new_id()), "code": "A5", "year": "2026", "value": "80"}
    refused = client.post(path, {**sent, "value": "180", "source": "RKPD 2026"})
    assert "paling banyak 100" in refused.content.decode()
    assert client.post(path, {**sent, "act_id": str(new_id()), "source": "RKPD 2026"}).status_code == 302

    with django_assert_max_num_queries(20):
        page = client.get(path).content.decode()
    assert "1 dari 2" in page
    assert "RKPD 2026" in page
    assert client.get(f"{path}?wilayah=32.12").status_code == 404


def test_the_ministry_publishes_and_a_coordinator_is_told_who_does(
    browser: Callable[..., Client], now: datetime
) -> None:
    path = reverse("indicators:months")
    ministry = browser("ministry_analyst", "ID")
    assert "Terbitkan angka Oktober 2026" in ministry.get(path).content.decode()
    sent = {"act_id": str(new_id()), "month": "2026-10"}
    assert ministry.post(path, sent).status_code == 302
    told(6, 8)
    fold(now)

    page = ministry.get(f"{path}?bulan=2026-10").content.decode()
    assert "0 dari 0" in page
    assert "6 dari 8" in page
    coordinator = browser("regency_coordinator", "33.07")
    assert "oleh kementerian" in coordinator.get(path).content.decode()
    assert "oleh kementerian" in coordinator.post(path, {**sent, "act_id": str(new_id())}).content.decode()
