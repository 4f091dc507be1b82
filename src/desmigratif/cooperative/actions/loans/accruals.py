"""The end of a month for interest that was earned and not paid, where a product counts it. Not actions themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from desmigratif.cooperative.actions.ledger.posting import post_entry
from desmigratif.cooperative.actions.loans.money import ACCRUED, EARNED, accrue
from desmigratif.cooperative.inputs.loans import LoanOffer
from desmigratif.cooperative.models import Cooperative, Loan
from desmigratif.cooperative.queries.ledger.books import chart_of
from desmigratif.cooperative.queries.loans.standing import StandingLoan
from desmigratif.cooperative.rules.ledger import NewEntry, NewLeg
from desmigratif.cooperative.rules.loans.collectibility import is_suspended
from desmigratif.cooperative.rules.loans.life.accrual import accrual_left, earned_unpaid
from desmigratif.cooperative.rules.loans.life.state import LoanState
from desmigratif.shared.ids import new_id


@dataclass(frozen=True, slots=True)
class Accrual:
    """One loan at the end of a month: what the books hold as earned, what they should, and what is left of it today."""

    loan: Loan
    held: int
    wanted: int
    left: int


def post_accruals(cooperative: Cooperative, standing: Iterable[StandingLoan], last: date, today: date) -> int:
    """Count on the last day of a month what running loans have earned; what is suspended is taken out again.

    What was paid since then was that interest, so today's entry takes it off. Returns what the month's income grew by.
    """
    found = list(_accruals(standing, last))
    month = [(one.loan, one.wanted - one.held) for one in found]
    _post(cooperative, month, last, "Jasa yang menjadi hak")
    _post(cooperative, [(one.loan, one.left - one.wanted) for one in found], today, "Jasa itu sudah dibayar")
    for one in found:
        one.loan.posted = accrue(_cash_position(one.loan), one.left)
    Loan.objects.of(cooperative).bulk_update([one.loan for one in found], ["posted"])
    return sum(change for _loan, change in month)


def _accruals(standing: Iterable[StandingLoan], last: date) -> Iterator[Accrual]:
    for one in standing:
        if LoanOffer.read((one.loan.contract or {})["offer"]).basis != "accrual":
            continue
        wanted = earned_unpaid(one.state.lines, last, suspended=is_suspended(one.grade.code, last))
        now = -_cash_position(one.loan).get(EARNED, 0)
        left = accrual_left(wanted, _earned_in(one.state), now)
        yield Accrual(one.loan, one.loan.posted.get(ACCRUED, 0), wanted, left)


def _earned_in(state: LoanState) -> int:
    return sum(one.amount for one in state.allocations if one.component == "interest") + state.capitalised


def _cash_position(loan: Loan) -> dict[str, int]:
    """What the books would hold if interest were income only when paid."""
    accrued = loan.posted.get(ACCRUED, 0)
    return accrue({**loan.posted, EARNED: loan.posted.get(EARNED, 0) + accrued}, 0)


def _post(cooperative: Cooperative, changes: list[tuple[Loan, int]], on: date, memo: str) -> None:
    chart = chart_of(cooperative)
    legs = [NewLeg(chart[ACCRUED], change, loan.id) for loan, change in changes if change]
    grown = sum(leg.amount_rupiah for leg in legs)
    if grown:
        legs.append(NewLeg(chart[EARNED], -grown))
    if legs:
        post_entry(cooperative, NewEntry(new_id(), on, "loan.accrued", legs, memo))
