"""What the till pays to others than members: which accounts, which bills count together, and the words in the books.

A sum above the cooperative's dated limit wants a second person, and a bill cut into small ones must not pass below it.
So bills that one cashier pays on one day to one payee are added up. What does not count, so that nobody is stopped for
another need:

- a bill that a second person agreed to, or that was taken back: it was looked at;
- another payee, however alike the goods: two shops are two needs;
- a debt, a tax or money of a fund beside a cost: its sum stands in the books before anybody pays it. Two payments of
  one such account count together. Costs count together whatever account is named: the account is the cashier's word,
  and naming another one is the easiest way to cut a bill.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from desmigratif.shared.reasons import Reason

# Costs that the programme reckons and enters itself: nobody is paid for them over the counter.
RECKONED = frozenset(
    {
        "savings_interest", "participation_result", "provision_expense", "depreciation_expense", "wadiah_bonus",
        "savers_profit_share", "profit_share_loss", "ijarah_depreciation_expense", "ijarah_loss",
    }
)  # fmt: skip
# What else is paid in cash: debts to shops and the tax office, and funds that a meeting set aside.
ALSO_PAID = frozenset(
    {
        "petty_cash", "trade_payable", "tax_payable", "fund_education", "fund_social", "fund_board", "fund_staff",
        "fund_development",
    }
)  # fmt: skip


def is_paid_at_till(*, kind: str, use: str, has_holders: bool) -> bool:
    """Whether cash of the till may be spent for this account."""
    if has_holders or use in RECKONED:
        return False
    return kind == "expense" or use in ALSO_PAID


def reasons_not_to_spend_on(*, kind: str, use: str, has_holders: bool) -> list[Reason]:
    """Why cash of the till may not be spent for this account; empty means it may."""
    if is_paid_at_till(kind=kind, use=use, has_holders=has_holders):
        return []
    text = "Akun ini tidak dibayar dari kas."
    way_out = "Pilih beban yang dibeli, atau catat lewat Buku."
    return [Reason("not_paid_at_till", text, field="account_id", way_out=way_out)]


@dataclass(frozen=True, slots=True)
class Bill:
    """What was paid, to whom and for which account; `is_cost` unless the books owed it, or had set it aside."""

    party: str
    account_id: UUID
    is_cost: bool
    amount_rupiah: int


_FORMS = frozenset({"toko", "tk", "warung", "ud", "cv", "pt", "pak", "bapak", "bpk", "bu", "ibu"})


def payee_of(party: str) -> str:
    """A payee's name as it is compared: without capitals, signs, and the words before a name."""
    words = re.findall(r"\w+", party.casefold())
    return " ".join([word for word in words if word not in _FORMS] or words)


def paid_together(bill: Bill, earlier: Iterable[Bill]) -> int:
    """How much of the day's earlier bills counts with this one."""

    def counts(one: Bill) -> bool:
        same_need = (bill.is_cost and one.is_cost) or bill.account_id == one.account_id
        return same_need and payee_of(bill.party) == payee_of(one.party)

    return sum(one.amount_rupiah for one in earlier if counts(one))


def memo_of(purpose: str, paper: str) -> str:
    """The words in the books: what was bought, and the paper that proves it. Nobody's name."""
    return f"{purpose}; {paper}"
