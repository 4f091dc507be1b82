"""Tax on a member's savings interest: nothing up to a sum a month, and above it a tenth of everything.

It is a cliff and not a bracket: a rupiah more can cost Rp24.000. All accounts of a member count together, for the
calendar month in which interest is paid. Interest that is part of the surplus (SHU) stays outside. A slip is due even
when the tax is nought.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desmigratif.cooperative.rules.rounding import percent_of, shares
from desmigratif.shared.dated import dated_on, value_on


@dataclass(frozen=True, slots=True)
class SlipLine:
    account: str
    interest: int
    tax: int

    @property
    def paid_out(self) -> int:
        return self.interest - self.tax


@dataclass(frozen=True, slots=True)
class TaxSlip:
    """A member's interest of one month with its tax; the lines add up to the sums to the rupiah."""

    month: date
    lines: tuple[SlipLine, ...]
    percent: Decimal
    citation: str

    @property
    def interest(self) -> int:
        return sum(line.interest for line in self.lines)

    @property
    def tax(self) -> int:
        return sum(line.tax for line in self.lines)

    @property
    def paid_out(self) -> int:
        return self.interest - self.tax


def monthly_tax(interest: int, on: date) -> int:
    """Tax on all savings interest that one member is paid in the month of `on`; parts of a rupiah are left."""
    if interest <= value_on("cooperative_tax.free_monthly_rupiah", on):
        return 0
    return percent_of(interest, Decimal(value_on("cooperative_tax.percent", on)), "down")


def tax_slip(interest_by_account: Mapping[str, int], on: date) -> TaxSlip:
    """The slip of a member for the month of `on`."""
    rule = dated_on("cooperative_tax.percent", on)
    tax = monthly_tax(sum(interest_by_account.values()), on)
    cut = shares(tax, list(interest_by_account.values()))
    lines = tuple(
        SlipLine(account, interest, part)
        for (account, interest), part in zip(interest_by_account.items(), cut, strict=True)
    )
    return TaxSlip(on.replace(day=1), lines, Decimal(rule.value) if tax else Decimal(0), rule.citation)


def extra_tax_this_month(paid_before: int, withheld_before: int, interest: int, on: date) -> int:
    """Tax to withhold from a second payment in a month: it may bring the first one over the cliff too."""
    return min(interest, max(0, monthly_tax(paid_before + interest, on) - withheld_before))
