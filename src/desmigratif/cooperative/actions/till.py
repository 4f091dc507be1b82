"""The cashier's day, the second person's word, and taking back what was entered by mistake.

`move_money` is how savings and loans let money pass through the till: one entry, one slip.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import cast
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.ledger.books import books_of, refuse_future
from desmigratif.cooperative.actions.ledger.posting import post_entry, post_reversal
from desmigratif.cooperative.actions.ledger.posting_sql import lock_book_of
from desmigratif.cooperative.inputs.till import (
    ApprovePayout,
    CloseTill,
    MoveCash,
    OpenTill,
    ReverseSlip,
    SetMoneyLimit,
)
from desmigratif.cooperative.models import (
    Account,
    BusinessMove,
    ConnectedPerson,
    Cooperative,
    Entry,
    Member,
    MemberStatus,
    MoneyLimit,
    MoneySlip,
    MoveKind,
    PayoutApproval,
    TillDay,
)
from desmigratif.cooperative.queries.ledger.books import balance_now, chart_of, closed_until
from desmigratif.cooperative.queries.savings.accounts import CAPITAL_USE
from desmigratif.cooperative.queries.till import cash_outside_tills, code_of, expected_in, limit_on
from desmigratif.cooperative.rules.labels import DIED
from desmigratif.cooperative.rules.ledger import NewEntry, NewLeg, credit, debit
from desmigratif.cooperative.rules.members.membership import Taker, reasons_not_to_hand_to
from desmigratif.regions.queries import today_in
from desmigratif.shared.reasons import Reason, Refusal
from desmigratif.shared.rupiah import format_rupiah

SAFE = "Brankas"
SAVINGS_KINDS = frozenset({"savings.deposited", "savings.withdrawn", "capital.paid"})


class CannotUseTill(Refusal):
    code = "cannot_use_till"


class CannotSetLimit(Refusal):
    code = "cannot_set_limit"


class CannotReverse(Refusal):
    code = "cannot_reverse"


class CannotPayOut(Refusal):
    code = "cannot_pay_out"


@action("cooperative.set_money_limit", Permission.COOPERATIVE_SET_UP)
def set_money_limit(*, by: Actor, given: SetMoneyLimit, now: datetime) -> MoneyLimit:
    """Record from which sum a second person must agree before money leaves the till."""
    cooperative = books_of(by, given.cooperative_id, Permission.COOPERATIVE_SET_UP)
    last = MoneyLimit.objects.of(cooperative).order_by("-since").first()
    if last is not None and given.since <= last.since:
        text = "Keputusan baru harus berlaku sesudah keputusan yang terakhir."
        raise CannotSetLimit(Reason("not_after_last", text, field="since"))
    limit = MoneyLimit.objects.create(
        id=given.limit_id, village_code=cooperative.village_code, cooperative=cooperative, since=given.since,
        second_person_above_rupiah=given.second_person_above_rupiah, decision=given.decision,
    )  # fmt: skip
    note("money_limit.set", cooperative, Subject("money_limit", limit.id), since=limit.since.isoformat())
    return limit


@action("cooperative.open_till", Permission.MONEY_TAKE)
def open_till(*, by: Actor, given: OpenTill, now: datetime) -> TillDay:
    """Begin the day with what was counted. A till that was left open must be closed first."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    if given.on != today_in(cooperative.village_code, now):
        raise CannotUseTill(Reason("not_today", "Kas dibuka untuk hari ini.", field="on"))
    left = TillDay.objects.of(cooperative).open_of(by.id).first()
    if left is not None:
        raise CannotUseTill(Reason("open_already", "Kas Anda masih terbuka.", way_out="Tutup dulu kas yang terbuka."))
    known = cash_outside_tills(cooperative)
    if given.opening_rupiah > known:
        text = f"Menurut buku, uang tunai di luar kas yang terbuka hanya {format_rupiah(known)}."
        way_out = "Hitung sekali lagi, atau catat dulu di buku dari mana uang itu."
        raise CannotUseTill(Reason("more_than_books", text, field="opening_rupiah", way_out=way_out))
    till = TillDay.objects.create(
        id=given.till_id, village_code=cooperative.village_code, cooperative=cooperative, cashier_id=by.id,
        on=given.on, opened_at=now, opening_rupiah=given.opening_rupiah,
    )  # fmt: skip
    note("till.opened", cooperative, Subject("till", till.id))
    return till


