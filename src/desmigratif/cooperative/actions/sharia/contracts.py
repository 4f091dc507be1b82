"""Sharia contracts up to the moment they are agreed on; and the day on which books become sharia."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.ledger.books import books_of, refuse_future
from desmigratif.cooperative.actions.ledger.chart import open_accounts
from desmigratif.cooperative.actions.ledger.posting_sql import lock_book_of
from desmigratif.cooperative.actions.loans.lending import voice_of
from desmigratif.cooperative.actions.till import note
from desmigratif.cooperative.inputs.sharia.contracts import (
    AgreeToRelatedContract,
    AskForContract,
    DecideContract,
    DeclareSharia,
    GrantRebate,
)
from desmigratif.cooperative.models import (
    ContractStatus,
    Cooperative,
    Loan,
    LoanStatus,
    Member,
    MoneySource,
    SavingsRate,
    ShariaContract,
)
from desmigratif.cooperative.queries.loans.limits import lending_figures, related_roles_of
from desmigratif.cooperative.queries.sharia.contracts import standing_contract
from desmigratif.cooperative.rules.loans.limits import is_related, reasons_not_approved, reasons_not_to_lend_so_much
from desmigratif.cooperative.rules.sharia import contracts as rules
from desmigratif.cooperative.rules.sharia.murabahah import reasons_not_to_rebate
from desmigratif.shared.dated import value_on
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason, Refusal


class CannotDeclareSharia(Refusal):
    code = "cannot_declare_sharia"


class CannotMakeContract(Refusal):
    code = "cannot_make_contract"


@action("cooperative.declare_sharia", Permission.COOPERATIVE_SET_UP)
def declare_sharia(*, by: Actor, given: DeclareSharia, now: datetime) -> Cooperative:
    """Let the books know contracts and no interest from a day on, with the accounts that they need."""
    cooperative = books_of(by, given.cooperative_id, Permission.COOPERATIVE_SET_UP)
    refuse_future(cooperative.village_code, given.on, now)
    lock_book_of(cooperative.id)
    cooperative.refresh_from_db(fields=["sharia_since"])
    reasons = rules.reasons_not_to_declare(
        sharia_since=cooperative.sharia_since,
        loans_running=Loan.objects.of(cooperative).filter(status__in=_RUNNING).count(),
        products_with_rate=_products_with_rate(cooperative), on=given.on, opened_on=cooperative.opened_on,
    )  # fmt: skip
    if reasons:
        raise CannotDeclareSharia(reasons)
    cooperative.sharia_since = given.on
    cooperative.save(update_fields=["sharia_since"])
    open_accounts(cooperative, value_on("cooperative_sharia.accounts", given.on))
    unit.record(
        "cooperative.declared_sharia", village_code=cooperative.village_code,
        subjects=[Subject("cooperative", cooperative.id)], on=given.on.isoformat(), decision=given.decision,
    )  # fmt: skip
    unit.changed("cooperative.cooperative", cooperative.village_code, cooperative.id)
    return cooperative


_RUNNING = (LoanStatus.APPLIED, LoanStatus.APPROVED, LoanStatus.ACTIVE)


def _products_with_rate(cooperative: Cooperative) -> int:
    """How many ways to save promise a return now."""
    rates = dict(
        SavingsRate.objects.of(cooperative).order_by("since").values_list("product_id", "annual_percent")
    )  # the last one stands
    return sum(1 for percent in rates.values() if percent)


@action("cooperative.ask_for_contract", Permission.MONEY_TAKE)
def ask_for_contract(*, by: Actor, given: AskForContract, now: datetime) -> ShariaContract:
    """Write down what a member asks for, with everything that the contract will say."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    refuse_future(cooperative.village_code, given.on, now)
    member = get_or_refuse(Member.objects.of(cooperative).belonging(), "member_id", id=given.member_id)
    reasons = rules.reasons_not_to_serve_contracts(cooperative.sharia_since, given.on)
    reasons = reasons or rules.reasons_against_terms(_terms(given), given.on)
    if reasons:
        raise CannotMakeContract(reasons)
    sums = given.model_dump(
        include={
            "kind", "goods", "amount_rupiah", "margin_rupiah", "rent_rupiah", "residual_rupiah", "share_percent",
            "members_capital_rupiah", "instalments", "first_due_on", "late_charge_rupiah", "by_agent", "fee_rupiah",
            "fee_for", "source",
        }
    )  # fmt: skip
    contract = ShariaContract.objects.create(
        id=given.contract_id, village_code=cooperative.village_code, cooperative=cooperative, member=member,
        asked_on=given.on, asked_by=by.id, **sums,
        related_roles=related_roles_of(cooperative, member, given.related_roles, given.on),
    )  # fmt: skip
    tell("sharia_contract.asked", contract)
    return contract


def _terms(given: AskForContract) -> rules.Terms:
    return rules.Terms(
        kind=given.kind, amount=given.amount_rupiah, margin=given.margin_rupiah, rent=given.rent_rupiah,
        residual=given.residual_rupiah, share_percent=given.share_percent,
        members_capital=given.members_capital_rupiah, instalments=given.instalments,
        first_due_on=given.first_due_on, late_charge=given.late_charge_rupiah, by_agent=given.by_agent,
        fee=given.fee_rupiah, fee_for=given.fee_for, source=given.source,
    )  # fmt: skip


