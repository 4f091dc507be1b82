"""Pages of mudharabah savings: a month's distribution prepared, looked at, entered or undone; the nisbah."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.routes import scoped
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.forms.sharia import savers as forms
from desmigratif.cooperative.models import Cooperative, DistributionStatus, SavingsDistribution
from desmigratif.cooperative.queries.ledger.books import closed_until
from desmigratif.cooperative.queries.sharia.savers import distribution_of
from desmigratif.cooperative.views.books import month_name
from desmigratif.cooperative.views.common import act_page, as_desk, may, only_with, opened, page, place, today_of
from desmigratif.cooperative.views.sharia import month
from desmigratif.cooperative.views.sharia.contracts import BOTH, allowed
from desmigratif.cooperative.views.sharia.printed import distribution_file
from desmigratif.cooperative.views.sharia.saved import STATES
from desmigratif.shared.rupiah import format_rupiah

PER_PAGE = 30


@scoped(P.BOOKS_POST, methods=BOTH)
def prepare_distribution(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Reckon what a closed month leaves for the savers; another person then looks at it."""
    desk, found = allowed(request, cooperative_id, P.BOOKS_POST)
    today = today_of(desk, found)
    form = forms.PrepareForm(request.POST or None, last_on=_next_month(found, today))
    return act_page(
        desk, form, "prepare_distribution", form.payload, cooperative=found,
        back=f"{place('sharia', found.id)}?bagian=penabung",
        then=place("distribution", form["record_id"].value()) if form.is_bound else "",
        said=_("Bagi hasil sudah dihitung. Orang kedua memeriksa lalu membukukannya."),
        title=_("Hitung bagi hasil penabung"), submit=_("Hitung"),
        lead=_("Dari pendapatan yang sungguh diterima dalam bulan yang sudah ditutup. Belum ada yang dibukukan."),
    )  # fmt: skip


def _next_month(found: Cooperative, today: date) -> date:
    """The last closed month, which is what somebody comes here for; last month when none is."""
    return closed_until(found) or date.fromordinal(today.replace(day=1).toordinal() - 1)


@scoped(P.COOPERATIVE_SEE)
def distribution(request: HttpRequest, distribution_id: UUID) -> HttpResponse:
    """Where a month's income came from, what is the savers' of it, and what each account gets."""
    desk = as_desk(request)
    one = distribution_of(desk.actor, distribution_id)
    found = one.cooperative
    if request.GET.get("bentuk") == "pdf":
        return distribution_file(desk, one)
    rows = Paginator(month.rows_of(one), PER_PAGE).get_page(request.GET.get("hal"))
    second = may(desk, found, P.MONEY_APPROVE)
    shown = {
        "recorded": opened(desk, found, "distribution.opened", Subject("savings_distribution", one.id)),
        "one": one, "month": month_name(one.last_on), "state": STATES[DistributionStatus(one.status)],
        "pdf": "?bentuk=pdf",
        "why_nothing": month.why_nothing(one), "sources": month.sources_of(found, one), "parts": month.parts_shown(one),
        "facts": month.facts_of(one), "page": rows, "page_query": "", "rows": month.rows_shown(one, rows),
        "may_post": second and one.status == DistributionStatus.PREPARED and one.prepared_by != desk.actor.id,
        "may_take_back": second and one.status != DistributionStatus.REVERSED and one.posted_by != desk.actor.id,
    }  # fmt: skip
    return page(desk, "sharia/distribution", found, "sharia", shown)


@scoped(P.MONEY_APPROVE, methods=BOTH)
def settle_distribution(request: HttpRequest, distribution_id: UUID) -> HttpResponse:
    """Enter what was prepared; `?langkah=batal` undoes it, entered or not."""
    desk = as_desk(request)
    one = distribution_of(desk.actor, distribution_id)
    found, then, name = one.cooperative, place("distribution", one.id), month_name(one.last_on)
    only_with(desk, found, P.MONEY_APPROVE)
    today = today_of(desk, found)
    if request.GET.get("langkah") == "batal":
        back = forms.TakeBackForm(request.POST or None, today=today)
        return act_page(
            desk, back, "take_back_distribution", lambda: {**back.payload(), "distribution_id": one.id},
            cooperative=found, then=then, said=_("Pembagian sudah dibatalkan."), submit=_("Batalkan pembagian"),
            title=_("Batalkan bagi hasil %s") % name,
            lead=_("Yang sudah dibukukan dibalik dengan catatan baru; tidak ada yang dihapus."),
        )  # fmt: skip
    form = forms.PostForm(request.POST or None, today=today)
    return act_page(
        desk, form, "post_distribution", lambda: {**form.payload(), "distribution_id": one.id}, cooperative=found,
        then=then, said=_("Bagi hasil sudah masuk ke simpanan."), title=_("Bukukan bagi hasil %s") % name,
        submit=_("Bukukan"), effects=_effects(one),
    )  # fmt: skip


def _effects(one: SavingsDistribution) -> list[str]:
    if nothing := month.why_nothing(one):
        return [nothing]
    said = {"sum": format_rupiah(one.savers_rupiah), "count": one.account_count}
    return [
        _("%(sum)s masuk ke %(count)s simpanan hari ini.") % said,
        _("Pajak dipotong seperti pada jasa simpanan, menurut jumlah sebulan tiap anggota."),
    ]
