"""Inputs of the till's actions."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from desmigratif.shared.inputs import Input

AMOUNT = Field(gt=0, le=10**12)
COUNT = Field(ge=0, le=10**12)


class SetMoneyLimit(Input):
    """From which sum a second person must agree; `decision` names where that was decided."""

    limit_id: UUID
    cooperative_id: UUID
    since: date
    second_person_above_rupiah: int = COUNT
    decision: str = Field(min_length=3, max_length=120)


class OpenTill(Input):
    """Begin a day at the till with the money counted in it."""

    till_id: UUID
    cooperative_id: UUID
    on: date
    opening_rupiah: int = COUNT


class CloseTill(Input):
    """End the day with the money counted; `reason` when it is not what the slips say."""

    till_id: UUID
    cooperative_id: UUID
    entry_id: UUID
    counted_rupiah: int = COUNT
    reason: str | None = Field(default=None, min_length=3, max_length=160)


class MoveCash(Input):
    """Carry cash between the till and the bank, or between the till and the safe."""

    entry_id: UUID
    cooperative_id: UUID
    on: date
    direction: Literal["to_bank", "from_bank", "to_safe", "from_safe"]
    amount_rupiah: int = AMOUNT


class SpendCash(Input):
    """Pay a bill out of the till: for which account, to whom, what was bought, and the paper that proves it."""

    entry_id: UUID
    cooperative_id: UUID
    on: date
    account_id: UUID
    amount_rupiah: int = AMOUNT
    party: str = Field(min_length=3, max_length=100)
    purpose: str = Field(min_length=3, max_length=120)
    paper: str = Field(min_length=3, max_length=60)
    approval_id: UUID | None = None


class ApprovePayout(Input):
    """A second person agrees to one sum for one account on one day."""

    approval_id: UUID
    cooperative_id: UUID
    member_id: UUID
    holder_id: UUID
    amount_rupiah: int = AMOUNT
    on: date


class ReverseSlip(Input):
    """Take a movement of savings back, saying why. `entry_id` becomes the new slip."""

    entry_id: UUID
    cooperative_id: UUID
    slip_id: UUID
    on: date
    reason: str = Field(min_length=5, max_length=160)
