"""What waits too long in a village comes before the regency: by itself, once, with an event, and names nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.audit.models import Event
from desmigratif.cases.models import Complaint
from desmigratif.cases.queries.trouble.raised import Raised, raised_to
from desmigratif.cases.rules.trouble.complaints import raised_from
from desmigratif.cases.tasks import raise_overdue
from desmigratif.cases.tests.conftest import KURIPAN, Doing, Family
from desmigratif.cases.tests.trouble.referring import POLICE, load_directory, sending, the_referral, whats
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours, Refusal

pytestmark = pytest.mark.django_db
REGENCY = "33.07"


@pytest.fixture
def coordinator() -> Actor:
    return person(new_id(), "Koordinator", ("regency_coordinator", REGENCY))


def tell(doing: Doing, **said: Any) -> None:
    usual = {"channel": "desk", "kind": "UNPAID_WAGE", "story": "Upah tiga bulan belum dibayar."}
    doing("cases.record_complaint", complaint_id=str(new_id()), **{**usual, **said})


def complaint() -> Complaint:
    return Complaint.objects.in_village(KURIPAN).get()


@pytest.mark.parametrize(
    ("due", "emergency", "raised"),
    [
        ("2026-11-24T03:15", False, "2026-11-25T03:15"),
        ("2026-11-27T03:15", False, "2026-11-30T03:15"),  # Friday: two days of an office later is Monday
        ("2026-11-27T03:15", True, "2026-11-27T03:15"),
    ],
)
def test_an_emergency_rises_at_once_and_the_rest_a_day_of_the_office_later(
    due: str, emergency: bool, raised: str
) -> None:
    late, at = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (due, raised))
    assert raised_from(late, emergency=emergency, utc_offset=7) == at


def test_a_complaint_that_nobody_triaged_rises_once_and_comes_down_when_somebody_does(
    doing: Doing, places: None, officer: Actor, coordinator: Actor
) -> None:
    tell(doing)
    due, version = complaint().triage_due_at, complaint().version
    assert raise_overdue(due + timedelta(hours=23, minutes=59)) == 0

    after = due + timedelta(hours=24, minutes=1)
    assert [raise_overdue(after), raise_overdue(after + timedelta(minutes=15))] == [1, 0]

    assert Event.objects.filter(event="complaint.raised", village_code=KURIPAN).count() == 1
    assert complaint().version == version  # the page that an officer has open is not overtaken
    assert raised_to(coordinator, most=5) == [Raised(KURIPAN, "complaint", "", due.date())]
    assert raised_to(person(new_id(), "Lain", ("regency_coordinator", "32.12")), most=5) == []
    triaged = {
        "complaint_id": str(complaint().id), "village_code": KURIPAN, "kind": "UNPAID_WAGE", "emergency": False,
    }  # fmt: skip
    do(officer, "cases.triage_complaint", triaged, now=after, act_id=new_id())
    assert raised_to(coordinator, most=5) == []


def test_an_emergency_rises_the_minute_after_its_clock(doing: Doing, places: None, coordinator: Actor) -> None:
    tell(doing, emergency=True)

    assert raise_overdue(complaint().triage_due_at + timedelta(minutes=1)) == 1
    assert [one.kind for one in raised_to(coordinator, most=5)] == ["emergency"]


def test_what_the_regency_keeps_is_before_it_already(doing: Doing, places: None) -> None:
    tell(doing, kind="TRAFFICKING")
    tell(doing, about_officer=True)

    assert raise_overdue(datetime(2027, 1, 1, tzinfo=UTC)) == 0


def test_a_body_that_does_not_answer_comes_before_the_regency_once(
    doing: Doing, case_id: str, family: Family, coordinator: Actor, now: datetime
) -> None:
    load_directory(now)
    doing("cases.send_referral", **sending(case_id))
    last_day = datetime.combine(the_referral().escalate_on, now.timetz())
    assert raise_overdue(last_day) == 0

    assert [raise_overdue(last_day + timedelta(days=1)), raise_overdue(last_day + timedelta(days=2))] == [1, 0]

    assert whats(the_referral()) == ["sent", "escalated"]
    assert Event.objects.filter(event="referral.escalated").count() == 1
    assert [one.body for one in raised_to(coordinator, most=5)] == [POLICE]


def test_a_stranger_raises_nothing(doing: Doing, stranger: Actor, places: None) -> None:
    tell(doing)
    with pytest.raises(Refusal) as refusal:
        doing("cases.raise_overdue", by=stranger)
    assert refusal.value.reasons[0].code == NotFoundOrNotYours.code
