"""What a debt for going abroad costs a month, and beside it the subsidised loan. Plain Python, whole rupiah."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from desmigratif.shared.dated import NoValueOnDate, dated_on


@dataclass(frozen=True, slots=True)
class Repayment:
    """Equal instalments. `each` is rounded up to a whole rupiah, so the lender never says that it was too little."""

    principal: int
    months: int
    each: int
    interest: int
    citation: str = ""

    @property
    def total(self) -> int:
        return self.principal + self.interest

    def share_of(self, wage: int | None) -> int | None:
        """Percent of a month's wage that an instalment takes, rounded; None without a wage."""
        if not wage:
            return None
        return int((Decimal(100 * self.each) / wage).quantize(Decimal(1), ROUND_HALF_UP))


def flat(principal: int, percent_a_month: Decimal, months: int) -> Repayment:
    """As lenders in villages reckon: interest on the whole debt every month until the last."""
    interest = int((Decimal(principal) * percent_a_month / 100 * months).quantize(Decimal(1), ROUND_CEILING))
    each = int((Decimal(principal + interest) / months).to_integral_value(ROUND_CEILING))
    return Repayment(principal, months, each, interest)


def by_placement_loan(principal: int, months: int, *, on: date) -> Repayment | None:
    """The same debt as the subsidised loan of that day; None when it is not known, too large or too long."""
    try:
        ground = dated_on("cost_tables.placement_loan", on)
    except NoValueOnDate:
        return None
    terms: dict[str, int] = ground.value
    if principal > terms["most"] or months > terms["longest_months"]:
        return None
    found = flat(principal, Decimal(terms["percent_a_year"]) / 12, months)
    return Repayment(found.principal, found.months, found.each, found.interest, ground.citation)
