"""What a year's books hold as owed to savers for months that were not shared yet when the year ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from desmigratif.cooperative.models import (
    Cooperative,
    DistributionStatus,
    Leg,
    SavingsAccount,
    SavingsDistribution,
    SavingsKind,
)
from desmigratif.cooperative.queries.sharia.savers import plan_of
from desmigratif.cooperative.rules.ledger import month_end

PAYABLE = "savers_share_payable"


@dataclass(frozen=True, slots=True)
class Unshared:
    """A month whose income was not shared, and what of it is the savers'."""

    last_on: date
    rupiah: int


def accrual_id(cooperative: Cooperative, last_on: date) -> UUID:
    """The id of the entry that holds a month's share, so that no month can be held twice."""
    return uuid5(cooperative.id, f"savers-share:{last_on.isoformat()}")


def accrued_for(cooperative: Cooperative, last_on: date) -> int:
    """What the books of its own year hold as owed for a month."""
    return accrued_of(cooperative, [last_on]).get(last_on, 0)


def accrued_of(cooperative: Cooperative, ends: Iterable[date]) -> dict[date, int]:
    """The same for several months, by their last day; those without are left out. One query."""
    months = {accrual_id(cooperative, last_on): last_on for last_on in ends}
    legs = Leg.objects.filter(entry_id__in=list(months), entry__seal__sealed=True, account__use=PAYABLE)
    return {months[entry]: -amount for entry, amount in legs.values_list("entry_id", "amount_rupiah")}


def ends_of(first: date, last: date) -> list[date]:
    """The last days of the months of a year from the month of one day to that of another."""
    return [month_end(first.replace(month=month, day=1)) for month in range(first.month, last.month + 1)]


def unshared_months(cooperative: Cooperative, last: date) -> list[Unshared]:
    """The months of a year, up to its last day, that have a share which no distribution has entered and no accrual
    holds. One query where nobody has mudharabah savings; a plan for each month that is left."""
    accounts = SavingsAccount.objects.of(cooperative).filter(product__kind=SavingsKind.MUDHARABAH, opened_on__lte=last)
    began = accounts.order_by("opened_on").values_list("opened_on", flat=True).first()
    if began is None:
        return []
    rows = SavingsDistribution.objects.of(cooperative).filter(status=DistributionStatus.POSTED)
    entered = set(rows.filter(last_on__year=last.year).values_list("last_on", flat=True))
    ends = ends_of(max(began, date(last.year, 1, 1)), last)
    held = accrued_of(cooperative, ends)
    left = [one for one in ends if one not in entered and one not in held]
    found = [Unshared(one, plan_of(cooperative, one).savers_rupiah) for one in left]
    return [one for one in found if one.rupiah]
