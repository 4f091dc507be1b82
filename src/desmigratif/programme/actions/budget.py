"""Money of the programme in a village, by year and source."""

from __future__ import annotations

from datetime import date, datetime

from desmigratif.access.actor import Actor
from desmigratif.access.checks import checked_day, refuse_taken_ids
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.programme.actions.partners import is_in_programme
from desmigratif.programme.inputs.partners import SetBudget
from desmigratif.programme.models import BudgetLine
from desmigratif.programme.rules import partners as rules
from desmigratif.shared.dated import value_on
from desmigratif.shared.reasons import Reason, Refusal


class CannotSetBudget(Refusal):
    code = "cannot_set_budget"


@action("programme.set_budget", Permission.BUDGET_RECORD)
def set_budget(*, by: Actor, given: SetBudget, now: datetime) -> BudgetLine:
    """Write down what a source gave and what was spent; written again it brings the line up to date."""
    require(by, Permission.BUDGET_RECORD, given.village_code)
    checked_day(given.on, given.village_code, now)
    reasons = rules.reasons_not_to_set_budget(
        year=given.year, source=given.source, allotted=given.allotted_rupiah, spent=given.spent_rupiah,
        remark=given.remark, is_in_programme=is_in_programme(given.village_code), on=given.on,
    )  # fmt: skip
    if reasons:
        raise CannotSetBudget(reasons)
    lines = BudgetLine.objects.in_village(given.village_code).select_for_update()
    line = lines.filter(year=given.year, source=given.source).first()
    if line is None:
        refuse_taken_ids(BudgetLine, [given.line_id])
        line = BudgetLine(
            id=given.line_id, village_code=given.village_code, year=given.year, source=given.source, allotted_rupiah=0
        )
    elif given.on < line.on:
        text = "Sudah ada catatan yang lebih baru untuk sumber dan tahun ini."
        raise CannotSetBudget(Reason("newer_stands", text, field="on"))
    before = (line.allotted_rupiah, line.spent_rupiah)
    line.allotted_rupiah, line.spent_rupiah = given.allotted_rupiah, given.spent_rupiah
    line.on, line.remark = given.on, given.remark
    line.save()
    _count(line, allotted=line.allotted_rupiah - before[0], spent=line.spent_rupiah - before[1])
    amounts = {"allotted": line.allotted_rupiah, "spent": line.spent_rupiah, "before": list(before)}
    about = [Subject("budget_line", line.id)]
    unit.record(
        "programme.budget_set", village_code=line.village_code, subjects=about, year=line.year, source=line.source,
        **amounts,
    )  # fmt: skip
    unit.changed("programme.budgetline", line.village_code, line.id)
    return line


def _count(line: BudgetLine, *, allotted: int, spent: int) -> None:
    """F6 (the village's own share of all), F9 (spent of allotted), F10 (spent; the workers come from the files)."""
    on: date = rules.day_of(line.year, line.on)
    own = line.source == value_on("programme.village_source", line.on)
    key, code = f"{line.source}:{line.id}", line.village_code
    if allotted:
        memory.add_fact("F6", code, on, numerator=allotted if own else 0, denominator=allotted, key=key)
    if allotted or spent:
        memory.add_fact("F9", code, on, numerator=spent, denominator=allotted, key=key)
    if spent:
        memory.add_fact("F10", code, on, numerator=spent, denominator=0, key=key)
