"""Ending a loan with the savings of somebody who leaves: no money passes the till. Not an action itself."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.loan_money import event_row, keep, reckon, tell
from desmigratif.cooperative.actions.posting import post_entry
from desmigratif.cooperative.actions.till import note
from desmigratif.cooperative.models import Account, Cooperative, Loan, LoanEventKind, Member, MoneySlip
from desmigratif.cooperative.queries.ledger import Chart, balance_now
from desmigratif.cooperative.queries.loans import payoff_of
from desmigratif.cooperative.queries.members import paper_debts_of
from desmigratif.cooperative.queries.till import code_of
from desmigratif.cooperative.rules.ledger import NewEntry, NewLeg
from desmigratif.shared.ids import new_id

SET_OFF, KEPT = "loan.set_off", "leavers_payable"


def set_off(loan: Loan, by: Actor, today: date, chart: Chart) -> int:
    """End a locked loan out of what is kept for its member; what it took."""
    owed = payoff_of(loan, today).total
    payload = {"amount": owed, "set_off": True}
    row = event_row(loan, by, id=new_id(), on=today, today=today, kind=LoanEventKind.PAYOFF, payload=payload)
    booking = reckon(loan, row, today, chart)
    legs = [
        NewLeg(chart[KEPT], leg.amount_rupiah, loan.member_id) if leg.account_id == chart["cash"] else leg
        for leg in booking.legs
    ]
    keep(booking, today)
    number = post_entry(
        loan.cooperative, NewEntry(row.id, today, SET_OFF, legs, "Pelunasan dari simpanan")
    ).number  # fmt: skip
    left = balance_now(Account.objects.of(loan.cooperative_id).get(use=KEPT), loan.member_id)
    _slip(loan.member, row.id, today, number, use="loans", holder_id=loan.id, amount=owed, balance=0)
    _slip(loan.member, new_id(), today, number, use=KEPT, holder_id=loan.member_id, amount=-owed, balance=left)
    tell(SET_OFF, loan, number=number)
    return owed


def set_off_paper_debts(cooperative: Cooperative, member: Member, today: date, chart: Chart) -> int:
    """End what a member owes by opening balances that were entered by hand; what it took."""
    debts = paper_debts_of(cooperative, member)
    owed = sum(debts.values())
    if not owed:
        return 0
    legs = [NewLeg(chart[KEPT], owed, member.id), *(NewLeg(chart[use], -debts[use], member.id) for use in debts)]
    entry = NewEntry(new_id(), today, SET_OFF, legs, "Pelunasan dari simpanan: buku lama")
    number = post_entry(cooperative, entry).number
    left = balance_now(Account.objects.of(cooperative).get(use=KEPT), member.id)
    for use, amount in debts.items():
        _slip(member, new_id(), today, number, use=use, holder_id=member.id, amount=amount, balance=0)
    _slip(member, new_id(), today, number, use=KEPT, holder_id=member.id, amount=-owed, balance=left)
    note(SET_OFF, cooperative, Subject("member", member.id), number=number)
    return owed


def _slip(
    member: Member, id: UUID, on: date, number: int, *, use: str, holder_id: UUID, amount: int, balance: int
) -> None:
    MoneySlip.objects.create(
        id=id, village_code=member.village_code, cooperative_id=member.cooperative_id, member=member, on=on,
        kind=SET_OFF, use=use, holder_id=holder_id, amount_rupiah=amount, balance_rupiah=balance, number=number,
        code=code_of(id, on, amount, balance),
    )  # fmt: skip
