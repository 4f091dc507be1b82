"""After a stopped offer: the lawful vacancies, telling the candidate, asking again."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.cases.forms.offer.alternatives import FollowUpForm, RelayForm, VacancyOutcomeForm
from desmigratif.cases.models import ENDED, Case, FollowUp, VacancyOutcome, VacancyRelay
from desmigratif.cases.queries import case_of
from desmigratif.cases.queries.offer.alternatives import alternatives_for, open_follow_up, vacancies_told
from desmigratif.cases.rules.labels import JOBS
from desmigratif.cases.views.common import as_desk, goal_of, opened, person_strip
from desmigratif.documents.acting import attempt
from desmigratif.placement.models import JobOrder
from desmigratif.placement.queries import regions_above
from desmigratif.placement.views import order_row
from desmigratif.regions.queries import today_in
from desmigratif.regulations.countries import country_name
from desmigratif.shared.dates import format_date


def lawful_vacancies(desk: DeskRequest, case: Case, today: date) -> dict[str, Any]:
    """The vacancies with the list that they stand in, for the page of a stopped or held offer."""
    found = alternatives_for(case, today)
    may_tell = case.state not in ENDED and desk.actor.may(Permission.CASE_OPEN, case.village_code)
    rows = [order_row(order) for order in found.orders]
    for row, order in zip(rows, found.orders, strict=True):
        row["url"] = reverse("cases:relay_vacancy", args=[case.id, order.id]) if may_tell else ""
    ground = ""
    if found.load is not None:
        said = {"day": format_date(found.load.as_of), "source": found.load.source}
        ground = _("Menurut daftar per %(day)s (%(source)s). Pastikan ke Disnaker sebelum melamar.") % said
    return {"rows": rows, "ground": ground, "has_list": found.load is not None}


def follow_up_of(desk: DeskRequest, case: Case, today: date) -> dict[str, Any] | None:
    """The follow-up that waits, for the case's page."""
    row = open_follow_up(case)
    if row is None or case.state in ENDED:
        return None
    late = row.due_on < today
    word = _("Terlambat, batasnya %s") if late else _("Tanyakan paling lambat %s")
    may_act = desk.actor.may(Permission.CASE_OPEN, case.village_code)
    return {
        "state": "henti" if late else "next",
        "word": word % format_date(row.due_on),
        "url": reverse("cases:finish_follow_up", args=[row.id]) if may_act else "",
    }


def told_rows(desk: DeskRequest, case: Case) -> list[dict[str, Any]]:
    """The vacancies that the candidate was told of, with what came of each."""
    may_act = case.state not in ENDED and desk.actor.may(Permission.CASE_OPEN, case.village_code)
    good = {VacancyOutcome.INTERESTED, VacancyOutcome.APPLIED, VacancyOutcome.PLACED}
    return [
        {
            "icon": "briefcase",
            "title": f"{JOBS[row.job] if row.job != 'other' else row.title}, {country_name(row.country)}",
            "detail": _("%(agency)s · disampaikan %(on)s") % {"agency": row.agency_name, "on": format_date(row.on)},
            "url": reverse("cases:vacancy_outcome", args=[row.id]) if may_act else "",
            "states": [{"name": "aman" if row.outcome in good else "info", "label": VacancyOutcome(row.outcome).label}],
        }
        for row in vacancies_told(desk.actor, case)
    ]


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def relay_vacancy(request: HttpRequest, case_id: UUID, vacancy_id: UUID) -> HttpResponse:
    """Show a vacancy to the candidate and write down that it was told."""
    desk = as_desk(request)
    case = case_of(desk.actor, case_id)
    require(desk.actor, Permission.CASE_OPEN, case.village_code)
    here = JobOrder.objects.filter(load__region_code__in=regions_above(case.village_code)).select_related("load")
    order = get_or_refuse(here, id=vacancy_id)
    if case.state in ENDED:
        return redirect("cases:case", case.id)
    today = today_in(case.village_code, desk.now)
    form = RelayForm(request.POST or None, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        payload = {
            "relay_id": form.cleaned_data["record_id"], "village_code": case.village_code, "case_id": case.id,
            "job_order_id": order.id, "on": form.cleaned_data["on"],
        }  # fmt: skip
        if attempt(desk, form, "cases.relay_vacancy", payload):
            messages.success(request, _("Lowongan sudah dicatat sebagai disampaikan."))
            return redirect("cases:case", case.id)
    row = order_row(order)
    listed = _("Menurut daftar per %(day)s (%(source)s).") % {
        "day": format_date(order.load.as_of), "source": order.load.source,
    }  # fmt: skip
    return _page(desk, case, today, form, row["title"], f"{row['detail']}. {listed}", _("Sudah disampaikan"))


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def vacancy_outcome(request: HttpRequest, relay_id: UUID) -> HttpResponse:
    """What came of a vacancy that was told."""
    desk = as_desk(request)
    rows = VacancyRelay.objects.visible_to(desk.actor).select_related("case__resident__household")
    relay = get_or_refuse(rows, id=relay_id)
    case = relay.case
    require(desk.actor, Permission.CASE_OPEN, case.village_code)
    if case.state in ENDED:
        return redirect("cases:case", case.id)
    today = today_in(case.village_code, desk.now)
    form = VacancyOutcomeForm(request.POST or None, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        payload = {
            "relay_id": relay.id, "village_code": relay.village_code, "on": form.cleaned_data["on"],
            "outcome": form.cleaned_data["outcome"],
        }  # fmt: skip
        if attempt(desk, form, "cases.record_vacancy_outcome", payload):
            messages.success(request, _("Jawaban calon sudah dicatat."))
            return redirect("cases:case", case.id)
    lead = f"{relay.agency_name}, {country_name(relay.country)}"
    return _page(desk, case, today, form, _("Jawaban atas lowongan"), lead, _("Simpan jawaban"))


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def finish_follow_up(request: HttpRequest, follow_up_id: UUID) -> HttpResponse:
    """Ask again after a stopped offer."""
    desk = as_desk(request)
    rows = FollowUp.objects.visible_to(desk.actor).select_related("case__resident__household")
    row = get_or_refuse(rows, id=follow_up_id)
    case = row.case
    require(desk.actor, Permission.CASE_OPEN, case.village_code)
    if row.done_on is not None or case.state in ENDED:
        return redirect("cases:case", case.id)
    today = today_in(case.village_code, desk.now)
    form = FollowUpForm(request.POST or None, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        payload = {
            "follow_up_id": row.id, "village_code": row.village_code, "on": form.cleaned_data["on"],
            "outcome": form.cleaned_data["outcome"],
        }  # fmt: skip
        if attempt(desk, form, "cases.finish_follow_up", payload):
            messages.success(request, _("Tindak lanjut sudah dicatat."))
            return redirect("cases:case", case.id)
    lead = _("Tawarannya berhenti. Tanyakan tanpa menyalahkan, dan tawarkan lowongan resmi.")
    return _page(desk, case, today, form, _("Tindak lanjut tawaran yang berhenti"), lead, _("Simpan"))


def _page(desk: DeskRequest, case: Case, today: date, form: Any, heading: str, lead: str, submit: str) -> HttpResponse:
    shown = {
        "form": form, "case": case, "heading": heading, "lead": lead, "submit": submit, "goal": goal_of(case),
        "recorded": opened(desk, case), "person": person_strip(case.resident, today),
    }  # fmt: skip
    return render(desk, "cases/right.html", shown)