@action("cooperative.close_till", Permission.MONEY_TAKE)
def close_till(*, by: Actor, given: CloseTill, now: datetime) -> dict[str, object]:
    """End the day with what was counted. A difference needs a reason and stands in the books under its own name."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    till = get_or_refuse(
        TillDay.objects.of(cooperative).open_of(by.id).select_for_update(), "till_id", id=given.till_id
    )
    difference = given.counted_rupiah - expected_in(till)
    if difference and not given.reason:
        text = f"Uang yang dihitung {_more_or_less(difference)} dari catatan."
        raise CannotUseTill(
            Reason("difference", text, field="reason", way_out="Hitung sekali lagi, atau tulis sebabnya.")
        )
    till.closed_at, till.counted_rupiah, till.difference_rupiah = now, given.counted_rupiah, difference
    till.difference_reason = given.reason or "" if difference else ""
    till.save(update_fields=["closed_at", "counted_rupiah", "difference_rupiah", "difference_reason"])
    if difference:
        chart = chart_of(cooperative)
        legs = [NewLeg(chart["cash"], difference), NewLeg(chart["cash_difference"], -difference)]
        on = _day_of_difference(cooperative, till, now)
        post_entry(cooperative, NewEntry(given.entry_id, on, "till.difference", legs, "Selisih kas"))
    note("till.closed", cooperative, Subject("till", till.id), difference=difference)
    return {"id": str(till.id), "difference_rupiah": difference}


def _day_of_difference(cooperative: Cooperative, till: TillDay, now: datetime) -> date:
    """The till's own day; where its month was closed before it was counted, the day on which it is counted."""
    closed = closed_until(cooperative)
    return till.on if closed is None or till.on > closed else today_in(cooperative.village_code, now)


def _more_or_less(difference: int) -> str:
    return f"{'lebih' if difference > 0 else 'kurang'} {format_rupiah(abs(difference))}"


@action("cooperative.move_cash", Permission.MONEY_TAKE)
def move_cash(*, by: Actor, given: MoveCash, now: datetime) -> dict[str, object]:
    """Carry cash between the till and the bank, or the safe. What goes to the safe stays cash in the books."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    till = till_for(cooperative, by, given.on, now)
    into, place = given.direction.startswith("from_"), given.direction.partition("_")[2]
    amount = given.amount_rupiah if into else -given.amount_rupiah
    if not into and expected_in(till) + amount < 0:
        raise CannotUseTill(Reason("not_in_till", "Uang di kas tidak sebanyak itu.", field="amount_rupiah"))
    if place == "safe":
        return _move_to_safe(cooperative, by, till, given.entry_id, amount)
    till.carried_rupiah += amount
    till.save(update_fields=["carried_rupiah"])
    chart = chart_of(cooperative)
    legs = [NewLeg(chart["cash"], amount), NewLeg(chart["bank"], -amount)]
    posted = post_entry(cooperative, NewEntry(given.entry_id, given.on, "till.carried", legs))
    note("till.carried", cooperative, Subject("till", till.id), direction=given.direction)
    return {"id": str(given.entry_id), "number": posted.number}


def _move_to_safe(cooperative: Cooperative, by: Actor, till: TillDay, id: UUID, amount: int) -> dict[str, object]:
    """A line of the till's day: no entry, since both are the cash of the books. Raises `CannotUseTill`."""
    lock_book_of(cooperative.id)  # two cashiers do not take the same notes out of the safe
    known = cash_outside_tills(cooperative)
    if amount > known:
        text = f"Menurut buku, di brankas hanya ada {format_rupiah(max(0, known))}."
        raise CannotUseTill(Reason("not_in_safe", text, field="amount_rupiah", way_out="Hitung sekali lagi."))
    row = BusinessMove.objects.create(
        id=id, village_code=cooperative.village_code, cooperative=cooperative, till=till, on=till.on,
        kind=MoveKind.TILL_SAFE, subject_id=till.id, party=SAFE, amount_rupiah=amount, actor_id=by.id,
        code=code_of(id, till.on, amount, 0),
    )  # fmt: skip
    note(row.kind, cooperative, Subject("till", till.id), move=str(id))
    return {"id": str(id), "number": 0, "code": row.code}


