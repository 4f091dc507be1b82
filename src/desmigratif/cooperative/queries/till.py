"""Reading the till: a cashier's day, limits, and what a printed code proves."""

from __future__ import annotations

from collections import Counter
from datetime import date
from uuid import UUID

from django.db.models import Q, Sum

from desmigratif.access.actor import Actor
from desmigratif.access.scope import get_or_refuse
from desmigratif.cooperative.models import (
    Account,
    BusinessMove,
    Cooperative,
    Entry,
    Member,
    MoneyLimit,
    MoneySlip,
    MoveKind,
    PayoutApproval,
    TillDay,
)
from desmigratif.cooperative.queries.ledger.books import balance_now
from desmigratif.cooperative.rules.ledger import REVERSAL
from desmigratif.cooperative.rules.spending import Bill
from desmigratif.shared.crypto import blind_index

CODE_SIGNS = 8


def limit_on(cooperative: Cooperative, on: date) -> int | None:
    """Above which sum a second person must agree to a payout; None before the first decision."""
    standing = MoneyLimit.objects.of(cooperative).filter(since__lte=on).order_by("-since").first()
    return standing.second_person_above_rupiah if standing else None


def open_till(cooperative: Cooperative, by: Actor) -> TillDay | None:
    """The till that this person has open, if any."""
    return TillDay.objects.of(cooperative).open_of(by.id).first()


def expected_in(till: TillDay) -> int:
    """What should be in the till: the count in the morning, every slip and every business move of the day."""
    moved = [
        rows.filter(till=till).aggregate(total=Sum("amount_rupiah"))["total"] or 0
        for rows in (MoneySlip.objects.of(till.cooperative_id), BusinessMove.objects.of(till.cooperative_id))
    ]
    return till.opening_rupiah + sum(moved) + till.carried_rupiah


def cash_outside_tills(cooperative: Cooperative) -> int:
    """Cash of the books that is in no open till: in the safe, or nowhere yet."""
    cash = balance_now(Account.objects.of(cooperative).get(use="cash"))
    still_open = TillDay.objects.of(cooperative).filter(closed_at__isnull=True)
    return cash - sum(expected_in(till) for till in still_open)


def slips_of(cooperative: Cooperative, holder_ids: list[UUID]) -> list[MoneySlip]:
    """The lines of a passbook, oldest first."""
    return list(MoneySlip.objects.of(cooperative).filter(holder_id__in=holder_ids).order_by("number", "id"))


def code_of(slip_id: UUID, on: date, amount_rupiah: int, balance_rupiah: int) -> str:
    """The short code printed beside a line: with the installation's key, so that nobody can make one up."""
    text = f"{slip_id}|{on.isoformat()}|{amount_rupiah}|{balance_rupiah}"
    return blind_index("money-slip", text)[:CODE_SIGNS].upper()


def slips_with_code(by: Actor, code: str) -> list[MoneySlip]:
    """Lines that carry a printed code, to hold against the passbook."""
    return list(MoneySlip.objects.visible_to(by).filter(code=code.strip().upper()).select_related("member")[:5])


def tills_of_day(cooperative: Cooperative, on: date) -> list[TillDay]:
    """Tills of a day, and older ones that are still open, each with `expected_rupiah`; oldest first. Three queries."""
    days = TillDay.objects.of(cooperative).filter(Q(on=on) | Q(closed_at__isnull=True)).order_by("opened_at")
    tills = list(days)
    moved: Counter[UUID] = Counter()
    for rows in (MoneySlip.objects.of(cooperative), BusinessMove.objects.of(cooperative)):
        sums = rows.filter(till__in=tills).order_by().values_list("till_id")
        moved.update(dict(sums.annotate(total=Sum("amount_rupiah"))))
    for till in tills:
        till.expected_rupiah = till.opening_rupiah + moved[till.id] + till.carried_rupiah  # type: ignore[attr-defined]
    return tills


def approval_for(
    cooperative: Cooperative, by: Actor, *, holder_id: UUID, amount_rupiah: int, on: date
) -> PayoutApproval | None:
    """What a second person agreed to for just this payout, not yet used."""
    waiting = PayoutApproval.objects.of(cooperative).unused().exclude(approver_id=by.id)
    return waiting.filter(holder_id=holder_id, amount_rupiah=amount_rupiah, on=on).order_by("id").first()


def latest_approval(cooperative: Cooperative, by: Actor, *, holder_id: UUID, on: date) -> PayoutApproval | None:
    """What a second person agreed to last for one account today, not yet used."""
    waiting = PayoutApproval.objects.of(cooperative).unused().exclude(approver_id=by.id)
    return waiting.filter(holder_id=holder_id, on=on).order_by("-id").first()


