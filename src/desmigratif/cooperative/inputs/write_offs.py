"""Inputs about what leaves the books unpaid: proposed by one person, decided by another."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from desmigratif.shared.inputs import Input


class ProposeWriteOff(Input):
    """That a loan, or a sharia contract, leaves the books; the claim stays. One of the two ids is given."""

    write_off_id: UUID
    cooperative_id: UUID
    loan_id: UUID | None = None
    contract_id: UUID | None = None
    on: date
    ground: str = Field(min_length=3, max_length=20)
    reason: str = Field(min_length=5, max_length=160)


class DecideWriteOff(Input):
    """Yes or no to a proposal. With yes it leaves the books in the same moment; `entry_id` is that entry."""

    entry_id: UUID
    cooperative_id: UUID
    write_off_id: UUID
    on: date
    answer: Literal["yes", "no"]
    decision: str = Field(min_length=3, max_length=160)
