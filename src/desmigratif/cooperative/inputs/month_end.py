"""Inputs of what a treasurer does at the end of a month, and of leaving."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from desmigratif.shared.inputs import Input


class PaySavingsInterest(Input):
    """Pay the interest of one month, named by its last day, on all savings that may be taken at any time."""

    cooperative_id: UUID
    last_on: date


class MatureTerms(Input):
    """Bring every term that has ended by a day to its end, or into its next one."""

    cooperative_id: UUID
    on: date


class LeaveCooperative(Input):
    """End a membership: what is put by becomes a debt of the cooperative, to be paid out at the till."""

    cooperative_id: UUID
    member_id: UUID
    on: date
    reason: Literal["own_wish", "moved", "died", "expelled"]


class PayOutOwed(Input):
    """Hand out what is kept for somebody; `approval_id` where a second person had to agree.

    `receiver_id` is the heir or proxy who takes it; None for the member.
    """

    entry_id: UUID
    cooperative_id: UUID
    member_id: UUID
    use: Literal["leavers_payable", "savings_interest_payable", "shu_payable"]
    amount_rupiah: int = Field(gt=0, le=10**12)
    on: date
    approval_id: UUID | None = None
    receiver_id: UUID | None = None
