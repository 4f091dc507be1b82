"""How money and goods of businesses move: entry, slip, second person, mirror. Helpers, and what undoes them.

Order of locks, always: the business, purchase or consignment, the cashier's till, the book.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.ledger.books import books_of, refuse_future
from desmigratif.cooperative.actions.ledger.posting import post_entry, post_reversal
from desmigratif.cooperative.actions.till import CannotUseTill, approved_payout, note, till_for
from desmigratif.cooperative.inputs.business import ApproveBusinessPayout, ReverseMove
from desmigratif.cooperative.models import (
    BusinessMove,
    Cooperative,
    Entry,
    GroupPurchase,
    Member,
    MoneySource,
    MoveKind,
    PayoutApproval,
    PurchaseOrder,
    ShariaContract,
    TillDay,
)
from desmigratif.cooperative.queries.business.goods import standing_order, standing_purchase
from desmigratif.cooperative.queries.ledger.books import chart_of
from desmigratif.cooperative.queries.sharia.funds import fund_now
from desmigratif.cooperative.queries.till import cash_outside_tills, code_of, expected_in
from desmigratif.cooperative.rules.ledger import NewEntry, NewLeg
from desmigratif.cooperative.rules.sharia.profit import reasons_not_to_take_from_fund
from desmigratif.regions.queries import today_in
from desmigratif.shared.reasons import Reason, Refusal

Posting = tuple[str | UUID, int, UUID | None]  # use or id of the account, rupiah (debit above 0), holder


APPROVED_AT = "di Usaha, Setujui pembayaran"


class CannotMove(Refusal):
    code = "cannot_move"


@dataclass(frozen=True, slots=True)
class Move:
    """A movement that a rule has agreed to. `amount` is the money, into the cooperative above 0; `way` how it goes;
    `against` the other side in the books."""

    id: UUID
    on: date
    kind: MoveKind
    subject_id: UUID
    party: str
    against: Sequence[Posting]
    member: Member | None = None
    amount: int = 0
    quantity: int = 0
    value: int = 0
    way: str = "cash"
    approval_id: UUID | None = None
    always_second: bool = False  # a second person agrees whatever the sum
    counts_with: int = 0  # what was paid out before and counts with this sum against the limit
    memo: str = ""  # what the books say; the name of the kind where nothing else is said

    def of(self, *, amount: int = 0, value: int = 0) -> Move:
        """The same movement of these sums."""
        return replace(self, amount=amount, value=value)


def make_move(cooperative: Cooperative, by: Actor, move: Move, now: datetime) -> dict[str, object]:
    """Money and goods of today: till, second person, entry, slip. Raises `CannotUseTill` or `CannotPayOut`."""
    till = _till_of(cooperative, by, move, now)
    if BusinessMove.objects.of(cooperative).filter(id=move.id).exists():
        raise CannotMove(Reason("recorded_already", "Ini sudah dicatat."))
    approval = None
    if move.amount < 0:
        approval = approved_payout(
            cooperative, by, holder_id=move.subject_id, amount_rupiah=-move.amount, on=move.on,
            approval_id=move.approval_id, always=move.always_second, counts_with=move.counts_with, where=APPROVED_AT,
        )  # fmt: skip
    number, chart = 0, chart_of(cooperative)
    money: list[Posting] = [("cash" if move.way == "cash" else "bank", move.amount, None)] if move.amount else []
    postings = [one for one in (*money, *move.against) if one[1]]
    legs = [NewLeg(chart[to] if isinstance(to, str) else to, amount, holder) for to, amount, holder in postings]
    if legs:
        memo = move.memo or str(move.kind.label)
        number = post_entry(cooperative, NewEntry(move.id, move.on, move.kind, legs, memo)).number
    row = BusinessMove.objects.create(
        id=move.id, village_code=cooperative.village_code, cooperative=cooperative, till=till, on=move.on,
        kind=move.kind, subject_id=move.subject_id, member=move.member, party=move.party, amount_rupiah=move.amount,
        quantity=move.quantity, value_rupiah=move.value, number=number, actor_id=by.id,
        code=code_of(move.id, move.on, move.amount, move.value),
    )  # fmt: skip
    if approval is not None:
        approval.move_id = row.id
        approval.save(update_fields=["move_id"])
    _tell(row)
    return {"id": str(row.id), "number": number, "code": row.code}


def _till_of(cooperative: Cooperative, by: Actor, move: Move, now: datetime) -> TillDay | None:
    """The cashier's till for cash; for the bank, and for goods alone, only that it is today."""
    if move.amount and move.way == "cash":
        till = till_for(cooperative, by, move.on, now)
        refuse_empty(till, move.amount)
        return till
    if move.on != today_in(cooperative.village_code, now):
        raise CannotMove(Reason("not_today", "Ini dicatat pada hari ini.", field="on"))
    return None


