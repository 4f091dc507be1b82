"""A cooperative and its units: which they are, and their books of a year side by side with the year before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from desmigratif.cooperative.models import Cooperative
from desmigratif.cooperative.queries.year.statements import Books, books_of_year
from desmigratif.cooperative.queries.year.sums import cash_of_spans, opening_cash
from desmigratif.cooperative.rules.year import statements as rules
from desmigratif.cooperative.rules.year.combined import (
    BETWEEN,
    CashBook,
    CombinedRow,
    combined_cash,
    owed_between,
    side_by_side,
)
from desmigratif.cooperative.rules.year.layout import sections_of
from desmigratif.shared.dated import value_on


@dataclass(frozen=True, slots=True)
class Combined:
    """`difference` is what one says it is owed and the other does not say it owes; nil when the books agree."""

    bodies: tuple[Cooperative, ...]
    has_before: bool
    position: tuple[CombinedRow, ...]
    result: tuple[CombinedRow, ...]
    cash: tuple[CombinedRow, ...]
    taken_out: int
    difference: int


def units_of(cooperative: Cooperative) -> list[Cooperative]:
    """Its units, in the order in which they were opened."""
    rows = Cooperative.objects.everywhere().filter(parent=cooperative)
    return list(rows.order_by("opened_on", "name", "id"))


def combined_of(head: Books) -> Combined:
    """The books of a cooperative's year with those of its units. Six queries for each unit, and three."""
    units = [one for one in units_of(head.cooperative) if one.opened_on.year <= head.year.year]
    books = [head, *(books_of_year(one, head.year.year, head.year.last) for one in units)]
    now, before = [one.now for one in books], [one.before or [] for one in books] if head.before is not None else None
    owed, owing = owed_between(now)
    shapes = {name: value_on(f"cooperative_statements.{name}", head.year.last) for name in _STATEMENTS}
    cash, cash_before = _cash_books(books)
    return Combined(
        tuple(one.cooperative for one in books), before is not None,
        side_by_side(partial(rules.position, sections_of(shapes["position"])), now, before),
        side_by_side(partial(rules.result, sections_of(shapes["result"])), now, before),
        combined_cash(shapes["cash_flow"], cash, None if before is None else cash_before),
        min(owed, owing), owed - owing,
    )  # fmt: skip


_STATEMENTS = ("position", "result", "cash_flow")


def _cash_books(books: list[Books]) -> tuple[list[CashBook], list[CashBook]]:
    """What moved cash this year in each of the books, and in the year before where there was one."""
    now, before = [], []
    for one in books:
        spans = [(year.first, year.last) for year in (one.prior, one.year) if year is not None]
        told = cash_of_spans(one.cooperative, spans, one.now)
        between = frozenset(sums.code for sums in one.now if sums.use in BETWEEN)
        now.append(CashBook(told[-1].moves, opening_cash(one.now, told[-1].brought), between))
        if one.before is not None:
            before.append(CashBook(told[0].moves, opening_cash(one.before, told[0].brought), between))
    return now, before
