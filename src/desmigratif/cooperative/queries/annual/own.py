"""What one member may read of the own accounts: numbers, and nobody's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desmigratif.cooperative.member_codes import member_index
from desmigratif.cooperative.models import Holding, Loan, Member, MemberCode, MemberStatus, MoneySlip
from desmigratif.cooperative.queries.loans.standing import StandingLoan, standing_loans
from desmigratif.cooperative.queries.savings.accounts import MemberSavings, savings_of
from desmigratif.cooperative.queries.till import slips_of_member

LAST_SLIPS = 12


@dataclass(frozen=True, slots=True)
class OwnAccounts:
    """As the cooperative's books say on a day."""

    member: Member
    savings: MemberSavings
    loans: list[StandingLoan]
    shu_rupiah: int
    slips: list[MoneySlip]
    names: dict[object, str]


def member_behind(code: str, born: date, today: date) -> Member | None:
    """Whose code and birth date these are, in one look: a wrong code and a wrong day read alike."""
    holds = MemberCode.objects.everywhere().filter(code_index=member_index(code, born), until__gte=today)
    row = holds.filter(member__status=MemberStatus.MEMBER).select_related("member__cooperative").first()
    return row.member if row else None


def own_accounts(member: Member, today: date) -> OwnAccounts:
    """Savings, running loans, what of the SHU waits, the last slips."""
    found = member.cooperative
    savings = savings_of(found, member, today)
    loans = Loan.objects.of(found).running().filter(member=member).select_related("product", "terms", "member")
    waiting = Holding.objects.filter(
        account__cooperative_id=found.id, account__use="shu_payable", holder_id=member.id
    ).values_list("balance_rupiah", flat=True)
    return OwnAccounts(
        member=member, savings=savings, loans=standing_loans(loans.order_by("id"), today), shu_rupiah=-sum(waiting),
        slips=slips_of_member(member)[:LAST_SLIPS],
        names={one.account.id: one.account.product.name for one in savings.accounts},
    )  # fmt: skip
