"""Sharia contracts up to the moment they are agreed on; and the day on which books become sharia."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.ledger import account_of_chart, books_of, refuse_future
from desmigratif.cooperative.actions.posting_sql import lock_book_of
from desmigratif.cooperative.actions.till import note
from desmigratif.cooperative.inputs.sharia.contracts import AskForContract, DecideContract, DeclareSharia, GrantRebate
from desmigratif.cooperative.models import (
    Account,
    ContractStatus,
    Cooperative,
    Loan,
    LoanStatus,
    Member,
    SavingsRate,
    ShariaContract,
)
from desmigratif.cooperative.queries.sharia.contracts import standing_contract
from desmigratif.cooperative.rules.sharia import contracts as rules
from desmigratif.cooperative.rules.sharia.murabahah import reasons_not_to_rebate
from desmigratif.shared.dated import value_on
from desmigratif.shared.reasons import Reason, Refusal


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


def open_accounts(cooperative: Cooperative, rows: Iterable[dict[str, Any]]) -> None:
    """Those of these lines that the chart does not have yet, by their use. A code that people took gets a digit."""
    known = set(Account.objects.of(cooperative).exclude(use="").values_list("use", flat=True))
    taken = set(Account.objects.of(cooperative).values_list("code", flat=True))
    fresh = [row if row["code"] not in taken else {**row, "code": f"{row['code']}9"} for row in rows]
    Account.objects.bulk_create([account_of_chart(cooperative, row) for row in fresh if row["use"] not in known])


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
            "fee_for",
        }
    )  # fmt: skip
    contract = ShariaContract.objects.create(
        id=given.contract_id, village_code=cooperative.village_code, cooperative=cooperative, member=member,
        asked_on=given.on, asked_by=by.id, **sums,
    )  # fmt: skip
    tell("sharia_contract.asked", contract)
    return contract


def _terms(given: AskForContract) -> rules.Terms:
    return rules.Terms(
        kind=given.kind, amount=given.amount_rupiah, margin=given.margin_rupiah, rent=given.rent_rupiah,
        residual=given.residual_rupiah, share_percent=given.share_percent,
        members_capital=given.members_capital_rupiah, instalments=given.instalments,
        first_due_on=given.first_due_on, late_charge=given.late_charge_rupiah, by_agent=given.by_agent,
        fee=given.fee_rupiah, fee_for=given.fee_for,
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
    contract.status = ContractStatus.AGREED if given.answer == "yes" else ContractStatus.DECLINED
    contract.decided_on, contract.decided_by, contract.decision = given.on, by.id, given.decision
    contract.version += 1
    contract.save(update_fields=["status", "decided_on", "decided_by", "decision", "version"])
    tell("sharia_contract.decided", contract, answer=given.answer)
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
