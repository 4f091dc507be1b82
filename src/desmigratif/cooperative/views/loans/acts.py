"""The acts on one loan, each a page with one form; the collection sheet; the end of a month."""

from __future__ import annotations

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
from desmigratif.cooperative.actions.loans.lending import voice_of
from desmigratif.cooperative.forms.loans import lending as forms
from desmigratif.cooperative.models import Loan, LoanEvent, LoanStatus
from desmigratif.cooperative.queries.ledger.books import cooperative_of
from desmigratif.cooperative.queries.loans.group import carriers_of
from desmigratif.cooperative.queries.loans.standing import asked_terms, loan_of, payoff_of, provisions_now, state_of
from desmigratif.cooperative.queries.till import approval_for
from desmigratif.cooperative.rules.loans.life.state import LoanState
from desmigratif.cooperative.views.common import (
    act_page,
    as_desk,
    member_strip,
    only_with,
    opened,
    place,
    today_of,
)
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import NotFoundOrNotYours
from desmigratif.shared.rupiah import format_rupiah

BOTH = ("GET", "POST")


def _at(request: HttpRequest, loan_id: UUID, permission: P) -> tuple[DeskRequest, Loan]:
    desk = as_desk(request)
    one = loan_of(desk.actor, loan_id)
    only_with(desk, one.cooperative, permission)
    return desk, one


def _act(
    desk: DeskRequest, one: Loan, form: forms.LoanActForm, action: str, *, said: str, title: str, lead: str = "",
    submit: str = "", has_slip: bool = False, **more: Any,
) -> HttpResponse:  # fmt: skip
    """Show the form of an act on this loan, or do it; where money moved, go on to its slip."""
    recorded = opened(desk, one.cooperative, "loan.opened", Subject("loan", one.id), Subject("member", one.member_id))
    back = place("loan", one.id)
    then = place("slip", form["record_id"].value()) if has_slip and form.is_bound and form.is_valid() else back
    return act_page(
        desk, form, action, lambda: {**form.payload(), "loan_id": one.id, **more}, cooperative=one.cooperative,
        said=said, then=then, back=back, title=title, lead=lead, submit=submit, recorded=recorded,
        person=member_strip(one.member),
    )  # fmt: skip


def _net(desk: DeskRequest, one: Loan) -> int:
    """What the borrower gets in the hand today."""
    terms = asked_terms(one, today_of(desk, one.cooperative))
    return one.amount_rupiah - terms.fees_on("disbursement")


@scoped(P.MONEY_TAKE, methods=BOTH)
def survey_loan(request: HttpRequest, loan_id: UUID) -> HttpResponse:
    desk, one = _at(request, loan_id, P.MONEY_TAKE)
    form = forms.SurveyForm(request.POST or None, today=today_of(desk, one.cooperative))
    return _act(
        desk, one, form, "record_loan_survey", said=_("Hasil survei sudah dicatat."), title=_("Catat hasil survei")
    )


@scoped(P.LOAN_DECIDE, methods=BOTH)
def approve_loan(request: HttpRequest, loan_id: UUID) -> HttpResponse:
    desk, one = _at(request, loan_id, P.LOAN_DECIDE)
    form = forms.ApproveLoanForm(request.POST or None, today=today_of(desk, one.cooperative))
    return _act(
        desk, one, form, "approve_loan", said=_("Persetujuan Anda sudah dicatat."), title=_("Setujui pinjaman"),
        lead=_("%(sum)s untuk: %(purpose)s. Hasil survei: %(survey)s")
        % {"sum": format_rupiah(one.amount_rupiah), "purpose": one.purpose, "survey": one.survey or _("belum ada")},
        submit=_("Saya setuju"),
    )  # fmt: skip


@scoped(P.COOPERATIVE_SEE, methods=BOTH)
def agree_to_loan(request: HttpRequest, loan_id: UUID) -> HttpResponse:
    """The supervisors' yes, and nobody else's."""
    desk, one = _at(request, loan_id, P.COOPERATIVE_SEE)
    if voice_of(desk.actor, one.cooperative) != "supervisors":
        raise NotFoundOrNotYours
    form = forms.AgreeForm(request.POST or None, today=today_of(desk, one.cooperative))
    return _act(
        desk, one, form, "agree_to_related_loan", said=_("Persetujuan pengawas sudah dicatat."),
        title=_("Persetujuan pengawas"), lead=_("Peminjam adalah pihak terkait."), submit=_("Pengawas setuju"),
    )  # fmt: skip


