"""Reading the register of members."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Max, Q, Sum

from desmigratif.access.actor import Actor
from desmigratif.access.scope import get_or_refuse
from desmigratif.cooperative.models import (
    Cooperative,
    GroupSeat,
    Holding,
    Loan,
    LoanGuarantor,
    LoanStatus,
    Member,
    MembershipTerms,
)


def member_of(by: Actor, member_id: UUID) -> Member:
    """One member (or candidate) with the cooperative, or the refusal that does not tell whether there is one."""
    members = Member.objects.visible_to(by).select_related("cooperative", "resident")
    return get_or_refuse(members, "member_id", id=member_id)


def terms_on(cooperative: Cooperative, on: date) -> MembershipTerms | None:
    """The terms that hold on a day; None before the first decision."""
    return MembershipTerms.objects.of(cooperative).filter(since__lte=on).order_by("-since").first()


def compulsory_amounts(cooperative: Cooperative) -> list[tuple[date, int]]:
    """(first month, rupiah a month) of the simpanan wajib, as decided over time; in order."""
    terms = MembershipTerms.objects.of(cooperative).order_by("since")
    return [(one.since.replace(day=1), one.compulsory_rupiah) for one in terms]


def next_number(cooperative: Cooperative) -> int:
    """The number of the next member; asked while the cooperative's book is locked."""
    last: int | None = Member.objects.of(cooperative).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def running_loans_of(cooperative: Cooperative, member_id: UUID) -> list[UUID]:
    """Ids of a member's running loans, in the order in which they are locked."""
    rows = Loan.objects.of(cooperative).running().filter(member_id=member_id)
    return list(rows.order_by("id").values_list("id", flat=True))


def written_off_loans_of(cooperative: Cooperative, member_id: UUID) -> list[UUID]:
    """Ids of a member's loans that left the books: the claim stays. In the order in which they are locked."""
    rows = Loan.objects.of(cooperative).filter(member_id=member_id, status=LoanStatus.WRITTEN_OFF)
    return list(rows.order_by("id").values_list("id", flat=True))


def paper_debts_of(cooperative: Cooperative, member: Member) -> dict[str, int]:
    """What stands as owed under the member's own id, by account: opening balances by hand, which are no loan of the
    programme."""
    uses = ("loans", "interest_receivable", "late_fee_receivable")
    rows = Holding.objects.filter(
        account__cooperative_id=cooperative.id, account__use__in=uses, holder_id=member.id, balance_rupiah__gt=0
    )  # fmt: skip
    return dict(rows.order_by("account__code").values_list("account__use", "balance_rupiah"))


def guarantees_of(cooperative: Cooperative, member: Member) -> int:
    """Outstanding principal of others' loans for which a member stands, alone or with a group."""
    groups = GroupSeat.objects.of(cooperative).standing().filter(member=member)
    guaranteed = LoanGuarantor.objects.of(cooperative).filter(member=member)
    stands_for = Q(id__in=guaranteed.values("loan_id")) | Q(group_id__in=groups.values("group_id"))
    loans = Loan.objects.of(cooperative).running().filter(stands_for).exclude(member=member)
    rows = Holding.objects.filter(
        account__cooperative_id=cooperative.id, account__use="loans", holder_id__in=loans.values("id")
    )
    total: int | None = rows.aggregate(total=Sum("balance_rupiah"))["total"]
    return total or 0
