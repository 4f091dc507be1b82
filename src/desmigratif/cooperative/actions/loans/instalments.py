"""What happens to a loan that was handed out: instalments, early payment, a judgement, and taking back.

Order of locks, always: loans by id, the cashier's till, the book.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.cooperative.actions.ledger.books import books_of, refuse_future
from desmigratif.cooperative.actions.ledger.posting import post_entry
from desmigratif.cooperative.actions.loans.money import (
    Booking,
    CannotServeLoan,
    entry_of,
    event_row,
    give_slip,
    keep,
    locked_loan,
    reckon,
    refuse_empty_till,
    refuse_too_much,
    slip_answer,
    standing_event,
    tell,
)
from desmigratif.cooperative.actions.till import till_for
from desmigratif.cooperative.inputs.loans import (
    JudgeLoan,
    PayOffLoan,
    Prepay,
    ReverseLoanEvent,
    TakeInstalment,
)
from desmigratif.cooperative.models import (
    Cooperative,
    Loan,
    LoanEvent,
    LoanEventKind,
    LoanStatus,
    MoneySlip,
    TillDay,
)
from desmigratif.cooperative.queries.ledger.books import chart_of
from desmigratif.cooperative.queries.loans.group import carrier_of
from desmigratif.cooperative.queries.loans.standing import payoff_of
from desmigratif.shared.reasons import Reason
from desmigratif.shared.rupiah import format_rupiah

MEMOS = {
    LoanEventKind.PAYMENT: "Angsuran pinjaman", LoanEventKind.PREPAYMENT: "Angsuran lebih awal",
    LoanEventKind.PAYOFF: "Pelunasan pinjaman",
}  # fmt: skip


@action("cooperative.take_instalment", Permission.MONEY_TAKE)
def take_instalment(*, by: Actor, given: TakeInstalment, now: datetime) -> dict[str, object]:
    """Take money for a loan, laid out by the product's order; also for a day that has passed, also after a write-off.

    The till and the books hold it today; the loan counts it on the day it was received.
    """
    payload: dict[str, Any] = {"amount": given.amount_rupiah}
    if given.carried_by_id is not None:
        payload["carried_by"] = str(given.carried_by_id)
    return _take(by, given, now, LoanEventKind.PAYMENT, payload)


@action("cooperative.prepay_loan", Permission.MONEY_TAKE)
def prepay_loan(*, by: Actor, given: Prepay, now: datetime) -> dict[str, object]:
    """Take money that lowers the principal at once, after what is due."""
    payload = {"amount": given.amount_rupiah, "effect": given.effect}
    return _take(by, given, now, LoanEventKind.PREPAYMENT, payload)


@action("cooperative.pay_off_loan", Permission.MONEY_TAKE)
def pay_off_loan(*, by: Actor, given: PayOffLoan, now: datetime) -> dict[str, object]:
    """End a loan early, at the sum of today."""
    return _take(by, given, now, LoanEventKind.PAYOFF, {"amount": given.amount_rupiah})


def _take(
    by: Actor, given: TakeInstalment, now: datetime, kind: LoanEventKind, payload: Mapping[str, Any]
) -> dict[str, object]:
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    today = refuse_future(cooperative.village_code, given.on, now)
    loan = locked_loan(cooperative, given.loan_id)
    if standing_event(loan, given.entry_id, kind, payload) is not None:
        return slip_answer(MoneySlip.objects.of(cooperative).get(id=given.entry_id))
    if given.carried_by_id is not None:
        carrier_of(loan, given.carried_by_id)
    till = till_for(cooperative, by, today, now)
    booking = money_for(loan, by, given.entry_id, given.on, today, kind, payload)
    if kind == LoanEventKind.PAYOFF and booking.state.status != "paid":
        raise CannotServeLoan(_NOT_PAID_OFF)
    keep(booking, today)
    entry = entry_of(booking, given.entry_id, today, f"loan.{kind}", MEMOS[kind])
    posted = post_entry(cooperative, entry)
    tell(f"loan.{kind}", loan, number=posted.number, on=given.on.isoformat())
    return give_slip(booking, till, id=given.entry_id, on=today, kind=f"loan.{kind}", number=posted.number)


_NOT_PAID_OFF = Reason("not_paid_off", "Dengan jumlah ini pinjaman belum lunas.", field="amount_rupiah")


def money_for(
    loan: Loan, by: Actor, id: UUID, on: date, today: date, kind: LoanEventKind, payload: Mapping[str, Any]
) -> Booking:
    """Money for one locked loan, reckoned. Raises `CannotServeLoan`."""
    if reasons := _reasons_not_to_take(loan, on, today, kind, payload["amount"]):
        raise CannotServeLoan(reasons)
    row = event_row(loan, by, id=id, on=on, today=today, kind=kind, payload=payload, amount=payload["amount"])
    booking = reckon(loan, row, today, chart_of(loan.cooperative))
    refuse_too_much(booking)
    return booking


def _reasons_not_to_take(loan: Loan, on: date, today: date, kind: LoanEventKind, amount: int) -> list[Reason]:
    if loan.status == LoanStatus.PAID:
        return [Reason("paid_already", "Pinjaman ini sudah lunas.", field="loan_id")]
    if loan.status not in (LoanStatus.ACTIVE, LoanStatus.WRITTEN_OFF):
        return [Reason("not_disbursed", "Pinjaman ini belum dicairkan.", field="loan_id")]
    if kind == LoanEventKind.PAYMENT:
        return []
    if loan.status == LoanStatus.WRITTEN_OFF:
        text = "Pinjaman ini sudah dihapus buku. Catat uangnya sebagai angsuran."
        return [Reason("written_off", text, field="loan_id")]
    if kind == LoanEventKind.PAYOFF:
        if on != today:
            return [Reason("not_today", "Pelunasan dihitung pada hari ini.", field="on")]
        owed = payoff_of(loan, today).total
        if amount != owed:
            text = f"Jumlah pelunasan hari ini {format_rupiah(owed)}."
            return [Reason("other_sum", text, field="amount_rupiah")]
    return []


# --- the board's word ---


@action("cooperative.judge_loan", Permission.LOAN_DECIDE)
def judge_loan(*, by: Actor, given: JudgeLoan, now: datetime) -> Loan:
    """Write down what is seen ahead for a running loan: rescuable, not, or handed over to a court or an insurer."""
    cooperative = books_of(by, given.cooperative_id, Permission.LOAN_DECIDE)
    today = refuse_future(cooperative.village_code, given.on, now)
    loan = running_loan(cooperative, given.loan_id)
    if given.on != today:
        raise CannotServeLoan(Reason("not_today", "Penilaian dicatat pada hari ini.", field="on"))
    if given.outlook == loan.outlook:
        raise CannotServeLoan(Reason("said_already", "Penilaiannya sudah begitu.", field="outlook"))
    loan.outlook, loan.outlook_on, loan.outlook_reason = given.outlook, given.on, given.reason
    loan.version += 1
    loan.save(update_fields=["outlook", "outlook_on", "outlook_reason", "version"])
    tell("loan.judged", loan, outlook=given.outlook)
    return loan


def running_loan(cooperative: Cooperative, loan_id: UUID) -> Loan:
    """One loan that runs, locked. Raises `CannotServeLoan` for another."""
    loan = locked_loan(cooperative, loan_id)
    if loan.status != LoanStatus.ACTIVE:
        raise CannotServeLoan(Reason("not_running", "Pinjaman ini tidak sedang berjalan.", field="loan_id"))
    return loan


def without_money(
    cooperative: Cooperative, loan: Loan, by: Actor, id: UUID, on: date, today: date, kind: LoanEventKind,
    payload: Mapping[str, Any],
) -> dict[str, object]:  # fmt: skip
    """An event of a locked loan through which no money passes. Raises `CannotServeLoan` for another day than today."""
    if on != today:
        raise CannotServeLoan(Reason("not_today", "Keputusan ini dicatat pada hari ini.", field="on"))
    standing_event(loan, id, kind, payload)
    row = event_row(loan, by, id=id, on=on, today=today, kind=kind, payload=payload)
    booking = reckon(loan, row, today, chart_of(cooperative))
    keep(booking, today)
    if booking.legs:
        post_entry(cooperative, entry_of(booking, id, today, f"loan.{kind}", LoanEventKind(kind).label))
    tell(f"loan.{kind}", loan)
    return {"id": str(id), "status": loan.status}


# --- taking back ---


@action("cooperative.reverse_loan_event", Permission.MONEY_APPROVE)
def reverse_loan_event(*, by: Actor, given: ReverseLoanEvent, now: datetime) -> dict[str, object]:
    """Take back what another entered by mistake; all that follows it is reckoned again."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_APPROVE)
    today = refuse_future(cooperative.village_code, given.on, now)
    if given.on != today:
        raise CannotServeLoan(Reason("not_today", "Pembatalan dicatat pada hari ini.", field="on"))
    loan = locked_loan(cooperative, given.loan_id)
    event = get_or_refuse(LoanEvent.objects.of(cooperative), "event_id", id=given.event_id, loan=loan)
    _refuse_to_reverse(event, by)
    slip, till = _slip_and_till(cooperative, event)
    payload = {"of": str(event.id), "reason": given.reason}
    row = event_row(
        loan, by, id=given.entry_id, on=today, today=today, kind=LoanEventKind.REVERSAL, payload=payload,
        amount=-event.amount_rupiah, reverses=event,
    )  # fmt: skip
    booking = reckon(loan, row, today, chart_of(cooperative))
    if till is not None:
        refuse_empty_till(till, booking.cash)
    keep(booking, today)
    number = 0
    if booking.legs:
        memo = f"Pembatalan: {given.reason}"
        number = post_entry(cooperative, entry_of(booking, row.id, today, "loan.reversal", memo)).number
    tell("loan.reversal", loan, taken_back=str(event.id))
    if slip is None or till is None:
        return {"id": str(row.id), "status": loan.status}
    return give_slip(booking, till, id=row.id, on=today, kind=slip.kind, number=number, reverses=slip)


