"""Leaving with a settlement, and breaking a term: what becomes of the money stands on the page first."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.routes import scoped
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.members.leaving import leaving_of
from desmigratif.cooperative.actions.savings.month_end import deposit_of
from desmigratif.cooperative.forms.members.leaving import BreakTermForm, LeaveForm
from desmigratif.cooperative.models import SavingsAccount
from desmigratif.cooperative.queries.members.register import member_of
from desmigratif.cooperative.queries.savings.accounts import balance_of, savings_of
from desmigratif.cooperative.queries.till import latest_approval
from desmigratif.cooperative.rules.members.membership import settle
from desmigratif.cooperative.rules.savings.products import break_early
from desmigratif.cooperative.views.common import act_page, as_desk, member_strip, only_with, opened, place, today_of
from desmigratif.shared.ids import new_id
from desmigratif.shared.rupiah import format_rupiah

BOTH = ("GET", "POST")


@scoped(P.MEMBER_MANAGE, methods=BOTH)
def leave(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """End a membership; what will be paid out is reckoned first."""
    desk = as_desk(request)
    one = member_of(desk.actor, member_id)
    found = one.cooperative
    only_with(desk, found, P.MEMBER_MANAGE)
    today = today_of(desk, found)
    settlement = settle(leaving_of(found, one, savings_of(found, one, today), today))
    effects = [f"{line.label}: {format_rupiah(line.amount)}" for line in settlement.lines]
    effects += [
        _("Menjadi hak anggota atau ahli warisnya, dibayar di kas: %s.") % format_rupiah(settlement.to_pay_out),
        _("Semua simpanannya ditutup. Simpanan berjangka yang berjalan tidak lagi mendapat jasa."),
    ]
    form = LeaveForm(request.POST or None, today=today)
    return act_page(
        desk, form, "leave_cooperative", lambda: {**form.payload(), "member_id": one.id}, cooperative=found,
        said=_("%s sudah dicatat keluar.") % one.name, then=place("member", one.id), title=_("Keluar dari koperasi"),
        submit=_("Catat keluar"), effects=effects, person=member_strip(one),
        recorded=opened(desk, found, "member.opened", Subject("member", one.id)),
    )  # fmt: skip


@scoped(P.MONEY_TAKE, methods=BOTH)
def break_term(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """End a term before its day; what is left of it stands on the page."""
    desk = as_desk(request)
    rows = SavingsAccount.objects.visible_to(desk.actor).select_related("cooperative", "member", "product")
    account = get_or_refuse(rows, "account_id", id=account_id)
    found = account.cooperative
    only_with(desk, found, P.MONEY_TAKE)
    today = today_of(desk, found)
    balance, effects = balance_of(found, account), [_("Simpanan ini tidak sedang berjalan.")]
    if account.matures_on and account.term_from and account.term_from <= today < account.matures_on and balance:
        broken = break_early(deposit_of(account, balance), today)
        effects = [
            _("Simpanan: %s") % format_rupiah(balance),
            _("Jasa yang tetap dibayar: %s") % format_rupiah(broken.interest),
            _("Potongan pencairan awal: %s") % format_rupiah(broken.penalty),
            _("Dibayarkan sebelum pajak: %s") % format_rupiah(broken.handed_out),
        ]
    form = BreakTermForm(request.POST or None, today=today)
    agreed = latest_approval(found, desk.actor, holder_id=account.id, on=today)
    new = form["record_id"].value() or new_id()
    return act_page(
        desk, form, "break_term",
        lambda: {**form.payload(), "account_id": account.id, "approval_id": agreed.id if agreed else None},
        cooperative=found, said=_("Simpanan berjangka sudah dicairkan."),
        then=place("slip", new) if form.is_bound and form.is_valid() else "", back=place("member", account.member_id),
        title=_("Cairkan sebelum jatuh tempo"), submit=_("Cairkan"), effects=effects,
        person=member_strip(account.member),
        recorded=opened(desk, found, "member.opened", Subject("member", account.member_id)),
    )  # fmt: skip
