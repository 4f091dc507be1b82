"""Closing a book year: depreciation, the SHU carried to what is not divided yet, and December locked, in one act."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.ledger.books import books_of
from desmigratif.cooperative.actions.ledger.posting import post_entry
from desmigratif.cooperative.actions.ledger.posting_sql import lock_book_of
from desmigratif.cooperative.actions.sharia.accrual import accrue_shares
from desmigratif.cooperative.actions.till import note
from desmigratif.cooperative.inputs.year.closing import CloseYear
from desmigratif.cooperative.models import ClosedYear, Cooperative, Period
from desmigratif.cooperative.queries.ledger.books import chart_of, closed_until
from desmigratif.cooperative.queries.year.closing import closing_of
from desmigratif.cooperative.queries.year.sums import YEAR_CLOSED, first_of, last_of, sums_of
from desmigratif.cooperative.rules.ledger import NewEntry, credit, debit
from desmigratif.cooperative.rules.year.closing import closing_legs, reasons_not_to_close_year
from desmigratif.cooperative.rules.year.statements import result_of
from desmigratif.regions.queries import today_in
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

DEPRECIATED = "year.depreciated"


class CannotCloseYear(Refusal):
    code = "cannot_close_year"


@action("cooperative.close_year", Permission.PERIOD_CLOSE)
def close_year(*, by: Actor, given: CloseYear, now: datetime) -> dict[str, object]:
    """Close a year for good: nothing of it changes afterwards, and its SHU waits for the members' meeting."""
    cooperative = books_of(by, given.cooperative_id, Permission.PERIOD_CLOSE)
    lock_book_of(cooperative.id)  # whoever closes or posts at the same moment waits
    today, last = today_in(cooperative.village_code, now), last_of(given.year)
    found = closing_of(cooperative, given.year, today)
    if reasons := reasons_not_to_close_year(found.end):
        raise CannotCloseYear(reasons)
    on = _first_open_day(cooperative, last)
    if found.depreciation:
        _depreciate(cooperative, on, found.depreciation)
    if on == last:
        accrue_shares(cooperative, last)
    sums = sums_of(cooperative, max(first_of(given.year), cooperative.opened_on), last)
    legs = closing_legs(sums, chart_of(cooperative)["shu_undivided"])
    if legs:
        post_entry(cooperative, NewEntry(given.entry_id, on, YEAR_CLOSED, legs, f"Tutup tahun buku {given.year}"))
    closed = ClosedYear.objects.create(
        id=given.closing_id, village_code=cooperative.village_code, cooperative=cooperative, year=given.year,
        surplus_rupiah=result_of(sums), depreciation_rupiah=found.depreciation,
        entry_id=given.entry_id if legs else None, closed_at=now, actor_id=str(by.id),
    )  # fmt: skip
    if on == last:
        _close_december(cooperative, last, by, now)
    note("year.closed", cooperative, Subject("closed_year", closed.id), year=given.year)
    return {"id": str(closed.id), "year": given.year, "surplus_rupiah": closed.surplus_rupiah}


def _first_open_day(cooperative: Cooperative, last: date) -> date:
    """The last day of the year; where its December was closed before, the first day that still takes entries."""
    until = closed_until(cooperative)
    return last if until is None or until < last else until + timedelta(days=1)


def _depreciate(cooperative: Cooperative, on: date, rupiah: int) -> None:
    chart = chart_of(cooperative)
    used, expense = chart["depreciation"], chart["depreciation_expense"]
    legs = [debit(expense, rupiah), credit(used, rupiah)]
    post_entry(cooperative, NewEntry(new_id(), on, DEPRECIATED, legs, f"Penyusutan aset tetap {on.year}"))


def _close_december(cooperative: Cooperative, last: date, by: Actor, now: datetime) -> None:
    Period.objects.create(
        id=new_id(), village_code=cooperative.village_code, cooperative=cooperative, last_on=last, closed_at=now,
        actor_id=str(by.id), seal_number=lock_book_of(cooperative.id).last_number,
    )  # fmt: skip
