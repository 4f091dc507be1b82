"""A loan or a contract leaves the books: the page of who proposes, and of who decides."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.forms.write_offs import DecideWriteOffForm, ProposeWriteOffForm
from desmigratif.cooperative.models import Loan, LoanStatus, ShariaContract, WriteOff
from desmigratif.cooperative.queries.loans.standing import grade_now, loan_of, state_of
from desmigratif.cooperative.queries.sharia.contracts import standing_contract
from desmigratif.cooperative.queries.sharia.quality import grade_of_contract
from desmigratif.cooperative.queries.write_offs import held_for, waiting_for
from desmigratif.cooperative.rules.write_off import grounds_on
from desmigratif.cooperative.views.common import (
    act_page,
    as_desk,
    may,
    member_strip,
    only_with,
    opened,
    place,
    today_of,
)
from desmigratif.shared.dates import format_date
from desmigratif.shared.rupiah import format_rupiah

BOTH = ("GET", "POST")


@scoped(P.MONEY_APPROVE, methods=BOTH)
def write_off_loan(request: HttpRequest, loan_id: UUID) -> HttpResponse:
    """Propose it, or decide what somebody proposed."""
    desk = as_desk(request)
    one = loan_of(desk.actor, loan_id)
    return write_off_page(desk, one, place("loan", one.id), "loan.opened", Subject("loan", one.id))


def write_off_page(
    desk: DeskRequest, thing: Loan | ShariaContract, back: str, trace: str, *subjects: Subject
) -> HttpResponse:
    """The one form that fits: a proposal, a decision, or, for who may do neither, what is waited for."""
    only_with(desk, thing.cooperative, P.MONEY_APPROVE)
    today, proposal = today_of(desk, thing.cooperative), waiting_for(thing)
    common: dict[str, Any] = {
        "cooperative": thing.cooperative, "back": back, "person": member_strip(thing.member),
        "recorded": opened(desk, thing.cooperative, trace, *subjects, Subject("member", thing.member_id)),
    }  # fmt: skip
    if proposal is None:
        about = "loan_id" if isinstance(thing, Loan) else "contract_id"
        form = ProposeWriteOffForm(desk.POST or None, today=today)
        return act_page(
            desk, form, "propose_write_off", lambda: {**form.payload(), about: thing.id}, then=back,
            said=_("Usulan sudah dicatat. Pengurus lain memutuskan."), title=_("Usulkan hapus buku"),
            lead=_stands(thing, today), submit=_("Usulkan hapus buku"),
            effects=[
                _("Satu orang mengusulkan, pengurus lain memutuskan."),
                _("Tagihannya tetap ada; yang dibayar kemudian tetap dicatat."), *_released(thing),
            ],
            **common,
        )  # fmt: skip
    return _decide(desk, thing, proposal, today, common)


def _released(thing: Loan | ShariaContract) -> list[str]:
    """What was held for a loan pays first; the rest leaves the books."""
    held = held_for(thing) if isinstance(thing, Loan) else 0
    if not held:
        return []
    said = _("Simpanan yang diblokir %s dipakai dulu untuk membayar; hanya sisanya yang dihapus buku.")
    return [said % format_rupiah(held)]


def _decide(
    desk: DeskRequest, thing: Loan | ShariaContract, proposal: WriteOff, today: date, common: dict[str, Any]
) -> HttpResponse:
    is_mine, decides = proposal.proposed_by == desk.actor.id, may(desk, thing.cooperative, P.LOAN_DECIDE)
    said = _("Diusulkan %(day)s: %(ground)s. %(reason)s.") % {
        "day": format_date(proposal.proposed_on), "reason": proposal.reason.rstrip("."),
        "ground": grounds_on(proposal.proposed_on).get(proposal.ground, proposal.ground),
    }  # fmt: skip
    lead = f"{said} {_stands(thing, today)}"
    if not is_mine and not decides:
        waits = f"{lead} {_('Pengurus yang memutuskan.')}"
        shown = {**common, "title": _("Usulan hapus buku"), "lead": waits, "nothing_to_do": True}
        return render(desk, "cooperative/act.html", shown)
    form = DecideWriteOffForm(desk.POST or None, today=today, may_agree=decides and not is_mine)
    return act_page(
        desk, form, "decide_write_off", lambda: {**form.payload(), "write_off_id": proposal.id},
        then=common["back"], said=_("Keputusan sudah dicatat."), title=_("Putuskan hapus buku"), lead=lead,
        submit=_("Tarik kembali") if is_mine else _("Simpan keputusan"),
        effects=[_("Anda yang mengusulkan, jadi pengurus lain yang menyetujui.")] if is_mine else _released(thing),
        **common,
    )  # fmt: skip


def _stands(thing: Loan | ShariaContract, today: date) -> str:
    """What is still owed, and how bad it is by the dated bands."""
    if isinstance(thing, Loan):
        if thing.status != LoanStatus.ACTIVE:
            return ""
        state, grade = state_of(thing, today), grade_now(thing, today)
        said = {"left": state.principal_outstanding, "days": state.arrears_days, "grade": grade.label.lower()}
        text = _("Sisa pokok %(left)s, menunggak %(days)s hari, tergolong %(grade)s.")
        return text % {**said, "left": format_rupiah(state.principal_outstanding)}
    standing = standing_contract(thing)
    text = _("Belum dibayar %(left)s, tergolong %(grade)s.")
    label = grade_of_contract(standing, today).label.lower()
    return text % {"left": format_rupiah(standing.owed_rupiah), "grade": label}
