"""Inputs of the ledger's actions."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from desmigratif.shared.inputs import Input

VillageCode = Field(pattern=r"^\d\d\.\d\d\.\d\d\.\d{4}$")
Kind = Literal["cooperative", "village_enterprise_unit", "kdmp_unit", "savings_group"]
AccountKind = Literal["asset", "liability", "equity", "income", "expense"]
AMOUNT = Field(gt=0, le=10**15)


class SetUpCooperative(Input):
    """Open the books of a body: who it is, and the first day that may be entered."""

    cooperative_id: UUID
    village_code: str = VillageCode
    name: str = Field(min_length=3, max_length=120)
    kind: Kind
    legal_number: str = Field(default="", max_length=60)
    opened_on: date
    rounding_rupiah: int = Field(default=100, ge=1, le=10_000)


class OpenAccount(Input):
    """One more line of the chart. `contra`: it grows on the other side than its kind does."""

    account_id: UUID
    cooperative_id: UUID
    code: str = Field(pattern=r"^[1-9]-\d{4,6}$")
    name: str = Field(min_length=3, max_length=80)
    kind: AccountKind
    contra: bool = False
    member_side: Literal["", "member", "non_member"] = ""
    may_overdraw: bool = False


class CloseAccount(Input):
    """A line of the chart that takes nothing more; its balance must be nil."""

    account_id: UUID
    cooperative_id: UUID
    on: date


class ManualLeg(Input):
    """One line of an entry by hand: either debit or credit."""

    account_id: UUID
    debit_rupiah: int | None = Field(default=None, gt=0, le=10**15)
    credit_rupiah: int | None = Field(default=None, gt=0, le=10**15)


class PostManualEntry(Input):
    """An entry by hand, with the reason that an auditor will read."""

    entry_id: UUID
    cooperative_id: UUID
    on: date
    memo: str = Field(min_length=3, max_length=200)
    legs: tuple[ManualLeg, ...] = Field(min_length=2, max_length=100)


class ReverseEntry(Input):
    """Undo an entry by its mirror. `entry_id` is the new entry, `reverses_id` the one to undo."""

    entry_id: UUID
    cooperative_id: UUID
    reverses_id: UUID
    on: date
    reason: str = Field(min_length=5, max_length=160)


class ClosePeriod(Input):
    """Close the next month, named by its last day."""

    period_id: UUID
    cooperative_id: UUID
    last_on: date


class OpeningBalance(Input):
    """What stood in one account (of one holder, where it keeps them), on the account's own side."""

    account_id: UUID
    amount_rupiah: int = AMOUNT
    holder_id: UUID | None = None


class PostOpeningBalances(Input):
    """What stood in the books before they were kept here; what does not balance goes to the balancing account."""

    entry_id: UUID
    cooperative_id: UUID
    on: date
    balances: tuple[OpeningBalance, ...] = Field(min_length=1, max_length=20_000)


class ExportBooks(Input):
    """The whole journal is about to be handed out as a file."""

    cooperative_id: UUID
    format: Literal["beancount", "csv"]
