"""Inputs about mudharabah savings: the offer, its nisbah, and the income of a month that is shared."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from desmigratif.cooperative.inputs.savings import Percent
from desmigratif.shared.inputs import Input

Weight = Annotated[Decimal, Field(ge=0, le=500, max_digits=5, decimal_places=2)]


class OfferMudharabah(Input):
    """A way to save that has a part of the income and no rate. `term_months`: so long the money stays."""

    product_id: UUID
    cooperative_id: UUID
    name: str = Field(min_length=3, max_length=60)
    since: date
    saver_percent: Percent
    cooperative_percent: Percent
    weight_percent: Weight = Decimal(100)
    minimum_balance_rupiah: int = Field(default=0, ge=0, le=10**9)
    term_months: int | None = Field(default=None, ge=1, le=120)
    decision: str = Field(min_length=3, max_length=120)


class ChangeNisbah(Input):
    """Another nisbah from the first of a month on; `told_on` is the day on which the savers were told."""

    nisbah_id: UUID
    cooperative_id: UUID
    product_id: UUID
    since: date
    saver_percent: Percent
    cooperative_percent: Percent
    weight_percent: Weight = Decimal(100)
    told_on: date
    decision: str = Field(min_length=3, max_length=120)


class PrepareDistribution(Input):
    """Reckon the savers' part of a closed month's income, named by its last day, for a second person to look at."""

    distribution_id: UUID
    cooperative_id: UUID
    last_on: date


class PostDistribution(Input):
    """Put into every account what was prepared."""

    cooperative_id: UUID
    distribution_id: UUID
    on: date


class TakeBackDistribution(Input):
    """Undo what was prepared or entered; what stands in the passbooks gets its mirror."""

    cooperative_id: UUID
    distribution_id: UUID
    on: date
    reason: str = Field(min_length=3, max_length=160)
