"""Input of bringing a cooperative's paper books in."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from desmigratif.cooperative.rules.opening_sheet.rows import BalanceRow, LoanRow, MemberRow, SavingsRow
from desmigratif.shared.inputs import Input


class ImportOpening(Input):
    """Everything of a checked workbook: members with what they have and owe, and the rest of the trial balance."""

    import_id: UUID
    cooperative_id: UUID
    on: date
    file_name: str = Field(max_length=120)
    members: tuple[MemberRow, ...] = Field(min_length=1, max_length=5_000)
    savings: tuple[SavingsRow, ...] = Field(default=(), max_length=20_000)
    loans: tuple[LoanRow, ...] = Field(default=(), max_length=5_000)
    balances: tuple[BalanceRow, ...] = Field(default=(), max_length=500)
