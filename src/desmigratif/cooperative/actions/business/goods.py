"""Goods: ordered by many and bought once; left by members, sold, and paid out less the commission."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.business.moves import CannotMove, Move, make_move
from desmigratif.cooperative.actions.ledger.books import books_of, refuse_future
from desmigratif.cooperative.actions.till import note
from desmigratif.cooperative.inputs.goods import (
    BuyGoods,
    HandOutGoods,
    OpenPurchase,
    OrderGoods,
    PayConsignor,
    PayForGoods,
    ReceiveGoods,
    ReturnGoods,
    SellGoods,
)
from desmigratif.cooperative.models import (
    Consignment,
    Cooperative,
    GroupPurchase,
    Member,
    MoveKind,
    PurchaseOrder,
)
from desmigratif.cooperative.queries.business.goods import (
    StandingConsignment,
    standing_consignments,
    standing_order,
    standing_purchase,
)
from desmigratif.cooperative.rules.business import cost_of, reasons_not_so_many, sale_of
from desmigratif.shared.reasons import Reason, Refusal
from desmigratif.shared.rupiah import format_rupiah


class CannotOrder(Refusal):
    code = "cannot_order"


# --- bought together ---


@action("cooperative.open_purchase", Permission.MEMBER_MANAGE)
def open_purchase(*, by: Actor, given: OpenPurchase, now: datetime) -> GroupPurchase:
    """Offer goods at one price; members order until a day, then they are bought once."""
    cooperative = books_of(by, given.cooperative_id, Permission.MEMBER_MANAGE)
    refuse_future(cooperative.village_code, given.on, now)
    if given.order_until < given.on:
        raise CannotOrder(Reason("order_until", "Batas pesan tidak boleh sebelum hari ini.", field="order_until"))
    purchase = GroupPurchase.objects.create(
        id=given.purchase_id, village_code=cooperative.village_code, cooperative=cooperative, goods=given.goods,
        unit=given.unit, supplier=given.supplier, price_rupiah=given.price_rupiah, opened_on=given.on,
        order_until=given.order_until,
    )  # fmt: skip
    note("purchase.opened", cooperative, Subject("group_purchase", purchase.id))
    return purchase


def _locked_purchase(cooperative: Cooperative, purchase_id: UUID) -> GroupPurchase:
    return get_or_refuse(
        GroupPurchase.objects.of(cooperative).select_for_update(), "purchase_id", id=purchase_id
    )  # fmt: skip


@action("cooperative.order_goods", Permission.MONEY_TAKE)
def order_goods(*, by: Actor, given: OrderGoods, now: datetime) -> PurchaseOrder:
    """Write down how much a member wants; a later word replaces the earlier until the goods are bought."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    refuse_future(cooperative.village_code, given.on, now)
    purchase = _locked_purchase(cooperative, given.purchase_id)
    member = get_or_refuse(Member.objects.of(cooperative).belonging(), "member_id", id=given.member_id)
    if standing_purchase(purchase).bought.quantity:
        raise CannotOrder(Reason("bought_already", "Barangnya sudah dibeli.", way_out="Buka pembelian yang baru."))
    if given.on > purchase.order_until:
        raise CannotOrder(Reason("too_late", "Batas pesannya sudah lewat.", field="on"))
    order = PurchaseOrder.objects.of(cooperative).filter(purchase=purchase, member=member).first()
    if order is None:
        order = PurchaseOrder(
            id=given.order_id, village_code=cooperative.village_code, cooperative=cooperative, purchase=purchase,
            member=member,
        )  # fmt: skip
    order.quantity, order.ordered_on = given.quantity, given.on
    order.save()
    note("purchase.ordered", cooperative, Subject("member", member.id), purchase=str(purchase.id))
    return order


@action("cooperative.buy_goods", Permission.MONEY_TAKE)
def buy_goods(*, by: Actor, given: BuyGoods, now: datetime) -> dict[str, object]:
    """Buy what was ordered, once, and pay for it."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    purchase = _locked_purchase(cooperative, given.purchase_id)
    standing = standing_purchase(purchase)
    if standing.bought.quantity:
        raise CannotMove(Reason("bought_already", "Barangnya sudah dibeli.", way_out="Buka pembelian yang baru."))
    if not standing.ordered:
        raise CannotMove(Reason("no_orders", "Belum ada yang memesan.", way_out="Catat dulu pesanannya."))
    move = Move(
        given.entry_id, given.on, MoveKind.PURCHASE_BOUGHT, purchase.id, purchase.supplier or purchase.goods,
        [("inventory", given.amount_rupiah, None)], amount=-given.amount_rupiah, quantity=given.quantity,
        value=given.amount_rupiah, way=given.way, approval_id=given.approval_id,
    )  # fmt: skip
    return make_move(cooperative, by, move, now)


@action("cooperative.hand_out_goods", Permission.MONEY_TAKE)
def hand_out_goods(*, by: Actor, given: HandOutGoods, now: datetime) -> dict[str, object]:
    """Hand a member the goods; from then on their price is owed, and what they cost leaves the stock."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    order = _order(cooperative, given.order_id)
    standing = standing_purchase(order.purchase)
    mine = next(one for one in standing.orders if one.order.id == order.id)
    left = min(order.quantity - mine.handed, standing.left)
    if reasons := reasons_not_so_many(given.quantity, left, order.purchase.unit):
        raise CannotMove(reasons)
    price = order.purchase.price_rupiah * given.quantity
    cost = cost_of(standing.cost_rupiah, standing.bought.quantity, standing.handed, given.quantity)
    move = Move(
        given.entry_id, given.on, MoveKind.PURCHASE_HANDED_OUT, order.id, order.member.name,
        [("trade_receivable", price, None), ("inventory", -cost, None), ("trade_member", cost - price, None)],
        member=order.member, quantity=given.quantity, value=price,
    )  # fmt: skip
    return make_move(cooperative, by, move, now)


