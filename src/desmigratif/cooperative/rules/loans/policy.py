"""How a loan product treats money that comes in: what is paid first, what lateness costs, how a loan ends early."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from desmigratif.shared.reasons import Reason

Component = Literal["fees", "late_fee", "interest", "principal"]
COMPONENTS: tuple[Component, ...] = ("fees", "late_fee", "interest", "principal")
Effect = Literal["shorter", "lower"]


@dataclass(frozen=True, slots=True)
class LateFee:
    """What lateness costs, for each instalment by itself.

    percent_per_day  of what is overdue of the instalment (fee, interest and principal), for each day
    fixed            once, in rupiah, when the grace is over
    grace_days       days after the due date that cost nothing and are not made up for later
    cap_percent      the most it may come to, in percent of the instalment; None = no cap
    """

    percent_per_day: Decimal = Decimal(0)
    fixed: int = 0
    grace_days: int = 0
    cap_percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Payoff:
    """What an early end costs beside all principal and all that is overdue.

    interest         `days` = of this period up to the day; `period` = of this whole period; `all` = of every row
    penalty_percent  of the principal that was not due yet
    """

    interest: Literal["days", "period", "all"] = "days"
    penalty_percent: Decimal = Decimal(0)


NO_LATE_FEE = LateFee()
BY_DAYS = Payoff()


@dataclass(frozen=True, slots=True)
class LoanPolicy:
    """The rules of a product, kept with the contract as they were when it was made.

    order    which component of a payment comes first; usual: late fee, interest (jasa), principal
    by       `instalment` = settle the oldest instalment whole; `component` = all interest before any principal
    surplus  what happens to money beyond what is due: it pays the next instalments (`advance`), shortens or lowers
             the loan (`shorter`, `lower`), or waits for the next due date (`hold`)
    """

    order: tuple[Component, ...] = ("fees", "late_fee", "interest", "principal")
    by: Literal["instalment", "component"] = "instalment"
    surplus: Literal["advance", "shorter", "lower", "hold"] = "advance"
    late_fee: LateFee = NO_LATE_FEE
    payoff: Payoff = BY_DAYS


def reasons_against_policy(policy: LoanPolicy) -> list[Reason]:
    """Why a product cannot have these rules; an empty list means it can."""
    found = []
    if sorted(policy.order) != sorted(COMPONENTS):
        text = "Urutan pembayaran harus memuat biaya, denda, jasa, dan pokok, masing-masing sekali."
        found.append(Reason("impossible", text, field="order"))
    late = policy.late_fee
    if late.percent_per_day < 0 or late.fixed < 0 or late.grace_days < 0 or (late.cap_percent or 0) < 0:
        found.append(Reason("too_small", "Denda dan masa tenggangnya tidak boleh kurang dari nol.", field="late_fee"))
    if policy.payoff.penalty_percent < 0:
        found.append(Reason("too_small", "Biaya pelunasan tidak boleh kurang dari nol.", field="payoff"))
    return found
