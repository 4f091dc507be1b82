"""Mudharabah and musyarakah: realised profit by the agreed ratio, loss by capital; and sharing a bonus among savers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from desmigratif.cooperative.rules.rounding import shares
from desmigratif.shared.reasons import Reason
from desmigratif.shared.rupiah import format_rupiah

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Venture:
    """Capital of the cooperative and of the member, and the cooperative's part of profit in percent (nisbah)."""

    capital: int
    members_capital: int
    share_percent: Decimal


def cooperatives_part(result: int, venture: Venture, *, left: int, by_negligence: bool = False) -> int:
    """What of a realised result is the cooperative's; below zero for a loss, never beyond the capital `left` in it.

    Profit goes by the ratio of the contract. Loss goes by capital (all of it the cooperative's where it alone gave
    capital), and a loss by negligence is the manager's own.
    """
    if result >= 0:
        return shares(result, [venture.share_percent, HUNDRED - venture.share_percent])[0]
    if by_negligence:
        return 0
    borne = shares(result, [venture.capital, venture.members_capital])[0]
    return max(borne, -left)


@dataclass(frozen=True, slots=True)
class Fund:
    """The benevolent fund in two balances: what may be given or lent now, and what is lent as qardh and comes back."""

    available: int
    lent: int

    @property
    def whole(self) -> int:
        """As the books hold it: owed to those for whom it is, wherever it stands."""
        return self.available + self.lent


def reasons_not_to_take_from_fund(fund: Fund, amount: int) -> list[Reason]:
    """Why the fund cannot give or lend so much; an empty list means it can."""
    if amount <= max(0, fund.available):
        return []
    text = f"Dana kebajikan yang ada hanya {format_rupiah(max(0, fund.available))}."
    way_out = "Catat dulu infak atau sedekah yang masuk."
    if fund.lent:
        way_out = f"Yang dipinjamkan sebagai qardh, {format_rupiah(fund.lent)}, dapat dipakai lagi sesudah kembali."
    return [Reason("fund_too_small", text, field="amount_rupiah", way_out=way_out)]


def bonus_shares(total: int, weights: Mapping[UUID, int]) -> dict[UUID, int]:
    """A bonus among savings by what stood in them through the month; it adds up, and nil is left out."""
    holders = [holder for holder, weight in weights.items() if weight > 0]
    parts = shares(total, [weights[holder] for holder in holders])
    return {holder: part for holder, part in zip(holders, parts, strict=True) if part}


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """From the income of a time by the books to what came in cash and may be shared.

    waiting_before/after  profit shares reported and not yet received, before the time and at its end
    """

    margin: int
    profit_share: int
    rent: int
    loss: int
    waiting_before: int
    waiting_after: int
    savers: int = 0
    mudharabah: int = 0

    @property
    def accrued(self) -> int:
        return self.margin + self.profit_share + self.rent

    @property
    def received(self) -> int:
        """Income that came in: what waited before comes to it, what waits still goes off."""
        return self.accrued + self.waiting_before - self.waiting_after

    @property
    def cooperative(self) -> int:
        return self.received - self.loss - self.savers - self.mudharabah