@action("cooperative.approve_payout", Permission.MONEY_APPROVE)
def approve_payout(*, by: Actor, given: ApprovePayout, now: datetime) -> PayoutApproval:
    """Agree, as the second person, to one sum for one account today. Another must hand it out."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_APPROVE)
    if given.on != today_in(cooperative.village_code, now):
        raise CannotPayOut(Reason("not_today", "Persetujuan berlaku untuk hari ini.", field="on"))
    member = get_or_refuse(Member.objects.of(cooperative), "member_id", id=given.member_id)
    approval = PayoutApproval.objects.create(
        id=given.approval_id, village_code=cooperative.village_code, cooperative=cooperative, member=member,
        holder_id=given.holder_id, amount_rupiah=given.amount_rupiah, on=given.on, approver_id=by.id,
    )  # fmt: skip
    note("payout.approved", cooperative, Subject("member", member.id), approval=str(approval.id))
    return approval


@action("cooperative.reverse_slip", Permission.MONEY_APPROVE)
def reverse_slip(*, by: Actor, given: ReverseSlip, now: datetime) -> dict[str, object]:
    """Take a movement of savings back by its mirror. Loans take theirs back themselves."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_APPROVE)
    refuse_future(cooperative.village_code, given.on, now)
    slips = MoneySlip.objects.of(cooperative).select_related("member", "till")
    slip = get_or_refuse(slips, "slip_id", id=given.slip_id)
    if slip.kind not in SAVINGS_KINDS or slip.reverses_id is not None:
        raise CannotReverse(Reason("not_here", "Transaksi ini tidak dapat dibatalkan di sini.", field="slip_id"))
    if slip.use == CAPITAL_USE["entry"] and slip.member.status == MemberStatus.MEMBER:
        text = "Simpanan pokok seorang anggota tidak dapat dibatalkan."
        raise CannotReverse(Reason("makes_a_member", text, field="slip_id"))
    if MoneySlip.objects.of(cooperative).filter(reverses=slip).exists():
        raise CannotReverse(Reason("reversed_already", "Transaksi ini sudah dibatalkan.", field="slip_id"))
    till = TillDay.objects.of(cooperative).select_for_update().filter(slips=slip.id, closed_at__isnull=True).first()
    if till is None:
        text = "Kas hari itu sudah ditutup."
        way_out = "Catat setoran atau pengambilan baru sebagai pembetulan."
        raise CannotReverse(Reason("till_closed", text, way_out=way_out))
    if till.cashier_id == by.id:
        text = "Yang melayani dan yang membatalkan harus dua orang."
        way_out = "Minta pengurus atau bendahara lain membatalkannya."
        raise CannotReverse(Reason("same_person", text, way_out=way_out))
    entry = Entry.objects.of(cooperative).sealed().get(id=slip.id)
    posted = post_reversal(cooperative, entry, entry_id=given.entry_id, on=given.on, reason=given.reason)
    back = write_slip(
        cooperative, till, slip.member, id=given.entry_id, on=given.on, kind=slip.kind, use=slip.use,
        holder_id=slip.holder_id, amount_rupiah=-slip.amount_rupiah, number=posted.number, reverses=slip,
    )  # fmt: skip
    note("money_slip.reversed", cooperative, Subject("member", slip.member_id), slip=str(slip.id))
    return {"id": str(back.id), "number": posted.number, "balance_rupiah": back.balance_rupiah, "code": back.code}


# --- for savings and loans ---


def till_for(cooperative: Cooperative, by: Actor, on: date, now: datetime) -> TillDay:
    """The person's open till, locked, for money that passes today. Raises `CannotUseTill`."""
    till = TillDay.objects.of(cooperative).open_of(by.id).select_for_update().first()
    if till is None:
        raise CannotUseTill(Reason("no_till", "Kas Anda belum dibuka hari ini.", way_out="Buka kas dulu."))
    if till.on != today_in(cooperative.village_code, now):
        text = "Kas Anda masih terbuka dari hari lain."
        raise CannotUseTill(Reason("till_of_another_day", text, way_out="Tutup kas itu, lalu buka yang baru."))
    if on != till.on:
        raise CannotUseTill(Reason("not_today", "Uang di kas dicatat pada hari ini.", field="on"))
    return till


def approved_payout(
    cooperative: Cooperative, by: Actor, *, holder_id: UUID, amount_rupiah: int, on: date, approval_id: UUID | None,
    always: bool = False, counts_with: int = 0, where: str = "di halaman anggota, Setujui pengambilan",
) -> PayoutApproval | None:  # fmt: skip
    """The second person's word where the sum (or, with `always`, the matter) wants one. Raises `CannotPayOut`.

    `counts_with` was paid out before and counts with this sum; `where` the second person agrees.
    """
    limit = limit_on(cooperative, on)
    if limit is not None and amount_rupiah + counts_with <= limit and not always:
        return None
    if approval_id is None:
        way_out = f"Minta bendahara atau pengurus menyetujui {format_rupiah(amount_rupiah)} {where}."
        text = _why_second(amount_rupiah, limit, always=always, counts_with=counts_with)
        raise CannotPayOut(Reason("second_person", text, field="approval_id", way_out=way_out))
    approval = get_or_refuse(
        PayoutApproval.objects.of(cooperative).unused().select_for_update(), "approval_id", id=approval_id
    )
    if approval.approver_id == by.id:
        raise CannotPayOut(
            Reason("same_person", "Yang menyetujui dan yang membayar harus dua orang.", field="approval_id")
        )
    if (approval.holder_id, approval.amount_rupiah, approval.on) != (holder_id, amount_rupiah, on):
        text = "Persetujuan itu untuk jumlah, simpanan, atau hari yang lain."
        way_out = f"Minta persetujuan baru, hari ini, untuk {format_rupiah(amount_rupiah)}."
        raise CannotPayOut(Reason("other_approval", text, field="approval_id", way_out=way_out))
    return approval


