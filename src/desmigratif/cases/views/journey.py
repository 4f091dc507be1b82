"""The steps of a journey one by one, and how it ends, begins abroad, or leads to the airport."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.access.scope import require
from desmigratif.cases.forms.abroad import DepartureForm
from desmigratif.cases.forms.before.steps import (
    CorrectStepForm,
    ExitForm,
    FoundAbroadForm,
    HoldStepForm,
    InformationForm,
    LeaveOutForm,
    SeenForm,
    StepForm,
    TakeStepForm,
)
from desmigratif.cases.models import AT_OFFICE, ENDED, LEFT, Case, CaseStep
from desmigratif.cases.queries import case_of, living_with, open_case_id, standing_letter
from desmigratif.cases.queries.before.explained import Explained, Telling, explained
from desmigratif.cases.queries.before.steps import step_of
from desmigratif.cases.queries.papers.offices import known_of, last_bundles
from desmigratif.cases.queries.papers.papers import paper_for_step
from desmigratif.cases.rules.before.visits import topics_on
from desmigratif.cases.rules.journey import Journey, Step, journey_on
from desmigratif.cases.rules.papers.offices import office_for
from desmigratif.cases.rules.papers.papers import PAPER_OF_STEP
from desmigratif.cases.rules.papers.requirements import papers_for
from desmigratif.cases.views.before.checklist import clock_words, sureness
from desmigratif.cases.views.before.from_sheet import after_sheet, day_of_sheet, from_sheet
from desmigratif.cases.views.common import (
    as_desk,
    called,
    goal_of,
    household_url,
    may_see_specific,
    opened,
    person_strip,
    resident_named,
)
from desmigratif.cases.views.papers.bundles import bundle_words, note_of
from desmigratif.documents.acting import ActForm, attempt
from desmigratif.regions.queries import today_in
from desmigratif.shared.dates import age_on, format_date


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def step(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """One step: what it asks for, its clock, and the form that finishes it."""
    desk, row, journey, rule, today = opened_step(request, step_id)
    if rule.written != "form" or is_over(row):
        return redirect("cases:case", row.case_id)
    known = paper_for_step(desk.actor, row.case, rule.code) if PAPER_OF_STEP.get(rule.code) else None
    form = StepForm(request.POST or None, step=rule, row=row, today=today, known=known)
    if step_done(desk, form, row, "cases.record_step_result", _("%s sudah dicatat selesai.") % rule.title):
        return redirect("cases:case", row.case_id)
    shown = {
        "form": form,
        "submit": _("Simpan, langkah selesai"),
        "papers": papers_of(row.case, rule, today),
        "may_leave_out": bool(journey.reasons_to_leave_out(rule.code)),
        "is_main": True,
        **_office_of(row, journey, rule, today),
    }
    return render_step(request, desk, row, rule, today, shown)


def _office_of(row: CaseStep, journey: Journey, rule: Step, today: date) -> dict[str, Any]:
    """Where the papers of this step go, and where they lie now."""
    office = office_for(rule.code, today)
    if office is None:
        return {}
    last = last_bundles(row.case).get(rule.code)
    said = bundle_words(last, journey, today) if last else ""
    may_send = last is None or last.state not in AT_OFFICE
    return {
        "last_bundle": last, "bundle_said": said, "send_to": journey.holders[office.code] if may_send else "",
    }  # fmt: skip


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def take_step(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """The papers are in other hands now."""
    desk, row, journey, rule, today = opened_step(request, step_id)
    if rule.written != "form" or is_over(row):
        return redirect("cases:case", row.case_id)
    form = TakeStepForm(request.POST or None, journey=journey, step=rule, row=row, today=today)
    if step_done(desk, form, row, "cases.take_step", _("Pemegang berkas sudah dicatat.")):
        return redirect("cases:case", row.case_id)
    shown = {"form": form, "submit": _("Simpan pemegang"), "heading": _("Siapa yang memegangnya?")}
    return render_step(request, desk, row, rule, today, shown)


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def hold_step(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """Why a step stands still."""
    desk, row, journey, rule, today = opened_step(request, step_id)
    if rule.written != "form" or is_over(row):
        return redirect("cases:case", row.case_id)
    form = HoldStepForm(request.POST or None, journey=journey, row=row, today=today)
    if step_done(desk, form, row, "cases.hold_step", _("Hambatannya sudah dicatat.")):
        return redirect("cases:case", row.case_id)
    shown = {"form": form, "submit": _("Simpan hambatan"), "heading": _("Langkah ini tertahan")}
    return render_step(request, desk, row, rule, today, shown)


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def leave_out_step(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """By which rule a step is not asked for."""
    desk, row, journey, rule, today = opened_step(request, step_id)
    if not journey.reasons_to_leave_out(rule.code) or is_over(row):
        return redirect("cases:case", row.case_id)
    form = LeaveOutForm(request.POST or None, journey=journey, step=rule, row=row, today=today)
    if step_done(desk, form, row, "cases.leave_out_step", _("%s tidak diperlukan di sini.") % rule.title):
        return redirect("cases:case", row.case_id)
    shown = {"form": form, "submit": _("Simpan, tidak diperlukan"), "heading": _("Tidak diperlukan menurut aturan")}
    return render_step(request, desk, row, rule, today, shown)


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def correct_step(request: HttpRequest, done_id: UUID) -> HttpResponse:
    """Put right what was written of a finished step."""
    desk, row, journey, rule, today = opened_step(request, done_id)
    if row.done_on is None or row.case.state in ENDED:
        return redirect("cases:case", row.case_id)
    form = CorrectStepForm(request.POST or None, journey=journey, step=rule, row=row, today=today)
    if step_done(desk, form, row, "cases.correct_step", _("Catatannya sudah dibetulkan.")):
        return redirect("cases:case", row.case_id)
    shown = {
        "form": form, "submit": _("Simpan pembetulan"), "heading": _("Betulkan catatan"),
        "before": list(row.corrections.visible_to(desk.actor).order_by("-at")[:5]),
    }  # fmt: skip
    return render_step(request, desk, row, rule, today, shown)


def opened_step(request: HttpRequest, step_id: UUID) -> tuple[DeskRequest, CaseStep, Journey, Step, date]:
    desk = as_desk(request)
    row = step_of(desk.actor, step_id)
    require(desk.actor, Permission.CASE_OPEN, row.village_code)
    today = today_in(row.village_code, desk.now)
    journey = journey_on(today)
    return desk, row, journey, journey.step(row.step), today


def is_over(row: CaseStep) -> bool:
    """Nothing is written to a finished step, nor to a plan that ended."""
    return row.done_on is not None or row.case.state in (*ENDED, *LEFT)


def step_done(desk: DeskRequest, form: SeenForm, row: CaseStep, action: str, said: str) -> bool:
    """Send a valid form to its action. False: the page is shown (again)."""
    if desk.method != "POST" or not form.is_valid():
        return False
    about = {"village_code": row.village_code, "case_id": row.case_id, "step": row.step}
    if not attempt_seen(desk, form, action, {**about, **form_payload(form)}, version=lambda: _version_of(row)):
        return False
    messages.success(desk, said)
    return True


def form_payload(form: Any) -> dict[str, Any]:
    payload: dict[str, Any] = form.payload()
    return payload


def _version_of(row: CaseStep) -> int:
    row.refresh_from_db(from_queryset=CaseStep.objects.in_village(row.village_code))
    return row.version


def attempt_seen(desk: DeskRequest, form: SeenForm, action: str, payload: Mapping[str, Any], *, version: Any) -> bool:
    """As `attempt`; after a clash the form knows the version that stands now."""
    if attempt(desk, form, action, payload):
        return True
    if any(reason.code == "changed_meanwhile" for reason in form.refusal):
        form.look_again(version())
    return False


def render_step(
    request: HttpRequest, desk: DeskRequest, row: CaseStep, rule: Step, today: date, shown: dict[str, Any]
) -> HttpResponse:
    case = row.case
    recorded = opened(desk, case)
    note = note_of(shown.get("last_bundle")) if may_see_specific(desk, case, recorded=recorded) else ""
    return render(
        request,
        "cases/before/step.html",
        {
            "heading": rule.title,
            "case": case,
            "row": row,
            "rule": rule,
            "clock": clock_words(row, today),
            "sureness": sureness(rule.status),
            "recorded": recorded,
            "bundle_note": note,
            "person": person_strip(case.resident, today),
            "goal": goal_of(case),
            **shown,
        },
    )


def papers_of(case: Case, rule: Step, today: date) -> list[dict[str, str]]:
    """The papers that belong to a step, for what is known of the plan."""
    return [
        {
            "label": paper.document,
            "value": paper.issuer,
            "source": f"{paper.citation}. {sureness(paper.status)}".strip(),
        }
        for paper in papers_for(known_of(case), on=today)
        if paper.step == rule.code
    ]


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def record_information(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The topics of the regulation: what was told, by whom, and that the candidate got it; a checklist on paper.

    Once somebody left nothing is added, but what was told stays to be read and printed.
    """
    desk, case, today = _opened_case(request, case_id)
    is_closed = case.state in (*ENDED, *LEFT)
    if is_closed and request.method == "POST":
        return redirect("cases:case", case.id)
    topics = topics_on(today)
    lines = explained(desk.actor, case, topics)
    told = [line.topic for line in lines if line.is_told]
    form = InformationForm(request.POST or None, topics=topics, told=told, today=today)
    if request.method == "POST" and form.is_valid():
        payload = {**form.payload(), "case_id": case.id, "village_code": case.village_code}
        if attempt(desk, form, "cases.record_information", payload):
            messages.success(request, _("Penjelasan sudah dicatat."))
            return redirect("cases:case", case.id)
    shown = {
        "form": None if is_closed else form,
        "lines": [_told_line(line) for line in lines],
        "received": sum(line.received for line in lines),
        "officer": desk.user.name,
    }
    return _render_case(request, desk, case, today, "cases/before/information.html", shown)