def refuse_empty(till: TillDay, amount: int) -> None:
    if amount < 0 and expected_in(till) + amount < 0:
        text = "Uang di kas tidak cukup."
        raise CannotUseTill(Reason("not_in_till", text, field="amount_rupiah", way_out="Ambil uang dari bank dulu."))


def _tell(row: BusinessMove) -> None:
    subject = Subject("member", row.member_id) if row.member_id else Subject("business_move", row.id)
    note(row.kind, row.cooperative, subject, number=row.number, about=str(row.subject_id))


@action("cooperative.approve_business_payout", Permission.MONEY_APPROVE)
def approve_business_payout(*, by: Actor, given: ApproveBusinessPayout, now: datetime) -> PayoutApproval:
    """Agree, as the second person, to one sum for one stake, business, purchase, consignment or bill, today."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_APPROVE)
    if given.on != today_in(cooperative.village_code, now):
        raise CannotMove(Reason("not_today", "Persetujuan berlaku untuk hari ini.", field="on"))
    approval = PayoutApproval.objects.create(
        id=given.approval_id, village_code=cooperative.village_code, cooperative=cooperative,
        holder_id=given.subject_id, amount_rupiah=given.amount_rupiah, on=given.on, approver_id=by.id,
    )  # fmt: skip
    note("payout.approved", cooperative, Subject("payout_approval", approval.id), about=str(given.subject_id))
    return approval


@action("cooperative.reverse_business_move", Permission.MONEY_APPROVE)
def reverse_business_move(*, by: Actor, given: ReverseMove, now: datetime) -> dict[str, object]:
    """Take back, as the second person, a movement of money or goods that was wrong."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_APPROVE)
    today = refuse_future(cooperative.village_code, given.on, now)
    rows = BusinessMove.objects.of(cooperative).select_related("cooperative", "member").select_for_update(of=("self",))
    move = get_or_refuse(rows, "move_id", id=given.move_id)
    if reasons := _reasons_not_to_reverse(move, by, given.on, today):
        raise CannotMove(reasons)
    till = _till_again(move)
    number = 0
    if move.number:
        entry = Entry.objects.of(cooperative).sealed().get(id=move.id)
        number = post_reversal(cooperative, entry, entry_id=given.entry_id, on=given.on, reason=given.reason).number
    back = BusinessMove.objects.create(
        id=given.entry_id, village_code=cooperative.village_code, cooperative=cooperative, till=till, on=given.on,
        kind=move.kind, subject_id=move.subject_id, member=move.member, party=move.party,
        amount_rupiah=-move.amount_rupiah, quantity=-move.quantity, value_rupiah=-move.value_rupiah, number=number,
        actor_id=by.id, code=code_of(given.entry_id, given.on, -move.amount_rupiah, -move.value_rupiah), reverses=move,
    )  # fmt: skip
    note("business_move.reversed", cooperative, Subject("business_move", move.id), by=str(back.id))
    return {"id": str(back.id), "number": number, "code": back.code}


