"""The benevolent fund's own money, the bonus of savers; units: opened, served in, money between."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.routes import scoped
from desmigratif.cooperative.forms.sharia import funds as forms
from desmigratif.cooperative.models import Cooperative, SavingsKind, SavingsProduct
from desmigratif.cooperative.queries.sharia.units import units_of
from desmigratif.cooperative.views.business.moves import money_act
from desmigratif.cooperative.views.common import act_page, place, today_of
from desmigratif.cooperative.views.sharia.contracts import BOTH, allowed
from desmigratif.cooperative.views.sharia.reports import fund_says


@scoped(P.MONEY_TAKE, methods=BOTH)
def move_fund(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Money into the benevolent fund, or to whom it is for."""
    desk, found = allowed(request, cooperative_id, P.MONEY_TAKE)
    form = forms.FundForm(request.POST or None, today=today_of(desk, found))
    return money_act(
        desk, found, form, "move_benevolent_fund", about={}, title=_("Dana kebajikan"), pays=found.id,
        lead=fund_says(found),
        back=f"{place('sharia', found.id)}?bagian=kebajikan",
    )  # fmt: skip


@scoped(P.BOOKS_POST, methods=BOTH)
def give_bonus(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """A bonus for the savers of one product, as was decided after the month."""
    desk, found = allowed(request, cooperative_id, P.BOOKS_POST)
    rows = (
        SavingsProduct.objects.of(found).exclude(kind__in=(SavingsKind.TERM, SavingsKind.MUDHARABAH)).order_by("name")
    )
    products = [(str(one.id), one.name) for one in rows]
    form = forms.BonusForm(request.POST or None, today=today_of(desk, found), products=products)
    return act_page(
        desk, form, "give_wadiah_bonus", form.payload, cooperative=found, then=place("sharia", found.id),
        said=_("Bonus sudah dibagikan."), title=_("Bonus wadiah"),
        lead=_("Dibagi menurut saldo sepanjang bulan itu. Tidak dijanjikan sebelumnya; pajak dipotong seperti biasa."),
    )  # fmt: skip


@scoped(P.COOPERATIVE_SET_UP, methods=BOTH)
def open_unit(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """A unit with books of its own."""
    desk, found = allowed(request, cooperative_id, P.COOPERATIVE_SET_UP)
    form = forms.UnitForm(request.POST or None, today=today_of(desk, found))
    return act_page(
        desk, form, "open_unit", form.payload, cooperative=found, back=place("settings", found.id),
        then=place("settings", form["record_id"].value()) if form.is_bound else "",
        said=_("Buku unit sudah dibuka."), title=_("Buka unit"),
        lead=_("Unit memakai buku dan kas sendiri. Laporan gabungan menjumlahkannya tanpa utang di antara keduanya."),
    )  # fmt: skip


@scoped(P.MEMBER_MANAGE, methods=BOTH)
def serve_in_unit(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Let a member of the cooperative be served in this unit."""
    desk, found = allowed(request, cooperative_id, P.MEMBER_MANAGE)
    parent = found.parent or found
    form = forms.ServeForm(request.POST or None, today=today_of(desk, found), parent=parent)
    return act_page(
        desk, form, "serve_in_unit", form.payload, cooperative=found, then=place("members", found.id),
        said=_("Anggota ini sekarang dilayani unit."), title=_("Layani anggota di unit"),
        lead=_("Nomornya tetap sama, dan tidak ada simpanan pokok yang kedua."),
    )  # fmt: skip


@scoped(P.BOOKS_POST, methods=BOTH)
def move_between(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Money from this bank account to that of the cooperative or another of its units."""
    desk, found = allowed(request, cooperative_id, P.BOOKS_POST)
    others = [(str(one.id), one.name) for one in family_of(found) if one.id != found.id]
    form = forms.BetweenForm(request.POST or None, today=today_of(desk, found), others=others)
    return act_page(
        desk, form, "move_between_units", form.payload, cooperative=found, then=place("settings", found.id),
        said=_("Uangnya sudah pindah, dan tercatat di kedua buku."), title=_("Pindahkan uang bank"),
        lead=_("Dari bank %s. Keduanya mencatat siapa berutang kepada siapa.") % found.name,
        nothing_to_do=not others,
    )  # fmt: skip


def family_of(found: Cooperative) -> list[Cooperative]:
    """A cooperative and its units; the same whichever of them asks."""
    head = found.parent or found
    return [head, *units_of(head)]


def units_shown(found: Cooperative) -> list[dict[str, Any]]:
    """Rows of the others of one cooperative, for its settings."""
    return [
        {
            "title": one.name, "icon": "building-bank", "url": place("cooperative", one.id),
            "detail": _("syariah") if one.sharia_since else _("konvensional"),
        }
        for one in family_of(found)
        if one.id != found.id
    ]  # fmt: skip
