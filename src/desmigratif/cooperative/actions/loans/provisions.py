"""The end of a month for lending: every loan and sharia contract gets its class, and the books set aside for it."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.ledger.books import books_of, refuse_future
from desmigratif.cooperative.actions.ledger.posting import post_entry
from desmigratif.cooperative.actions.ledger.posting_sql import lock_book_of
from desmigratif.cooperative.actions.loans.accruals import post_accruals
from desmigratif.cooperative.actions.till import note
from desmigratif.cooperative.inputs.loans import PostProvisions
from desmigratif.cooperative.models import Account, Cooperative, Loan, ProvisionMonth
from desmigratif.cooperative.queries.ledger.books import balance_now, chart_of
from desmigratif.cooperative.queries.loans.standing import StandingLoan, collateral_of, standing_loans
from desmigratif.cooperative.queries.sharia.quality import GradedContract, graded_contracts
from desmigratif.cooperative.rules.ledger import NewEntry, NewLeg, month_end
from desmigratif.cooperative.rules.loans.collectibility import required_provision
from desmigratif.shared.reasons import Reason, Refusal


class CannotProvide(Refusal):
    code = "cannot_provide"


@action("cooperative.post_provisions", Permission.PERIOD_CLOSE)
def post_provisions(*, by: Actor, given: PostProvisions, now: datetime) -> dict[str, object]:
    """Class every running loan and contract on the last day of a month, post what must be set aside, and the interest
    that was earned where it counts before it is paid; once for each month."""
    cooperative = books_of(by, given.cooperative_id, Permission.PERIOD_CLOSE)
    last = month_end(given.month)
    today = refuse_future(cooperative.village_code, last, now, field="month")
    loans = Loan.objects.of(cooperative).running().filter(disbursed_on__lte=last).select_related("member")
    rows = list(loans.select_for_update(of=("self",)).order_by("id"))
    lock_book_of(cooperative.id)
    _refuse_second_time(cooperative, last)
    standing, contracts = standing_loans(rows, last), graded_contracts(cooperative, last)
    required = _required(standing, last) + sum(one.provision(last) for one in contracts)
    by_class = _by_class(standing, contracts)
    change = required - balance_now(Account.objects.of(cooperative).get(use="loan_provision"))
    month = ProvisionMonth.objects.create(
        id=given.entry_id, village_code=cooperative.village_code, cooperative=cooperative, month=last.replace(day=1),
        by_class=by_class, required_rupiah=required, change_rupiah=change,
    )  # fmt: skip
    _keep_classes(cooperative, standing, last)
    if change:
        chart = chart_of(cooperative)
        legs = [NewLeg(chart["provision_expense"], change), NewLeg(chart["loan_provision"], -change)]
        post_entry(cooperative, NewEntry(given.entry_id, last, "loan.provided", legs, "Penyisihan pinjaman"))
    grown = post_accruals(cooperative, standing, last, today)
    note("provisions.posted", cooperative, Subject("provision_month", month.id), month=last.isoformat())
    return {"id": str(month.id), "required_rupiah": required, "change_rupiah": change, "accrued_rupiah": grown}


def _refuse_second_time(cooperative: Cooperative, last: date) -> None:
    done = ProvisionMonth.objects.of(cooperative).order_by("-month").first()
    if done is not None and done.month >= last.replace(day=1):
        text = "Penyisihan bulan itu, atau bulan sesudahnya, sudah dicatat."
        raise CannotProvide(Reason("provided_already", text, field="month"))


def _required(standing: list[StandingLoan], last: date) -> int:
    collateral = collateral_of([one.loan for one in standing])
    return sum(
        required_provision(one.grade.code, one.state.principal_outstanding, collateral[one.loan.id], last)
        for one in standing
    )


def _by_class(standing: list[StandingLoan], contracts: list[GradedContract]) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for contract in contracts:
        sums[contract.grade.code] += contract.outstanding
    for one in standing:
        sums[one.grade.code] += one.state.principal_outstanding
    return dict(sums)


def _keep_classes(cooperative: Cooperative, standing: list[StandingLoan], last: date) -> None:
    """The class stays with the loan: how long it has been doubtful decides when it is lost."""
    for one in standing:
        loan, code = one.loan, one.grade.code
        is_doubtful = code in ("doubtful", "loss")
        loan.doubtful_since = (loan.doubtful_since or last) if is_doubtful else None
        loan.collectibility = code
    Loan.objects.of(cooperative).bulk_update([one.loan for one in standing], ["collectibility", "doubtful_since"])
