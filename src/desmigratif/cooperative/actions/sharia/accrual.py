"""The end of a year for savers of mudharabah products: what is theirs of its months is an expense of that year.

A month is shared after it was closed, December in January. Its share is the old year's, so the books hold it as owed
before they close; the tax waits for the day on which the share reaches the savers, as the law has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desmigratif.cooperative.actions.ledger.chart import open_accounts
from desmigratif.cooperative.actions.ledger.posting import post_entries
from desmigratif.cooperative.models import Cooperative
from desmigratif.cooperative.queries.ledger.books import chart_of
from desmigratif.cooperative.queries.sharia.accrued import PAYABLE, Unshared, accrual_id, unshared_months
from desmigratif.cooperative.rules.ledger import NewEntry, credit, debit
from desmigratif.shared.dated import value_on
from desmigratif.shared.dates import MONTHS

ACCRUED = "savings.share_accrued"


def accrue_shares(cooperative: Cooperative, last: date) -> int:
    """Enter on the last day of a year what is the savers' of its months and was not shared; the sum of it."""
    if cooperative.sharia_since is None or value_on("cooperative_sharia.savers_year_end", last) != "accrued":
        return 0
    months = unshared_months(cooperative, last)
    accrue(cooperative, months, last)
    return sum(one.rupiah for one in months)


def accrue(cooperative: Cooperative, months: Sequence[Unshared], on: date) -> None:
    """Let the books hold the shares of these months as owed."""
    if months:
        open_accounts(cooperative, value_on("cooperative_sharia.accounts", on))  # books of an older chart
        post_entries(cooperative, [_entry(cooperative, one, on) for one in months])


def _entry(cooperative: Cooperative, month: Unshared, on: date) -> NewEntry:
    chart = chart_of(cooperative)
    legs = [debit(chart["savers_profit_share"], month.rupiah), credit(chart[PAYABLE], month.rupiah)]
    memo = f"Bagi hasil penabung {MONTHS[month.last_on.month - 1]} {month.last_on.year} yang belum dibagikan"
    return NewEntry(accrual_id(cooperative, month.last_on), on, ACCRUED, legs, memo)