@action("cooperative.decide_contract", Permission.LOAN_DECIDE)
def decide_contract(*, by: Actor, given: DecideContract, now: datetime) -> ShariaContract:
    """Say yes or no to what was asked for, as another than who wrote it down."""
    cooperative = books_of(by, given.cooperative_id, Permission.LOAN_DECIDE)
    refuse_future(cooperative.village_code, given.on, now)
    contract = locked_contract(cooperative, given.contract_id)
    if contract.status != ContractStatus.ASKED:
        raise CannotMakeContract(Reason("decided_already", "Permintaan ini sudah diputuskan.", field="contract_id"))
    if contract.asked_by == by.id:
        text = "Yang mencatat permintaan tidak ikut memutuskan."
        raise CannotMakeContract(Reason("entered_it", text, field="answer"))
    if given.on < contract.asked_on:
        raise CannotMakeContract(Reason("before_asking", "Tanggalnya sebelum permintaan dicatat.", field="on"))
    if given.answer == "yes" and (reasons := _reasons_not_to_agree(contract, by, given)):
        raise CannotMakeContract(reasons)
    contract.status = ContractStatus.AGREED if given.answer == "yes" else ContractStatus.DECLINED
    contract.decided_on, contract.decided_by, contract.decision = given.on, by.id, given.decision
    contract.version += 1
    contract.save(update_fields=["status", "decided_on", "decided_by", "decision", "related_roles", "version"])
    tell("sharia_contract.decided", contract, answer=given.answer)
    return contract


def _reasons_not_to_agree(contract: ShariaContract, by: Actor, given: DecideContract) -> list[Reason]:
    """Whose yes is missing, and the limits of lending, which hold for a contract as they do for a loan. What the
    benevolent fund lends is not the cooperative's capital: there both boards agree, and the fund is its own limit."""
    if given.has_interest:
        text = "Akad ini untuk Anda atau keluarga Anda, jadi pengurus lain yang memutuskan."
        return [Reason("own_interest", text, field="has_interest")]
    books, on = contract.cooperative, given.on
    contract.related_roles = related_roles_of(books, contract.member, contract.related_roles, on)
    voices = [voice_of(by, books)] + ["supervisors"] * (contract.supervisors_agreed_on is not None)
    if contract.source == MoneySource.BENEVOLENT:
        return reasons_not_approved(voices, on) if is_related(contract.related_roles, on) else []
    figures = lending_figures(books, contract.member, on, but=contract.id)
    return reasons_not_to_lend_so_much(contract.amount_rupiah, contract.related_roles, figures, voices, on)


@action("cooperative.agree_to_related_contract", Permission.COOPERATIVE_SEE)
def agree_to_related_contract(*, by: Actor, given: AgreeToRelatedContract, now: datetime) -> ShariaContract:
    """The supervisors' yes, which a contract with a related party needs before the board's."""
    cooperative = books_of(by, given.cooperative_id, Permission.COOPERATIVE_SEE)
    if voice_of(by, cooperative) != "supervisors":
        raise NotFoundOrNotYours
    refuse_future(cooperative.village_code, given.on, now)
    contract = locked_contract(cooperative, given.contract_id)
    contract.related_roles = related_roles_of(cooperative, contract.member, contract.related_roles, given.on)
    if reasons := rules.reasons_not_to_ask_supervisors(
        is_asked=contract.status == ContractStatus.ASKED, is_related=is_related(contract.related_roles, given.on),
        is_agreed=contract.supervisors_agreed_on is not None,
    ):  # fmt: skip
        raise CannotMakeContract(reasons)
    contract.supervisors_agreed_on, contract.supervisors_agreed_by = given.on, by.id
    contract.version += 1
    contract.save(update_fields=["supervisors_agreed_on", "supervisors_agreed_by", "related_roles", "version"])
    tell("sharia_contract.supervisors_agreed", contract)
    return contract


@action("cooperative.grant_rebate", Permission.LOAN_DECIDE)
def grant_rebate(*, by: Actor, given: GrantRebate, now: datetime) -> ShariaContract:
    """Forgive a part of the margin if the rest is paid today. The board's grace, and nobody's right."""
    cooperative = books_of(by, given.cooperative_id, Permission.LOAN_DECIDE)
    today = refuse_future(cooperative.village_code, given.on, now)
    contract = locked_contract(cooperative, given.contract_id)
    standing = standing_contract(contract)
    reasons = reasons_not_to_rebate(given.amount_rupiah, standing.in_books("murabahah_deferred"), given.on)
    if given.on != today:
        reasons.insert(0, Reason("not_today", "Potongan berlaku untuk hari ini.", field="on"))
    if contract.kind != "murabahah" or not standing.open_rupiah:
        reasons.insert(0, Reason("nothing_open", "Tidak ada murabahah yang berjalan di sini."))
    if reasons:
        raise CannotMakeContract(reasons)
    contract.rebate_rupiah, contract.rebate_on = given.amount_rupiah, given.on
    contract.version += 1
    contract.save(update_fields=["rebate_rupiah", "rebate_on", "version"])
    tell("sharia_contract.rebate_granted", contract)
    return contract


# --- for this and the other actions on contracts ---


def locked_contract(cooperative: Cooperative, contract_id: UUID) -> ShariaContract:
    """One contract, locked, with its member."""
    rows = ShariaContract.objects.of(cooperative).select_related("member", "cooperative")
    return get_or_refuse(rows.select_for_update(of=("self",)), "contract_id", id=contract_id)


def tell(event: str, contract: ShariaContract, **details: object) -> None:
    note(event, contract.cooperative, Subject("member", contract.member_id), contract=str(contract.id), **details)
