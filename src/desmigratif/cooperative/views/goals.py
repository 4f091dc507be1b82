"""Savings as a page tells of them: the term, the goal and its plan; and opening a goal before its day."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.routes import scoped
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.forms.members.leaving import UnlockForm
from desmigratif.cooperative.models import Cooperative, RollOver, SavingsAccount, SavingsKind
from desmigratif.cooperative.queries.savings.accounts import MemberSavings, Savings, balance_of, paid_in_since
from desmigratif.cooperative.rules.labels import UNLOCK_EVENTS
from desmigratif.cooperative.rules.rates import percent_text
from desmigratif.cooperative.rules.savings.products import Goal, goal_outlook, plan_open
from desmigratif.cooperative.views.common import act_page, as_desk, member_strip, only_with, opened, place, today_of
from desmigratif.shared.dates import format_date
from desmigratif.shared.rupiah import format_rupiah

BOTH = ("GET", "POST")


def account_rows(found: Cooperative, savings: MemberSavings, today: date) -> list[dict[str, Any]]:
    """Each open account with what there is to say of it. One query more where somebody has a standing plan."""
    rows = [each for each in savings.accounts if not each.account.closed_on]
    planned = [each.account.id for each in rows if each.account.planned_monthly_rupiah]
    paid = paid_in_since(found, planned, today.replace(day=1))
    return [_account_row(each, today, paid.get(each.account.id, 0)) for each in rows]


def _account_row(each: Savings, today: date, paid_this_month: int) -> dict[str, Any]:
    account, notes = each.account, _term_notes(each.account)
    asked = 0
    if account.target_rupiah and account.target_on:
        more, asked = _goal_notes(each, today, paid_this_month)
        notes += more
    running = account.product.kind == SavingsKind.TERM and account.matures_on and account.matures_on > today
    locked = account.target_on is not None and account.target_on > today and account.unlocked_on is None
    return {
        "name": account.product.name, "balance": each.balance_rupiah, "note": " ".join(notes),
        "break_url": place("break_term", account.id) if running and each.balance_rupiah else "",
        "unlock_url": place("unlock_savings", account.id) if locked and each.balance_rupiah else "",
        "plan_says": _plan_says(asked, paid_this_month),
    }  # fmt: skip


def _term_notes(account: SavingsAccount) -> list[str]:
    if account.matures_on is None or account.annual_percent is None:
        return []
    return [
        _("Jasa %(percent)s setahun sampai %(day)s. %(roll)s.")
        % {
            "percent": percent_text(account.annual_percent),
            "day": format_date(account.matures_on),
            "roll": RollOver(account.roll_over).label,
        }
    ]


def _goal_notes(each: Savings, today: date, paid_this_month: int) -> tuple[list[str], int]:
    """What a goal lacks, and what its plan still asks this month."""
    account, planned = each.account, each.account.planned_monthly_rupiah or 0
    goal = Goal(account.target_rupiah or 0, account.target_on or today)
    seen = goal_outlook(goal, each.balance_rupiah, today, planned_monthly=planned)
    notes = [_("Untuk %s.") % account.purpose]
    notes.append(
        _("Tercapai.") if seen.is_reached
        else _("Kurang %(missing)s sampai %(day)s: %(monthly)s per bulan.") % {
            "missing": format_rupiah(seen.missing), "day": format_date(goal.by),
            "monthly": format_rupiah(seen.needed_monthly),
        }
    )  # fmt: skip
    if account.remittance_percent:
        notes.append(_("%s persen dari setiap kiriman disimpan di sini.") % account.remittance_percent)
    if planned:
        notes.append(_("Rencananya %s per bulan.") % format_rupiah(planned))
    if account.unlocked_on is not None:
        said = {"day": format_date(account.unlocked_on), "event": UNLOCK_EVENTS[account.unlocked_for].lower()}
        notes.append(_("Dibuka %(day)s untuk %(event)s.") % said)
        return notes, 0
    return notes, plan_open(planned, paid_this_month, seen.missing)


def share_says(account: SavingsAccount) -> str:
    """The choice at the counter: the amount typed is what came from abroad."""
    said = {"percent": account.remittance_percent, "purpose": account.purpose}
    return _("Simpan %(percent)s persen kiriman untuk %(purpose)s (isi jumlah kirimannya)") % said


def _plan_says(asked: int, paid_this_month: int) -> str:
    if not asked:
        return ""
    return _("bulan ini kurang %s") % format_rupiah(asked) if paid_this_month > 0 else _("bulan ini belum")


@scoped(P.MONEY_APPROVE, methods=BOTH)
def unlock_savings(request: HttpRequest, goal_account_id: UUID) -> HttpResponse:
    """What the savings are for came before their day: say what, and they may be taken."""
    desk = as_desk(request)
    rows = SavingsAccount.objects.visible_to(desk.actor).select_related("cooperative", "member", "product")
    account = get_or_refuse(rows, "account_id", id=goal_account_id)
    found = account.cooperative
    only_with(desk, found, P.MONEY_APPROVE)
    effects = [_("Simpanan: %s") % format_rupiah(balance_of(found, account))]
    if account.target_on is not None:
        goal = {"purpose": account.purpose, "day": format_date(account.target_on)}
        effects.append(_("Untuk %(purpose)s, semula terkunci sampai %(day)s.") % goal)
    effects.append(_("Sesudah dibuka, anggota dapat mengambilnya di kas."))
    form = UnlockForm(request.POST or None, today=today_of(desk, found))
    return act_page(
        desk, form, "unlock_savings", lambda: {**form.payload(), "account_id": account.id}, cooperative=found,
        said=_("Simpanan sudah dibuka. Pengambilannya di kas."), then=place("member", account.member_id),
        title=_("Buka simpanan sebelum waktunya"), submit=_("Buka simpanan"), effects=effects,
        person=member_strip(account.member),
        recorded=opened(desk, found, "member.opened", Subject("member", account.member_id)),
    )  # fmt: skip