def _refuse_to_reverse(event: LoanEvent, by: Actor) -> None:
    if event.kind == LoanEventKind.REVERSAL:
        text = "Pembatalan tidak dapat dibatalkan."
        raise CannotServeLoan(Reason("not_here", text, field="event_id", way_out="Catat sekali lagi yang benar."))
    if event.payload.get("set_off"):
        text = "Pembayaran dari simpanan tidak dapat dibatalkan."
        raise CannotServeLoan(Reason("not_here", text, field="event_id"))
    if LoanEvent.objects.of(event.cooperative_id).filter(reverses=event).exists():
        raise CannotServeLoan(Reason("reversed_already", "Ini sudah dibatalkan.", field="event_id"))
    if event.actor_id == by.id:
        text = "Yang mencatat dan yang membatalkan harus dua orang."
        raise CannotServeLoan(Reason("same_person", text, field="event_id"))


def _slip_and_till(cooperative: Cooperative, event: LoanEvent) -> tuple[MoneySlip | None, TillDay | None]:
    """The slip of an event with money, and its till, locked. Raises `CannotServeLoan` when that till is closed."""
    if not event.amount_rupiah:
        return None, None
    slip = MoneySlip.objects.of(cooperative).get(id=event.id)
    open_tills = TillDay.objects.of(cooperative).select_for_update().filter(closed_at__isnull=True)
    till = open_tills.filter(slips=slip.id).first()
    if till is None:
        text = "Kas hari itu sudah ditutup."
        way_out = "Bendahara mencatat pembetulannya dengan jurnal."
        raise CannotServeLoan(Reason("till_closed", text, field="event_id", way_out=way_out))
    return slip, till
