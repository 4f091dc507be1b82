"""Lending up to the moment the money goes out: products, applications, surveys, decisions, disbursement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from desmigratif.access.actor import Actor, covers_today
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.hand_overs import answer_with
from desmigratif.cooperative.actions.ledger.books import books_of, refuse_future
from desmigratif.cooperative.actions.ledger.posting import post_entry
from desmigratif.cooperative.actions.loans.money import (
    CannotServeLoan,
    entry_of,
    give_slip,
    keep,
    locked_loan,
    reckon,
    refuse_empty_till,
    tell,
)
from desmigratif.cooperative.actions.till import approved_payout, note, till_for
from desmigratif.cooperative.inputs.loans import (
    AddLoanProduct,
    AgreeToRelatedLoan,
    ApplyForLoan,
    ApproveLoan,
    ChangeLoanTerms,
    DeclineLoan,
    DisburseLoan,
    LoanOffer,
    RecordSurvey,
)
from desmigratif.cooperative.models import (
    ConnectedPerson,
    ConnectionKind,
    Cooperative,
    GroupSeat,
    Loan,
    LoanApproval,
    LoanCollateral,
    LoanGuarantor,
    LoanProduct,
    LoanProductTerms,
    LoanStatus,
    Member,
    MemberGroup,
    MemberStatus,
)
from desmigratif.cooperative.queries.ledger.books import chart_of
from desmigratif.cooperative.queries.loans.group import reasons_against_group
from desmigratif.cooperative.queries.loans.limits import lending_figures, related_roles_of
from desmigratif.cooperative.queries.loans.standing import asked_terms, contract_for, offer_on
from desmigratif.cooperative.queries.savings.accounts import HELD_SAVINGS, held_of, saved_of
from desmigratif.cooperative.rules.loans.effective_rate import check_loan_cap, declining_equivalent_percent
from desmigratif.cooperative.rules.loans.life.contract import policy_of, terms_of
from desmigratif.cooperative.rules.loans.limits import (
    Decider,
    is_related,
    reasons_not_decided,
    reasons_not_to_lend_so_much,
)
from desmigratif.cooperative.rules.loans.policy import reasons_against_policy
from desmigratif.cooperative.rules.loans.schedule import Schedule, make_schedule
from desmigratif.cooperative.rules.loans.terms import reasons_against_terms
from desmigratif.cooperative.rules.members.membership import Status, reasons_not_to_serve
from desmigratif.cooperative.rules.rates import reasons_against_loan_rate
from desmigratif.cooperative.rules.sharia.contracts import reasons_against_interest
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason, Refusal
from desmigratif.shared.rupiah import format_rupiah


class CannotOfferLoan(Refusal):
    code = "cannot_offer_loan"


class CannotApply(Refusal):
    code = "cannot_apply"


class CannotDecide(Refusal):
    code = "cannot_decide"


_STATUS: dict[str, Status] = {
    MemberStatus.CANDIDATE: "candidate", MemberStatus.MEMBER: "member", MemberStatus.LEFT: "left",
}  # fmt: skip
_VOICES = {
    "cooperative_board": "board", "cooperative_treasurer": "treasurer", "cooperative_supervisor": "supervisors",
}  # fmt: skip


@action("cooperative.add_loan_product", Permission.COOPERATIVE_SET_UP)
def add_loan_product(*, by: Actor, given: AddLoanProduct, now: datetime) -> LoanProduct:
    """Offer a way to borrow, within the cap of the day."""
    cooperative = books_of(by, given.cooperative_id, Permission.COOPERATIVE_SET_UP)
    reasons = reasons_against_interest(cooperative.sharia_since, None, given.since, "")
    reasons += _reasons_against_offer(given.offer, given.since)
    if LoanProduct.objects.of(cooperative).filter(name=given.name).exists():
        reasons.append(Reason("name_taken", "Nama pinjaman ini sudah dipakai.", field="name"))
    if reasons:
        raise CannotOfferLoan(reasons)
    product = LoanProduct.objects.create(
        id=given.product_id, village_code=cooperative.village_code, cooperative=cooperative, name=given.name
    )
    LoanProductTerms.objects.create(
        village_code=cooperative.village_code, cooperative=cooperative, product=product, since=given.since,
        offer=given.offer.model_dump(mode="json"),
    )  # fmt: skip
    note("loan_product.added", cooperative, Subject("loan_product", product.id), method=given.offer.method)
    return product


@action("cooperative.change_loan_terms", Permission.COOPERATIVE_SET_UP)
def change_loan_terms(*, by: Actor, given: ChangeLoanTerms, now: datetime) -> LoanProductTerms:
    """Lend under other conditions from a day on. Loans that were applied for keep theirs."""
    cooperative = books_of(by, given.cooperative_id, Permission.COOPERATIVE_SET_UP)
    product = get_or_refuse(LoanProduct.objects.of(cooperative).select_for_update(), "product_id", id=given.product_id)
    reasons = _reasons_against_offer(given.offer, given.since)
    last = LoanProductTerms.objects.of(cooperative).filter(product=product).order_by("-since").first()
    if last is not None and given.since <= last.since:
        text = "Ketentuan baru harus berlaku sesudah ketentuan yang terakhir."
        reasons.append(Reason("not_after_last", text, field="since"))
    if reasons:
        raise CannotOfferLoan(reasons)
    terms = LoanProductTerms.objects.create(
        id=given.terms_id, village_code=cooperative.village_code, cooperative=cooperative, product=product,
        since=given.since, offer=given.offer.model_dump(mode="json"),
    )  # fmt: skip
    note("loan_terms.changed", cooperative, Subject("loan_product", product.id), since=given.since.isoformat())
    return terms


def _reasons_against_offer(offer: LoanOffer, on: date) -> list[Reason]:
    """Why a product may not be offered: reckoned on its largest and longest loan."""
    terms = terms_of(offer, offer.most_rupiah, offer.most_instalments, on)
    reasons = [*reasons_against_terms(terms), *reasons_against_policy(policy_of(offer))]
    return reasons or reasons_against_cost(make_schedule(terms), on)


def reasons_against_cost(schedule: Schedule, on: date) -> list[Reason]:
    """Why a loan may not cost what it costs, fees included, on the day of the contract."""
    return reasons_against_loan_rate(check_loan_cap(schedule, on), declining_equivalent_percent(schedule))


@action("cooperative.apply_for_loan", Permission.MONEY_TAKE)
def apply_for_loan(*, by: Actor, given: ApplyForLoan, now: datetime) -> Loan:
    """Write down what a member asks for, under the conditions of the day."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    refuse_future(cooperative.village_code, given.on, now)
    members = Member.objects.of(cooperative).select_related("resident")
    member = get_or_refuse(members, "member_id", id=given.member_id)
    product = get_or_refuse(LoanProduct.objects.of(cooperative), "product_id", id=given.product_id)
    terms = offer_on(cooperative, product, given.on)
    payer = _payer(cooperative, member, given)
    group = _group(cooperative, member, given)
    reasons = reasons_not_to_serve(_STATUS[member.status], given.on) + _reasons_not_to_apply(terms, given)
    reasons += reasons_against_interest(cooperative.sharia_since, None, given.on, "product_id")
    if group is not None:
        reasons += reasons_against_group(group, given.on)
    if reasons or terms is None:
        raise CannotApply(reasons)
    loan = Loan.objects.create(
        id=given.loan_id, village_code=cooperative.village_code, cooperative=cooperative, member=member,
        product=product, terms=terms, applied_on=given.on, applied_by=by.id, amount_rupiah=given.amount_rupiah,
        instalments=given.instalments, first_due_on=given.first_due_on, purpose=given.purpose, payer=payer,
        due_dates=[day.isoformat() for day in given.due_dates], group=group,
        related_roles=related_roles_of(cooperative, member, given.related_roles, given.on),
    )  # fmt: skip
    _add_security(cooperative, loan, given)
    answer_with(by, member, given.hand_over_id, given.on)
    tell("loan.applied", loan)
    return loan


