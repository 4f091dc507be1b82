"""Signs propose a look and never accuse; high risk calls for a plan with a date, and is counted."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from typing import Any
from uuid import UUID

import pytest
import yaml
from django.db.models import Sum
from django.urls import reverse

from desmigratif.access.actor import Actor
from desmigratif.access.testing import SignIn
from desmigratif.audit.models import FactDelta
from desmigratif.parenting.models import Child, ChildPlan
from desmigratif.parenting.rules import risk
from desmigratif.parenting.tests.conftest import KENANGA, KURIPAN, Doing
from desmigratif.people.models import Resident
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

TODAY = date(2026, 11, 23)
EXAMPLES = yaml.safe_load(files("desmigratif.regulations").joinpath("examples/parenting_risk.yaml").read_text("utf-8"))
USUAL: dict[str, Any] = {
    "must_learn": True, "schooling": "primary", "parent": "father", "caregiver_age": 35, "days_silent": 1,
}  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one["nama"])
def test_each_worked_example_comes_out_as_written(example: dict[str, Any]) -> None:
    situation = risk.Situation(**{**USUAL, **example.get("keadaan", {})})

    signs = risk.signs_of(situation, TODAY)

    assert (list(signs), risk.level_of(signs, TODAY)) == (example["signs"], example["level"])


def counted(code: str) -> tuple[int, int]:
    found = FactDelta.objects.filter(code=code).aggregate(n=Sum("numerator"), d=Sum("denominator"))
    return found["n"] or 0, found["d"] or 0


def facts(child_id: UUID, **changes: Any) -> dict[str, Any]:
    seen = Child.objects.in_village(KURIPAN).get(id=child_id).version
    return {"child_id": child_id, "seen": seen, "parent": "mother", "caregiver_relation": "grandparent", **changes}


@pytest.mark.django_db
def test_a_child_that_left_school_is_high_risk_until_it_is_back_and_each_is_counted_once(
    rizky: UUID, doing: Doing
) -> None:
    assert (counted("D1"), counted("D4"), counted("D7")) == ((1, 0), (1, 1), (0, 0))

    doing("parenting.change_child", **facts(rizky, schooling="left"))
    assert Child.objects.in_village(KURIPAN).get().risk_because == ["left_school"]
    assert (counted("D4"), counted("D7")) == ((0, 1), (0, 1))

    plan = new_id()
    doing("parenting.make_plan", plan_id=plan, child_id=rizky, steps=["back_to_school"], due_on="2026-12-20")
    assert counted("D7") == (1, 1)

    doing("parenting.change_child", **facts(rizky, schooling="equivalence"))
    doing("parenting.finish_plan", plan_id=plan, helped=True)
    assert (counted("D4"), counted("D7")) == ((1, 1), (0, 0))

    doing("parenting.leave_centre", child_id=rizky, because="parent_home")
    assert (counted("D1"), counted("D4")) == ((0, 0), (0, 0))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "code"),
    [({"steps": []}, "steps_missing"), ({"steps": ["pray"]}, "steps_missing"), ({"due_on": "2026-11-22"}, "due_day"),
     ({"due_on": "2027-02-22"}, "due_day")],
)  # fmt: skip
def test_a_plan_has_steps_and_a_near_date(changes: dict[str, Any], code: str, rizky: UUID, doing: Doing) -> None:
    given = {"plan_id": new_id(), "child_id": rizky, "steps": ["home_visit"], "due_on": "2026-12-20", **changes}

    with pytest.raises(Refusal, match=code):
        doing("parenting.make_plan", **given)


@pytest.mark.django_db
def test_one_plan_stands_at_a_time(rizky: UUID, doing: Doing) -> None:
    given = {"child_id": rizky, "steps": ["home_visit"], "due_on": "2026-12-20"}
    doing("parenting.make_plan", plan_id=new_id(), **given)

    with pytest.raises(Refusal, match="plan_stands"):
        doing("parenting.make_plan", plan_id=new_id(), **given)


@pytest.mark.django_db
def test_what_somebody_else_wrote_meanwhile_is_not_lost(rizky: UUID, doing: Doing) -> None:
    first = facts(rizky, schooling="boarding")
    doing("parenting.change_child", **first)

    with pytest.raises(Refusal, match="changed_meanwhile"):
        doing("parenting.change_child", **{**first, "schooling": "left"})


@pytest.mark.django_db
def test_a_stranger_writes_nothing_of_a_child(rizky: UUID, doing: Doing, stranger: Actor, ministry: Actor) -> None:
    plan = new_id()
    given = {"child_id": rizky, "steps": ["home_visit"], "due_on": "2026-12-20"}
    doing("parenting.make_plan", plan_id=plan, **given)
    acts: dict[str, dict[str, Any]] = {
        "parenting.change_child": facts(rizky), "parenting.leave_centre": {"child_id": rizky, "because": "moved"},
        "parenting.make_plan": {**given, "plan_id": new_id()},
        "parenting.finish_plan": {"plan_id": plan, "helped": True},
    }  # fmt: skip
    for by in (stranger, ministry):
        for name, payload in acts.items():
            with pytest.raises(Refusal, match="not_found"):
                doing(name, by=by, **payload)
            if by is stranger:  # and not through their own village either
                with pytest.raises(Refusal, match="not_found"):
                    doing(name, by=by, **{**payload, "village_code": KENANGA})

    assert ChildPlan.objects.in_village(KURIPAN).get().done_on is None


@pytest.mark.django_db
def test_the_page_says_the_sign_kindly_and_the_missing_are_seen(
    rizky: UUID, family: dict[str, Resident], doing: Doing, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    doing("parenting.change_child", **facts(rizky, schooling="primary", last_contact_on="2026-10-01"))
    household = family["Rizky"].household_id
    doing("people.hand_over_household", hand_over_id=new_id(), household_id=household, kind="children_left_behind")
    desk = sign_in("tutor", KURIPAN)

    with django_assert_max_num_queries(16):
        page = desk.get(reverse("parenting:child", args=[rizky])).content.decode()
    with django_assert_max_num_queries(18):
        to_look = desk.get(f"{reverse('parenting:children')}?tampil=tengok").content.decode()
    missing = desk.get(f"{reverse('parenting:children')}?tampil=belum").content.decode()

    assert "Sebulan belum berbicara dengan orang tuanya" in page and "bukan tuduhan" in page
    assert "Rizky" in to_look
    assert "Putri" in missing and "Rizky" not in missing and "Slamet" not in missing
    assert "Diserahkan" in missing
