"""The right to an answer: requests for letters with their clock, refusals, objections, the regency's answer."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest, own_village
from desmigratif.access.routes import scoped
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.cases.forms.letters.rights import AnswerForm, AskForm, ObjectForm, RefuseForm
from desmigratif.cases.models import ENDED, LEFT, Case, LetterRequest, Objection, ObjectionAnswer
from desmigratif.cases.queries import CaseFile, case_of, reasons_against_letter
from desmigratif.cases.queries.letters.rights import unanswered_objections, unanswered_requests
from desmigratif.cases.rules.letters.rights import grounds_on, lawful_grounds
from desmigratif.cases.sealing import objection_place, opened_text
from desmigratif.cases.views.before.checklist import sureness
from desmigratif.cases.views.common import as_desk, goal_of, listed, opened, person_strip
from desmigratif.documents.acting import attempt
from desmigratif.regions.queries import today_in, village
from desmigratif.shared import working_days
from desmigratif.shared.dated import dated_on
from desmigratif.shared.dates import format_date

PER_PAGE = 50


def asked_of(desk: DeskRequest, file: CaseFile) -> dict[str, Any] | None:
    """The newest request of a case with its clock, for the case's page."""
    requests = LetterRequest.objects.visible_to(desk.actor).filter(case=file.case).order_by("-asked_on", "-id")
    asked = requests.first()
    if asked is None:
        return None
    code = file.case.village_code
    shown = _standing(asked, file.today)
    acts = []
    if shown["waits"] and desk.actor.may(Permission.LETTER_ISSUE, code):
        acts.append({"url": reverse("cases:refuse_letter", args=[asked.id]), "label": _("Jawab: belum bisa")})
    if not file.is_over and (asked.refused_on or shown["late"]):
        acts.append({"url": reverse("cases:make_objection", args=[asked.id]), "label": _("Ajukan keberatan")})
    return {**shown, "acts": acts}


def _standing(asked: LetterRequest, today: date) -> dict[str, Any]:
    """Whether a request waits, since when, and how it was answered."""
    if asked.issued_on:
        return {"waits": False, "late": False, "state": "aman", "word": _("Surat terbit"), "detail": _when(asked)}
    if asked.refused_on:
        ground = next((g for g in grounds_on(asked.refused_on) if g.code == asked.refused_because), None)
        detail = f"{ground.label} ({ground.citation})." if ground else ""
        shown = {"waits": False, "late": False, "state": "cek", "word": _("Dijawab: belum bisa"), "detail": detail}
        return shown | {"way_out": ground.way_out if ground else ""}
    closed = working_days.closed_days(asked.asked_on, today)
    clock = working_days.clock_of(asked.asked_on, asked.due_on, None, today, closed)
    left = clock.left or 0
    if clock.late:
        word = _("Terlambat %(n)s hari kerja") % {"n": -left}
    else:
        word = _("Tinggal %(n)s hari kerja") % {"n": left} if left else _("Batasnya hari ini")
    return {
        "waits": True,
        "late": clock.late,
        "state": "henti" if clock.late else "next",
        "word": word,
        "detail": _when(asked),
    }


