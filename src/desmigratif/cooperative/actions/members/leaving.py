"""Leaving the cooperative with a settlement, and paying out what is kept for somebody."""

from __future__ import annotations

from datetime import date, datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit import memory
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.ledger.books import books_of, refuse_future
from desmigratif.cooperative.actions.ledger.posting_sql import lock_book_of
from desmigratif.cooperative.actions.loans.money import locked_loan
from desmigratif.cooperative.actions.loans.set_off import KEPT, set_off, set_off_paper_debts
from desmigratif.cooperative.actions.savings.month_end import Lines
from desmigratif.cooperative.actions.till import approved_payout, move_money, note, receiver_of, till_for
from desmigratif.cooperative.inputs.month_end import LeaveCooperative, PayOutOwed
from desmigratif.cooperative.models import Cooperative, Loan, Member, MemberStatus, SavingsAccount
from desmigratif.cooperative.queries.business.goods import open_with
from desmigratif.cooperative.queries.ledger.books import chart_of
from desmigratif.cooperative.queries.loans.standing import payoff_of
from desmigratif.cooperative.queries.members.register import (
    guarantees_of,
    paper_debts_of,
    running_loans_of,
    written_off_loans_of,
)
from desmigratif.cooperative.queries.savings.accounts import (
    CAPITAL_USE,
    MemberSavings,
    owed_to,
    savings_of,
    use_of_savings,
)
from desmigratif.cooperative.rules.ledger import NewLeg
from desmigratif.cooperative.rules.members.membership import Leaving, reasons_not_to_leave, settle
from desmigratif.shared.reasons import Reason, Refusal
from desmigratif.shared.rupiah import format_rupiah


class CannotLeave(Refusal):
    code = "cannot_leave"


class CannotPayOwed(Refusal):
    code = "cannot_pay_owed"


def leaving_of(cooperative: Cooperative, member: Member, savings: MemberSavings, on: date) -> Leaving:
    """What a member has and owes today, for the rules of leaving; a loan is what it takes to end it."""
    running = Loan.objects.of(cooperative).running().filter(member=member).select_related("cooperative")
    owed = sum(payoff_of(loan, on).total for loan in running)
    gone = Loan.objects.of(cooperative).filter(id__in=written_off_loans_of(cooperative, member.id))
    claims = sum(payoff_of(loan, on).total for loan in gone.select_related("cooperative"))
    return Leaving(
        entry_savings=savings.principal_rupiah, compulsory_savings=savings.compulsory_rupiah,
        other_savings=sum(one.balance_rupiah for one in savings.accounts),
        loans=owed + sum(paper_debts_of(cooperative, member).values()), written_off=claims,
        guarantees=guarantees_of(cooperative, member),
    )  # fmt: skip


