"""Saving: products and rates, opening, paying in, taking out."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.hand_overs import answer_with
from desmigratif.cooperative.actions.ledger.books import books_of, refuse_future
from desmigratif.cooperative.actions.till import approved_payout, move_money, note, receiver_of, till_for
from desmigratif.cooperative.inputs.savings import (
    AddSavingsProduct,
    ChangeSavingsRate,
    Deposit,
    OpenSavingsAccount,
    PayCapital,
    UnlockSavings,
    Withdraw,
)
from desmigratif.cooperative.models import (
    Account,
    Cooperative,
    Member,
    MemberStatus,
    SavingsAccount,
    SavingsKind,
    SavingsProduct,
    SavingsRate,
)
from desmigratif.cooperative.queries.ledger.books import balance_now
from desmigratif.cooperative.queries.members.register import terms_on
from desmigratif.cooperative.queries.savings.accounts import (
    CAPITAL_USE,
    arrears_of,
    capital_of,
    held_of,
    rate_on,
    saved_of,
    use_of_savings,
)
from desmigratif.cooperative.queries.savings.month_end import is_term_settled
from desmigratif.cooperative.rules.days import add_months
from desmigratif.cooperative.rules.members.membership import Status, reasons_not_to_serve
from desmigratif.cooperative.rules.rates import reasons_against_savings_rate
from desmigratif.cooperative.rules.savings import products as rules
from desmigratif.cooperative.rules.sharia.contracts import reasons_against_interest
from desmigratif.shared.reasons import Reason, Refusal


class CannotOfferSavings(Refusal):
    code = "cannot_offer_savings"


class CannotOpenSavings(Refusal):
    code = "cannot_open_savings"


class CannotPayIn(Refusal):
    code = "cannot_pay_in"


class CannotWithdraw(Refusal):
    code = "cannot_withdraw"


class CannotUnlock(Refusal):
    code = "cannot_unlock"


_STATUS: dict[str, Status] = {
    MemberStatus.CANDIDATE: "candidate", MemberStatus.MEMBER: "member", MemberStatus.LEFT: "left",
}  # fmt: skip


@action("cooperative.add_savings_product", Permission.COOPERATIVE_SET_UP)
def add_savings_product(*, by: Actor, given: AddSavingsProduct, now: datetime) -> SavingsProduct:
    """Offer a way to save, at a rate within the cap of the day."""
    cooperative = books_of(by, given.cooperative_id, Permission.COOPERATIVE_SET_UP)
    reasons = _reasons_against_rate(cooperative, given.annual_percent, given.since)
    if (given.kind == "term") != (given.term_months is not None):
        text = "Simpanan berjangka perlu lama bulannya, simpanan lain tidak."
        reasons.append(Reason("term_months", text, field="term_months"))
    if SavingsProduct.objects.of(cooperative).filter(name=given.name).exists():
        reasons.append(Reason("name_taken", "Nama simpanan ini sudah dipakai.", field="name"))
    if reasons:
        raise CannotOfferSavings(reasons)
    product = SavingsProduct.objects.create(
        id=given.product_id, village_code=cooperative.village_code, cooperative=cooperative, name=given.name,
        kind=given.kind, basis=given.basis, minimum_balance_rupiah=given.minimum_balance_rupiah,
        term_months=given.term_months, kept_percent_of_rate=given.kept_percent_of_rate,
        penalty_percent=given.penalty_percent,
    )  # fmt: skip
    add_rate(cooperative, product, given.since, given.annual_percent)
    note("savings_product.added", cooperative, Subject("savings_product", product.id), kind=product.kind)
    return product


@action("cooperative.change_savings_rate", Permission.COOPERATIVE_SET_UP)
def change_savings_rate(*, by: Actor, given: ChangeSavingsRate, now: datetime) -> SavingsProduct:
    """Pay another rate from a day on, within the cap of that day. Terms that run keep theirs."""
    cooperative = books_of(by, given.cooperative_id, Permission.COOPERATIVE_SET_UP)
    product = get_or_refuse(
        SavingsProduct.objects.of(cooperative).select_for_update(), "product_id", id=given.product_id
    )
    reasons = _reasons_against_rate(cooperative, given.annual_percent, given.since)
    last = SavingsRate.objects.of(cooperative).filter(product=product).order_by("-since").first()
    if last is not None and given.since <= last.since:
        text = "Jasa baru harus berlaku sesudah jasa yang terakhir."
        reasons.append(Reason("not_after_last", text, field="since"))
    if reasons:
        raise CannotOfferSavings(reasons)
    add_rate(cooperative, product, given.since, given.annual_percent)
    note(
        "savings_rate.changed", cooperative, Subject("savings_product", product.id), since=given.since.isoformat(),
        percent=str(given.annual_percent),
    )  # fmt: skip
    return product


def _reasons_against_rate(cooperative: Cooperative, percent: Decimal, on: date) -> list[Reason]:
    return reasons_against_savings_rate(percent, on) + reasons_against_interest(
        cooperative.sharia_since, percent, on, "annual_percent"
    )


def add_rate(cooperative: Cooperative, product: SavingsProduct, since: date, annual_percent: Decimal) -> None:
    SavingsRate.objects.create(
        village_code=cooperative.village_code, cooperative=cooperative, product=product, since=since,
        annual_percent=annual_percent,
    )  # fmt: skip


@action("cooperative.open_savings_account", Permission.MONEY_TAKE)
def open_savings_account(*, by: Actor, given: OpenSavingsAccount, now: datetime) -> SavingsAccount:
    """Open savings for a member in one product; a term keeps the rate of its first day."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    refuse_future(cooperative.village_code, given.on, now)
    members = Member.objects.of(cooperative).select_related("resident")
    member = get_or_refuse(members, "member_id", id=given.member_id)
    product = get_or_refuse(SavingsProduct.objects.of(cooperative), "product_id", id=given.product_id)
    rate = rate_on(cooperative, product, given.on)
    reasons = reasons_not_to_serve(_STATUS[member.status], given.on) + _reasons_not_to_open(product, given, rate)
    if reasons:
        raise CannotOpenSavings(reasons)
    account = SavingsAccount(
        id=given.account_id, village_code=cooperative.village_code, cooperative=cooperative, member=member,
        product=product, opened_on=given.on, purpose=given.purpose or "", target_rupiah=given.target_rupiah,
        target_on=given.target_on, planned_monthly_rupiah=given.planned_monthly_rupiah,
        remittance_percent=given.remittance_percent,
    )  # fmt: skip
    if product.kind == SavingsKind.TERM and rate is not None:
        begin_term(account, given.on, rate, given.roll_over or "none")
    if product.kind == SavingsKind.MUDHARABAH and product.term_months:
        account.target_on = add_months(given.on, product.term_months)
    account.save(force_insert=True)
    answer_with(by, member, given.hand_over_id, given.on)
    note("savings_account.opened", cooperative, Subject("member", member.id), kind=product.kind)
    return account


