"""Who came back to a village of the demo: on time, deported, settled again, and one who died abroad."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from desmigratif.cases.models import Aftercare, Case, ReintegrationStep
from desmigratif.cases.rules.back.returns import questions_on
from desmigratif.demo.centre.stories import Teller
from desmigratif.people.models import Resident
from desmigratif.shared.ids import new_id

LONG_AGO, LATELY = 200, 9  # days since they came back
_BORN_BEFORE_YEARS = 30


def come_back(teller: Teller) -> None:
    """Four people without a plan of their own, always the same ones."""
    kept, lately, settled, dead = _who_may_have_been_away(teller, 4)
    back = _returned(teller, kept, LONG_AGO, kind="sick", cause="work_accident", source="family", country="MYS")
    on = teller.today - timedelta(days=LONG_AGO - 5)
    _confirmed(teller, back, on)
    _planned(teller, back, on)
    _told(teller, back, on)
    _returned(teller, lately, LATELY, kind="deported", cause="no_papers", source="protection_office", country="MYS")
    home = _returned(teller, settled, 2 * LONG_AGO, kind="normal", cause="contract_ended", source="officer_met",
                     country="HKG")  # fmt: skip
    _visited(teller, home)
    last = teller.today - timedelta(days=20)
    teller.act("cases.settle_return", last, teller.moment(last, 11), return_id=home)
    for source, days in (("mission", 60), ("family", 58)):
        _returned(teller, dead, days, kind="dead", cause="illness", source=source, country="SGP")


def _who_may_have_been_away(teller: Teller, most: int) -> list[Resident]:
    born_before = teller.today - timedelta(days=_BORN_BEFORE_YEARS * 366)
    rows = Resident.objects.in_village(teller.plan.code).filter(
        life_status="alive", birth_date__lt=born_before, sex__in=("M", "F"), merged_into=None
    )
    planning = Case.objects.in_village(teller.plan.code).values("resident_id")
    return list(rows.exclude(id__in=planning).order_by("-birth_date", "name_key", "id")[40 : 40 + most])


def _returned(teller: Teller, who: Resident, days: int, **said: Any) -> str:
    on, return_id = teller.today - timedelta(days=days), str(new_id())
    teller.act(
        "cases.record_return", on, teller.moment(on, 9), return_id=return_id, resident_id=str(who.id),
        case_id=str(new_id()), returned_on=(on - timedelta(days=3)).isoformat(), **said,
    )  # fmt: skip
    return return_id


def _confirmed(teller: Teller, back: str, on: date) -> None:
    teller.act(
        "cases.confirm_origin", on, teller.moment(on, 9), origin_id=str(new_id()), return_id=back,
        confirmed_by="family", confirmer="Paman Contoh", proofs=["kk", "photo"],
    )  # fmt: skip


def _planned(teller: Teller, back: str, on: date) -> None:
    """Needs, the steps that answer them, one of them done."""
    teller.act(
        "cases.assess_needs", on, teller.moment(on, 10), assessment_id=str(new_id()), return_id=back,
        needs=["health", "work", "saving"], wish="stay", note="Tangannya masih sering ngilu.",
    )  # fmt: skip
    steps = ["health_check", "join_group", "open_savings"]
    teller.act("cases.plan_reintegration", on, teller.moment(on, 11), return_id=back, steps=steps)
    done = ReintegrationStep.objects.in_village(teller.plan.code).get(back_id=UUID(back), step="health_check")
    later = on + timedelta(days=10)
    teller.act("cases.finish_plan_step", later, teller.moment(later, 9), step_id=str(done.id), outcome="done")


def _told(teller: Teller, back: str, on: date) -> None:
    teller.act(
        "cases.record_experience", on, teller.moment(on, 12), record_id=str(new_id()),
        broker_record_id=str(new_id()), return_id=back, agency="PT Contoh Karya", promises_kept=False, paid_more=True,
        papers_held=False, would_recommend=False, broker_name="Bang Contoh", complaint="false_promise",
    )  # fmt: skip


def _visited(teller: Teller, back: str) -> None:
    visit = Aftercare.objects.in_village(teller.plan.code).get(back_id=UUID(back), month=6)
    answers = {asked["code"]: 2 for asked in questions_on(teller.today)}
    teller.act(
        "cases.record_aftercare", visit.due_on, teller.moment(visit.due_on, 10), aftercare_id=str(visit.id), met=True,
        answers=answers,
    )  # fmt: skip
