"""The door for families and workers: report somebody missing or in trouble, see what became of it or of a journey.

Nobody signs in, so nobody's rights come along with a request: what opens a report is its code and a birth date. A
check against forged requests would only lose what somebody without cookies wrote.
"""

from __future__ import annotations

import logging
from datetime import date
from typing import Any, cast

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from desmigratif.access import reads
from desmigratif.access.actor import public_door
from desmigratif.access.door import do
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import public
from desmigratif.audit.unit import Subject
from desmigratif.cases.complaint_sealing import receipt_code
from desmigratif.cases.queries.abroad.status_door import JourneyFacts, journey_behind
from desmigratif.cases.queries.trouble.complaint_door import DoorStatus, status_behind
from desmigratif.cases.views.abroad.status_codes import journey_words
from desmigratif.portal.forms import AnswerForm, ReportForm, StatusForm
from desmigratif.portal.limits import (
    REPORT_BY_ADDRESS,
    REPORT_BY_PLACE,
    STATUS_BY_ADDRESS,
    STATUS_BY_CODE,
    address_of,
    may_knock,
)
from desmigratif.regions.queries import today_in
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason, Refusal

log = logging.getLogger("desmigratif.portal")
NATION = "ID"


def _too_often() -> Reason:
    text = _("Dari tempat ini sudah terlalu banyak yang dikirim dalam satu jam.")
    way_out = _("Tulisan Anda masih ada di sini. Kirim lagi nanti, atau datang ke kantor desa.")
    return Reason("too_often", text, way_out=way_out)


def _trouble() -> Reason:
    text = _("Belum tersimpan karena ada gangguan.")
    return Reason("trouble", text, way_out=_("Tulisan Anda masih ada di sini. Tekan Kirim sekali lagi."))


def _unopened() -> Reason:
    text = _("Kode dan tanggal lahir ini tidak membuka kabar apa pun.")
    return Reason("not_opened", text, way_out=_("Periksa keduanya, atau tanyakan di kantor desa atau kabupaten."))


def _page(request: HttpRequest, template: str, shown: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page that a borrowed telephone does not keep."""
    answer = render(request, template, shown, status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@csrf_exempt
@public(methods=("GET", "POST"))
def report(request: HttpRequest) -> HttpResponse:
    """Report a worker who is missing or in trouble; what was written stays until it is safely kept."""
    desk = cast(DeskRequest, request)
    form = ReportForm(request.POST or None, today=today_in(NATION, desk.now))
    status = 200
    if request.method == "POST" and form.is_valid():
        status = _send(desk, form)
        if status == 200:
            code = receipt_code(form.cleaned_data["record_id"])
            dated = bool(form.cleaned_data["birth_date"])
            return _page(request, "portal/report_received.html", {"code": code, "dated": dated})
    return _page(request, "portal/report.html", {"form": form}, status)


def _send(desk: DeskRequest, form: ReportForm) -> int:
    """Keep a report; 200 when it is kept, else the form says why it is not."""
    data = form.cleaned_data
    try:
        if not (
            may_knock(REPORT_BY_ADDRESS, address_of(desk), desk.now)
            and may_knock(REPORT_BY_PLACE, data["village_code"], desk.now)
        ):
            form.refusal.append(_too_often())
            return 429
        do(public_door(), "cases.send_report", form.payload(), now=desk.now, act_id=data["act_id"], via="portal")
    except Refusal as refusal:
        form.refuse(refusal.reasons)
        return 422
    except DatabaseError:
        log.exception("a report could not be kept")
        form.refusal.append(_trouble())
        return 503
    return 200


@csrf_exempt
@public(methods=("GET", "POST"))
def status(request: HttpRequest) -> HttpResponse:
    """What became of a report or a journey, for whoever has its code and the birth date; wrong ones all read alike."""
    desk = cast(DeskRequest, request)
    answering = request.method == "POST" and "satisfied" in request.POST
    answer = AnswerForm(request.POST) if answering else None
    form = StatusForm(request.POST or None)
    shown: dict[str, Any] = {"form": form, "reasons": []}
    code = 200
    if request.method == "POST" and form.is_valid():
        found, code = _look(desk, form, shown)
        if isinstance(found, JourneyFacts):
            shown["journey"] = journey_words(found, today_in(found.village_code, desk.now))
            return _page(request, "portal/status.html", shown)
        if found is not None and answer is not None:
            found = _answered(desk, answer, found, shown)
        if found is not None:
            keep = {name: form.cleaned_data[name] for name in ("code", "birth_date")}
            asked = answer if answer is not None and not shown.get("said") else AnswerForm(initial=keep)
            shown |= {"found": found, "answer": asked}
    return _page(request, "portal/status.html", shown, code)


def _look(desk: DeskRequest, form: StatusForm, shown: dict[str, Any]) -> tuple[DoorStatus | JourneyFacts | None, int]:
    """Count the knock, then look; without a trace of the look nothing is told."""
    data = form.cleaned_data
    by_address = may_knock(STATUS_BY_ADDRESS, address_of(desk), desk.now)
    by_code = may_knock(STATUS_BY_CODE, "".join(filter(str.isalnum, data["code"].upper())), desk.now)
    if not (by_address and by_code):
        way_out = _("Coba lagi satu jam lagi, atau tanyakan di kantor desa.")
        shown["reasons"] = [Reason("too_often", _("Sudah terlalu banyak dicoba."), way_out=way_out)]
        return None, 429
    found = _behind(data["code"], data["birth_date"], today_in(NATION, desk.now))
    if found is not None and not _noted(found, desk):
        shown["reasons"] = [_trouble()]
        return None, 503
    if found is None:
        shown["reasons"] = [_unopened()]
    return found, 200


def _behind(code: str, born: date, today: date) -> DoorStatus | JourneyFacts | None:
    """Both are looked for, whatever the first finds: how long it takes tells nothing."""
    report, journey = status_behind(code, born, today), journey_behind(code, born, today)
    return report or journey


def _noted(found: DoorStatus | JourneyFacts, desk: DeskRequest) -> bool:
    """The trace of a look; whose journey it is may ask later who read it."""
    subjects: list[Subject] = []
    event = "complaint.status_seen"
    if isinstance(found, JourneyFacts):
        event = "case.status_seen"
        subjects = [Subject("resident", found.case.resident_id), Subject("case", found.case.id)]
    return reads.opened(
        public_door(), event, village_code=found.village_code, subjects=subjects, now=desk.now, via="portal"
    )


def _answered(desk: DeskRequest, answer: AnswerForm, found: DoorStatus, shown: dict[str, Any]) -> DoorStatus:
    """Write the reporter's word down; the page then shows where it stands now."""
    if not answer.is_valid() or not _said(desk, answer):
        return found
    shown["said"] = True
    data = answer.cleaned_data
    return status_behind(data["code"], data["birth_date"], today_in(NATION, desk.now)) or found


def _said(desk: DeskRequest, answer: AnswerForm) -> bool:
    act_id = answer.cleaned_data["act_id"]
    try:
        do(public_door(), "cases.answer_report", answer.payload(), now=desk.now, act_id=act_id, via="portal")
    except NotFoundOrNotYours:
        answer.refusal.append(_unopened())
        return False
    except Refusal as refusal:
        answer.refuse(refusal.reasons)
        return False
    return True
