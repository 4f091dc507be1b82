"""What the till pays to others than members: a bill, with its paper."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.cooperative.actions.business.moves import CannotMove, Move, make_move
from desmigratif.cooperative.actions.ledger.books import books_of
from desmigratif.cooperative.actions.till import till_for
from desmigratif.cooperative.inputs.till import SpendCash
from desmigratif.cooperative.models import Account, MoveKind
from desmigratif.cooperative.queries.till import bills_below_limit
from desmigratif.cooperative.rules.spending import Bill, memo_of, paid_together, reasons_not_to_spend_on


@action("cooperative.spend_cash", Permission.MONEY_TAKE)
def spend_cash(*, by: Actor, given: SpendCash, now: datetime) -> dict[str, object]:
    """Pay a bill out of the till; above the limit, alone or with the day's other bills, a second person agreed."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    accounts = Account.objects.of(cooperative).filter(closed_on__isnull=True)
    account = get_or_refuse(accounts, "account_id", id=given.account_id)
    reasons = reasons_not_to_spend_on(kind=account.kind, use=account.use, has_holders=account.has_holders)
    if reasons:
        raise CannotMove(reasons)
    till_for(cooperative, by, given.on, now)  # locked first: two bills at once would each not see the other
    bill = Bill(given.party, account.id, account.kind == "expense", given.amount_rupiah)
    against = [(account.id, given.amount_rupiah, None)]
    move = Move(
        given.entry_id, given.on, MoveKind.TILL_SPENT, account.id, given.party, against,
        amount=-given.amount_rupiah, approval_id=given.approval_id, memo=memo_of(given.purpose, given.paper),
        counts_with=paid_together(bill, bills_below_limit(cooperative, by.id, given.on)),
    )  # fmt: skip
    return make_move(cooperative, by, move, now)
