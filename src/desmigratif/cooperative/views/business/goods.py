"""Goods bought together, and goods that members leave to be sold."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.forms.business import businesses as forms
from desmigratif.cooperative.models import Consignment, Cooperative, GroupPurchase, PurchaseOrder
from desmigratif.cooperative.queries.business.businesses import moves_about
from desmigratif.cooperative.queries.business.goods import (
    consignment_of,
    order_of,
    purchase_of,
    standing_consignments,
    standing_order,
    standing_purchase,
)
from desmigratif.cooperative.queries.ledger.books import cooperative_of
from desmigratif.cooperative.views.business.moves import money_act, move_row
from desmigratif.cooperative.views.common import (
    act_page,
    as_desk,
    may,
    member_strip,
    only_with,
    opened,
    page,
    place,
    today_of,
)
from desmigratif.shared.rupiah import format_rupiah

BOTH = ("GET", "POST")
MOST_ROWS = 60


# --- bought together ---


@scoped(P.MEMBER_MANAGE, methods=BOTH)
def open_purchase(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Offer goods that members may order."""
    desk, found = _allowed(request, cooperative_id, P.MEMBER_MANAGE)
    form = forms.PurchaseForm(request.POST or None, today=today_of(desk, found))
    return _begin(
        desk, found, form, "open_purchase", "purchase", said=_("Pembelian dibuka. Catat pesanannya."),
        title=_("Pembelian bersama"), lead=_("Anggota memesan; koperasi membeli sekali untuk semua."),
    )  # fmt: skip


def _allowed(request: HttpRequest, cooperative_id: UUID, permission: P) -> tuple[DeskRequest, Cooperative]:
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    only_with(desk, found, permission)
    return desk, found


def _begin(
    desk: DeskRequest, found: Cooperative, form: forms.TodayForm, action: str, kind: str, **words: str
) -> HttpResponse:
    """The form of a new record among the goods; once written down, its own page comes next."""
    then = place(kind, form["record_id"].value()) if form.is_bound else ""
    return act_page(
        desk, form, action, form.payload, cooperative=found, then=then, back=place("businesses", found.id), **words
    )


@scoped(P.COOPERATIVE_SEE)
def purchase(request: HttpRequest, purchase_id: UUID) -> HttpResponse:
    """One purchase: who wants how much, what was bought, handed out and paid."""
    desk = as_desk(request)
    one = purchase_of(desk.actor, purchase_id)
    found, standing = one.cooperative, standing_purchase(one)
    subjects = [Subject("member", each.order.member_id) for each in standing.orders]
    moves = moves_about(found, [one.id, *(each.order.id for each in standing.orders)])[:MOST_ROWS]
    shown = {
        "recorded": opened(desk, found, "purchase.opened_page", Subject("group_purchase", one.id), *subjects),
        "purchase": one, "standing": standing, "moves": [move_row(each) for each in moves],
        "may_take": may(desk, found, P.MONEY_TAKE), "may_approve": may(desk, found, P.MONEY_APPROVE),
    }  # fmt: skip
    return page(desk, "business/purchase", found, "businesses", shown)


def _purchase(request: HttpRequest, purchase_id: UUID) -> tuple[DeskRequest, GroupPurchase]:
    desk = as_desk(request)
    one = purchase_of(desk.actor, purchase_id)
    only_with(desk, one.cooperative, P.MONEY_TAKE)
    return desk, one


@scoped(P.MONEY_TAKE, methods=BOTH)
def order_goods(request: HttpRequest, purchase_id: UUID) -> HttpResponse:
    desk, one = _purchase(request, purchase_id)
    form = forms.OrderForm(request.POST or None, today=today_of(desk, one.cooperative), cooperative=one.cooperative)
    return act_page(
        desk, form, "order_goods", lambda: {**form.payload(), "purchase_id": one.id}, cooperative=one.cooperative,
        said=_("Pesanan sudah dicatat."), then=place("purchase", one.id), title=_("Pesan %s") % one.goods,
        lead=_("%(price)s per %(unit)s. Kata terakhir seorang anggota yang berlaku.")
        % {"price": format_rupiah(one.price_rupiah), "unit": one.unit},
    )  # fmt: skip


@scoped(P.MONEY_TAKE, methods=BOTH)
def buy_goods(request: HttpRequest, purchase_id: UUID) -> HttpResponse:
    desk, one = _purchase(request, purchase_id)
    ordered = standing_purchase(one).ordered
    form = forms.BuyForm(request.POST or None, today=today_of(desk, one.cooperative), quantity=ordered)
    return money_act(
        desk, one.cooperative, form, "buy_goods", about={"purchase_id": one.id}, title=_("Beli %s") % one.goods,
        lead=_("Dipesan %(count)s %(unit)s.") % {"count": ordered, "unit": one.unit}, pays=one.id,
        back=place("purchase", one.id), subjects=(Subject("group_purchase", one.id),),
    )  # fmt: skip


def _order(request: HttpRequest, order_id: UUID) -> tuple[DeskRequest, PurchaseOrder]:
    desk = as_desk(request)
    one = order_of(desk.actor, order_id)
    only_with(desk, one.cooperative, P.MONEY_TAKE)
    return desk, one


