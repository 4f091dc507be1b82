"""Reading the benevolent fund of a year, and what of a year's income came in and may be shared."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from desmigratif.cooperative.models import Account, BusinessMove, Cooperative, MoveKind
from desmigratif.cooperative.queries.ledger import balance_now, balance_on
from desmigratif.cooperative.queries.year.sums import sums_of
from desmigratif.cooperative.rules.sharia.profit import Reconciliation

SOURCES = (MoveKind.FUND_LATE, MoveKind.FUND_DONATED, MoveKind.FUND_NOT_HALAL, MoveKind.FUND_RETURNED)
USES = (MoveKind.FUND_POOR, MoveKind.FUND_EDUCATION, MoveKind.FUND_PUBLIC)


@dataclass(frozen=True, slots=True)
class FundYear:
    """Sources above zero, uses above zero too; `otherwise` came or went by an entry that was made elsewhere."""

    opening: int
    sources: tuple[tuple[str, int], ...]
    uses: tuple[tuple[str, int], ...]
    closing: int

    @property
    def came(self) -> int:
        return sum(amount for _label, amount in self.sources)

    @property
    def went(self) -> int:
        return sum(amount for _label, amount in self.uses)

    @property
    def otherwise(self) -> int:
        return self.closing - self.opening - self.came + self.went


def _fund(cooperative: Cooperative) -> Account:
    return Account.objects.of(cooperative).get(use="fund_benevolent")


def fund_now(cooperative: Cooperative) -> int:
    return balance_now(_fund(cooperative))


def fund_year(cooperative: Cooperative, first: date, last: date) -> FundYear:
    """Where the fund's money came from and went, from one day to another. Five queries."""
    account = _fund(cooperative)
    rows = BusinessMove.objects.of(cooperative).filter(kind__startswith="fund.", on__gte=first, on__lte=last)
    sums: dict[str, int] = defaultdict(int, rows.order_by().values_list("kind").annotate(Sum("amount_rupiah")))
    closing = balance_on(account, last)
    before = date.fromordinal(first.toordinal() - 1)
    return FundYear(
        opening=balance_on(account, before), closing=closing,
        sources=tuple((str(kind.label), sums[kind]) for kind in SOURCES),
        uses=tuple((str(kind.label), -sums[kind]) for kind in USES),
    )  # fmt: skip


def reconciliation(cooperative: Cooperative, first: date, last: date) -> Reconciliation:
    """From income by the books to what came in; what savers got of it; the rest is the cooperative's."""
    sums = {one.use: one for one in sums_of(cooperative, first, last) if one.use}

    def earned(use: str) -> int:
        return -sums[use].moved if use in sums else 0

    waiting = sums.get("profit_share_receivable")
    return Reconciliation(
        margin=earned("murabahah_margin"), profit_share=earned("profit_share"),
        rent=earned("ijarah_rent") + earned("ijarah_depreciation_expense"), loss=-earned("profit_share_loss"),
        waiting_before=waiting.opening if waiting else 0, waiting_after=waiting.closing if waiting else 0,
        savers=-earned("wadiah_bonus"),
    )  # fmt: skip
