"""Inputs about goods: bought together, or left to be sold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from desmigratif.cooperative.inputs.business import Rupiah, Way
from desmigratif.shared.inputs import Input

Quantity = Annotated[int, Field(gt=0, le=1_000_000)]
Commission = Annotated[Decimal, Field(ge=0, lt=100, max_digits=5, decimal_places=2)]
Goods = Annotated[str, Field(min_length=2, max_length=80)]
Unit = Annotated[str, Field(min_length=1, max_length=20)]


class OpenPurchase(Input):
    """Goods that members may order until a day, at one price."""

    purchase_id: UUID
    cooperative_id: UUID
    goods: Goods
    unit: Unit
    supplier: str = Field(default="", max_length=100)
    price_rupiah: Rupiah
    on: date
    order_until: date


class OrderGoods(Input):
    """How much a member wants; the same member's later word replaces the earlier, and 0 takes it back."""

    order_id: UUID
    cooperative_id: UUID
    purchase_id: UUID
    member_id: UUID
    on: date
    quantity: Annotated[int, Field(ge=0, le=1_000_000)]


class BuyGoods(Input):
    """The goods are bought, once, and paid."""

    entry_id: UUID
    cooperative_id: UUID
    purchase_id: UUID
    on: date
    quantity: Quantity
    amount_rupiah: Rupiah
    way: Way
    approval_id: UUID | None = None


class HandOutGoods(Input):
    """A member takes goods, and owes their price."""

    entry_id: UUID
    cooperative_id: UUID
    order_id: UUID
    on: date
    quantity: Quantity


class PayForGoods(Input):
    """A member pays for goods that were handed out."""

    entry_id: UUID
    cooperative_id: UUID
    order_id: UUID
    on: date
    amount_rupiah: Rupiah
    way: Way


class ReceiveGoods(Input):
    """A member leaves goods to be sold."""

    consignment_id: UUID
    cooperative_id: UUID
    member_id: UUID
    on: date
    goods: Goods
    unit: Unit
    quantity: Quantity
    price_rupiah: Rupiah
    commission_percent: Commission


class SellGoods(Input):
    """Some of it was sold, at its price."""

    entry_id: UUID
    cooperative_id: UUID
    consignment_id: UUID
    on: date
    quantity: Quantity
    way: Way


class ReturnGoods(Input):
    """The member takes some of it back unsold."""

    entry_id: UUID
    cooperative_id: UUID
    consignment_id: UUID
    on: date
    quantity: Quantity


class PayConsignor(Input):
    """The member gets what the sold goods brought, less the commission."""

    entry_id: UUID
    cooperative_id: UUID
    consignment_id: UUID
    on: date
    amount_rupiah: Rupiah
    way: Way
    approval_id: UUID | None = None
