"""The books: trial balance, one account, an entry by hand, the end of a month."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.forms.books import ConfirmForm, ManualEntryForm, OneActForm
from desmigratif.cooperative.models import Account, AccountKind, Cooperative
from desmigratif.cooperative.queries.ledger.books import (
    StatementLine,
    closed_until,
    cooperative_of,
    statement,
    trial_balance,
)
from desmigratif.cooperative.queries.loans.standing import is_provision_missing
from desmigratif.cooperative.queries.members.register import member_of
from desmigratif.cooperative.queries.overview import accounts_by_hand
from desmigratif.cooperative.queries.savings.month_end import (
    interest_and_tax,
    interest_of_month,
    is_interest_paid,
    members_taxed,
    terms_ended,
)
from desmigratif.cooperative.queries.till import left_open_until
from desmigratif.cooperative.rules.ledger import month_end
from desmigratif.cooperative.rules.savings.tax import tax_slip
from desmigratif.cooperative.views.common import (
    SLIP_WORDS,
    act_page,
    as_desk,
    may,
    member_strip,
    only_with,
    opened,
    page,
    place,
    today_of,
)
from desmigratif.shared.dates import MONTHS, format_date, parse_date
from desmigratif.shared.rupiah import format_rupiah

BOTH = ("GET", "POST")
ENTRY_WORDS = {
    "capital.paid": "Simpanan pokok atau wajib", "till.carried": "Kas dan bank", "till.difference": "Selisih kas",
    "till.spent": "Belanja dari kas",
    "savings.moved": "Jasa berjangka dipindahkan", "savings.share_accrued": "Bagi hasil yang belum dibagikan",
}  # fmt: skip


def month_name(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def asked_day(request: HttpRequest, name: str, usual: date) -> date:
    """The day that `?name=` gives as 17-08-1990; the usual one when it is none."""
    try:
        return parse_date(request.GET.get(name, "")) or usual
    except ValueError:
        return usual


@scoped(P.COOPERATIVE_SEE)
def books(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Every account with its balance at the end of a day, and what the treasurer does at the end of a month."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    on = asked_day(request, "tanggal", today_of(desk, found))
    lines = trial_balance(found, on)
    rows: list[dict[str, Any]] = [
        {
            "line": line, "url": place("account", line.account_id), "kind": AccountKind(line.kind).label,
            "debit": line.debit_rupiah - line.credit_rupiah if line.debit_rupiah > line.credit_rupiah else 0,
            "credit": line.credit_rupiah - line.debit_rupiah if line.credit_rupiah > line.debit_rupiah else 0,
        }
        for line in lines
    ]  # fmt: skip
    shown = {
        "recorded": opened(desk, found, "books.opened"),
        "on": on,
        "rows": rows,
        "debit": sum(row["debit"] for row in rows),
        "credit": sum(row["credit"] for row in rows),
        "closed_until": closed_until(found),
        "month": month_name(month_to_close(found)),
        "may_post": may(desk, found, P.BOOKS_POST),
        "may_close": may(desk, found, P.PERIOD_CLOSE),
    }
    return page(desk, "ledger/books", found, "books", shown)


@scoped(P.COOPERATIVE_SEE)
def account(request: HttpRequest, ledger_id: UUID) -> HttpResponse:
    """What went through one account in a time, with the balance after each line."""
    desk = as_desk(request)
    accounts = Account.objects.visible_to(desk.actor).select_related("cooperative")
    one = get_or_refuse(accounts, "account_id", id=ledger_id)
    today = today_of(desk, one.cooperative)
    until = asked_day(request, "sampai", today)
    since = asked_day(request, "dari", until.replace(day=1))
    opening, lines = statement(one, since, until)
    shown = {
        "recorded": opened(desk, one.cooperative, "books.account_opened", Subject("ledger_account", one.id)),
        "account": one, "since": since, "until": until, "opening": opening,
        "lines": [_statement_row(line) for line in lines],
    }  # fmt: skip
    return page(desk, "ledger/account", one.cooperative, "books", shown)


def _statement_row(line: StatementLine) -> dict[str, Any]:
    amount = line.amount_rupiah
    words = ENTRY_WORDS.get(line.kind, SLIP_WORDS.get(line.kind, line.kind))
    return {
        "on": line.on, "number": line.number, "memo": line.memo, "words": words, "balance": line.balance_rupiah,
        "plus": amount if amount > 0 else None, "minus": -amount if amount < 0 else None,
    }  # fmt: skip


def _writing(request: HttpRequest, cooperative_id: UUID, permission: P) -> tuple[DeskRequest, Cooperative]:
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    only_with(desk, found, permission)
    return desk, found


@scoped(P.BOOKS_POST, methods=BOTH)
def post_entry(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """An entry by hand."""
    desk, found = _writing(request, cooperative_id, P.BOOKS_POST)
    form = ManualEntryForm(request.POST or None, today=today_of(desk, found), accounts=accounts_by_hand(found))
    return act_page(
        desk, form, "post_manual_entry", form.payload, cooperative=found, said=_("Catatan sudah masuk buku."),
        then=place("books", found.id), title=_("Catat di buku"),
        lead=_("Untuk yang bukan simpanan anggota: beban, hibah, uang bank. Yang sudah masuk buku tidak dapat diubah."),
    )  # fmt: skip


def month_to_close(found: Cooperative) -> date:
    """The last day of the month that comes next to be closed."""
    last = closed_until(found)
    return month_end(last + timedelta(days=1) if last else found.opened_on)


@scoped(P.PERIOD_CLOSE, methods=BOTH)
def close_month(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Close the next month, saying once what will happen."""
    desk, found = _writing(request, cooperative_id, P.PERIOD_CLOSE)
    last_on = month_to_close(found)
    if last_on.month == 12:  # December is closed with its year
        return redirect("cooperative:close_year", found.id)
    form = ConfirmForm(request.POST or None)
    effects = [
        _("Tidak ada lagi yang dapat dicatat pada tanggal sampai %s.") % format_date(last_on),
        _("Neraca bulan itu tidak berubah lagi, dan dapat dicetak."),
        _("Bulan yang sudah ditutup tidak dapat dibuka kembali; pembetulan dicatat di bulan berikutnya."),
    ]
    if not is_interest_paid(found, last_on) and interest_of_month(found, last_on):
        effects.insert(0, _("Perhatikan: jasa simpanan bulan ini belum dibayarkan. Bayarkan dulu sebelum menutup."))
    if left_open := left_open_until(found, last_on):
        days = ", ".join(format_date(on) for on in left_open)
        effects.insert(
            0, _("Perhatikan: kas tanggal %s masih terbuka. Kasirnya menghitung dan menutupnya dulu.") % days
        )
    if is_provision_missing(found, last_on):
        effects.insert(
            0, _("Perhatikan: penyisihan bulan ini belum dicatat. Catat dulu di halaman Pinjaman atau Akad.")
        )
    return act_page(
        desk, form, "close_period", lambda: {"period_id": form.cleaned_data["record_id"], "last_on": last_on},
        cooperative=found, said=_("Buku %s sudah ditutup.") % month_name(last_on), then=place("books", found.id),
        title=_("Tutup buku %s") % month_name(last_on), submit=_("Tutup buku"), effects=effects,
    )  # fmt: skip


