"""Reading how far a savings group is on its way to a cooperative."""

from __future__ import annotations

from datetime import date

from desmigratif.cooperative.models import Cooperative, FoundingStep, Member
from desmigratif.cooperative.queries.members.register import terms_on
from desmigratif.cooperative.rules.members.founding import Group


def steps_recorded(cooperative: Cooperative) -> dict[str, FoundingStep]:
    """What was written down, by code."""
    return {step.code: step for step in FoundingStep.objects.of(cooperative)}


def group_of(cooperative: Cooperative, on: date) -> Group:
    """The group for the rules. Three queries."""
    return Group(
        members=Member.objects.of(cooperative).belonging().count(),
        has_terms=terms_on(cooperative, on) is not None,
        recorded=frozenset(steps_recorded(cooperative)),
    )
