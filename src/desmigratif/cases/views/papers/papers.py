"""The papers of a candidate: what is there, what is missing, whether all speak of one person; and their copies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desmigratif.access import reads
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.access.scope import require
from desmigratif.audit.unit import Subject
from desmigratif.cases.forms.papers.papers import PaperForm, RemoveCopyForm
from desmigratif.cases.models import ENDED, Case, Paper
from desmigratif.cases.queries import case_of
from desmigratif.cases.queries.papers.papers import REGISTER, compared, paper_of, papers_of
from desmigratif.cases.rules.papers.papers import Compared, Line, PaperFacts, checklist, disagree
from desmigratif.cases.rules.papers.requirements import Requirement, papers_for
from desmigratif.cases.views.before.checklist import sureness
from desmigratif.cases.views.common import as_desk, goal_of, may_see_specific, opened, person_strip
from desmigratif.documents import attachments
from desmigratif.documents.acting import attempt
from desmigratif.documents.rules.copies import PDF
from desmigratif.regions.queries import today_in
from desmigratif.shared.reasons import NotFoundOrNotYours

MISSING = ("tidaktahu", gettext_lazy("Belum ada"))
STATES = {
    "valid": ("aman", gettext_lazy("Ada")),
    "expiring": ("cek", gettext_lazy("Segera habis")),
    "expired": ("henti", gettext_lazy("Sudah habis")),
}
LIKE = {
    "same": ("aman", gettext_lazy("Sama")),
    "spelling": ("cek", gettext_lazy("Ejaan berbeda")),
    "differs": ("henti", gettext_lazy("Berbeda")),
}


@scoped(Permission.CASE_SEE)
def papers(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Every required paper with what is known of it, and names and birth dates side by side."""
    desk = as_desk(request)
    case = case_of(desk.actor, case_id)
    today = today_in(case.village_code, desk.now)
    recorded = opened(desk, case)
    specific = may_see_specific(desk, case, recorded=recorded)
    known = papers_of(desk.actor, case, specific=specific)
    lines = checklist(_needed(case, today), known, today=today)
    rows = compared(case.resident, known) if specific else []
    shown = {
        "case": case,
        "recorded": recorded,
        "person": person_strip(case.resident, today),
        "goal": goal_of(case),
        "lines": [_line(line) for line in lines],
        "there": sum(line.facts is not None for line in lines),
        "to_renew": sum(line.facts is not None and line.validity != "valid" for line in lines),
        "specific": specific,
        "may_write": _may_write(desk, case),
        "compared": [_compared(row, lines) for row in rows],
        "disagree": disagree(rows),
        "may_issue": desk.actor.may(Permission.LETTER_ISSUE, case.village_code),
    }
    return render(request, "cases/papers/papers.html", shown)


def _needed(case: Case, today: date) -> tuple[Requirement, ...]:
    known = {
        "country": case.country,
        "job": case.job,
        "employer_type": case.employer_type,
        "marital_status": case.resident.marital_status,
    }
    return papers_for(known, on=today)


def _may_write(desk: DeskRequest, case: Case) -> bool:
    return case.state not in ENDED and desk.actor.may(Permission.CASE_OPEN, case.village_code)


def _line(line: Line) -> dict[str, Any]:
    state, word = STATES[line.validity] if line.facts else MISSING
    return {"paper": line.paper, "facts": line.facts, "state": state, "word": word, "note": sureness(line.paper.status)}


def _compared(row: Compared, lines: list[Line]) -> dict[str, Any]:
    titles: Mapping[str, str] = {line.paper.code: line.paper.document for line in lines}
    return {
        "source": _("Register desa") if row.source == REGISTER else titles.get(row.source, row.source),
        "name": row.name,
        "birth_date": row.birth_date,
        "name_is": LIKE[row.name_is] if row.name_is else None,
        "birth_date_is": LIKE[row.birth_date_is] if row.birth_date_is else None,
    }


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def record_paper(request: HttpRequest, case_id: UUID, paper: str) -> HttpResponse:
    """Write down what one paper says, with a photo of it."""
    desk, case, rule, today = _paper_page(request, case_id, paper)
    recorded = opened(desk, case)
    specific = may_see_specific(desk, case, recorded=recorded)
    known = papers_of(desk.actor, case, specific=specific).get(paper, PaperFacts())
    form = PaperForm(
        request.POST or None,
        files=request.FILES or None,
        kind=paper,
        facts=known,
        months=rule.valid_months,
        today=today,
    )
    if request.method == "POST" and form.is_valid():
        payload = {**form.payload(), "case_id": case.id, "village_code": case.village_code, "kind": paper}
        if attempt(desk, form, "cases.record_paper", payload):
            messages.success(request, _("%s sudah dicatat.") % rule.document)
            return redirect("cases:papers", case.id)
        if any(reason.code == "changed_meanwhile" for reason in form.refusal):
            form.look_again(known.version)
    shown = {"form": form, "has_copy": known.has_copy, "recorded": recorded, **_about(case, rule, today)}
    return render(request, "cases/papers/paper.html", shown)


