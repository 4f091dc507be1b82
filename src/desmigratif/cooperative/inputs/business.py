"""Inputs about groups, businesses and the capital that savers put into them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from desmigratif.shared.inputs import Input

Rupiah = Annotated[int, Field(gt=0, le=10**12)]
Part = Annotated[Decimal, Field(gt=0, le=100, max_digits=5, decimal_places=2)]
Way = Literal["cash", "bank"]


class FormGroup(Input):
    """Members who begin to do business together."""

    group_id: UUID
    cooperative_id: UUID
    name: str = Field(min_length=3, max_length=80)
    on: date
    member_ids: Annotated[tuple[UUID, ...], Field(min_length=2, max_length=60)]


class JoinGroup(Input):
    """One more member of a group."""

    seat_id: UUID
    cooperative_id: UUID
    group_id: UUID
    member_id: UUID
    on: date


class LeaveGroup(Input):
    """A member's place in a group ends."""

    cooperative_id: UUID
    seat_id: UUID
    on: date


class OpenBusiness(Input):
    """A business whose result is reckoned apart; of a group where `group_id` names one."""

    business_id: UUID
    cooperative_id: UUID
    name: str = Field(min_length=3, max_length=80)
    on: date
    group_id: UUID | None = None
    share_percent: Part = Decimal(100)


class NewStake(Input):
    """What one saver promises: a member by id, or somebody from outside by name."""

    stake_id: UUID
    amount_rupiah: Rupiah
    member_id: UUID | None = None
    outsider: str = Field(default="", max_length=100)


class AgreeOnCapital(Input):
    """An agreement on modal penyertaan for one business: who puts in how much, for which part of its result."""

    agreement_id: UUID
    cooperative_id: UUID
    business_id: UUID
    number: str = Field(min_length=1, max_length=40)
    on: date
    until: date | None = None
    share_percent: Part
    stakes: Annotated[tuple[NewStake, ...], Field(min_length=1, max_length=100)]


class PassOnStake(Input):
    """Capital of one saver becomes somebody else's: sold, given, or inherited. `consents`: what was shown."""

    entry_id: UUID
    new_stake_id: UUID
    cooperative_id: UUID
    stake_id: UUID
    on: date
    amount_rupiah: Rupiah
    member_id: UUID | None = None
    outsider: str = Field(default="", max_length=100)
    because: Literal["sold", "given", "inherited"]
    consents: Annotated[tuple[Literal["holder", "taker", "cooperative", "heir_letter"], ...], Field(max_length=4)] = ()


class CloseAgreement(Input):
    """The end of an agreement, today. `result_rupiah`: what the business earned or lost (below 0) since its last
    result; 0 for nothing."""

    entry_id: UUID
    cooperative_id: UUID
    agreement_id: UUID
    on: date
    result_rupiah: Annotated[int, Field(ge=-(10**12), le=10**12)] = 0
    reason: str = Field(min_length=5, max_length=160)


class RecordResult(Input):
    """What a business earned or lost (below 0) between two days."""

    entry_id: UUID
    cooperative_id: UUID
    business_id: UUID
    first_on: date
    last_on: date
    on: date
    result_rupiah: Annotated[int, Field(ge=-(10**12), le=10**12)]
    memo: str = Field(min_length=3, max_length=160)


class TakeBackResult(Input):
    """A result that was recorded by mistake."""

    entry_id: UUID
    cooperative_id: UUID
    result_id: UUID
    on: date
    reason: str = Field(min_length=5, max_length=160)


class _Money(Input):
    """Money of today, through the till or the bank."""

    entry_id: UUID
    cooperative_id: UUID
    on: date
    amount_rupiah: Rupiah
    way: Way


class _MoneyOut(_Money):
    """Money that leaves; `approval_id` where a second person had to agree."""

    approval_id: UUID | None = None


class PayInStake(_Money):
    """The capital of a saver comes in."""

    stake_id: UUID


class PayStakeResult(_MoneyOut):
    """A saver gets what the business earned for them."""

    stake_id: UUID


class ReturnStake(_MoneyOut):
    """A saver gets capital back."""

    stake_id: UUID


class HandOutCapital(_MoneyOut):
    """Capital for the business of a group."""

    business_id: UUID


class TakeCapitalBack(_Money):
    """A group gives capital back."""

    business_id: UUID


class TakeResult(_Money):
    """A group pays what its result brought the cooperative."""

    business_id: UUID


class ApproveBusinessPayout(Input):
    """The second person's yes to one sum for one stake, business, purchase or consignment, today."""

    approval_id: UUID
    cooperative_id: UUID
    subject_id: UUID
    on: date
    amount_rupiah: Rupiah


class ReverseMove(Input):
    """Take back what was entered by mistake, by its mirror."""

    entry_id: UUID
    cooperative_id: UUID
    move_id: UUID
    on: date
    reason: str = Field(min_length=5, max_length=160)
