"""The first page of a cooperative, and what it decides once."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest, own_village
from desmigratif.access.routes import scoped
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.cooperative.forms.settings import LimitForm, ProductForm, RateForm, SetUpForm, TermsForm
from desmigratif.cooperative.models import (
    Cooperative,
    CooperativeKind,
    MembershipTerms,
    MoneyLimit,
    SavingsKind,
    SavingsProduct,
    SavingsRate,
)
from desmigratif.cooperative.queries.ledger.books import closed_until, cooperative_of
from desmigratif.cooperative.queries.overview import Overview, cooperatives_of, overview_of
from desmigratif.cooperative.queries.till import tills_of_day
from desmigratif.cooperative.views.common import act_page, as_desk, may, only_with, opened, page, place, today_of
from desmigratif.cooperative.views.hand_overs import waiting_here
from desmigratif.cooperative.views.sharia.funds import units_shown
from desmigratif.cooperative.views.sharia.saved import nisbah_by_product, nisbah_page, offer_page
from desmigratif.documents.acting import attempt
from desmigratif.regions.queries import village
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import NotFoundOrNotYours
from desmigratif.shared.rupiah import format_rupiah

BOTH = ("GET", "POST")


@scoped(P.COOPERATIVE_SEE)
def home(request: HttpRequest) -> HttpResponse:
    """Straight to the one cooperative; a choice when there are several; the way to begin when there is none."""
    desk = as_desk(request)
    found = cooperatives_of(desk.actor)
    if len(found) == 1:
        return redirect("cooperative:cooperative", found[0].id)
    code = own_village(desk.actor)
    shown = {
        "rows": [
            {"title": one.name, "detail": f"{one.get_kind_display()}, {village(one.village_code).label}",
             "icon": "building-bank", "url": place("cooperative", one.id)}
            for one in found
        ],
        "may_set_up": bool(code) and desk.actor.may(P.COOPERATIVE_SET_UP, code or ""),
    }  # fmt: skip
    return render(request, "cooperative/home.html", shown)


@scoped(P.COOPERATIVE_SET_UP, methods=BOTH)
def set_up(request: HttpRequest) -> HttpResponse:
    """Open the books of a cooperative in one's own village."""
    desk = as_desk(request)
    code = own_village(desk.actor)
    if code is None:
        raise NotFoundOrNotYours
    require(desk.actor, P.COOPERATIVE_SET_UP, code)
    form = SetUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        payload = {**form.payload(), "village_code": code}
        if attempt(desk, form, "cooperative.set_up_cooperative", payload):
            messages.success(request, _("Buku koperasi sudah dibuka. Lanjutkan dengan simpanan pokok dan wajib."))
            return redirect("cooperative:settings", payload["cooperative_id"])
    shown = {"form": form, "title": _("Buka buku koperasi"), "back": "/koperasi/"}
    return render(request, "cooperative/act.html", shown)


