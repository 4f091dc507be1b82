"""What is known of the costs of a plan, for the rule that lays the lawful beside the paid."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desmigratif.cases.models import Case, CaseCost
from desmigratif.cases.rules.before.costs import CostsInput, Paid


def costs_input(case: Case, costs: Iterable[CaseCost]) -> CostsInput:
    """What is known of a plan, for the rule: only what was paid and not struck out."""
    known: dict[str, Any] = {"country": case.country, "job": case.job, "employer_type": case.employer_type}
    paid = tuple(
        Paid(component=cost.component, amount=cost.paid_rupiah)
        for cost in costs
        if cost.paid_rupiah is not None and cost.struck_out_on is None
    )
    return CostsInput(**{name: value or None for name, value in known.items()}, paid=paid)
