"""The end of a month: interest on savings with its tax, and terms that come to their end or are broken."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid5

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.ledger.books import books_of, refuse_future
from desmigratif.cooperative.actions.ledger.posting import post_entries
from desmigratif.cooperative.actions.ledger.posting_sql import lock_book_of
from desmigratif.cooperative.actions.savings.accounts import account_to_move, held_in
from desmigratif.cooperative.actions.till import approved_payout, move_money, note, till_for
from desmigratif.cooperative.inputs.month_end import MatureTerms, PaySavingsInterest
from desmigratif.cooperative.inputs.savings import BreakTerm
from desmigratif.cooperative.models import Account, Cooperative, Member, MoneySlip, SavingsAccount
from desmigratif.cooperative.queries.ledger.books import Chart, balance_now, chart_of, holders_now
from desmigratif.cooperative.queries.savings.accounts import open_voluntary, rate_on, use_of_savings
from desmigratif.cooperative.queries.savings.month_end import (
    INTEREST,
    MATURED,
    TAX,
    interest_and_tax,
    interest_of_month,
    is_interest_paid,
    terms_ended,
)
from desmigratif.cooperative.queries.till import code_of
from desmigratif.cooperative.rules.ledger import NewEntry, NewLeg, credit, debit, month_end
from desmigratif.cooperative.rules.rounding import shares
from desmigratif.cooperative.rules.savings import products as rules
from desmigratif.cooperative.rules.savings.tax import extra_tax_this_month
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Reason, Refusal
from desmigratif.shared.rupiah import format_rupiah


class CannotPayInterest(Refusal):
    code = "cannot_pay_interest"


class CannotEndTerm(Refusal):
    code = "cannot_end_term"


@dataclass
class Lines:
    """Entries to post under one seal, each with the slip it brings. `balances` holds what each holder has so far.
    With a `key` the ids follow from it, so that the books refuse the same lines a second time."""

    cooperative: Cooperative
    chart: Chart
    on: date
    key: UUID | None = None
    entries: list[NewEntry] = field(default_factory=list)
    slips: list[MoneySlip] = field(default_factory=list)
    balances: dict[tuple[str, UUID], int] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)

    def add(self, member: Member, kind: str, use: str, holder_id: UUID, amount_rupiah: int, against: NewLeg) -> None:
        """Money into (above 0) or out of one holder's account, and the leg on the other side."""
        if not amount_rupiah:
            return
        id = new_id() if self.key is None else uuid5(self.key, f"{kind}:{use}:{holder_id.hex}")
        leg = NewLeg(self.chart[use], -amount_rupiah, holder_id)
        self.entries.append(NewEntry(id, self.on, kind, [leg, against]))
        balance = self.balance_of(use, holder_id) + amount_rupiah
        self.balances[use, holder_id] = balance
        slip = MoneySlip(
            id=id, village_code=self.cooperative.village_code, cooperative=self.cooperative, member=member,
            on=self.on, kind=kind, use=use, holder_id=holder_id, amount_rupiah=amount_rupiah,
            balance_rupiah=balance, code=code_of(id, self.on, amount_rupiah, balance),
        )  # fmt: skip
        self.slips.append(slip)

    def balance_of(self, use: str, holder_id: UUID) -> int:
        if use not in self.read:
            account = Account.objects.of(self.cooperative).get(use=use)
            self.balances |= {(use, holder): sum for holder, sum in holders_now(account).items()}
            self.read.add(use)
        return self.balances.get((use, holder_id), 0)

    def post(self) -> int:
        """One seal for all of them; its number."""
        posted = post_entries(self.cooperative, self.entries)
        for slip in self.slips:
            slip.number = posted.number
        MoneySlip.objects.bulk_create(self.slips)
        return posted.number


