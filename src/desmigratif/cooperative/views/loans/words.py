"""What a loan's pages show, as plain rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from desmigratif.cooperative.models import Cooperative, Loan, LoanEvent, LoanEventKind, LoanStatus
from desmigratif.cooperative.queries.loans.group import payers_instead
from desmigratif.cooperative.queries.loans.standing import StandingLoan, agreed, loans_of_member
from desmigratif.cooperative.rules.loans.effective_rate import (
    check_loan_cap,
    declining_equivalent_percent,
    effective_annual_percent,
)
from desmigratif.cooperative.rules.loans.life.state import LoanState
from desmigratif.cooperative.rules.loans.schedule import Schedule, make_schedule
from desmigratif.cooperative.rules.rates import percent_text
from desmigratif.cooperative.views.common import families_of, place
from desmigratif.shared.dates import format_date
from desmigratif.shared.rupiah import format_rupiah

LOAN_STATES = {
    LoanStatus.APPLIED: "cek", LoanStatus.APPROVED: "aman", LoanStatus.DECLINED: "tidaktahu",
    LoanStatus.ACTIVE: "aman", LoanStatus.PAID: "aman", LoanStatus.WRITTEN_OFF: "henti",
}  # fmt: skip
CLASS_STATES = {"current": "aman", "substandard": "cek", "doubtful": "henti", "loss": "henti"}


def quote_of(schedule: Schedule) -> dict[str, Any]:
    """A schedule with what it really costs beside it."""
    effective, declining = effective_annual_percent(schedule), declining_equivalent_percent(schedule)
    cap = check_loan_cap(schedule)
    fee = schedule.terms.fees_on("disbursement")
    return {
        "rows": schedule.rows, "schedule": schedule, "fee": fee, "handed_out": schedule.terms.principal - fee,
        "effective": percent_text(effective) if effective is not None else "",
        "declining": percent_text(declining) if declining is not None else "",
        "flat": percent_text(schedule.terms.annual_rate_percent), "is_flat": schedule.terms.method == "flat",
        "cap": percent_text(cap.percent) if cap.percent is not None else "", "within": cap.within,
        "citation": cap.citation,
    }  # fmt: skip


def price_of(loan: Loan) -> dict[str, Any] | None:
    """What a loan costs by its contract; None where the paper books hold the contract."""
    if "annual_percent" in (loan.contract or {}):
        return None
    return quote_of(make_schedule(agreed(loan).terms))


def standing_rows(loans: Iterable[StandingLoan], today: date) -> list[dict[str, Any]]:
    """Loans in a list, each with what is due and what the family agreed that the cooperative may know."""
    loans = list(loans)
    families = families_of([one.loan.member for one in loans], today)
    return [
        {
            "loan": one.loan, "name": one.loan.member.name, "url": place("loan", one.loan.id),
            "due_on": one.loan.next_due_on, "due": one.state.due.total, "days": one.state.arrears_days,
            "left": one.state.principal_outstanding, "grade": one.grade.label, "state": CLASS_STATES[one.grade.code],
            "family": families.get(one.loan.member_id, []), "payer": one.loan.payer,
        }
        for one in loans
    ]  # fmt: skip


def rows_of_member(cooperative: Cooperative, member_id: UUID, today: date, *, to: str = "loan") -> list[dict[str, Any]]:
    """A member's loans as lines: what is left, what is asked now; `to` names the page behind a running one."""
    running, waiting = loans_of_member(cooperative, member_id, today)
    found: list[dict[str, Any]] = []
    for one in running:
        due, since = one.state.due.total, one.loan.next_due_on
        asked = _("Diminta %(sum)s, jatuh tempo %(day)s") if due else _("Angsuran berikutnya %(day)s")
        said = asked % {"sum": format_rupiah(due), "day": format_date(since) if since else "-"}
        left = format_rupiah(one.state.principal_outstanding)
        title = _("%(product)s, sisa pokok %(left)s") % {"product": one.loan.product.name, "left": left}
        found.append(
            {"title": title, "detail": said, "icon": "wallet", "urgent": bool(due), "url": place(to, one.loan.id)}
        )
    for waits in waiting:
        title = f"{waits.product.name}, {format_rupiah(waits.amount_rupiah)}"
        status = LoanStatus(waits.status).label
        found.append({"title": title, "detail": status, "icon": "hourglass", "url": place("loan", waits.id)})
    return found


def line_rows(state: LoanState) -> list[dict[str, Any]]:
    """Every instalment with what was paid and what is open."""
    last = {line.n: line for line in state.lines}  # what was paid ahead bears the number of the instalment it lowers
    return [
        {
            "line": line, "n": line.n if line.n and last[line.n] is line else "–", "word": word,
            "state": badge, "asked": line.asked.total, "paid": line.paid.total,
            "open": line.open.total,
        }
        for line in state.lines
        for word, badge in [_standing_of(line.open.total, line.due_on < state.on, line.due_on == state.on)]
    ]  # fmt: skip


def _standing_of(still_open: int, is_late: bool, is_today: bool) -> tuple[str, str]:
    if not still_open:
        return _("Lunas"), "aman"
    if is_late:
        return _("Terlambat"), "henti"
    return (_("Hari ini"), "cek") if is_today else (_("Nanti"), "tidaktahu")


def event_rows(loan: Loan, events: list[LoanEvent], *, may_reverse: bool) -> list[dict[str, Any]]:
    """What happened, the latest first; what was taken back is said."""
    gone = {event.reverses_id for event in events if event.reverses_id}
    carried = {id: _("oleh %s") % name for id, name in payers_instead(loan, events).items()}
    return [
        {
            "event": event, "word": LoanEventKind(event.kind).label, "gone": event.id in gone,
            "reason": event.payload.get("reason", "") or carried.get(event.payload.get("carried_by", ""), ""),
            "slip": place("slip", event.id) if event.amount_rupiah or event.payload.get("set_off") else "",
            "reverse": place("reverse_loan_event", event.id)
            if may_reverse and event.id not in gone and _may_be_taken_back(event)
            else "",
        }
        for event in events
    ]  # fmt: skip


def _may_be_taken_back(event: LoanEvent) -> bool:
    """What came out of savings stays, as a reversal does."""
    return event.kind != LoanEventKind.REVERSAL and not event.payload.get("set_off")
