"""What the till pays to others than members: which accounts, and the words that stand in the books."""

from __future__ import annotations

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


def memo_of(purpose: str, paper: str) -> str:
    """The words in the books: what was bought, and the paper that proves it. Nobody's name."""
    return f"{purpose}; {paper}"