def _payer(cooperative: Cooperative, member: Member, given: ApplyForLoan) -> ConnectedPerson | None:
    if given.payer_id is None:
        return None
    standing = ConnectedPerson.objects.of(cooperative).standing()
    return get_or_refuse(standing, "payer_id", id=given.payer_id, member=member, kind=ConnectionKind.PAYER)


def _group(cooperative: Cooperative, member: Member, given: ApplyForLoan) -> MemberGroup | None:
    """The group that stands in for the borrower, who must belong to it."""
    if given.group_id is None:
        return None
    seats = GroupSeat.objects.of(cooperative).standing().filter(member=member).select_related("group")
    return get_or_refuse(seats, "group_id", group_id=given.group_id).group


def _reasons_not_to_apply(terms: LoanProductTerms | None, given: ApplyForLoan) -> list[Reason]:
    if terms is None:
        return [Reason("not_offered", "Pinjaman ini tidak ditawarkan pada tanggal itu.", field="product_id")]
    offer, reasons = LoanOffer.read(terms.offer), []
    if given.amount_rupiah > offer.most_rupiah:
        text = f"Pinjaman ini paling banyak {format_rupiah(offer.most_rupiah)}."
        reasons.append(Reason("too_large", text, field="amount_rupiah"))
    if given.instalments > offer.most_instalments:
        text = f"Pinjaman ini paling banyak {offer.most_instalments} kali angsuran."
        reasons.append(Reason("too_many", text, field="instalments"))
    if reasons:
        return reasons
    asked = terms_of(
        offer, given.amount_rupiah, given.instalments, given.on, given.first_due_on, due_dates=given.due_dates
    )
    against = reasons_against_terms(asked)
    return against or reasons_against_cost(make_schedule(asked), given.on)


