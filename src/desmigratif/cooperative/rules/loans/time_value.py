"""Time value of money in exact decimals: the equal instalment, its parts, how many, and the rate inside.

Signs follow the spreadsheets' convention: money in is positive, money out negative; the rate is per period.
`begin` means that payments come at the beginning of a period.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

_TOLERANCE = Decimal("1e-18")  # of a rate
_NOTHING = Decimal("1e-9")  # of a rupiah


def pmt(rate: Decimal, periods: int, present: Decimal, future: Decimal = Decimal(0), *, begin: bool = False) -> Decimal:
    """The equal payment of each period."""
    if rate == 0:
        return -(present + future) / periods
    growth = (1 + rate) ** periods
    return -(future + present * growth) * rate / ((growth - 1) * (1 + rate if begin else 1))


def balance_after(rate: Decimal, payments: int, payment: Decimal, present: Decimal, *, begin: bool = False) -> Decimal:
    """What a balance has become after some payments, with the sign of what it would take to settle it."""
    if rate == 0:
        return -(present + payment * payments)
    growth = (1 + rate) ** payments
    return -(present * growth + payment * (1 + rate if begin else 1) * (growth - 1) / rate)


def ipmt(
    rate: Decimal, period: int, periods: int, present: Decimal, future: Decimal = Decimal(0), *, begin: bool = False
) -> Decimal:
    """The interest inside the payment of one period (the first is 1)."""
    payment = pmt(rate, periods, present, future, begin=begin)
    if begin and period == 1:
        return Decimal(0)
    interest = balance_after(rate, period - 1, payment, present, begin=begin) * rate
    return interest / (1 + rate) if begin else interest


def ppmt(
    rate: Decimal, period: int, periods: int, present: Decimal, future: Decimal = Decimal(0), *, begin: bool = False
) -> Decimal:
    """The principal inside the payment of one period."""
    return pmt(rate, periods, present, future, begin=begin) - ipmt(rate, period, periods, present, future, begin=begin)


def nper(
    rate: Decimal, payment: Decimal, present: Decimal, future: Decimal = Decimal(0), *, begin: bool = False
) -> Decimal:
    """How many periods it takes. Raises `ValueError` when the payment never gets there."""
    if rate == 0:
        if payment == 0:
            raise ValueError("without interest and payment nothing ever changes")
        return -(future + present) / payment
    grown = payment * (1 + rate if begin else 1) / rate
    ratio = (grown - future) / (present + grown) if present + grown else Decimal(-1)
    if ratio <= 0:
        raise ValueError("the payment does not even cover the interest")
    return ratio.ln() / (1 + rate).ln()


def annuity_factor(rate: Decimal, periods: int) -> Decimal:
    """Present value of 1 paid at the end of each period; the instalment is the principal divided by it."""
    return -1 / pmt(rate, periods, Decimal(1))


def root(function: Callable[[Decimal], Decimal], low: Decimal, high: Decimal) -> Decimal:
    """Where a falling function crosses zero between two bounds, the same on every machine.

    Secants within a bracket that always holds the answer (the Illinois rule), halved when they are slow.
    Raises `ValueError` when the function does not cross between the bounds.
    """
    at_low, at_high = function(low), function(high)
    if at_low < 0 or at_high > 0:
        raise ValueError("no answer within the bounds")
    moved_low = None
    for turn in range(400):
        if high - low <= _TOLERANCE or at_low == at_high:
            break
        by_secant = low + (high - low) * at_low / (at_low - at_high)
        middle = by_secant if turn % 4 else (low + high) / 2
        at_middle = function(middle)
        if abs(at_middle) <= _NOTHING:
            return middle
        if at_middle > 0:
            low, at_low = middle, at_middle
            at_high = at_high / 2 if moved_low else at_high
            moved_low = True
        else:
            high, at_high = middle, at_middle
            at_low = at_low / 2 if moved_low is False else at_low
            moved_low = False
    return (low + high) / 2
