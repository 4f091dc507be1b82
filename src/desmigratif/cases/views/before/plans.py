"""Plans to work abroad: open one, the list, the page of one, take one back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.access.scope import require
from desmigratif.cases.forms import OpenCaseForm, WithdrawForm
from desmigratif.cases.forms.before.talks import PERMISSIONS
from desmigratif.cases.models import Case, CaseState, FamilyTalk
from desmigratif.cases.queries import (
    CaseFile,
    case_file,
    case_of,
    open_case_id,
    standing_letter,
)
from desmigratif.cases.queries.back.returns import remembered_of, standing_return
from desmigratif.cases.queries.before.explained import received_count
from desmigratif.cases.queries.before.steps import measures_of_case, safeguards_of
from desmigratif.cases.queries.papers.papers import papers_due
from desmigratif.cases.queries.trouble.complaints import complaints_about
from desmigratif.cases.rules.abroad.status_codes import STANDS
from desmigratif.cases.rules.before.visits import topics_on
from desmigratif.cases.rules.letters.permission import CAPACITIES
from desmigratif.cases.rules.measures import Safeguards
from desmigratif.cases.sealing import departure_place, opened_text, signs_of, talk_note_place
from desmigratif.cases.views.before.checklist import state_label
from desmigratif.cases.views.before.from_sheet import after_sheet, day_of_sheet, from_sheet
from desmigratif.cases.views.before.steps import next_step, reasons_to_show, step_groups
from desmigratif.cases.views.common import (
    REVOKED,
    as_desk,
    called,
    goal_of,
    household_url,
    may_see_specific,
    opened,
    person_strip,
    resident_named,
    verdict,
)
from desmigratif.cases.views.letters.rights import asked_of
from desmigratif.cases.views.offer.alternatives import follow_up_of, told_rows
from desmigratif.cases.views.trouble.complaints import complain_url, complaint_rows
from desmigratif.cases.views.trouble.referral_words import refer_url, rows_of_person
from desmigratif.documents.acting import attempt
from desmigratif.documents.rows import letter_row
from desmigratif.regions.queries import today_in
from desmigratif.shared.dates import format_date


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def open_case(request: HttpRequest) -> HttpResponse:
    """A resident says: I want to work abroad. Whoever has a plan already is led to it."""
    desk = as_desk(request)
    resident = resident_named(desk)
    require(desk.actor, Permission.CASE_OPEN, resident.village_code)
    today = today_in(resident.village_code, desk.now)
    form = OpenCaseForm(request.POST or None, today=today)
    day_of_sheet(desk, form)
    if request.method == "POST" and form.is_valid():
        payload = {**form.payload(), "village_code": resident.village_code, "resident_id": resident.id}
        if attempt(desk, form, *from_sheet(desk, "cases.open_case", payload)):
            if to_next := after_sheet(desk, form):
                return to_next
            messages.success(request, _("Niat %s sudah dicatat.") % called(resident, today))
            return redirect("cases:check_offer" if "check" in request.POST else "cases:case", payload["case_id"])
    elif request.method != "POST" and (standing := open_case_id(desk.actor, resident.id)):
        return redirect("cases:case", standing)
    shown = {"form": form, "resident": resident, "person": person_strip(resident, today)}
    return render(request, "cases/before/open_case.html", shown)


@scoped(Permission.CASE_SEE)
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One plan: the steps, the last result, what still stands against the letter."""
    desk = as_desk(request)
    file = case_file(desk.actor, case_id, now=desk.now)
    recorded = opened(desk, file.case)
    specific = may_see_specific(desk, file.case, recorded=recorded)
    may_act = desk.actor.may(Permission.CASE_OPEN, file.case.village_code)
    asked = asked_of(desk, file) if not file.has_left else None
    shown = {
        "file": file,
        "recorded": recorded,
        "person": person_strip(file.case.resident, file.today, states=[_state_of(file, specific=specific)]),
        "goal": goal_of(file.case),
        "follow_up": follow_up_of(desk, file.case, file.today) if file.was_stopped else None,
        "vacancies": told_rows(desk, file.case) if not file.has_left else [],
        "earlier": _earlier(file),
        "steps": step_groups(file, may_act=may_act),
        "next": next_step(file),
        "verdict": verdict(file.check.level, file.check.unknown) if file.check else None,
        "reasons": reasons_to_show(file, specific=specific),
        "talks": _talks(file, specific=specific),
        "letters": [letter_row(letter, file.today) for letter in file.letters],
        "due": _due(desk, file),
        "back_url": _back_url(file, may_act=may_act),
        "may_withdraw": may_act and not file.is_over and not file.has_left,
        "may_exit": may_act and not file.is_over,
        "may_give_code": may_act and file.case.state in STANDS,
        "ended_as": state_label(file.case.state, specific=specific) if file.is_over else "",
        "asked": asked,
        "may_ask": may_act
        and not file.is_over
        and not file.has_left
        and not file.standing_letter
        and (asked is None or not asked["waits"]),
        "departure": _departure(file.case) if file.has_left else None,
        "departure_note": opened_text(
            key_of(file.case.resident_id) if specific and file.case.departure_note_sealed else None,
            file.case.departure_note_sealed,
            place=departure_place(file.case.id),
        ),
        "topics_received": received_count(file.case),
        "topics_all": len(topics_on(file.today)),
        "measures": measures_of_case(file.journey, file.steps, _safeguards(file)),
        "household_url": household_url(file.case.resident),
        "referred_rows": rows_of_person(desk.actor, file.case.resident_id, file.today),
        "refer_url": refer_url("case", file.case.id) if may_act else "",
        "complaints": complaint_rows(desk, complaints_about(desk.actor, file.case.resident_id)) if specific else [],
        "complain_url": complain_url(desk, file.case.resident),
    }
    return render(request, "cases/before/case.html", shown)


