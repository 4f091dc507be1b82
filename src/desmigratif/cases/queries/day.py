"""What cannot wait in a village today: answers that are due, papers that came back, steps that are late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from desmigratif.access.actor import Actor
from desmigratif.cases.models import AT_OFFICE, ENDED, LEFT, BundleState, CaseStep, LetterRequest, StepState
from desmigratif.cases.queries.offices import bundles_at_offices
from desmigratif.cases.queries.referrals import Counts as ReferralCounts
from desmigratif.cases.queries.referrals import counts_of
from desmigratif.cases.queries.returns import plan_steps_due
from desmigratif.cases.queries.rights import unanswered_objections

OVER = (*ENDED, *LEFT)


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


def day_of(by: Actor, village_code: str, today: date) -> Day:
    """Six queries, whatever the size of the village."""
    asked = LetterRequest.objects.visible_to(by).filter(village_code=village_code, issued_on=None, refused_on=None)
    letters = asked.filter(due_on__lte=today).exclude(case__state__in=OVER).count()
    at_offices = bundles_at_offices(by).filter(village_code=village_code).values_list("state", "due_on")
    states = list(at_offices.order_by()[:500])
    steps = CaseStep.objects.visible_to(by).filter(
        village_code=village_code, state__in=[StepState.OPEN, StepState.HELD], due_on__lte=today
    )
    due = steps.exclude(case__state__in=OVER).aggregate(
        late=Count("id", filter=Q(due_on__lt=today)), today=Count("id", filter=Q(due_on=today))
    )
    return Day(
        letters_due=letters,
        objections=unanswered_objections(by).filter(village_code=village_code).count(),
        returned=sum(state == BundleState.RETURNED for state, _ in states),
        late_at_offices=sum(state in AT_OFFICE and due_on < today for state, due_on in states),
        late_steps=due["late"],
        due_today=due["today"],
        plan_steps=plan_steps_due(by, village_code, today).order_by().count(),
        referrals=counts_of(by, today, village_code),
    )
