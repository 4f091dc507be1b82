"""The cashier's day: the till, the counter with one member, the second person's word."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.forms.till import (
    ApproveForm,
    CloseTillForm,
    CounterForm,
    MoveCashForm,
    OpenTillForm,
    SpendForm,
)
from desmigratif.cooperative.models import ConnectedPerson, ConnectionKind, Cooperative, Member, MemberStatus
from desmigratif.cooperative.queries.ledger.books import cooperative_of
from desmigratif.cooperative.queries.members.register import member_of, terms_on
from desmigratif.cooperative.queries.overview import accounts_paid_at_till
from desmigratif.cooperative.queries.savings.accounts import MemberSavings, held_of, owed_to, savings_of
from desmigratif.cooperative.queries.till import (
    approval_for,
    cash_outside_tills,
    expected_in,
    limit_on,
    moves_of_till,
    open_till,
    slips_of_till,
)
from desmigratif.cooperative.rules.labels import DIED
from desmigratif.cooperative.views.business.moves import move_row
from desmigratif.cooperative.views.common import (
    act_page,
    as_desk,
    member_strip,
    only_with,
    opened,
    owed_rows,
    page,
    place,
    today_of,
)
from desmigratif.cooperative.views.goals import account_rows, share_says
from desmigratif.cooperative.views.loans.words import rows_of_member
from desmigratif.cooperative.views.till.slips import slip_row
from desmigratif.documents.acting import attempt
from desmigratif.shared.rupiah import format_rupiah

BOTH = ("GET", "POST")
MOST_FOUND = 12
LAST_SLIPS = 10
SELF = "self"


def _at_till(request: HttpRequest, cooperative_id: UUID) -> tuple[DeskRequest, Cooperative]:
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    only_with(desk, found, P.MONEY_TAKE)
    return desk, found


def till_foot(desk: DeskRequest, found: Cooperative, *, most: int = LAST_SLIPS) -> dict[str, Any]:
    """Today's till for the foot of a page; `till` is None when this person has none open."""
    mine = open_till(found, desk.actor)
    if mine is None:
        return {"till": None}
    slips, moves = slips_of_till(mine), moves_of_till(mine)
    sums = [*(one.amount_rupiah for one in slips), *(one.amount_rupiah for one in moves)]
    return {
        "till": mine,
        "till_expected": mine.opening_rupiah + sum(sums) + mine.carried_rupiah,
        "till_in": sum(amount for amount in sums if amount > 0),
        "till_out": -sum(amount for amount in sums if amount < 0),
        "till_moves": [move_row(one) for one in moves[:most]],
        "till_slips": [{**slip_row(one), "name": one.member.name} for one in slips[:most]],
        "till_is_old": mine.on != today_of(desk, found),
    }


