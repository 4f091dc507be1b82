"""Reading sharia contracts: what the books hold under each, and what was paid so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, Sum

from desmigratif.access.actor import Actor
from desmigratif.access.scope import get_or_refuse
from desmigratif.cooperative.models import (
    BusinessMove,
    ContractStatus,
    Cooperative,
    Holding,
    Leg,
    MoneySource,
    MoveKind,
    ShariaContract,
    ShariaResult,
)
from desmigratif.cooperative.queries.business.businesses import Movements
from desmigratif.cooperative.rules.sharia.ijarah import Lease
from desmigratif.cooperative.rules.sharia.murabahah import Due, instalments_of, overdue
from desmigratif.cooperative.rules.sharia.profit import Venture

BENEVOLENT = "qardh_benevolent"
CAPITAL_USE = {"mudharabah": "mudharabah_financing", "musyarakah": "musyarakah_financing", "qardh": "qardh_loans"}
USES = (
    "murabahah_receivable", "murabahah_deferred", "mudharabah_financing", "musyarakah_financing", "qardh_loans",
    "qardh_benevolent", "profit_share_receivable", "murabahah_goods", "wakalah_advance", "ijarah_assets",
    "ijarah_depreciation",
)  # fmt: skip


CLOSED_STATES = frozenset(
    {"asked", "declined", "written_off", "done"}
)  # nothing of the cooperative's is with the member


@dataclass(frozen=True, slots=True)
class StandingContract:
    """A contract now. `held` is what the books hold under it by use, on the account's own side."""

    contract: ShariaContract
    held: dict[str, int]
    moved: dict[str, tuple[int, int]] = field(default_factory=dict)
    rounding_rupiah: int = 1

    def in_books(self, use: str) -> int:
        return self.held.get(use, 0)

    def paid_by(self, kind: str) -> int:
        return self.moved.get(kind, (0, 0))[0]

    @property
    def price(self) -> int:
        """What the member owes in all: the price of the sale as it was closed, the rent, or the sum that was lent."""
        sold = self.moved.get(MoveKind.SHARIA_SOLD, (0, 0))[1]
        one = self.contract
        return sold or {"murabahah": one.amount_rupiah + one.margin_rupiah, "ijarah": one.rent_rupiah}.get(
            one.kind, one.amount_rupiah
        )

    @property
    def is_sold(self) -> bool:
        return bool(self.moved.get(MoveKind.SHARIA_SOLD, (0, 0))[1])

    @property
    def is_handed_out(self) -> bool:
        return bool(self.paid_by(MoveKind.SHARIA_HANDED_OUT))

    @property
    def is_ended(self) -> bool:
        return bool(self.moved.get(MoveKind.SHARIA_LEASE_ENDED, (0, 0))[1])

    @property
    def has_thing(self) -> bool:
        """Whether the thing of a lease was bought."""
        return bool(self.paid_by(MoveKind.SHARIA_BOUGHT))

    @property
    def capital(self) -> int:
        """What of a venture or a qardh is with the member."""
        return self.in_books(self.capital_use)

    @property
    def capital_use(self) -> str:
        """The account in which it stands by its use: what the benevolent fund lent stands apart."""
        is_fund = self.contract.source == MoneySource.BENEVOLENT
        return BENEVOLENT if is_fund else CAPITAL_USE.get(self.contract.kind, "")

    @property
    def open_rupiah(self) -> int:
        """What is still to be paid."""
        if self.contract.kind == "murabahah":
            return self.in_books("murabahah_receivable")
        if self.contract.kind == "ijarah":
            return max(0, self.price - self.paid) if self.has_thing else 0
        return self.capital

    @property
    def paid(self) -> int:
        if self.contract.kind == "murabahah":
            return self.price - self.open_rupiah - self.claim_rupiah if self.is_sold else 0
        return self.paid_by(MoveKind.SHARIA_PAID) + self.paid_by(MoveKind.SHARIA_CAPITAL_BACK) + self.recovered

    @property
    def owed_rupiah(self) -> int:
        """What the member owes now as the books hold it, a reported share of profit with it."""
        return self.open_rupiah + self.in_books("profit_share_receivable")

    @property
    def lost_with_it(self) -> dict[str, int]:
        """What leaves the books when it is written off, by use, debit above 0."""
        found = {
            use: self.in_books(use) for use in (self.capital_use, "murabahah_receivable", "profit_share_receivable")
        }
        found["murabahah_deferred"] = -self.in_books("murabahah_deferred")
        return {use: amount for use, amount in found.items() if amount}

    @property
    def recovered(self) -> int:
        """What came in after it had left the books."""
        return self.paid_by(MoveKind.SHARIA_RECOVERED)

    @property
    def claim_rupiah(self) -> int:
        """What was written off and may still be asked for."""
        return self.moved.get(MoveKind.SHARIA_WRITTEN_OFF, (0, 0))[1] - self.recovered

    @property
    def dues(self) -> list[Due]:
        one = self.contract
        if one.instalments is None or one.first_due_on is None:
            return []
        return instalments_of(self.price, one.instalments, one.first_due_on, self.rounding_rupiah)

    def late(self, on: date) -> int:
        return min(overdue(self.dues, self.paid, on), self.open_rupiah) if self.open_rupiah else 0

    @property
    def venture(self) -> Venture:
        one = self.contract
        return Venture(one.amount_rupiah, one.members_capital_rupiah, one.share_percent or Decimal(0))

    @property
    def lease(self) -> Lease:
        one = self.contract
        return Lease(self.in_books("ijarah_assets") or one.amount_rupiah, one.residual_rupiah, one.rent_rupiah)

    @property
    def state(self) -> str:
        """One word of where it stands: asked, declined, agreed, prepared, running, written_off, done."""
        one = self.contract
        if one.status != ContractStatus.AGREED:
            return str(one.status)
        if self.open_rupiah or self.in_books("profit_share_receivable"):
            return "running"
        if self.claim_rupiah:
            return "written_off"
        if one.kind == "ijarah":
            return "done" if self.is_ended else "running" if self.has_thing else "agreed"
        if self.is_sold or self.is_handed_out:
            return "done"
        return "prepared" if self.in_books("murabahah_goods") or self.in_books("wakalah_advance") else "agreed"


