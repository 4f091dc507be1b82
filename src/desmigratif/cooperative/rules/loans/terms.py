"""What a borrower and the cooperative agree on: the terms that a schedule is made from. Plain values."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from desmigratif.cooperative.rules.days import DayCount, DaysOff, Every
from desmigratif.cooperative.rules.rounding import Rounding
from desmigratif.shared.reasons import Reason

Method = Literal["flat", "declining", "annuity", "bullet"]
MOST_INSTALMENTS = 1200


@dataclass(frozen=True, slots=True)
class Disbursement:
    """Money handed to the borrower on a day."""

    on: date
    amount: int


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee: cut from the first money handed out (`disbursement`), or asked with every instalment (`each`).

    `counts_to_cap` is False only for what goes to others in full (an insurer, a notary).
    """

    on: Literal["disbursement", "each"]
    amount: int
    counts_to_cap: bool = True


@dataclass(frozen=True, slots=True)
class Grace:
    """Instalments at the start without principal, or without interest.

    principal      interest only
    interest       interest is reckoned but asked later, with the first instalment after the grace; no interest on it
    interest_free  no interest is reckoned at all
    """

    principal: int = 0
    interest: int = 0
    interest_free: int = 0


@dataclass(frozen=True, slots=True)
class Move:
    """Instalment `n` falls due on another day, and those after it follow; interest stays that of the period."""

    n: int
    to: date


MONTHLY = Every()
NO_GRACE = Grace()
TO_HUNDREDS = Rounding()
NO_DAYS_OFF = DaysOff()


@dataclass(frozen=True, slots=True)
class LoanTerms:
    """The terms of one loan. Amounts are whole rupiah (or hundredths, see `Rounding.minor_units`).

    instalments           how many; with a fixed `instalment` it may be 0: until all is repaid
    first_due_on          another first due date than one period after `disbursed_on`
    due_dates             every due date by hand (harvests, contracts); then `every` plays no part
    disbursements         the whole principal in several parts; empty = all on `disbursed_on`
    instalment            a fixed amount for each row of an annuity, instead of a computed one
    down_payment_percent  part of the principal paid back at once, as row 1
    """

    principal: int
    annual_rate_percent: Decimal
    method: Method
    instalments: int
    disbursed_on: date
    every: Every = MONTHLY
    first_due_on: date | None = None
    due_dates: tuple[date, ...] = ()
    day_count: DayCount = "30/360"
    grace: Grace = NO_GRACE
    rounding: Rounding = TO_HUNDREDS
    disbursements: tuple[Disbursement, ...] = ()
    fees: tuple[Fee, ...] = ()
    days_off: DaysOff = NO_DAYS_OFF
    moves: tuple[Move, ...] = ()
    instalment: int | None = None
    down_payment_percent: Decimal = Decimal(0)

    @property
    def rate(self) -> Decimal:
        """The yearly rate as a part of 1."""
        return self.annual_rate_percent / 100

    @property
    def handed_out(self) -> tuple[Disbursement, ...]:
        """What is handed out, by date."""
        given = self.disbursements or (Disbursement(self.disbursed_on, self.principal),)
        return tuple(sorted(given, key=lambda one: one.on))

    def fees_on(self, moment: Literal["disbursement", "each"]) -> int:
        return sum(fee.amount for fee in self.fees if fee.on == moment)


def reasons_against_terms(terms: LoanTerms) -> list[Reason]:
    """Why no schedule can be made from these terms; an empty list means that one can."""
    return [
        *_against_amounts(terms),
        *_against_counts(terms),
        *_against_dates(terms),
    ]


def _against_amounts(terms: LoanTerms) -> list[Reason]:
    found = []
    if terms.principal <= 0:
        found.append(Reason("too_small", "Jumlah pinjaman harus lebih dari nol.", field="principal"))
    if terms.annual_rate_percent < 0:
        found.append(Reason("too_small", "Jasa pinjaman tidak boleh kurang dari nol.", field="annual_rate_percent"))
    if any(part.amount <= 0 for part in terms.disbursements):
        found.append(Reason("too_small", "Setiap pencairan harus lebih dari nol.", field="disbursements"))
    elif terms.disbursements and sum(part.amount for part in terms.disbursements) != terms.principal:
        found.append(
            Reason("sums_differ", "Jumlah semua pencairan harus sama dengan jumlah pinjaman.", field="disbursements")
        )
    if any(fee.amount < 0 for fee in terms.fees):
        found.append(Reason("too_small", "Biaya tidak boleh kurang dari nol.", field="fees"))
    elif terms.fees_on("disbursement") >= terms.handed_out[0].amount > 0:
        found.append(Reason("too_large", "Potongan saat pencairan harus kurang dari uang yang cair.", field="fees"))
    if not 0 <= terms.down_payment_percent < 100:
        found.append(Reason("impossible", "Uang muka harus antara 0 dan 100 persen.", field="down_payment_percent"))
    if terms.instalment is not None and (terms.method != "annuity" or terms.instalment <= 0):
        found.append(
            Reason(
                "impossible", "Besar angsuran tetap hanya untuk anuitas dan harus lebih dari nol.", field="instalment"
            )
        )
    return found


def _against_counts(terms: LoanTerms) -> list[Reason]:
    found = []
    least = 0 if terms.instalment else 1
    if not least <= terms.instalments <= MOST_INSTALMENTS:
        text = f"Banyaknya angsuran antara 1 dan {MOST_INSTALMENTS}."
        found.append(Reason("impossible", text, field="instalments"))
    elif terms.due_dates and len(terms.due_dates) != terms.instalments:
        found.append(
            Reason("sums_differ", "Banyaknya tanggal harus sama dengan banyaknya angsuran.", field="due_dates")
        )
    if not 1 <= terms.every.count <= 366:
        found.append(Reason("impossible", "Jarak antarangsuran paling sedikit 1.", field="every.count"))
    grace = terms.grace
    if min(grace.principal, grace.interest, grace.interest_free) < 0:
        found.append(Reason("too_small", "Masa tenggang tidak boleh kurang dari nol.", field="grace"))
    elif max(grace.principal, grace.interest) >= max(terms.instalments, 1) and terms.instalments:
        found.append(Reason("too_large", "Masa tenggang harus kurang dari banyaknya angsuran.", field="grace"))
    return found


def _against_dates(terms: LoanTerms) -> list[Reason]:
    found = []
    if terms.first_due_on is not None and terms.first_due_on <= terms.disbursed_on:
        found.append(Reason("too_early", "Angsuran pertama harus sesudah pencairan.", field="first_due_on"))
    dates = (terms.disbursed_on, *terms.due_dates)
    if any(later <= earlier for earlier, later in itertools.pairwise(dates)):
        found.append(Reason("impossible", "Tanggal jatuh tempo harus urut dan sesudah pencairan.", field="due_dates"))
    if terms.disbursements and terms.handed_out[0].on < terms.disbursed_on:
        found.append(
            Reason("too_early", "Tidak boleh ada pencairan sebelum tanggal cair pertama.", field="disbursements")
        )
    if len(terms.days_off.weekdays) == 7:
        found.append(Reason("impossible", "Harus ada hari kerja dalam seminggu.", field="days_off.weekdays"))
    return found
