"""How an event of a loan becomes money and books. Not actions themselves.

The loan is locked, all its events are replayed with the new one, and the entry posts the difference between what the
books should hold for this loan and what they hold: so a payment for an earlier day, or a reversal, posts again in
today's open month whatever it changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.ledger.posting import CannotPost
from desmigratif.cooperative.actions.till import CannotUseTill, note
from desmigratif.cooperative.models import (
    Account,
    Cooperative,
    Loan,
    LoanEvent,
    LoanEventKind,
    LoanStatus,
    MoneySlip,
    PayoutApproval,
    TillDay,
)
from desmigratif.cooperative.queries.ledger.books import Chart, balance_now
from desmigratif.cooperative.queries.loans.standing import agreed, as_event, events_of, first_open_day
from desmigratif.cooperative.queries.till import code_of, expected_in
from desmigratif.cooperative.rules.ledger import NewEntry, NewLeg
from desmigratif.cooperative.rules.loans.life.accrual import accrual_left
from desmigratif.cooperative.rules.loans.life.contract import position_of
from desmigratif.cooperative.rules.loans.life.events import EarlyPayoff, Event, Payment, Prepayment, WriteOff, in_order
from desmigratif.cooperative.rules.loans.life.replay import replay
from desmigratif.cooperative.rules.loans.life.state import LoanState
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason, Refusal
from desmigratif.shared.rupiah import format_rupiah

HELD_BY_LOAN = ("loans", "deposits_held", "interest_receivable")
ACCRUED, EARNED = "interest_receivable", "loan_interest"


class CannotServeLoan(Refusal):
    code = "cannot_serve_loan"


@dataclass(frozen=True, slots=True)
class Booking:
    """One event of one loan, reckoned and not yet written: `legs` empty = the books stay as they are."""

    loan: Loan
    event: LoanEvent | None
    state: LoanState
    position: dict[str, int]
    legs: list[NewLeg]
    cash: int


def locked_loan(cooperative: Cooperative, loan_id: object) -> Loan:
    """One loan, locked until the end, with its member and conditions."""
    rows = (
        Loan.objects.of(cooperative)
        .select_related("cooperative", "member", "product", "terms")
        .select_for_update(of=("self",))
    )
    return get_or_refuse(rows, "loan_id", id=loan_id)


def event_row(
    loan: Loan, by: Actor, *, id: UUID, on: date, today: date, kind: LoanEventKind, payload: Mapping[str, Any],
    amount: int = 0, reverses: LoanEvent | None = None,
) -> LoanEvent:  # fmt: skip
    """An event, not saved yet. Raises `CannotServeLoan` for a day that cannot count."""
    first = max(first_open_day(loan.cooperative), loan.disbursed_on or today)
    if on < first:
        text = f"Tanggal paling awal {format_date(first)}: sebelum itu pinjaman belum cair atau bulannya sudah ditutup."
        raise CannotServeLoan(Reason("closed_month", text, field="on"))
    return LoanEvent(
        id=id, village_code=loan.village_code, cooperative_id=loan.cooperative_id, loan=loan, on=on, booked_on=today,
        kind=kind, payload=dict(payload), amount_rupiah=amount, actor_id=by.id, reverses=reverses,
    )  # fmt: skip


def standing_event(loan: Loan, id: UUID, kind: LoanEventKind, payload: Mapping[str, Any]) -> LoanEvent | None:
    """The event that stands under this id, when it is this one. Raises `CannotPost` for another."""
    row = LoanEvent.objects.of(loan.cooperative_id).filter(id=id).first()
    if row is not None and (row.loan_id, row.kind, row.payload) != (loan.id, kind, dict(payload)):
        text = "Nomor catatan ini sudah dipakai untuk isi yang lain."
        raise CannotPost(Reason("entry_exists", text, way_out="Buka formulir baru dan catat sekali lagi."))
    return row


def reckon(loan: Loan, row: LoanEvent | None, today: date, chart: Chart) -> Booking:
    """What an event changes, on today's replay of everything."""
    contract = agreed(loan)
    events = events_of([loan])[loan.id]
    if row is not None:
        events.append(as_event(row))
    state = replay(contract, events, today)
    position = with_accrual(loan, state, position_of(state, contract.terms, _after_write_off(events, today)))
    changes = {use: position.get(use, 0) - loan.posted.get(use, 0) for use in dict.fromkeys([*position, *loan.posted])}
    legs = [
        NewLeg(chart[use], amount, loan.id if use in HELD_BY_LOAN else None)
        for use, amount in changes.items()
        if amount and use != "loss"
    ]
    legs += _loss_legs(loan, changes.get("loss", 0), chart)
    return Booking(loan, row, state, position, legs, changes.get("cash", 0))


