"""What is not paid leaves the books: one person proposes with a ground, a member of the board agrees. The claim stays.

Order of locks, always: the loan or contract, the proposal, the book.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.cooperative.actions.business.moves import Move, Posting, make_move
from desmigratif.cooperative.actions.ledger.books import books_of, refuse_future
from desmigratif.cooperative.actions.ledger.posting_sql import lock_book_of
from desmigratif.cooperative.actions.loans import money
from desmigratif.cooperative.actions.loans.instalments import running_loan, without_money
from desmigratif.cooperative.actions.loans.set_off import use_held
from desmigratif.cooperative.actions.sharia import contracts
from desmigratif.cooperative.inputs.write_offs import DecideWriteOff, ProposeWriteOff
from desmigratif.cooperative.models import (
    Account,
    Cooperative,
    Loan,
    LoanEventKind,
    LoanStatus,
    MoneySource,
    MoveKind,
    WriteOff,
)
from desmigratif.cooperative.queries.ledger.books import balance_now, chart_of
from desmigratif.cooperative.queries.loans.standing import grade_now
from desmigratif.cooperative.queries.sharia.contracts import StandingContract, standing_contract
from desmigratif.cooperative.queries.sharia.quality import grade_of_contract
from desmigratif.cooperative.queries.write_offs import waiting_for
from desmigratif.cooperative.rules.loans.collectibility import Class
from desmigratif.cooperative.rules.sharia.contracts import reasons_not_to_lose
from desmigratif.cooperative.rules.write_off import reasons_not_to_agree, reasons_not_to_write_off
from desmigratif.shared.reasons import InvalidInput, Reason, Refusal

Thing = Loan | StandingContract


class CannotWriteOff(Refusal):
    code = "cannot_write_off"


@action("cooperative.propose_write_off", Permission.MONEY_APPROVE)
def propose_write_off(*, by: Actor, given: ProposeWriteOff, now: datetime) -> WriteOff:
    """Say that a loan or a contract will not be paid, and why, for a member of the board to decide."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_APPROVE)
    _refuse_another_day(cooperative, given.on, now)
    thing = _locked(cooperative, given.loan_id, given.contract_id)
    reasons = reasons_not_to_write_off(given.ground, _grade(thing, given.on), given.on)
    if waiting_for(thing if isinstance(thing, Loan) else thing.contract) is not None:
        text = "Sudah ada usulan hapus buku yang menunggu keputusan."
        reasons.insert(0, Reason("proposed_already", text))
    if reasons:
        raise CannotWriteOff(reasons)
    proposal = WriteOff.objects.create(
        id=given.write_off_id, village_code=cooperative.village_code, cooperative=cooperative, loan_id=given.loan_id,
        contract_id=given.contract_id, ground=given.ground, reason=given.reason, proposed_on=given.on,
        proposed_by=by.id,
    )  # fmt: skip
    _tell("write_off.proposed", thing, proposal=str(proposal.id), ground=given.ground)
    return proposal


