"""Money sent home from abroad, of which an agreed part is saved."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.cooperative.actions.ledger.books import books_of
from desmigratif.cooperative.actions.savings.accounts import CannotPayIn, account_to_move, reasons_not_to_deposit
from desmigratif.cooperative.actions.till import move_money, till_for
from desmigratif.cooperative.inputs.savings import SaveFromRemittance
from desmigratif.cooperative.queries.savings.accounts import balance_of, use_of_savings
from desmigratif.cooperative.rules.savings.products import from_remittance, reasons_not_to_save_from


@action("cooperative.save_from_remittance", Permission.MONEY_TAKE)
def save_from_remittance(*, by: Actor, given: SaveFromRemittance, now: datetime) -> dict[str, object]:
    """Take the agreed part of money sent home, never more than the goal still lacks, and hand out a slip."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    account = account_to_move(cooperative, given.account_id)
    till = till_for(cooperative, by, given.on, now)
    missing = max(0, (account.target_rupiah or 0) - balance_of(cooperative, account))
    reasons = reasons_not_to_deposit(cooperative, account, given.on)
    reasons += reasons_not_to_save_from(given.received_rupiah, account.remittance_percent, missing)
    if reasons:
        raise CannotPayIn(reasons)
    part = from_remittance(given.received_rupiah, Decimal(account.remittance_percent or 0), missing)
    return move_money(
        cooperative, till, account.member, entry_id=given.entry_id, on=given.on, kind="savings.deposited",
        use=use_of_savings(account), holder_id=account.id, amount_rupiah=part,
    )  # fmt: skip