def with_accrual(loan: Loan, state: LoanState, position: dict[str, int]) -> dict[str, int]:
    """The position with what is left of the interest that a month's end counted before it was paid."""
    accrued = loan.posted.get(ACCRUED, 0)
    if not accrued or state.status != "active":
        return position
    before = -loan.posted.get(EARNED, 0) - accrued
    left = accrual_left(accrued, before, -position.get(EARNED, 0))
    return accrue(position, left)


def accrue(position: Mapping[str, int], amount: int) -> dict[str, int]:
    """A cash position with so much interest earned beside it."""
    found = {**position, ACCRUED: amount, EARNED: position.get(EARNED, 0) - amount}
    return {use: sum for use, sum in found.items() if sum}


def _after_write_off(events: list[Event], on: date) -> frozenset[str]:
    """Payments that came in once the loan had left the books."""
    found, gone = set(), False
    for event in in_order(events, on):
        gone = gone or isinstance(event, WriteOff)
        if gone and isinstance(event, Payment | Prepayment | EarlyPayoff):
            found.add(event.id)
    return frozenset(found)


def _loss_legs(loan: Loan, loss: int, chart: Chart) -> list[NewLeg]:
    """What a write-off costs: first out of what was set aside, then out of the year."""
    if not loss:
        return []
    if loss < 0:  # a write-off taken back
        return [NewLeg(chart["loan_provision"], loss)]
    account = Account.objects.of(loan.cooperative_id).get(use="loan_provision")
    borne = min(loss, max(0, balance_now(account)))
    legs = [NewLeg(account.id, borne), NewLeg(chart["provision_expense"], loss - borne)]
    return [leg for leg in legs if leg.amount_rupiah]


def entry_of(booking: Booking, entry_id: UUID, today: date, kind: str, memo: str) -> NewEntry:
    return NewEntry(entry_id, today, kind, booking.legs, memo)


def refuse_too_much(booking: Booking) -> None:
    """Money beyond all that is owed is not taken. Raises `CannotServeLoan`."""
    kept = -booking.loan.posted.get("deposits_held", 0)
    if booking.state.credit > kept:
        more = booking.state.credit - kept
        text = f"Jumlah ini {format_rupiah(more)} lebih dari seluruh sisa pinjaman."
        raise CannotServeLoan(Reason("more_than_owed", text, field="amount_rupiah"))


def refuse_empty_till(till: TillDay, cash: int) -> None:
    if cash < 0 and expected_in(till) + cash < 0:
        text = "Uang di kas tidak cukup."
        raise CannotUseTill(Reason("not_in_till", text, field="amount_rupiah", way_out="Ambil uang dari bank dulu."))


def keep(booking: Booking, today: date) -> None:
    """Write the event and where the loan stands now."""
    loan, state = booking.loan, booking.state
    if booking.event is not None:
        booking.event.save(force_insert=True)
    loan.status = LoanStatus(state.status)
    loan.ended_on = None if state.status == "active" else loan.ended_on or today
    loan.posted = booking.position
    loan.next_due_on = min((line.due_on for line in state.lines if line.open.total > 0), default=None)
    loan.version += 1
    loan.save(update_fields=["status", "ended_on", "posted", "next_due_on", "version", "disbursed_on", "contract"])


def give_slip(
    booking: Booking, till: TillDay, *, id: UUID, on: date, kind: str, number: int,
    reverses: MoneySlip | None = None, approval: PayoutApproval | None = None,
) -> dict[str, object]:  # fmt: skip
    """What the borrower holds in the hand: the money, and the principal that is left after it."""
    loan, balance = booking.loan, booking.state.principal_outstanding
    slip = MoneySlip.objects.create(
        id=id, village_code=loan.village_code, cooperative_id=loan.cooperative_id, till=till, member=loan.member,
        on=on, kind=kind, use="loans", holder_id=loan.id, amount_rupiah=booking.cash, balance_rupiah=balance,
        number=number, code=code_of(id, on, booking.cash, balance), reverses=reverses,
    )  # fmt: skip
    if approval is not None:
        approval.slip = slip
        approval.save(update_fields=["slip"])
    return slip_answer(slip)


def slip_answer(slip: MoneySlip) -> dict[str, object]:
    return {"id": str(slip.id), "number": slip.number, "balance_rupiah": slip.balance_rupiah, "code": slip.code}


def tell(event: str, loan: Loan, **details: object) -> None:
    """An event about a loan and its member."""
    note(event, loan.cooperative, Subject("loan", loan.id), member=str(loan.member_id), **details)
