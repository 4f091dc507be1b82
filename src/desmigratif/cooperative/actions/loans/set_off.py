"""Paying a loan with its member's savings, of who leaves or of what was held for it: no money passes the till. Not
actions themselves."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.ledger.posting import post_entry
from desmigratif.cooperative.actions.loans.money import event_row, keep, reckon, tell
from desmigratif.cooperative.actions.till import note
from desmigratif.cooperative.models import (
    Account,
    Cooperative,
    Loan,
    LoanCollateral,
    LoanEvent,
    LoanEventKind,
    Member,
    MoneySlip,
    SavingsAccount,
    SavingsKind,
)
from desmigratif.cooperative.queries.ledger.books import Chart, balance_now
from desmigratif.cooperative.queries.loans.standing import payoff_of
from desmigratif.cooperative.queries.members.register import paper_debts_of
from desmigratif.cooperative.queries.savings.accounts import HELD_SAVINGS, balance_of, use_of_savings
from desmigratif.cooperative.queries.till import code_of
from desmigratif.cooperative.rules.ledger import NewEntry, NewLeg
from desmigratif.shared.ids import new_id

SET_OFF, KEPT = "loan.set_off", "leavers_payable"


def set_off(loan: Loan, by: Actor, today: date, chart: Chart, *, most: int | None = None) -> int:
    """End a locked loan out of what is kept for its member, or pay it with at most so much; what it took."""
    to_end = payoff_of(loan, today).total
    owed = to_end if most is None else min(to_end, most)
    if not owed:
        return 0
    payload = {"amount": owed, "set_off": True}
    kind = LoanEventKind.PAYOFF if most is None else LoanEventKind.PAYMENT
    row = event_row(loan, by, id=new_id(), on=today, today=today, kind=kind, payload=payload)
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


def use_held(loan: Loan, by: Actor, today: date, chart: Chart) -> int:
    """Pay a locked loan with the savings that were held for it, as far as both reach; what it took.

    What was used is held no longer: the row of the collateral says what is left of it.
    """
    cooperative = loan.cooperative
    rows = list(LoanCollateral.objects.of(cooperative).filter(loan=loan, kind=HELD_SAVINGS).order_by("id"))
    accounts = _to_draw_from(cooperative, loan.member_id) if rows else []
    owed = payoff_of(loan, today).total
    amount = min(owed, sum(row.value_rupiah for row in rows), sum(there for _account, there in accounts))
    if not amount:
        return 0
    row = _held_event(loan, by, today, amount, is_all=amount == owed)
    booking = reckon(loan, row, today, chart)
    parts = _shared_out(amount, accounts)
    drawn = [NewLeg(chart[use_of_savings(account)], part, account.id) for account, part, _left in parts]
    legs = [leg for leg in booking.legs if leg.account_id != chart["cash"]]
    keep(booking, today)
    entry = NewEntry(row.id, today, SET_OFF, [*legs, *drawn], "Pelunasan dari simpanan yang diblokir")
    number = post_entry(cooperative, entry).number
    left = booking.state.principal_outstanding
    _slip(loan.member, row.id, today, number, use="loans", holder_id=loan.id, amount=amount, balance=left)
    for account, part, rest in parts:
        use = use_of_savings(account)
        _slip(loan.member, new_id(), today, number, use=use, holder_id=account.id, amount=-part, balance=rest)
    _hold_less(rows, amount)
    tell(SET_OFF, loan, number=number)
    return amount


def _to_draw_from(cooperative: Cooperative, member_id: UUID) -> list[tuple[SavingsAccount, int]]:
    """A member's open savings with what is in them, locked: what can be taken any day first, terms last."""
    rows = SavingsAccount.objects.of(cooperative).open().filter(member_id=member_id).select_related("product")
    found = [(one, balance_of(cooperative, one)) for one in rows.select_for_update(of=("self",)).order_by("id")]
    order = [SavingsKind.VOLUNTARY, SavingsKind.MUDHARABAH, SavingsKind.PURPOSE, SavingsKind.TERM]
    return sorted((one for one in found if one[1] > 0), key=lambda one: order.index(SavingsKind(one[0].product.kind)))


def _shared_out(amount: int, accounts: list[tuple[SavingsAccount, int]]) -> list[tuple[SavingsAccount, int, int]]:
    """(account, what is taken, what is left in it), in their order."""
    found = []
    for account, there in accounts:
        if part := min(amount, there):
            found.append((account, part, there - part))
            amount -= part
    return found


def _held_event(loan: Loan, by: Actor, today: date, amount: int, *, is_all: bool) -> LoanEvent:
    kind = LoanEventKind.PAYOFF if is_all else LoanEventKind.PREPAYMENT
    payload = {"amount": amount, "set_off": True, "reason": "dari simpanan yang diblokir"}
    if not is_all:
        payload["effect"] = "lower"
    return event_row(loan, by, id=new_id(), on=today, today=today, kind=kind, payload=payload)


def _hold_less(rows: list[LoanCollateral], amount: int) -> None:
    for row in rows:
        used = min(amount, row.value_rupiah)
        row.value_rupiah -= used
        amount -= used
        row.save(update_fields=["value_rupiah"])


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
