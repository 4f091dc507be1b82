"""Help given to a group: the needs sheet, promises, what came, how it is found, faults."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.routes import scoped
from desmigratif.audit.unit import Subject
from desmigratif.enterprises.forms import aid as forms
from desmigratif.enterprises.models import Asset, AssetCheck, FaultTicket, NeedsSheet
from desmigratif.enterprises.press import as_answer
from desmigratif.enterprises.press import sheets as papers
from desmigratif.enterprises.queries.aid import asset_of, assets_of, checks_of, needs_of, ticket_of, tickets_of
from desmigratif.enterprises.queries.groups import group_of, standing_members
from desmigratif.enterprises.queries.life import clock_on, waiting_faults
from desmigratif.enterprises.rules import aid as rules
from desmigratif.enterprises.views.common import (
    BOTH,
    MENTOR,
    about,
    act_page,
    as_desk,
    group_page,
    only_mentor,
    opened,
    place,
    to_write,
    today_of,
)
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import NotFoundOrNotYours


@scoped(P.ENTERPRISE_SEE)
def aid(request: HttpRequest, business_group_id: UUID) -> HttpResponse:
    """What a group was promised, what came, what works, what waits for its giver."""
    desk = as_desk(request)
    group = group_of(desk.actor, business_group_id)
    today = today_of(desk, group.village_code)
    assets, sheets = assets_of(group), needs_of(group)
    answered = {one.needs_id for one in assets}
    shown = {
        "recorded": opened(desk, "aid.listed", group.village_code),
        "assets": [asset_row(one, today) for one in assets],
        "sheets": [_sheet_row(one, today) for one in sheets if one.id not in answered],
        "faults": [
            {"title": one.ticket.asset.name, "detail": one.clock.word, "url": place("fault", one.ticket.id),
             "state": one.clock.state, "icon": "tools"}
            for one in waiting_faults(desk.actor, today, of=group)
        ],
        "works": sum(bool(one.usable) for one in assets), "checked": sum(one.usable is not None for one in assets),
    }  # fmt: skip
    return group_page(desk, "aid", group, "aid", shown)


def asset_row(asset: Asset, today: date) -> dict[str, Any]:
    state, word = state_of(asset, today)
    return {"asset": asset, "url": place("asset", asset.id), "state": state, "word": word}


def state_of(asset: Asset, today: date) -> tuple[str, str]:
    """How a thing stands, in one of the four states and a word."""
    if asset.gone_on is not None:
        return "tidaktahu", _("Tidak ada lagi")
    if asset.handed_on is None:
        late = asset.expected_on is not None and asset.expected_on < today
        return ("cek", _("Dijanjikan, belum datang")) if late else ("info", _("Dijanjikan"))
    if asset.usable is None:
        return "aman", _("Sudah diterima")
    if asset.usable:
        old = asset.checked_on is not None and rules.look_again_on(asset.checked_on) < today
        return ("cek", _("Bisa dipakai, perlu ditengok lagi")) if old else ("aman", _("Bisa dipakai"))
    cause = rules.unusable_on(asset.checked_on or today).get(asset.unusable_because, "")
    return "henti", _("Belum bisa dipakai: %s") % cause.lower()


def _sheet_row(sheet: NeedsSheet, today: date) -> dict[str, Any]:
    return {"sheet": sheet, "missing": rules.what_is_missing(sheet.answers, sheet.on),
            "open": rules.unanswered(sheet.answers, sheet.on)}  # fmt: skip


@scoped(MENTOR, methods=BOTH)
def needs(request: HttpRequest, business_group_id: UUID) -> HttpResponse:
    """The needs sheet, before anything is sent."""
    desk = as_desk(request)
    group, today = to_write(desk, business_group_id)
    form = forms.NeedsForm(request.POST or None, today=today)
    return act_page(
        desk, form, "record_needs", lambda: {**form.payload(), **about(group)},
        said=_("Lembar kebutuhan sudah dicatat."), then=place("aid", group.id), back=place("aid", group.id),
        title=_("Lembar kebutuhan"),
        lead=_("Tanyakan ini kepada kelompok sebelum apa pun dikirim, supaya yang datang bisa dipakai."),
    )  # fmt: skip


@scoped(MENTOR, methods=BOTH)
def promise(request: HttpRequest, business_group_id: UUID) -> HttpResponse:
    """A giver promises something."""
    desk = as_desk(request)
    group, today = to_write(desk, business_group_id)
    form = forms.PromiseForm(request.POST or None, sheets=needs_of(group), today=today)
    return act_page(
        desk, form, "promise_help", lambda: {**form.payload(), **about(group)},
        said=_("Janji bantuan sudah dicatat."), then=lambda: place("asset", form.cleaned_data["record_id"]),
        back=place("aid", group.id), title=_("Bantuan dijanjikan"),
        lead=_("Dari kementerian, dinas, anggaran desa, perusahaan, atau siapa pun."),
    )  # fmt: skip


@scoped(P.ENTERPRISE_SEE)
def asset(request: HttpRequest, asset_id: UUID) -> HttpResponse:
    """One thing: where it is from, how it was found each time, its faults."""
    desk = as_desk(request)
    one = asset_of(desk.actor, asset_id)
    today = today_of(desk, one.village_code)
    subjects = [Subject("enterprise_asset", one.id)]
    if one.receiver is not None:
        subjects.append(Subject("resident", one.receiver.resident_id))
    state, word = state_of(one, today)
    checked = rules.kinds_on(one.promised_on)[one.kind].checked
    shown = {
        "recorded": opened(desk, "aid.opened", one.village_code, *subjects), "asset": one, "state": state, "word": word,
        "kind": rules.kinds_on(one.promised_on)[one.kind].label,
        "giver_kind": rules.givers_on(one.promised_on)[one.giver_kind],
        "checks": [_check_row(check) for check in checks_of(one)],
        "tickets": [_ticket_row(ticket, today) for ticket in tickets_of(one)],
        "may_look": checked and one.handed_on is not None and one.gone_on is None,
    }  # fmt: skip
    return group_page(desk, "asset", one.group, "aid", shown)


def _check_row(check: AssetCheck) -> dict[str, Any]:
    return {
        "check": check, "condition": rules.conditions_on(check.on)[check.condition],
        "because": rules.unusable_on(check.on).get(check.because, ""),
        "photo": place("photo", check.photo_id) if check.photo_id else "",
    }  # fmt: skip


def _ticket_row(ticket: FaultTicket, today: date) -> dict[str, Any]:
    clock = clock_on(ticket, today)
    return {"title": _("Dilaporkan %s") % format_date(ticket.told_on), "detail": clock.word, "state": clock.state,
            "url": place("fault", ticket.id), "icon": "tools"}  # fmt: skip


@scoped(MENTOR, methods=BOTH)
def hand_over(request: HttpRequest, asset_id: UUID) -> HttpResponse:
    """What was promised came."""
    desk = as_desk(request)
    one = asset_of(desk.actor, asset_id)
    only_mentor(desk, one.village_code)
    today = today_of(desk, one.village_code)
    form = forms.HandOverForm(request.POST or None, asset=one, members=standing_members(one.group), today=today)
    return act_page(
        desk, form, "hand_help_over",
        lambda: {**form.payload(), "village_code": one.village_code, "asset_id": one.id},
        said=_("Serah terima sudah dicatat. Cetak berita acaranya, lalu tanda tangani."), then=place("asset", one.id),
        back=place("asset", one.id), title=_("Serah terima %s") % one.name,
        lead=_("Coba dulu barangnya di depan pemberi: kalau tidak jalan, lebih baik diketahui hari ini."),
    )  # fmt: skip


@scoped(P.ENTERPRISE_SEE)
def hand_over_act(request: HttpRequest, asset_id: UUID) -> HttpResponse:
    """The act of handing over, to be signed on paper. Raises `NotFoundOrNotYours` before it came."""
    desk = as_desk(request)
    one = asset_of(desk.actor, asset_id)
    if one.handed_on is None or one.receiver is None:
        raise NotFoundOrNotYours
    subjects = (Subject("enterprise_asset", one.id), Subject("resident", one.receiver.resident_id))
    if not opened(desk, "aid.printed", one.village_code, *subjects):
        return render(request, "desk/database_busy.html", status=503)
    return as_answer(papers.hand_over_act(one, rules.conditions_on(one.handed_on)), "berita-acara.pdf")


@scoped(MENTOR, methods=BOTH)
def check(request: HttpRequest, asset_id: UUID) -> HttpResponse:
    """Look at a thing again, with a photo; tell its giver of a fault."""
    desk = as_desk(request)
    one = asset_of(desk.actor, asset_id)
    only_mentor(desk, one.village_code)
    today = today_of(desk, one.village_code)
    waits = any(ticket.settled_on is None for ticket in tickets_of(one))
    form = forms.CheckForm(request.POST or None, files=request.FILES or None, today=today, may_tell=not waits)
    return act_page(
        desk, form, "check_asset", lambda: {**form.payload(), "village_code": one.village_code, "asset_id": one.id},
        said=_("Keadaan barang sudah dicatat."), then=place("asset", one.id), back=place("asset", one.id),
        title=_("Tengok %s") % one.name, lead=_("Laporan kerusakannya masih menunggu pemberi.") if waits else "",
    )  # fmt: skip


@scoped(P.ENTERPRISE_SEE, methods=BOTH)
def fault(request: HttpRequest, fault_id: UUID) -> HttpResponse:
    """One fault as it is told to its giver, to be printed; and the giver's answer."""
    desk = as_desk(request)
    ticket = ticket_of(desk.actor, fault_id)
    today = today_of(desk, ticket.village_code)
    may_answer = desk.actor.may(MENTOR, ticket.village_code) and ticket.settled_on is None
    if request.method == "POST":
        only_mentor(desk, ticket.village_code)
    form = forms.AnswerForm(request.POST or None, today=today)
    clock = clock_on(ticket, today)
    return act_page(
        desk, form, "answer_fault",
        lambda: {**form.payload(), "village_code": ticket.village_code, "ticket_id": ticket.id},
        said=_("Jawaban pemberi sudah dicatat."), then=place("fault", ticket.id),
        back=place("asset", ticket.asset_id), title=_("Laporan kerusakan"), template="fault", ticket=ticket,
        group=ticket.asset.group, clock=clock, may_answer=may_answer, due_on=rules.answer_due_on(ticket.told_on),
        because=rules.unusable_on(ticket.told_on).get(ticket.because, ""),
        answer=rules.answers_on(ticket.answered_on)[ticket.answer] if ticket.answered_on else "",
    )  # fmt: skip
