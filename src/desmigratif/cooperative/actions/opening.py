"""Bringing a cooperative's paper books in: members, what they have and owe, and the rest of the trial balance.

Once for each cooperative, into empty books, under one seal: all of it or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.keys.subject_keys import make_keys
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.cooperative import sealing
from desmigratif.cooperative.actions.ledger.books import books_of, refuse_future
from desmigratif.cooperative.actions.ledger.posting import post_entries
from desmigratif.cooperative.actions.ledger.posting_sql import lock_book_of
from desmigratif.cooperative.actions.savings.accounts import begin_term
from desmigratif.cooperative.inputs.loans import LoanOffer
from desmigratif.cooperative.inputs.opening import ImportOpening
from desmigratif.cooperative.models import (
    Cooperative,
    Loan,
    LoanProduct,
    LoanProductTerms,
    LoanStatus,
    Member,
    MemberStatus,
    MoneySlip,
    OpeningImport,
    SavingsAccount,
    SavingsKind,
    SavingsProduct,
)
from desmigratif.cooperative.queries.ledger.books import OPENING, Chart, chart_of
from desmigratif.cooperative.queries.loans.standing import agreed
from desmigratif.cooperative.queries.opening import has_entries, known_on, opening_of
from desmigratif.cooperative.queries.savings.accounts import CAPITAL_USE, use_of_savings
from desmigratif.cooperative.queries.till import code_of
from desmigratif.cooperative.rules.days import step
from desmigratif.cooperative.rules.ledger import NewEntry, NewLeg, month_end
from desmigratif.cooperative.rules.loans.life.contract import rate_on_the_rest
from desmigratif.cooperative.rules.loans.life.replay import replay
from desmigratif.cooperative.rules.opening_sheet.check import BALANCING, Known, Totals, check_opening, totals_of
from desmigratif.cooperative.rules.opening_sheet.rows import LoanRow, MemberRow, Message, Opening, SavingsRow
from desmigratif.people.queries.linking import residents_with_niks
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Reason, Refusal

MOST_REASONS = 20


class CannotImportOpening(Refusal):
    code = "cannot_import_opening"


@action("cooperative.import_opening", Permission.BOOKS_POST)
def import_opening(*, by: Actor, given: ImportOpening, now: datetime) -> dict[str, object]:
    """Write a checked workbook: the register, savings, running loans, and one opening entry that holds all of it."""
    cooperative = books_of(by, given.cooperative_id, Permission.BOOKS_POST)
    require(by, Permission.MEMBER_MANAGE, cooperative.village_code)
    refuse_future(cooperative.village_code, given.on, now)
    lock_book_of(cooperative.id)
    if reasons := reasons_not_to_import(cooperative, given.on):
        raise CannotImportOpening(reasons)
    opening, known = Opening(given.members, given.savings, given.loans, given.balances), known_on(cooperative, given.on)
    if wrong := [said for said in check_opening(opening, known) if said.is_error]:
        raise CannotImportOpening([_reason(said) for said in wrong[:MOST_REASONS]])
    work = _Work(cooperative, chart_of(cooperative), given.on, by.id, known)
    work.take(opening)
    number = work.write(given.import_id)
    totals = totals_of(opening, known)
    _keep(given, cooperative, by, now, totals, number)
    _tell(work, number)
    return {
        "id": str(given.import_id), "number": number, "members": totals.members, "savings": totals.savings,
        "loans": totals.loans, "debit_rupiah": totals.debit_rupiah, "difference_rupiah": totals.difference_rupiah,
    }  # fmt: skip


def reasons_not_to_import(cooperative: Cooperative, on: date) -> list[Reason]:
    """Why no workbook may be brought in, whatever it holds."""
    if opening_of(cooperative) is not None:
        text = "Saldo awal koperasi ini sudah pernah dimasukkan dari lembar kerja."
        return [Reason("imported_already", text, way_out="Bila ada yang keliru, catat pembetulannya di Buku.")]
    if has_entries(cooperative):
        text = "Buku koperasi ini sudah berisi catatan; saldo awal dari lembar kerja hanya untuk buku yang kosong."
        return [Reason("books_in_use", text, way_out="Catat saldo yang tertinggal satu per satu di Buku.")]
    if on < cooperative.opened_on:
        return [Reason("before_books", "Tanggal saldo awal sebelum buku dibuka.", field="on")]
    return []


def _reason(said: Message) -> Reason:
    where = f"{said.sheet}, baris {said.row}" + (f", {said.column}" if said.column else "")
    return Reason(said.code, f"{where}: {said.text}", field=said.sheet.lower())


@dataclass
class _Work:
    """What the workbook becomes, collected before anything is written."""

    cooperative: Cooperative
    chart: Chart
    on: date
    actor_id: UUID
    known: Known
    members: dict[int, Member] = field(default_factory=dict)
    accounts: list[SavingsAccount] = field(default_factory=list)
    loans: list[Loan] = field(default_factory=list)
    legs: list[NewLeg] = field(default_factory=list)
    slips: list[MoneySlip] = field(default_factory=list)

    def take(self, opening: Opening) -> None:
        self._take_members(opening.members)
        products = {one.id: one for one in SavingsProduct.objects.of(self.cooperative)}
        for row in opening.savings:
            self._take_savings(row, products[self.known.savings[row.product.casefold()].id])
        terms = {one.id: one for one in LoanProductTerms.objects.of(self.cooperative).select_related("product")}
        for loan in opening.loans:
            found = self.known.loans[loan.product.casefold()]
            self._take_loan(loan, terms[found.terms_id].product, terms[found.terms_id])
        for balance in opening.balances:
            account = self.known.accounts[balance.code]
            if not account.has_holders and balance.balance_rupiah:
                self.legs.append(NewLeg(account.id, balance.balance_rupiah * account.side))
        if difference := -sum(leg.amount_rupiah for leg in self.legs):
            self.legs.append(NewLeg(self.chart[BALANCING], difference))

    # --- who ---

    def _take_members(self, rows: Iterable[MemberRow]) -> None:
        rows = list(rows)
        residents = residents_with_niks((row.nik for row in rows), near=self.cooperative.village_code)
        ids = [new_id() for _ in rows]
        keys = make_keys(ids)
        for id, row in zip(ids, rows, strict=True):
            member = Member(
                id=id, village_code=self.cooperative.village_code, cooperative=self.cooperative, name=row.name,
                status=MemberStatus.MEMBER, number=row.number, resident=residents.get(row.nik),
                applied_on=row.joined_on, joined_on=row.joined_on, compulsory_from=self._compulsory_from(row),
                compulsory_before_rupiah=row.compulsory_rupiah,
            )  # fmt: skip
            known = ("birth_place", "sex", "occupation", "address", "phone")
            details = {"birth_date": row.birth_date, **{name: getattr(row, name) for name in known}}
            sealing.put_details(member, keys[id], row.nik, details)
            self.members[row.number] = member
            self._holds(member, CAPITAL_USE["entry"], id, row.principal_rupiah)
            self._holds(member, CAPITAL_USE["compulsory"], id, row.compulsory_rupiah)

    def _compulsory_from(self, row: MemberRow) -> date:
        """The first month that is still to be paid: after the last paid one, or after the day of the workbook."""
        return month_end(row.compulsory_until or self.on) + timedelta(days=1)

    # --- what they have and owe ---

    def _take_savings(self, row: SavingsRow, product: SavingsProduct) -> None:
        member = self.members[row.number]
        account = SavingsAccount(
            id=new_id(), village_code=self.cooperative.village_code, cooperative=self.cooperative, member=member,
            product=product, opened_on=row.term_from or self.on, purpose=row.purpose or "",
            target_rupiah=row.target_rupiah, target_on=row.target_on,
        )  # fmt: skip
        rate = row.annual_percent
        if product.kind == SavingsKind.TERM and row.term_from is not None:
            offered = self.known.savings[row.product.casefold()].annual_percent
            begin_term(
                account, row.term_from, rate if rate is not None else offered or Decimal(0), row.roll_over or "none"
            )
        self.accounts.append(account)
        self._holds(member, use_of_savings(account), account.id, row.balance_rupiah)

    def _take_loan(self, row: LoanRow, product: LoanProduct, terms: LoanProductTerms) -> None:
        known = self.known.loans[row.product.casefold()]
        asked = row.annual_percent if row.annual_percent is not None else known.annual_percent
        offer = LoanOffer.read(terms.offer)
        rate = rate_on_the_rest(offer.method, asked, row.amount_rupiah, row.outstanding_rupiah)
        member = self.members[row.number]
        loan = Loan(
            id=new_id(), village_code=self.cooperative.village_code, cooperative=self.cooperative, member=member,
            product=product, terms=terms, status=LoanStatus.ACTIVE, applied_on=row.disbursed_on,
            applied_by=self.actor_id, amount_rupiah=row.amount_rupiah, instalments=row.instalments,
            purpose=row.purpose or "Dari buku lama", decided_on=row.disbursed_on, disbursed_on=row.disbursed_on,
            posted={"loans": row.outstanding_rupiah, "cash": -row.outstanding_rupiah},
        )  # fmt: skip
        loan.contract = {
            "offer": terms.offer, "amount": row.outstanding_rupiah, "instalments": row.instalments,
            "disbursed_on": step(row.next_due_on, known.every, -1).isoformat(),
            "first_due_on": row.next_due_on.isoformat(), "annual_percent": str(rate),
        }  # fmt: skip
        state = replay(agreed(loan), [], self.on)
        loan.next_due_on = min((line.due_on for line in state.lines if line.open.total > 0), default=None)
        self.loans.append(loan)
        self._holds(member, "loans", loan.id, -row.outstanding_rupiah)

    def _holds(self, member: Member, use: str, holder_id: UUID, amount: int) -> None:
        """Money of a member above nought, or owed below it: a leg, and the first line of the passbook."""
        if not amount:
            return
        self.legs.append(NewLeg(self.chart[use], -amount, holder_id))
        id, balance = new_id(), abs(amount)
        self.slips.append(
            MoneySlip(
                id=id, village_code=self.cooperative.village_code, cooperative=self.cooperative, member=member,
                on=self.on, kind=OPENING, use=use, holder_id=holder_id, amount_rupiah=amount, balance_rupiah=balance,
                code=code_of(id, self.on, amount, balance),
            )
        )  # fmt: skip

    def write(self, entry_id: UUID) -> int:
        """Everything, and the number of the seal."""
        Member.objects.bulk_create(self.members.values(), batch_size=200)
        SavingsAccount.objects.bulk_create(self.accounts, batch_size=200)
        Loan.objects.bulk_create(self.loans, batch_size=100)
        entry = NewEntry(entry_id, self.on, OPENING, self.legs, "Saldo awal dari lembar kerja")
        number = post_entries(self.cooperative, [entry]).number
        for slip in self.slips:
            slip.number = number
        MoneySlip.objects.bulk_create(self.slips, batch_size=200)
        return number


def _keep(
    given: ImportOpening, cooperative: Cooperative, by: Actor, now: datetime, totals: Totals, number: int
) -> None:
    OpeningImport.objects.create(
        id=given.import_id, village_code=cooperative.village_code, cooperative=cooperative, on=given.on,
        file_name=given.file_name, written_at=now, actor_id=by.id, member_count=totals.members,
        savings_count=totals.savings, loan_count=totals.loans, debit_rupiah=totals.debit_rupiah,
        difference_rupiah=totals.difference_rupiah, seal_number=number,
    )  # fmt: skip


def _tell(work: _Work, number: int) -> None:
    """One event for all of it, the change of each member, and a line in the history of families known here."""
    cooperative, code = work.cooperative, work.cooperative.village_code
    unit.record(
        "opening.imported", village_code=code, subjects=[Subject("cooperative", cooperative.id)], number=number,
        members=len(work.members), loans=len(work.loans),
    )  # fmt: skip
    for member in work.members.values():
        unit.changed("cooperative.member", code, member.id)
        if member.resident is not None and member.joined_on is not None:
            memory.add_timeline(
                village_code=member.resident.village_code, household_id=member.resident.household_id,
                resident_id=member.resident_id, kind="member.admitted", on=member.joined_on,
                cooperative=cooperative.name,
            )  # fmt: skip
