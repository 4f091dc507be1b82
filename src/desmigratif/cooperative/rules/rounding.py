"""Whole rupiah out of exact numbers: rounding, multiples, and shares that add up. Nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import lcm
from typing import Literal

Mode = Literal["half_up", "half_even", "up", "down"]
# Amounts here are never negative where it matters, so up is towards more and down towards less.
_MODES = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "up": ROUND_CEILING, "down": ROUND_FLOOR}
_NOISE = Decimal("1e-9")


def whole(amount: Decimal, mode: Mode = "half_up") -> int:
    """The whole number of rupiah (or of hundredths) nearest to an exact amount, by `mode`.

    What lies beyond the ninth decimal is the noise of a division without end and counts for nothing: a third
    and two thirds of 100 are 100, and rounding up makes no 101 of it.
    """
    return int(amount.quantize(_NOISE).to_integral_value(rounding=_MODES[mode]))


def to_multiple(amount: Decimal, multiple: int, mode: Mode) -> int:
    """An amount in steps of `multiple`: 94.559,6 in steps of 100, up, is 94.600. A multiple of 0 or 1 is none."""
    step = max(multiple, 1)
    return whole(amount / step, mode) * step


def percent_of(amount: int, percent: Decimal, mode: Mode = "half_up") -> int:
    return whole(amount * percent / 100, mode)


def whole_fraction(numerator: int, denominator: int) -> int:
    """`numerator / denominator` to the nearest whole, halves up, with whole numbers alone; neither is negative."""
    return (2 * numerator + denominator) // (2 * denominator)


def shares(pot: int, weights: Sequence[int | Decimal]) -> list[int]:
    """Share a pot by weight in whole rupiah that add up to the pot exactly: the largest-remainder method.

    Everybody gets the whole part of the exact share; what is left goes, one rupiah each, to the largest
    remainders, the first in the list first among equals. A pot below 0 (a loss) is shared the same way.
    Raises `ValueError` when a weight is negative or when there is a pot and nobody has weight.
    """
    parts = _whole_numbers(weights)
    if any(part < 0 for part in parts):
        raise ValueError("a weight must not be negative")
    total = sum(parts)
    if total == 0:
        if pot:
            raise ValueError("nobody to share with")
        return [0] * len(parts)
    if pot < 0:
        return [-share for share in shares(-pot, weights)]
    given = [pot * part // total for part in parts]
    rests = [pot * part % total for part in parts]
    left = pot - sum(given)
    by_remainder = sorted(range(len(parts)), key=lambda number: (-rests[number], number))
    for number in by_remainder[:left]:
        given[number] += 1
    return given


def _whole_numbers(weights: Sequence[int | Decimal]) -> list[int]:
    """The same weights beside one another without fractions, which are slow for many."""
    exact = [weight if isinstance(weight, int) else Fraction(weight) for weight in weights]
    scale = lcm(*{weight.denominator for weight in exact})
    return [int(weight * scale) for weight in exact]


@dataclass(frozen=True, slots=True)
class Rounding:
    """How a product rounds.

    minor_units          0 = amounts are whole rupiah; 2 = amounts are hundredths (for other systems' tables)
    mode                 how interest is rounded to one unit
    instalment_multiple  what is equal in every row comes in these steps; 0 or 1 = none
    instalment_mode      which way
    """

    minor_units: int = 0
    mode: Mode = "half_up"
    instalment_multiple: int = 100
    instalment_mode: Mode = "up"

    def interest(self, amount: Decimal) -> int:
        return whole(amount, self.mode)

    def instalment(self, amount: Decimal) -> int:
        """The equal part of a row, in units and in steps."""
        if self.instalment_multiple > 1:
            return to_multiple(amount, self.instalment_multiple, self.instalment_mode)
        return whole(amount, self.instalment_mode if self.instalment_multiple == 1 else self.mode)