@action("cooperative.decide_write_off", Permission.MONEY_APPROVE)
def decide_write_off(*, by: Actor, given: DecideWriteOff, now: datetime) -> WriteOff:
    """Agree, as another of the board, and take it out of the books; or say no. Who proposed may withdraw it."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_APPROVE)
    today = _refuse_another_day(cooperative, given.on, now)
    rows = WriteOff.objects.of(cooperative)
    found = get_or_refuse(rows, "write_off_id", id=given.write_off_id)
    thing = _locked(cooperative, found.loan_id, found.contract_id, also_ended=given.answer == "no")
    proposal = rows.select_for_update().get(id=found.id)
    if reasons := _reasons_not_to_decide(proposal, by, given.answer):
        raise CannotWriteOff(reasons)
    if given.answer == "yes":
        if reasons := reasons_not_to_write_off(proposal.ground, _grade(thing, today), today):
            raise CannotWriteOff(reasons)
        _write_off(cooperative, thing, by, given.entry_id, today, proposal, now)
    proposal.decided_on, proposal.decided_by = given.on, by.id
    proposal.is_agreed, proposal.decision = given.answer == "yes", given.decision
    proposal.save(update_fields=["decided_on", "decided_by", "is_agreed", "decision"])
    _tell("write_off.decided", thing, proposal=str(proposal.id), answer=given.answer)
    return proposal


def _refuse_another_day(cooperative: Cooperative, on: date, now: datetime) -> date:
    today = refuse_future(cooperative.village_code, on, now)
    if on != today:
        raise CannotWriteOff(Reason("not_today", "Keputusan ini dicatat pada hari ini.", field="on"))
    return today


def _locked(
    cooperative: Cooperative, loan_id: UUID | None, contract_id: UUID | None, *, also_ended: bool = False
) -> Thing:
    """The loan or the contract, locked; one that still holds the cooperative's money, unless told otherwise."""
    if loan_id is not None and contract_id is None:
        rows = Loan.objects.of(cooperative).select_related("member", "cooperative", "product", "terms")
        if also_ended:
            return get_or_refuse(rows.select_for_update(of=("self",)), "loan_id", id=loan_id)
        return running_loan(cooperative, loan_id)
    if contract_id is None or loan_id is not None:
        raise InvalidInput(Reason("one_thing", "Pilih satu pinjaman atau satu akad.", field="loan_id"))
    standing = standing_contract(contracts.locked_contract(cooperative, contract_id))
    if not also_ended and (reasons := reasons_not_to_lose(standing.contract.kind, standing.owed_rupiah)):
        raise CannotWriteOff(reasons)
    return standing


def _grade(thing: Thing, on: date) -> Class:
    return grade_now(thing, on).code if isinstance(thing, Loan) else grade_of_contract(thing, on).code


def _tell(event: str, thing: Thing, **details: object) -> None:
    if isinstance(thing, Loan):
        money.tell(event, thing, **details)
    else:
        contracts.tell(event, thing.contract, **details)


def _reasons_not_to_decide(proposal: WriteOff, by: Actor, answer: str) -> list[Reason]:
    if proposal.decided_on is not None:
        return [Reason("decided_already", "Usulan ini sudah diputuskan.", field="write_off_id")]
    decides = by.may(Permission.LOAN_DECIDE, proposal.village_code)
    is_proposer = proposal.proposed_by == by.id
    if answer == "no":
        return reasons_not_to_agree(is_proposer=False, decides=decides or is_proposer)
    return reasons_not_to_agree(is_proposer=is_proposer, decides=decides)


def _write_off(
    cooperative: Cooperative, thing: Thing, by: Actor, entry_id: UUID, today: date, proposal: WriteOff, now: datetime
) -> None:
    if isinstance(thing, Loan):
        use_held(thing, by, today, chart_of(cooperative))  # what secures it pays first
        if thing.status != LoanStatus.ACTIVE:
            return
        payload = {"reason": proposal.reason, "ground": proposal.ground}
        without_money(cooperative, thing, by, entry_id, today, today, LoanEventKind.WRITE_OFF, payload)
        return
    one = thing.contract
    lock_book_of(cooperative.id)  # what was set aside must not change under us
    move = Move(
        entry_id, today, MoveKind.SHARIA_WRITTEN_OFF, one.id, one.member.name, _loss_of(cooperative, thing),
        member=one.member, value=thing.owed_rupiah,
    )  # fmt: skip
    make_move(cooperative, by, move, now)


def _loss_of(cooperative: Cooperative, thing: StandingContract) -> list[Posting]:
    """What leaves the books of a contract, and what bears it: the benevolent fund its own qardh; else first what was
    set aside, then the year. A margin that was not earned yet is nobody's loss."""
    one = thing.contract
    gone: list[Posting] = [(use, -amount, one.id) for use, amount in thing.lost_with_it.items()]
    loss = -sum(amount for _use, amount, _holder in gone)
    if one.source == MoneySource.BENEVOLENT:
        return [*gone, ("fund_benevolent", loss, None)]
    set_aside = balance_now(Account.objects.of(cooperative).get(use="loan_provision"))
    borne = min(loss, max(0, set_aside))
    return [*gone, ("loan_provision", borne, None), ("provision_expense", loss - borne, None)]