@action("cooperative.pay_savings_interest", Permission.BOOKS_POST)
def pay_savings_interest(*, by: Actor, given: PaySavingsInterest, now: datetime) -> dict[str, object]:
    """Put the month's interest into every savings account, less the tax of its member; once a month."""
    cooperative = books_of(by, given.cooperative_id, Permission.BOOKS_POST)
    refuse_future(cooperative.village_code, given.last_on, now, field="last_on")
    if given.last_on != month_end(given.last_on):
        raise CannotPayInterest(Reason("not_month_end", "Pilih hari terakhir bulan itu.", field="last_on"))
    lock_book_of(cooperative.id)  # whoever pays the same month at the same moment waits, and is refused
    if is_interest_paid(cooperative, given.last_on):
        raise CannotPayInterest(Reason("paid_already", "Jasa simpanan bulan itu sudah dibayarkan.", field="last_on"))
    earned = interest_of_month(cooperative, given.last_on)
    if not earned:
        raise CannotPayInterest(Reason("nothing_earned", "Tidak ada jasa simpanan untuk bulan itu.", field="last_on"))
    lines = Lines(cooperative, chart_of(cooperative), given.last_on)
    by_member: dict[UUID, list[tuple[SavingsAccount, int]]] = defaultdict(list)
    for one in earned:
        by_member[one.account.member_id].append((one.account, one.rupiah))
    before = interest_and_tax(cooperative, given.last_on)
    for member_id, parts in by_member.items():
        add_interest(lines, INTEREST, parts, before.get(member_id, (0, 0)))
    number = lines.post()
    total = sum(one.rupiah for one in earned)
    note("savings_interest.paid", cooperative, Subject("ledger_seal", lines.entries[0].id), number=number)
    tax = -sum(slip.amount_rupiah for slip in lines.slips if slip.kind == TAX)
    return {"number": number, "interest_rupiah": total, "tax_rupiah": tax, "members": len(by_member)}


def add_interest(
    lines: Lines, kind: str, parts: list[tuple[SavingsAccount, int]], before: tuple[int, int],
    cost: str = "savings_interest",
) -> tuple[int, int]:  # fmt: skip
    """Interest (or a bonus, by its `cost`) of one member's accounts into them, and the tax out of them; the sums."""
    interest = [rupiah for _account, rupiah in parts]
    tax = extra_tax_this_month(*before, sum(interest), lines.on)
    for (account, rupiah), withheld in zip(parts, shares(tax, interest), strict=True):
        use = use_of_savings(account)
        lines.add(account.member, kind, use, account.id, rupiah, debit(lines.chart[cost], rupiah))
        if withheld:
            lines.add(account.member, TAX, use, account.id, -withheld, credit(lines.chart["tax_payable"], withheld))
    return sum(interest), tax


@action("cooperative.mature_terms", Permission.BOOKS_POST)
def mature_terms(*, by: Actor, given: MatureTerms, now: datetime) -> dict[str, object]:
    """Pay the interest of every term that has ended, and begin the next one where the member wished so.

    Interest of a term whose principal alone goes on is put into the member's simpanan sukarela, and kept for the
    member when there is none. What is not to go on stays in the account, free to be taken.
    """
    cooperative = books_of(by, given.cooperative_id, Permission.BOOKS_POST)
    refuse_future(cooperative.village_code, given.on, now)
    lock_book_of(cooperative.id)
    lines, rounds = Lines(cooperative, chart_of(cooperative), given.on), terms_ended(cooperative, given.on)
    paid: dict[UUID, tuple[int, int]] = interest_and_tax(cooperative, given.on, [one.member_id for one in rounds])
    ended = 0
    for account in rounds:
        before, stood = paid.get(account.member_id, (0, 0)), account.matures_on
        interest, tax = _end_term(lines, account, before)
        paid[account.member_id] = (before[0] + interest, before[1] + tax)
        ended += bool(interest) or account.matures_on != stood  # without interest and roll-over nothing is left to do
    if not ended:
        raise CannotEndTerm(Reason("none_ended", "Tidak ada simpanan berjangka yang jatuh tempo.", field="on"))
    number = lines.post() if lines.entries else None
    subject = Subject("ledger_seal", lines.entries[0].id) if lines.entries else Subject("cooperative", cooperative.id)
    note("savings_terms.matured", cooperative, subject, number=number, ended=ended)
    return {"number": number, "ended": ended}