def _reasons_not_to_reverse(move: BusinessMove, by: Actor, on: date, today: date) -> list[Reason]:
    if on != today:
        return [Reason("not_today", "Pembatalan dicatat pada hari ini.", field="on")]
    if move.reverses_id is not None:
        return [Reason("not_here", "Pembatalan tidak dapat dibatalkan.", field="move_id")]
    if BusinessMove.objects.of(move.cooperative_id).filter(reverses=move).exists():
        return [Reason("reversed_already", "Ini sudah dibatalkan.", field="move_id")]
    if move.actor_id == by.id:
        return [Reason("same_person", "Yang mencatat dan yang membatalkan harus dua orang.", field="move_id")]
    return _reasons_to_keep(move)


def _reasons_to_keep(move: BusinessMove) -> list[Reason]:
    """What was built on this movement and must go first; what the books themselves guard is left to them."""
    if move.kind == MoveKind.STAKE_PASSED_ON:
        text = "Modal yang sudah beralih tidak dibatalkan."
        return [Reason("passed_on", text, field="move_id", way_out="Alihkan kembali dengan persetujuan semuanya.")]
    if move.kind == MoveKind.PURCHASE_BOUGHT:
        purchase = GroupPurchase.objects.of(move.cooperative_id).get(id=move.subject_id)
        if standing_purchase(purchase).handed:
            text = "Barangnya sudah ada yang diserahkan."
            return [Reason("handed_out", text, way_out="Batalkan dulu penyerahannya.")]
    if move.kind == MoveKind.PURCHASE_HANDED_OUT:
        order = PurchaseOrder.objects.of(move.cooperative_id).get(id=move.subject_id)
        if standing_order(order).owes_rupiah < move.value_rupiah:
            return [Reason("paid_already", "Barang ini sudah dibayar.", way_out="Batalkan dulu pembayarannya.")]
    if move.kind == MoveKind.TILL_SAFE and -move.amount_rupiah > cash_outside_tills(move.cooperative):
        return [Reason("not_in_safe", "Uang itu sudah tidak di brankas.", field="move_id")]
    if move.amount_rupiah > 0 and _is_of_the_fund(move):
        return _later_first(move) or reasons_not_to_take_from_fund(fund_now(move.cooperative), move.amount_rupiah)
    return _later_first(move)


def _later_first(move: BusinessMove) -> list[Reason]:
    """Of a contract, the last movement is taken back first."""
    if move.kind.startswith("sharia."):
        rows = BusinessMove.objects.of(move.cooperative_id).filter(subject_id=move.subject_id, reverses__isnull=True)
        later = rows.filter(kind__startswith="sharia.", reversed_by__isnull=True, number__gt=move.number)
        if later.exists():
            return [Reason("later_first", "Sesudahnya masih ada catatan lain.", way_out="Batalkan dulu yang terakhir.")]
    return []


def _is_of_the_fund(move: BusinessMove) -> bool:
    """Whether its money went into the benevolent fund: given to it, or a qardh of its own that came back."""
    if move.kind.startswith("fund."):
        return True
    lent = ShariaContract.objects.of(move.cooperative_id).filter(source=MoneySource.BENEVOLENT, id=move.subject_id)
    return move.kind in (MoveKind.SHARIA_PAID, MoveKind.SHARIA_RECOVERED) and lent.exists()


def _till_again(move: BusinessMove) -> TillDay | None:
    """The till through which the money went, locked; closed, it takes nothing more."""
    if move.till_id is None:
        return None
    tills = TillDay.objects.of(move.cooperative_id).select_for_update().filter(id=move.till_id)
    till = tills.filter(closed_at__isnull=True).first()
    if till is None:
        text = "Kas hari itu sudah ditutup."
        way_out = "Bendahara mencatat pembetulannya dengan jurnal."
        raise CannotMove(Reason("till_closed", text, way_out=way_out))
    refuse_empty(till, -move.amount_rupiah)
    return till
