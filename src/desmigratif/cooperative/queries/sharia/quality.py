"""How likely the money in sharia contracts is to come back: each gets a class like a loan, and its provision.

Counted is the cooperative's own financing: a sale at what it cost and was not paid back (without the margin that is not
earned yet), the capital of a venture, a qardh of its own money. What is leased stays the cooperative's thing, and what
the benevolent fund lent is the fund's to lose.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desmigratif.cooperative.models import ContractStatus, Cooperative, MoneySource, ShariaContract, ShariaResult
from desmigratif.cooperative.queries.sharia.contracts import CAPITAL_USE, StandingContract, standing_contracts
from desmigratif.cooperative.rules.days import Every
from desmigratif.cooperative.rules.loans.collectibility import Collectibility, Standing, classify, required_provision

FINANCING = ("murabahah_receivable", "murabahah_deferred", *CAPITAL_USE.values())
MONTHLY = Every(1, "month")


@dataclass(frozen=True, slots=True)
class GradedContract:
    """A contract on a day: what of the cooperative's money is in it, and its class."""

    standing: StandingContract
    outstanding: int
    grade: Collectibility

    def provision(self, on: date) -> int:
        return required_provision(self.grade.code, self.outstanding, (), on)


def graded_contracts(cooperative: Cooperative, on: date) -> list[GradedContract]:
    """Every contract that holds money at the end of a day. Four queries, and one more for
    each whose profit share waits; none where the books are not sharia."""
    if cooperative.sharia_since is None:
        return []
    rows = ShariaContract.objects.of(cooperative).filter(status=ContractStatus.AGREED, source=MoneySource.OWN)
    standing = standing_contracts(cooperative, rows.exclude(kind="ijarah").order_by("id"), on)
    running = [(one, outstanding_of(one)) for one in standing]
    return [GradedContract(one, held, classify(_standing(one, held, on), on)) for one, held in running if held > 0]


def grade_of_contract(one: StandingContract, on: date) -> Collectibility:
    """The class of one contract on a day, whoever's money is in it."""
    return classify(_standing(one, outstanding_of(one), on), on)


def outstanding_of(one: StandingContract) -> int:
    """What of the cooperative's money is with the member."""
    return one.capital or one.in_books("murabahah_receivable") - one.in_books("murabahah_deferred")


def _standing(one: StandingContract, held: int, on: date) -> Standing:
    return Standing(
        MONTHLY, is_bullet=False, principal_since=_due_since(one, on), interest_since=_share_since(one, on), debt=held,
    )  # fmt: skip


def _due_since(one: StandingContract, on: date) -> date | None:
    """The day on which the oldest instalment fell due that is open."""
    paid = one.paid
    for due in one.dues:
        paid -= due.amount
        if paid < 0:
            return due.due_on if due.due_on < on else None
    return None


def _share_since(one: StandingContract, on: date) -> date | None:
    """The end of the oldest time whose profit share was reported and is open; the latest are open first."""
    waiting = one.in_books("profit_share_receivable")
    since = None
    rows = ShariaResult.objects.of(one.contract.cooperative_id).filter(contract=one.contract, on__lte=on)
    for row in rows.filter(cooperative_rupiah__gt=0).order_by("-last_on", "-id") if waiting > 0 else ():
        if waiting <= 0:
            break
        since, waiting = row.last_on, waiting - row.cooperative_rupiah
    return since
