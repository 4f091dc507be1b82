"""A loan gets a new table: one person proposes it with a reason, a member of the board agrees. Nothing is forgiven.

Order of locks, always: the loan, the proposal, the book.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.cooperative.actions.ledger.books import books_of, refuse_future
from desmigratif.cooperative.actions.loans.instalments import running_loan, without_money
from desmigratif.cooperative.actions.loans.money import locked_loan, tell
from desmigratif.cooperative.inputs.loans import DecideReschedule, ProposeReschedule
from desmigratif.cooperative.models import Cooperative, Loan, LoanEventKind, Reschedule
from desmigratif.cooperative.queries.loans.reschedules import new_table_for
from desmigratif.cooperative.queries.loans.standing import agreed, grade_now
from desmigratif.cooperative.rules.write_off import reasons_not_to_agree
from desmigratif.shared.reasons import Reason, Refusal


class CannotReschedule(Refusal):
    code = "cannot_reschedule"


@action("cooperative.propose_reschedule", Permission.MONEY_APPROVE)
def propose_reschedule(*, by: Actor, given: ProposeReschedule, now: datetime) -> Reschedule:
    """Say which new table a family can keep to, and why, for a member of the board to decide."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_APPROVE)
    today = _refuse_another_day(cooperative, given.on, now)
    loan = running_loan(cooperative, given.loan_id)
    reasons = _reasons_against_table(given.first_due_on, today)
    if given.interest_free > given.instalments:
        text = "Angsuran bebas jasa tidak boleh lebih banyak dari angsurannya."
        reasons.append(Reason("too_large", text, field="interest_free"))
    if new_table_for(loan) is not None:
        reasons.insert(0, Reason("proposed_already", "Sudah ada usulan jadwal ulang yang menunggu keputusan."))
    if reasons:
        raise CannotReschedule(reasons)
    proposal = Reschedule.objects.create(
        id=given.proposal_id, village_code=cooperative.village_code, cooperative=cooperative, loan=loan,
        instalments=given.instalments, first_due_on=given.first_due_on, interest_free=given.interest_free,
        capitalise=given.capitalise, reason=given.reason, proposed_on=given.on, proposed_by=by.id,
    )  # fmt: skip
    tell("reschedule.proposed", loan, proposal=str(proposal.id))
    return proposal


@action("cooperative.decide_reschedule", Permission.MONEY_APPROVE)
def decide_reschedule(*, by: Actor, given: DecideReschedule, now: datetime) -> Reschedule:
    """Agree, as another of the board, and the new table holds; or say no. Who proposed may withdraw it."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_APPROVE)
    today = _refuse_another_day(cooperative, given.on, now)
    rows = Reschedule.objects.of(cooperative)
    found = get_or_refuse(rows, "proposal_id", id=given.proposal_id)
    find = running_loan if given.answer == "yes" else locked_loan
    loan = find(cooperative, found.loan_id)
    proposal = rows.select_for_update().get(id=found.id)
    if reasons := _reasons_not_to_decide(proposal, by, given.answer, today):
        raise CannotReschedule(reasons)
    if given.answer == "yes":
        payload = _payload(loan, proposal, today)
        without_money(cooperative, loan, by, given.entry_id, given.on, today, LoanEventKind.RESCHEDULE, payload)
    proposal.decided_on, proposal.decided_by = given.on, by.id
    proposal.is_agreed, proposal.decision = given.answer == "yes", given.decision
    proposal.save(update_fields=["decided_on", "decided_by", "is_agreed", "decision"])
    tell("reschedule.decided", loan, proposal=str(proposal.id), answer=given.answer)
    return proposal


def _refuse_another_day(cooperative: Cooperative, on: date, now: datetime) -> date:
    today = refuse_future(cooperative.village_code, on, now)
    if on != today:
        raise CannotReschedule(Reason("not_today", "Keputusan ini dicatat pada hari ini.", field="on"))
    return today


def _reasons_against_table(first_due_on: date, today: date) -> list[Reason]:
    if first_due_on > today:
        return []
    text = "Angsuran pertama harus sesudah hari ini."
    return [Reason("too_early", text, field="first_due_on", way_out="Usulkan lagi dengan tanggal yang akan datang.")]


def _reasons_not_to_decide(proposal: Reschedule, by: Actor, answer: str, today: date) -> list[Reason]:
    if proposal.decided_on is not None:
        return [Reason("decided_already", "Usulan ini sudah diputuskan.", field="proposal_id")]
    decides = by.may(Permission.LOAN_DECIDE, proposal.village_code)
    is_proposer = proposal.proposed_by == by.id
    if answer == "no":
        return reasons_not_to_agree(is_proposer=False, decides=decides or is_proposer, what="Jadwal ulang")
    reasons = reasons_not_to_agree(is_proposer=is_proposer, decides=decides, what="Jadwal ulang")
    return reasons or _reasons_against_table(proposal.first_due_on, today)


def _payload(loan: Loan, proposal: Reschedule, today: date) -> dict[str, Any]:
    """What stays with the loan: the table, and how bad the loan was, which the table does not mend."""
    every = agreed(loan).terms.every
    return {
        "instalments": proposal.instalments, "first_due_on": proposal.first_due_on.isoformat(),
        "capitalise": proposal.capitalise, "every": {"count": every.count, "unit": every.unit},
        "reason": proposal.reason, "interest_free": proposal.interest_free,
        "class_before": grade_now(loan, today).code,
    }  # fmt: skip
