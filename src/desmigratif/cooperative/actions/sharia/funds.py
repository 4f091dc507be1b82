"""The benevolent fund, and the bonus that savers get without a promise."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.business.moves import CannotMove, Move, make_move
from desmigratif.cooperative.actions.ledger.books import books_of, refuse_future
from desmigratif.cooperative.actions.ledger.posting_sql import lock_book_of
from desmigratif.cooperative.actions.savings.month_end import CannotPayInterest, Lines, add_interest
from desmigratif.cooperative.actions.till import note
from desmigratif.cooperative.inputs.sharia.funds import GiveWadiahBonus, MoveBenevolentFund
from desmigratif.cooperative.models import MoneySlip, MoveKind, SavingsAccount, SavingsKind, SavingsProduct
from desmigratif.cooperative.queries.ledger.books import chart_of
from desmigratif.cooperative.queries.savings.month_end import BONUS, interest_and_tax, weights_of_month
from desmigratif.cooperative.queries.sharia.funds import fund_now
from desmigratif.cooperative.rules.ledger import month_end
from desmigratif.cooperative.rules.sharia.contracts import reasons_not_to_serve_contracts
from desmigratif.cooperative.rules.sharia.profit import bonus_shares, reasons_not_to_take_from_fund
from desmigratif.shared.reasons import Reason

USES = frozenset({"poor", "education", "public"})


@action("cooperative.move_benevolent_fund", Permission.MONEY_TAKE)
def move_benevolent_fund(*, by: Actor, given: MoveBenevolentFund, now: datetime) -> dict[str, object]:
    """Take money for the benevolent fund, or give it to whom it is for."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    if reasons := reasons_not_to_serve_contracts(cooperative.sharia_since, given.on):
        raise CannotMove(reasons)
    amount = -given.amount_rupiah if given.kind in USES else given.amount_rupiah
    lock_book_of(cooperative.id)
    if reasons := reasons_not_to_take_from_fund(fund_now(cooperative), max(0, -amount)):
        raise CannotMove(reasons)
    move = Move(
        given.entry_id, given.on, MoveKind(f"fund.{given.kind}"), cooperative.id, given.party,
        [("fund_benevolent", -amount, None)], amount=amount, way=given.way, approval_id=given.approval_id,
    )  # fmt: skip
    return make_move(cooperative, by, move, now)


@action("cooperative.give_wadiah_bonus", Permission.BOOKS_POST)
def give_wadiah_bonus(*, by: Actor, given: GiveWadiahBonus, now: datetime) -> dict[str, object]:
    """Share a sum among the savers of one product, as was decided after the month; less each member's tax."""
    cooperative = books_of(by, given.cooperative_id, Permission.BOOKS_POST)
    refuse_future(cooperative.village_code, given.last_on, now, field="last_on")
    product = get_or_refuse(SavingsProduct.objects.of(cooperative), "product_id", id=given.product_id)
    lock_book_of(cooperative.id)  # whoever gives the same month's bonus at the same moment waits, and is refused
    reasons = reasons_not_to_serve_contracts(cooperative.sharia_since, given.last_on)
    if given.last_on != month_end(given.last_on):
        reasons.append(Reason("not_month_end", "Pilih hari terakhir bulan itu.", field="last_on"))
    given_before = MoneySlip.objects.of(cooperative).filter(kind=BONUS, on=given.last_on)
    accounts = SavingsAccount.objects.of(cooperative).filter(product=product)
    if given_before.filter(holder_id__in=accounts.values("id")).exists():
        reasons.append(Reason("given_already", "Bonus bulan itu sudah dibagikan.", field="last_on"))
    weights = [] if product.kind == SavingsKind.TERM else weights_of_month(cooperative, product, given.last_on)
    if not weights:
        reasons.append(Reason("nobody_saved", "Tidak ada simpanan yang mendapat bonus bulan itu.", field="product_id"))
    if reasons:
        raise CannotPayInterest(reasons)
    parts = bonus_shares(given.amount_rupiah, {one.account.id: one.rupiah for one in weights})
    lines, by_member = (
        Lines(cooperative, chart_of(cooperative), given.last_on),
        defaultdict[UUID, list[tuple[SavingsAccount, int]]](list),
    )
    for one in weights:
        if one.account.id in parts:
            by_member[one.account.member_id].append((one.account, parts[one.account.id]))
    before = interest_and_tax(cooperative, given.last_on, list(by_member))
    for member_id, shared in by_member.items():
        add_interest(lines, BONUS, shared, before.get(member_id, (0, 0)), cost="wadiah_bonus")
    number = lines.post()
    note(
        "wadiah_bonus.given", cooperative, Subject("savings_product", product.id), number=number,
        decision=given.decision, members=len(by_member),
    )  # fmt: skip
    return {"id": str(given.bonus_id), "number": number, "members": len(by_member)}