def _end_term(lines: Lines, account: SavingsAccount, before: tuple[int, int]) -> tuple[int, int]:
    """One account through every term that has ended by the day of `lines`; the interest and tax of them."""
    interest = tax = 0
    while account.matures_on is not None and account.matures_on <= lines.on:
        balance = lines.balance_of(use_of_savings(account), account.id)
        if balance <= 0:
            break
        ended = rules.mature(deposit_of(account, balance))
        got = add_interest(lines, MATURED, [(account, ended.interest)], (before[0] + interest, before[1] + tax))
        interest, tax = interest + got[0], tax + got[1]
        if ended.next is None:
            break
        if account.roll_over == "principal":
            _move_to_savings(lines, account, got[0] - got[1])
        rate = rate_on(lines.cooperative, account.product, ended.on)
        account.term_from, account.matures_on = ended.on, ended.next.matures_on
        account.annual_percent = account.annual_percent if rate is None else rate
        account.version += 1
        account.save(update_fields=["term_from", "matures_on", "annual_percent", "version"])
    return interest, tax


def deposit_of(account: SavingsAccount, balance: int) -> rules.TimeDeposit:
    """A term account with what is in it, for the rules."""
    product = account.product
    if account.annual_percent is None or account.term_from is None:
        raise CannotEndTerm(Reason("not_a_term", "Ini bukan simpanan berjangka.", field="account_id"))
    return rules.TimeDeposit(
        balance, account.annual_percent, product.term_months or 1, account.term_from,
        account.roll_over,  # type: ignore[arg-type]
        rules.EarlyBreak(product.kept_percent_of_rate, product.penalty_percent),
    )  # fmt: skip


def _move_to_savings(lines: Lines, account: SavingsAccount, amount: int) -> None:
    """Interest that the member may take leaves the term."""
    target = open_voluntary(lines.cooperative, account.member)
    use, holder = (use_of_savings(target), target.id) if target else ("savings_interest_payable", account.member_id)
    out = NewLeg(lines.chart[use_of_savings(account)], amount, account.id)
    lines.add(account.member, "savings.moved", use, holder, amount, out)


@action("cooperative.break_term", Permission.MONEY_TAKE)
def break_term(*, by: Actor, given: BreakTerm, now: datetime) -> dict[str, object]:
    """End a term before its day and hand out what the product leaves of it."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    account = account_to_move(cooperative, given.account_id)
    till = till_for(cooperative, by, given.on, now)
    balance = balance_now(Account.objects.of(cooperative).get(use=use_of_savings(account)), account.id)
    if account.closed_on or account.matures_on is None or given.on >= account.matures_on or not balance:
        text = "Simpanan ini bukan simpanan berjangka yang sedang berjalan."
        raise CannotEndTerm(Reason("not_running", text, field="account_id", way_out="Ambil lewat kas seperti biasa."))
    if held := held_in(cooperative, account):
        text = f"{format_rupiah(held)} dari simpanan ini diblokir sebagai agunan pinjaman."
        raise CannotEndTerm(Reason("held", text, field="account_id", way_out="Lunasi dulu pinjamannya."))
    deposit = deposit_of(account, balance)
    broken = rules.break_early(deposit, given.on)
    lines = Lines(cooperative, chart_of(cooperative), given.on)
    before = interest_and_tax(cooperative, given.on, [account.member_id]).get(account.member_id, (0, 0))
    _interest, tax = add_interest(lines, MATURED, [(account, broken.interest)], before)
    if penalty := min(broken.penalty, balance):
        fee = credit(lines.chart["early_break_fees"], penalty)
        lines.add(account.member, "savings.penalty", use_of_savings(account), account.id, -penalty, fee)
    handed_out = balance + broken.interest - tax - penalty
    approval = approved_payout(
        cooperative, by, holder_id=account.id, amount_rupiah=handed_out, on=given.on, approval_id=given.approval_id
    )
    account.closed_on, account.version = given.on, account.version + 1
    account.save(update_fields=["closed_on", "version"])
    if lines.entries:
        lines.post()
    return move_money(
        cooperative, till, account.member, entry_id=given.entry_id, on=given.on, kind="savings.withdrawn",
        use=use_of_savings(account), holder_id=account.id, amount_rupiah=-handed_out, approval=approval,
    )  # fmt: skip
