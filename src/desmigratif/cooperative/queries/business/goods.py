"""Reading goods: what is ordered, bought, handed out and paid; what members left and what of it was sold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.scope import get_or_refuse
from desmigratif.cooperative.models import (
    BusinessMove,
    Consignment,
    Cooperative,
    GroupPurchase,
    Member,
    MoveKind,
    PurchaseOrder,
    ShariaContract,
    Stake,
)
from desmigratif.cooperative.queries.business.businesses import Moved, Movements, held_by
from desmigratif.cooperative.queries.sharia.contracts import CLOSED_STATES, standing_contracts


@dataclass(frozen=True, slots=True)
class StandingOrder:
    """An order now."""

    order: PurchaseOrder
    handed: int
    owes_rupiah: int


@dataclass(frozen=True, slots=True)
class StandingPurchase:
    """A purchase now: what was bought and for how much, and each order."""

    purchase: GroupPurchase
    bought: Moved
    orders: list[StandingOrder]

    @property
    def cost_rupiah(self) -> int:
        return -self.bought.amount_rupiah

    @property
    def handed(self) -> int:
        return sum(one.handed for one in self.orders)

    @property
    def ordered(self) -> int:
        return sum(one.order.quantity for one in self.orders)

    @property
    def left(self) -> int:
        return self.bought.quantity - self.handed


@dataclass(frozen=True, slots=True)
class StandingConsignment:
    """What a member left, now."""

    consignment: Consignment
    sold: int
    returned: int
    waiting_rupiah: int

    @property
    def left(self) -> int:
        return self.consignment.quantity - self.sold - self.returned


def purchase_of(by: Actor, purchase_id: UUID) -> GroupPurchase:
    rows = GroupPurchase.objects.visible_to(by).select_related("cooperative")
    return get_or_refuse(rows, "purchase_id", id=purchase_id)


def order_of(by: Actor, order_id: UUID) -> PurchaseOrder:
    rows = PurchaseOrder.objects.visible_to(by).select_related("cooperative", "member", "purchase")
    return get_or_refuse(rows, "order_id", id=order_id)


def consignment_of(by: Actor, consignment_id: UUID) -> Consignment:
    rows = Consignment.objects.visible_to(by).select_related("cooperative", "member")
    return get_or_refuse(rows, "consignment_id", id=consignment_id)


def standing_purchase(purchase: GroupPurchase) -> StandingPurchase:
    """Two queries."""
    rows = PurchaseOrder.objects.of(purchase.cooperative_id).filter(purchase=purchase).select_related("member")
    orders = list(rows.order_by("member__name", "id"))
    moved = Movements(purchase.cooperative_id, [purchase.id, *(one.id for one in orders)])
    return StandingPurchase(
        purchase, moved.of(purchase.id, "purchase.bought"), [_standing_order(one, moved) for one in orders]
    )


def _standing_order(order: PurchaseOrder, moved: Movements) -> StandingOrder:
    handed = moved.of(order.id, "purchase.handed_out")
    return StandingOrder(
        order, handed.quantity, handed.value_rupiah - moved.of(order.id, "purchase.paid").amount_rupiah
    )


def standing_order(order: PurchaseOrder) -> StandingOrder:
    return _standing_order(order, Movements(order.cooperative_id, [order.id]))


def standing_consignments(cooperative: Cooperative | UUID, rows: Iterable[Consignment]) -> list[StandingConsignment]:
    """Two queries, however many."""
    rows = list(rows)
    ids = [one.id for one in rows]
    moved, waiting = Movements(cooperative, ids), held_by(cooperative, "consignment_payable", ids)
    return [
        StandingConsignment(
            one, moved.of(one.id, "consigned.sold").quantity, moved.of(one.id, "consigned.returned").quantity,
            waiting.get(one.id, 0),
        )
        for one in rows
    ]  # fmt: skip


def open_with(cooperative: Cooperative, member: Member) -> bool:
    """Whether goods, capital in a business, or a contract are still open between a member and the cooperative."""
    stakes = Stake.objects.of(cooperative).filter(member=member).values_list("id", flat=True)
    if any(any(held_by(cooperative, use, stakes).values()) for use in ("participation_capital", "deposits_held")):
        return True
    orders = PurchaseOrder.objects.of(cooperative).filter(member=member)
    moved = Movements(cooperative, [one.id for one in orders])
    if any(_standing_order(one, moved).owes_rupiah for one in orders):
        return True
    contracts = ShariaContract.objects.of(cooperative).filter(member=member)
    if any(one.state not in CLOSED_STATES for one in standing_contracts(cooperative, contracts)):
        return True
    left = Consignment.objects.of(cooperative).filter(member=member)
    return any(one.left or one.waiting_rupiah for one in standing_consignments(cooperative, left))


def goods_of(move: BusinessMove) -> GroupPurchase | Consignment | None:
    """What a movement of goods, or of money for them, was about. One query; none for everything else."""
    if move.kind == MoveKind.PURCHASE_BOUGHT:
        return GroupPurchase.objects.of(move.cooperative_id).filter(id=move.subject_id).first()
    if move.kind.startswith("purchase."):
        orders = PurchaseOrder.objects.of(move.cooperative_id).select_related("purchase")
        order = orders.filter(id=move.subject_id).first()
        return order.purchase if order else None
    if move.kind.startswith("consigned."):
        return Consignment.objects.of(move.cooperative_id).filter(id=move.subject_id).first()
    return None
