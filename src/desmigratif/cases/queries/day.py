"""What cannot wait in a village today: answers that are due, papers that came back, steps that are late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import QuerySet

from desmigratif.access.actor import Actor
from desmigratif.cases.models import AT_OFFICE, ENDED, LEFT, BundleState, CaseStep, LetterRequest, StepState
from desmigratif.cases.queries.back.returns import plan_steps_due
from desmigratif.cases.queries.letters.rights import unanswered_objections
from desmigratif.cases.queries.papers.offices import bundles_at_offices
from desmigratif.cases.queries.trouble.referrals import Counts as ReferralCounts
from desmigratif.cases.queries.trouble.referrals import rows_to_count

OVER = (*ENDED, *LEFT)
REFERRALS = "referrals."


@dataclass(frozen=True, slots=True)
class Day:
    """Counts; each leads to a list."""

    letters_due: int
    objections: int
    returned: int
    late_at_offices: int
    late_steps: int
    due_today: int
    plan_steps: int
    referrals: ReferralCounts


def rows_of_day(by: Actor, village_code: str, today: date) -> dict[str, QuerySet[Any]]:
    """What the day counts, by name; `day_from` takes the numbers."""
    asked = LetterRequest.objects.visible_to(by).filter(village_code=village_code, issued_on=None, refused_on=None)
    bundles = bundles_at_offices(by).filter(village_code=village_code)
    steps = CaseStep.objects.visible_to(by).filter(
        village_code=village_code, state__in=[StepState.OPEN, StepState.HELD], due_on__lte=today
    )
    steps = steps.exclude(case__state__in=OVER)
    return {
        "letters_due": asked.filter(due_on__lte=today).exclude(case__state__in=OVER),
        "objections": unanswered_objections(by).filter(village_code=village_code),
        "returned": bundles.filter(state=BundleState.RETURNED),
        "late_at_offices": bundles.filter(state__in=AT_OFFICE, due_on__lt=today),
        "late_steps": steps.filter(due_on__lt=today),
        "due_today": steps.filter(due_on=today),
        "plan_steps": plan_steps_due(by, village_code, today),
        **{f"{REFERRALS}{name}": rows for name, rows in rows_to_count(by, today, village_code).items()},
    }


def day_from(numbers: Mapping[str, int]) -> Day:
    """The day, of numbers that were counted for `rows_of_day`; numbers of other things may be among them."""
    referrals = {name.removeprefix(REFERRALS): n for name, n in numbers.items() if name.startswith(REFERRALS)}
    own = {one.name: numbers[one.name] for one in fields(Day) if one.name != "referrals"}
    return Day(**own, referrals=ReferralCounts(**referrals))