def _why_second(amount: int, limit: int | None, *, always: bool, counts_with: int) -> str:
    if always:
        return "Ini selalu perlu persetujuan orang kedua."
    if limit is None:
        return "Batas persetujuan orang kedua belum ditetapkan, jadi setiap pengambilan perlu disetujui."
    if amount > limit:
        return "Jumlah ini perlu persetujuan orang kedua."
    return (
        f"Hari ini sudah {format_rupiah(counts_with)} dibayar kepada penerima yang sama. Bersama tagihan ini jumlahnya "
        f"di atas {format_rupiah(limit)}, jadi perlu persetujuan orang kedua."
    )


def receiver_of(cooperative: Cooperative, member: Member, receiver_id: UUID | None) -> ConnectedPerson | None:
    """Who takes the money: None for the member. Raises `CannotPayOut` for somebody who may not."""
    standing = ConnectedPerson.objects.of(cooperative).standing().filter(member=member)
    taker = None if receiver_id is None else get_or_refuse(standing, "receiver_id", id=receiver_id)
    kind = cast(Taker, taker.kind if taker else "self")
    if reasons := reasons_not_to_hand_to(kind, has_died=member.left_reason == DIED):
        raise CannotPayOut(reasons)
    return taker


def move_money(
    cooperative: Cooperative, till: TillDay, member: Member, *, entry_id: UUID, on: date, kind: str, use: str,
    holder_id: UUID, amount_rupiah: int, approval: PayoutApproval | None = None,
    receiver: ConnectedPerson | None = None,
) -> dict[str, object]:  # fmt: skip
    """Money of a member into (above 0) or out of one account through the till: entry, slip, and what is printed."""
    if amount_rupiah < 0 and expected_in(till) + amount_rupiah < 0:
        text = "Uang di kas tidak cukup."
        raise CannotUseTill(Reason("not_in_till", text, field="amount_rupiah", way_out="Ambil uang dari bank dulu."))
    chart = chart_of(cooperative)
    size = abs(amount_rupiah)
    cash, account = (debit, credit) if amount_rupiah > 0 else (credit, debit)
    legs = [cash(chart["cash"], size), account(chart[use], size, holder_id)]
    posted = post_entry(cooperative, NewEntry(entry_id, on, kind, legs))
    slip = write_slip(
        cooperative, till, member, id=entry_id, on=on, kind=kind, use=use, holder_id=holder_id,
        amount_rupiah=amount_rupiah, number=posted.number, receiver=receiver,
    )  # fmt: skip
    if approval is not None:
        approval.slip = slip
        approval.save(update_fields=["slip"])
    note(kind, cooperative, Subject("member", member.id), number=posted.number)
    return {"id": str(slip.id), "number": slip.number, "balance_rupiah": slip.balance_rupiah, "code": slip.code}


def write_slip(
    cooperative: Cooperative, till: TillDay, member: Member, *, id: UUID, on: date, kind: str, use: str,
    holder_id: UUID, amount_rupiah: int, number: int, reverses: MoneySlip | None = None,
    receiver: ConnectedPerson | None = None,
) -> MoneySlip:  # fmt: skip
    """The slip of an entry that stands, with the balance after it."""
    balance = balance_now(Account.objects.of(cooperative).get(use=use), holder_id)
    return MoneySlip.objects.create(
        id=id, village_code=cooperative.village_code, cooperative=cooperative, till=till, member=member, on=on,
        kind=kind, use=use, holder_id=holder_id, amount_rupiah=amount_rupiah, balance_rupiah=balance, number=number,
        code=code_of(id, on, amount_rupiah, balance), reverses=reverses, receiver=receiver,
    )  # fmt: skip


def note(event: str, cooperative: Cooperative, subject: Subject, **details: object) -> None:
    """One event in the cooperative's village, about the cooperative and one more."""
    subjects = [Subject("cooperative", cooperative.id), subject]
    unit.record(event, village_code=cooperative.village_code, subjects=subjects, **details)
    unit.changed(f"cooperative.{subject.type}", cooperative.village_code, subject.id)
