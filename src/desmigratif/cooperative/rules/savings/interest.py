"""Interest on voluntary savings: on the balance of every day, on the average, or on the lowest balance of the month."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from desmigratif.cooperative.rules.savings.daily_rate import daily_rate, interest_of

Basis = Literal["daily", "average", "minimum"]


@dataclass(frozen=True, slots=True)
class SavingsTerms:
    """How a savings product pays.

    basis            `daily` = each day's closing balance; `average` = the mean of them; `minimum` = the lowest
    minimum_balance  below it a balance earns nothing (the day's, the average or the lowest, as `basis` says)
    """

    annual_percent: Decimal
    basis: Basis = "daily"
    minimum_balance: int = 0
    days_in_year: int = 365


@dataclass(frozen=True, slots=True)
class Movement:
    """Money in (above 0) or out (below 0) of an account on a day."""

    on: date
    amount: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many days in a row with the same closing balance."""

    days: int
    balance: int


def stretches(opening: int, movements: Iterable[Movement], start: date, end: date) -> list[Stretch]:
    """Closing balances from `start` to `end`, both counted; `opening` is the balance before `start`."""
    by_day = sorted((one for one in movements if start <= one.on <= end), key=lambda one: one.on)
    found, balance, since = [], opening, start
    for day, group in itertools.groupby(by_day, key=lambda one: one.on):
        if day > since:
            found.append(Stretch((day - since).days, balance))
            since = day
        balance += sum(one.amount for one in group)
    return [*found, Stretch((end + timedelta(days=1) - since).days, balance)]


def balance_days(terms: SavingsTerms, of: Sequence[Stretch]) -> int:
    """Rupiah times days that earn interest."""
    days = sum(one.days for one in of)
    if terms.basis == "daily":
        return sum(one.days * one.balance for one in of if one.balance >= max(terms.minimum_balance, 1))
    total = sum(one.days * one.balance for one in of)
    counted = total if terms.basis == "average" else min(one.balance for one in of) * days
    return counted if counted >= max(terms.minimum_balance, 1) * days else 0


def savings_interest(terms: SavingsTerms, opening: int, movements: Iterable[Movement], start: date, end: date) -> int:
    """Interest of one account from `start` to `end`, both counted, in whole rupiah (half up)."""
    of = stretches(opening, movements, start, end)
    return interest_of(balance_days(terms, of), daily_rate(terms.annual_percent, terms.days_in_year))