def _earlier(file: CaseFile) -> list[dict[str, Any]]:
    """What an earlier migration of the same person tells: where, when, and a way to its file."""
    if file.case.previous_id is None:
        return []
    told = remembered_of(file.case)
    return [
        {
            "icon": "history",
            "title": goal_of(one),
            "detail": _("berangkat %s") % format_date(one.departed_on) if one.departed_on else "",
            "url": reverse("cases:case", args=[one.id]),
            "states": [{"name": "tidaktahu", "label": str(CaseState(one.state).label)}],
        }
        for one in told.cases
    ]


def _back_url(file: CaseFile, *, may_act: bool) -> str:
    """Where the return of somebody who left is written down or opened."""
    if not file.has_left:
        return ""
    if file.is_abroad:
        return f"{reverse('cases:record_return')}?warga={file.case.resident_id}" if may_act else ""
    standing = standing_return(file.case)
    return reverse("cases:back", args=[standing.id]) if standing else ""


def _due(desk: DeskRequest, file: CaseFile) -> list[dict[str, Any]]:
    """The papers that must be renewed, in words; of a plan that is over nothing is asked any more."""
    if file.is_over:
        return []
    words = {"expired": _("%(paper)s habis %(day)s"), "expiring": _("%(paper)s habis %(day)s, perbarui sebelum itu")}
    return [
        {
            "state": "henti" if one.validity == "expired" else "cek",
            "said": words[one.validity] % {"paper": one.document, "day": format_date(one.valid_until)},
        }
        for one in papers_due(desk.actor, file.case, file.steps.values(), file.today)
    ]


def _departure(case: Case) -> list[dict[str, str | None]]:
    """What is known of how somebody left."""
    days = case.agreed_contact_days
    return [
        {"label": _("Berangkat"), "value": format_date(case.departed_on) if case.departed_on else None},
        {"label": _("Jalur"), "value": case.get_procedural_status_display() or None},
        {"label": _("Memberi kabar"), "value": _("tiap %(n)s hari") % {"n": days} if days else None},
    ]


def _safeguards(file: CaseFile) -> Safeguards:
    """What protects this candidate; of somebody found abroad the village knows nothing of the time before."""
    if file.case.found_abroad:
        return Safeguards(None, None, None, None, None)
    at_departure = next((check for check in file.checks if check.stage == "departure"), None)
    return safeguards_of(
        file.case,
        file.steps,
        holds=file.standing_letter is not None,
        last_check=next((check for check in file.checks if check.stage != "abroad"), None),
        departure_ok=at_departure.level != "stop" if at_departure else None,
    )


def _state_of(file: CaseFile, *, specific: bool) -> dict[str, Any]:
    if file.is_over:
        return {"name": "tidaktahu", "label": state_label(file.case.state, specific=specific)}
    if file.case.state not in (CaseState.INTENT, CaseState.OFFER_CHECKED, CaseState.VILLAGE_CLEARED):
        return {"name": "aman", "label": state_label(file.case.state, specific=specific)}
    if file.standing_letter is not None:
        return {"name": "aman", "label": _("Surat terbit")}
    if file.case.state == CaseState.VILLAGE_CLEARED:
        return REVOKED
    if file.check is not None:
        return verdict(file.check.level, file.check.unknown)
    return {"name": "next", "label": _("Tawaran belum diperiksa")}


def _talks(file: CaseFile, *, specific: bool) -> list[dict[str, Any]]:
    """Every talk, the newest first; the note, dispute and pressure only for those who may see them."""
    return [_talk_row(talk, file.key if specific else None) for talk in file.talks]


def _talk_row(talk: FamilyTalk, key: bytes | None) -> dict[str, Any]:
    signs = signs_of(talk, key)
    words = {_("ada yang keberatan"): signs.disputed, _("calon merasa ditekan"): signs.pressure}
    return {
        "on": talk.on,
        "said": PERMISSIONS[talk.permission],
        "giver": ", ".join(part for part in (CAPACITIES.get(talk.giver_capacity, ""), talk.giver_name) if part),
        "alone": talk.candidate_confirms_alone,
        "signs": [word for word, present in words.items() if present],
        "note": opened_text(key, talk.note_sealed, place=talk_note_place(talk.id)),
    }


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def withdraw_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The candidate changed their mind: says what will happen and asks once."""
    desk = as_desk(request)
    plan = case_of(desk.actor, case_id)
    require(desk.actor, Permission.CASE_OPEN, plan.village_code)
    today = today_in(plan.village_code, desk.now)
    form = WithdrawForm(request.POST or None, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        payload = {"case_id": plan.id, "village_code": plan.village_code, "on": form.cleaned_data["on"]}
        if attempt(desk, form, "cases.withdraw_case", payload):
            messages.success(request, _("Rencana ditutup. Rencana baru bisa dibuka kapan saja."))
            return redirect(household_url(plan.resident))
    shown = {
        "form": form,
        "case": plan,
        "goal": goal_of(plan),
        "person": person_strip(plan.resident, today),
        "letter": standing_letter(plan),
    }
    return render(request, "cases/before/withdraw.html", shown)
