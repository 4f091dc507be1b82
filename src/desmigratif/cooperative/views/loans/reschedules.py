"""A loan gets a new table: the page of who proposes, and of who decides."""

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
from desmigratif.cooperative.forms.loans.lending import DecideRescheduleForm, RescheduleForm
from desmigratif.cooperative.models import Loan, LoanStatus, Reschedule
from desmigratif.cooperative.queries.loans.reschedules import new_table_for, table_asked_for
from desmigratif.cooperative.queries.loans.standing import grade_now, loan_of, state_of
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
def reschedule_loan(request: HttpRequest, loan_id: UUID) -> HttpResponse:
    """Propose a new table, or decide what somebody proposed."""
    desk = as_desk(request)
    one = loan_of(desk.actor, loan_id)
    only_with(desk, one.cooperative, P.MONEY_APPROVE)
    today, proposal = today_of(desk, one.cooperative), new_table_for(one)
    subjects = Subject("loan", one.id), Subject("member", one.member_id)
    common: dict[str, Any] = {
        "cooperative": one.cooperative, "back": place("loan", one.id), "person": member_strip(one.member),
        "recorded": opened(desk, one.cooperative, "loan.opened", *subjects),
    }  # fmt: skip
    if proposal is not None:
        return _decide(desk, one, proposal, today, common)
    form = RescheduleForm(desk.POST or None, today=today)
    return act_page(
        desk, form, "propose_reschedule", lambda: {**form.payload(), "loan_id": one.id}, then=common["back"],
        said=_("Usulan sudah dicatat. Pengurus lain memutuskan."), title=_("Usulkan jadwal ulang"),
        lead=_stands(one, today), submit=_("Usulkan jadwal ulang"),
        effects=[_("Satu orang mengusulkan, pengurus lain memutuskan."), *_class_stays(one, today)], **common,
    )  # fmt: skip


def _decide(desk: DeskRequest, one: Loan, proposal: Reschedule, today: date, common: dict[str, Any]) -> HttpResponse:
    is_mine, decides = proposal.proposed_by == desk.actor.id, may(desk, one.cooperative, P.LOAN_DECIDE)
    lead = f"{words_of(one, proposal, today)} {_stands(one, today)}"
    if not is_mine and not decides:
        waits = f"{lead} {_('Pengurus yang memutuskan.')}"
        shown = {**common, "title": _("Usulan jadwal ulang"), "lead": waits, "nothing_to_do": True}
        return render(desk, "cooperative/act.html", shown)
    form = DecideRescheduleForm(desk.POST or None, today=today, may_agree=decides and not is_mine)
    mine = [_("Anda yang mengusulkan, jadi pengurus lain yang menyetujui.")]
    return act_page(
        desk, form, "decide_reschedule", lambda: {**form.payload(), "proposal_id": proposal.id}, then=common["back"],
        said=_("Keputusan sudah dicatat."), title=_("Putuskan jadwal ulang"), lead=lead,
        submit=_("Tarik kembali") if is_mine else _("Simpan keputusan"),
        effects=mine if is_mine else _class_stays(one, today), **common,
    )  # fmt: skip


def words_of(one: Loan, proposal: Reschedule, today: date) -> str:
    """What is proposed and why, with what the family would pay."""
    said = _("Diusulkan %(day)s: %(reason)s.") % {
        "day": format_date(proposal.proposed_on), "reason": proposal.reason.rstrip("."),
    }  # fmt: skip
    if one.status != LoanStatus.ACTIVE:
        return said
    lines = table_asked_for(one, proposal, today)
    if not lines:
        return said
    table = _("%(count)s angsuran, yang pertama %(sum)s pada %(on)s, seluruhnya %(total)s.") % {
        "count": len(lines), "sum": format_rupiah(lines[0].open.total), "on": format_date(lines[0].due_on),
        "total": format_rupiah(sum(line.open.total for line in lines)),
    }  # fmt: skip
    return f"{said} {table}"


def _class_stays(one: Loan, today: date) -> list[str]:
    """That a new table alone makes no loan better; nothing where there is nothing to mend."""
    if one.status != LoanStatus.ACTIVE or (grade := grade_now(one, today)).code == "current":
        return []
    said = _("Pinjaman tetap tergolong %s sampai beberapa angsuran baru dibayar berturut-turut.")
    return [said % grade.label.lower()]


def _stands(one: Loan, today: date) -> str:
    """What is left, and what of it is late."""
    if one.status != LoanStatus.ACTIVE:
        return ""
    state = state_of(one, today)
    said = {"left": format_rupiah(state.principal_outstanding), "due": format_rupiah(state.due.total)}
    return _("Sisa pokok sekarang %(left)s, yang sudah diminta %(due)s.") % said
