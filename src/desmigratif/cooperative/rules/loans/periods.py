"""The periods of a loan: when each begins and ends, when its instalment falls due, what part of a year it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count

from desmigratif.cooperative.rules.days import period_fraction, step, year_fraction
from desmigratif.cooperative.rules.loans.terms import LoanTerms
from desmigratif.shared.reasons import InvalidInput, Reason

_FLAT_DAYS = {"30/360": 360, "act/365": 365, "act/act": 365, "act/360": 360, "act/364": 364}


@dataclass(frozen=True, slots=True)
class Period:
    """One period. `start` and `end` reckon interest; `from_on` and `due_on` are what the borrower sees.

    years       part of a year by the day count
    flat_years  the same for flat interest: a month is a twelfth, whatever its days
    clock       real time for the effective rate: like `years`, but a year of real days always has 365
    """

    n: int
    start: date
    end: date
    from_on: date
    due_on: date
    years: Decimal
    flat_years: Decimal
    clock: Decimal


def periods(terms: LoanTerms) -> Iterator[Period]:
    """The periods one after the other: `terms.instalments` of them, or without end when that is 0."""
    shown_from = terms.disbursed_on
    start = terms.disbursed_on
    try:
        for n in count(1) if terms.instalments == 0 else range(1, terms.instalments + 1):
            end = _end(terms, n)
            due_on = terms.days_off.shifted(_moved(terms, n, end))
            yield _period(terms, n, start, end, shown_from, due_on)
            start, shown_from = end, due_on
    except (OverflowError, ValueError):  # past the year 9999
        raise InvalidInput(
            Reason("too_late", "Jadwalnya melampaui kalender; kurangi angsurannya.", field="instalments")
        ) from None


def _period(terms: LoanTerms, n: int, start: date, end: date, from_on: date, due_on: date) -> Period:
    rhythm = terms.every if _is_regular(terms, n) else None
    years = period_fraction(start, end, terms.day_count, rhythm)
    flat_years = years
    if rhythm is not None:
        unit_is_month = rhythm.unit == "month"
        flat_years = Decimal(rhythm.count) / 12 if unit_is_month else Decimal(rhythm.days) / _FLAT_DAYS[terms.day_count]
    clock = years if terms.day_count in ("30/360", "act/act") else year_fraction(start, end, "act/365")
    return Period(n, start, end, from_on, due_on, years, flat_years, clock)


def _is_regular(terms: LoanTerms, n: int) -> bool:
    """Whether a period has the length of the rhythm; a first one with a date of its own may not."""
    if terms.due_dates:
        return False
    return n > 1 or terms.first_due_on in (None, step(terms.disbursed_on, terms.every, 1))


def _end(terms: LoanTerms, n: int) -> date:
    if terms.due_dates:
        return terms.due_dates[n - 1]
    if _is_regular(terms, 1) or terms.first_due_on is None:
        return step(terms.disbursed_on, terms.every, n)
    return step(terms.first_due_on, terms.every, n - 1)


def _moved(terms: LoanTerms, n: int, end: date) -> date:
    """The day after the latest agreed move at or before this instalment."""
    moves = [move for move in terms.moves if move.n <= n]
    if not moves:
        return end
    last = max(moves, key=lambda move: move.n)
    return step(last.to, terms.every, n - last.n)


def years_within(period: Period, since: date, until: date, terms: LoanTerms, *, whole: Decimal) -> Decimal:
    """The part of a year between two days of a period that is `whole` years long; real days share a 30/360 period."""
    if (since, until) == (period.start, period.end):
        return whole
    if terms.day_count == "30/360" or terms.method == "flat":
        return whole * (until - since).days / (period.end - period.start).days
    return year_fraction(since, until, terms.day_count)
