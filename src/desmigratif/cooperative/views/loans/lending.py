"""Lending: what is offered, what is due and late, one loan, its printed table."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.loans.lending import reasons_against_cost, reasons_still_waiting, voice_of
from desmigratif.cooperative.forms.loans.lending import LoanApplyForm, related_words
from desmigratif.cooperative.forms.loans.products import METHODS, PRESET_LABELS, LoanProductForm, LoanTermsForm
from desmigratif.cooperative.inputs.loans import LoanOffer
from desmigratif.cooperative.models import (
    ConnectedPerson,
    ConnectionKind,
    Cooperative,
    Loan,
    LoanApproval,
    LoanCollateral,
    LoanEvent,
    LoanGuarantor,
    LoanProduct,
    LoanStatus,
)
from desmigratif.cooperative.queries.ledger.books import cooperative_of
from desmigratif.cooperative.queries.loans.group import group_behind, groups_of
from desmigratif.cooperative.queries.loans.limits import related_roles_of
from desmigratif.cooperative.queries.loans.reschedules import loans_with_new_table, new_table_for
from desmigratif.cooperative.queries.loans.standing import (
    asked_terms,
    disbursement_of,
    due_until,
    grade_of,
    loan_of,
    loans_offered,
    offer_on,
    payoff_of,
    principal_left,
    state_of,
)
from desmigratif.cooperative.queries.members.register import member_of
from desmigratif.cooperative.queries.till import is_payout_agreed
from desmigratif.cooperative.queries.write_offs import loans_proposed, waiting_for
from desmigratif.cooperative.rules.loans.collectibility import Collateral
from desmigratif.cooperative.rules.loans.life.contract import terms_of
from desmigratif.cooperative.rules.loans.presets import METHOD_OF, preset_named
from desmigratif.cooperative.rules.loans.schedule import make_schedule
from desmigratif.cooperative.views.common import (
    act_page,
    as_desk,
    families_of,
    may,
    member_strip,
    only_with,
    opened,
    page,
    place,
    tabs_of,
    today_of,
)
from desmigratif.cooperative.views.hand_overs import asked_for, asked_in, lead_of
from desmigratif.cooperative.views.loans.reschedules import words_of
from desmigratif.cooperative.views.loans.words import (
    CLASS_STATES,
    LOAN_STATES,
    event_rows,
    line_rows,
    price_of,
    quote_of,
    standing_rows,
)
from desmigratif.shared.reasons import InvalidInput

BOTH = ("GET", "POST")
MOST_ROWS = 200
VOICES = {"board": _l("Pengurus"), "treasurer": _l("Bendahara"), "supervisors": _l("Pengawas"), "": _l("Lainnya")}
WAITING = (LoanStatus.APPLIED, LoanStatus.APPROVED)


@scoped(P.COOPERATIVE_SEE)
def loans(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Due today, late (the oldest first), waiting for a decision or for the money; then all that run."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    today = today_of(desk, found)
    rows = standing_rows(due_until(found, today)[:MOST_ROWS], today)
    waiting = Loan.objects.of(found).filter(status__in=WAITING).select_related("member", "product")
    running = Loan.objects.of(found).running().select_related("member").order_by("member__name", "id")
    shown = {
        "recorded": opened(desk, found, "loans.listed"),
        "late": [row for row in rows if row["due_on"] < today],
        "due_today": [row for row in rows if row["due_on"] == today],
        "waiting": [*_proposed(found), *(_short(one) for one in waiting.order_by("applied_on", "id")[:MOST_ROWS])],
        "running": _with_rest(found, [_short(one) for one in running[:MOST_ROWS]]),
        "offers": [(one, LoanOffer.read(one.offer)) for one in loans_offered(found, today)],
        "may_set_up": may(desk, found, P.COOPERATIVE_SET_UP),
        "may_take": may(desk, found, P.MONEY_TAKE),
        "may_close": may(desk, found, P.PERIOD_CLOSE),
    }
    return page(desk, "loans/list", found, "loans", shown)


def _short(loan: Loan) -> dict[str, Any]:
    status = LoanStatus(loan.status)
    return {
        "loan": loan, "name": loan.member.name, "url": place("loan", loan.id), "state": LOAN_STATES[status],
        "status": status.label,
    }  # fmt: skip


def _proposed(found: Cooperative) -> list[dict[str, Any]]:
    """Loans about which somebody proposed a write-off or a new table, for another to decide."""
    proposed = [(one, _("Usulan hapus buku")) for one in loans_proposed(found)]
    proposed += [(one, _("Usulan jadwal ulang")) for one in loans_with_new_table(found)]
    return [{**_short(one), "state": "cek", "status": said} for one, said in proposed]


def _with_rest(found: Cooperative, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rest = principal_left(found)
    return [{**row, "left": rest.get(row["loan"].id, 0)} for row in rows]


@scoped(P.COOPERATIVE_SET_UP, methods=BOTH)
def add_loan_product(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Offer a way to borrow."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    only_with(desk, found, P.COOPERATIVE_SET_UP)
    preset, here = preset_named(request.GET.get("jenis", "")), place("add_loan_product", found.id)
    form = LoanProductForm(request.POST or None, today=today_of(desk, found), preset=preset)
    return act_page(
        desk, form, "add_loan_product", form.payload, cooperative=found, said=_("Pinjaman sudah ditawarkan."),
        then=place("loans", found.id), title=_("Pinjaman baru"), template="loans/product",
        chips=[
            {"label": label, "url": f"{here}?jenis={one}", "current": one == preset}
            for one, label in PRESET_LABELS.items()
        ],
        lead=f"{dict(METHODS)[METHOD_OF[preset]]}. "
        + _("Biaya seluruhnya dihitung setara menurun dan dibandingkan dengan batas peraturan."),
    )  # fmt: skip


@scoped(P.COOPERATIVE_SET_UP, methods=BOTH)
def change_loan_terms(request: HttpRequest, loan_product_id: UUID) -> HttpResponse:
    """Other conditions from a day on; who has applied keeps theirs."""
    desk = as_desk(request)
    rows = LoanProduct.objects.visible_to(desk.actor).select_related("cooperative")
    product = get_or_refuse(rows, "product_id", id=loan_product_id)
    found = product.cooperative
    only_with(desk, found, P.COOPERATIVE_SET_UP)
    today = today_of(desk, found)
    now = offer_on(found, product, today)
    form = LoanTermsForm(request.POST or None, today=today, offer=LoanOffer.read(now.offer) if now else None)
    return act_page(
        desk, form, "change_loan_terms", lambda: {**form.payload(), "product_id": product.id}, cooperative=found,
        said=_("Ketentuan baru sudah dicatat."), then=place("loans", found.id),
        title=_("Ubah ketentuan %s") % product.name, template="loans/product",
        lead=_("Pinjaman yang sudah diajukan memakai ketentuan lamanya."),
    )  # fmt: skip


@scoped(P.MONEY_TAKE, methods=BOTH)
def apply_for_loan(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """An application with its quote: reckon first, then send."""
    desk = as_desk(request)
    one = member_of(desk.actor, member_id)
    found = one.cooperative
    only_with(desk, found, P.MONEY_TAKE)
    today = today_of(desk, found)
    recorded = opened(desk, found, "member.opened", Subject("member", one.id))
    payers = ConnectedPerson.objects.of(found).standing().filter(member=one, kind=ConnectionKind.PAYER)
    handed = asked_for(desk, found)
    form = LoanApplyForm(
        request.POST or None, today=today, initial=asked_in(handed),
        offers=loans_offered(found, today), payers=list(payers),
        groups=groups_of(one), cooperative=found,
    )  # fmt: skip
    back = place("member", one.id)
    shown: dict[str, Any] = {
        "title": _("Ajukan pinjaman"), "recorded": recorded, "person": member_strip(one), "lead": lead_of(handed),
    }  # fmt: skip
    more = {"member_id": one.id, "hand_over_id": handed.id if handed else None}
    if request.method == "POST" and "hitung" in request.POST:
        quote = _quote(form) if form.is_valid() else None
        return page(desk, "loans/apply", found, "loans", {**shown, "form": form, "quote": quote, "back": back})
    id = form["record_id"].value()
    return act_page(
        desk, form, "apply_for_loan", lambda: {**form.payload(), **more}, cooperative=found,
        said=_("Pengajuan sudah dicatat. Berikutnya: survei."),
        then=place("loan", id) if form.is_bound and form.is_valid() else "", back=back, template="loans/apply",
        tabs=tabs_of(desk, found, "loans"), **shown,
    )  # fmt: skip


def _quote(form: LoanApplyForm) -> dict[str, Any] | None:
    """What the loan would be, and what speaks against it; the form says what makes no table."""
    data = form.cleaned_data
    offer = LoanOffer.read(form.offers[data["product_id"]].offer)
    terms = terms_of(
        offer, data["amount_rupiah"], data["instalments"], form.today, data["first_due_on"],
        due_dates=data["due_dates"],
    )  # fmt: skip
    try:
        schedule = make_schedule(terms)
    except InvalidInput as wrong:
        form.refuse(wrong.reasons)
        return None
    return {**quote_of(schedule), "against": reasons_against_cost(schedule, form.today)}


@scoped(P.COOPERATIVE_SEE)
def loan(request: HttpRequest, loan_id: UUID) -> HttpResponse:
    """One loan: where it stands, its table, what happened, and what may be done next."""
    desk = as_desk(request)
    one = loan_of(desk.actor, loan_id)
    found, today = one.cooperative, today_of(desk, one.cooperative)
    subjects = [Subject("loan", one.id), Subject("member", one.member_id)]
    shown: dict[str, Any] = {
        "recorded": opened(desk, found, "loan.opened", *subjects), "loan": one,
        "person": member_strip(one.member), "state": LOAN_STATES[LoanStatus(one.status)],
        "guarantors": list(LoanGuarantor.objects.of(found).filter(loan=one)),
        "collateral": list(LoanCollateral.objects.of(found).filter(loan=one)),
        "may_take": may(desk, found, P.MONEY_TAKE), "may_decide": may(desk, found, P.LOAN_DECIDE),
        "may_approve": may(desk, found, P.MONEY_APPROVE),
        "supervises": voice_of(desk.actor, found) == "supervisors",
        "family": families_of([one.member], today).get(one.member_id, []),
    }  # fmt: skip
    shown |= _before(desk, one) if one.disbursed_on is None else _after(desk, one)
    if one.status == LoanStatus.ACTIVE:
        shown["write_off"] = waiting_for(one)
        if proposal := new_table_for(one):
            shown["new_table"] = words_of(one, proposal, today)
    if handed_out := disbursement_of(one) if one.disbursed_on else None:
        shown["handed_out"] = place("slip", handed_out.id)
    return page(desk, "loans/loan", found, "loans", {**shown, "today": today})


def _before(desk: DeskRequest, one: Loan) -> dict[str, Any]:
    """An application: what it would cost, who said yes, who is missing."""
    today = today_of(desk, one.cooperative)
    terms = asked_terms(one, today)
    if one.status == LoanStatus.APPLIED:  # the borrower may have been elected since
        one.related_roles = related_roles_of(one.cooperative, one.member, one.related_roles, today)
    said = list(LoanApproval.objects.of(one.cooperative).filter(loan=one).order_by("on", "id"))
    waiting = reasons_still_waiting(one, said, today) if one.status == LoanStatus.APPLIED else []
    mine = any(voice.person_id == desk.actor.id for voice in said)
    voices = [(VOICES[voice.role], voice.on, voice.has_interest) for voice in said]
    found: dict[str, Any] = {"related": related_words(one), "voices": voices, "waiting": waiting, "mine": mine}
    if one.status == LoanStatus.APPROVED:
        found["agreed"] = is_payout_agreed(one.cooperative, holder_id=one.id, on=today)
    try:
        schedule = make_schedule(terms)
    except InvalidInput as wrong:  # a first due date that has passed
        return {**found, "against": wrong.reasons}
    return {**found, "quote": quote_of(schedule), "against": reasons_against_cost(schedule, today)}


def _after(desk: DeskRequest, one: Loan) -> dict[str, Any]:
    today = today_of(desk, one.cooperative)
    state = state_of(one, today)
    items = [
        Collateral(row.kind, row.value_rupiah) for row in LoanCollateral.objects.of(one.cooperative).filter(loan=one)
    ]
    grade = grade_of(one, state, items)
    events = list(LoanEvent.objects.of(one.cooperative).filter(loan=one).order_by("-booked_on", "-id"))
    return {
        "related": related_words(one), "price": price_of(one),
        "stands": state, "lines": line_rows(state),
        "grade": grade, "grade_state": CLASS_STATES[grade.code],
        "payoff": payoff_of(one, today).total if state.status == "active" else 0,
        "events": event_rows(one, events, may_reverse=may(desk, one.cooperative, P.MONEY_APPROVE)),
    }  # fmt: skip


@scoped(P.COOPERATIVE_SEE)
def loan_card(request: HttpRequest, loan_id: UUID) -> HttpResponse:
    """The table of a loan, to print and hand over: with what was paid so far."""
    desk = as_desk(request)
    one = loan_of(desk.actor, loan_id)
    found = one.cooperative
    subjects = [Subject("loan", one.id), Subject("member", one.member_id)]
    shown: dict[str, Any] = {
        "recorded": opened(desk, found, "loan.printed", *subjects), "loan": one,
        "guarantors": list(LoanGuarantor.objects.of(found).filter(loan=one)), "group_members": group_behind(one),
    }  # fmt: skip
    shown |= _before(desk, one) if one.disbursed_on is None else _after(desk, one)
    return page(desk, "loans/card", found, "loans", shown)