def begin_term(account: SavingsAccount, on: date, annual_percent: Decimal, roll_over: str) -> None:
    """Set the columns of a term that starts on a day."""
    months = account.product.term_months or 0
    account.annual_percent, account.term_from, account.roll_over = annual_percent, on, roll_over
    account.matures_on = rules.TimeDeposit(0, annual_percent, months, on).matures_on


def _reasons_not_to_open(product: SavingsProduct, given: OpenSavingsAccount, rate: Decimal | None) -> list[Reason]:
    reasons = []
    if rate is None or (product.closed_on is not None and product.closed_on <= given.on):
        reasons.append(Reason("not_offered", "Simpanan ini tidak ditawarkan pada tanggal itu.", field="product_id"))
    if product.kind == SavingsKind.PURPOSE and not (given.purpose and given.target_rupiah and given.target_on):
        reasons.append(Reason("purpose", "Tulis untuk apa, berapa, dan kapan diperlukan.", field="purpose"))
    if product.kind != SavingsKind.PURPOSE and given.remittance_percent is not None:
        text = "Bagian kiriman hanya untuk simpanan khusus."
        reasons.append(Reason("not_for_a_purpose", text, field="remittance_percent"))
    if given.target_on is not None and given.target_on <= given.on:
        reasons.append(Reason("target_on", "Tanggal tujuan harus sesudah hari ini.", field="target_on"))
    return reasons