@scoped(P.MONEY_TAKE)
def till(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Find the member who stands at the counter; today's till below."""
    desk, found = _at_till(request, cooperative_id)
    text = request.GET.get("q", "").strip()[:60]
    members = _search(found, text) if text else []
    if len(members) == 1:  # nobody to choose between: on to the counter, whose own page leaves the trace
        return redirect("cooperative:counter", members[0].id)
    shown = {
        "recorded": opened(desk, found, "till.looked_at"),
        "search": text,
        "rows": [_found_row(one) for one in members],
        **till_foot(desk, found),
    }
    return page(desk, "till/till", found, "till", shown)


def _search(found: Cooperative, text: str) -> list[Member]:
    wanted = Q(number=int(text[:9])) if text.isdigit() else Q(name__icontains=text)
    return list(Member.objects.of(found).filter(wanted).order_by("name", "id")[:MOST_FOUND])


def _found_row(one: Member) -> dict[str, Any]:
    status = MemberStatus(one.status)
    detail = _("Nomor %s") % one.number if one.number else str(status.label)
    return {"title": one.name, "detail": detail, "initials": one.name, "url": place("counter", one.id)}


@scoped(P.MONEY_TAKE, methods=BOTH)
def begin(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Open the till with what was counted."""
    desk, found = _at_till(request, cooperative_id)
    form = OpenTillForm(request.POST or None, today=today_of(desk, found))
    return act_page(
        desk, form, "open_till", form.payload, cooperative=found, said=_("Kas sudah dibuka."),
        then=place("till", found.id), title=_("Buka kas"), submit=_("Buka kas"),
        lead=_("Menurut buku ada %s uang tunai di luar kas yang terbuka.") % format_rupiah(cash_outside_tills(found)),
    )  # fmt: skip


@scoped(P.MONEY_TAKE, methods=BOTH)
def end(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Close one's own till with what was counted."""
    desk, found = _at_till(request, cooperative_id)
    mine = open_till(found, desk.actor)
    if mine is None:
        return redirect("cooperative:till", found.id)
    form = CloseTillForm(request.POST or None, today=today_of(desk, found))
    return act_page(
        desk, form, "close_till", lambda: {**form.payload(), "till_id": mine.id}, cooperative=found,
        said=_("Kas sudah ditutup."), then=place("till", found.id), title=_("Tutup kas"), submit=_("Tutup kas"),
        lead=_("Hitung uangnya dulu. Menurut catatan ada %s.") % format_rupiah(expected_in(mine)),
    )  # fmt: skip


@scoped(P.MONEY_TAKE, methods=BOTH)
def carry(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Cash to the bank or the safe, or from it."""
    desk, found = _at_till(request, cooperative_id)
    form = MoveCashForm(request.POST or None, today=today_of(desk, found))
    return act_page(
        desk, form, "move_cash", form.payload, cooperative=found, said=_("Pemindahan uang sudah dicatat."),
        then=place("till", found.id), title=_("Pindahkan uang kas"),
        lead=_("Di kas Anda ada %(till)s; di brankas, menurut buku, %(safe)s.") % _where_cash_is(found, desk),
    )  # fmt: skip


def _where_cash_is(found: Cooperative, desk: DeskRequest) -> dict[str, str]:
    mine = open_till(found, desk.actor)
    return {
        "till": format_rupiah(expected_in(mine) if mine else 0),
        "safe": format_rupiah(max(0, cash_outside_tills(found))),
    }


@scoped(P.MONEY_TAKE, methods=BOTH)
def spend(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Pay a bill out of the till."""
    desk, found = _at_till(request, cooperative_id)
    today = today_of(desk, found)
    form = SpendForm(request.POST or None, today=today, accounts=accounts_paid_at_till(found))

    def given() -> dict[str, Any]:
        asked = form.payload()
        agreed = approval_for(
            found, desk.actor, holder_id=asked["account_id"], amount_rupiah=asked["amount_rupiah"], on=today
        )
        return {**asked, "approval_id": agreed.id if agreed else None}

    mine, limit = open_till(found, desk.actor), limit_on(found, today)
    lead = [_("Di kas Anda ada %s.") % format_rupiah(expected_in(mine))] if mine else [_("Buka kas dulu.")]
    if limit is not None:
        above = _("Di atas %s perlu disetujui orang kedua lebih dulu; tagihan sehari kepada satu penerima dijumlahkan.")
        lead.append(above % format_rupiah(limit))
    return act_page(
        desk, form, "spend_cash", given, cooperative=found, said=_("Belanja sudah dicatat."), lead=" ".join(lead),
        then=place("move", form["record_id"].value()) if form.is_bound else "", back=place("till", found.id),
        title=_("Belanja dari kas"), submit=_("Bayar dan buat bukti"),
    )  # fmt: skip


# --- one member at the counter ---


@scoped(P.MONEY_TAKE, methods=BOTH)
def counter(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """The member with balances, one amount, and what it is for."""
    desk = as_desk(request)
    one = member_of(desk.actor, member_id)
    found = one.cooperative
    only_with(desk, found, P.MONEY_TAKE)
    today = today_of(desk, found)
    savings, owed = savings_of(found, one, today), owed_to(found, one)
    choices = _choices(one, savings, owed)
    asked = request.GET.get("untuk", "")
    takers = _takers(found, one)
    form = (
        CounterForm(
            request.POST or None, today=today, choices=choices, asked=asked, takers=takers,
            sum_rupiah=_entry_left(found, one, savings, today) or _all_owed(choices, owed),
        )
        if choices else None
    )  # fmt: skip
    if form is not None and request.method == "POST" and form.is_valid():
        action, payload = _act_of(desk, found, one, form)
        if attempt(desk, form, action, payload):
            return HttpResponseRedirect(place("slip", payload["entry_id"]))
    shown = {
        "recorded": opened(desk, found, "member.opened", Subject("member", one.id)),
        "form": form, "member": one, "person": member_strip(one), "savings": savings,
        "held": held_of(found, one.id),
        "accounts": account_rows(found, savings, today),
        "loans": rows_of_member(found, one.id, today, to="pay_loan"), "owed": owed_rows(owed),
        "has_left": one.status == MemberStatus.LEFT,
        "limit": limit_on(found, today), "is_member": one.status == MemberStatus.MEMBER,
        **till_foot(desk, found, most=4),
    }  # fmt: skip
    return page(desk, "till/counter", found, "till", shown)


def _entry_left(found: Cooperative, one: Member, savings: MemberSavings, today: date) -> int:
    """What a candidate still pays to come in; 0 for everybody else."""
    terms = terms_on(found, today) if one.status == MemberStatus.CANDIDATE else None
    return max(0, terms.principal_rupiah - savings.principal_rupiah) if terms else 0


def _all_owed(choices: list[tuple[str, str]], owed: dict[str, int]) -> int:
    """The sum that is waiting, where that is all a person can come for."""
    return owed.get(choices[0][0].removeprefix("owed:"), 0) if len(choices) == 1 else 0


def _choices(one: Member, savings: MemberSavings, owed: dict[str, int]) -> list[tuple[str, str]]:
    """What this person's money may be for today, the usual first."""
    if one.status == MemberStatus.CANDIDATE:
        return [("entry", _("Setor simpanan pokok"))]
    found: list[tuple[str, str]] = []
    if one.status == MemberStatus.MEMBER:
        accounts = [each for each in savings.accounts if not each.account.closed_on]
        found += [
            (f"deposit:{each.account.id}", _("Setor %s") % each.account.product.name)
            for each in accounts
            if not (each.account.matures_on and each.balance_rupiah)
        ]
        found += [
            (f"remittance:{each.account.id}", share_says(each.account))
            for each in accounts
            if each.account.remittance_percent
        ]
        found.append(("compulsory", _("Setor simpanan wajib")))
        found += [
            (f"withdraw:{each.account.id}", _("Ambil %s") % each.account.product.name)
            for each in accounts
            if each.balance_rupiah
        ]
    found += [
        (f"owed:{use}", f"{words} ({format_rupiah(owed[use])})")
        for use, words in (
            ("leavers_payable", _("Bayar simpanan anggota keluar")),
            ("savings_interest_payable", _("Bayar jasa simpanan")),
            ("shu_payable", _("Bayar SHU")),
        )
        if owed.get(use)
    ]
    return found


def _takers(found: Cooperative, one: Member) -> list[tuple[str, str]]:
    """Who may take money of this member, when somebody else may: heirs once the member has died, else a proxy."""
    has_died = one.left_reason == DIED
    kind = ConnectionKind.HEIR if has_died else ConnectionKind.PROXY
    rows = ConnectedPerson.objects.of(found).standing().filter(member=one, kind=kind).order_by("since", "id")
    takers = [(str(each.id), f"{each.name} ({kind.label.lower()}, {each.relation})") for each in rows]
    return [*([] if has_died else [(SELF, one.name)]), *takers] if takers else []


def _act_of(desk: DeskRequest, found: Cooperative, one: Member, form: CounterForm) -> tuple[str, dict[str, Any]]:
    """The action behind a choice, with an approval of just this sum where there is one."""
    data = form.cleaned_data
    word, _colon, rest = data["kind"].partition(":")
    given: dict[str, Any] = {
        "cooperative_id": found.id, "entry_id": data["record_id"], "on": form.today,
        "amount_rupiah": data["amount_rupiah"],
    }  # fmt: skip
    if word in ("entry", "compulsory"):
        return "cooperative.pay_capital", {**given, "member_id": one.id, "kind": word}
    if word == "remittance":
        given["received_rupiah"] = given.pop("amount_rupiah")
        return "cooperative.save_from_remittance", {**given, "account_id": UUID(rest)}
    if word == "deposit":
        return "cooperative.deposit", {**given, "account_id": UUID(rest)}
    holder = one.id if word == "owed" else UUID(rest)
    agreed = approval_for(
        found, desk.actor, holder_id=holder, amount_rupiah=data["amount_rupiah"], on=form.today
    )  # fmt: skip
    given["approval_id"] = agreed.id if agreed else None
    given["receiver_id"] = data.get("receiver_id") if data.get("receiver_id") != SELF else None
    if word == "owed":
        return "cooperative.pay_out_owed", {**given, "member_id": one.id, "use": rest}
    return "cooperative.withdraw", {**given, "account_id": holder}


@scoped(P.MONEY_APPROVE, methods=BOTH)
def approve(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """The second person agrees to one sum from one savings account, today."""
    desk = as_desk(request)
    one = member_of(desk.actor, member_id)
    found = one.cooperative
    only_with(desk, found, P.MONEY_APPROVE)
    today = today_of(desk, found)
    recorded = opened(desk, found, "member.opened", Subject("member", one.id))
    choices = _holders(found, one, today)
    form = ApproveForm(request.POST or None, today=today, choices=choices)
    return act_page(
        desk, form, "approve_payout", lambda: {**form.payload(), "member_id": one.id}, cooperative=found,
        said=_("Disetujui untuk hari ini. Kasir dapat membayarkannya."), then=place("member", one.id),
        title=_("Setujui pengambilan"), submit=_("Setujui"), recorded=recorded, person=member_strip(one),
        lead=_("Pastikan anggota atau kuasanya sendiri yang meminta. Yang membayar harus orang lain."),
    )  # fmt: skip


def _holders(found: Cooperative, one: Member, today: date) -> list[tuple[str, str]]:
    savings = savings_of(found, one, today)
    rows = [
        (str(each.account.id), f"{each.account.product.name} ({format_rupiah(each.balance_rupiah)})")
        for each in savings.accounts
        if each.balance_rupiah
    ]
    owed = sum(owed_to(found, one).values())
    if owed:
        rows.append((str(one.id), _("Simpanan yang belum diambil (%s)") % format_rupiah(owed)))
    return rows
