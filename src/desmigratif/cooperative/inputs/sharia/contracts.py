"""Inputs about sharia contracts: asked for, decided, bought, sold, paid, shared, ended."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from desmigratif.cooperative.inputs.business import Rupiah, Way
from desmigratif.cooperative.rules.sharia.contracts import Kind
from desmigratif.shared.inputs import Input

Sum = Annotated[int, Field(ge=0, le=10**12)]
Share = Annotated[Decimal, Field(gt=0, lt=100, max_digits=5, decimal_places=2)]


class DeclareSharia(Input):
    """From this day on the books know contracts and no interest, as somebody decided."""

    cooperative_id: UUID
    on: date
    decision: str = Field(min_length=3, max_length=120)


class AskForContract(Input):
    """What a member asks for. Which sums must be there follows from the kind; a qardh may come out of the benevolent
    fund (`source`)."""

    contract_id: UUID
    cooperative_id: UUID
    member_id: UUID
    kind: Kind
    on: date
    goods: str = Field(min_length=3, max_length=100)
    amount_rupiah: Rupiah
    margin_rupiah: Sum = 0
    rent_rupiah: Sum = 0
    residual_rupiah: Sum = 0
    share_percent: Share | None = None
    members_capital_rupiah: Sum = 0
    instalments: Annotated[int, Field(ge=1, le=120)] | None = None
    first_due_on: date | None = None
    late_charge_rupiah: Sum = 0
    by_agent: bool = False
    fee_rupiah: Sum = 0
    fee_for: str = Field(default="", max_length=80)
    source: Literal["own", "benevolent"] = "own"
    related_roles: tuple[Literal["board", "supervisors", "related_cooperative"], ...] = ()


class AgreeToRelatedContract(Input):
    """The supervisors' yes to a contract with a related party."""

    cooperative_id: UUID
    contract_id: UUID
    on: date


class DecideContract(Input):
    """Yes or no to what was asked for, by another than who wrote it down, with the reason. `has_interest`: it is for
    them or their family, so another decides."""

    cooperative_id: UUID
    contract_id: UUID
    on: date
    answer: Literal["yes", "no"]
    decision: str = Field(min_length=3, max_length=160)
    has_interest: bool = False


class _OfContract(Input):
    entry_id: UUID
    cooperative_id: UUID
    contract_id: UUID
    on: date


class BuyContractGoods(_OfContract):
    """The cooperative buys what the contract is about (murabahah or ijarah), at what it really costs."""

    amount_rupiah: Rupiah
    way: Way
    approval_id: UUID | None = None


class HandAgentMoney(_OfContract):
    """Money for the member to buy the goods in the cooperative's name (wakalah)."""

    amount_rupiah: Rupiah
    way: Way
    approval_id: UUID | None = None


class RecordAgentPurchase(_OfContract):
    """What the member as agent really paid for the goods; what is left of the money comes back."""

    amount_rupiah: Rupiah
    way: Way


class SellContractGoods(_OfContract):
    """The sale itself: from here on the member owes cost and margin."""


class HandOutFinancing(_OfContract):
    """Capital of a venture, or a qardh, goes to the member in full."""

    amount_rupiah: Rupiah
    way: Way
    approval_id: UUID | None = None


class TakeContractFee(_OfContract):
    """The cost of making the contract, as agreed; once, and never in proportion to sum or time."""

    amount_rupiah: Rupiah
    way: Way


class TakeContractPayment(_OfContract):
    """An instalment of a sale, rent or qardh, or capital of a venture that comes back."""

    amount_rupiah: Rupiah
    way: Way


class GrantRebate(Input):
    """How much is forgiven if the rest is paid today. Not promised before."""

    cooperative_id: UUID
    contract_id: UUID
    on: date
    amount_rupiah: Rupiah
    reason: str = Field(min_length=3, max_length=120)


class ChargeLate(_OfContract):
    """A late charge, as agreed in the contract, from somebody who could have paid; for the benevolent fund."""

    amount_rupiah: Rupiah
    way: Way


class ReportVentureResult(_OfContract):
    """What the venture really earned (above 0) or lost in a time."""

    first_on: date
    last_on: date
    result_rupiah: Annotated[int, Field(ge=-(10**12), le=10**12)]
    by_negligence: bool = False


class TakeProfitShare(_OfContract):
    """The cooperative's part of a reported profit is paid."""

    amount_rupiah: Rupiah
    way: Way


class EndLease(_OfContract):
    """The rent is paid: the thing is sold to the member (a price above 0) or taken back (0)."""

    amount_rupiah: Sum
    way: Way
