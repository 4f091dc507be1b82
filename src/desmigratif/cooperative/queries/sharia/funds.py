"""Reading the benevolent fund of a year, and what of a year's income came in and may be shared."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from desmigratif.cooperative.models import Account, BusinessMove, Cooperative, MoneySource, MoveKind, ShariaContract
from desmigratif.cooperative.queries.ledger.books import balance_now, balance_on, holders_now
from desmigratif.cooperative.queries.sharia.contracts import BENEVOLENT
from desmigratif.cooperative.queries.year.sums import sums_of
from desmigratif.cooperative.rules.sharia.profit import Fund, Reconciliation

SOURCES = (MoveKind.FUND_LATE, MoveKind.FUND_DONATED, MoveKind.FUND_NOT_HALAL, MoveKind.FUND_RETURNED)
USES = (MoveKind.FUND_POOR, MoveKind.FUND_EDUCATION, MoveKind.FUND_PUBLIC)


@dataclass(frozen=True, slots=True)
class FundYear:
    """Sources above zero, uses above zero too; `otherwise` came or went by an entry that was made elsewhere. What is
    `lent` at the end comes back and is not in `closing`."""

    opening: int
    sources: tuple[tuple[str, int], ...]
    uses: tuple[tuple[str, int], ...]
    closing: int
    lent: int = 0

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


def _lent(cooperative: Cooperative) -> Account | None:
    """Where qardh of the fund stands; books of an older chart do not have it."""
    return Account.objects.of(cooperative).filter(use=BENEVOLENT).first()


def fund_now(cooperative: Cooperative) -> Fund:
    """What is in the fund, and what of it is lent."""
    account = _lent(cooperative)
    lent = sum(holders_now(account).values()) if account else 0
    return Fund(balance_now(_fund(cooperative)) - lent, lent)


def fund_on(cooperative: Cooperative, on: date) -> Fund:
    """The same at the end of a day."""
    account = _lent(cooperative)
    lent = balance_on(account, on) if account else 0
    return Fund(balance_on(_fund(cooperative), on) - lent, lent)


def fund_year(cooperative: Cooperative, first: date, last: date) -> FundYear:
    """Where the fund's money came from and went, from one day to another: a qardh goes out of it and comes back."""
    rows = BusinessMove.objects.of(cooperative).filter(kind__startswith="fund.", on__gte=first, on__lte=last)
    sums: dict[str, int] = defaultdict(int, rows.order_by().values_list("kind").annotate(Sum("amount_rupiah")))
    out, back = _qardh_of(cooperative, first, last)
    before, after = fund_on(cooperative, date.fromordinal(first.toordinal() - 1)), fund_on(cooperative, last)
    return FundYear(
        opening=before.available, closing=after.available, lent=after.lent,
        sources=(*((str(kind.label), sums[kind]) for kind in SOURCES), ("Qardh yang kembali", back)),
        uses=(*((str(kind.label), -sums[kind]) for kind in USES), ("Dipinjamkan sebagai qardh", out)),
    )  # fmt: skip


def _qardh_of(cooperative: Cooperative, first: date, last: date) -> tuple[int, int]:
    """What was lent out of the fund in a time, and what of it came back, late ones too; mirrors taken off."""
    contracts = ShariaContract.objects.of(cooperative).filter(source=MoneySource.BENEVOLENT)
    rows = BusinessMove.objects.of(cooperative).filter(on__gte=first, on__lte=last)
    rows = rows.filter(subject_id__in=contracts.values("id"))
    out, back = MoveKind.SHARIA_HANDED_OUT, (MoveKind.SHARIA_PAID, MoveKind.SHARIA_RECOVERED)
    sums = dict(rows.filter(kind__in=(out, *back)).order_by().values_list("kind").annotate(Sum("amount_rupiah")))
    return -sums.get(out, 0), sum(sums.get(kind, 0) for kind in back)


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
        savers=-earned("wadiah_bonus"), mudharabah=-earned("savers_profit_share"),
    )  # fmt: skip