@scoped(P.MONEY_TAKE, methods=BOTH)
def hand_out_goods(request: HttpRequest, order_id: UUID) -> HttpResponse:
    desk, one = _order(request, order_id)
    left = one.quantity - standing_order(one).handed
    form = forms.QuantityForm(request.POST or None, today=today_of(desk, one.cooperative), quantity=left)
    return money_act(
        desk, one.cooperative, form, "hand_out_goods", about={"order_id": one.id},
        back=place("purchase", one.purchase_id),
        title=_("Serahkan %(goods)s: %(name)s") % {"goods": one.purchase.goods, "name": one.member.name},
        lead=_("Yang belum diserahkan %(count)s %(unit)s.") % {"count": left, "unit": one.purchase.unit},
        submit=_("Sudah diserahkan"), subjects=(Subject("member", one.member_id),),
    )  # fmt: skip


@scoped(P.MONEY_TAKE, methods=BOTH)
def pay_for_goods(request: HttpRequest, order_id: UUID) -> HttpResponse:
    desk, one = _order(request, order_id)
    owes = standing_order(one).owes_rupiah
    form = forms.MoneyMoveForm(request.POST or None, today=today_of(desk, one.cooperative), amount=owes)
    return money_act(
        desk, one.cooperative, form, "pay_for_goods", about={"order_id": one.id},
        back=place("purchase", one.purchase_id),
        title=_("Terima bayaran: %s") % one.member.name, lead=_("Belum dibayar %s.") % format_rupiah(owes),
        subjects=(Subject("member", one.member_id),),
    )  # fmt: skip


# --- left to be sold ---


@scoped(P.MONEY_TAKE, methods=BOTH)
def receive_goods(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Take goods that a member leaves to be sold."""
    desk, found = _allowed(request, cooperative_id, P.MONEY_TAKE)
    form = forms.ReceiveForm(request.POST or None, today=today_of(desk, found), cooperative=found)
    return _begin(
        desk, found, form, "receive_goods", "consignment", said=_("Titipan sudah diterima."),
        title=_("Terima titipan"), lead=_("Barang tetap milik anggota sampai terjual."),
    )  # fmt: skip


@scoped(P.COOPERATIVE_SEE)
def consignment(request: HttpRequest, consignment_id: UUID) -> HttpResponse:
    """What a member left: what is still there, what was sold, what waits to be paid."""
    desk = as_desk(request)
    one = consignment_of(desk.actor, consignment_id)
    found = one.cooperative
    shown = {
        "recorded": opened(desk, found, "consignment.opened", Subject("member", one.member_id)), "one": one,
        "standing": standing_consignments(found, [one])[0], "person": member_strip(one.member),
        "moves": [move_row(each) for each in moves_about(found, [one.id])[:MOST_ROWS]],
        "may_take": may(desk, found, P.MONEY_TAKE), "may_approve": may(desk, found, P.MONEY_APPROVE),
    }  # fmt: skip
    return page(desk, "business/consignment", found, "businesses", shown)


def _left(request: HttpRequest, consignment_id: UUID) -> tuple[DeskRequest, Consignment]:
    desk = as_desk(request)
    one = consignment_of(desk.actor, consignment_id)
    only_with(desk, one.cooperative, P.MONEY_TAKE)
    return desk, one


def _consigned_act(
    desk: DeskRequest, one: Consignment, form: forms.TodayForm, action: str, *, title: str, lead: str,
    pays: UUID | None = None,
) -> HttpResponse:  # fmt: skip
    return money_act(
        desk, one.cooperative, form, action, about={"consignment_id": one.id}, title=title, lead=lead, pays=pays,
        back=place("consignment", one.id), subjects=(Subject("member", one.member_id),),
    )  # fmt: skip


@scoped(P.MONEY_TAKE, methods=BOTH)
def sell_goods(request: HttpRequest, consignment_id: UUID) -> HttpResponse:
    desk, one = _left(request, consignment_id)
    left = standing_consignments(one.cooperative, [one])[0].left
    form = forms.SellForm(request.POST or None, today=today_of(desk, one.cooperative))
    return _consigned_act(
        desk, one, form, "sell_goods", title=_("Terjual: %s") % one.goods,
        lead=_("Tersisa %(left)s %(unit)s, %(price)s per %(unit)s.")
        % {"left": left, "unit": one.unit, "price": format_rupiah(one.price_rupiah)},
    )  # fmt: skip


@scoped(P.MONEY_TAKE, methods=BOTH)
def return_goods(request: HttpRequest, consignment_id: UUID) -> HttpResponse:
    desk, one = _left(request, consignment_id)
    left = standing_consignments(one.cooperative, [one])[0].left
    form = forms.QuantityForm(request.POST or None, today=today_of(desk, one.cooperative), quantity=left)
    return _consigned_act(
        desk, one, form, "return_goods", title=_("Kembalikan %s kepada pemiliknya") % one.goods,
        lead=_("Tersisa %(left)s %(unit)s.") % {"left": left, "unit": one.unit},
    )  # fmt: skip


@scoped(P.MONEY_TAKE, methods=BOTH)
def pay_consignor(request: HttpRequest, consignment_id: UUID) -> HttpResponse:
    desk, one = _left(request, consignment_id)
    waiting = standing_consignments(one.cooperative, [one])[0].waiting_rupiah
    form = forms.MoneyMoveForm(request.POST or None, today=today_of(desk, one.cooperative), amount=waiting)
    return _consigned_act(
        desk, one, form, "pay_consignor", title=_("Bayar hasil titipan: %s") % one.member.name, pays=one.id,
        lead=_("Hasil yang belum dibayarkan %s.") % format_rupiah(waiting),
    )  # fmt: skip
