"""Inputs of the actions on savings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from desmigratif.shared.inputs import Input

Rupiah = Annotated[int, Field(gt=0, le=10**12)]
Percent = Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)]


class AddSavingsProduct(Input):
    """A way to save, with its first rate. `term_months` for term savings only."""

    product_id: UUID
    cooperative_id: UUID
    name: str = Field(min_length=3, max_length=60)
    kind: Literal["voluntary", "term", "purpose"]
    since: date
    annual_percent: Percent
    basis: Literal["daily", "average", "minimum"] = "daily"
    minimum_balance_rupiah: int = Field(default=0, ge=0, le=10**9)
    term_months: int | None = Field(default=None, ge=1, le=120)
    kept_percent_of_rate: Percent = Decimal(0)
    penalty_percent: Percent = Decimal(0)


class ChangeSavingsRate(Input):
    """Another rate from a day on; terms that run keep theirs."""

    rate_id: UUID
    cooperative_id: UUID
    product_id: UUID
    since: date
    annual_percent: Percent


class OpenSavingsAccount(Input):
    """Savings of a member in one product. For a term `roll_over`; for a purpose what for, how much, by when, and
    perhaps which percent of money sent home goes there.
    `hand_over_id`: the hand-over of the member's family that these savings answer."""

    account_id: UUID
    cooperative_id: UUID
    member_id: UUID
    product_id: UUID
    on: date
    roll_over: Literal["none", "principal", "all"] | None = None
    purpose: str | None = Field(default=None, min_length=3, max_length=60)
    target_rupiah: Rupiah | None = None
    target_on: date | None = None
    planned_monthly_rupiah: Rupiah | None = None
    remittance_percent: int | None = Field(default=None, ge=1, le=100)
    hand_over_id: UUID | None = None


class UnlockSavings(Input):
    """Savings for a purpose may be taken before their day, because what they are for came earlier."""

    cooperative_id: UUID
    account_id: UUID
    on: date
    event: Literal["school", "qurban", "homecoming", "illness", "other"]
    reason: str = Field(min_length=5, max_length=160)


class PayCapital(Input):
    """Simpanan pokok or wajib of a member (a candidate pays pokok before being admitted)."""

    entry_id: UUID
    cooperative_id: UUID
    member_id: UUID
    kind: Literal["entry", "compulsory"]
    amount_rupiah: Rupiah
    on: date


class Deposit(Input):
    """Money into a savings account."""

    entry_id: UUID
    cooperative_id: UUID
    account_id: UUID
    amount_rupiah: Rupiah
    on: date


class SaveFromRemittance(Input):
    """Money that was sent home: the agreed part of `received_rupiah` goes into savings for a purpose."""

    entry_id: UUID
    cooperative_id: UUID
    account_id: UUID
    received_rupiah: Rupiah
    on: date


class Withdraw(Input):
    """Money out of a savings account; `approval_id` where a second person had to agree, `receiver_id` for a proxy."""

    entry_id: UUID
    cooperative_id: UUID
    account_id: UUID
    amount_rupiah: Rupiah
    on: date
    approval_id: UUID | None = None
    receiver_id: UUID | None = None


class BreakTerm(Input):
    """Pay a term account out before its end, by the product's terms."""

    entry_id: UUID
    cooperative_id: UUID
    account_id: UUID
    on: date
    approval_id: UUID | None = None
