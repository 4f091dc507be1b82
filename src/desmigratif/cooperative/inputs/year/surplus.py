"""Inputs of sharing a book year's surplus."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from desmigratif.cooperative.inputs.year.closing import Year
from desmigratif.shared.inputs import Input

Percent = Annotated[str, StringConstraints(pattern=r"^\d{1,3}(\.\d{1,2})?$")]


class FundShare(Input):
    """One fund of the articles, and its part of the surplus in percent."""

    code: str = Field(max_length=40)
    percent: Percent


class SetSurplusRule(Input):
    """How the articles share the surplus, from a day on."""

    rule_id: UUID
    cooperative_id: UUID
    since: date
    decision: str = Field(min_length=3, max_length=120)
    funds: tuple[FundShare, ...] = Field(min_length=1, max_length=20)
    savings_basis: Literal["average", "year_end"]
    use_basis: Literal["loan_interest", "loans", "purchases"]


class DistributeSurplus(Input):
    """Give out the surplus of a closed year as a members' meeting decided."""

    distribution_id: UUID
    entry_id: UUID
    cooperative_id: UUID
    year: int = Year
    decision_id: UUID
    on: date
