"""Writing down what a year is to earn and to cost."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.ledger.books import books_of, refuse_future
from desmigratif.cooperative.actions.till import note
from desmigratif.cooperative.inputs.year.budget import SetBudget
from desmigratif.cooperative.models import Budget
from desmigratif.cooperative.queries.year.budget import lines_to_plan
from desmigratif.shared.reasons import Reason, Refusal


class CannotSetBudget(Refusal):
    code = "cannot_set_budget"


@action("cooperative.set_budget", Permission.COOPERATIVE_SET_UP)
def set_budget(*, by: Actor, given: SetBudget, now: datetime) -> Budget:
    """Write down the budget of a year; a later decision takes its place, and both stay."""
    cooperative = books_of(by, given.cooperative_id, Permission.COOPERATIVE_SET_UP)
    refuse_future(cooperative.village_code, given.decided_on, now, field="decided_on")
    reasons = []
    codes = [line.code for line in given.lines]
    if unknown := set(codes) - set(lines_to_plan(given.year)):
        text = f"Pos ini tidak ada dalam perhitungan hasil usaha: {', '.join(sorted(unknown))}."
        reasons.append(Reason("unknown_line", text, field="lines"))
    if len(set(codes)) != len(codes):
        reasons.append(Reason("same_twice", "Ada pos yang tertulis dua kali.", field="lines"))
    if Budget.objects.of(cooperative).filter(year=given.year, decided_on=given.decided_on).exists():
        text = "Sudah ada anggaran yang diputuskan pada hari itu."
        reasons.append(Reason("same_day", text, field="decided_on"))
    if reasons:
        raise CannotSetBudget(reasons)
    budget = Budget.objects.create(
        id=given.budget_id, village_code=cooperative.village_code, cooperative=cooperative, year=given.year,
        decided_on=given.decided_on, decision=given.decision,
        lines={line.code: line.rupiah for line in given.lines},
    )  # fmt: skip
    note("budget.set", cooperative, Subject("budget", budget.id), year=given.year)
    return budget
