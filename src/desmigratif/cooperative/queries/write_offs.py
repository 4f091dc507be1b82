"""Reading proposals that something leaves the books."""

from __future__ import annotations

from uuid import UUID

from desmigratif.cooperative.models import Cooperative, Loan, LoanCollateral, ShariaContract, WriteOff
from desmigratif.cooperative.queries.savings.accounts import HELD_SAVINGS


def waiting_for(thing: Loan | ShariaContract) -> WriteOff | None:
    """The proposal about a loan or a contract that nobody decided yet."""
    rows = WriteOff.objects.of(thing.cooperative_id).waiting()
    return rows.filter(loan=thing).first() if isinstance(thing, Loan) else rows.filter(contract=thing).first()


def held_for(loan: Loan) -> int:
    """Savings that are held as collateral of one loan. One query."""
    rows = LoanCollateral.objects.of(loan.cooperative_id).filter(loan=loan, kind=HELD_SAVINGS)
    return sum(rows.values_list("value_rupiah", flat=True))


def loans_proposed(cooperative: Cooperative) -> list[Loan]:
    """Running loans about which a proposal waits. One query."""
    waiting = WriteOff.objects.of(cooperative).waiting().values("loan_id")
    rows = Loan.objects.of(cooperative).running().filter(id__in=waiting).select_related("member", "product")
    return list(rows.order_by("applied_on", "id"))


def contracts_proposed(cooperative: Cooperative) -> set[UUID]:
    """Ids of the contracts about which a proposal waits. One query."""
    rows = WriteOff.objects.of(cooperative).waiting().filter(contract__isnull=False)
    return set(rows.values_list("contract_id", flat=True))