def is_payout_agreed(cooperative: Cooperative, *, holder_id: UUID, on: date) -> bool:
    """Whether a second person agreed to a payout of this account or loan today that was not made yet."""
    return PayoutApproval.objects.of(cooperative).unused().filter(holder_id=holder_id, on=on).exists()


def left_open_until(cooperative: Cooperative, last_on: date) -> list[date]:
    """Days up to one whose tills were not closed, the oldest first; a few of them."""
    rows = TillDay.objects.of(cooperative).filter(closed_at__isnull=True, on__lte=last_on)
    return list(rows.order_by("on").values_list("on", flat=True).distinct()[:5])


def till_to_show(cooperative: Cooperative, till_id: UUID | None) -> TillDay | None:
    """The till that is asked for; else the latest. None before the first one, and for a till of other books."""
    tills = TillDay.objects.of(cooperative).order_by("-opened_at", "-id")
    return tills.first() if till_id is None else tills.filter(id=till_id).first()


def tills_beside(till: TillDay) -> tuple[TillDay | None, TillDay | None]:
    """The tills that were opened just before and just after this one."""
    tills = TillDay.objects.of(till.cooperative_id)
    before = tills.filter(opened_at__lt=till.opened_at).order_by("-opened_at").first()
    return before, tills.filter(opened_at__gt=till.opened_at).order_by("opened_at").first()


def slips_of_till(till: TillDay) -> list[MoneySlip]:
    """What passed through a till, the latest first."""
    slips = MoneySlip.objects.of(till.cooperative_id).filter(till=till).select_related("member")
    return list(slips.order_by("-number", "-id"))


def moves_of_till(till: TillDay) -> list[BusinessMove]:
    """What passed through a till for businesses and goods, the latest first."""
    rows = BusinessMove.objects.of(till.cooperative_id).filter(till=till).select_related("reversed_by")
    return list(rows.order_by("-id"))


def bills_below_limit(cooperative: Cooperative, cashier_id: UUID, on: date) -> list[Bill]:
    """Bills that this cashier paid on a day, in all tills, and that nobody agreed to; taken back ones left out."""
    agreed = PayoutApproval.objects.of(cooperative).filter(on=on, move_id__isnull=False).values("move_id")
    moves = BusinessMove.objects.of(cooperative).filter(kind=MoveKind.TILL_SPENT, actor_id=cashier_id, on=on)
    moves = moves.filter(reverses__isnull=True, reversed_by__isnull=True).exclude(id__in=agreed)
    rows = list(moves.values_list("party", "subject_id", "amount_rupiah"))
    paid_for = {subject_id for _party, subject_id, _amount in rows}
    costs = set(Account.objects.of(cooperative).filter(id__in=paid_for, kind="expense").values_list("id", flat=True))
    return [Bill(party, account_id, account_id in costs, -amount) for party, account_id, amount in rows]


def bought_with(move: BusinessMove) -> tuple[str, str]:
    """What a bill was paid for: the account, and the words in the books. Two queries."""
    account = Account.objects.of(move.cooperative_id).get(id=move.subject_id)
    memo = Entry.objects.of(move.cooperative_id).filter(id=move.reverses_id or move.id).values_list("memo", flat=True)
    return account.name, memo.get()


def slips_of_member(member: Member) -> list[MoneySlip]:
    """Everything that passed through a member's hands, the latest first."""
    slips = MoneySlip.objects.of(member.cooperative_id).filter(member=member)
    return list(slips.order_by("-number", "-id"))


def slip_of(by: Actor, slip_id: UUID) -> MoneySlip:
    """One slip with its member and till, or the refusal that does not tell whether there is one."""
    slips = MoneySlip.objects.visible_to(by).select_related("cooperative", "member", "till", "receiver")
    return get_or_refuse(slips, "slip_id", id=slip_id)


def reversal_of(slip: MoneySlip) -> MoneySlip | None:
    """The slip that took this one back."""
    return MoneySlip.objects.of(slip.cooperative_id).filter(reverses=slip).first()


def taken_back_by(slip: MoneySlip) -> tuple[int, str] | None:
    """The number of the slip that this one takes back, and why. Two queries; none for every other slip."""
    if slip.reverses_id is None:
        return None
    entries = Entry.objects.of(slip.cooperative_id).filter(id=slip.id)
    slips = MoneySlip.objects.of(slip.cooperative_id).filter(id=slip.reverses_id)
    memo: str = entries.values_list("memo", flat=True).get()
    return slips.values_list("number", flat=True).get(), memo.removeprefix(REVERSAL)
