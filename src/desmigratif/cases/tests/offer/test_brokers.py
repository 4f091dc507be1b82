"""Recruiters are known again, complaints count before an offer, and an accused person is a person."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from desmigratif.access.actor import Actor, person
from desmigratif.cases.models import Broker, BrokerReport, OfferCheck
from desmigratif.cases.queries.offer.brokers import brokers_seen
from desmigratif.cases.tests.before.test_journey_views import signed_in
from desmigratif.cases.tests.conftest import KURIPAN, LAWFUL_OFFER, Doing, Family
from desmigratif.cases.tests.pages import send
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours, Refusal


@pytest.fixture
def coordinator() -> Actor:
    return person(new_id(), "Koordinator", ("regency_coordinator", "33.07"))


def report(doing: Doing, *, case_id: Any = None, name: str = "Bang Contoh", **more: Any) -> str:
    record_id = str(new_id())
    said = {"complaint": "money", **more}
    doing("cases.report_broker", record_id=record_id, case_id=case_id, name=name, **said)
    return record_id


def flags_of(doing: Doing, case_id: str) -> list[str]:
    check_id = str(new_id())
    doing("cases.check_offer", check_id=check_id, case_id=case_id, answers=LAWFUL_OFFER)
    return [flag["code"] for flag in OfferCheck.objects.in_village(KURIPAN).get(id=check_id).flags]


def test_one_number_is_one_recruiter_however_the_name_is_written(doing: Doing, family: Family) -> None:
    report(doing, phone="0812 0000 1111")
    report(doing, name="Pak Contoh Lain", phone="+62 812-0000-1111")
    report(doing, phone="0812 0000 2222")

    assert Broker.objects.in_village(KURIPAN).count() == 2
    assert b"0812" not in bytes(Broker.objects.in_village(KURIPAN).first().phone_sealed)  # type: ignore[union-attr]


def test_earlier_complaints_hold_the_next_offer_of_the_same_recruiter(doing: Doing, case_id: str) -> None:
    assert "RECRUITER_HISTORY" not in flags_of(doing, case_id)
    report(doing, phone="0812 0000 1111")
    report(doing, case_id=case_id, name="Mas Contoh", phone="081200001111", complaint=None)

    assert "RECRUITER_HISTORY" in flags_of(doing, case_id)


def test_the_complaint_of_the_same_plan_is_no_history(doing: Doing, case_id: str) -> None:
    report(doing, case_id=case_id)

    assert "RECRUITER_HISTORY" not in flags_of(doing, case_id)


def test_what_the_regency_finds_unfounded_counts_no_more(doing: Doing, case_id: str, coordinator: Actor) -> None:
    told = report(doing)
    report(doing, case_id=case_id, complaint=None)
    doing("cases.settle_broker_report", by=coordinator, report_id=told, finding="unfounded")

    assert "RECRUITER_HISTORY" not in flags_of(doing, case_id)
    assert brokers_seen(coordinator).get().complaints == 0  # type: ignore[attr-defined]


def test_a_recruiter_without_plan_or_complaint_is_not_written_down(doing: Doing, family: Family) -> None:
    with pytest.raises(Refusal, match="nothing_said"):
        report(doing, complaint=None)
    with pytest.raises(Refusal, match="phone_shape"):
        report(doing, phone="12")
    assert not Broker.objects.in_village(KURIPAN).exists()


def test_a_stranger_and_an_officer_judge_nothing_and_a_head_sees_nobody(
    doing: Doing, family: Family, officer: Actor, stranger: Actor
) -> None:
    told = report(doing)
    head = person(new_id(), "Kades", ("village_head", KURIPAN))

    for by in (stranger, officer):
        with pytest.raises(Refusal) as refusal:
            doing("cases.settle_broker_report", by=by, report_id=told, finding="unfounded")
        assert refusal.value.reasons[0].code == NotFoundOrNotYours.code
    with pytest.raises(Refusal):
        doing("cases.report_broker", by=stranger, record_id=new_id(), name="Bang Lain", complaint="money")
    assert not brokers_seen(stranger).exists()
    assert not brokers_seen(head).exists()
    assert BrokerReport.objects.in_village(KURIPAN).count() == 1


def test_a_visitor_without_a_plan_is_heard_about_a_recruiter(settings: Any, family: Family) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    desk, address = signed_in("village_officer"), reverse("cases:record_broker")
    assert address in desk.get(reverse("cases:record_visit")).content.decode()

    nothing = send(desk, address, name="Bang Contoh")
    assert nothing.context["form"].errors.keys() == {"complaint"}
    assert send(desk, address, name="Bang Contoh", complaint="money", story="Minta dua juta.").status_code == 302

    one = BrokerReport.objects.in_village(KURIPAN).get()
    assert (one.case_id, one.complaint, one.broker.name) == (None, "money", "Bang Contoh")
    assert "Bang Contoh" in desk.get(reverse("cases:brokers")).content.decode()
    assert signed_in("village_head").get(address).status_code == 404