def _when(asked: LetterRequest) -> str:
    days = {"asked": format_date(asked.asked_on), "due": format_date(asked.due_on)}
    return _("Diminta %(asked)s, batasnya %(due)s.") % days


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def ask_for_letter(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The candidate asks; from here the clock runs."""
    desk = as_desk(request)
    case = case_of(desk.actor, case_id)
    require(desk.actor, Permission.CASE_OPEN, case.village_code)
    today = today_in(case.village_code, desk.now)
    if case.state in (*ENDED, *LEFT):
        return redirect("cases:case", case.id)
    form = AskForm(request.POST or None, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        payload = {"request_id": data["record_id"], "case_id": case.id, "village_code": case.village_code}
        if attempt(desk, form, "cases.ask_for_letter", {**payload, "on": data["on"]}):
            messages.success(request, _("Permintaan surat sudah dicatat."))
            return redirect("cases:case", case.id)
    ground = dated_on("rights.letter_working_days", today)
    lead = _("Desa menjawab dalam %(n)s hari kerja. %(ground)s. %(sure)s") % {
        "n": ground.value, "ground": ground.citation, "sure": sureness(ground.status),
    }  # fmt: skip
    return _page(desk, case, today, form, _("Calon meminta surat"), lead, _("Simpan permintaan"))


@scoped(Permission.LETTER_ISSUE, methods=("GET", "POST"))
def refuse_letter(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Answer that the letter cannot be written yet: only for a reason that holds."""
    desk = as_desk(request)
    asked = _request(desk, request_id)
    case = asked.case
    require(desk.actor, Permission.LETTER_ISSUE, case.village_code)
    if asked.issued_on or asked.refused_on or case.state in ENDED:
        return redirect("cases:case", case.id)
    today = today_in(case.village_code, desk.now)
    against = {reason.code for reason in reasons_against_letter(case, what_was_checked="", today=today)}
    grounds = lawful_grounds(today, against)
    form = RefuseForm(request.POST or None, grounds=grounds, today=today)
    if request.method == "POST" and form.is_valid():
        payload = {"request_id": asked.id, "village_code": asked.village_code, **form.cleaned_data}
        payload.pop("act_id")
        if attempt(desk, form, "cases.refuse_letter", payload):
            messages.success(request, _("Jawaban sudah dicatat. Calon boleh berkeberatan ke kabupaten."))
            return redirect("cases:case", case.id)
    lead = _("Hanya alasan dari aturan yang berlaku hari ini. Yang kurang dilengkapi bersama calon.")
    return _page(desk, case, today, form if grounds else None, _("Jawab permintaan surat"), lead, _("Simpan jawaban"))


@scoped(Permission.CASE_SEE, methods=("GET", "POST"))
def make_objection(request: HttpRequest, late_id: UUID) -> HttpResponse:
    """Receive a candidate's objection to a refusal or to silence."""
    desk = as_desk(request)
    asked = _request(desk, late_id)
    case = asked.case
    today = today_in(case.village_code, desk.now)
    if case.state in ENDED:
        return redirect("cases:case", case.id)
    form = ObjectForm(request.POST or None, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        payload = {
            "objection_id": data["record_id"], "request_id": asked.id, "village_code": asked.village_code,
            "on": data["on"], "story": data["story"] or None,
        }  # fmt: skip
        if attempt(desk, form, "cases.make_objection", payload):
            messages.success(request, _("Keberatan sudah diteruskan ke kabupaten."))
            return redirect("cases:objection", data["record_id"])
    lead = _("Hak calon. Kabupaten menjawab dalam beberapa hari kerja, dengan penjelasan.")
    return _page(desk, case, today, form, _("Ajukan keberatan"), lead, _("Kirim ke kabupaten"))


def _request(desk: DeskRequest, request_id: UUID) -> LetterRequest:
    rows = LetterRequest.objects.visible_to(desk.actor).select_related("case__resident__household")
    return get_or_refuse(rows, id=request_id)


def _page(desk: DeskRequest, case: Case, today: date, form: Any, heading: str, lead: str, submit: str) -> HttpResponse:
    shown = {
        "form": form, "case": case, "heading": heading, "lead": lead, "submit": submit, "goal": goal_of(case),
        "recorded": opened(desk, case), "person": person_strip(case.resident, today),
    }  # fmt: skip
    return render(desk, "cases/right.html", shown)


@scoped(Permission.CASE_SEE)
def objections(request: HttpRequest) -> HttpResponse:
    """What waits for an answer: letters at the village, objections at the regency; the longest first."""
    desk = as_desk(request)
    open_ones = unanswered_objections(desk.actor)
    page = Paginator(unanswered_requests(desk.actor), PER_PAGE).get_page(request.GET.get("hal"))
    several = own_village(desk.actor) is None
    shown = {
        "page": page,
        "page_query": "",
        "letters": [_letter_row(asked, desk, several=several) for asked in page],
        "objections": [_objection_row(row, desk, several=several) for row in open_ones[:PER_PAGE]],
        "waiting": page.paginator.count,
        "recorded": listed(desk, "cases.objections_listed"),
    }
    return render(request, "cases/letters/objections.html", shown)


def _letter_row(asked: LetterRequest, desk: DeskRequest, *, several: bool) -> dict[str, Any]:
    standing = _standing(asked, today_in(asked.village_code, desk.now))
    where = f" · {village(asked.village_code).near_name}" if several else ""
    return {
        "initials": asked.case.resident.shown_name,
        "title": asked.case.resident.shown_name,
        "detail": f"{standing['detail']}{where}",
        "url": reverse("cases:case", args=[asked.case_id]),
        "states": [{"name": standing["state"], "label": standing["word"]}],
    }


def _objection_row(row: Objection, desk: DeskRequest, *, several: bool) -> dict[str, Any]:
    late = row.due_on < today_in(row.village_code, desk.now)
    where = f" · {village(row.village_code).near_name}" if several else ""
    due = format_date(row.due_on)
    return {
        "initials": row.request.case.resident.shown_name,
        "title": row.request.case.resident.shown_name,
        "detail": _("Diajukan %(on)s") % {"on": format_date(row.on)} + where,
        "url": reverse("cases:objection", args=[row.id]),
        "states": [{"name": "henti" if late else "next", "label": _("Batas jawab %s") % due}],
    }


@scoped(Permission.CASE_SEE)
def objection(request: HttpRequest, objection_id: UUID) -> HttpResponse:
    """One objection: what the village answered, what the candidate says, what the regency answered."""
    desk = as_desk(request)
    return _objection_page(desk, _objection(desk, objection_id), None)


@scoped(Permission.OBJECTION_ANSWER, methods=("GET", "POST"))
def answer_objection(request: HttpRequest, objection_id: UUID) -> HttpResponse:
    """The regency answers."""
    desk = as_desk(request)
    found = _objection(desk, objection_id)
    require(desk.actor, Permission.OBJECTION_ANSWER, found.village_code)
    if found.answered_on is not None:
        return redirect("cases:objection", found.id)
    form = AnswerForm(request.POST or None, initial={"on": today_in(found.village_code, desk.now)})
    if request.method == "POST" and form.is_valid():
        payload = {"objection_id": found.id, "village_code": found.village_code, **form.cleaned_data}
        payload.pop("act_id")
        if attempt(desk, form, "cases.answer_objection", payload):
            messages.success(request, _("Jawaban sudah dikirim ke desa."))
            return redirect("cases:objections")
    return _objection_page(desk, found, form)


def _objection(desk: DeskRequest, objection_id: UUID) -> Objection:
    rows = Objection.objects.visible_to(desk.actor).select_related("request__case__resident__household")
    return get_or_refuse(rows, id=objection_id)


def _objection_page(desk: DeskRequest, found: Objection, form: AnswerForm | None) -> HttpResponse:
    case, today = found.request.case, today_in(found.village_code, desk.now)
    recorded = opened(desk, case, "objection.opened")
    answers = desk.actor.may(Permission.OBJECTION_ANSWER, found.village_code)
    may_read = recorded and (answers or desk.actor.may(Permission.RESIDENT_SPECIFIC_SEE, case.village_code))
    key = key_of(case.resident_id) if may_read else None
    shown = {
        "found": found,
        "case": case,
        "form": form,
        "may_answer": answers and found.answered_on is None and form is None,
        "goal": goal_of(case),
        "recorded": recorded,
        "person": person_strip(case.resident, today),
        "village_said": _standing(found.request, today),
        "answered": ObjectionAnswer(found.answer).label if found.answer else "",
        "story": opened_text(key, found.story_sealed, place=objection_place(found.id, "story")),
        "explanation": opened_text(key, found.answer_sealed, place=objection_place(found.id, "answer")),
    }
    return render(desk, "cases/letters/objection.html", shown)
