"""A sharing out of SHU as a JSON document."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

from desmigratif.cooperative.rules.loans.document import MANY, Amount, Percent
from desmigratif.cooperative.rules.year.shu import Distribution, Fund, MemberBasis, share_out
from desmigratif.shared.inputs import Input

Word = Annotated[str, StringConstraints(min_length=1, max_length=60)]


def _id_as_text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


class FundInput(Input):
    code: Word
    percent: Percent
    to: Word


class MemberInput(Input):
    id: Annotated[Word, BeforeValidator(_id_as_text)]
    savings: Amount = 0
    use: Amount = 0


class ShuInput(Input):
    """What `shu` reads. Totals are given when `members` is only a part of them."""

    shu: Annotated[int, Field(ge=-MANY, le=MANY)]
    funds: Annotated[tuple[FundInput, ...], Field(min_length=1, max_length=100)]
    members: Annotated[tuple[MemberInput, ...], Field(max_length=100_000)] = ()
    total_savings: Amount | None = None
    total_use: Amount | None = None


def share_document(document: Any) -> Distribution:
    """The distribution a document asks for. Raises `InvalidInput` with Indonesian reasons by field path."""
    given = ShuInput.read(document)
    return share_out(
        given.shu,
        [Fund(fund.code, Decimal(fund.percent), fund.to) for fund in given.funds],
        [MemberBasis(member.id, member.savings, member.use) for member in given.members],
        given.total_savings,
        given.total_use,
    )
