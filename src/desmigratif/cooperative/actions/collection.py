"""What a meeting brought, entered at once: instalments, simpanan wajib and deposits under one seal, or nothing.

Order of locks, as everywhere: loans by id, savings accounts by id, members by id, the cashier's till, the book.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.instalments import MEMOS, money_for
from desmigratif.cooperative.actions.ledger import books_of, refuse_future
from desmigratif.cooperative.actions.loan_money import Booking, entry_of, give_slip, keep, locked_loan, tell
from desmigratif.cooperative.actions.posting import post_entries
from desmigratif.cooperative.actions.savings import account_to_move, reasons_against_capital, reasons_not_to_deposit
from desmigratif.cooperative.actions.till import note, till_for, write_slip
from desmigratif.cooperative.inputs.loans import TakeCollection
from desmigratif.cooperative.models import Cooperative, LoanEventKind, Member, TillDay
from desmigratif.cooperative.queries.ledger import Chart, chart_of
from desmigratif.cooperative.queries.savings import CAPITAL_USE, use_of_savings
from desmigratif.cooperative.rules.ledger import NewEntry, credit, debit
from desmigratif.shared.reasons import Reason, Refusal


class CannotCollect(Refusal):
    code = "cannot_collect"


@dataclass(frozen=True, slots=True)
class _Paid:
    """Money of a member into savings, checked and not yet written."""

    entry_id: UUID
    member: Member
    kind: str
    use: str
    holder_id: UUID
    amount: int

    def entry(self, on: date, chart: Chart) -> NewEntry:
        legs = [debit(chart["cash"], self.amount), credit(chart[self.use], self.amount, self.holder_id)]
        return NewEntry(self.entry_id, on, self.kind, legs)


@action("cooperative.take_collection", Permission.MONEY_TAKE)
def take_collection(*, by: Actor, given: TakeCollection, now: datetime) -> dict[str, object]:
    """Enter what a meeting brought: all of it, or none."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    today = refuse_future(cooperative.village_code, given.on, now)
    _refuse_unfit(given, today)
    places = {line.loan_id: place for place, line in enumerate(given.lines)}
    loans = {id: locked_loan(cooperative, id) for id in sorted(places)}
    paid = _savings(cooperative, given) + _compulsory(cooperative, given)
    till = till_for(cooperative, by, today, now)
    bookings = []
    for place, line in enumerate(given.lines):
        with _said_of("lines", place):
            payload = {"amount": line.amount_rupiah}
            loan = loans[line.loan_id]
            bookings.append(money_for(loan, by, line.entry_id, given.on, today, LoanEventKind.PAYMENT, payload))
    number = _post(cooperative, given, bookings, paid, today)
    _give_slips(cooperative, till, given, bookings, paid, today, number)
    total = sum(line.amount_rupiah for line in given.lines) + sum(one.amount for one in paid)
    return {"number": number, "count": len(given.lines) + len(paid), "total_rupiah": total}


def _refuse_unfit(given: TakeCollection, today: date) -> None:
    if not (given.lines or given.compulsory or given.savings):
        raise CannotCollect(Reason("nothing", "Isi paling sedikit satu jumlah.", field="lines"))
    if (given.compulsory or given.savings) and given.on != today:
        raise CannotCollect(Reason("not_today", "Simpanan di kas dicatat pada hari ini.", field="on"))
    for name, ids in (
        ("lines", [line.loan_id for line in given.lines]),
        ("compulsory", [line.member_id for line in given.compulsory]),
        ("savings", [line.account_id for line in given.savings]),
    ):
        if len(set(ids)) != len(ids):
            raise CannotCollect(Reason("twice", "Setiap baris hanya sekali dalam satu daftar.", field=name))


@contextmanager
def _said_of(name: str, place: int) -> Iterator[None]:
    """Whatever is refused inside is said of one line of the sheet."""
    try:
        yield
    except Refusal as refusal:
        reasons = [
            Reason(one.code, one.text, citation=one.citation, field=f"{name}.{place}.{one.field}", way_out=one.way_out)
            for one in refusal.reasons
        ]
        raise CannotCollect(reasons) from refusal


def _savings(cooperative: Cooperative, given: TakeCollection) -> list[_Paid]:
    found = []
    for place, line in sorted(enumerate(given.savings), key=lambda each: each[1].account_id):
        with _said_of("savings", place):
            account = account_to_move(cooperative, line.account_id)
            if reasons := reasons_not_to_deposit(cooperative, account, given.on):
                raise CannotCollect(reasons)
        kind, use = "savings.deposited", use_of_savings(account)
        found.append(_Paid(line.entry_id, account.member, kind, use, account.id, line.amount_rupiah))
    return found


def _compulsory(cooperative: Cooperative, given: TakeCollection) -> list[_Paid]:
    found = []
    for place, line in sorted(enumerate(given.compulsory), key=lambda each: each[1].member_id):
        with _said_of("compulsory", place):
            members = Member.objects.of(cooperative).select_for_update()
            member = get_or_refuse(members, "member_id", id=line.member_id)
            amount = line.amount_rupiah
            if reasons := reasons_against_capital(cooperative, member, "compulsory", amount, given.on):
                raise CannotCollect(reasons)
        use = CAPITAL_USE["compulsory"]
        found.append(_Paid(line.entry_id, member, "capital.paid", use, member.id, amount))
    return found


def _post(
    cooperative: Cooperative, given: TakeCollection, bookings: list[Booking], paid: list[_Paid], today: date
) -> int:
    memo, chart = MEMOS[LoanEventKind.PAYMENT], chart_of(cooperative)
    entries = [
        entry_of(booking, line.entry_id, today, "loan.payment", memo)
        for booking, line in zip(bookings, given.lines, strict=True)
    ]
    entries += [one.entry(today, chart) for one in paid]
    for booking in bookings:
        keep(booking, today)
    return post_entries(cooperative, entries).number


def _give_slips(
    cooperative: Cooperative, till: TillDay, given: TakeCollection, bookings: list[Booking], paid: list[_Paid],
    today: date, number: int,
) -> None:  # fmt: skip
    for booking, line in zip(bookings, given.lines, strict=True):
        give_slip(booking, till, id=line.entry_id, on=today, kind="loan.payment", number=number)
        tell("loan.payment", booking.loan, number=number)
    for one in paid:
        write_slip(
            cooperative, till, one.member, id=one.entry_id, on=today, kind=one.kind, use=one.use,
            holder_id=one.holder_id, amount_rupiah=one.amount, number=number,
        )  # fmt: skip
        note(one.kind, cooperative, Subject("member", one.member.id), number=number)