@scoped(P.COOPERATIVE_SEE)
def cooperative(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Cash, members, savings and what is open, and where to go from here."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    today = today_of(desk, found)
    seen = overview_of(found, today)
    shown = {
        "recorded": opened(desk, found, "cooperative.opened"),
        "facts": [
            {"label": _("Kas"), "value": format_rupiah(seen.cash_rupiah)},
            {"label": _("Di bank"), "value": format_rupiah(seen.bank_rupiah)},
            {"label": _("Simpanan semua anggota"), "value": format_rupiah(seen.savings_rupiah)},
            {"label": _("Anggota"), "value": _("%(members)s, dan %(candidates)s calon") % {
                "members": seen.members, "candidates": seen.candidates,
            }},
            *([] if found.parent_id else [_arrears(seen)]),  # simpanan wajib is paid to the cooperative itself
        ],
        "tills": tills_of_day(found, today),
        "behind_url": f"{place('members', found.id)}?pilih=menunggak" if seen.behind else "",
        "may_take": may(desk, found, P.MONEY_TAKE),
        "may_manage": may(desk, found, P.MEMBER_MANAGE),
        "may_approve": may(desk, found, P.MONEY_APPROVE),
        "closed_until": closed_until(found),
        "to_do": _to_do(found) if may(desk, found, P.COOPERATIVE_SET_UP) else [],
        "handed_over": _handed_over(desk, found),
    }  # fmt: skip
    return page(desk, "cooperative", found, "cooperative", shown)


def _arrears(seen: Overview) -> dict[str, Any]:
    said = _("%(sum)s dari %(count)s anggota") if seen.behind else _("Tidak ada")
    value = said % {"sum": format_rupiah(seen.arrears_rupiah), "count": seen.behind}
    return {"label": _("Tunggakan simpanan wajib"), "value": value}


def _handed_over(desk: DeskRequest, found: Cooperative) -> list[dict[str, Any]]:
    """How many families other services handed over, for who answers for the cooperative."""
    count = len(waiting_here(desk, found))
    if not count:
        return []
    said = _("%s keluarga menunggu jawaban koperasi") % count
    return [{"title": said, "icon": "users", "urgent": True, "url": place("hand_overs", found.id)}]


def _to_do(found: Cooperative) -> list[dict[str, Any]]:
    """What must be decided before money can be taken."""
    waits = [
        (MembershipTerms.objects.of(found).exists(), _("Tetapkan simpanan pokok dan wajib"), "set_terms"),
        (MoneyLimit.objects.of(found).exists(), _("Tetapkan batas uang yang perlu orang kedua"), "set_limit"),
        (SavingsProduct.objects.of(found).exists(), _("Tambah simpanan pertama"), "add_product"),
    ]
    rows: list[dict[str, Any]] = [
        {"title": words, "icon": "flag", "urgent": True, "url": place(name, found.id)}
        for exists, words, name in waits
        if not exists
    ]
    if found.kind == CooperativeKind.SAVINGS_GROUP:
        rows.append(
            {"title": _("Kesiapan menjadi koperasi"), "icon": "list-check", "url": place("readiness", found.id)}
        )
    return rows


@scoped(P.COOPERATIVE_SEE)
def settings(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """What was decided, with its day, and where to decide anew."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    rates: dict[UUID, list[SavingsRate]] = defaultdict(list)
    for rate in SavingsRate.objects.of(found).order_by("-since"):
        rates[rate.product_id].append(rate)
    nisbah = nisbah_by_product(found) if found.sharia_since else {}
    shown = {
        "recorded": opened(desk, found, "cooperative.settings_opened"),
        "terms": list(MembershipTerms.objects.of(found).order_by("-since")),
        "limits": list(MoneyLimit.objects.of(found).order_by("-since")),
        "products": [
            {"product": one, "rates": rates[one.id], "nisbah": nisbah.get(one.id, [])}
            for one in SavingsProduct.objects.of(found).order_by("kind", "name")
        ],
        "facts": [
            {"label": _("Nama"), "value": found.name},
            {"label": _("Bentuk"), "value": found.get_kind_display()},
            {"label": _("Nomor badan hukum"), "value": found.legal_number or None},
            {"label": _("Buku dibuka"), "value": format_date(found.opened_on)},
            *(
                [{"label": _("Dari kelompok menjadi koperasi"), "value": format_date(found.became_on)}]
                if found.became_on
                else []
            ),
        ],
        "may_set_up": may(desk, found, P.COOPERATIVE_SET_UP),
        "may_open_another": own_village(desk.actor) == found.village_code and may(desk, found, P.COOPERATIVE_SET_UP),
        "units": units_shown(found), "may_post": may(desk, found, P.BOOKS_POST),
        "may_manage": may(desk, found, P.MEMBER_MANAGE),
    }  # fmt: skip
    return page(desk, "settings", found, "settings", shown)


def _deciding(request: HttpRequest, cooperative_id: UUID) -> tuple[DeskRequest, Cooperative]:
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    only_with(desk, found, P.COOPERATIVE_SET_UP)
    return desk, found


@scoped(P.COOPERATIVE_SET_UP, methods=BOTH)
def set_terms(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Simpanan pokok and wajib, as the meeting decided."""
    desk, found = _deciding(request, cooperative_id)
    form = TermsForm(request.POST or None, today=today_of(desk, found))
    return act_page(
        desk, form, "set_membership_terms", form.payload, cooperative=found, said=_("Keputusan sudah dicatat."),
        then=place("settings", found.id), title=_("Simpanan pokok dan wajib"),
    )  # fmt: skip


@scoped(P.COOPERATIVE_SET_UP, methods=BOTH)
def set_limit(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """From which sum two people are needed."""
    desk, found = _deciding(request, cooperative_id)
    form = LimitForm(request.POST or None, today=today_of(desk, found))
    return act_page(
        desk, form, "set_money_limit", form.payload, cooperative=found, said=_("Keputusan sudah dicatat."),
        then=place("settings", found.id), title=_("Batas uang yang perlu orang kedua"),
    )  # fmt: skip


@scoped(P.COOPERATIVE_SET_UP, methods=BOTH)
def add_product(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """One more way to save; `?jenis=mudharabah` for one that has a part of the income."""
    desk, found = _deciding(request, cooperative_id)
    if found.sharia_since and request.GET.get("jenis") == SavingsKind.MUDHARABAH:
        return offer_page(desk, found)
    form = ProductForm(request.POST or None, today=today_of(desk, found))
    return act_page(
        desk, form, "add_savings_product", form.payload, cooperative=found, said=_("Simpanan baru sudah ditawarkan."),
        then=place("settings", found.id), title=_("Tambah simpanan"),
    )  # fmt: skip


@scoped(P.COOPERATIVE_SET_UP, methods=BOTH)
def change_rate(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """Another rate for one way to save."""
    desk = as_desk(request)
    products = SavingsProduct.objects.visible_to(desk.actor).select_related("cooperative")
    product = get_or_refuse(products, "product_id", id=product_id)
    found = product.cooperative
    only_with(desk, found, P.COOPERATIVE_SET_UP)
    if product.kind == SavingsKind.MUDHARABAH:
        return nisbah_page(desk, found, product)
    form = RateForm(request.POST or None, today=today_of(desk, found))
    return act_page(
        desk, form, "change_savings_rate", lambda: {**form.payload(), "product_id": product.id}, cooperative=found,
        said=_("Jasa baru sudah dicatat."), then=place("settings", found.id), title=_("Ubah jasa %s") % product.name,
        lead=_("Simpanan berjangka yang berjalan tetap memakai jasanya yang lama."),
    )  # fmt: skip