def _told_line(line: Explained) -> dict[str, Any]:
    """When and by whom, for one topic."""
    told = [
        (_("Kunjungan %(day)s, %(giver)s"), line.at_visit),
        (_("Rencana ini %(day)s, %(giver)s"), line.in_plan),
    ]
    said = [words % _when(telling) for words, telling in told if telling is not None]
    return {"label": line.label, "told": said, "received": line.received}


def _when(telling: Telling) -> dict[str, str]:
    return {"day": format_date(telling.on), "giver": telling.giver or _("petugas desa")}


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def record_departure(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Somebody leaves: the offer is screened once more in the same act."""
    desk, case, today = _opened_case(request, case_id)
    if case.state in (*ENDED, *LEFT):
        return redirect("cases:case", case.id)
    members = living_with(desk.actor, case.resident)
    form = DepartureForm(
        request.POST or None, version=case.version, today=today, country=case.country, members=members,
        youngest=min((age_on(m.birth_date, today) for m in members if m.birth_date), default=None),
    )  # fmt: skip
    day_of_sheet(desk, form)
    if request.method == "POST" and form.is_valid():
        payload = {**form.payload(), "case_id": case.id, "village_code": case.village_code}
        if attempt_seen(
            desk,
            form,
            *from_sheet(desk, "cases.record_departure", payload),
            version=lambda: case_of(desk.actor, case.id).version,
        ):
            if to_next := after_sheet(desk, form):
                return to_next
            messages.success(request, _("Keberangkatan sudah dicatat."))
            return redirect("cases:case", case.id)
    return _render_case(request, desk, case, today, "cases/before/departure.html", {"form": form})


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def exit_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """How a plan ends; says what will happen and asks once."""
    desk, case, today = _opened_case(request, case_id)
    exits = journey_on(today).ways_out(case.state)
    if not exits:
        return redirect("cases:case", case.id)
    form = ExitForm(request.POST or None, exits=exits, today=today)
    if request.method == "POST" and form.is_valid():
        payload = {**form.payload(), "case_id": case.id, "village_code": case.village_code}
        if attempt(desk, form, "cases.exit_case", payload):
            messages.success(request, _("Rencana ditutup. Rencana baru bisa dibuka kapan saja."))
            return redirect(household_url(case.resident))
    letter = standing_letter(case) if case.state not in LEFT else None
    return _render_case(request, desk, case, today, "cases/before/exit.html", {"form": form, "letter": letter})


def _opened_case(request: HttpRequest, case_id: UUID) -> tuple[DeskRequest, Case, date]:
    desk = as_desk(request)
    case = case_of(desk.actor, case_id)
    require(desk.actor, Permission.CASE_OPEN, case.village_code)
    return desk, case, today_in(case.village_code, desk.now)


def _render_case(
    request: HttpRequest, desk: DeskRequest, case: Case, today: date, template: str, shown: dict[str, Any]
) -> HttpResponse:
    common = {
        "case": case,
        "called": called(case.resident, today),
        "goal": goal_of(case),
        "recorded": opened(desk, case),
        "person": person_strip(case.resident, today),
    }
    return render(request, template, {**common, **shown})


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def found_abroad(request: HttpRequest) -> HttpResponse:
    """Somebody is abroad already and nobody wrote it down."""
    desk = as_desk(request)
    resident = resident_named(desk)
    require(desk.actor, Permission.CASE_OPEN, resident.village_code)
    if request.method != "POST" and (standing := open_case_id(desk.actor, resident.id)):
        return redirect("cases:case", standing)
    today = today_in(resident.village_code, desk.now)
    form: ActForm = FoundAbroadForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        payload = {**form_payload(form), "village_code": resident.village_code, "resident_id": resident.id}
        if attempt(desk, form, "cases.record_found_abroad", payload):
            messages.success(request, _("Sudah dicatat bekerja di luar negeri."))
            return redirect("cases:case", payload["case_id"])
    shown = {"form": form, "person": person_strip(resident, today), "called": called(resident, today)}
    return render(request, "cases/abroad/found_abroad.html", shown)
