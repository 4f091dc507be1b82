"""What treasurers do with the books themselves. Money of members comes through savings, loans and the till."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.ledger.chart import account_of_chart, side_of
from desmigratif.cooperative.actions.ledger.posting import CannotPost, Posted, post_entry, post_reversal
from desmigratif.cooperative.actions.ledger.posting_sql import lock_book_of
from desmigratif.cooperative.actions.sharia.accrual import accrue_shares
from desmigratif.cooperative.inputs.ledger import (
    CloseAccount,
    ClosePeriod,
    ExportBooks,
    ManualLeg,
    OpenAccount,
    PostManualEntry,
    PostOpeningBalances,
    ReverseEntry,
    SetUpCooperative,
)
from desmigratif.cooperative.models import Account, Book, Cooperative, Entry, Holding, Period, TillDay
from desmigratif.cooperative.queries.ledger.books import OPENING, chart_of, closed_until, cooperative_of
from desmigratif.cooperative.queries.till import cash_outside_tills
from desmigratif.cooperative.rules import ledger as rules
from desmigratif.cooperative.rules.ledger import NewEntry, NewLeg
from desmigratif.regions.queries import today_in
from desmigratif.shared.dated import dated_on
from desmigratif.shared.reasons import Reason, Refusal
from desmigratif.shared.rupiah import format_rupiah

MANUAL = "ledger.manual"
REVERSED_BY_HAND = frozenset({MANUAL, OPENING})


class CannotSetUpCooperative(Refusal):
    code = "cannot_set_up_cooperative"


class CannotOpenAccount(Refusal):
    code = "cannot_open_account"


class CannotCloseAccount(Refusal):
    code = "cannot_close_account"


class CannotClosePeriod(Refusal):
    code = "cannot_close_period"


@action("cooperative.set_up_cooperative", Permission.COOPERATIVE_SET_UP)
def set_up_cooperative(*, by: Actor, given: SetUpCooperative, now: datetime) -> Cooperative:
    """Open the books of a cooperative with the chart of accounts that holds on the first day."""
    require(by, Permission.COOPERATIVE_SET_UP, given.village_code)
    refuse_future(given.village_code, given.opened_on, now, field="opened_on")
    if Cooperative.objects.everywhere().filter(id=given.cooperative_id).exists():
        raise CannotSetUpCooperative(Reason("set_up_already", "Buku koperasi ini sudah dibuka."))
    chart = dated_on("cooperative_chart.chart", given.opened_on)
    cooperative = Cooperative.objects.create(
        id=given.cooperative_id, village_code=given.village_code, name=given.name, kind=given.kind,
        legal_number=given.legal_number, opened_on=given.opened_on, rounding_rupiah=given.rounding_rupiah,
        chart_since=chart.since,
    )  # fmt: skip
    Book.objects.create(cooperative=cooperative, village_code=cooperative.village_code)
    Account.objects.bulk_create([account_of_chart(cooperative, row) for row in chart.value])
    unit.record(
        "cooperative.set_up", village_code=cooperative.village_code,
        subjects=[Subject("cooperative", cooperative.id)], kind=cooperative.kind,
    )  # fmt: skip
    unit.changed("cooperative.cooperative", cooperative.village_code, cooperative.id)
    return cooperative


@action("cooperative.open_account", Permission.BOOKS_POST)
def open_account(*, by: Actor, given: OpenAccount, now: datetime) -> Account:
    """Add a line to the chart, for what a cooperative wants to see apart."""
    cooperative = books_of(by, given.cooperative_id, Permission.BOOKS_POST)
    if Account.objects.of(cooperative).filter(code=given.code).exists():
        raise CannotOpenAccount(Reason("code_taken", "Kode akun ini sudah dipakai.", field="code"))
    side = side_of(given.kind) * (-1 if given.contra else 1)
    account = Account.objects.create(
        id=given.account_id, village_code=cooperative.village_code, cooperative=cooperative, code=given.code,
        name=given.name, kind=given.kind, side=side, member_side=given.member_side, may_overdraw=given.may_overdraw,
    )  # fmt: skip
    _note("ledger_account.opened", cooperative, Subject("ledger_account", account.id), code=account.code)
    return account


@action("cooperative.close_account", Permission.BOOKS_POST)
def close_account(*, by: Actor, given: CloseAccount, now: datetime) -> Account:
    """Let an account take nothing more. It stays in every statement of its time."""
    cooperative = books_of(by, given.cooperative_id, Permission.BOOKS_POST)
    refuse_future(cooperative.village_code, given.on, now)
    lock_book_of(cooperative.id)
    account = get_or_refuse(Account.objects.of(cooperative), "account_id", id=given.account_id)
    reasons = []
    if account.use:
        reasons.append(Reason("account_in_use", "Akun ini dipakai program dan tidak dapat ditutup."))
    if account.closed_on is not None:
        reasons.append(Reason("closed_already", "Akun ini sudah ditutup."))
    if Holding.objects.filter(account_id=account.id).exclude(balance_rupiah=0).exists():
        reasons.append(Reason("balance_left", "Saldo akun ini belum nol.", way_out="Pindahkan dulu saldonya."))
    if reasons:
        raise CannotCloseAccount(reasons)
    account.closed_on = given.on
    account.save(update_fields=["closed_on"])
    _note("ledger_account.closed", cooperative, Subject("ledger_account", account.id), code=account.code)
    return account


@action("cooperative.post_manual_entry", Permission.BOOKS_POST)
def post_manual_entry(*, by: Actor, given: PostManualEntry, now: datetime) -> dict[str, object]:
    """Enter what no other act enters: a cost paid, a grant received, a correction between accounts."""
    cooperative = books_of(by, given.cooperative_id, Permission.BOOKS_POST)
    refuse_future(cooperative.village_code, given.on, now)
    legs = [_leg_of(leg, place) for place, leg in enumerate(given.legs)]
    _refuse_cash_of_a_cashier(cooperative, legs)
    posted = post_entry(cooperative, NewEntry(given.entry_id, given.on, MANUAL, legs, given.memo))
    return _posted("ledger_entry.posted", cooperative, given.entry_id, posted, kind=MANUAL)


def _refuse_cash_of_a_cashier(cooperative: Cooperative, legs: list[NewLeg]) -> None:
    """What lies in an open till is answered for by its cashier: an entry by hand does not reach into it."""
    cash = Account.objects.of(cooperative).get(use="cash").id
    taken = -sum(leg.amount_rupiah for leg in legs if leg.account_id == cash)
    if taken <= 0 or not TillDay.objects.of(cooperative).filter(closed_at__isnull=True).exists():
        return
    outside = max(0, cash_outside_tills(cooperative))
    if taken > outside:
        text = f"Uang tunai di luar kas yang terbuka hanya {format_rupiah(outside)}; selebihnya dipegang kasir."
        way_out = "Tutup dulu kasnya, atau bayar dari kas kecil atau bank."
        raise CannotPost(Reason("cash_in_till", text, field="legs", way_out=way_out))


def _leg_of(leg: ManualLeg, place: int) -> NewLeg:
    if (leg.debit_rupiah is None) == (leg.credit_rupiah is None):
        text = "Isi salah satu: debit atau kredit."
        raise CannotPost(Reason("debit_or_credit", text, field=f"legs.{place}"))
    return NewLeg(leg.account_id, leg.debit_rupiah or -(leg.credit_rupiah or 0))


@action("cooperative.reverse_entry", Permission.BOOKS_POST)
def reverse_entry(*, by: Actor, given: ReverseEntry, now: datetime) -> dict[str, object]:
    """Undo an entry that was made by hand. What savings, loans or the till entered is undone there."""
    cooperative = books_of(by, given.cooperative_id, Permission.BOOKS_POST)
    refuse_future(cooperative.village_code, given.on, now)
    entry = get_or_refuse(Entry.objects.of(cooperative).sealed(), "reverses_id", id=given.reverses_id)
    if entry.kind not in REVERSED_BY_HAND and entry.reverses_id is None:
        text = "Catatan ini dibuat oleh simpanan, pinjaman, atau kas."
        raise CannotPost(Reason("reverse_at_source", text, way_out="Batalkan dari transaksi asalnya."))
    posted = post_reversal(cooperative, entry, entry_id=given.entry_id, on=given.on, reason=given.reason)
    return _posted(
        "ledger_entry.reversed", cooperative, given.entry_id, posted, kind=entry.kind, reverses=str(entry.id)
    )


@action("cooperative.close_period", Permission.PERIOD_CLOSE)
def close_period(*, by: Actor, given: ClosePeriod, now: datetime) -> Period:
    """Close the next month for good; from then on its statements can be printed and trusted."""
    cooperative = books_of(by, given.cooperative_id, Permission.PERIOD_CLOSE)
    book = lock_book_of(cooperative.id)
    reasons = rules.reasons_not_to_close(
        given.last_on, opened_on=cooperative.opened_on, closed_until=closed_until(cooperative),
        today=today_in(cooperative.village_code, now),
    )  # fmt: skip
    if reasons:
        raise CannotClosePeriod(reasons)
    if given.last_on.month == 12:
        accrue_shares(cooperative, given.last_on)
        book = lock_book_of(cooperative.id)
    period = Period.objects.create(
        id=given.period_id, village_code=cooperative.village_code, cooperative=cooperative, last_on=given.last_on,
        closed_at=now, actor_id=str(by.id), seal_number=book.last_number,
    )  # fmt: skip
    _note(
        "period.closed", cooperative, Subject("period", period.id), last_on=given.last_on.isoformat(),
        seal=book.last_number,
    )  # fmt: skip
    return period


@action("cooperative.post_opening_balances", Permission.BOOKS_POST)
def post_opening_balances(*, by: Actor, given: PostOpeningBalances, now: datetime) -> dict[str, object]:
    """Enter what stood in the paper books; what does not balance stands visibly in one account until it is found."""
    cooperative = books_of(by, given.cooperative_id, Permission.BOOKS_POST)
    refuse_future(cooperative.village_code, given.on, now)
    accounts = {account.id: account for account in Account.objects.of(cooperative)}
    legs = []
    for place, row in enumerate(given.balances):
        account = accounts.get(row.account_id)
        if account is None:
            raise CannotPost(Reason("wrong_account", "Akun ini tidak ditemukan.", field=f"balances.{place}.account_id"))
        legs.append(NewLeg(account.id, row.amount_rupiah * account.side, row.holder_id))
    difference = -sum(leg.amount_rupiah for leg in legs)
    if difference:
        legs.append(NewLeg(chart_of(cooperative)["opening_balances"], difference))
    posted = post_entry(cooperative, NewEntry(given.entry_id, given.on, OPENING, legs, "Saldo awal"))
    return _posted("ledger_entry.posted", cooperative, given.entry_id, posted, kind=OPENING)


@action("cooperative.export_books", Permission.COOPERATIVE_SEE)
def export_books(*, by: Actor, given: ExportBooks, now: datetime) -> dict[str, object]:
    """Note, before it happens, that the whole journal is handed out."""
    cooperative = books_of(by, given.cooperative_id, Permission.COOPERATIVE_SEE)
    subjects = [Subject("cooperative", cooperative.id)]
    unit.record("books.exported", village_code=cooperative.village_code, subjects=subjects, format=given.format)
    return {"id": str(cooperative.id)}


# --- for this and the other actions of the cooperative ---


def books_of(by: Actor, cooperative_id: UUID, permission: Permission) -> Cooperative:
    """A cooperative in which this person holds the permission. Raises `NotFoundOrNotYours`."""
    cooperative = cooperative_of(by, cooperative_id)
    require(by, permission, cooperative.village_code)
    return cooperative


def refuse_future(village_code: str, on: date, now: datetime, *, field: str = "on") -> date:
    """The village's own today. Raises `CannotPost` when the business day lies after it."""
    today = today_in(village_code, now)
    if on > today:
        raise CannotPost(Reason("date_in_future", "Tanggal tidak boleh sesudah hari ini.", field=field))
    return today


def _note(event: str, cooperative: Cooperative, subject: Subject, **details: object) -> None:
    subjects = [Subject("cooperative", cooperative.id), subject]
    unit.record(event, village_code=cooperative.village_code, subjects=subjects, **details)


def _posted(
    event: str, cooperative: Cooperative, entry_id: UUID, posted: Posted, **details: object
) -> dict[str, object]:
    _note(event, cooperative, Subject("ledger_entry", entry_id), number=posted.number, **details)
    return {"id": str(entry_id), "number": posted.number}
