"""One address for everything that is written down about helpers: `?apa=` says what, and shows its form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.documents.acting import attempt
from desmigratif.programme.forms import partners as forms
from desmigratif.programme.models import Partner, Pledge, SharedTask
from desmigratif.programme.queries import partners as queries
from desmigratif.programme.rules import partners as rules
from desmigratif.programme.views.candidate_sheets import CANDIDATE_SHEETS
from desmigratif.programme.views.sheets import Sheet, id_of, village_of
from desmigratif.regions.queries import near_name, today_in
from desmigratif.shared.reasons import NotFoundOrNotYours


@scoped(P.PROGRAMME_RECORD, P.PLEDGE_MAKE, P.PLEDGE_ANSWER, P.BUDGET_RECORD, P.TASK_FINISH, methods=("GET", "POST"))
def record(request: HttpRequest) -> HttpResponse:
    """Write one thing down (`?apa=janji&desa=CODE`, `?apa=terima&id=ID`)."""
    desk = cast(DeskRequest, request)
    make = SHEETS.get(desk.GET.get("apa", ""))
    if make is None:
        raise NotFoundOrNotYours
    sheet = make(desk)
    form = sheet.form
    if desk.method == "POST" and form.is_valid() and attempt(desk, form, f"programme.{sheet.action}", sheet.payload()):
        messages.success(desk, sheet.said)
        return HttpResponseRedirect(sheet.back)
    shown = {"form": form, "title": sheet.title, "lead": sheet.lead, "back": sheet.back, "here": sheet.title,
             "is_body": not desk.actor.may_anywhere(P.FIGURES_SEE)}  # fmt: skip
    return render(desk, "programme/act.html", shown)


def _together(desk: DeskRequest, code: str = "") -> str:
    """Where one comes from: the village's page of helpers for whoever sees it, else the body's own page."""
    here = reverse("programme:partners")
    return f"{here}?desa={code}" if code and desk.actor.may_anywhere(P.FIGURES_SEE) else here


def _bodies(code: str) -> list[tuple[UUID, str]]:
    return [(one.id, one.name) for one in queries.partners_for([code])]


def _add(desk: DeskRequest) -> Sheet:
    region = next(iter(desk.actor.regions_for(P.PROGRAMME_RECORD)), "")
    require(desk.actor, P.PROGRAMME_RECORD, region)
    form = forms.PartnerForm(desk.POST or None, kinds=rules.kinds_on(today_in(region, desk.now)))
    return Sheet(
        form, "add_partner", lambda: {**form.payload(), "region_code": region}, _("Lembaga baru"),
        _("Yang membantu desa-desa di wilayah Anda."), _("Lembaga sudah dicatat."),
        f"{reverse('programme:partners')}?lihat=lembaga",
    )  # fmt: skip


def _seat(desk: DeskRequest) -> Sheet:
    partner = get_or_refuse(Partner.objects.all(), id=id_of(desk))
    require(desk.actor, P.PROGRAMME_RECORD, partner.region_code)
    today = today_in(partner.region_code, desk.now)
    accounts = queries.accounts_without_body(partner.region_code, today)
    form = forms.SeatForm(desk.POST or None, accounts=accounts, today=today)
    return Sheet(
        form, "seat_partner", lambda: {**form.payload(), "partner_id": partner.id}, _("Akun lembaga"), partner.name,
        _("Akun lembaga sudah diatur."), reverse("programme:partner", args=[partner.id]),
    )  # fmt: skip


def _pledge(desk: DeskRequest) -> Sheet:
    """A body pledges for itself; the coordinator writes down what any body pledged."""
    own = queries.own_partner(desk.actor)
    regions = (own.region_code,) if own else desk.actor.regions_for(P.PROGRAMME_RECORD)
    code = desk.GET.get("desa", "")
    if code:
        village_of(desk, P.PLEDGE_MAKE)
    villages = [code] if code else queries.villages_in_programme(regions)
    bodies = [(own.id, own.name)] if own else _bodies(code) if code else _all_bodies(regions)
    today = today_in(desk.actor.home_code, desk.now)
    form = forms.PledgeForm(
        desk.POST or None, villages=[(one, near_name(one)) for one in villages], partners=bodies, today=today,
        pillars=rules.pillars_on(today),
    )  # fmt: skip
    return Sheet(
        form, "record_pledge", form.payload, _("Janji bantuan"), near_name(code) if code else "",
        _("Janji sudah dicatat."), _together(desk, code),
    )  # fmt: skip


def _all_bodies(regions: tuple[str, ...]) -> list[tuple[UUID, str]]:
    return [(one.id, one.name) for one in queries.partners_for(regions)] if regions else []


def _own_pledge(desk: DeskRequest, permission: P) -> Pledge:
    """A pledge that this person's body made, or of a village where they may write."""
    own = queries.own_partner(desk.actor)
    rows = Pledge.objects.of_body(own) if own else Pledge.objects.visible_to(desk.actor)
    pledge = get_or_refuse(rows, id=id_of(desk))
    require(desk.actor, permission, pledge.village_code)
    return pledge