@action("cooperative.leave_cooperative", Permission.MEMBER_MANAGE)
def leave_cooperative(*, by: Actor, given: LeaveCooperative, now: datetime) -> dict[str, object]:
    """End a membership. All savings, less the loans, become a debt to the member or the heirs, paid out at the till."""
    cooperative = books_of(by, given.cooperative_id, Permission.MEMBER_MANAGE)
    today = refuse_future(cooperative.village_code, given.on, now)
    loans = [locked_loan(cooperative, id) for id in running_loans_of(cooperative, given.member_id)]
    written_off = [locked_loan(cooperative, id) for id in written_off_loans_of(cooperative, given.member_id)]
    accounts = SavingsAccount.objects.of(cooperative).open().filter(member_id=given.member_id)
    list(accounts.order_by("id").select_for_update())
    members = Member.objects.of(cooperative).select_related("resident").select_for_update(of=("self",))
    member = get_or_refuse(members, "member_id", id=given.member_id)
    lock_book_of(cooperative.id)
    savings = savings_of(cooperative, member, given.on)
    leaving = leaving_of(cooperative, member, savings, today)
    reasons = _reasons_against(member, given, leaving, today)
    if open_with(cooperative, member):
        text = "Masih ada pesanan, titipan, modal penyertaan, atau akad yang belum selesai."
        reasons = [*reasons, Reason("goods_open", text, way_out="Selesaikan dulu di halaman Usaha.")]
    if reasons:
        raise CannotLeave(reasons)
    lines = Lines(cooperative, chart_of(cooperative), given.on)
    _settle(lines, member, savings)
    if lines.entries:
        lines.post()
    for loan in loans:
        set_off(loan, by, today, lines.chart)
    set_off_paper_debts(cooperative, member, today, lines.chart)
    for loan in written_off:
        set_off(loan, by, today, lines.chart, most=owed_to(cooperative, member).get(KEPT, 0))
    accounts.update(closed_on=given.on)
    member.status, member.left_on, member.left_reason = MemberStatus.LEFT, given.on, given.reason
    member.version += 1
    member.save(update_fields=["status", "left_on", "left_reason", "version"])
    note("member.left", cooperative, Subject("member", member.id), reason=given.reason)
    if member.resident is not None:
        memory.add_timeline(
            village_code=member.resident.village_code, household_id=member.resident.household_id,
            resident_id=member.resident_id, kind="member.left", on=given.on, cooperative=cooperative.name,
        )  # fmt: skip
    return {"id": str(member.id), "to_pay_out_rupiah": settle(leaving).to_pay_out}


def _reasons_against(member: Member, given: LeaveCooperative, leaving: Leaving, today: date) -> list[Reason]:
    if member.status == MemberStatus.LEFT:
        return [Reason("left", "Anggota ini sudah keluar.", field="member_id")]
    if given.on < (member.joined_on or member.applied_on):
        return [Reason("before_joining", "Tanggal keluar sebelum tanggal masuk.", field="on")]
    reasons = reasons_not_to_leave(leaving)
    if (leaving.loans or leaving.written_off) and given.on != today:
        text = "Pinjaman dilunasi dari simpanan pada hari ini, jadi tanggal keluarnya hari ini."
        reasons.append(Reason("not_today", text, field="on"))
    return reasons


def _settle(lines: Lines, member: Member, savings: MemberSavings) -> None:
    """One line for each kind of savings, all of them to what is owed to leavers."""
    parts = [
        (CAPITAL_USE["entry"], member.id, savings.principal_rupiah),
        (CAPITAL_USE["compulsory"], member.id, savings.compulsory_rupiah),
        *((use_of_savings(one.account), one.account.id, one.balance_rupiah) for one in savings.accounts),
    ]
    for use, holder, amount in parts:
        kept = NewLeg(lines.chart["leavers_payable"], -amount, member.id)
        lines.add(member, "member.settled", use, holder, -amount, kept)


@action("cooperative.pay_out_owed", Permission.MONEY_TAKE)
def pay_out_owed(*, by: Actor, given: PayOutOwed, now: datetime) -> dict[str, object]:
    """Hand out what is kept for somebody who left, or interest that waited; above the limit with a second person."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    member = get_or_refuse(Member.objects.of(cooperative).select_for_update(), "member_id", id=given.member_id)
    till = till_for(cooperative, by, given.on, now)
    receiver = receiver_of(cooperative, member, given.receiver_id)
    kept = owed_to(cooperative, member).get(given.use, 0)
    if given.amount_rupiah > kept:
        text = f"Yang dapat diambil paling banyak {format_rupiah(kept)}."
        raise CannotPayOwed(Reason("above_balance", text, field="amount_rupiah"))
    approval = approved_payout(
        cooperative, by, holder_id=member.id, amount_rupiah=given.amount_rupiah, on=given.on,
        approval_id=given.approval_id,
    )  # fmt: skip
    return move_money(
        cooperative, till, member, entry_id=given.entry_id, on=given.on, kind="owed.paid_out", use=given.use,
        holder_id=member.id, amount_rupiah=-given.amount_rupiah, approval=approval, receiver=receiver,
    )  # fmt: skip