def _add_security(cooperative: Cooperative, loan: Loan, given: ApplyForLoan) -> None:
    common = {"village_code": cooperative.village_code, "cooperative": cooperative, "loan": loan}
    for one in given.guarantors:
        other = None
        if one.member_id is not None:
            other = get_or_refuse(Member.objects.of(cooperative).belonging(), "guarantors", id=one.member_id)
            if other.id == loan.member_id:
                text = "Peminjam tidak dapat menjamin pinjamannya sendiri."
                raise CannotApply(Reason("own_guarantor", text, field="guarantors"))
        LoanGuarantor.objects.create(**common, member=other, name=one.name, relation=one.relation)
    held = sum(item.value_rupiah for item in given.collateral if item.kind == HELD_SAVINGS)
    free = saved_of(cooperative, loan.member_id) - held_of(cooperative, loan.member_id) if held else 0
    if held > free:
        text = f"Simpanan yang dapat diblokir {format_rupiah(max(0, free))}."
        raise CannotApply(Reason("above_savings", text, field="collateral"))
    for item in given.collateral:
        LoanCollateral.objects.create(
            **common, kind=item.kind, value_rupiah=item.value_rupiah, description=item.description
        )


def _reasons_against_held(cooperative: Cooperative, loan: Loan) -> list[Reason]:
    """Why the savings that were named as collateral cannot be held: they may have been taken since."""
    rows = LoanCollateral.objects.of(cooperative).filter(loan=loan, kind=HELD_SAVINGS)
    held = sum(rows.values_list("value_rupiah", flat=True))
    free = saved_of(cooperative, loan.member_id) - held_of(cooperative, loan.member_id) if held else 0
    if held <= free:
        return []
    text = f"Simpanan yang akan diblokir {format_rupiah(held)}, sekarang tinggal {format_rupiah(max(0, free))}."
    return [Reason("above_savings", text, way_out="Minta anggota menyetor lagi, atau tolak dan ajukan lagi.")]