@scoped(P.LOAN_DECIDE, methods=BOTH)
def decline_loan(request: HttpRequest, loan_id: UUID) -> HttpResponse:
    desk, one = _at(request, loan_id, P.LOAN_DECIDE)
    form = forms.DeclineForm(request.POST or None, today=today_of(desk, one.cooperative))
    return _act(
        desk, one, form, "decline_loan", said=_("Penolakan sudah dicatat."), title=_("Tolak pengajuan"),
        submit=_("Tolak pengajuan"),
    )  # fmt: skip


@scoped(P.MONEY_TAKE, methods=BOTH)
def disburse_loan(request: HttpRequest, loan_id: UUID) -> HttpResponse:
    desk, one = _at(request, loan_id, P.MONEY_TAKE)
    today, net = today_of(desk, one.cooperative), _net(desk, one)
    agreed = approval_for(one.cooperative, desk.actor, holder_id=one.id, amount_rupiah=net, on=today)
    form = forms.DisburseForm(request.POST or None, today=today)
    return _act(
        desk, one, form, "disburse_loan", said=_("Pinjaman sudah cair."), title=_("Cairkan pinjaman"),
        lead=_("Serahkan %s kepada anggota.") % format_rupiah(net), submit=_("Cairkan dan buat bukti"),
        has_slip=True, approval_id=agreed.id if agreed else None,
    )  # fmt: skip


@scoped(P.MONEY_APPROVE, methods=BOTH)
def approve_disbursement(request: HttpRequest, loan_id: UUID) -> HttpResponse:
    """The second person agrees to the money of this loan going out today."""
    desk, one = _at(request, loan_id, P.MONEY_APPROVE)
    net = _net(desk, one)
    form = forms.AgreeForm(request.POST or None, today=today_of(desk, one.cooperative))
    back = place("loan", one.id)
    return act_page(
        desk, form, "approve_payout",
        lambda: {**form.payload(), "member_id": one.member_id, "holder_id": one.id, "amount_rupiah": net},
        cooperative=one.cooperative, said=_("Pencairan sudah disetujui."), then=back, title=_("Setujui pencairan"),
        lead=_("%s, hari ini, oleh kasir.") % format_rupiah(net), submit=_("Setujui"), person=member_strip(one.member),
        recorded=opened(
            desk, one.cooperative, "loan.opened", Subject("loan", one.id), Subject("member", one.member_id)
        ),
    )  # fmt: skip


def _asked(state: LoanState, sum_rupiah: int) -> str:
    """What is due today, or, when nothing is, the instalment that comes next."""
    said: dict[str, Any] = {"left": format_rupiah(state.principal_outstanding), "due": format_rupiah(sum_rupiah)}
    if state.due.total or state.next_line is None:
        return _("Sisa pokok %(left)s, yang diminta sekarang %(due)s.") % said
    said["on"] = format_date(state.next_line.due_on)
    return _("Sisa pokok %(left)s. Belum ada yang jatuh tempo; angsuran berikutnya %(due)s pada %(on)s.") % said


@scoped(P.MONEY_TAKE, methods=BOTH)
def pay_loan(request: HttpRequest, loan_id: UUID) -> HttpResponse:
    """Take an instalment; what is due stands in the field."""
    desk, one = _at(request, loan_id, P.MONEY_TAKE)
    today, due, lead = today_of(desk, one.cooperative), 0, ""
    if one.disbursed_on is not None:
        state = state_of(one, today)
        line = state.next_line
        due = state.due.total or (line.open.total if line else 0)
        lead = _asked(state, due)
    carriers, asked = carriers_of(one), request.GET
    carrier = next((each for each in carriers if str(each.id) == asked.get("oleh")), None)
    if carrier is not None and (part := asked.get("jumlah", "")).isdecimal():
        due = min(due, int(part))
    form = forms.PayForm(request.POST or None, today=today, amount=due, carriers=carriers, carrier=carrier)
    return _act(
        desk, one, form, "take_instalment", said=_("Angsuran sudah dicatat."), title=_("Terima angsuran"), lead=lead,
        submit=_("Catat dan buat bukti"), has_slip=True,
    )  # fmt: skip


