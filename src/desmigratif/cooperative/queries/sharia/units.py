"""A cooperative and its units side by side: each by its own books, what they owe one another taken out, and the sum."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from desmigratif.cooperative.models import Cooperative
from desmigratif.cooperative.queries.year.statements import Books, books_of_year
from desmigratif.cooperative.rules.year import statements as rules
from desmigratif.cooperative.rules.year.layout import AccountSum, SectionShape, sections_of
from desmigratif.cooperative.rules.year.statements import Row
from desmigratif.shared.dated import value_on

BETWEEN = {"unit_receivable": 1, "unit_payable": -1}


@dataclass(frozen=True, slots=True)
class CombinedRow:
    """One line: a value for each body, what is taken out, and the sum."""

    kind: str
    label: str
    code: str
    values: tuple[int, ...]

    @property
    def is_empty(self) -> bool:
        return self.kind == "line" and not any(self.values)


@dataclass(frozen=True, slots=True)
class Combined:
    """`difference` is what one says it is owed and the other does not say it owes; nil when the books agree."""

    bodies: tuple[Cooperative, ...]
    position: tuple[CombinedRow, ...]
    result: tuple[CombinedRow, ...]
    taken_out: int
    difference: int


def units_of(cooperative: Cooperative) -> list[Cooperative]:
    """Its units, in the order in which they were opened."""
    rows = Cooperative.objects.everywhere().filter(parent=cooperative)
    return list(rows.order_by("opened_on", "name", "id"))


def combined_of(cooperative: Cooperative, year: int, today: date) -> Combined:
    """Position and result of a cooperative and its units. A few queries for each of them."""
    bodies = [one for one in (cooperative, *units_of(cooperative)) if one.opened_on.year <= year]
    books = [books_of_year(one, year, today) for one in bodies]
    owed = sum(one.closing for book in books for one in book.now if one.use == "unit_receivable")
    owing = -sum(one.closing for book in books for one in book.now if one.use == "unit_payable")
    last = books[0].year.last
    position = _rows(sections_of(value_on("cooperative_statements.position", last)), books, rules.position)
    result = _rows(sections_of(value_on("cooperative_statements.result", last)), books, rules.result)
    return Combined(tuple(bodies), position, result, min(owed, owing), owed - owing)


Make = Callable[[Sequence[SectionShape], Sequence[AccountSum], Sequence[AccountSum] | None], list[Row]]


def _rows(sections: Sequence[SectionShape], books: Sequence[Books], make: Make) -> tuple[CombinedRow, ...]:
    """The same lines for every body; what they owe one another is made again without, and the difference shown."""
    each = [make(sections, book.now, None) for book in books]
    every = [one for book in books for one in book.now]
    whole = make(sections, [one for one in every if one.use not in BETWEEN], None)
    return tuple(
        CombinedRow(
            row.kind, row.label, row.code,
            (
                *(one[place].amount for one in each),
                row.amount - sum(one[place].amount for one in each),
                row.amount,
            ),
        )
        for place, row in enumerate(whole)
    )  # fmt: skip
