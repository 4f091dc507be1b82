"""What the till pays to others than members: a bill, with its paper."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.cooperative.actions.business.moves import CannotMove, Move, make_move
from desmigratif.cooperative.actions.ledger.books import books_of
from desmigratif.cooperative.inputs.till import SpendCash
from desmigratif.cooperative.models import Account, MoveKind
from desmigratif.cooperative.rules.spending import memo_of, reasons_not_to_spend_on


@action("cooperative.spend_cash", Permission.MONEY_TAKE)
def spend_cash(*, by: Actor, given: SpendCash, now: datetime) -> dict[str, object]:
    """Pay a bill out of the till; above the limit a second person agreed before."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    accounts = Account.objects.of(cooperative).filter(closed_on__isnull=True)
    account = get_or_refuse(accounts, "account_id", id=given.account_id)
    reasons = reasons_not_to_spend_on(kind=account.kind, use=account.use, has_holders=account.has_holders)
    if reasons:
        raise CannotMove(reasons)
    against = [(account.id, given.amount_rupiah, None)]
    move = Move(
        given.entry_id, given.on, MoveKind.TILL_SPENT, account.id, given.party, against,
        amount=-given.amount_rupiah, approval_id=given.approval_id, memo=memo_of(given.purpose, given.paper),
    )  # fmt: skip
    return make_move(cooperative, by, move, now)
