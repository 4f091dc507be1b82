"""The lines of a meeting's sheet: held against the locked books, then written under one seal. Not actions themselves.

Order of locks, as everywhere: loans by id, savings accounts by id, members by id, the cashier's till, the book.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.ledger.posting import post_entries
from desmigratif.cooperative.actions.loans.instalments import MEMOS, money_for
from desmigratif.cooperative.actions.loans.money import Booking, entry_of, give_slip, keep, locked_loan, tell
from desmigratif.cooperative.actions.savings.accounts import (
    account_to_move,
    reasons_against_capital,
    reasons_not_to_deposit,
)
from desmigratif.cooperative.actions.till import note, write_slip
from desmigratif.cooperative.inputs.loans import TakeCollection
from desmigratif.cooperative.models import Cooperative, LoanEventKind, Member, TillDay
from desmigratif.cooperative.queries.ledger.books import Chart, chart_of
from desmigratif.cooperative.queries.savings.accounts import CAPITAL_USE, use_of_savings
from desmigratif.cooperative.rules.ledger import NewEntry, credit, debit
from desmigratif.shared.reasons import Reason, Refusal


class CannotCollect(Refusal):
    code = "cannot_collect"


@dataclass(frozen=True, slots=True)
class Paid:
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


@dataclass(frozen=True, slots=True)
class Refused:
    """One line that cannot be taken: whose, how much, and why. `member_id` is None for what is not here at all."""

    reasons: tuple[Reason, ...]
    amount: int
    member_id: UUID | None


@dataclass(slots=True)
class ReadSheet:
    """A sheet held against the locked books: what can be taken and what cannot; nothing is written yet."""

    bookings: list[tuple[UUID, Booking]] = field(default_factory=list)
    paid: list[Paid] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    @property
    def reasons(self) -> list[Reason]:
        return [reason for line in self.refused for reason in line.reasons]

    @property
    def total(self) -> int:
        return sum(booking.cash for _id, booking in self.bookings) + sum(one.amount for one in self.paid)


def read_sheet(cooperative: Cooperative, by: Actor, given: TakeCollection, *, counts_on: date, on: date) -> ReadSheet:
    """Lock and check every line. Instalments count for their loans on `counts_on`; the books take all on `on`."""
    sheet = ReadSheet()
    _read_loans(sheet, cooperative, by, given, counts_on, on)
    _read_savings(sheet, cooperative, given, on)
    _read_compulsory(sheet, cooperative, given, on)
    return sheet


@contextmanager
def _line(sheet: ReadSheet, path: str, amount: int, whose: list[UUID]) -> Iterator[None]:
    """Whatever is refused inside is said of one line of the sheet; `whose` is filled in as soon as it is known."""
    try:
        yield
    except Refusal as refusal:
        reasons = tuple(
            Reason(one.code, one.text, citation=one.citation, field=f"{path}.{one.field}", way_out=one.way_out)
            for one in refusal.reasons
        )
        sheet.refused.append(Refused(reasons, amount, whose[0] if whose else None))


def _read_loans(
    sheet: ReadSheet, cooperative: Cooperative, by: Actor, given: TakeCollection, counts_on: date, on: date
) -> None:
    found = {}
    for place, line in sorted(enumerate(given.lines), key=lambda each: each[1].loan_id):
        whose: list[UUID] = []
        with _line(sheet, f"lines.{place}", line.amount_rupiah, whose):
            loan = locked_loan(cooperative, line.loan_id)
            whose.append(loan.member_id)
            payload = {"amount": line.amount_rupiah}
            found[place] = (
                line.entry_id,
                money_for(loan, by, line.entry_id, counts_on, on, LoanEventKind.PAYMENT, payload),
            )
    sheet.bookings = [found[place] for place in sorted(found)]


def _read_savings(sheet: ReadSheet, cooperative: Cooperative, given: TakeCollection, on: date) -> None:
    for place, line in sorted(enumerate(given.savings), key=lambda each: each[1].account_id):
        whose: list[UUID] = []
        with _line(sheet, f"savings.{place}", line.amount_rupiah, whose):
            account = account_to_move(cooperative, line.account_id)
            whose.append(account.member_id)
            if reasons := reasons_not_to_deposit(cooperative, account, on):
                raise CannotCollect(reasons)
            kind, use = "savings.deposited", use_of_savings(account)
            sheet.paid.append(Paid(line.entry_id, account.member, kind, use, account.id, line.amount_rupiah))


def _read_compulsory(sheet: ReadSheet, cooperative: Cooperative, given: TakeCollection, on: date) -> None:
    use = CAPITAL_USE["compulsory"]
    for place, line in sorted(enumerate(given.compulsory), key=lambda each: each[1].member_id):
        whose: list[UUID] = []
        with _line(sheet, f"compulsory.{place}", line.amount_rupiah, whose):
            members = Member.objects.of(cooperative).select_for_update()
            member = get_or_refuse(members, "member_id", id=line.member_id)
            whose.append(member.id)
            if reasons := reasons_against_capital(cooperative, member, "compulsory", line.amount_rupiah, on):
                raise CannotCollect(reasons)
            sheet.paid.append(Paid(line.entry_id, member, "capital.paid", use, member.id, line.amount_rupiah))


def enter(cooperative: Cooperative, sheet: ReadSheet, till: TillDay, on: date) -> dict[str, object]:
    """Write what can be taken: events of loans, entries under one seal, a slip for each."""
    memo, chart = MEMOS[LoanEventKind.PAYMENT], chart_of(cooperative)
    entries = [entry_of(booking, id, on, "loan.payment", memo) for id, booking in sheet.bookings]
    entries += [one.entry(on, chart) for one in sheet.paid]
    for _id, booking in sheet.bookings:
        keep(booking, on)
    number = post_entries(cooperative, entries).number
    for id, booking in sheet.bookings:
        give_slip(booking, till, id=id, on=on, kind="loan.payment", number=number)
        tell("loan.payment", booking.loan, number=number)
    for one in sheet.paid:
        write_slip(
            cooperative, till, one.member, id=one.entry_id, on=on, kind=one.kind, use=one.use,
            holder_id=one.holder_id, amount_rupiah=one.amount, number=number,
        )  # fmt: skip
        note(one.kind, cooperative, Subject("member", one.member.id), number=number)
    return {"number": number, "count": len(entries), "total_rupiah": sheet.total}