@action("cooperative.record_loan_survey", Permission.MONEY_TAKE)
def record_loan_survey(*, by: Actor, given: RecordSurvey, now: datetime) -> Loan:
    """Write down what was found on a visit, before the decision."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    refuse_future(cooperative.village_code, given.on, now)
    loan = _applied(cooperative, given.loan_id)
    loan.surveyed_on, loan.surveyed_by, loan.survey = given.on, by.id, given.survey
    loan.version += 1
    loan.save(update_fields=["surveyed_on", "surveyed_by", "survey", "version"])
    tell("loan.surveyed", loan)
    return loan


def _applied(cooperative: Cooperative, loan_id: object) -> Loan:
    loan = locked_loan(cooperative, loan_id)
    if loan.status != LoanStatus.APPLIED:
        raise CannotDecide(Reason("decided_already", "Pengajuan ini sudah diputuskan.", field="loan_id"))
    return loan


@action("cooperative.approve_loan", Permission.LOAN_DECIDE)
def approve_loan(*, by: Actor, given: ApproveLoan, now: datetime) -> dict[str, object]:
    """One person's yes. With enough of them, and every limit kept, the loan is approved."""
    cooperative = books_of(by, given.cooperative_id, Permission.LOAN_DECIDE)
    refuse_future(cooperative.village_code, given.on, now)
    return _say_yes(cooperative, by, given, has_interest=given.has_interest)


@action("cooperative.agree_to_related_loan", Permission.COOPERATIVE_SEE)
def agree_to_related_loan(*, by: Actor, given: AgreeToRelatedLoan, now: datetime) -> dict[str, object]:
    """The supervisors' yes, which a loan for a related party needs beside the board's."""
    cooperative = books_of(by, given.cooperative_id, Permission.COOPERATIVE_SEE)
    if voice_of(by, cooperative) != "supervisors":
        raise NotFoundOrNotYours
    refuse_future(cooperative.village_code, given.on, now)
    return _say_yes(cooperative, by, given, has_interest=False)


def _say_yes(
    cooperative: Cooperative, by: Actor, given: ApproveLoan | AgreeToRelatedLoan, *, has_interest: bool
) -> dict[str, object]:
    loan = _applied(cooperative, given.loan_id)
    loan.related_roles = related_roles_of(cooperative, loan.member, loan.related_roles, given.on)
    voice = voice_of(by, cooperative)
    said = list(LoanApproval.objects.of(cooperative).filter(loan=loan))
    if reasons := _reasons_not_to_say_yes(loan, by, voice, said, given.on):
        raise CannotDecide(reasons)
    approval = LoanApproval.objects.create(
        id=given.approval_id, village_code=cooperative.village_code, cooperative=cooperative, loan=loan,
        person_id=by.id, role=voice, has_interest=has_interest, on=given.on,
    )  # fmt: skip
    said.append(approval)
    waiting = reasons_still_waiting(loan, said, given.on)
    if not waiting:
        if reasons := limits_broken(loan, said, given.on) + _reasons_against_held(cooperative, loan):
            raise CannotDecide(reasons)
        loan.status, loan.decided_on = LoanStatus.APPROVED, given.on
        loan.version += 1
    loan.save(update_fields=["status", "decided_on", "version", "related_roles"])
    tell("loan.approved" if not waiting else "loan.voice_given", loan, role=voice)
    return {"id": str(loan.id), "status": loan.status, "waiting": [reason.text for reason in waiting]}


def voice_of(by: Actor, cooperative: Cooperative) -> str:
    """In which role this person speaks here; "" for none."""
    here = [grant.role.code for grant in by.grants if covers_today(grant.region_code, cooperative.village_code)]
    return next((_VOICES[code] for code in here if code in _VOICES), "")


def _reasons_not_to_say_yes(loan: Loan, by: Actor, voice: str, said: list[LoanApproval], on: date) -> list[Reason]:
    if any(one.person_id == by.id for one in said):
        return [Reason("said_already", "Anda sudah memberi persetujuan.", field="loan_id")]
    if voice == "supervisors" and not loan.related_roles:
        return [Reason("not_related", "Pinjaman ini tidak perlu persetujuan pengawas.", field="loan_id")]
    if loan.surveyed_on is None:
        return [Reason("no_survey", "Hasil survei belum dicatat.", way_out="Catat dulu hasil survei.")]
    if loan.applied_by == by.id:
        return [Reason("entered_it", "Yang mencatat pengajuan tidak ikut memutuskan.", field="loan_id")]
    if loan.member.status != MemberStatus.MEMBER:
        return reasons_not_to_serve(_STATUS[loan.member.status], on)
    return []


