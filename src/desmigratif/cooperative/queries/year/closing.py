"""What a book year looks like before it is closed: what stands in the way, and what its closing will enter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from desmigratif.cooperative.models import ClosedYear, Cooperative, FixedAsset, TillDay
from desmigratif.cooperative.queries.ledger.books import closed_until
from desmigratif.cooperative.queries.loans.standing import is_provision_missing
from desmigratif.cooperative.queries.savings.month_end import interest_of_month, is_interest_paid
from desmigratif.cooperative.queries.sharia.accrued import unshared_months
from desmigratif.cooperative.queries.year.sums import first_of, last_of, sums_of
from desmigratif.cooperative.rules.year.closing import YearEnd
from desmigratif.cooperative.rules.year.depreciation import Lasting, used_up
from desmigratif.cooperative.rules.year.layout import AccountSum
from desmigratif.cooperative.rules.year.statements import result_of


@dataclass(frozen=True, slots=True)
class Closing:
    """A year before its closing. `depreciation` is what the list of assets asks for beyond what is booked, `shares`
    what is the savers' of months that were not shared."""

    end: YearEnd
    sums: list[AccountSum]
    depreciation: int
    shares: int = 0

    @property
    def surplus(self) -> int:
        """The SHU of the year once depreciation and shares are entered."""
        return result_of(self.sums) - self.depreciation - self.shares


def closed_years(cooperative: Cooperative) -> list[ClosedYear]:
    """The years that are closed, the newest first."""
    return list(ClosedYear.objects.of(cooperative).order_by("-year"))


def year_to_close(cooperative: Cooperative) -> int:
    """The oldest year that is not closed."""
    last = ClosedYear.objects.of(cooperative).order_by("-year").values_list("year", flat=True).first()
    return cooperative.opened_on.year if last is None else last + 1


def closing_of(cooperative: Cooperative, year: int, today: date) -> Closing:
    """Where a year stands; a running one as of today. About a dozen queries, at any number of members."""
    last = min(last_of(year), today)
    until = closed_until(cooperative)
    sums = sums_of(cooperative, max(first_of(year), cooperative.opened_on), last)
    assets = assets_on(cooperative, last)
    is_over, is_open = today > last_of(year), until is None or until < last_of(year)
    end = YearEnd(
        year=year, today=today, opened_on=cooperative.opened_on, closed_until=until,
        closed_years=frozenset(ClosedYear.objects.of(cooperative).values_list("year", flat=True)),
        open_tills=TillDay.objects.of(cooperative).filter(closed_at__isnull=True, on__lte=last_of(year)).count(),
        cash_difference=sum(one.closing for one in sums if one.use == "cash_difference"),
        is_interest_unpaid=is_over and is_open and _owes_interest(cooperative, last),
        is_provision_missing=is_over and is_open and is_provision_missing(cooperative, last),
        assets=(sum(one.cost_rupiah for one in assets), sum(one.closing for one in sums if _is_fixed(one))),
    )  # fmt: skip
    booked = -sum(one.closing for one in sums if one.use == "depreciation")
    wanted = sum(used_up(lasting(one), last) for one in assets)
    shares = unshared_months(cooperative, last) if is_over and is_open and cooperative.sharia_since else []
    return Closing(end, sums, wanted - booked if is_open else 0, sum(one.rupiah for one in shares))


def _owes_interest(cooperative: Cooperative, last: date) -> bool:
    return not is_interest_paid(cooperative, last) and bool(interest_of_month(cooperative, last))


def _is_fixed(account: AccountSum) -> bool:
    return account.kind == "asset" and account.code.startswith("1-16") and account.use != "depreciation"


def assets_on(cooperative: Cooperative, on: date) -> list[FixedAsset]:
    """What served on a day, in the order of buying."""
    serving = Q(retired_on__isnull=True) | Q(retired_on__gt=on)
    return list(FixedAsset.objects.of(cooperative).filter(serving, acquired_on__lte=on).order_by("acquired_on", "id"))


def lasting(asset: FixedAsset) -> Lasting:
    return Lasting(asset.acquired_on, asset.cost_rupiah, asset.residual_rupiah, asset.life_months)