@scoped(P.BOOKS_POST, methods=BOTH)
def pay_interest(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Pay the interest of the month that will be closed next."""
    desk, found = _writing(request, cooperative_id, P.BOOKS_POST)
    last_on = month_to_close(found)
    earned = interest_of_month(found, last_on)
    form = OneActForm(request.POST or None)
    total = format_rupiah(sum(one.rupiah for one in earned))
    is_paid = is_interest_paid(found, last_on)
    if is_paid:
        effects = [_("Jasa bulan ini sudah dibayarkan.")]
    else:
        effects = [
            _("%(count)s simpanan mendapat jasa, seluruhnya %(total)s.") % {"count": len(earned), "total": total},
            _("Pajak dipotong dari anggota yang jasanya sebulan di atas batas bebas pajak."),
            _("Setiap simpanan mendapat baris di buku anggotanya."),
        ]
    return act_page(
        desk, form, "pay_savings_interest", lambda: {"last_on": last_on}, cooperative=found,
        said=_("Jasa simpanan %s sudah dibayarkan.") % month_name(last_on), then=place("tax_slips", found.id),
        back=place("books", found.id), title=_("Bayar jasa simpanan %s") % month_name(last_on),
        submit=_("Bayar jasa"), effects=effects, nothing_to_do=is_paid or not earned,
    )  # fmt: skip


@scoped(P.BOOKS_POST, methods=BOTH)
def mature(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Terms that have come to their end."""
    desk, found = _writing(request, cooperative_id, P.BOOKS_POST)
    today = today_of(desk, found)
    form = OneActForm(request.POST or None)
    ended = terms_ended(found, today)
    effects = [
        f"{one.member.name}: {one.product.name}, {format_date(one.matures_on)}, {one.get_roll_over_display()}"
        for one in ended
        if one.matures_on
    ] or [_("Tidak ada simpanan berjangka yang jatuh tempo.")]
    return act_page(
        desk, form, "mature_terms", lambda: {"on": today}, cooperative=found,
        said=_("Simpanan berjangka yang jatuh tempo sudah diselesaikan."), then=place("books", found.id),
        title=_("Simpanan berjangka jatuh tempo"), submit=_("Selesaikan"), effects=effects, nothing_to_do=not ended,
        recorded=opened(desk, found, "savings_terms.listed"),
    )  # fmt: skip


@scoped(P.COOPERATIVE_SEE)
def tax_slips(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Who was paid interest in a month, and what tax was withheld."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    on = month_end(asked_day(request, "bulan", month_to_close(found)))
    sums = interest_and_tax(found, on)
    rows: list[dict[str, Any]] = [
        {"member": one, "interest": sums[one.id][0], "tax": sums[one.id][1],
         "url": f"{place('tax_slip', one.id)}?bulan={on:%d-%m-%Y}"}
        for one in members_taxed(found, on)
    ]  # fmt: skip
    shown = {
        "recorded": opened(desk, found, "tax_slips.listed"), "on": on, "month": month_name(on), "rows": rows,
        "interest": sum(row["interest"] for row in rows), "tax": sum(row["tax"] for row in rows),
    }  # fmt: skip
    return page(desk, "savings/tax_slips", found, "books", shown)


@scoped(P.COOPERATIVE_SEE)
def tax_slip_of(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """One member's slip of withheld tax, to print; due also when the tax is nought."""
    desk = as_desk(request)
    one = member_of(desk.actor, member_id)
    found = one.cooperative
    on = month_end(asked_day(request, "bulan", month_to_close(found)))
    paid, withheld = interest_and_tax(found, on, [one.id]).get(one.id, (0, 0))
    shown: dict[str, Any] = {
        "recorded": opened(desk, found, "tax_slip.opened", Subject("member", one.id)),
        "member": one, "person": member_strip(one), "month": month_name(on), "paid": paid, "tax": withheld,
        "net": paid - withheld, "citation": tax_slip({"all": paid}, on).citation,
    }  # fmt: skip
    return page(desk, "savings/tax_slip", found, "books", shown)