def _order(cooperative: Cooperative, order_id: UUID) -> PurchaseOrder:
    """One order, with its purchase locked."""
    rows = PurchaseOrder.objects.of(cooperative).select_related("member", "purchase")
    order = get_or_refuse(rows, "order_id", id=order_id)
    _locked_purchase(cooperative, order.purchase_id)
    return order


@action("cooperative.pay_for_goods", Permission.MONEY_TAKE)
def pay_for_goods(*, by: Actor, given: PayForGoods, now: datetime) -> dict[str, object]:
    """Take a member's money for goods that were handed out, at once or in parts."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    order = _order(cooperative, given.order_id)
    owes = standing_order(order).owes_rupiah
    if given.amount_rupiah > owes:
        text = f"Yang belum dibayar {format_rupiah(owes)}." if owes else "Tidak ada yang perlu dibayar."
        raise CannotMove(Reason("more_than_owed", text, field="amount_rupiah"))
    move = Move(
        given.entry_id, given.on, MoveKind.PURCHASE_PAID, order.id, order.member.name,
        [("trade_receivable", -given.amount_rupiah, None)], member=order.member, amount=given.amount_rupiah,
        way=given.way,
    )  # fmt: skip
    return make_move(cooperative, by, move, now)


# --- left to be sold ---


@action("cooperative.receive_goods", Permission.MONEY_TAKE)
def receive_goods(*, by: Actor, given: ReceiveGoods, now: datetime) -> Consignment:
    """Take goods that a member leaves to be sold; they stay the member's."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    refuse_future(cooperative.village_code, given.on, now)
    member = get_or_refuse(Member.objects.of(cooperative).belonging(), "member_id", id=given.member_id)
    consignment = Consignment.objects.create(
        id=given.consignment_id, village_code=cooperative.village_code, cooperative=cooperative, member=member,
        goods=given.goods, unit=given.unit, quantity=given.quantity, price_rupiah=given.price_rupiah,
        commission_percent=given.commission_percent, received_on=given.on,
    )  # fmt: skip
    note("consigned.received", cooperative, Subject("member", member.id), consignment=str(consignment.id))
    return consignment


def _consigned(cooperative: Cooperative, consignment_id: UUID) -> StandingConsignment:
    rows = Consignment.objects.of(cooperative).select_related("member").select_for_update(of=("self",))
    return standing_consignments(cooperative, [get_or_refuse(rows, "consignment_id", id=consignment_id)])[0]


@action("cooperative.sell_goods", Permission.MONEY_TAKE)
def sell_goods(*, by: Actor, given: SellGoods, now: datetime) -> dict[str, object]:
    """Sell some of it: the commission is earned, the rest waits for the member."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    standing = _consigned(cooperative, given.consignment_id)
    one = standing.consignment
    if reasons := reasons_not_so_many(given.quantity, standing.left, one.unit):
        raise CannotMove(reasons)
    sale = sale_of(one.price_rupiah, given.quantity, one.commission_percent)
    move = Move(
        given.entry_id, given.on, MoveKind.CONSIGNED_SOLD, one.id, one.member.name,
        [("consignment_payable", -sale.net, one.id), ("trade_member", -sale.commission, None)], member=one.member,
        amount=sale.paid, quantity=given.quantity, value=sale.net, way=given.way,
    )  # fmt: skip
    return make_move(cooperative, by, move, now)


@action("cooperative.return_goods", Permission.MONEY_TAKE)
def return_goods(*, by: Actor, given: ReturnGoods, now: datetime) -> dict[str, object]:
    """Give unsold goods back to the member."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    standing = _consigned(cooperative, given.consignment_id)
    one = standing.consignment
    if reasons := reasons_not_so_many(given.quantity, standing.left, one.unit):
        raise CannotMove(reasons)
    move = Move(
        given.entry_id, given.on, MoveKind.CONSIGNED_RETURNED, one.id, one.member.name, (), member=one.member,
        quantity=given.quantity,
    )  # fmt: skip
    return make_move(cooperative, by, move, now)


@action("cooperative.pay_consignor", Permission.MONEY_TAKE)
def pay_consignor(*, by: Actor, given: PayConsignor, now: datetime) -> dict[str, object]:
    """Pay a member what the sold goods brought."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    standing = _consigned(cooperative, given.consignment_id)
    one = standing.consignment
    if given.amount_rupiah > standing.waiting_rupiah:
        text = f"Hasil yang belum dibayarkan {format_rupiah(standing.waiting_rupiah)}."
        raise CannotMove(Reason("too_much", text, field="amount_rupiah"))
    move = Move(
        given.entry_id, given.on, MoveKind.CONSIGNED_PAID_OUT, one.id, one.member.name,
        [("consignment_payable", given.amount_rupiah, one.id)], member=one.member, amount=-given.amount_rupiah,
        way=given.way, approval_id=given.approval_id,
    )  # fmt: skip
    return make_move(cooperative, by, move, now)