def _paper_page(request: HttpRequest, case_id: UUID, paper: str) -> tuple[DeskRequest, Case, Requirement, date]:
    """The case, and the paper as the regulations list it. Raises `NotFoundOrNotYours`."""
    desk = as_desk(request)
    case = case_of(desk.actor, case_id)
    require(desk.actor, Permission.CASE_OPEN, case.village_code)
    today = today_in(case.village_code, desk.now)
    rule = next((listed for listed in papers_for({}, on=today) if listed.code == paper), None)
    if rule is None:
        raise NotFoundOrNotYours
    return desk, case, rule, today


def _about(case: Case, rule: Requirement, today: date) -> dict[str, Any]:
    return {
        "case": case,
        "rule": rule,
        "sureness": sureness(rule.status),
        "person": person_strip(case.resident, today),
        "goal": goal_of(case),
        "may_write": case.state not in ENDED,
    }


@scoped(Permission.RESIDENT_UNMASK)
def paper_copy(request: HttpRequest, case_id: UUID, paper: str) -> HttpResponse:
    """The page around a copy; the copy itself comes by its own address, which leaves the trace of the look."""
    desk, case, rule, today = _paper_page(request, case_id, paper)
    kept = _kept(desk, case, paper)
    recorded = opened(desk, case)
    shown = {"kept": kept.copy, "is_pdf": kept.copy and kept.copy.media == PDF, "recorded": recorded}
    return render(request, "cases/papers/paper_copy.html", {**shown, **_about(case, rule, today)})


@scoped(Permission.RESIDENT_UNMASK)
def paper_copy_content(request: HttpRequest, case_id: UUID, paper: str) -> HttpResponse:
    """The copy itself, to be looked at: each time an event with its subject, and nothing without that."""
    desk, case, _rule, _today = _paper_page(request, case_id, paper)
    require(desk.actor, Permission.RESIDENT_SPECIFIC_SEE, case.village_code)
    kept = _kept(desk, case, paper).copy
    assert kept is not None  # noqa: S101  asked in `_kept`
    about = [Subject("resident", case.resident_id), Subject("case", case.id), Subject("attachment", kept.id)]
    event = "attachment.opened"
    noted = reads.opened(desk.actor, event, village_code=case.village_code, subjects=about, now=desk.now)
    content = attachments.content_of(kept) if noted else None
    if content is None:
        raise NotFoundOrNotYours
    answer = HttpResponse(content, content_type=kept.media)
    answer.headers["Content-Disposition"] = f'inline; filename="{paper}.{"pdf" if kept.media == PDF else "jpg"}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _kept(desk: DeskRequest, case: Case, paper: str) -> Paper:
    """The paper, when there is a copy of it. Raises `NotFoundOrNotYours`."""
    kept = paper_of(desk.actor, case, paper)
    if kept.copy is None:
        raise NotFoundOrNotYours
    return kept


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def remove_paper_copy(request: HttpRequest, case_id: UUID, paper: str) -> HttpResponse:
    """Take a copy away for good, with a reason."""
    desk, case, rule, today = _paper_page(request, case_id, paper)
    _kept(desk, case, paper)
    form = RemoveCopyForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        payload = {**form.payload(), "case_id": case.id, "village_code": case.village_code, "kind": paper}
        if attempt(desk, form, "cases.remove_paper_copy", payload):
            messages.success(request, _("Salinan sudah dihapus; catatan dokumennya tetap ada."))
            return redirect("cases:papers", case.id)
    shown = {"form": form, "recorded": opened(desk, case), **_about(case, rule, today)}
    return render(request, "cases/papers/remove_paper_copy.html", shown)
