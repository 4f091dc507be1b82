"""Group loans: whose members stand in for one another, and who carries how much when one does not pay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from desmigratif.cooperative.models import GroupSeat, Loan, LoanEvent, LoanGuarantor, Member, MemberGroup, MoneySlip
from desmigratif.cooperative.queries.loans.standing import StandingLoan, standing_loans
from desmigratif.cooperative.rules.loans.group import carried_by_others
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason


@dataclass(frozen=True, slots=True)
class Carried:
    """What one member carries for another whose loan is late."""

    carrier: str
    carrier_id: str
    borrower: str
    loan_id: UUID
    rupiah: int


@dataclass(frozen=True, slots=True)
class GroupStanding:
    """A group's running loans on a day. `carried` is empty when nobody is late, and when everybody is."""

    loans: list[StandingLoan]
    late: list[StandingLoan]
    carried: list[Carried]


def group_loans(group: MemberGroup, on: date) -> list[StandingLoan]:
    """The running loans for which a group stands."""
    rows = Loan.objects.of(group.cooperative_id).running().filter(group=group).select_related("member")
    return standing_loans(rows.order_by("member__name", "id"), on)


def standing_of_group(group: MemberGroup, on: date) -> GroupStanding:
    loans = group_loans(group, on)
    late = [one for one in loans if one.state.arrears_days]
    lent: dict[str, int] = {}
    seats = GroupSeat.objects.of(group.cooperative_id).standing().filter(group=group).select_related("member")
    names = {str(seat.member_id): seat.member.name for seat in seats}
    for member_id in names:
        lent[member_id] = sum(one.loan.amount_rupiah for one in loans if str(one.loan.member_id) == member_id)
    return GroupStanding(loans, late, _carried(late, lent, names))


def _carried(late: list[StandingLoan], lent: dict[str, int], names: dict[str, str]) -> list[Carried]:
    by_loan = {str(one.loan.member_id): one for one in late}
    arrears = {member: one.state.due.total for member, one in by_loan.items()}
    if not set(lent) - set(arrears):
        return []  # everybody is late: there is nobody to carry
    return [
        Carried(names[carrier], carrier, by_loan[borrower].loan.member.name, by_loan[borrower].loan.id, rupiah)
        for carrier, parts in carried_by_others(arrears, lent).items()
        for borrower, rupiah in parts.items()
    ]


def reasons_against_group(group: MemberGroup, on: date) -> list[Reason]:
    """Why a group cannot stand for one more loan: it answers for what is late already."""
    if not any(one.state.arrears_days for one in group_loans(group, on)):
        return []
    text = f"{group.name} masih menunggak pinjaman tanggung renteng."
    return [Reason("group_is_late", text, field="group_id", way_out="Lunasi dulu tunggakan kelompok.")]


def groups_of(member: Member) -> list[MemberGroup]:
    """The groups that a member belongs to now."""
    seats = GroupSeat.objects.of(member.cooperative_id).standing().filter(member=member).select_related("group")
    return [seat.group for seat in seats.order_by("group__name")]


def carriers_of(loan: Loan) -> list[Member]:
    """Who may pay in the borrower's stead, by name: the rest of the group that stands for the loan, and members who
    guarantee it. One query."""
    seats = GroupSeat.objects.of(loan.cooperative_id).standing().filter(group=loan.group_id)
    guarantors = LoanGuarantor.objects.of(loan.cooperative_id).filter(loan=loan)
    stand_in = Q(id__in=seats.values("member_id")) | Q(id__in=guarantors.values("member_id"))
    return list(Member.objects.of(loan.cooperative_id).filter(stand_in).exclude(id=loan.member_id).order_by("name"))


def carrier_of(loan: Loan, member_id: UUID) -> Member:
    """One of them, or the refusal that does not tell whether there is one."""
    found = next((one for one in carriers_of(loan) if one.id == member_id), None)
    if found is None:
        raise NotFoundOrNotYours
    return found


def group_behind(loan: Loan) -> list[Member]:
    """The other members of the group that stands for a loan, by name. One query, or none."""
    if loan.group_id is None:
        return []
    seats = GroupSeat.objects.of(loan.cooperative_id).standing().filter(group=loan.group_id)
    others = seats.exclude(member=loan.member_id).select_related("member")
    return [seat.member for seat in others.order_by("member__name")]


def payers_instead(loan: Loan, events: Iterable[LoanEvent]) -> dict[str, str]:
    """Names, by id, of those who paid in the borrower's stead. One query, or none."""
    ids = {event.payload["carried_by"] for event in events if event.payload.get("carried_by")}
    if not ids:
        return {}
    return {str(one.id): one.name for one in Member.objects.of(loan.cooperative_id).filter(id__in=ids)}


def payer_instead_of(slip: MoneySlip) -> Member | None:
    """Who paid an instalment in the borrower's stead; None where the borrower did. One query, or two."""
    event = LoanEvent.objects.of(slip.cooperative_id).filter(id=slip.id).first()
    id = event.payload.get("carried_by") if event is not None else None
    return Member.objects.of(slip.cooperative_id).filter(id=id).first() if id else None