@action("cooperative.unlock_savings", Permission.MONEY_APPROVE)
def unlock_savings(*, by: Actor, given: UnlockSavings, now: datetime) -> SavingsAccount:
    """Let savings for a purpose be taken before their day: the event came first, and a second person knows why."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_APPROVE)
    today = refuse_future(cooperative.village_code, given.on, now)
    account = account_to_move(cooperative, given.account_id)
    reasons = rules.reasons_not_to_unlock(account.product.kind, account.target_on, account.unlocked_on, today)
    if account.closed_on is not None:
        reasons.insert(0, _CLOSED)
    if reasons:
        raise CannotUnlock(reasons)
    account.unlocked_on, account.unlocked_for, account.unlock_reason = today, given.event, given.reason
    account.version += 1
    account.save(update_fields=["unlocked_on", "unlocked_for", "unlock_reason", "version"])
    note("savings_account.unlocked", cooperative, Subject("member", account.member_id), account=str(account.id))
    return account


@action("cooperative.pay_capital", Permission.MONEY_TAKE)
def pay_capital(*, by: Actor, given: PayCapital, now: datetime) -> dict[str, object]:
    """Take simpanan pokok (also of a candidate) or wajib, and hand out a slip."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    member = get_or_refuse(Member.objects.of(cooperative).select_for_update(), "member_id", id=given.member_id)
    till = till_for(cooperative, by, given.on, now)
    if reasons := reasons_against_capital(cooperative, member, given.kind, given.amount_rupiah, given.on):
        raise CannotPayIn(reasons)
    return move_money(
        cooperative, till, member, entry_id=given.entry_id, on=given.on, kind="capital.paid",
        use=CAPITAL_USE[given.kind], holder_id=member.id, amount_rupiah=given.amount_rupiah,
    )  # fmt: skip


def reasons_against_capital(
    cooperative: Cooperative, member: Member, kind: str, amount_rupiah: int, on: date
) -> list[Reason]:
    """Why simpanan pokok ("entry") or wajib of this sum may not be taken; an empty list means it may."""
    if member.status == MemberStatus.LEFT:
        return [Reason("left", "Anggota ini sudah keluar.", field="member_id")]
    terms = terms_on(cooperative, on)
    if terms is None:
        text = "Besar simpanan pokok dan wajib belum ditetapkan."
        return [Reason("no_terms", text, way_out="Catat dulu keputusan rapat anggota.")]
    if kind == "entry":
        paid = capital_of(cooperative, member, "entry")
        return rules.reasons_not_to_take_entry_savings(terms.principal_rupiah, paid, amount_rupiah)
    reasons = reasons_not_to_serve(_STATUS[member.status], on)
    if rules.reasons_not_to_take_so_far_ahead(terms.compulsory_rupiah, 0, amount_rupiah):
        owed = sum(month.open for month in arrears_of(cooperative, member, capital_of(cooperative, member, kind), on))
        reasons += rules.reasons_not_to_take_so_far_ahead(terms.compulsory_rupiah, owed, amount_rupiah)
    return reasons