def reasons_still_waiting(loan: Loan, said: list[LoanApproval], on: date) -> list[Reason]:
    """Whose yes is still missing."""
    deciders = [Decider(str(one.person_id), one.role, one.has_interest) for one in said]
    waiting = reasons_not_decided(loan.amount_rupiah, deciders, entered_by=str(loan.applied_by))
    roles = {one.role for one in said if not one.has_interest}
    if is_related(loan.related_roles, on) and "supervisors" not in roles:
        text = "Peminjam pihak terkait: pengawas juga harus menyetujui."
        waiting.append(Reason("related_party_approval", text, field="deciders"))
    return waiting


def limits_broken(loan: Loan, said: list[LoanApproval], on: date) -> list[Reason]:
    """Why the loan may not be given whoever agrees: lending limits from the books, and the cap on its cost."""
    roles = sorted({one.role for one in said if not one.has_interest})
    figures = lending_figures(loan.cooperative, loan.member, on, but=loan.id)
    own = LoanOffer.read(loan.terms.offer).one_borrower_percent  # kept as it was when the loan was asked for
    figures = replace(figures, one_borrower_percent=own)
    reasons = reasons_not_to_lend_so_much(loan.amount_rupiah, loan.related_roles, figures, roles, on)
    terms = asked_terms(loan, on)
    return reasons + (reasons_against_terms(terms) or reasons_against_cost(make_schedule(terms), on))


@action("cooperative.decline_loan", Permission.LOAN_DECIDE)
def decline_loan(*, by: Actor, given: DeclineLoan, now: datetime) -> Loan:
    """Say no, with the reason that the member is told."""
    cooperative = books_of(by, given.cooperative_id, Permission.LOAN_DECIDE)
    refuse_future(cooperative.village_code, given.on, now)
    loan = locked_loan(cooperative, given.loan_id)
    if loan.status not in (LoanStatus.APPLIED, LoanStatus.APPROVED):
        raise CannotDecide(Reason("decided_already", "Pengajuan ini sudah diputuskan.", field="loan_id"))
    loan.status, loan.decided_on, loan.declined_reason = LoanStatus.DECLINED, given.on, given.reason
    loan.version += 1
    loan.save(update_fields=["status", "decided_on", "declined_reason", "version"])
    tell("loan.declined", loan)
    return loan


@action("cooperative.disburse_loan", Permission.MONEY_TAKE)
def disburse_loan(*, by: Actor, given: DisburseLoan, now: datetime) -> dict[str, object]:
    """Hand out the money of an approved loan through the till, less the fees, and keep the contract."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    loan = locked_loan(cooperative, given.loan_id)
    till = till_for(cooperative, by, given.on, now)
    if loan.status != LoanStatus.APPROVED:
        text = "Pinjaman ini belum disetujui, atau sudah dicairkan."
        raise CannotServeLoan(Reason("not_approved", text, field="loan_id"))
    terms = asked_terms(loan, given.on)
    reasons = reasons_not_to_serve(_STATUS[loan.member.status], given.on) + reasons_against_terms(terms)
    if reasons := reasons or reasons_against_cost(make_schedule(terms), given.on):
        raise CannotServeLoan(reasons)
    approval = approved_payout(
        cooperative, by, holder_id=loan.id, amount_rupiah=loan.amount_rupiah - terms.fees_on("disbursement"),
        on=given.on, approval_id=given.approval_id, where="di halaman pinjaman ini",
    )  # fmt: skip
    loan.disbursed_on, loan.contract = given.on, contract_for(loan, given.on)
    booking = reckon(loan, None, given.on, chart_of(cooperative))
    refuse_empty_till(till, booking.cash)
    keep(booking, given.on)
    posted = post_entry(
        cooperative, entry_of(booking, given.entry_id, given.on, "loan.disbursed", "Pencairan pinjaman")
    )
    tell("loan.disbursed", loan, number=posted.number)
    return give_slip(
        booking, till, id=given.entry_id, on=given.on, kind="loan.disbursed", number=posted.number, approval=approval
    )
