"""After coming back: needs become steps with days, other services are asked, visits are scored, and it ends freely."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from desmigratif.access.actor import Actor
from desmigratif.audit.models import FactDelta, Signal
from desmigratif.cases.models import (
    Aftercare,
    Broker,
    BrokerReport,
    Case,
    CaseState,
    Experience,
    NeedsAssessment,
    OfferCheck,
    ReintegrationStep,
)
from desmigratif.cases.queries.back.returns import plan_steps_due, remembered_of, visits_due
from desmigratif.cases.rules.back import returns as rules
from desmigratif.cases.tests.back.test_returns import TODAY, refused
from desmigratif.cases.tests.conftest import KURIPAN, LAWFUL_OFFER, Doing, Family
from desmigratif.people.models import HandOver
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours


@pytest.fixture
def back(family: Family, doing: Doing) -> str:
    """Siti came back from Malaysia in May, deported."""
    return str(
        doing(
            "cases.record_return", return_id=str(new_id()), resident_id=str(family.siti.id), case_id=str(new_id()),
            on="2026-05-10", returned_on="2026-05-08", kind="deported", cause="no_papers", source="officer_met",
            country="MYS",
        )["id"]
    )  # fmt: skip


def case() -> Case:
    return Case.objects.in_village(KURIPAN).order_by("opened_on", "id")[0]


def plan(doing: Doing, back: str, *steps: str, **more: Any) -> None:
    doing("cases.plan_reintegration", return_id=back, steps=list(steps), **more)


def test_needs_are_sealed_and_propose_the_steps_that_answer_them(doing: Doing, back: str) -> None:
    doing(
        "cases.assess_needs", assessment_id=str(new_id()), return_id=back, needs=["saving", "health"], wish="stay",
        note="Punggung masih sakit",
    )  # fmt: skip

    row = NeedsAssessment.objects.in_village(KURIPAN).get()
    assert b"health" not in bytes(row.said_sealed)
    assert rules.steps_for(["saving", "health"], TODAY) == ["health_check", "open_savings"]
    assert refused(
        lambda: doing("cases.assess_needs", assessment_id=str(new_id()), return_id=back, needs=["emas"])
    ) == "unknown_need"  # fmt: skip


def test_an_empty_sheet_of_needs_or_experience_is_not_kept(doing: Doing, back: str) -> None:
    nothing = {"assessment_id": str(new_id()), "return_id": back, "needs": []}
    assert refused(lambda: doing("cases.assess_needs", **nothing)) == "nothing_said"
    doing("cases.assess_needs", **nothing, wish="unsure")

    untold = {"record_id": str(new_id()), "broker_record_id": str(new_id()), "return_id": back}
    assert refused(lambda: doing("cases.record_experience", **untold)) == "nothing_told"
    doing("cases.record_experience", **untold, papers_held=False)


def test_a_plan_gives_each_step_its_day_and_asks_the_other_services(
    doing: Doing, back: str, family: Family, officer: Actor
) -> None:
    plan(doing, back, "health_check", "join_group", "open_savings", on="2026-11-01")

    days = dict(ReintegrationStep.objects.in_village(KURIPAN).values_list("step", "due_on"))
    handed = HandOver.objects.in_village(KURIPAN).filter(resident=family.siti).order_by("kind")
    assert case().state == CaseState.REINTEGRATING
    assert (days["health_check"].isoformat(), days["join_group"].isoformat()) == ("2026-11-15", "2026-12-01")
    assert list(handed.values_list("kind", "to_pillar")) == [
        ("returnee_group", "enterprise"), ("returnee_saving", "cooperative"),
    ]  # fmt: skip
    assert [one.step for one in plan_steps_due(officer, KURIPAN, TODAY)] == ["health_check"]


def test_a_step_stands_once_in_a_plan_and_ends_once(doing: Doing, back: str) -> None:
    plan(doing, back, "training", target_on="2026-12-24")
    assert refused(lambda: plan(doing, back, "training")) == "planned_before"
    assert refused(lambda: plan(doing, back)) == "nothing_chosen"
    assert refused(lambda: plan(doing, back, "housing", target_on="2026-11-01")) == "before_plan"

    row = ReintegrationStep.objects.in_village(KURIPAN).get()
    assert row.due_on.isoformat() == "2026-12-24"
    early = {"step_id": str(row.id), "outcome": "done", "on": "2026-11-22"}
    assert refused(lambda: doing("cases.finish_plan_step", **early)) == "before_plan"
    doing("cases.finish_plan_step", step_id=str(row.id), outcome="done")
    again = {"step_id": str(row.id), "outcome": "declined"}
    assert refused(lambda: doing("cases.finish_plan_step", **again)) == "already_done"
    plan(doing, back, "training")


def test_a_visit_is_due_after_six_months_is_scored_and_stays_due_when_nobody_was_met(
    doing: Doing, back: str, officer: Actor
) -> None:
    (due,) = visits_due(officer, KURIPAN, TODAY)
    visit = {"aftercare_id": str(due.id)}
    assert (due.month, due.due_on.isoformat()) == (6, "2026-11-08")
    doing("cases.record_aftercare", **visit, met=False)
    assert [one.tried for one in visits_due(officer, KURIPAN, TODAY)] == [1]
    assert refused(lambda: doing("cases.record_aftercare", **visit, met=True)) == "no_answer"
    wrong = {"answers": {"income": 3}}
    assert refused(lambda: doing("cases.record_aftercare", **visit, met=True, **wrong)) == "unknown_answer"

    assert (rules.few_answered(2, TODAY), rules.few_answered(3, TODAY)) == ("Baru 2 dari 5 pertanyaan terjawab", "")
    doing("cases.record_aftercare", **visit, met=True, answers={"income": 2, "work": 1, "health": 1})

    row = Aftercare.objects.in_village(KURIPAN).get(id=due.id)
    assert (row.score, rules.band_of(row.score, TODAY)[0], visits_due(officer, KURIPAN, TODAY)) == (67, "cek", [])
    assert b"income" not in bytes(row.answers_sealed or b"")
    assert refused(lambda: doing("cases.record_aftercare", **visit, met=False)) == "already_done"


def test_experience_with_a_recruiter_stands_in_the_list_of_recruiters(doing: Doing, back: str) -> None:
    told: dict[str, Any] = {
        "record_id": str(new_id()), "broker_record_id": str(new_id()), "return_id": back, "agency": "PT Contoh Karya",
        "paid_more": True, "complaint": "money",
    }  # fmt: skip
    assert refused(lambda: doing("cases.record_experience", **told)) == "broker_missing"
    doing("cases.record_experience", **told, broker_name="Bang Contoh", story="Diminta lima juta lagi")

    broker = Broker.objects.in_village(KURIPAN).get()
    assert Experience.objects.in_village(KURIPAN).get().broker == broker
    assert BrokerReport.objects.in_village(KURIPAN).get().complaint == "money"
    more = told | {"record_id": str(new_id()), "broker_record_id": str(new_id()), "complaint": None}
    assert refused(lambda: doing("cases.record_experience", **more)) == "told_before"


def test_who_settles_is_done_and_is_still_visited(doing: Doing, back: str, officer: Actor, family: Family) -> None:
    doing("cases.settle_return", return_id=back)

    assert case().state == CaseState.SETTLED
    assert len(visits_due(officer, KURIPAN, TODAY)) == 1
    assert not Signal.objects.filter(resident_id=family.siti.id, until=None).exists()
    assert refused(lambda: doing("cases.settle_return", return_id=back)) == "case_over"
    assert refused(lambda: plan(doing, back, "training")) == "case_over"
    assert refused(lambda: doing("cases.withdraw_return", return_id=back, reason="mistyped")) == "case_over"


def test_who_goes_again_has_a_new_plan_that_remembers(doing: Doing, back: str, officer: Actor) -> None:
    new_case_id = str(new_id())
    doing("cases.migrate_again", return_id=back, new_case_id=new_case_id, country="HKG", job="domestic_worker")
    check_id = str(new_id())
    doing("cases.check_offer", check_id=check_id, case_id=new_case_id, answers=LAWFUL_OFFER)

    new = Case.objects.in_village(KURIPAN).get(id=new_case_id)
    flags = [flag["code"] for flag in OfferCheck.objects.in_village(KURIPAN).get(id=check_id).flags]
    assert (case().state, new.state, new.previous_id) == (CaseState.RE_MIGRATING, CaseState.OFFER_CHECKED, case().id)
    assert remembered_of(new).deported
    assert "IRREGULAR_BEFORE" in flags
    assert visits_due(officer, KURIPAN, TODAY) == []


def test_leaving_again_within_two_years_counts_as_re_migration(doing: Doing, back: str) -> None:
    new_case_id = str(new_id())
    doing("cases.migrate_again", return_id=back, new_case_id=new_case_id, on="2026-11-20")
    doing(
        "cases.record_departure", case_id=new_case_id, check_id=str(new_id()),
        seen=Case.objects.in_village(KURIPAN).get(id=new_case_id).version, left_anyway=True,
    )  # fmt: skip

    told = FactDelta.objects.filter(code="A22").order_by("id").values_list("numerator", "denominator")
    assert list(told) == [(0, 1), (1, 0)]


def test_a_stranger_helps_nobody_home(doing: Doing, back: str, officer: Actor, stranger: Actor) -> None:
    plan(doing, back, "training")
    step, visit = ReintegrationStep.objects.in_village(KURIPAN).get(), visits_due(officer, KURIPAN, TODAY)[0]
    tries: dict[str, dict[str, Any]] = {
        "cases.assess_needs": {"assessment_id": str(new_id()), "return_id": back, "needs": []},
        "cases.plan_reintegration": {"return_id": back, "steps": ["housing"]},
        "cases.finish_plan_step": {"step_id": str(step.id), "outcome": "done"},
        "cases.record_aftercare": {"aftercare_id": str(visit.id), "met": False},
        "cases.record_experience": {
            "record_id": str(new_id()), "broker_record_id": str(new_id()), "return_id": back,
        },
        "cases.settle_return": {"return_id": back},
        "cases.migrate_again": {"return_id": back, "new_case_id": str(new_id())},
    }  # fmt: skip
    for name, payload in tries.items():
        assert refused(partial(doing, name, by=stranger, **payload)) == NotFoundOrNotYours.code
    assert case().state == CaseState.REINTEGRATING
