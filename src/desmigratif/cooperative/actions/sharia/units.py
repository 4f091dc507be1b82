"""Units of a cooperative: each with books of its own, members of the cooperative served in them, and money between."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.keys.subject_keys import key_of, make_keys
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.cooperative import sealing
from desmigratif.cooperative.actions.ledger.books import books_of, refuse_future
from desmigratif.cooperative.actions.ledger.chart import account_of_chart, open_accounts
from desmigratif.cooperative.actions.ledger.posting import post_entry
from desmigratif.cooperative.actions.ledger.posting_sql import lock_book_of
from desmigratif.cooperative.actions.till import note
from desmigratif.cooperative.inputs.sharia.units import MoveBetweenUnits, OpenUnit, ServeInUnit
from desmigratif.cooperative.models import Account, Book, Cooperative, Member, MemberStatus, MoneyLimit
from desmigratif.cooperative.queries.business.businesses import held_by
from desmigratif.cooperative.queries.ledger.books import chart_of
from desmigratif.cooperative.rules.ledger import NewEntry, NewLeg, merged
from desmigratif.shared.dated import dated_on, value_on
from desmigratif.shared.reasons import Reason, Refusal

BETWEEN = "unit.moved"


class CannotOpenUnit(Refusal):
    code = "cannot_open_unit"


class CannotServeInUnit(Refusal):
    code = "cannot_serve_in_unit"


class CannotMoveBetween(Refusal):
    code = "cannot_move_between"


@action("cooperative.open_unit", Permission.COOPERATIVE_SET_UP)
def open_unit(*, by: Actor, given: OpenUnit, now: datetime) -> Cooperative:
    """Begin a unit's own books; it takes the cooperative's form, rounding and limit of two persons with it."""
    parent = books_of(by, given.cooperative_id, Permission.COOPERATIVE_SET_UP)
    refuse_future(parent.village_code, given.on, now)
    reasons = []
    if parent.parent_id is not None:
        reasons.append(Reason("unit_of_unit", "Unit tidak mempunyai unit lagi.", way_out="Buka dari induknya."))
    if given.on < parent.opened_on:
        reasons.append(Reason("before_books", "Tanggalnya sebelum buku induk dibuka.", field="on"))
    if Cooperative.objects.everywhere().filter(parent=parent, name=given.name).exists():
        reasons.append(Reason("name_taken", "Nama unit ini sudah dipakai.", field="name"))
    if reasons:
        raise CannotOpenUnit(reasons)
    chart = dated_on("cooperative_chart.chart", given.on)
    opened = Cooperative.objects.create(
        id=given.unit_id, village_code=parent.village_code, name=given.name, kind=parent.kind,
        legal_number=parent.legal_number, opened_on=given.on, rounding_rupiah=parent.rounding_rupiah,
        chart_since=chart.since, parent=parent, sharia_since=given.on if given.is_sharia else None,
    )  # fmt: skip
    Book.objects.create(cooperative=opened, village_code=opened.village_code)
    Account.objects.bulk_create([account_of_chart(opened, row) for row in chart.value])
    if given.is_sharia:
        open_accounts(opened, value_on("cooperative_sharia.accounts", given.on))
    for books in (parent, opened):
        open_accounts(books, value_on("cooperative_sharia.unit_accounts", given.on))
    _take_limit_along(parent, opened)
    unit.record(
        "cooperative.unit_opened", village_code=parent.village_code, decision=given.decision, sharia=given.is_sharia,
        subjects=[Subject("cooperative", parent.id), Subject("cooperative", opened.id)],
    )  # fmt: skip
    unit.changed("cooperative.cooperative", opened.village_code, opened.id)
    return opened


def _take_limit_along(parent: Cooperative, opened: Cooperative) -> None:
    last = MoneyLimit.objects.of(parent).order_by("-since").first()
    if last is not None:
        MoneyLimit.objects.create(
            village_code=opened.village_code, cooperative=opened, since=opened.opened_on, decision=last.decision,
            second_person_above_rupiah=last.second_person_above_rupiah,
        )  # fmt: skip


@action("cooperative.serve_in_unit", Permission.MEMBER_MANAGE)
def serve_in_unit(*, by: Actor, given: ServeInUnit, now: datetime) -> Member:
    """Let a member of the cooperative save and be financed in its unit: same number, no second simpanan pokok."""
    opened = books_of(by, given.cooperative_id, Permission.MEMBER_MANAGE)
    refuse_future(opened.village_code, given.on, now)
    if opened.parent_id is None:
        raise CannotServeInUnit(Reason("no_unit", "Ini bukan unit; daftarkan anggota seperti biasa."))
    rows = Member.objects.of(opened.parent_id).filter(status=MemberStatus.MEMBER)
    served = get_or_refuse(rows, "served_id", id=given.served_id)
    lock_book_of(opened.id)
    if Member.objects.of(opened).belonging().filter(nik_index=served.nik_index).exists():
        raise CannotServeInUnit(Reason("served_already", "Anggota ini sudah dilayani unit.", field="served_id"))
    if given.on < opened.opened_on:
        raise CannotServeInUnit(Reason("before_books", "Tanggalnya sebelum buku unit dibuka.", field="on"))
    member = Member(
        id=given.member_id, village_code=opened.village_code, cooperative=opened, name=served.name,
        resident_id=served.resident_id, applied_on=given.on, joined_on=given.on, status=MemberStatus.MEMBER,
        number=served.number,
    )  # fmt: skip
    key = key_of(served.id)
    nik = sealing.open_nik(served, key)
    if nik is None:
        raise CannotServeInUnit(Reason("erased", "Data pribadi anggota ini sudah dihapus.", field="served_id"))
    sealing.put_details(member, make_keys([member.id])[member.id], nik, sealing.open_details(served, key))
    member.save(force_insert=True)
    note("member.served_in_unit", opened, Subject("member", member.id), served=str(served.id))
    return member


@action("cooperative.move_between_units", Permission.BOOKS_POST)
def move_between_units(*, by: Actor, given: MoveBetweenUnits, now: datetime) -> dict[str, object]:
    """Money from this bank account to the other's; both books keep what one owes the other, to the rupiah."""
    giver = books_of(by, given.cooperative_id, Permission.BOOKS_POST)
    taker = books_of(by, given.to_id, Permission.BOOKS_POST)
    refuse_future(giver.village_code, given.on, now)
    if giver.id == taker.id or _head(giver) != _head(taker):
        text = "Pindahkan hanya antara induk dan unitnya sendiri."
        raise CannotMoveBetween(Reason("not_of_one", text, field="to_id"))
    for id in sorted((giver.id, taker.id)):
        lock_book_of(id)
    owed = min(given.amount_rupiah, held_by(giver, "unit_payable", [taker.id]).get(taker.id, 0))
    rest = given.amount_rupiah - owed
    number = _enter(giver, given.entry_id, given, owed=owed, rest=rest, other=taker, sign=1)
    _enter(taker, given.received_id, given, owed=owed, rest=rest, other=giver, sign=-1)
    note("unit.moved", giver, Subject("cooperative", taker.id), number=number)
    return {"id": str(given.entry_id), "number": number}


def _head(books: Cooperative) -> UUID:
    return books.parent_id or books.id


def _enter(
    books: Cooperative, id: UUID, given: MoveBetweenUnits, *, owed: int, rest: int, other: Cooperative, sign: int
) -> int:
    """One side: what was owed is paid first, and the rest is lent. The giver's sign is 1, the taker's -1."""
    chart = chart_of(books)
    paid, lent = ("unit_payable", "unit_receivable") if sign > 0 else ("unit_receivable", "unit_payable")
    legs = merged(
        [
            NewLeg(chart[paid], sign * owed, other.id), NewLeg(chart[lent], sign * rest, other.id),
            NewLeg(chart["bank"], -sign * given.amount_rupiah),
        ]
    )  # fmt: skip
    return post_entry(books, NewEntry(id, given.on, BETWEEN, legs, given.memo)).number
