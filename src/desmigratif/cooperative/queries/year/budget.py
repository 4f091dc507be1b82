"""Reading a year's budget."""

from __future__ import annotations

from datetime import date

from desmigratif.cooperative.models import Budget, Cooperative
from desmigratif.cooperative.queries.year.statements import Books, result_of
from desmigratif.cooperative.queries.year.sums import last_of
from desmigratif.cooperative.rules.year.budget import Planned, against_plan, codes_of
from desmigratif.cooperative.rules.year.layout import SectionShape, sections_of
from desmigratif.cooperative.rules.year.statements import result
from desmigratif.shared.dated import value_on


def budget_of(cooperative: Cooperative, year: int) -> Budget | None:
    """The newest decision about a year."""
    return Budget.objects.of(cooperative).filter(year=year).order_by("-decided_on").first()


def lines_to_plan(year: int) -> dict[str, str]:
    """Code -> label of the lines that a budget of a year may name."""
    return codes_of(_sections(last_of(year)))


def planned(books: Books, budget: Budget) -> list[Planned]:
    """The result of a year beside its plan."""
    return against_plan(_sections(books.year.last), result_of(books), budget.lines)


def planned_only(budget: Budget) -> list[Planned]:
    """The plan of a year of which nothing has come yet."""
    sections = _sections(last_of(budget.year))
    return against_plan(sections, result(sections, [], None), budget.lines)


def _sections(on: date) -> tuple[SectionShape, ...]:
    return sections_of(value_on("cooperative_statements.result", on))
