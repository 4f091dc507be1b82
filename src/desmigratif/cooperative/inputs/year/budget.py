"""Input of a book year's budget."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from desmigratif.cooperative.inputs.year.closing import Year
from desmigratif.shared.inputs import Input


class BudgetLine(Input):
    """One line of the result, by its code, and what it is to come to."""

    code: str = Field(max_length=40)
    rupiah: int = Field(gt=0, le=10**15)


class SetBudget(Input):
    """What a year is to earn and to cost, as the members or the board decided."""

    budget_id: UUID
    cooperative_id: UUID
    year: int = Year
    decided_on: date
    decision: str = Field(min_length=3, max_length=120)
    lines: tuple[BudgetLine, ...] = Field(min_length=1, max_length=60)