def _delivered(desk: DeskRequest) -> Sheet:
    pledge = _own_pledge(desk, P.PLEDGE_MAKE)
    form = forms.DayForm(desk.POST or None, today=today_in(pledge.village_code, desk.now))
    given = {"village_code": pledge.village_code, "pledge_id": pledge.id}
    return Sheet(
        form, "say_delivered", lambda: {**form.payload(), **given}, _("Sudah diserahkan"),
        f"{pledge.what}, {near_name(pledge.village_code)}", _("Sudah dicatat. Desa yang menyatakan menerimanya."),
        _together(desk, pledge.village_code),
    )  # fmt: skip


def _answer(desk: DeskRequest) -> Sheet:
    pledge = _own_pledge(desk, P.PLEDGE_ANSWER)
    form = forms.AnswerForm(desk.POST or None, today=today_in(pledge.village_code, desk.now))
    given = {"village_code": pledge.village_code, "pledge_id": pledge.id}
    return Sheet(
        form, "answer_pledge", lambda: {**form.payload(), **given}, _("Jawaban desa"), pledge.what,
        _("Jawaban desa sudah dicatat."), _together(desk, pledge.village_code),
    )  # fmt: skip


def _task(desk: DeskRequest) -> Sheet:
    code, today = village_of(desk, P.PROGRAMME_RECORD)
    days = rules.task_days_on(today)
    form = forms.TaskForm(desk.POST or None, partners=_bodies(code), today=today, days=days)
    return Sheet(
        form, "share_task", lambda: {**form.payload(), "village_code": code}, _("Tugas bersama"), near_name(code),
        _("Tugas sudah dibagi."), _together(desk, code),
    )  # fmt: skip


def _finish(desk: DeskRequest) -> Sheet:
    own = queries.own_partner(desk.actor)
    rows = SharedTask.objects.of_body(own) if own else SharedTask.objects.visible_to(desk.actor)
    task = get_or_refuse(rows, id=id_of(desk))
    require(desk.actor, P.TASK_FINISH, task.village_code)
    form = forms.FinishForm(desk.POST or None, today=today_in(task.village_code, desk.now))
    given = {"village_code": task.village_code, "task_id": task.id}
    return Sheet(
        form, "finish_task", lambda: {**form.payload(), **given}, _("Tugas selesai"), task.what,
        _("Tugas sudah ditutup."), _together(desk, task.village_code),
    )  # fmt: skip


def _minutes(desk: DeskRequest) -> Sheet:
    code, today = village_of(desk, P.PROGRAMME_RECORD)
    form = forms.MinutesForm(desk.POST or None, partners=_bodies(code), today=today)
    return Sheet(
        form, "record_minutes", lambda: {**form.payload(), "village_code": code}, _("Kunjungan dan rapat"),
        near_name(code), _("Catatan sudah disimpan."), _together(desk, code),
    )  # fmt: skip


def _budget(desk: DeskRequest) -> Sheet:
    code, today = village_of(desk, P.BUDGET_RECORD)
    form = forms.BudgetForm(desk.POST or None, sources=rules.sources_on(today), today=today)
    return Sheet(
        form, "set_budget", lambda: {**form.payload(), "village_code": code}, _("Anggaran program"), near_name(code),
        _("Anggaran sudah dicatat."), _together(desk, code),
    )  # fmt: skip


SHEETS: Mapping[str, Callable[[DeskRequest], Sheet]] = {
    "lembaga": _add, "akun": _seat, "janji": _pledge, "serah": _delivered, "terima": _answer, "tugas": _task,
    "selesai": _finish, "catatan": _minutes, "anggaran": _budget, **CANDIDATE_SHEETS,
}  # fmt: skip