@scoped(P.MONEY_TAKE, methods=BOTH)
def prepay_loan(request: HttpRequest, loan_id: UUID) -> HttpResponse:
    desk, one = _at(request, loan_id, P.MONEY_TAKE)
    today = today_of(desk, one.cooperative)
    form = forms.PrepayForm(request.POST or None, today=today)
    lead = _("Yang jatuh tempo dibayar dulu, selebihnya mengurangi pokok.")
    if one.status == LoanStatus.ACTIVE and (due := state_of(one, today).due.total):
        lead += " " + _("Yang sudah jatuh tempo sekarang %s.") % format_rupiah(due)
    return _act(
        desk, one, form, "prepay_loan", said=_("Pembayaran sudah dicatat."), title=_("Bayar pokok lebih awal"),
        lead=lead, submit=_("Catat dan buat bukti"),
        has_slip=True,
    )  # fmt: skip


@scoped(P.MONEY_TAKE, methods=BOTH)
def pay_off_loan(request: HttpRequest, loan_id: UUID) -> HttpResponse:
    desk, one = _at(request, loan_id, P.MONEY_TAKE)
    if one.status != LoanStatus.ACTIVE:  # paid off already, perhaps by this very button: its page says so
        return redirect(place("loan", one.id))
    today = today_of(desk, one.cooperative)
    owed = payoff_of(one, today).total
    form = forms.PayOffForm(request.POST or None, today=today, amount=owed)
    return _act(
        desk, one, form, "pay_off_loan", said=_("Pinjaman sudah lunas."), title=_("Lunasi pinjaman"),
        lead=_("Untuk melunasi hari ini: %s.") % format_rupiah(owed), submit=_("Terima dan lunasi"),
        has_slip=True,
    )  # fmt: skip


@scoped(P.LOAN_DECIDE, methods=BOTH)
def judge_loan(request: HttpRequest, loan_id: UUID) -> HttpResponse:
    """What the board sees ahead for a loan; the class follows from it."""
    desk, one = _at(request, loan_id, P.LOAN_DECIDE)
    form = forms.JudgeForm(request.POST or None, today=today_of(desk, one.cooperative))
    return _act(
        desk, one, form, "judge_loan", said=_("Penilaian sudah dicatat."), title=_("Nilai harapan pinjaman"),
        lead=_("Bila tunggakannya lama, penilaian ini ikut menentukan diragukan atau macet. Sekarang: %s.")
        % one.get_outlook_display().lower(),
    )  # fmt: skip


@scoped(P.MONEY_APPROVE, methods=BOTH)
def reverse_loan_event(request: HttpRequest, event_id: UUID) -> HttpResponse:
    desk = as_desk(request)
    event = get_or_refuse(LoanEvent.objects.visible_to(desk.actor), "event_id", id=event_id)
    one = loan_of(desk.actor, event.loan_id)
    only_with(desk, one.cooperative, P.MONEY_APPROVE)
    form = forms.LoanReasonForm(request.POST or None, today=today_of(desk, one.cooperative))
    return _act(
        desk, one, form, "reverse_loan_event", said=_("Sudah dibatalkan."), title=_("Batalkan catatan pinjaman"),
        lead=_("Catatan lama tetap ada; semua sesudahnya dihitung lagi."), submit=_("Batalkan catatan"),
        event_id=event.id,
    )  # fmt: skip


# --- many at once ---


@scoped(P.PERIOD_CLOSE, methods=BOTH)
def provide(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Class the loans of a month and set aside what that asks for."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    only_with(desk, found, P.PERIOD_CLOSE)
    today = today_of(desk, found)
    form = forms.ProvisionForm(request.POST or None, today=today)
    booked, required = provisions_now(found, today)
    return act_page(
        desk, form, "post_provisions", form.payload, cooperative=found, said=_("Penyisihan sudah dicatat."),
        then=place("sharia" if found.sharia_since else "loans", found.id), title=_("Penyisihan akhir bulan"),
        lead=_("Setiap pinjaman dan akad diberi kolektibilitas, lalu yang perlu disisihkan dicatat. Sekali sebulan.")
        + " "
        + _("Jasa yang sudah menjadi hak ikut dicatat untuk pinjaman yang memakainya.")
        + " "
        + _("Sudah disisihkan %(booked)s; yang perlu menurut keadaan hari ini %(required)s.")
        % {"booked": format_rupiah(booked), "required": format_rupiah(required)},
        submit=_("Hitung dan catat"),
    )  # fmt: skip
