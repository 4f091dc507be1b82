"""A unit's surplus goes up to its cooperative: offered, taken into both books by a second person, undone by mirrors."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.ledger.books import books_of, refuse_future
from desmigratif.cooperative.actions.ledger.posting import post_entry, post_reversal
from desmigratif.cooperative.actions.ledger.posting_sql import lock_book_of
from desmigratif.cooperative.actions.till import note
from desmigratif.cooperative.inputs.year.handing_up import HandUpSurplus, TakeBackSurplus, TakeInSurplus
from desmigratif.cooperative.models import Cooperative, Entry, HandUpStatus, UnitSurplus
from desmigratif.cooperative.queries.business.businesses import held_by
from desmigratif.cooperative.queries.ledger.books import chart_of, closed_until
from desmigratif.cooperative.queries.year.handing_up import is_decided, offered_until, waiting_of
from desmigratif.cooperative.rules.ledger import NewEntry
from desmigratif.cooperative.rules.year import handing_up as rules
from desmigratif.regions.queries import today_in
from desmigratif.shared.reasons import Reason, Refusal

HANDED_UP = "unit.surplus_handed_up"


class CannotHandUp(Refusal):
    code = "cannot_hand_up"


@action("cooperative.hand_up_surplus", Permission.BOOKS_POST)
def hand_up_surplus(*, by: Actor, given: HandUpSurplus, now: datetime) -> UnitSurplus:
    """Offer the surplus of a unit's closed year to its cooperative, for a second person to look at."""
    unit, head = _both(by, given.cooperative_id, Permission.BOOKS_POST)
    today = today_in(unit.village_code, now)
    waiting = waiting_of(unit, head, given.year, today)
    if reasons := rules.reasons_not_to_hand_up(waiting):
        raise CannotHandUp(reasons)
    row = UnitSurplus.objects.create(
        id=given.hand_up_id, village_code=unit.village_code, cooperative=unit, head=head, year=given.year,
        rupiah=waiting.surplus, offered_on=today, offered_by=by.id,
    )  # fmt: skip
    note("unit_surplus.offered", unit, Subject("unit_surplus", row.id), year=row.year)
    return row


@action("cooperative.take_in_surplus", Permission.MONEY_APPROVE)
def take_in_surplus(*, by: Actor, given: TakeInSurplus, now: datetime) -> dict[str, object]:
    """Enter it: out of the unit's undivided surplus, into the head's, and what one owes the other for it."""
    unit, head = _both(by, given.cooperative_id, Permission.MONEY_APPROVE)
    refuse_future(unit.village_code, given.on, now)
    row = _locked(unit, given.hand_up_id)
    reasons = rules.reasons_not_to_take_in(
        status=row.status, is_offerer=row.offered_by == by.id, year=row.year, on=given.on,
        closed=_closed(unit, head), is_decided=is_decided(head, row.year),
    )  # fmt: skip
    if reasons:
        raise CannotHandUp(reasons)
    owes = rules.OWED if row.rupiah > 0 else rules.OWING
    already = held_by(unit, owes, [head.id]).get(head.id, 0)
    in_unit, in_head = rules.legs_of_hand_up(
        row.rupiah, already, unit=rules.Side(chart_of(unit), head.id), head=rules.Side(chart_of(head), unit.id)
    )
    memo = f"SHU {unit.name} {row.year} diserahkan ke induk"
    number = post_entry(unit, NewEntry(given.entry_id, given.on, HANDED_UP, in_unit, memo)).number
    post_entry(head, NewEntry(given.head_entry_id, given.on, HANDED_UP, in_head, memo))
    row.status, row.taken_on, row.taken_by = HandUpStatus.TAKEN, given.on, by.id
    row.entry_id, row.head_entry_id = given.entry_id, given.head_entry_id
    row.save(update_fields=["status", "taken_on", "taken_by", "entry_id", "head_entry_id"])
    note("unit_surplus.taken_in", head, Subject("unit_surplus", row.id), year=row.year, number=number)
    return {"id": str(row.id), "number": number, "rupiah": row.rupiah}


@action("cooperative.take_back_surplus", Permission.MONEY_APPROVE)
def take_back_surplus(*, by: Actor, given: TakeBackSurplus, now: datetime) -> dict[str, object]:
    """Undo it while the members have not decided: an offer is dropped, what stands in the books gets its mirrors."""
    unit, head = _both(by, given.cooperative_id, Permission.MONEY_APPROVE)
    refuse_future(unit.village_code, given.on, now)
    row = _locked(unit, given.hand_up_id)
    reasons = rules.reasons_not_to_take_back(
        status=row.status, is_taker=row.taken_by == by.id, year=row.year, on=given.on,
        is_last=offered_until(unit) == row.year, is_decided=is_decided(head, row.year), closed=_closed(unit, head),
    )  # fmt: skip
    if reasons:
        raise CannotHandUp(reasons)
    if row.status == HandUpStatus.TAKEN:
        pairs = ((unit, row.entry_id, given.entry_id), (head, row.head_entry_id, given.head_entry_id))
        for books, entry_id, mirror_id in pairs:
            entry = get_or_refuse(Entry.objects.of(books), "hand_up_id", id=entry_id)
            post_reversal(books, entry, entry_id=mirror_id, on=given.on, reason=given.reason)
    row.status, row.reversed_on, row.reversed_by = HandUpStatus.REVERSED, given.on, by.id
    row.reverse_reason = given.reason
    row.save(update_fields=["status", "reversed_on", "reversed_by", "reverse_reason"])
    note("unit_surplus.taken_back", head, Subject("unit_surplus", row.id), year=row.year)
    return {"id": str(row.id), "status": row.status}


def _both(by: Actor, unit_id: UUID, permission: Permission) -> tuple[Cooperative, Cooperative]:
    """A unit and its cooperative, both books locked in an order that never crosses."""
    unit = books_of(by, unit_id, permission)
    if unit.parent_id is None:
        text = "Ini bukan unit; SHU-nya langsung menunggu rapat anggota."
        raise CannotHandUp(Reason("no_unit", text))
    head = books_of(by, unit.parent_id, permission)
    for id in sorted((unit.id, head.id)):
        lock_book_of(id)
    return unit, head


def _locked(unit: Cooperative, hand_up_id: UUID) -> UnitSurplus:
    rows = UnitSurplus.objects.of(unit).select_for_update(of=("self",))
    return get_or_refuse(rows, "hand_up_id", id=hand_up_id)


def _closed(unit: Cooperative, head: Cooperative) -> rules.Closed:
    return [(unit.name, closed_until(unit)), (head.name, closed_until(head))]
