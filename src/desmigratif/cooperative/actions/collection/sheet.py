"""What a meeting brought, entered at once: instalments, simpanan wajib and deposits under one seal, or nothing.

A sheet may have been filled in without a signal. Its money was really taken, so none of it may be forgotten: what the
books cannot take as it stands waits, with names and sums, until somebody else than the sender puts it into a till or
hands it back.
"""

from __future__ import annotations

from datetime import date, datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.reviews import settled_by
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.collection.lines import CannotCollect, ReadSheet, enter, read_sheet
from desmigratif.cooperative.actions.ledger.books import books_of, refuse_future
from desmigratif.cooperative.actions.till import note, till_for
from desmigratif.cooperative.inputs.loans import TakeCollection
from desmigratif.cooperative.models import Cooperative, TillDay
from desmigratif.cooperative.queries.collection.sheets import paths_moved_since
from desmigratif.cooperative.queries.ledger.books import closed_until
from desmigratif.cooperative.queries.loans.standing import first_open_day
from desmigratif.cooperative.queries.till import open_till
from desmigratif.cooperative.rules.collection import DISCARDED, day_in_books, reasons_against_count, waits_for_a_person
from desmigratif.regions.queries import today_in
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import NeedsReview, NotFoundOrNotYours, Reason


class SheetWaits(NeedsReview):
    """Kept for a year: it is about money that somebody handed over."""

    keep_days = 366


@action("cooperative.take_collection", Permission.MONEY_TAKE)
def take_collection(*, by: Actor, given: TakeCollection, now: datetime) -> dict[str, object]:
    """Enter what a meeting brought: all of it, or none. What a phone sends may come later."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    if given.village_code not in ("", cooperative.village_code):
        raise NotFoundOrNotYours("village_code")
    today = refuse_future(cooperative.village_code, given.on, now)
    _refuse_unfit(given, today)
    if given.seen_version is not None:
        return _take_from_phone(cooperative, by, given, today, now)
    sheet = read_sheet(cooperative, by, given, counts_on=given.on, on=today)
    if sheet.refused:
        raise CannotCollect(sheet.reasons)
    return enter(cooperative, sheet, till_for(cooperative, by, today, now), today)


def _refuse_unfit(given: TakeCollection, today: date) -> None:
    if not (given.lines or given.compulsory or given.savings):
        raise CannotCollect(Reason("nothing", "Isi paling sedikit satu jumlah.", field="lines"))
    if (given.compulsory or given.savings) and given.on != today and given.seen_version is None:
        raise CannotCollect(Reason("not_today", "Simpanan di kas dicatat pada hari ini.", field="on"))
    counted, written = given.counted_rupiah, given.written_rupiah
    if counted is not None and (reasons := reasons_against_count(written, counted)):
        raise CannotCollect(reasons)
    for name, ids in (
        ("lines", [line.loan_id for line in given.lines]),
        ("compulsory", [line.member_id for line in given.compulsory]),
        ("savings", [line.account_id for line in given.savings]),
    ):
        if len(set(ids)) != len(ids):
            raise CannotCollect(Reason("twice", "Setiap baris hanya sekali dalam satu daftar.", field=name))


# --- from a phone ---


def _take_from_phone(
    cooperative: Cooperative, by: Actor, given: TakeCollection, today: date, now: datetime
) -> dict[str, object]:
    """Enter a phone's sheet. Raises `CannotCollect` for what the cashier can put right, `SheetWaits` for the rest."""
    standing = open_till(cooperative, by)
    on = day_in_books(given.on, today, standing.on if standing else None, closed_until(cooperative))
    sheet = read_sheet(cooperative, by, given, counts_on=given.on, on=on or today)
    moved = paths_moved_since(cooperative, given)
    codes = {reason.code for reason in sheet.reasons}
    if waits_for_a_person(codes, has_moved=bool(moved), is_late=on is None):
        raise SheetWaits([*sheet.reasons, *map(_moved, moved), *([] if on else [_late(given.on)])])
    if sheet.refused or on is None:
        raise CannotCollect(sheet.reasons)
    return enter(cooperative, sheet, _till_of(cooperative, by, on, today, now), on)


def _till_of(cooperative: Cooperative, by: Actor, on: date, today: date, now: datetime) -> TillDay:
    if on == today:
        return till_for(cooperative, by, today, now)
    till = TillDay.objects.of(cooperative).open_of(by.id).select_for_update().filter(on=on).first()
    if till is None:  # closed at this very moment
        raise SheetWaits(_late(on))
    return till


def _moved(path: str) -> Reason:
    text = "Sudah ada setoran lain untuk ini sejak lembarnya dibawa."
    return Reason("moved_meanwhile", text, field=path, way_out="Tanyakan apakah anggota membayar dua kali.")


def _late(on: date) -> Reason:
    text = f"Lembar ini dari {format_date(on)}, dan kas hari itu tidak terbuka lagi."
    way_out = "Serahkan uangnya kepada bendahara; bendahara memasukkannya ke kas hari ini."
    return Reason("till_of_that_day_closed", text, field="on", way_out=way_out)


def read_waiting_sheet(cooperative: Cooperative, by: Actor, given: TakeCollection, today: date) -> ReadSheet:
    """What of a waiting sheet could be taken today, and what is handed back. Locks the lines; writes nothing."""
    counts_on = max(given.on, first_open_day(cooperative))
    return read_sheet(cooperative, by, given, counts_on=counts_on, on=today)


@settled_by("cooperative.take_collection", by_another=True, discarding=DISCARDED)
def enter_waiting_sheet(*, by: Actor, given: TakeCollection, now: datetime) -> dict[str, object]:
    """The money goes into the till of whoever decides, today; what cannot be taken is handed back and noted."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    today = today_in(cooperative.village_code, now)
    sheet = read_waiting_sheet(cooperative, by, given, today)
    if paths_moved_since(cooperative, given):
        text = "Baru saja ada setoran lain untuk orang di lembar ini."
        raise CannotCollect(Reason("moved_again", text, way_out="Buka lagi lembar ini, lalu bandingkan sekali lagi."))
    done: dict[str, object] = {"number": None, "count": 0, "total_rupiah": 0}
    if sheet.bookings or sheet.paid:
        done = enter(cooperative, sheet, till_for(cooperative, by, today, now), today)
    return {**done, "handed_back_rupiah": _hand_back(cooperative, sheet), "handed_back": _handed_back(sheet)}


def _handed_back(sheet: ReadSheet) -> list[dict[str, str | None]]:
    """For the phone that sent the sheet: the line, and why. It names nobody; the phone knows whose line it was."""
    return [{"field": line.reasons[0].field, "text": line.reasons[0].text} for line in sheet.refused]


def _hand_back(cooperative: Cooperative, sheet: ReadSheet) -> int:
    for line in sheet.refused:
        subject = Subject("member", line.member_id) if line.member_id else Subject("cooperative", cooperative.id)
        note("collection.handed_back", cooperative, subject, rupiah=line.amount, why=line.reasons[0].code)
    return sum(line.amount for line in sheet.refused)
