"""The statements of a book year, the prior year beside it. Everything comes from the books; nothing is typed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desmigratif.cooperative.models import Cooperative
from desmigratif.cooperative.queries.year.sums import (
    CashOfSpan,
    cash_of_spans,
    first_of,
    last_of,
    opening_cash,
    sums_of_spans,
)
from desmigratif.cooperative.rules.year import statements as rules
from desmigratif.cooperative.rules.year.cash_flow import CashFlow, cash_flow
from desmigratif.cooperative.rules.year.layout import AccountSum, SectionShape, sections_of
from desmigratif.cooperative.rules.year.statements import Change, Row
from desmigratif.shared.dated import value_on


@dataclass(frozen=True, slots=True)
class BookYear:
    """A calendar year of the books, as far as it has come; the first one begins when the books do."""

    year: int
    first: date
    last: date

    @property
    def is_whole(self) -> bool:
        return self.last == last_of(self.year)


@dataclass(frozen=True, slots=True)
class Books:
    """What the statements of one year are made of. `before` is None in the first year."""

    cooperative: Cooperative
    year: BookYear
    prior: BookYear | None
    now: list[AccountSum]
    before: list[AccountSum] | None

    @property
    def shu(self) -> int:
        return rules.result_of(self.now)


def years_of(cooperative: Cooperative, today: date) -> list[int]:
    """The years that have books, the newest first."""
    return list(range(today.year, cooperative.opened_on.year - 1, -1))


def book_year(cooperative: Cooperative, year: int, today: date) -> BookYear:
    return BookYear(year, max(first_of(year), cooperative.opened_on), min(last_of(year), today))


def books_of_year(cooperative: Cooperative, year: int, today: date) -> Books:
    """The sums of a year and of the one before. Four queries."""
    found = book_year(cooperative, year, today)
    prior = book_year(cooperative, year - 1, today) if year > cooperative.opened_on.year else None
    years = [prior, found] if prior else [found]
    *before, now = sums_of_spans(cooperative, [(one.first, one.last) for one in years])
    return Books(cooperative, found, prior, now, before[0] if before else None)


def position_of(books: Books) -> list[Row]:
    return rules.position(_shape("position", books), books.now, books.before)


def result_of(books: Books) -> list[Row]:
    return rules.result(_shape("result", books), books.now, books.before)


def changes_of(books: Books) -> tuple[list[Change], list[Change] | None]:
    """Changes in equity this year and in the year before."""
    shape = _shape("position", books)
    before = None if books.before is None else rules.changes_in_equity(shape, books.before)
    return rules.changes_in_equity(shape, books.now), before


def cash_flows_of(books: Books) -> tuple[CashFlow, CashFlow | None]:
    """The cash flow this year and in the year before. Two queries."""
    years = [books.prior, books.year] if books.prior else [books.year]
    cash = cash_of_spans(books.cooperative, [(one.first, one.last) for one in years], books.now)
    now = _cash_flow(books, books.now, cash[-1])
    return now, None if books.before is None else _cash_flow(books, books.before, cash[0])


def _cash_flow(books: Books, sums: list[AccountSum], cash: CashOfSpan) -> CashFlow:
    shape = value_on("cooperative_statements.cash_flow", books.year.last)
    return cash_flow(shape, cash.moves, opening_cash(sums, cash.brought))


def _shape(name: str, books: Books) -> Sequence[SectionShape]:
    return sections_of(value_on(f"cooperative_statements.{name}", books.year.last))
