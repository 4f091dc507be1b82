"""Reading proposals that a loan gets a new table."""

from __future__ import annotations

from datetime import date

from desmigratif.cooperative.models import Cooperative, Loan, Reschedule
from desmigratif.cooperative.queries.loans.standing import agreed, events_of
from desmigratif.cooperative.rules.loans.life import events as loan_events
from desmigratif.cooperative.rules.loans.life.replay import replay
from desmigratif.cooperative.rules.loans.life.state import DueLine


def new_table_for(loan: Loan) -> Reschedule | None:
    """The proposal about a loan that nobody decided yet. One query."""
    return Reschedule.objects.of(loan.cooperative_id).waiting().filter(loan=loan).first()


def loans_with_new_table(cooperative: Cooperative) -> list[Loan]:
    """Running loans about which such a proposal waits. One query."""
    waiting = Reschedule.objects.of(cooperative).waiting().values("loan_id")
    rows = Loan.objects.of(cooperative).running().filter(id__in=waiting).select_related("member", "product")
    return list(rows.order_by("applied_on", "id"))


def table_asked_for(loan: Loan, proposal: Reschedule, on: date) -> list[DueLine]:
    """What the borrower would pay if it were agreed on a day. One query."""
    contract = agreed(loan)
    asked = loan_events.Reschedule(
        id=str(proposal.id), on=on, instalments=proposal.instalments, every=contract.terms.every,
        first_due_on=proposal.first_due_on, capitalise=proposal.capitalise, interest_free=proposal.interest_free,
    )  # fmt: skip
    state = replay(contract, [*events_of([loan])[loan.id], asked], on)
    return [line for line in state.lines if line.due_on > on and line.open.total]