@action("cooperative.deposit", Permission.MONEY_TAKE)
def deposit(*, by: Actor, given: Deposit, now: datetime) -> dict[str, object]:
    """Take money into a savings account and hand out a slip with the new balance."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    account = account_to_move(cooperative, given.account_id)
    till = till_for(cooperative, by, given.on, now)
    if reasons := reasons_not_to_deposit(cooperative, account, given.on):
        raise CannotPayIn(reasons)
    return move_money(
        cooperative, till, account.member, entry_id=given.entry_id, on=given.on, kind="savings.deposited",
        use=use_of_savings(account), holder_id=account.id, amount_rupiah=given.amount_rupiah,
    )  # fmt: skip


def reasons_not_to_deposit(cooperative: Cooperative, account: SavingsAccount, on: date) -> list[Reason]:
    """Why nothing may be paid into this account on a day; an empty list means it may."""
    reasons = reasons_not_to_serve(_STATUS[account.member.status], on)
    if account.closed_on is not None:
        reasons.append(_CLOSED)
    has_term = account.matures_on is not None or account.product.term_months is not None
    if has_term and _balance(cooperative, account):
        text = "Simpanan berjangka diisi sekali saat dibuka."
        reasons.append(Reason("term_filled", text, field="account_id", way_out="Buka simpanan berjangka yang baru."))
    return reasons


@action("cooperative.withdraw", Permission.MONEY_TAKE)
def withdraw(*, by: Actor, given: Withdraw, now: datetime) -> dict[str, object]:
    """Hand out money from a savings account; above the limit a second person has agreed before."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    account = account_to_move(cooperative, given.account_id)
    till = till_for(cooperative, by, given.on, now)
    standing = rules.Account(
        kind="deposit" if account.matures_on else "purpose" if account.product.kind == "purpose" else "voluntary",
        balance=_balance(cooperative, account), minimum_balance=account.product.minimum_balance_rupiah,
        locked_until=account.matures_on or (None if account.unlocked_on else account.target_on),
        held=held_in(cooperative, account),
    )  # fmt: skip
    reasons = rules.reasons_not_to_withdraw(standing, given.amount_rupiah, given.on)
    if account.closed_on is not None:
        reasons.insert(0, _CLOSED)
    if not reasons and _is_owed_interest(account, standing.balance):
        reasons.append(_NOT_SETTLED)
    if reasons:
        raise CannotWithdraw(reasons)
    receiver = receiver_of(cooperative, account.member, given.receiver_id)
    approval = approved_payout(
        cooperative, by, holder_id=account.id, amount_rupiah=given.amount_rupiah, on=given.on,
        approval_id=given.approval_id,
    )  # fmt: skip
    return move_money(
        cooperative, till, account.member, entry_id=given.entry_id, on=given.on, kind="savings.withdrawn",
        use=use_of_savings(account), holder_id=account.id, amount_rupiah=-given.amount_rupiah, approval=approval,
        receiver=receiver,
    )  # fmt: skip


def _is_owed_interest(account: SavingsAccount, balance: int) -> bool:
    """Whether a term that has ended waits for its interest; one that brings none waits for nothing."""
    if account.matures_on is None or account.annual_percent is None or account.term_from is None:
        return False
    months = account.product.term_months or 1
    term = rules.TimeDeposit(balance, account.annual_percent, months, account.term_from)
    return term.interest > 0 and not is_term_settled(account)


_NOT_SETTLED = Reason(
    "term_not_settled", "Jasa simpanan berjangka ini belum dibayarkan.", field="account_id",
    way_out="Minta bendahara menjalankan jatuh tempo dulu, di Buku.",
)  # fmt: skip
_CLOSED = Reason("closed", "Simpanan ini sudah ditutup.", field="account_id")


def held_in(cooperative: Cooperative, account: SavingsAccount) -> int:
    """What this account must keep for a loan: the member's other savings stand in for it first.

    Where something is held the member is locked, so that two cashiers do not both count the other account.
    """
    held = held_of(cooperative, account.member_id)
    if not held:
        return 0
    Member.objects.of(cooperative).select_for_update().get(id=account.member_id)
    return max(0, held - saved_of(cooperative, account.member_id, but=account.id))


def account_to_move(cooperative: Cooperative, account_id: object) -> SavingsAccount:
    """One savings account, locked, with its member and product."""
    rows = SavingsAccount.objects.of(cooperative).select_related("member", "product").select_for_update(of=("self",))
    return get_or_refuse(rows, "account_id", id=account_id)


def _balance(cooperative: Cooperative, account: SavingsAccount) -> int:
    return balance_now(Account.objects.of(cooperative).get(use=use_of_savings(account)), account.id)
