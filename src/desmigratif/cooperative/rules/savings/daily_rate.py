"""Interest by days in whole numbers only.

A yearly rate becomes a fraction of two whole numbers, so an account's interest is one multiplication and one division,
halves up.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from desmigratif.cooperative.rules.rounding import whole_fraction


@dataclass(frozen=True, slots=True)
class DailyRate:
    """Interest of one rupiah for one day, as numerator / denominator."""

    numerator: int
    denominator: int


def daily_rate(annual_percent: Decimal, days_in_year: int = 365) -> DailyRate:
    """8 % on years of 365 days is 2/9125. Raises `ValueError` for a rate below 0."""
    if annual_percent < 0:
        raise ValueError("a rate must not be negative")
    part = Fraction(annual_percent) / (100 * days_in_year)
    return DailyRate(part.numerator, part.denominator)


def interest_of(balance_days: int, rate: DailyRate) -> int:
    """Interest in whole rupiah on a sum of balances times days."""
    return whole_fraction(balance_days * rate.numerator, rate.denominator)
