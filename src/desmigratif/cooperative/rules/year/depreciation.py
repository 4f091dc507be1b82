"""Depreciation in a straight line by whole months, from the month in which a thing was bought.

Reckoned anew each time from the beginning, so that the parts of all years add up to what there is to spread.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desmigratif.cooperative.rules.rounding import whole_fraction


@dataclass(frozen=True, slots=True)
class Lasting:
    """Cost less what it will still be worth at its end, over so many months."""

    acquired_on: date
    cost: int
    residual: int
    life_months: int


def used_up(thing: Lasting, on: date) -> int:
    """What of it is used up by the end of a day's month, in rupiah; never more than there is to spread."""
    months = (on.year - thing.acquired_on.year) * 12 + on.month - thing.acquired_on.month + 1
    months = min(max(months, 0), thing.life_months)
    return whole_fraction((thing.cost - thing.residual) * months, thing.life_months)