def contract_of(by: Actor, contract_id: UUID) -> ShariaContract:
    rows = ShariaContract.objects.visible_to(by).select_related("cooperative", "member")
    return get_or_refuse(rows, "contract_id", id=contract_id)


def standing_contracts(
    cooperative: Cooperative, rows: Iterable[ShariaContract], until: date | None = None
) -> list[StandingContract]:
    """As they stand now, or as they stood at the end of a day. Two queries, however many."""
    found = list(rows)
    ids = [one.id for one in found]
    moved = Movements(cooperative, ids, until)
    held: dict[UUID, dict[str, int]] = defaultdict(dict)
    for holder, use, sum, side in _held(cooperative, ids, until):
        held[holder][use] = sum * side
    sums: dict[UUID, dict[str, tuple[int, int]]] = defaultdict(dict)
    for (subject, kind), one in moved.found.items():
        sums[subject][kind] = (abs(one.amount_rupiah), one.value_rupiah)
    return [StandingContract(one, held[one.id], sums[one.id], cooperative.rounding_rupiah) for one in found]


def _held(cooperative: Cooperative, ids: list[UUID], until: date | None) -> Iterable[tuple[UUID, str, int, int]]:
    """Holder, use, balance and side of everything that the books hold under these contracts."""
    of = Q(account__cooperative_id=cooperative.id, account__use__in=USES, holder_id__in=ids)
    if until is None:
        rows = Holding.objects.filter(of)
        return rows.values_list("holder_id", "account__use", "balance_rupiah", "account__side")
    legs = Leg.objects.filter(of, entry__seal__sealed=True, entry__cooperative_id=cooperative.id, entry__on__lte=until)
    sums = legs.order_by().values_list("holder_id", "account__use", "account__side").annotate(Sum("amount_rupiah"))
    return ((holder, use, int(sum), side) for holder, use, side, sum in sums if holder is not None)


def standing_contract(contract: ShariaContract) -> StandingContract:
    return standing_contracts(contract.cooperative, [contract])[0]


def contracts_of(cooperative: Cooperative) -> list[StandingContract]:
    """The newest first."""
    rows = ShariaContract.objects.of(cooperative).select_related("member").order_by("-asked_on", "-id")
    return standing_contracts(cooperative, rows)


def results_of_venture(contract: ShariaContract) -> list[ShariaResult]:
    """Results that stand, the latest first; those that were taken back are left out."""
    back = BusinessMove.objects.of(contract.cooperative_id).filter(subject_id=contract.id, reverses__isnull=False)
    rows = ShariaResult.objects.of(contract.cooperative_id).filter(contract=contract)
    return list(rows.exclude(id__in=back.values("reverses_id")).order_by("-last_on", "-id"))
