"""Reading what a meeting asks of each member: open simpanan wajib, a place to save, instalments that are due."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.core.paginator import Paginator

from desmigratif.cooperative.models import Cooperative, Member, SavingsAccount, SavingsKind
from desmigratif.cooperative.queries.loans import StandingLoan, due_until
from desmigratif.cooperative.queries.overview import arrears_of_all


@dataclass(slots=True)
class Asked:
    """One member at the meeting."""

    member: Member
    compulsory_rupiah: int = 0
    savings: SavingsAccount | None = None
    loans: list[StandingLoan] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a meeting: `members` of it, how many there are in all, which sheet this is and of how many."""

    members: list[Asked]
    people: int
    number: int
    sheets: int


def asked_at_meeting(
    cooperative: Cooperative, on: date, *, everybody: bool, most: int, number: str | None = None
) -> Sheet:
    """By name: whoever owes something on a day, or every member, `most` on a sheet. Eight queries, however many."""
    due, arrears = due_until(cooperative, on), arrears_of_all(cooperative, on)
    members = Member.objects.of(cooperative).belonging().order_by("name", "id")
    if not everybody:
        members = members.filter(id__in={*arrears, *(one.loan.member_id for one in due)})
    paper = Paginator(members, most).get_page(number)
    found = {one.id: Asked(one, arrears.get(one.id, 0)) for one in paper}
    for standing in due:
        if standing.loan.member_id in found:
            found[standing.loan.member_id].loans.append(standing)
    for account in _voluntary(cooperative, list(found)):
        asked = found[account.member_id]
        asked.savings = asked.savings or account
    return Sheet(list(found.values()), paper.paginator.count, paper.number, paper.paginator.num_pages)


def _voluntary(cooperative: Cooperative, members: list[UUID]) -> list[SavingsAccount]:
    accounts = SavingsAccount.objects.of(cooperative).open().filter(product__kind=SavingsKind.VOLUNTARY)
    return list(accounts.filter(member_id__in=members).select_related("product").order_by("opened_on", "id"))
