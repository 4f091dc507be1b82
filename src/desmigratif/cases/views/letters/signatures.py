"""The head's signatures, on a phone: one letter a card, with what was found and said; yes, or not yet and why."""

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
from desmigratif.access.scope import require
from desmigratif.cases.forms.before.talks import PERMISSIONS
from desmigratif.cases.forms.letters.signatures import ApproveForm, PostponeForm
from desmigratif.cases.queries.letters.signatures import ToSign, letters_to_sign
from desmigratif.cases.rules.letters.permission import CAPACITIES
from desmigratif.cases.rules.letters.signatures import reasons_to_postpone
from desmigratif.cases.views.before.steps import hidden_reason
from desmigratif.cases.views.common import (
    as_desk,
    called,
    decision_words,
    goal_of,
    listed,
    opened,
    person_strip,
    verdict,
)
from desmigratif.documents.acting import attempt
from desmigratif.regions.queries import today_in, village
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import NotFoundOrNotYours

MOST = 20  # cards on one page; the rest follow when these are signed


@scoped(Permission.LETTER_APPROVE)
def signatures(request: HttpRequest) -> HttpResponse:
    """Every letter that waits for the head, the oldest wish first; then those that wait for the officer."""
    desk = as_desk(request)
    today = today_in(desk.actor.home_code, desk.now)
    letters = letters_to_sign(desk.actor, today, most=MOST)
    shown = {
        "cards": [_card(one, today) for one in letters if not one.approved],
        "approved": [_approved(one, today) for one in letters if one.approved],
        "recorded": listed(desk, "cases.listed"),
    }
    return render(request, "cases/letters/signatures.html", shown)


def _card(one: ToSign, today: date) -> dict[str, Any]:
    talk = one.talk
    giver = " ".join(part for part in (CAPACITIES.get(talk.giver_capacity, ""), talk.giver_name) if part)
    return {
        "name": called(one.case.resident, today),
        "goal": goal_of(one.case),
        "village": village(one.case.village_code).near_name,
        "check": verdict(one.check.level, one.check.unknown),
        "check_on": format_date(one.check.on),
        "flags": [flag["reason"] for flag in one.check.flags[:3]],
        "talk": {"name": "aman" if talk.permission == "given" else "henti", "label": PERMISSIONS[talk.permission]},
        "giver": giver,
        "own_choice": talk.candidate_confirms_alone,
        "reasons": [hidden_reason(reason) for reason in one.reasons],
        "due": format_date(one.asked.due_on) if one.asked else "",
        "late": one.asked is not None and one.asked.due_on < today,
        "postponed": decision_words(one.decision),
        "form": ApproveForm(letter=one, auto_id=False) if not one.reasons else None,
        "approve_url": reverse("cases:approve_letter", args=[one.case.id]),
        "postpone_url": "" if one.decision else reverse("cases:postpone_letter", args=[one.case.id]),
        "case_url": reverse("cases:case", args=[one.case.id]),
    }


def _approved(one: ToSign, today: date) -> dict[str, Any]:
    return {
        "initials": one.case.resident.shown_name,
        "title": called(one.case.resident, today),
        "detail": decision_words(one.decision),
        "url": reverse("cases:case", args=[one.case.id]),
    }


@scoped(Permission.LETTER_APPROVE, methods=("POST",))
def approve_letter(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One tap on a card."""
    desk = as_desk(request)
    one, today = _letter(desk, case_id)
    form = ApproveForm(request.POST, letter=one)
    payload = {"case_id": one.case.id, "village_code": one.case.village_code, "on": today}
    if form.is_valid() and attempt(desk, form, "cases.approve_letter", {**payload, **form.payload()}):
        messages.success(request, _("Disetujui: surat untuk %s.") % called(one.case.resident, today))
    else:
        said = [reason.text for reason in form.refusal] or [_("Halamannya sudah lama terbuka. Coba sekali lagi.")]
        messages.error(request, " ".join(said))
    return redirect("cases:signatures")


@scoped(Permission.LETTER_APPROVE, methods=("GET", "POST"))
def postpone_letter(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Not yet, with a reason; says until when it holds."""
    desk = as_desk(request)
    one, today = _letter(desk, case_id)
    form = PostponeForm(request.POST or None, letter=one, reasons=reasons_to_postpone(today))
    if request.method == "POST" and form.is_valid():
        payload = {"case_id": one.case.id, "village_code": one.case.village_code, "on": today, **form.payload()}
        if attempt(desk, form, "cases.postpone_letter", payload):
            messages.success(request, _("Ditunda; petugas melihat alasannya."))
            return redirect("cases:signatures")
    shown = {
        "form": form,
        "case": one.case,
        "goal": goal_of(one.case),
        "heading": _("Tunda tanda tangan"),
        "lead": _("Sekali saja, paling lama satu hari kerja. Waktu desa untuk menjawab jalan terus."),
        "submit": _("Tunda"),
        "recorded": opened(desk, one.case),
        "person": person_strip(one.case.resident, today),
    }
    return render(request, "cases/right.html", shown)


def _letter(desk: DeskRequest, case_id: UUID) -> tuple[ToSign, date]:
    """One letter that waits. Raises `NotFoundOrNotYours`."""
    today = today_in(desk.actor.home_code, desk.now)
    found = next((one for one in letters_to_sign(desk.actor, today, most=MOST) if one.case.id == case_id), None)
    if found is None:
        raise NotFoundOrNotYours
    require(desk.actor, Permission.LETTER_APPROVE, found.case.village_code)
    return found, today
